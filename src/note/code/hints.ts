/** What lines about gradients tell of the shapes of names that nothing declares. */
import type { Span } from "../../base/source.ts";
import type { Code } from "../../parse/python.syntax.ts";
import type { Syntax } from "../../parse/syntax.ts";
import { identifierOf } from "./expression.ts";
import { type Line, partsOfCode } from "./lines.ts";
import type { CodeNames } from "./names.ts";

/** What the gradient by a name tells of its shape, where nothing else does. */
export interface Hint {
  readonly name: Syntax;
  readonly lies: "rows" | "columns" | "scalar" | "matrix";
  readonly span: Span;
}

const MODULE = /^(?:np|numpy)$/u;

/** How a name lies, by the way in which its gradient is added up; without an axis it is a number. */
const lyingOf = (code: Code): Hint["lies"] | undefined => {
  if (code.kind === "infix" && (code.operator === "*" || code.operator === "/"))
    return lyingOf(code.left) ?? (code.operator === "*" ? lyingOf(code.right) : undefined);
  if (code.kind === "prefix") return lyingOf(code.of);
  if (code.kind !== "call" || code.of.kind !== "attribute" || !/^(?:sum|mean)$/u.test(code.of.name)) return undefined;
  const isModule = code.of.of.kind === "name" && MODULE.test(code.of.of.name);
  const places = code.args.filter(arg => arg.kind !== "keyword").slice(isModule ? 1 : 0);
  const keyword = code.args.find(arg => arg.kind === "keyword" && arg.name === "axis");
  const axis = keyword?.kind === "keyword" ? keyword.value : places[0];
  if (axis === undefined) return "scalar";
  if (axis.kind !== "number") return undefined;
  return axis.text === "0" ? "rows" : "columns";
};

/** For names of which nothing else tells the shape. */
export const hintsIn = (
  lines: readonly Line[],
  isKnown: (variable: string) => boolean,
  names: CodeNames,
): readonly Hint[] =>
  lines.flatMap((line): readonly Hint[] => {
    const { identifier, operator, places, value, span } = line;
    const variable = line.kind === "gradient" ? names.variableOf(identifier) : undefined;
    const lies = operator === "=" && !places && value ? lyingOf(value) : undefined;
    if (variable === undefined || lies === undefined || isKnown(variable)) return [];
    return [{ name: names.nameOf(variable, span), lies, span }];
  });

const MOST_STEPS = 100;

/** Names of arrays that are added up along an axis, which have two: those of gradients, and those that helpers are made of. */
const foldedIn = (code: Code, lines: readonly Line[]): readonly string[] => {
  const waiting = partsOfCode(code).flatMap((part): readonly Code[] => {
    if (part.kind !== "call" || part.of.kind !== "attribute" || !/^(?:sum|mean)$/u.test(part.of.name)) return [];
    const isModule = part.of.of.kind === "name" && MODULE.test(part.of.of.name);
    const array = isModule ? part.args[0] : part.of.of;
    return array && part.args.some(arg => arg.kind === "keyword" && arg.name === "axis") ? [array] : [];
  });
  const found = new Set<string>();
  for (let step = 0; waiting.length > 0 && step < MOST_STEPS; step++) {
    const top = waiting.pop() as Code;
    const own = identifierOf(top);
    if (own !== undefined && !found.has(own)) {
      found.add(own);
      for (const { identifier, kind, value } of lines)
        if (identifier === own && kind === "helper" && value) waiting.push(value);
    } else if (top.kind === "infix" && /^[-+*/]$/u.test(top.operator)) waiting.push(top.left, top.right);
  }
  return [...found];
};

/** The samples that a matrix is the product of, with weights behind them: x of x.dot(W). */
const samplesIn = (variable: string, lines: readonly Line[]): readonly string[] =>
  lines.flatMap(({ identifier, kind, value }) => {
    if (identifier !== variable || kind !== "forward" || !value) return [];
    return partsOfCode(value).flatMap(part => {
      if (part.kind === "infix" && part.operator === "@") return identifierOf(part.left) ?? [];
      if (part.kind !== "call" || part.of.kind !== "attribute" || part.of.name !== "dot") return [];
      const isModule = part.of.of.kind === "name" && MODULE.test(part.of.of.name);
      const [first] = part.args;
      return (isModule ? first && identifierOf(first) : identifierOf(part.of.of)) ?? [];
    });
  });

/** For gradients that are added up along an axis: what they are gradients by has two axes. */
export const matricesIn = (
  lines: readonly Line[],
  isKnown: (variable: string) => boolean,
  names: CodeNames,
): readonly Hint[] =>
  lines.flatMap(({ kind, value, span }): readonly Hint[] => {
    const folded = kind === "gradient" && value ? foldedIn(value, lines) : [];
    const variables = folded.flatMap(name => names.variableOf(name) ?? []);
    return [...new Set(variables.flatMap(name => [name, ...samplesIn(name, lines)]))]
      .filter(name => !isKnown(name))
      .map(variable => ({ name: names.nameOf(variable, span), lies: "matrix", span }));
  });
