/**
 * What calls of NumPy mean as formulas. Functions of one array are those ops that formulas call by the same word; the rows here
 * are what NumPy spells its own way. A call whose arguments are not understood gives nothing.
 */
import type { Span } from "../../base/source.ts";
import { AXES } from "../../ops/along.ts";
import type { Syntax } from "../../parse/syntax.ts";
import { readingsAlong, readingsOf } from "../readings.ts";
import {
  applied,
  combined,
  EACH,
  fractionOf,
  indicatorOf,
  markedBy,
  negativeOf,
  numberOf,
  powerOf,
  productOf,
  rootOf,
  sumOf,
  transposeOf,
} from "./formulas.ts";

/** The arguments of a call: those by their places, and what is plain enough to be said of the named ones. */
export interface Given {
  /** Undefined where an argument is no formula, such as a type. */
  readonly values: readonly (Syntax | undefined)[];
  /** axis=1, keepdims=True: as they are written. */
  readonly named: ReadonlyMap<string, string>;
  /** The arguments by their places as they are written, where that is a name or a number. */
  readonly written: readonly (string | undefined)[];
  readonly span: Span;
  /** In a claim an array of one axis may stand for a column too. */
  readonly claim: boolean;
}

type Means = (given: Given) => Syntax | undefined;

const only =
  (build: (value: Syntax, span: Span) => Syntax | undefined): Means =>
  ({ values, named, span }) => {
    const [value] = values;
    return value && values.length === 1 && named.size === 0 ? build(value, span) : undefined;
  };

const both =
  (build: (left: Syntax, right: Syntax, span: Span) => Syntax | undefined): Means =>
  ({ values, named, span }) => {
    const [left, right] = values;
    return left && right && values.length === 2 && named.size === 0 ? build(left, right, span) : undefined;
  };

/** The axis that NumPy counts is the one that goes. */
const COUNTED: ReadonlyMap<string, "axis0" | "axis1"> = new Map([
  ["0", "axis0"],
  ["1", "axis1"],
  ["-1", "axis1"],
]);

const KEYWORDS: ReadonlySet<string> = new Set(["axis", "keepdims"]);

/** What is left of an array along an axis. Without keepdims it has one axis, which is that of a row. */
const folded = (word: string, { values, named, written, span, claim }: Given): Syntax | undefined => {
  const [value] = values;
  if (!value || values.length > 2 || [...named.keys()].some(key => !KEYWORDS.has(key))) return undefined;
  const axis = named.get("axis") ?? written[1] ?? (values.length > 1 ? "?" : "None");
  if (axis === "None") {
    if (named.has("keepdims")) return undefined;
    return applied(word, [value], span, readingsOf(word, 1).some(({ wide }) => wide.length === 0) ? "all" : undefined);
  }
  const along = COUNTED.get(axis);
  if (along === undefined) return undefined;
  const result = applied(word, [value], span, along);
  if (along === "axis0" || named.get("keepdims") === "True") return result;
  return claim ? markedBy(result, "1-D", span) : transposeOf(result, span);
};

/** Words by which formulas call ops that leave one number of an array or of each of its rows. */
const isFold = (word: string): boolean =>
  readingsAlong(word, 1, AXES).some(
    ({ axis, result }) => axis !== undefined && (result.rows.key === "1" || result.columns.key === "1"),
  );

/** Words by which formulas call ops of every entry. */
const isOfEntries = (word: string): boolean =>
  readingsOf(word, 1).some(
    ({ args: [arg], result }) =>
      arg?.kind === "tensor" && arg.rows.key === result.rows.key && arg.columns.key === result.columns.key,
  );

const where: Means = ({ values, named, span }) => {
  const [condition, yes, no] = values;
  if (!condition || !yes || !no || values.length > 3 || named.size > 0 || condition.kind !== "group") return undefined;
  const isNumber = (syntax: Syntax, value: number): boolean =>
    syntax.kind === "number" && Number(syntax.text) === value;
  const chosen = isNumber(yes, 1) ? condition : productOf(condition, EACH, yes, span);
  if (isNumber(no, 0)) return chosen;
  const otherwise = complementOf(condition, span);
  if (!otherwise) return undefined;
  const rest = isNumber(no, 1) ? otherwise : productOf(otherwise, EACH, no, span);
  return isNumber(yes, 0) ? rest : sumOf(chosen, "+", rest, span);
};

const OPPOSITES: ReadonlyMap<string, string> = new Map([
  [">", "\\le"],
  ["<", "\\ge"],
  ["\\le", ">"],
  ["\\ge", "<"],
]);

/** Where an order does not hold. */
export const complementOf = (condition: Syntax, span: Span): Syntax | undefined => {
  if (condition.kind !== "group" || condition.body?.kind !== "relations") return undefined;
  const [left, right, more] = condition.body.members;
  const opposite = OPPOSITES.get(condition.body.operators[0]?.spelling ?? "");
  return left && right && !more && opposite !== undefined ? indicatorOf(left, opposite, right, span) : undefined;
};

/** A value that is handed on as it is. */
const same: Means = ({ values: [value] }) => value;

/** x.reshape(-1, 1) of an array of one axis. */
const reshaped: Means = ({ values: [value], written, span }) =>
  value && /^(?:-1|\w+) 1$/u.test(written.slice(1).join(" ")) ? transposeOf(value, span) : undefined;

/** Operators by the names that NumPy has for them. */
const OPERATORS: ReadonlyMap<string, string> = new Map(
  "dot @, matmul @, vdot @, inner @, multiply *, add +, subtract -, divide /, true_divide /, power **"
    .split(", ")
    .map(pair => pair.split(" ") as [string, string]),
);

/** Other names for words. */
const WORDS: ReadonlyMap<string, string> = new Map(
  "absolute abs, fabs abs, amax max, average mean".split(", ").map(pair => pair.split(" ") as [string, string]),
);

/** What is spelled in NumPy's own way. */
const CALLS: readonly (readonly [name: RegExp, means: Means])[] = [
  [/^square$/u, only((value, span) => powerOf(value, numberOf("2", span), span))],
  [/^sqrt$/u, only(rootOf)],
  [
    /^std$/u,
    given => {
      const variance = folded("Var", given);
      return variance && rootOf(variance, given.span);
    },
  ],
  [/^log1p$/u, only((value, span) => applied("\\log", [sumOf(numberOf("1", span), "+", value, span)], span))],
  [/^negative$/u, only(negativeOf)],
  [/^reciprocal$/u, only((value, span) => fractionOf(numberOf("1", span), value, span))],
  [/^transpose$/u, only(transposeOf)],
  [/^outer$/u, both((a, b, span) => productOf(a, "\\otimes", b, span))],
  [/^maximum$/u, both((a, b, span) => applied("\\max", [a, b], span))],
  [/^minimum$/u, both((a, b, span) => applied("\\min", [a, b], span))],
  [/^where$/u, where],
  [/^copy$/u, same],
  [/^array$/u, same],
  [/^asarray$/u, same],
  [/^astype$/u, same],
  [/^squeeze$/u, same],
  [/^reshape$/u, reshaped],
];

/** np.name(…), or x.name(…) with x in the first place. */
export const meaningOfCall = (name: string, given: Given): Syntax | undefined => {
  const own = CALLS.find(([spelled]) => spelled.test(name));
  if (own) return own[1](given);
  const operator = OPERATORS.get(name);
  if (operator !== undefined) return both((a, b, span) => combined(operator, a, b, span))(given);
  const word = WORDS.get(name) ?? name;
  if (isFold(word)) return folded(word, given);
  return isOfEntries(word) ? only((value, span) => applied(word, [value], span))(given) : undefined;
};

/** Functions of Python itself, which go along the first axis of an array. */
const BUILT_IN = /^(?:sum|max|min|pow|round)$/u;

/** A function by its own name that the code does not define: what formulas call so, sigmoid and softmax, or what NumPy does. */
export const meaningOfUsual = (name: string, given: Given): Syntax | undefined => {
  const { values, named, span } = given;
  const [value] = values;
  if (BUILT_IN.test(name)) return undefined;
  if (value && values.length === 1 && named.size === 0 && readingsOf(name, 1).length > 0)
    return applied(name, [value], span);
  return meaningOfCall(name, given);
};
