/** Lines that take the gradient by the value of an activation through it: from then on it is that by its argument. */
import type { Syntax } from "../../parse/syntax.ts";
import { takeApart } from "../scripts.ts";
import { textOf } from "../tree.ts";
import { identifierOf } from "./expression.ts";
import { type Equation, symbolOf } from "./formulas.ts";
import { type Line, readIn } from "./lines.ts";
import type { CodeNames } from "./names.ts";

const NOWHERE = { start: 0, end: 0 };

/** Whether a line multiplies a gradient by something of the value that it belongs to, or masks it by that. */
const multiplies = (
  { identifier, places, operator, value }: Line,
  variable: string,
  { argument }: Syntax & { kind: "apply" },
  { nameOf }: CodeNames,
): boolean => {
  if (!value) return false;
  const inner = argument.kind === "group" ? argument.body : argument;
  const items = inner?.kind === "list" ? inner.items.map(textOf) : inner ? [textOf(inner)] : [];
  const isOf = (name: string): boolean => name === variable || items.includes(textOf(nameOf(name, NOWHERE)));
  if (places) return operator === "=" && places.length === 1 && places.some(place => [...readIn(place)].some(isOf));
  if (operator === "*=") return [...readIn(value)].some(isOf);
  if (operator !== "=" || value.kind !== "infix" || value.operator !== "*") return false;
  const isFactor = [value.left, value.right].some(side => identifierOf(side) === identifier);
  return isFactor && [...readIn(value)].some(name => name !== identifier && isOf(name));
};

/**
 * The argument of the activation that a line goes through: dh[h <= 0] = 0 and dh *= 1 - h ** 2 below h = f(z). An argument
 * without a name gets one, and an equation of its own.
 */
export const inputPassed = (
  line: Line,
  variable: string,
  definitions: Map<string, Equation>,
  names: CodeNames,
): Syntax | undefined => {
  const definition = definitions.get(variable);
  if (definition?.right.kind !== "apply" || !multiplies(line, variable, definition.right, names)) return undefined;
  const { argument, scripts } = definition.right;
  if (scripts.length > 0 || argument.kind !== "group" || !argument.body) return undefined;
  const { body } = argument;
  const values = body.kind === "list" ? body.items.filter(item => textOf(item) !== "0") : [body];
  const [input, more] = values;
  if (!input || more) return undefined;
  if (takeApart(input).core.kind === "symbol") return input;
  const { span } = input;
  const name: Syntax = {
    kind: "scripted",
    base: symbolOf("z", span),
    scripts: [{ position: "sub", body: symbolOf(variable, span, "word"), span }],
    span,
  };
  const inner: Syntax =
    body.kind === "list" ? { ...body, items: body.items.map(item => (item === input ? name : item)) } : name;
  definitions.set(`${variable} input`, { left: name, right: input, span });
  definitions.set(variable, {
    ...definition,
    right: { ...definition.right, argument: { ...argument, body: inner } },
  });
  return name;
};
