/** What lines say of shapes: how arrays are made, what stands behind a line as a remark. */
import type { Span } from "../../base/source.ts";
import type { Code } from "../../parse/python.syntax.ts";
import type { Syntax } from "../../parse/syntax.ts";
import { numberOf } from "./formulas.ts";
import { nameOf } from "./names.ts";

/** Functions whose arguments, or whose size, are the axes. */
const BY_ARGUMENTS = /^(?:randn|rand|standard_normal)$/u;
const BY_TUPLE = /^(?:zeros|ones|empty|random|random_sample|full|standard_normal)$/u;
const BY_SIZE = /^(?:normal|uniform|randint|standard_normal|random)$/u;
/** Their results are data or what training starts with, whatever they are given. */
const GIVEN =
  /^(?:zeros|ones|empty|array|asarray|arange|linspace|load|loadtxt|genfromtxt|eye|full|zeros_like|ones_like|empty_like|random_sample|randn|rand|normal|uniform|randint|permutation|choice|standard_normal|random)$/u;

const sizeOf = (code: Code): Syntax | undefined => {
  if (code.kind === "name") return nameOf(code.name, code.span);
  return code.kind === "number" && /^[1-9]\d*$/u.test(code.text) ? numberOf(code.text, code.span) : undefined;
};

/** One axis is that of a row. */
const axesOf = (codes: readonly Code[], span: Span): readonly Syntax[] | undefined => {
  const sizes = codes.map(sizeOf);
  if (sizes.length === 0 || sizes.length > 2 || sizes.some(size => !size)) return undefined;
  return sizes.length === 1 ? [numberOf("1", span), sizes[0] as Syntax] : (sizes as readonly Syntax[]);
};

const made = ({ of, args, span }: Code & { kind: "call" }): readonly Syntax[] | undefined => {
  if (of.kind !== "attribute") return undefined;
  const places = args.filter(arg => arg.kind !== "keyword");
  const [first] = places;
  const size = args.find(arg => arg.kind === "keyword" && /^(?:size|shape)$/u.test(arg.name));
  const tuple =
    size?.kind === "keyword" && BY_SIZE.test(of.name) ? size.value : BY_TUPLE.test(of.name) ? first : undefined;
  if (tuple?.kind === "tuple" || tuple?.kind === "list") return axesOf(tuple.items, span);
  if (BY_ARGUMENTS.test(of.name) && places.length > 0) return axesOf(places, span);
  return tuple ? axesOf([tuple], span) : undefined;
};

/** The shape of an array that is made anew, perhaps times numbers: 0.01 * np.random.randn(D, K). */
export const shapeMade = (code: Code): readonly Syntax[] | undefined => {
  if (code.kind === "call") return made(code);
  if (code.kind !== "infix" || (code.operator !== "*" && code.operator !== "/")) return undefined;
  const sides = [shapeMade(code.left), code.operator === "*" ? shapeMade(code.right) : undefined];
  return sides[0] && sides[1] ? undefined : (sides[0] ?? sides[1]);
};

/** Whether a value is data, or what training starts with: no forward line computes it. */
export const isGiven = (code: Code): boolean => {
  switch (code.kind) {
    case "call":
      return code.of.kind === "attribute" && GIVEN.test(code.of.name);
    case "infix":
      return isGiven(code.left) || isGiven(code.right);
    case "attribute":
      return code.name === "shape" || code.name === "size" || isGiven(code.of);
    case "subscript":
      return isGiven(code.of);
    case "text":
    case "list":
    case "tuple":
      return true;
    default:
      return false;
  }
};

/** [N x K], (N, K), shape (N, K) as a remark behind a line, and nothing more in brackets. */
const REMARK =
  /(?:^|\s)(?:shape:?\s*)?[([]\s*([A-Za-z]\w{0,11}|[1-9]\d*)\s*(?:x|×|\*|,)\s*([A-Za-z]\w{0,11}|[1-9]\d*)\s*[)\]]\s*\.?$/u;

export const shapeRemarked = (comment: string, span: Span): readonly Syntax[] | undefined => {
  const [, rows, columns] = REMARK.exec(comment) ?? [];
  const size = (text: string): Syntax => (/^\d/u.test(text) ? numberOf(text, span) : nameOf(text, span));
  return rows === undefined || columns === undefined ? undefined : [size(rows), size(columns)];
};
