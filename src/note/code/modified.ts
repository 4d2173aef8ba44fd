/** Arrays changed in place as formulas: A[range(n), y] -= 1, A[B <= 0] = 0. */
import type { Span } from "../../base/source.ts";
import type { Code } from "../../parse/python.syntax.ts";
import type { Syntax } from "../../parse/syntax.ts";
import { complementOf } from "./calls.ts";
import { type ExpressionReader, identifierOf, labelsIn } from "./expression.ts";
import { combined, EACH, numberOf, productOf, sumOf, transposeOf } from "./formulas.ts";
import { partsOfCode } from "./lines.ts";

interface Change {
  readonly places: readonly Code[];
  readonly operator: string;
  readonly value: Code;
  readonly span: Span;
}

const numberIn = (code: Code): number | undefined => {
  if (code.kind === "number") return Number(code.text);
  return code.kind === "prefix" && code.operator === "-" && code.of.kind === "number"
    ? -Number(code.of.text)
    : undefined;
};

const isOrder = (code: Code | undefined): boolean => code?.kind === "infix" && /^[<>]=?$/u.test(code.operator);

/** Numbers and what is made of them. */
const isScalar = (code: Code): boolean => partsOfCode(code).every(part => /^(?:number|infix|prefix)$/u.test(part.kind));

/** np.sum(A, axis=1): one number for each row. */
const isFolded = (code: Code): boolean =>
  code.kind === "call" &&
  code.of.kind === "attribute" &&
  /^(?:sum|mean)$/u.test(code.of.name) &&
  code.args.some(arg => arg.kind === "keyword" && arg.name === "axis") &&
  !code.args.some(arg => arg.kind === "keyword" && arg.name === "keepdims");

/** The one label of a vector: p[y]. */
const single = (places: readonly Code[]): Code | undefined =>
  places.length === 1 && places[0] && identifierOf(places[0]) !== undefined ? places[0] : undefined;

/** The array afterwards; undefined where the change is none of these. */
export const modified = (
  reader: ExpressionReader,
  before: Syntax,
  { places, operator, value, span }: Change,
): Syntax | undefined => {
  const labels = labelsIn(places) ?? single(places);
  const number = numberIn(value);
  if (labels && (operator === "-=" || operator === "+=")) {
    const label = reader.label(labels);
    const amount = label && reader.formula(value);
    const factor = amount && (isScalar(value) ? amount : isFolded(value) ? transposeOf(amount, span) : undefined);
    if (!label || !factor) return undefined;
    const change = number === 1 ? label : productOf(factor, EACH, label, span);
    return sumOf(before, operator === "-=" ? "-" : "+", change, span);
  }
  if (labels && operator === "=" && number === 0) {
    const label = reader.label(labels);
    return label && productOf(before, EACH, sumOf(numberOf("1", span), "-", label, span), span);
  }
  const [condition, more] = places;
  if (!condition || more || !isOrder(condition)) return undefined;
  const where = reader.formula(condition);
  const elsewhere = where && complementOf(where, span);
  if (!where || !elsewhere) return undefined;
  const rest = productOf(before, EACH, elsewhere, span);
  if (operator === "=") {
    if (number === 0) return rest;
    const put = number === undefined ? undefined : reader.formula(value);
    return put && sumOf(rest, "+", productOf(put, EACH, where, span), span);
  }
  const put = number === undefined ? undefined : reader.formula(value);
  const changed = put && combined(operator.slice(0, -1), before, put, span);
  return changed && sumOf(rest, "+", productOf(changed, EACH, where, span), span);
};
