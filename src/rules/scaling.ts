/** Scalar factors and signs move outwards. */
import { number } from "../expr/node.ts";
import { rational } from "../expr/rational.ts";
import { call } from "../ops/call.ts";
import type { Law, Sentence } from "../rewrite/law.ts";
import { exactValue } from "./numbers.ts";

const LINEAR: Sentence = { en: "a scalar factor may stand in front", zh: "标量因子可以提到前面" };
const SIGN: Sentence = { en: "a sign may stand in front", zh: "负号可以提到前面" };

/** Ends: every law moves a scalar factor above one more operation. */
export const SCALING: readonly Law[] = [
  { id: "scaled-twice",             where: { c: "1", d: "1", A: "m n" },           left: "c * (d * A)",          right: "(c * d) * A",          say: { en: "scalar factors multiply", zh: "标量因子相乘" }, trivial: true },
  { id: "times-scaled",             where: { c: "1", A: "m k", B: "k n" },         left: "A * (c * B)",          right: "c * (A * B)",          say: LINEAR, trivial: true },
  { id: "scaled-times",             where: { c: "1", A: "m k", B: "k n" },         left: "(c * A) * B",          right: "c * (A * B)",          say: LINEAR, trivial: true },
  { id: "scaled-hadamard",          where: { c: "1", A: "m n", B: "m n" },         left: "(c * A) .* B",         right: "c * (A .* B)",         say: LINEAR, trivial: true },
  { id: "scaled-quotient",          where: { c: "1", A: "m n", B: "m n" },         left: "(c * A) ./ B",         right: "c * (A ./ B)",         say: LINEAR, trivial: true },
  { id: "scaled-transposed",        where: { c: "1", A: "m n" },                   left: "(c * A)'",             right: "c * A'",               say: LINEAR, trivial: true },
  { id: "scaled-in-inner",          where: { c: "1", A: "m n", B: "m n" },         left: "inner(c * A, B)",      right: "c * inner(A, B)",      say: LINEAR },
  { id: "scaled-in-diag",           where: { c: "1", v: "n" },                     left: "diag(c * v)",          right: "c * diag(v)",          say: LINEAR },
  { id: "scaled-in-diagonal",       where: { c: "1", A: "n n" },                   left: "diagonal(c * A)",      right: "c * diagonal(A)",      say: LINEAR },
  { id: "scaled-in-outer-left",     where: { c: "1", a: "m", b: "n" },             left: "outer(c * a, b)",      right: "c * outer(a, b)",      say: LINEAR },
  { id: "scaled-in-outer-right",    where: { c: "1", a: "m", b: "n" },             left: "outer(a, c * b)",      right: "c * outer(a, b)",      say: LINEAR },
  { id: "constant-factor-of-sum",   where: { c: "1", "A[t]": "m n" },              left: "sum(t, lo, hi, c * A[t])", right: "c * sum(t, lo, hi, A[t])", say: { en: "a factor that does not depend on the index may stand in front of the sum", zh: "与求和指标无关的因子可以提到求和号外" } },
  { id: "constant-scalar-of-sum",   where: { c: "1", "a[t]": "1", "A[t]": "m n" }, left: "sum(t, lo, hi, (c * a[t]) * A[t])", right: "c * sum(t, lo, hi, a[t] * A[t])", say: { en: "a factor that does not depend on the index may stand in front of the sum", zh: "与求和指标无关的因子可以提到求和号外" } },
  { id: "constant-divisor-of-sum",  where: { c: "1", "a[t]": "1" },                left: "sum(t, lo, hi, a[t] / c)", right: "sum(t, lo, hi, a[t]) / c", say: { en: "a factor that does not depend on the index may stand in front of the sum", zh: "与求和指标无关的因子可以提到求和号外" } },
  { id: "constant-fraction-of-sum", where: { c: "1", "a[t]": "1", "A[t]": "m n" }, left: "sum(t, lo, hi, (a[t] / c) * A[t])", right: "(1 / c) * sum(t, lo, hi, a[t] * A[t])", say: { en: "a factor that does not depend on the index may stand in front of the sum", zh: "与求和指标无关的因子可以提到求和号外" } },
];

/** Ends: every law moves a sign above one more operation, or removes one. */
export const SIGNS: readonly Law[] = [
  { id: "negative-twice",           where: { A: "m n" },                   left: "-(-A)",           right: "A",               say: { en: "two signs cancel", zh: "负负得正" }, trivial: true },
  { id: "negative-number-times",    where: { p: "number", A: "m n" },      left: "p * A",
    right: ({ node }) => {
      const p = exactValue(node("p"));
      return p && p.numerator < 0n ? call("negate", [call("scale", [number(rational(-p.numerator, p.denominator)), node("A")])]) : undefined;
    }, example: "(-2/3) * A", say: SIGN, trivial: true },
  { id: "negative-number-over",     where: { p: "number", a: "1" },        left: "p / a",
    right: ({ node }) => {
      const p = exactValue(node("p"));
      return p && p.numerator < 0n && node("a").kind !== "number" ? call("negate", [call("divide", [number(rational(-p.numerator, p.denominator)), node("a")])]) : undefined;
    }, example: "(-2) / a", say: SIGN, trivial: true },
  { id: "times-negative-scaled",    where: { c: "1", A: "m n" },           left: "c * (-A)",        right: "-(c * A)",        say: SIGN, trivial: true },
  { id: "negative-scalar-times",    where: { c: "1", A: "m n" },           left: "(-c) * A",        right: "-(c * A)",        say: SIGN, trivial: true },
  { id: "times-negative",           where: { A: "m k", B: "k n" },         left: "A * (-B)",        right: "-(A * B)",        say: SIGN, trivial: true },
  { id: "negative-times",           where: { A: "m k", B: "k n" },         left: "(-A) * B",        right: "-(A * B)",        say: SIGN, trivial: true },
  { id: "negative-hadamard",        where: { A: "m n", B: "m n" },         left: "(-A) .* B",       right: "-(A .* B)",       say: SIGN, trivial: true },
  { id: "negative-over",            where: { a: "1", b: "1" },             left: "(-a) / b",        right: "-(a / b)",        say: SIGN, trivial: true },
  { id: "over-negative",            where: { a: "1", b: "1" },             left: "a / (-b)",        right: "-(a / b)",        say: SIGN, trivial: true },
  { id: "negative-quotient",        where: { A: "m n", B: "m n" },         left: "(-A) ./ B",       right: "-(A ./ B)",       say: SIGN, trivial: true },
  { id: "quotient-by-negative",     where: { A: "m n", B: "m n" },         left: "A ./ (-B)",       right: "-(A ./ B)",       say: SIGN, trivial: true },
  { id: "negative-transposed",      where: { A: "m n" },                   left: "(-A)'",           right: "-A'",             say: SIGN, trivial: true },
  { id: "negative-in-inner",        where: { A: "m n", B: "m n" },         left: "inner(-A, B)",    right: "-inner(A, B)",    say: SIGN, trivial: true },
  { id: "negative-in-diag",         where: { v: "n" },                     left: "diag(-v)",        right: "-diag(v)",        say: SIGN, trivial: true },
  { id: "negative-in-diagonal",     where: { A: "n n" },                   left: "diagonal(-A)",    right: "-diagonal(A)",    say: SIGN, trivial: true },
  { id: "negative-in-outer-left",   where: { a: "m", b: "n" },             left: "outer(-a, b)",    right: "-outer(a, b)",    say: SIGN, trivial: true },
  { id: "negative-in-outer-right",  where: { a: "m", b: "n" },             left: "outer(a, -b)",    right: "-outer(a, b)",    say: SIGN, trivial: true },
  { id: "sum-of-negatives",         where: { "A[t]": "m n" },              left: "sum(t, lo, hi, -A[t])", right: "-sum(t, lo, hi, A[t])", say: SIGN, trivial: true },
  { id: "minus-negative",           where: { A: "m n", B: "m n" },         left: "A - (-B)",        right: "A + B",           say: { en: "two signs cancel", zh: "负负得正" }, trivial: true },
  { id: "plus-negative",            where: { A: "m n", B: "m n" },         left: "A + (-B)",        right: "A - B",           say: { en: "adding a negative is subtracting", zh: "加负数即相减" }, trivial: true },
  { id: "negative-difference",      where: { A: "m n", B: "m n" },         left: "-(A - B)",        right: "B - A",           say: { en: "a sign exchanges the members of a difference", zh: "负号交换差的两项" }, trivial: true },
  { id: "negative-scaled-difference", where: { c: "1", A: "m n", B: "m n" }, left: "-(c * (A - B))", right: "c * (B - A)",  say: { en: "a sign exchanges the members of a difference", zh: "负号交换差的两项" }, trivial: true },
  { id: "negative-difference-over", where: { a: "1", b: "1", c: "1" },     left: "-((a - b) / c)",  right: "(b - a) / c",     say: { en: "a sign exchanges the members of a difference", zh: "负号交换差的两项" }, trivial: true },
  { id: "plus-negative-number",     where: { a: "1", p: "number" },        left: "a + p",
    right: ({ node }) => {
      const p = exactValue(node("p"));
      return p && p.numerator < 0n && node("a").kind !== "number" ? call("subtract", [node("a"), number(rational(-p.numerator, p.denominator))]) : undefined;
    }, example: "a + -2", say: { en: "adding a negative is subtracting", zh: "加负数即相减" }, trivial: true },
];
