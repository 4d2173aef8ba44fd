import { basename } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { filesUnder } from "../../scripts/files.ts";
import * as ops from "../../src/ops/index.ts";
import { namedOps } from "./named-ops.ts";
import { type Module, modules, nodesOf, placeOf } from "./program.ts";

const ALL = modules();
const NAMES: ReadonlySet<string> = new Set(ops.OPS.map(op => op.name));

/**
 * Where an op may be named: its own folder, the laws about it, and its spelling inside. The evaluator of certificates has no
 * ops, but imports nothing, so that the words of its closed list of functions cannot be told from their names.
 */
const MAY_NAME_OPS = /^src\/(?:ops|rules|term|replay)\//u;

/** One short module, as if it stood in src/derive. */
const spoiled = (text: string) => {
  const path = "src/derive/spoiled.ts";
  const [module] = modules(new Map([[path, text]]), []);
  if (module === undefined) throw new Error("no module was read");
  return module;
};

describe("engines never name an op", () => {
  test("no module outside of ops, rules and term decides by an op's name", () => {
    expect(NAMES.size).toBeGreaterThan(0);
    const engines = ALL.filter(({ path }) => !MAY_NAME_OPS.test(path));
    expect(engines.length).toBeGreaterThan(0);
    expect(engines.flatMap(module => namedOps(module, NAMES))).toEqual([]);
  });

  const [first = "", second = ""] = NAMES;
  test.each([
    ["a comparison", `export const f = (op: string) => op === "${first}";`],
    ["a comparison the other way round", `export const f = (op: string) => "${first}" !== op;`],
    ["a switch", `export const f = (op: string) => { switch (op) { case "${first}": return 1; default: return 2; } };`],
    ["a list", `export const f = (op: string) => ["${first}", "${second}"].includes(op);`],
    ["a set", `export const KNOWN = new Set(["${first}", "${second}"]);`],
    ["a map", `export const KNOWN = new Map([["${first}", 1], ["${second}", 2]]);`],
    ["a table", `export const T: Record<string, number> = { "${first}": 1, "${second}": 2 };`],
    [
      "a type of all names",
      `type Name = ${[...NAMES].map(name => `"${name}"`).join(" | ")}; export const f = (op: Name) => op === "${first}";`,
    ],
  ])("%s is noticed", (_, text) => {
    expect(namedOps(spoiled(text), NAMES)).toHaveLength(1);
  });

  test("a closed kind that shares a word with an op is no op", () => {
    const text = `type Fold = "${first}" | "reversed"; export const f = (fold: Fold) => fold === "${first}";`;
    expect(namedOps(spoiled(text), NAMES)).toEqual([]);
  });
});

describe("the same note gives the same bytes", () => {
  /** What would let the time, the place or chance into a result. */
  const outside = (module: Module): readonly string[] =>
    [...nodesOf(module.file)]
      .filter(
        node =>
          ts.isIdentifier(node) &&
          (/^(?:localeCompare|toLocale\w*)$/u.test(node.text) ||
            (/^(?:Date|Intl|performance)$/u.test(node.text) && !ts.isPropertyAssignment(node.parent)) ||
            (node.text === "random" && node.parent.getText(module.file) === "Math.random")),
      )
      .map(node => `${placeOf(module, node)} ${node.getText(module.file)}`);

  test("nothing but the command line reads a clock, a locale or a random number", () => {
    expect(ALL.filter(({ path }) => !path.startsWith("src/cli/")).flatMap(outside)).toEqual([]);
  });

  test.each([
    "Date.now()",
    "new Date()",
    "performance.now()",
    "Math.random()",
    '"a".localeCompare("b")',
    "(1).toLocaleString()",
    "new Intl.Collator()",
  ])("%s is noticed", text => {
    expect(outside(spoiled(`export const value = ${text};`))).toHaveLength(1);
  });
});

describe("every file of src", () => {
  test("has fewer than 400 lines", () => {
    const long = ALL.filter(({ file }) => file.getLineStarts().length > 400);
    expect(long.map(({ path, file }) => `${path}: ${file.getLineStarts().length}`)).toEqual([]);
  });

  test("is called after a thing", () => {
    const NAMELESS = /^(?:utils?|helpers?|types?|misc|common|stuff|shared|lib)\.ts$/u;
    expect(filesUnder("src").filter(path => NAMELESS.test(basename(path)))).toEqual([]);
  });

  test("has no any", () => {
    const found = ALL.flatMap(module =>
      [...nodesOf(module.file)]
        .filter(({ kind }) => kind === ts.SyntaxKind.AnyKeyword)
        .map(node => placeOf(module, node)),
    );
    expect(found).toEqual([]);
  });

  test("has no default export", () => {
    const found = ALL.flatMap(module =>
      [...nodesOf(module.file)]
        .filter(
          node =>
            ts.isExportAssignment(node) ||
            node.kind === ts.SyntaxKind.DefaultKeyword ||
            (ts.isExportSpecifier(node) && node.name.text === "default"),
        )
        .filter(node => !ts.isDefaultClause(node.parent))
        .map(node => placeOf(module, node)),
    );
    expect(found).toEqual([]);
  });

  test("keeps the compiler and the linter switched on", () => {
    const OFF = /@ts-(?:ignore|expect-error|nocheck)|biome-ignore/u;
    expect(ALL.filter(({ file }) => OFF.test(file.text)).map(({ path }) => path)).toEqual([]);
  });
});
