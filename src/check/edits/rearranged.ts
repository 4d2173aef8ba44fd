/**
 * What does not fit together is mostly a product with a transpose too few or too many, in another order, or with a factor
 * too few or too many. It has no terms that could be edited; its formula has.
 */
import { isTranspose } from "../../note/scripts.ts";
import { everyPart, replaceParts } from "../../note/tree.ts";
import type { Factor, Operator, ProductSyntax, Script, Syntax } from "../../parse/syntax.ts";

export interface Rearranged {
  readonly formula: Syntax;
  /** What is done, with formulas as the note writes them. */
  readonly say: { readonly en: string; readonly zh: string };
}

/** A factor with the brackets behind it, f(x), and as the note writes it. */
interface Unit {
  readonly factors: readonly Factor[];
  readonly latex: string;
}

interface Product {
  readonly units: readonly Unit[];
  /** What stands before each. */
  readonly operators: readonly (Operator | null)[];
}

interface Change extends Product {
  readonly say: Rearranged["say"];
}

type Slice = (syntax: Pick<Syntax, "span">) => string;

/** What is known where a formula stands. */
export interface Known {
  /** Names that may be missing in it. */
  readonly names: readonly Syntax[];
  /** Whether a name stands for a value: brackets behind it are a factor. */
  readonly isValue: (name: Syntax) => boolean;
  /** A part as the note writes it. */
  readonly slice: Slice;
}

/** Products of more factors have too many orders. */
const MOST_FACTORS = 5;

const HADAMARD = "\\odot";

const unitsOf = ({ factors }: ProductSyntax, { isValue, slice }: Known): readonly Unit[] => {
  const units: Factor[][] = [];
  for (const factor of factors) {
    const last = units.at(-1);
    if (factor.call && last?.[0] && !isValue(last[0].body)) last.push(factor);
    else units.push([{ ...factor, call: false }]);
  }
  return units.map(own => ({ factors: own, latex: own.map(({ body }) => slice(body)).join("") }));
};

/** A formula without its transpose, as it is and as the note writes it; undefined where it has none. */
const untransposed = (body: Syntax, slice: Slice): { readonly body: Syntax; readonly latex: string } | undefined => {
  if (body.kind !== "scripted") return undefined;
  const [transpose] = body.scripts.filter(isTranspose);
  if (!transpose) return undefined;
  const scripts = body.scripts.filter(script => script !== transpose);
  // The base of dZᵀ, which is read as a derivative, has all of it for its place.
  const [before, after] = [
    { start: body.span.start, end: transpose.span.start },
    { start: transpose.span.end, end: body.span.end },
  ];
  return {
    body: scripts.length > 0 ? { ...body, scripts } : body.base,
    latex: slice({ span: before }) + slice({ span: after }),
  };
};

/** A unit transposed, or without its transpose; undefined for Σ, for a number and for what has brackets behind it. */
const transposed = ({ factors: [factor, call], latex }: Unit, slice: Slice): Unit | undefined => {
  if (!factor || call || factor.body.kind === "big" || factor.body.kind === "number") return undefined;
  const { body } = factor;
  const bare = untransposed(body, slice);
  if (bare) return { factors: [{ ...factor, body: bare.body }], latex: bare.latex };
  const { span } = body;
  const top: Script = { position: "sup", body: { kind: "mark", spelling: "\\top", body: null, span }, span };
  if (body.kind === "scripted" && body.scripts.every(({ position }) => position === "sub")) {
    const scripts = [...body.scripts, top];
    return { factors: [{ ...factor, body: { ...body, scripts } }], latex: `${latex}^\\top` };
  }
  // dZ is a derivative, and written as one name.
  const isShort = body.kind === "symbol" || body.kind === "group" || /^d[A-Z]\w*$/u.test(latex);
  const isBracketed = body.kind === "symbol" || body.kind === "group";
  const base: Syntax = isBracketed ? body : { kind: "group", open: "(", close: ")", body, span };
  return {
    factors: [{ ...factor, body: { kind: "scripted", base, scripts: [top], span } }],
    latex: `${isShort ? latex : `(${latex})`}^\\top`,
  };
};

const withAt = <T>(list: readonly T[], at: number, by: T): readonly T[] =>
  list.map((each, i) => (i === at ? by : each));

/** Both with the element at one place put to another. */
const moved = <T>(list: readonly T[], from: number, to: number): readonly T[] => {
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), list[from] as T, ...rest.slice(to)];
};

/** What one change makes of a product. */
const changesOf = ({ units, operators }: Product, slice: Slice): readonly Change[] => {
  const transposes = units.flatMap((unit, i): readonly Change[] => {
    const other = transposed(unit, slice);
    if (!other) return [];
    const isLess = other.latex.length < unit.latex.length;
    const say = isLess
      ? { en: `do not transpose ${other.latex}`, zh: `${other.latex} 不应转置` }
      : { en: `transpose ${unit.latex}`, zh: `将 ${unit.latex} 转置` };
    return [{ units: withAt(units, i, other), operators, say }];
  });
  const kinds = operators.flatMap((operator, i): readonly Change[] => {
    const [a, b] = [units[i - 1], units[i]];
    if (!a || !b) return [];
    const isEntrywise = operator?.spelling === HADAMARD || operator?.spelling === "\\circ";
    const own: Operator | null = isEntrywise
      ? null
      : { spelling: HADAMARD, op: "hadamard", span: b.factors[0]?.body.span as Syntax["span"] };
    const say = isEntrywise
      ? { en: `multiply ${a.latex} and ${b.latex} as matrices`, zh: `${a.latex} 与 ${b.latex} 应作矩阵乘法` }
      : { en: `multiply ${a.latex} and ${b.latex} entry by entry`, zh: `${a.latex} 与 ${b.latex} 应逐元素相乘` };
    return [{ units, operators: withAt(operators, i, own), say }];
  });
  const orders = units.flatMap((unit, from) =>
    units.flatMap((other, to): readonly Change[] => {
      if (to === from || to === from + 1 || units[from]?.factors[0]?.body.kind === "big") return [];
      if (other.factors[0]?.body.kind === "big" && to > from) return [];
      const isNext = to === from - 1;
      const say = isNext
        ? { en: `exchange ${other.latex} and ${unit.latex}`, zh: `交换 ${other.latex} 与 ${unit.latex}` }
        : to > from
          ? { en: `put ${unit.latex} behind ${other.latex}`, zh: `将 ${unit.latex} 移到 ${other.latex} 之后` }
          : { en: `put ${unit.latex} before ${other.latex}`, zh: `将 ${unit.latex} 移到 ${other.latex} 之前` };
      return [{ units: moved(units, from, to), operators, say }];
    }),
  );
  return [...transposes, ...orders, ...kinds];
};

/** What it becomes by leaving out a factor. */
const withoutOne = ({ units, operators }: Product): readonly Change[] =>
  units.length < 3
    ? []
    : units.map(({ latex }, i) => ({
        units: units.filter((_, at) => at !== i),
        operators: operators.filter((_, at) => at !== Math.max(i, 1)),
        say: { en: `leave out ${latex}`, zh: `去掉 ${latex}` },
      }));

/** What it becomes by a name in the place of another, or beside the others, as it is or transposed. */
const withNames = ({ units, operators }: Product, names: readonly Unit[], slice: Slice): readonly Change[] => {
  const forms = names.flatMap(name => [name, transposed(name, slice) ?? []].flat());
  const instead = forms.flatMap(name =>
    units.map(({ latex }, i) => ({
      units: withAt(units, i, name),
      operators,
      say: { en: `read ${name.latex} in place of ${latex}`, zh: `将 ${latex} 读作 ${name.latex}` },
    })),
  );
  const beside = forms.flatMap(name =>
    [...units, undefined].map((_, at) => ({
      units: [...units.slice(0, at), name, ...units.slice(at)],
      operators: [...operators.slice(0, Math.max(at, 1)), null, ...operators.slice(Math.max(at, 1))],
      say: { en: `insert ${name.latex}`, zh: `补上 ${name.latex}` },
    })),
  );
  return [...instead, ...beside];
};

/** A product has two factors at least. */
const productOf = (product: ProductSyntax, { units, operators }: Product): Syntax => {
  const factors = units.flatMap(({ factors: [first, ...calls] }, i) =>
    first ? [{ ...first, operator: operators[i] ?? null }, ...calls] : [],
  );
  return factors.length === 1 && factors[0] ? factors[0].body : { ...product, factors };
};

const latexOfProduct = ({ units, operators }: Product): string =>
  units.flatMap(({ latex }, i) => [...(i > 0 && operators[i] ? [operators[i].spelling] : []), latex]).join(" ");

/** The formula after one change of one of its products; with names that may be missing, and after two changes of one. */
export function* rearrangementsOf(formula: Syntax, known: Known): Generator<Rearranged> {
  const { names, slice } = known;
  const products = everyPart(formula).flatMap(syntax => {
    if (syntax.kind !== "product") return [];
    const units = unitsOf(syntax, known);
    const operators = units.map(({ factors }) => factors[0]?.operator ?? null);
    const own: Product = { units, operators };
    return units.length > MOST_FACTORS ? [] : [{ syntax, own, seen: new Set([latexOfProduct(own)]) }];
  });
  const added = names.map((body): Unit => ({ factors: [{ operator: null, body, call: false }], latex: slice(body) }));
  const made = function* (change: Change, { syntax, seen }: (typeof products)[number]): Generator<Rearranged> {
    const latex = latexOfProduct(change);
    if (seen.has(latex)) return;
    seen.add(latex);
    yield {
      formula: replaceParts(formula, part => (part === syntax ? productOf(syntax, change) : undefined)),
      say: change.say,
    };
  };
  for (const product of products)
    for (const change of [...changesOf(product.own, slice), ...withoutOne(product.own)]) yield* made(change, product);
  for (const product of products)
    for (const change of withNames(product.own, added, slice)) yield* made(change, product);
  for (const product of products)
    for (const first of changesOf(product.own, slice))
      for (const next of changesOf(first, slice)) {
        const [before, after] = [product.own, next].map(latexOfProduct);
        const say = { en: `write ${after} in place of ${before}`, zh: `将 ${before} 写成 ${after}` };
        yield* made({ ...next, say }, product);
      }
}
