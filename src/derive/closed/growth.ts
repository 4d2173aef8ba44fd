/** What is known of the growth and decay of gradients along a recurrence, each sentence with its hypotheses. */
import { type AtNode, type Node, partial, type SymbolNode, substituteIndices } from "../../expr/node.ts";
import { minus, named, type Polynomial } from "../../expr/polynomial.ts";
import { rational, readRational } from "../../expr/rational.ts";
import { equationsOf, familyOf } from "../../expr/system.ts";
import { rationalLatex } from "../../latex/integers.ts";
import { contextOf, indexLatex } from "../../latex/names.ts";
import { toLatex } from "../../latex/print.ts";
import type { Sentence, Suppositions } from "../../rewrite/law.ts";
import type { Derivation, Gradient } from "../gradient.ts";
import { fixedIndices } from "../regions.ts";
import { type Factors, factorsOf, type Steepness } from "./factors.ts";
import { functionOf, supposeIdentity } from "./identity.ts";
import { type Recurrence, recurrenceOf } from "./recurrence.ts";
import { gathered } from "./solve.ts";

export interface Growth {
  readonly kind: "bound" | "vanishing" | "explosion" | "powers";
  /** The state whose gradients it speaks of. */
  readonly wrt: SymbolNode | AtNode;
  /** Matrices whose largest singular values enter, or whose spectral radius does for `powers`. */
  readonly matrices: readonly Node[];
  readonly diagonals: readonly Steepness[];
  readonly latex?: string;
  readonly says: Sentence;
  readonly supposing: readonly Sentence[];
  readonly source?: string;
}

const BENGIO = "Bengio, Simard and Frasconi 1994";
const PASCANU = "Pascanu, Mikolov and Bengio 2013";

const EUCLIDEAN: Sentence = {
  en: "norms of vectors are Euclidean, and σ_max is the largest singular value",
  zh: "向量取欧几里得范数，σ_max 为最大奇异值",
};

/** How steep the functions are, as a number or as a letter with its meaning. */
const steepnessLatex = (
  diagonals: readonly Steepness[],
): { readonly factor: string; readonly supposing: readonly Sentence[] } => {
  const numbers = diagonals.flatMap(d => ("steepest" in d ? [readRational(d.steepest) ?? rational(1)] : []));
  const product = numbers.reduce(
    (a, b) => rational(a.numerator * b.numerator, a.denominator * b.denominator),
    rational(1),
  );
  const abstract = diagonals.flatMap(d => ("function" in d ? [d.function] : []));
  const number = product.numerator === product.denominator ? "" : rationalLatex(product).text;
  const letters = abstract.length === 0 ? "" : abstract.length === 1 ? "\\gamma" : `\\gamma^{${abstract.length}}`;
  return {
    factor: [number, letters].filter(part => part !== "").join(" \\, "),
    supposing: [
      ...(abstract.length > 0
        ? [
            {
              en: "γ is the supremum of the absolute value of the derivative of the elementwise function, and it is finite",
              zh: "γ 是逐元素函数的导数绝对值的上确界，且有限",
            },
          ]
        : []),
      ...diagonals.flatMap(d =>
        "op" in d
          ? [
              {
                en: `the derivative of ${d.op} is at most ${d.steepest} in absolute value`,
                zh: `${d.op} 的导数绝对值不超过 ${d.steepest}`,
              },
            ]
          : [],
      ),
    ],
  };
};

const norm = (inside: string): string => `\\left\\lVert ${inside} \\right\\rVert`;

interface Written {
  readonly gradient: string;
  readonly rate: string;
  /** The bound by what is added at the members i, and what that is. */
  readonly bound: string;
  readonly largest: string;
  readonly supposing: readonly Sentence[];
}

const LETTERS = ["i", "j", "k", "s", "r"];

/** Letters for what is added at a step. */
const SOURCES = ["b", "c", "d", "e", "q", "r", "v", "w"];

/** Those that no symbol has, in whatever type it is set, in the order in which recurrences take them. */
const sourceLetters = ({ system }: Derivation): readonly string[] => {
  const taken = new Set(
    [...system.symbols.values()].flatMap(({ latex }) => latex.match(/(?<![\\A-Za-z])[a-z](?![A-Za-z])/gu) ?? []),
  );
  const free = SOURCES.filter(letter => !taken.has(letter));
  return free.length > 0 ? free : SOURCES;
};

const write = (
  derivation: Derivation,
  recurrence: Recurrence,
  { matrices, diagonals }: Factors,
  source: string,
): Written => {
  const context = contextOf(derivation.system);
  const { index, direction, gradient } = recurrence;
  const sources = gathered(recurrence.sources);
  const t = named(index);
  const { factor, supposing } = steepnessLatex(diagonals);
  const norms = matrices.map(matrix => `\\sigma_{\\max}(${toLatex(matrix, context)})`);
  const rate = [factor, ...norms].filter(part => part !== "").join(" \\, ") || "1";
  const power = (i: Polynomial): string =>
    `\\left(${rate}\\right)^{${indexLatex(context, direction === "down" ? minus(i, t) : minus(t, i))}}`;
  const shared = { gradient: toLatex(partial(derivation.system.objective, gradient.wrt), context), rate, supposing };
  const [only, ...more] = sources;
  const point = only && more.length === 0 ? fixedIndices(only.over, gradient.indices).get(index) : undefined;
  if (only && point) {
    const b = norm(toLatex(substituteIndices(only.value, new Map([[index, point]])), context));
    return { ...shared, bound: `${power(point)} ${b}`, largest: b };
  }
  const letter = LETTERS.find(name => name !== index && !sources.some(({ value }) => value.free.includes(name))) ?? "i";
  const b = norm(`${source}_{${letter}}`);
  const range = `${letter} ${direction === "down" ? "\\ge" : "\\le"} ${indexLatex(context, t)}`;
  const meaning =
    only && more.length === 0
      ? `, \\qquad ${source}_{${letter}} = ${toLatex(substituteIndices(only.value, new Map([[index, named(letter)]])), context)}`
      : "";
  return {
    ...shared,
    bound: `\\sum_{${range}} ${power(named(letter))} ${b}${meaning}`,
    largest: `\\max_{${letter}} ${b}`,
    supposing: [
      ...supposing,
      {
        en: `${source} is what is added at a step, 0 where nothing is`,
        zh: `${source} 为每一步加入的项，没有则为 0`,
      },
    ],
  };
};

/** ‖ū_t‖ ≤ Σ (γ σ_max)^{i-t} ‖b_i‖, and what follows below and above one. */
const statements = (
  derivation: Derivation,
  recurrence: Recurrence,
  factors: Factors,
  source: string,
): readonly Growth[] => {
  const { gradient, rate, bound, largest, supposing } = write(derivation, recurrence, factors, source);
  const about = { wrt: recurrence.gradient.wrt, ...factors };
  return [
    {
      ...about,
      kind: "bound",
      latex: `${norm(gradient)} \\le ${bound}`,
      says: {
        en: "The norm of the gradient is bounded by a sum in which the share of every step is multiplied by one factor for each step that lies between",
        zh: "梯度的范数被一个和式所界，其中每一步的贡献按相隔的步数逐步乘以同一因子",
      },
      supposing: [EUCLIDEAN, ...supposing],
      source: PASCANU,
    },
    {
      ...about,
      kind: "vanishing",
      latex: `${rate} < 1 \\;\\Rightarrow\\; ${norm(gradient)} \\le \\frac{${largest}}{1 - ${rate}}`,
      says: {
        en: "If the factor is below one, the share of distant steps vanishes geometrically, while the gradient as a whole stays bounded",
        zh: "若该因子小于一，则远处各步的贡献按几何级数消失，而梯度整体保持有界",
      },
      supposing: [{ en: "the factor is below one", zh: "该因子小于一" }, ...supposing],
      source: BENGIO,
    },
    {
      ...about,
      kind: "explosion",
      says: {
        en: "Products over many steps can grow without bound only if the factor exceeds one; that is necessary, not sufficient",
        zh: "只有当该因子大于一时，跨越多步的乘积才可能无界增长；这是必要条件而非充分条件",
      },
      supposing: [...supposing],
      source: PASCANU,
    },
  ];
};

/** For powers of one matrix: the spectral radius decides. */
const powers = (
  derivation: Derivation,
  recurrence: Recurrence,
  factors: Factors,
  assumed: string | undefined,
): Growth | undefined => {
  const [matrix, ...more] = factors.matrices;
  if (!matrix || more.length > 0 || factors.diagonals.length > 0) return undefined;
  const context = contextOf(derivation.system);
  const A = toLatex(matrix, context);
  return {
    kind: "powers",
    wrt: recurrence.gradient.wrt,
    ...factors,
    latex: `\\rho(${A})^{k} \\le ${norm(`(${A})^{k}`)}, \\qquad ${norm(`(${A})^{k}`)}^{1/k} \\to \\rho(${A})`,
    says: {
      en: "The powers decay in the end if the spectral radius is below one, possibly after growing first if the matrix is not normal; at one they stay bounded or grow like a polynomial; above one they grow, and so do the gradients unless every source lies in the invariant subspace of the eigenvalues of modulus at most one",
      zh: "谱半径小于一时，矩阵的幂最终衰减，若矩阵非正规则可能先增长；等于一时有界或按多项式增长；大于一时增长，且除非每个源项都落在模不超过一的特征值的不变子空间中，梯度也随之增长",
    },
    supposing: [
      ...(assumed ? [{ en: "the elementwise function is the identity", zh: "逐元素函数为恒等函数" }] : []),
      { en: "ρ is the spectral radius", zh: "ρ 为谱半径" },
    ],
    source: BENGIO,
  };
};

const growthAlong = (derivation: Derivation, gradient: Gradient, source: string): readonly Growth[] => {
  const { system } = derivation;
  const suppositions: Suppositions = { sizes: new Set(system.sizes.keys()) };
  const recurrence = recurrenceOf(derivation, gradient, equationsOf(system, familyOf(gradient.wrt)), suppositions);
  if (!recurrence || "obstacle" in recurrence) return [];
  const factors = factorsOf(derivation, recurrence);
  if (!factors) return [];
  const name = functionOf(recurrence.operator, system);
  const linear = name === undefined ? recurrence : supposeIdentity(recurrence, name, suppositions);
  const linearFactors = factorsOf(derivation, linear);
  const special = linearFactors && powers(derivation, linear, linearFactors, name);
  return [...statements(derivation, recurrence, factors, source), ...(special ? [special] : [])];
};

/** Statements on growth for every recurrence whose operator is a product of constant matrices and of a function's derivatives. */
export const growthOf = (derivation: Derivation): readonly Growth[] => {
  const letters = sourceLetters(derivation);
  let taken = 0;
  return derivation.gradients.flatMap(gradient => {
    if (gradient.closedForms.length === 0 && gradient.recursion.length === 0) return [];
    const found = growthAlong(derivation, gradient, letters[taken % letters.length] as string);
    if (found.length > 0) taken++;
    return found;
  });
};
