/** Walks over syntax trees, with explicit stacks. */
import type { Script, Syntax } from "../parse/syntax.ts";

/** The parts of a tree that are values: not what stands in scripts, limits, labels or under a differential sign. */
export const valuesIn = (syntax: Syntax): readonly Syntax[] => {
  switch (syntax.kind) {
    case "scripted":
      // The exponent of e is an argument.
      return syntax.base.kind === "symbol" && syntax.base.name === "e"
        ? [syntax.base, ...syntax.scripts.flatMap(script => (script.position === "sup" ? [script.body] : []))]
        : [syntax.base];
    case "accent":
    case "labelled":
    case "big":
      return [syntax.body];
    case "group":
      return syntax.body ? [syntax.body] : [];
    case "list":
      return syntax.items;
    case "given":
      return syntax.parts;
    case "slice":
      return [syntax.from, syntax.to].filter(part => part !== null);
    case "relations":
      return syntax.members;
    case "sum":
      return syntax.terms.map(term => term.body);
    case "product":
      return syntax.factors.map(factor => factor.body);
    case "fraction":
      return [syntax.top, syntax.bottom];
    case "root":
      return [syntax.body];
    case "apply":
      return [syntax.argument];
    case "matrix":
      return syntax.rows.flat();
    case "differential":
      return [syntax.of];
    case "derivative":
      return [...(syntax.of ? [syntax.of] : []), ...syntax.by.map(part => part.variable)];
    default:
      return [];
  }
};

const scriptsOf = (syntax: Syntax): readonly Script[] =>
  syntax.kind === "scripted" || syntax.kind === "apply" ? syntax.scripts : [];

/** Everything directly below, scripts and limits included. */
const partsIn = (syntax: Syntax): readonly Syntax[] => [
  ...(syntax.kind === "scripted" ? [syntax.base] : valuesIn(syntax)),
  ...scriptsOf(syntax).flatMap(script => (script.position === "prime" ? [] : [script.body])),
  ...(syntax.kind === "big" ? [syntax.lower, syntax.upper].filter(limit => limit !== null) : []),
  ...(syntax.kind === "mark" && syntax.body ? [syntax.body] : []),
];

/** Every part in reading order, by the given notion of what is below. */
export const everyPart = (root: Syntax, below: (syntax: Syntax) => readonly Syntax[] = partsIn): readonly Syntax[] => {
  const found: Syntax[] = [];
  const stack: Syntax[] = [root];
  while (stack.length > 0) {
    const top = stack.pop() as Syntax;
    found.push(top);
    const parts = below(top);
    for (let i = parts.length - 1; i >= 0; i--) stack.push(parts[i] as Syntax);
  }
  return found;
};

/** A short canonical text of a script, for keys and names: "hh", "(1)", "t-1". */
export const textOf = (root: Syntax): string => {
  const out: string[] = [];
  const stack: (Syntax | string)[] = [root];
  const push = (...parts: readonly (Syntax | string)[]): void => {
    for (let i = parts.length - 1; i >= 0; i--) stack.push(parts[i] as Syntax | string);
  };
  while (stack.length > 0) {
    const top = stack.pop() as Syntax | string;
    if (typeof top === "string") out.push(top);
    else if (top.kind === "symbol") out.push([...top.accents, top.name].join("").replaceAll("\\", ""));
    else if (top.kind === "number" || top.kind === "prose") out.push(top.text);
    else if (top.kind === "mark" || top.kind === "dots") out.push(top.spelling);
    else if (top.kind === "group") push(top.open, ...(top.body ? [top.body] : []), top.close);
    else if (top.kind === "sum") push(...top.terms.flatMap(term => [term.sign?.spelling ?? "", term.body]));
    else if (top.kind === "list") push(...top.items.flatMap((item, i) => (i === 0 ? [item] : [",", item])));
    else if (top.kind === "scripted") {
      push(
        top.base,
        ...top.scripts.flatMap(script =>
          script.position === "prime"
            ? ["'".repeat(script.count)]
            : [script.position === "sub" ? "_" : "^", script.body],
        ),
      );
    } else if (top.kind === "accent") push(top.accent.replace("\\", ""), top.body);
    else push(...partsIn(top));
  }
  return out.join("");
};

/** Whether a formula speaks of derivatives: then it is a claim, never a definition. */
export const speaksOfDerivatives = (syntax: Syntax): boolean =>
  everyPart(syntax).some(part => part.kind === "derivative" || part.kind === "differential");

const isSyntax = (value: object): value is Syntax => "kind" in value && "span" in value;

type Below = readonly (readonly [key: string, part: object])[];

const held = new WeakMap<object, Below>();

/** What a node or a list holds, but for where it stands: trees are walked again and again, and never change. */
const belowIn = (value: object): Below => {
  let found = held.get(value);
  if (!found) {
    found = Object.entries(value).filter(
      ([key, part]) =>
        typeof part === "object" && part !== null && key !== "span" && !(Array.isArray(part) && part.length === 0),
    );
    held.set(value, found);
  }
  return found;
};

/** Copied where something in it changes, and only then. */
const replaced = (value: object, by: (part: Syntax) => Syntax | undefined): object => {
  const isList = Array.isArray(value);
  const found = !isList && isSyntax(value) ? by(value) : undefined;
  if (found) return found;
  let copy: Record<string, unknown> | undefined;
  for (const [key, part] of belowIn(value)) {
    const mapped = replaced(part, by);
    if (mapped === part) continue;
    copy ??= (isList ? [...value] : { ...value }) as Record<string, unknown>;
    copy[key] = mapped;
  }
  return copy ?? value;
};

/**
 * The tree with parts replaced, outermost first; a replacement is not entered. What stays is the same object. Trees are as
 * deep as the parser allows, a few hundred levels.
 */
export const replaceParts = (root: Syntax, by: (part: Syntax) => Syntax | undefined): Syntax =>
  replaced(root, by) as Syntax;
