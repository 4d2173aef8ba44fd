/** Operations of drafts: signs between factors, superscripts, and the ways in which factors group. */
import type { Span } from "../base/source.ts";
import { constantValue, integer, namesIn } from "../expr/polynomial.ts";
import { rational } from "../expr/rational.ts";
import { AXES, type Axis } from "../ops/along.ts";
import type { BigSyntax, FractionSyntax, Script, Syntax } from "../parse/syntax.ts";
import { axisMeant, axisSpelled } from "./axes.ts";
import { SCALAR_EXTENT } from "./draft.ts";
import { FENCES } from "./fences.ts";
import { integerOf } from "./integers.ts";
import { integerDraft, integerIn } from "./literals.ts";
import { soleLetter } from "./names.ts";
import { besideAxis, besideNumber, type Reading, readingsAlong, readingsOf } from "./readings.ts";
import { isName, placesOf, takeApart } from "./scripts.ts";
import { type Elaboration, problem, type Surroundings, unknownOperation } from "./surroundings.ts";
import { everyPart, textOf } from "./tree.ts";

const LARGEST_EXPONENT = 1_000;
/** A superscript that can be a sign or an exponent is rarely meant as the other. */
const UNLIKELY = 5;
/** The spelling of a power with a real exponent. */
const REAL_POWER = "^{}";
/** An operation on arguments that are drafted already. */
export const operate = (
  of: Elaboration,
  spelling: string,
  operator: Span,
  span: Span,
  args: readonly number[],
  axis?: Axis,
): number => {
  const readings = readingsOf(spelling, args.length);
  if (readings.length === 0) unknownOperation(spelling, operator);
  const isNumber = (at: number | undefined): boolean =>
    at !== undefined && of.drafts.at(args[at] as number).kind === "number";
  const usual = readings.map(reading => {
    if (isNumber(reading.withNumber)) return besideNumber(reading);
    return axis && reading.toEach ? besideAxis(reading, axis) : reading;
  });
  return of.drafts.operation(spelling, operator, span, [{ readings: usual, args }]);
};

/** The value of what is written in figures: 0.5, \frac{3}{2}; NaN where it is not. */
const figure = (syntax: Syntax): number => {
  if (syntax.kind === "number") return Number(syntax.text);
  if (syntax.kind !== "fraction") return Number.NaN;
  const { top, bottom } = syntax;
  return top.kind === "number" && bottom.kind === "number" ? Number(top.text) / Number(bottom.text) : Number.NaN;
};

/** The n of an exponent n/2 that is written in figures: 1/2, \frac{3}{2}, -0.5 - 1. */
const halvesIn = (body: Syntax): number | undefined => {
  const terms = body.kind === "sum" ? body.terms : [{ sign: null, body }];
  const value = terms.reduce((sum, term) => sum + (term.sign?.spelling === "-" ? -1 : 1) * figure(term.body), 0);
  return Number.isInteger(2 * value) && (2 * value) % 2 !== 0 ? 2 * value : undefined;
};

/** Whether an exponent is a value of the note, in which no number stands alone that would be a root. */
const isReal = (body: Syntax): boolean => everyPart(body).some(part => part.kind === "symbol");
/** What stands between the brackets of an application. */
export const argumentsIn = (argument: Syntax): readonly Syntax[] => {
  const inner = argument.kind === "group" && argument.body && !FENCES.has(argument.open) ? argument.body : argument;
  return inner.kind === "list" ? inner.items : [inner];
};

/** A function by name; one of vectors that is given a matrix is applied to its rows or columns. */
export const applied = (
  of: Elaboration,
  {
    name,
    scripts,
    span,
  }: {
    readonly name: { readonly name: string; readonly span: Span };
    readonly scripts: readonly Script[];
    readonly span: Span;
  },
  args: readonly Syntax[],
  draft: (arg: Syntax) => number,
): { readonly value: number; readonly scripts: readonly Script[] } => {
  const spelled =
    readingsOf(name.name, args.length).length > 0 ? axisSpelled("", scripts) : axisSpelled(name.name, scripts);
  const spelling = spelled.spelling === "" ? name.name : spelled.spelling;
  const meant = spelled.axis === undefined ? axisMeant(of, args, span) : undefined;
  const axes = spelled.axis === "all" ? [] : spelled.axis ? [spelled.axis] : meant ? [meant.axis] : AXES;
  const along = readingsAlong(spelling, args.length, axes);
  const lifted = spelled.ofTwo ? along.filter(({ axis }) => axis !== undefined) : along;
  const plain = spelled.axis && spelled.axis !== "all" ? [] : readingsOf(spelling, args.length);
  const readings = [...plain, ...lifted];
  if (readings.length === 0) unknownOperation(name.name, name.span);
  const value = of.drafts.operation(spelling, name.span, span, [{ readings, args: args.map(draft) }]);
  if (meant) of.axes.set(value, meant);
  return { value, scripts: spelled.scripts };
};

/** What the transpose of a scalar costs: nobody writes one, and a formula for any shapes may hold one. */
const POINTLESS = 6;

/** The sign of an operation that hangs on a value: ⊤, ⊙ 2. */
export const marked = (
  of: Elaboration,
  spelling: string,
  operator: Span,
  span: Span,
  args: readonly number[],
): number => {
  const readings = readingsOf(spelling, args.length);
  if (readings.length === 0) unknownOperation(spelling, operator);
  const arrays = readings.map((reading): Reading => ({ ...reading, noScalar: reading.args.map(() => true) }));
  const scalars = readings.map((reading): Reading => ({ ...reading, cost: reading.cost + POINTLESS }));
  const all = args.length === 1 ? [...arrays, ...scalars] : readings;
  return of.drafts.operation(spelling, operator, span, [{ readings: all, args }]);
};

/** What a superscript means: the sign of an operation, or an exponent. */
export const raised = (
  of: Elaboration,
  value: number,
  body: Syntax,
  span: Span,
  around: Surroundings,
  draft: (exponent: Syntax) => number,
): number => {
  const { drafts } = of;
  // The sign of an operation on arrays, such as T; on a scalar it would be pointless.
  const spelled = readingsOf(`^${textOf(body)}`, 1).map((reading): Reading => ({ ...reading, noScalar: [true] }));
  const exponent = integerIn(of, body, around);
  const counted =
    exponent !== undefined &&
    namesIn(exponent).some(name => around.bindings.some(binding => binding.index === name) || of.isCount(name));
  const candidates: { readings: readonly Reading[]; args: readonly number[]; extra?: number }[] = [];
  // An index that is bound here counts, and so does what is said to be a whole number; anything else that is also a sign is a sign.
  if (spelled.length > 0) candidates.push({ readings: spelled, args: [value], extra: counted ? UNLIKELY : 0 });
  if (exponent && Math.abs(constantValue(exponent) ?? 0) > LARGEST_EXPONENT)
    problem("N004", `exponents go up to ${LARGEST_EXPONENT}`, body.span, "too large");
  if (exponent) {
    // The power of a square matrix is not that of its entries, also where it is not defined: A^{-1}.
    const readings = readingsOf("^", 2).map(
      (reading): Reading => (reading.wide.length === 0 ? { ...reading, notSquare: true } : reading),
    );
    candidates.push({
      readings,
      args: [value, integerDraft(of, exponent, body.span)],
      extra: spelled.length > 0 && !counted ? UNLIKELY : 0,
    });
  }
  const half = exponent ? undefined : halvesIn(body);
  if (half !== undefined) {
    const root = operate(of, "\\sqrt", body.span, span, [value]);
    if (half === 1) return root;
    const args = [root, integerDraft(of, integer(half), body.span)];
    return drafts.operation("^", body.span, span, [{ readings: readingsOf("^", 2), args }]);
  }
  if (!exponent && spelled.length === 0 && isReal(body)) {
    const args = [value, draft(body)];
    return drafts.operation("^", body.span, span, [{ readings: readingsOf(REAL_POWER, 2), args }]);
  }
  if (candidates.length === 0) {
    problem(
      "N004",
      "exponents must be whole numbers, indices or sizes",
      body.span,
      "not an integer",
      "Write a root or exp where one is meant.",
    );
  }
  return drafts.operation("^", body.span, span, candidates);
};

/** A fraction; of two numbers, their quotient. */
export const fractionDraft = (
  of: Elaboration,
  { top, bottom, span }: FractionSyntax,
  draft: (side: Syntax) => number,
): number => {
  const below = integerOf(bottom);
  if (below && constantValue(below) === 0) problem("N006", "this divides by zero", bottom.span, "zero");
  const [a, b] = [draft(top), draft(bottom)];
  const [x, y] = [of.drafts.at(a), of.drafts.at(b)];
  if (x.kind === "number" && y.kind === "number") {
    if (y.value.numerator === 0n) problem("N006", "this divides by zero", bottom.span, "zero");
    const value = rational(x.value.numerator * y.value.denominator, x.value.denominator * y.value.numerator);
    return of.drafts.add({ kind: "number", value, span, extent: SCALAR_EXTENT });
  }
  return operate(of, "/", span, span, [a, b]);
};

/** A function of a literal 0 and of more, or of a part and the whole, where an op of its own is so spelled: \max(0, z), \max(\alpha z, z). */
export const withSpecial = (
  spelling: string,
  args: readonly Syntax[],
): { readonly spelling: string; readonly args: readonly Syntax[] } => {
  const zero = args.findIndex(arg => textOf(arg) === "0");
  const rest = args.filter((_, i) => i !== zero);
  const special = `${spelling} 0`;
  if (zero >= 0 && readingsOf(special, rest.length).length > 0) return { spelling: special, args: rest };
  const part = partIn(args);
  const partial = `${spelling}${PARTIAL}`;
  return part && readingsOf(partial, 2).length > 0 ? { spelling: partial, args: part } : { spelling, args };
};

/** Ends the spelling of a function of something and a part of it. */
export const PARTIAL = " *";

/** \max_i h_i: an operation on the whole of what the letter below its sign runs over. */
export const overEntries = (
  of: Elaboration,
  syntax: BigSyntax,
  sign: Span,
  around: Surroundings,
  draft: (whole: Syntax) => number,
): number => {
  const { spelling, span } = syntax;
  const whole = wholeOf(syntax, around);
  return whole && readingsOf(spelling, 1).length > 0
    ? operate(of, spelling, sign, span, [draft(whole)])
    : unknownOperation(spelling, sign);
};

/** h, where i is its last place in h_i and bound by nothing else. */
const wholeOf = ({ lower, upper, body: name }: BigSyntax, around: Surroundings): Syntax | undefined => {
  const letter = lower && !upper ? soleLetter(lower) : undefined;
  if (letter === undefined || name.kind !== "scripted" || around.bindings.some(each => each.letter === letter))
    return undefined;
  const last = name.scripts.findLast(({ position }) => position === "sub");
  const places = last?.position === "sub" ? placesIn(last.body) : [];
  const end = places.at(-1);
  if (last?.position !== "sub" || !end || soleLetter(end) !== letter) return undefined;
  const left = places.slice(0, -1);
  const body: Syntax | undefined = left.length > 1 ? { kind: "list", items: left, span: last.body.span } : left[0];
  const scripts = name.scripts.flatMap(each => (each === last ? (body ? [{ ...last, body }] : []) : [each]));
  return scripts.length > 0 ? { ...name, scripts } : name.base;
};

/** i and j of S_{ij} and of S_{i,j}. */
const placesIn = (body: Syntax): readonly Syntax[] => {
  const factors = body.kind === "product" ? body.factors : [];
  const letters = factors.every(({ operator, body: each }) => !operator && soleLetter(each) !== undefined);
  return factors.length > 0 && letters ? factors.map(each => each.body) : placesOf(body);
};

/** Something and a part of it, \alpha z and z: the whole, and how large a part. A number is one between 0 and 1. */
const partIn = (args: readonly Syntax[]): readonly [whole: Syntax, part: Syntax] | undefined => {
  if (args.length !== 2) return undefined;
  for (const [whole, other] of [args, args.toReversed()] as (readonly [Syntax, Syntax])[]) {
    if (other.kind !== "product") continue;
    const [first, second, more] = other.factors;
    if (!first || !second || more || !["", "\\cdot"].includes(second.operator?.spelling ?? "")) continue;
    const isPart = first.body.kind === "number" ? Number(first.body.text) < 1 : isName(takeApart(first.body).core);
    if (isPart && textOf(second.body) === textOf(whole)) return [whole, first.body];
  }
  return undefined;
};

/** A factor with the sign before it ("" for none). */
export interface FactorDraft {
  readonly operator: string;
  readonly at: Span;
  readonly draft: number;
}

/** The product of several factors, bracketed in every way that people may mean. */
export const productDraft = (of: Elaboration, items: readonly FactorDraft[], span: Span): number => {
  const [first] = items as [FactorDraft];
  if (items.length === 1) return first.draft;
  const chain = (list: readonly FactorDraft[]): number =>
    list
      .slice(1)
      .reduce(
        (left, { operator, at, draft }) =>
          operate(of, operator, at, { start: of.drafts.at(left).span.start, end: of.drafts.at(draft).span.end }, [
            left,
            draft,
          ]),
        (list[0] as FactorDraft).draft,
      );
  // Juxtaposition binds tighter than a sign, or everything goes left to right: a \odot W x.
  const runs: FactorDraft[][] = [];
  for (const item of items) {
    if (item.operator !== "" || runs.length === 0) runs.push([item]);
    else (runs.at(-1) as FactorDraft[]).push(item);
  }
  const associates = (operator: string): boolean => readingsOf(operator, 2)[0]?.name === readingsOf("", 2)[0]?.name;
  if (runs.slice(1).every(run => run.length === 1 || associates(run[0]?.operator ?? ""))) return chain(items);
  return of.drafts.grouping(span, [
    { cost: 0, draft: () => chain(items) },
    { cost: 0, draft: () => chain(runs.map(run => ({ ...(run[0] as FactorDraft), draft: chain(run) }))) },
  ]);
};
