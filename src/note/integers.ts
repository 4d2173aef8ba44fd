/** Index expressions and sizes: t - 1, n^{[l]}, 2h, N_{out}. Sizes and indices have a name space of their own. */
import { integer, minus, named, type Polynomial, plus, times } from "../expr/polynomial.ts";
import type { Syntax } from "../parse/syntax.ts";
import { baseIdentifier, baseOf, identifierOf, takeApart } from "./scripts.ts";
import { textOf } from "./tree.ts";

const LIMIT = 1_000_000_000;
const largest = (value: Polynomial): number =>
  Math.max(0, ...value.monomials.map(monomial => Math.abs(monomial.coefficient)));

/** The name of an index, size or horizon: a letter or word, perhaps with a subscript. */
export const integerName = (syntax: Syntax): string | undefined => {
  const { core, accents, elements } = takeApart(syntax);
  const base = baseOf(core, accents);
  if (base === undefined) return core.kind === "prose" && elements.length === 0 ? identifierOf(core.text) : undefined;
  const scripts: string[] = [];
  for (const element of elements) {
    if (element.kind !== "item") return undefined;
    scripts.push(identifierOf(`x${textOf(element.body)}`).slice(1));
  }
  return [baseIdentifier(base), ...scripts].join("_");
};

/** The polynomial that a formula denotes if all its names are integers; undefined if it is no polynomial. */
export const integerOf = (syntax: Syntax): Polynomial | undefined => {
  switch (syntax.kind) {
    case "number": {
      const value = Number(syntax.text);
      return Number.isInteger(value) && value <= LIMIT && syntax.fonts.length === 0 ? integer(value) : undefined;
    }
    case "symbol":
    case "scripted":
    case "accent":
    case "prose": {
      const name = integerName(syntax);
      return name === undefined ? undefined : named(name);
    }
    case "group":
      return syntax.body && syntax.open === "(" ? integerOf(syntax.body) : undefined;
    case "sum": {
      let sum = integer(0);
      for (const { sign, body } of syntax.terms) {
        const value = integerOf(body);
        if (!value || largest(sum) + largest(value) > LIMIT || (sign && sign.spelling !== "+" && sign.spelling !== "-"))
          return undefined;
        sum = sign?.spelling === "-" ? minus(sum, value) : plus(sum, value);
      }
      return sum;
    }
    case "product": {
      let product = integer(1);
      for (const { operator, body, call } of syntax.factors) {
        const value = integerOf(body);
        if (!value || call || (operator && operator.spelling !== "\\cdot" && operator.spelling !== "*"))
          return undefined;
        if (
          largest(product) * largest(value) * value.monomials.length > LIMIT ||
          product.monomials.length * value.monomials.length > 64
        )
          return undefined;
        product = times(product, value);
      }
      return product;
    }
    default:
      return undefined;
  }
};

/** 2i, 2(i - 1) + k: an index that goes on by more than one. */
export const isStride = (index: Polynomial): boolean =>
  index.monomials.some(({ coefficient, names }) => names.length > 0 && Math.abs(coefficient) > 1);

/** Names in an integer expression as the note writes them: identifier → LaTeX. */
export const integerNames = (syntax: Syntax): ReadonlyMap<string, Syntax> => {
  const names = new Map<string, Syntax>();
  const stack: Syntax[] = [syntax];
  while (stack.length > 0) {
    const top = stack.pop() as Syntax;
    const name = integerName(top);
    if (name !== undefined) names.set(name, top);
    else if (top.kind === "group" && top.body) stack.push(top.body);
    else if (top.kind === "sum") stack.push(...top.terms.map(term => term.body));
    else if (top.kind === "product") stack.push(...top.factors.map(factor => factor.body));
    else if (top.kind === "relations") stack.push(...top.members);
    else if (top.kind === "list") stack.push(...top.items);
  }
  return names;
};
