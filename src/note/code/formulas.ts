/** Trees of formulas that stand for lines of code: each node spans the code that it was written as. */
import type { Span } from "../../base/source.ts";
import type { NumberSyntax, Operator, Script, SymbolSyntax, Syntax, Term } from "../../parse/syntax.ts";

/** A line of code as an equation. */
export interface Equation {
  readonly left: Syntax;
  readonly right: Syntax;
  readonly span: Span;
  /** A claim that rests on forward lines of an earlier pass, which the note may have left behind. */
  readonly inherited?: true;
}

/** The sign of an entrywise product that stretches its arguments, and of the product of matrices. */
export const EACH = ".*";
const PRODUCT = "@";

export const symbolOf = (
  name: string,
  span: Span,
  form: SymbolSyntax["form"] = name.startsWith("\\") ? "command" : name.length > 1 ? "word" : "letter",
): SymbolSyntax => ({ kind: "symbol", name, form, fonts: [], accents: [], span });

export const numberOf = (text: string, span: Span): NumberSyntax => ({
  kind: "number",
  text,
  fonts: [],
  accents: [],
  span,
});

const COMPOSITE: ReadonlySet<Syntax["kind"]> = new Set(["sum", "product", "relations", "list", "big"]);

/** In brackets, unless it stands for one thing anyway. */
const whole = (body: Syntax): Syntax =>
  COMPOSITE.has(body.kind) ? { kind: "group", open: "(", close: ")", body, span: body.span } : body;

const operator = (spelling: string, span: Span): Operator => ({ spelling, span });

/** a + b, a - b; sums on the left stay one sum. */
export const sumOf = (left: Syntax, sign: "+" | "-", right: Syntax, span: Span): Syntax => {
  const before: readonly Term[] = left.kind === "sum" ? left.terms : [{ sign: null, body: left }];
  const body = right.kind === "sum" || right.kind === "relations" ? whole(right) : right;
  return { kind: "sum", terms: [...before, { sign: operator(sign, right.span), body }], span };
};

export const negativeOf = (body: Syntax, span: Span): Syntax => ({
  kind: "sum",
  terms: [{ sign: operator("-", { start: span.start, end: span.start + 1 }), body: whole(body) }],
  span,
});

/** A product with one sign throughout. */
export const productOf = (left: Syntax, spelling: string, right: Syntax, span: Span): Syntax => {
  const before =
    left.kind === "product" &&
    spelling === EACH &&
    left.factors.slice(1).every(each => each.operator?.spelling === EACH)
      ? left.factors
      : [{ operator: null, call: false, body: whole(left) }];
  const sign = operator(spelling, { start: left.span.end, end: Math.max(left.span.end, right.span.start) });
  return { kind: "product", factors: [...before, { operator: sign, call: false, body: whole(right) }], span };
};

export const fractionOf = (top: Syntax, bottom: Syntax, span: Span): Syntax => ({
  kind: "fraction",
  form: "frac",
  top,
  bottom,
  span,
});

/** A value with a mark on it: a transpose, a power of every entry. */
export const markedBy = (base: Syntax, spelling: string, span: Span, body: Syntax | null = null): Syntax => ({
  kind: "scripted",
  base: whole(base),
  scripts: [{ position: "sup", body: { kind: "mark", spelling, body, span }, span }],
  span,
});

export const transposeOf = (base: Syntax, span: Span): Syntax => markedBy(base, "\\top", span);

/** A function applied, perhaps to every row or column. */
export const applied = (
  name: string,
  args: readonly Syntax[],
  span: Span,
  along?: "axis0" | "axis1" | "all",
): Syntax => {
  const [only, more] = args;
  const body: Syntax = only && !more ? only : { kind: "list", items: args, span };
  const scripts: readonly Script[] = along ? [{ position: "sub", body: symbolOf(along, span, "word"), span }] : [];
  return {
    kind: "apply",
    name: symbolOf(name, span, name.startsWith("\\") ? "command" : "word"),
    scripts,
    argument: { kind: "group", open: "(", close: ")", body, span },
    span,
  };
};

/** 1 where an order holds, 0 elsewhere. */
export const indicatorOf = (left: Syntax, order: string, right: Syntax, span: Span): Syntax => ({
  kind: "group",
  open: "(",
  close: ")",
  body: { kind: "relations", members: [left, right], operators: [operator(order, span)], span },
  span,
});

/** The gradient of the objective. */
export const gradientBy = (variable: Syntax, span: Span): Syntax => ({
  kind: "derivative",
  form: "nabla",
  sign: "\\nabla",
  of: null,
  by: [{ variable, times: 1 }],
  order: null,
  span,
});

export const rootOf = (body: Syntax, span: Span): Syntax => ({ kind: "root", degree: null, body, span });

/** x ** n, entry by entry. */
export const powerOf = (base: Syntax, exponent: Syntax, span: Span): Syntax | undefined => {
  const value = exponent.kind === "number" ? Number(exponent.text) : undefined;
  if (value === 0.5) return rootOf(base, span);
  if (value === 1) return base;
  if (exponent.kind === "sum" && exponent.terms.length === 1) {
    const [term] = exponent.terms;
    if (term?.sign?.spelling !== "-" || term.body.kind !== "number") return undefined;
    const below = powerOf(base, term.body, span);
    return below && fractionOf(numberOf("1", span), below, span);
  }
  return markedBy(base, "\\odot", span, exponent);
};

/** Two values under an operator of Python. */
export const combined = (operator: string, left: Syntax, right: Syntax, span: Span): Syntax | undefined => {
  switch (operator) {
    case "+":
    case "-":
      return sumOf(left, operator, right, span);
    case "*":
      return productOf(left, EACH, right, span);
    case "@":
      return productOf(left, PRODUCT, right, span);
    case "/":
      return fractionOf(left, right, span);
    case "**":
      return powerOf(left, right, span);
    default:
      return undefined;
  }
};
