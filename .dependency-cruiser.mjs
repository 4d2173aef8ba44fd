// The law of the layers: who may import whom, and which folder is the one home of which package.
// `npm run layers` (scripts/layers.ts) runs it and fails too when fewer modules were cruised than src/ holds.

/** A folder of src/ may import what stands left of it, itself included. `index` is src/index.ts. */
const ORDER = [
  "base",
  "parse",
  "expr",
  "shape",
  "ops",
  "term",
  "latex",
  "exact",
  "tensor",
  "rewrite",
  "rules",
  "note",
  "derive",
  "check",
  "schedule",
  "emit",
  "index",
  "cli",
];

/** Beside the order: they import `base` alone, and nothing left of `note` imports them. */
const ASIDE = ["numeric", "render"];

/** Imports nothing of the project: whoever doubts the engine asks it. What stands right of `check` may import it. */
const ALONE = ["replay"];

/** Each package and the one folder that may import it. */
const HOMES = {
  "@unified-latex/[^/]+": "note",
  commander: "cli",
  katex: "render",
  mathjs: "numeric",
  "mdast-util-[^/]+": "note",
  "micromark-extension-[^/]+": "note",
  moo: "parse",
  nearley: "parse",
  yaml: "note",
};

/** The files of some layers, as a pattern. */
const filesOf = layers => {
  const folders = layers.filter(layer => layer !== "index");
  const alternatives = [`(?:${folders.join("|")})/`, ...(layers.includes("index") ? ["index\\.ts$"] : [])];
  return `^src/(?:${alternatives.join("|")})`;
};

const onlyLeftwards = ORDER.map((layer, at) => ({
  name: `${layer}-imports-only-what-stands-left-of-it`,
  severity: "error",
  from: { path: filesOf([layer]) },
  to: {
    path: "^src/",
    pathNot: filesOf([
      ...ORDER.slice(0, at + 1),
      ...(at >= ORDER.indexOf("note") ? ASIDE : []),
      ...(at > ORDER.indexOf("check") ? ALONE : []),
    ]),
  },
}));

const asideImportsBaseOnly = ASIDE.map(layer => ({
  name: `${layer}-imports-base-only`,
  severity: "error",
  from: { path: filesOf([layer]) },
  to: { path: "^src/", pathNot: filesOf(["base", layer]) },
}));

const aloneImportsNothing = ALONE.map(layer => ({
  name: `${layer}-imports-nothing`,
  severity: "error",
  from: { path: filesOf([layer]) },
  to: { pathNot: filesOf([layer]) },
}));

const oneHome = Object.entries(HOMES).map(([name, home]) => ({
  name: `${name.replace(/\[.*/, "")}-has-its-one-home-in-${home}`,
  severity: "error",
  from: { path: "^src/", pathNot: filesOf([home]) },
  to: { path: `(?:^|/)node_modules/(?:@types/)?${name}(?:/|$)` },
}));

export default {
  forbidden: [
    ...onlyLeftwards,
    ...asideImportsBaseOnly,
    ...aloneImportsNothing,
    ...oneHome,
    {
      name: "every-package-has-a-home",
      comment: "A package that no row of HOMES names has nowhere to be imported from.",
      severity: "error",
      from: { path: "^src/" },
      to: {
        path: "(?:^|/)node_modules/",
        pathNot: `(?:^|/)node_modules/(?:@types/(?:mdast|node|unist)|(?:@types/)?(?:${Object.keys(HOMES).join("|")}))(?:/|$)`,
      },
    },
    {
      name: "exact-does-not-import-rewrite-or-derive",
      comment: "The exact check is an independent witness only while it shares nothing with what it judges.",
      severity: "error",
      from: { path: filesOf(["exact"]) },
      to: { path: filesOf(["rewrite", "rules", "derive"]), reachable: true },
    },
    {
      name: "only-cli-touches-the-machine",
      comment: "Everything else runs in a browser.",
      severity: "error",
      from: { path: "^src/", pathNot: filesOf(["cli"]) },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-folder-outside-the-law",
      severity: "error",
      from: { path: "^src/", pathNot: filesOf([...ORDER, ...ASIDE, ...ALONE]) },
      to: {},
    },
    {
      name: "src-imports-nothing-of-the-project-outside-src",
      severity: "error",
      from: { path: "^src/" },
      to: { pathNot: "^src/|node_modules/", dependencyTypesNot: ["core"] },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "nothing-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    builtInModules: { add: [] },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
