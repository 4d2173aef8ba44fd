/** Derivatives of formulas of one real variable by mathjs: an opinion that shares nothing with our own rules. */
import {
  cosDependencies,
  coshDependencies,
  create,
  derivativeDependencies,
  expDependencies,
  logDependencies,
  parseDependencies,
  sechDependencies,
  sinDependencies,
  sqrtDependencies,
  tanhDependencies,
} from "mathjs";

/** Only what formulas need: nothing that reads, imports or creates is reachable from a text. */
const math = create({
  ...parseDependencies,
  ...derivativeDependencies,
  ...cosDependencies,
  ...coshDependencies,
  ...expDependencies,
  ...logDependencies,
  ...sechDependencies,
  ...sinDependencies,
  ...sqrtDependencies,
  ...tanhDependencies,
});

/** The functions above that a formula may call. */
const FUNCTION = /^(?:cos|exp|log|sin|sqrt|tanh)$/u;

/** Numbers, one-line operators, brackets, and words that are checked one by one. */
const PLAIN = /^[\w\s.+\-*/^()]{1,2000}$/u;

const isReadable = (formula: string, variable: string): boolean =>
  PLAIN.test(formula) &&
  /^[A-Za-z]\w*$/u.test(variable) &&
  [...formula.matchAll(/([A-Za-z_]\w*)\s*(\(?)/gu)].every(([, word, bracket]) =>
    bracket === "(" ? FUNCTION.test(word ?? "") : word === variable,
  );

/** A function of one variable and its derivative. */
export interface Opinion {
  readonly value: (at: number) => number;
  readonly derivative: (at: number) => number;
}

/**
 * What mathjs makes of a formula such as "u / (1 + exp(-u))". Undefined for formulas with other functions or names, and
 * for those that mathjs cannot differentiate.
 */
export const secondOpinion = (formula: string, variable: string): Opinion | undefined => {
  if (!isReadable(formula, variable)) return undefined;
  try {
    const tree = math.parse(formula);
    const [value, derivative] = [tree.compile(), math.derivative(tree, variable).compile()];
    const evaluate = (code: typeof value, at: number): number => {
      const result: unknown = code.evaluate({ [variable]: at });
      return typeof result === "number" ? result : Number.NaN;
    };
    return { value: at => evaluate(value, at), derivative: at => evaluate(derivative, at) };
  } catch {
    // mathjs says "cannot" by throwing: there is then no second opinion.
    return undefined;
  }
};
