/** What lines about gradients tell of the shapes of names that nothing declares. */
import type { Span } from "../../base/source.ts";
import type { Code } from "../../parse/python.syntax.ts";
import type { Syntax } from "../../parse/syntax.ts";
import type { Line } from "./lines.ts";
import type { CodeNames } from "./names.ts";

/** What the gradient by a name tells of its shape, where nothing else does. */
export interface Hint {
  readonly name: Syntax;
  readonly lies: "rows" | "columns" | "scalar";
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
