import { cover, type Span } from "../base/source.ts";
import type { DerivativeSyntax, Factor, FractionSyntax, Syntax } from "./syntax.ts";

/** A differential: its sign, the raw order, and what it is of. */
interface Split {
  readonly sign: string;
  readonly order: Syntax | null;
  readonly of: Syntax | null;
}

const UPRIGHT = new Set(["mathrm", "mathup", "text", "textrm", "operatorname", "symrm"]);

/** The sign of a differential that stands alone: ∂, ∂^2, \mathrm{d}; with `loose`, an ordinary d too. */
const signOf = (node: Syntax, loose: boolean): Split | null => {
  const raised = node.kind === "scripted" && node.scripts.length === 1 ? node.scripts[0] : undefined;
  const base = raised?.position === "sup" && node.kind === "scripted" ? node.base : node;
  const order = raised?.position === "sup" ? raised.body : null;
  if (base.kind !== "symbol") return null;
  if (base.name === "\\partial") return { sign: "\\partial", order, of: null };
  const font = base.fonts[base.fonts.length - 1];
  if (base.name === "d" && (loose ? base.fonts.length === 0 : font !== undefined && UPRIGHT.has(font)))
    return { sign: "d", order, of: null };
  return null;
};

const spanOfAll = (factors: readonly Factor[]): Span =>
  cover((factors[0] as Factor).body.span, (factors[factors.length - 1] as Factor).body.span);

const join = (factors: readonly Factor[]): Syntax =>
  factors.length === 1 ? (factors[0] as Factor).body : { kind: "product", factors, span: spanOfAll(factors) };

const factorsOf = (node: Syntax): readonly Factor[] =>
  node.kind === "product" ? node.factors : [{ operator: null, body: node, call: false }];

/** ∂{loss}: letters side by side are one name, which may still turn out to be a product. */
const asName = (node: Syntax): Syntax => {
  if (node.kind !== "product" || node.factors.length < 2) return node;
  const letters = node.factors.flatMap(({ body, operator, call }) =>
    body.kind === "symbol" &&
    body.form === "letter" &&
    body.fonts.length === 0 &&
    body.accents.length === 0 &&
    !operator &&
    !call
      ? [body]
      : [],
  );
  const beside = letters.every((letter, i) => i === 0 || letters[i - 1]?.span.end === letter.span.start);
  if (letters.length < node.factors.length || !beside) return node;
  const name = letters.map(letter => letter.name).join("");
  return { kind: "symbol", name, form: "run", fonts: [], accents: [], parts: letters, span: node.span };
};

/** Splits ∂ A ∂ B C into its differentials; what stands before the first is the coefficient. */
const split = (node: Syntax, loose: boolean): { coefficient: readonly Factor[]; parts: readonly Split[] } => {
  const coefficient: Factor[] = [];
  const found: { sign: string; order: Syntax | null; of: Factor[] }[] = [];
  for (const factor of factorsOf(node)) {
    const body = factor.body;
    const alone = signOf(body, loose);
    const last = found[found.length - 1];
    if (body.kind === "differential")
      found.push({ sign: body.sign, order: body.order, of: [{ operator: null, body: body.of, call: false }] });
    else if (alone !== null && !factor.call) found.push({ sign: alone.sign, order: alone.order, of: [] });
    else if (last === undefined) coefficient.push(factor);
    else last.of.push(last.of.length === 0 ? { ...factor, operator: null } : factor);
  }
  // ∂ f(x): the product of f and (x) is flattened into the list, so that further factors join it.
  return {
    coefficient,
    parts: found.map(({ sign, order, of }) => {
      const flat = of.flatMap((factor, at) =>
        factor.body.kind === "product" && at === 0 ? factor.body.factors : [factor],
      );
      return { sign, order, of: flat.length === 0 ? null : join(flat) };
    }),
  };
};

/** The power of ∂x^2 is a count where it is a number above the whole variable. */
const variable = (of: Syntax, repeated: boolean): { variable: Syntax; times: number } => {
  if (repeated && of.kind === "scripted") {
    const last = of.scripts[of.scripts.length - 1];
    if (last?.position === "sup" && last.body.kind === "number" && /^[1-9]$/u.test(last.body.text)) {
      const scripts = of.scripts.slice(0, -1);
      const end = scripts[scripts.length - 1]?.span.end ?? of.base.span.end;
      const inner: Syntax = scripts.length === 0 ? of.base : { ...of, scripts, span: { start: of.span.start, end } };
      return { variable: inner, times: Number(last.body.text) };
    }
  }
  return { variable: of, times: 1 };
};

/**
 * A quotient: a derivative where differentials stand above and below the line, else a fraction. A
 * coefficient below (T · ∂o) divides the derivative. Plain dL/dx keeps its reading as a quotient beside it.
 */
export const differentiate = (top: Syntax, bottom: Syntax, form: "frac" | "slash", span: Span): Syntax => {
  const plain: FractionSyntax = { kind: "fraction", form, top, bottom, span };
  for (const loose of form === "frac" ? [false, true] : [false]) {
    const above = split(top, loose);
    const below = split(bottom, loose);
    const head = above.parts[0];
    if (head === undefined || above.parts.length !== 1 || above.coefficient.length > 0) continue;
    if (below.parts.length === 0 || below.parts.some(part => part.of === null)) continue;
    const repeated = head.order !== null && head.order.kind !== "mark";
    const derivative: DerivativeSyntax = {
      kind: "derivative",
      form: head.of === null ? "operator" : form,
      sign: head.sign,
      of: head.of && asName(head.of),
      by: below.parts.map(part => variable(part.of as Syntax, repeated)),
      order: head.order,
      ...(head.sign === "d" && loose ? { literal: plain } : {}),
      span,
    };
    return below.coefficient.length === 0
      ? derivative
      : { kind: "fraction", form, top: derivative, bottom: join(below.coefficient), span };
  }
  return plain;
};
