/**
 * Formulas by cases: z where z > 0 and 0 elsewhere is z ⊙ 1(z > 0), p_i (1 − p_i) where i = j and −p_i p_j elsewhere a sum with
 * 1(i = j). The last case holds where no other does.
 */
import type { Case, Factor, MatrixSyntax, Operator, Statement, Syntax, Term } from "../parse/syntax.ts";
import { everyPart, replaceParts, textOf } from "./tree.ts";

/** Signs of an order, each with that of its opposite. */
const ORDERS: ReadonlyMap<string, string> = new Map([
  [">", "\\le"],
  ["\\gt", "\\le"],
  ["<", "\\ge"],
  ["\\lt", "\\ge"],
  ["\\ge", "<"],
  ["\\geq", "<"],
  ["\\geqslant", "<"],
  ["\\le", ">"],
  ["\\leq", ">"],
  ["\\leqslant", ">"],
]);
const UNEQUAL: ReadonlySet<string> = new Set(["\\ne", "\\neq"]);
/** Words for what is left. */
export const OTHERWISE = /^\s*(?:otherwise|else(?:where)?|其[他它]|否则)/iu;

type Relations = Syntax & { kind: "relations" };

const isEquality = ({ operators }: Relations): boolean => operators.every(({ spelling }) => spelling === "=");
export const isInequality = ({ operators }: Relations): boolean =>
  operators.length === 1 && UNEQUAL.has(operators[0]?.spelling ?? "");
const isOrder = ({ operators }: Relations): boolean => operators.every(({ spelling }) => ORDERS.has(spelling));

/** i = j, "if i = j", "otherwise"; undefined for what is none of these. */
const conditionOf = (cell: Syntax): Relations | "otherwise" | undefined => {
  const items = cell.kind === "list" ? cell.items : [cell];
  const relations = items.filter((item): item is Relations => item.kind === "relations");
  const [only, more] = relations;
  if (items.some(item => item.kind !== "prose" && item.kind !== "relations") || more) return undefined;
  if (!only) return items.some(item => item.kind === "prose" && OTHERWISE.test(item.text)) ? "otherwise" : undefined;
  const isPair = only.members.length === 2 && (isEquality(only) || isInequality(only));
  return isPair || (isOrder(only) && only.members.length <= 3) ? only : undefined;
};

/** The cases as they are written. */
const casesOf = ({ environment, rows }: MatrixSyntax): readonly Case[] | undefined => {
  if (!/^[dr]?cases\*?$/u.test(environment) || rows.length < 2) return undefined;
  const found: Case[] = [];
  for (const [value, condition, more] of rows) {
    const where = value && condition && !more ? conditionOf(condition) : undefined;
    if (!value || !where) return undefined;
    found.push(where === "otherwise" ? { value } : { value, where });
  }
  return found.filter(({ where }) => !where).length > 1 ? undefined : found;
};

/** The cases with what is left as the last of them; undefined where several are. */
const withRest = (found: readonly Case[]): readonly Case[] | undefined => {
  // Beside z > 0 and z < 0, z = 0 is what is left.
  const hasOrder = found.some(({ where }) => where && isOrder(where));
  const equal = found.filter(({ where }) => where && isEquality(where));
  const isLeft = ({ where }: Case): boolean => hasOrder && equal.length === 1 && where === equal[0]?.where;
  const loose = found.map(each => (isLeft(each) ? { value: each.value } : each));
  const open = loose.filter(({ where }) => !where);
  if (open.length > 1) return undefined;
  return open.length === 1 ? [...loose.filter(({ where }) => where), ...open] : loose;
};

const isNumber = (syntax: Syntax, text: string): boolean => syntax.kind === "number" && syntax.text === text;

const numberOf = (text: string, { span }: Syntax, fonts: readonly string[] = []): Syntax => ({
  kind: "number",
  text,
  fonts,
  accents: [],
  span,
});

const bracketed = (body: Syntax): Syntax =>
  body.kind === "sum" ? { kind: "group", open: "(", close: ")", body, span: body.span } : body;

/** 1(z > 0); of a < z < b the product of both. */
const indicator = (where: Relations): readonly Factor[] =>
  where.operators.flatMap((operator, i): readonly Factor[] => {
    const members = where.members.slice(i, i + 2);
    const span = { start: members[0]?.span.start ?? where.span.start, end: members[1]?.span.end ?? where.span.end };
    const equation: Syntax = { ...where, members, operators: [operator], span };
    const joint: Operator | null = i > 0 ? { spelling: "\\odot", span: operator.span } : null;
    return [
      { operator: joint, body: numberOf("1", equation, ["mathbb"]), call: false },
      { operator: null, body: { kind: "group", open: "(", close: ")", body: equation, span }, call: true },
    ];
  });

const joined = (factors: readonly Factor[], { span }: Syntax): Syntax => {
  const [only, more] = factors;
  return only && !more ? only.body : { kind: "product", factors, span };
};

/** What is 1 where a case holds: 1(i = j), 1 − 1(i = j). */
export const weightOf = (where: Relations): Syntax => {
  if (!isInequality(where)) return joined(indicator(where), where);
  const equal = where.operators.map(operator => ({ ...operator, spelling: "=" }));
  return complementOf([joined(indicator({ ...where, operators: equal }), where)], where);
};

/** What is the case where a condition is not; undefined for conditions of several parts. */
export const oppositeOf = (where: Relations): Relations | undefined => {
  const [operator, more] = where.operators;
  if (!operator || more) return undefined;
  const spelling =
    operator.spelling === "=" ? "\\ne" : UNEQUAL.has(operator.spelling) ? "=" : ORDERS.get(operator.spelling);
  return spelling === undefined ? undefined : { ...where, operators: [{ ...operator, spelling }] };
};

const complementOf = (weights: readonly Syntax[], at: Syntax): Syntax => {
  const terms: Term[] = [
    { sign: null, body: numberOf("1", at) },
    ...weights.map(body => ({ sign: { spelling: "-", span: at.span }, body: bracketed(body) })),
  ];
  return { kind: "sum", terms, span: at.span };
};

/** What is 1 where no case holds. */
const remainder = (cases: readonly Relations[], weights: readonly Syntax[], at: Syntax): Syntax => {
  const [only, more] = cases;
  const opposite = only && !more && isOrder(only) ? oppositeOf(only) : undefined;
  return opposite ? weightOf(opposite) : complementOf(weights, at);
};

/** A value times what is 1 where it holds: entry by entry, where arrays are compared. */
const weighted = (value: Syntax, weight: Syntax, byEntries: boolean): Syntax => {
  if (isNumber(value, "1")) return weight;
  const operator: Operator | null = byEntries ? { spelling: "[where]", span: weight.span } : null;
  return {
    kind: "product",
    factors: [
      { operator: null, body: bracketed(value), call: false },
      { operator, body: bracketed(weight), call: false },
    ],
    span: value.span,
  };
};

const asSum = (matrix: MatrixSyntax): Syntax | undefined => {
  const written = casesOf(matrix);
  const cases = written && withRest(written);
  // -\infty stands in masks.
  if (!cases || cases.some(({ value }) => everyPart(value).some(part => textOf(part) === "infty"))) return undefined;
  const first = cases.slice(0, -1);
  const last = cases.at(-1) as Case;
  const weights = first.map(({ where }) => weightOf(where as Relations));
  const byEntries = first.every(({ where }) => where && isOrder(where));
  const rest = remainder(
    first.map(({ where }) => where as Relations),
    weights,
    last.value,
  );
  const terms = [
    ...first.map(({ value }, i) => ({ value, weight: weights[i] as Syntax })),
    { value: last.value, weight: rest },
  ]
    .filter(({ value }) => !isNumber(value, "0"))
    .map(
      ({ value, weight }, i): Term => ({
        sign: i === 0 ? null : { spelling: "+", span: value.span },
        body: weighted(value, weight, byEntries),
      }),
    );
  const [only, more] = terms;
  if (!only) return numberOf("0", matrix);
  const body: Syntax = more ? { kind: "sum", terms, span: matrix.span } : only.body;
  return { kind: "group", open: "(", close: ")", body, cases: written, span: matrix.span };
};

/** The statement with its formulas by cases written as sums. */
export const spellCases = (statement: Statement): Statement => {
  const body = replaceParts(statement.body, part => (part.kind === "matrix" ? asSum(part) : undefined));
  return body === statement.body ? statement : { ...statement, body };
};
