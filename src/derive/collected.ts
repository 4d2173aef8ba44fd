/**
 * Gradients by numbers from which a mean, a variance and the like are taken: the gradients by those are put in, what the
 * forward equations say of them is used, and the terms are collected. For x̂_i = (x_i − μ)/√(σ² + ε) that leads to
 *
 *   ∂L/∂x_i = 1/(N √(σ² + ε)) (N ∂L/∂x̂_i − Σ_j ∂L/∂x̂_j − x̂_i Σ_j ∂L/∂x̂_j x̂_j).
 *
 * Source: Ioffe and Szegedy 2015, "Batch Normalization", §3, and its well-known simplification.
 */
import { boundsOf, type Domain } from "../expr/domain.ts";
import { type AtNode, type Node, number, open, over, type SymbolNode, substituteIndices } from "../expr/node.ts";
import { minus, named, type Polynomial, plus, soleName } from "../expr/polynomial.ts";
import { type Equation, familyOf, indexOf, type SymbolEntry, type System } from "../expr/system.ts";
import { contains, transform } from "../expr/walk.ts";
import { isScalar } from "../ops/call.ts";
import type { Step } from "../rewrite/step.ts";
import { combined, factored, type Monomial, monomialsOf, termOf, withName } from "../rules/monomials.ts";
import { compileTemplates, instantiate } from "../term/template.ts";
import type { CollectedForm, Piece } from "./gradient.ts";
import { type KnownGradient, lengthOf, valueAt } from "./known.ts";

const [DEVIATION] = compileTemplates(["a - b"], { a: "1", b: "1" });

const readsGradients = (node: Node): boolean => contains(node, part => part.kind === "partial");

/** Plain terms before long ones. */
const inOrder = (terms: readonly Monomial[]): readonly Monomial[] =>
  terms.toSorted((a, b) => lengthOf(termOf([a])) - lengthOf(termOf([b])));

/** The values of an equation's indices at which its left side is the member. */
const indicesAt = (
  { left, indices }: Equation,
  member: SymbolNode | AtNode,
): ReadonlyMap<string, Polynomial> | undefined => {
  const values = new Map<string, Polynomial>();
  for (const [place, entry] of indexOf(left).entries()) {
    const name = soleName(entry);
    const value = indexOf(member)[place];
    if (name === undefined || !value) return undefined;
    values.set(name, value);
  }
  return indices.every(index => values.has(index)) ? values : undefined;
};

/** How many values an index takes. */
const countOf = (domain: Domain, index: string): Polynomial | undefined => {
  const { lower, upper, rest } = boundsOf(domain, index);
  const [lo, hi] = [lower[0], upper[0]];
  const isInterval = lower.length === 1 && upper.length === 1 && rest.where.length === 0;
  return isInterval && lo && hi ? plus(minus(hi, lo), 1) : undefined;
};

/** Σ of what m is the mean of, for an equation m = (1/N) Σ a. */
const summedIn = ({ right }: Equation): Node | undefined => {
  if (!isScalar(right.shape)) return undefined;
  const [only, ...more] = monomialsOf(right, () => false);
  if (!only || more.length > 0 || only.coefficient.numerator !== 1n || only.coefficient.denominator !== 1n)
    return undefined;
  const sum = [...only.factors].find(
    ([node, exponent]) => node.kind === "over" && node.fold === "sum" && exponent === 1,
  )?.[0];
  if (sum?.kind !== "over") return undefined;
  const { domain } = open(sum, "~n");
  const count = countOf(domain, "~n");
  const others = [...only.factors].filter(([node]) => node !== sum);
  const [divisor, ...rest] = others;
  const size = divisor?.[0];
  const isMean =
    rest.length === 0 && count && size?.kind === "integer" && divisor?.[1] === -1 && size.value.key === count.key;
  return isMean ? sum : undefined;
};

/** What the forward equations of a system say of means, and what they have names for. */
export class Statistics {
  readonly #means = new Map<SymbolNode, { readonly equation: Equation; readonly sum: Node & { kind: "over" } }>();
  readonly #names: readonly { readonly equation: Equation; readonly meaning: Monomial }[];

  constructor({ equations }: System) {
    for (const equation of equations) {
      const sum = summedIn(equation);
      if (sum?.kind === "over") this.#means.set(familyOf(equation.left), { equation, sum });
    }
    this.#names = equations.flatMap(equation => {
      const { right } = equation;
      if (!isScalar(right.shape) || this.#means.has(familyOf(equation.left))) return [];
      const [meaning, ...more] = monomialsOf(right, () => false);
      const isQuotient = meaning && more.length === 0 && [...meaning.factors.values()].some(exponent => exponent < 0);
      return isQuotient && meaning.factors.size > 1 ? [{ equation, meaning }] : [];
    });
  }

  /** Whether a term is Σ_i (a_i − m) for the mean m of the a_i, which is 0. */
  #vanishes(node: Node): boolean {
    if (node.kind !== "over" || node.fold !== "sum" || node.body.kind !== "call" || !DEVIATION) return false;
    const [, b] = open(node, "~n").body.kind === "call" ? (open(node, "~n").body as Node & { kind: "call" }).args : [];
    const mean = b && (b.kind === "symbol" || b.kind === "at") ? this.#means.get(familyOf(b)) : undefined;
    const values = mean && indicesAt(mean.equation, b as SymbolNode | AtNode);
    if (!mean || !values) return false;
    const sum = substituteIndices(mean.sum, values);
    if (sum.kind !== "over") return false;
    const { domain, body } = open(sum, "~n");
    const nodes = new Map([
      ["a", body],
      ["b", b as Node],
    ]);
    const deviation = instantiate(DEVIATION, { nodes, integers: new Map() });
    return over("sum", "~n", domain, deviation) === node;
  }

  /** The term with 0 for sums of deviations from a mean. */
  withoutDeviations(root: Node): Node {
    if (this.#means.size === 0 || root.height === 0) return root;
    return transform(root, {
      over: (fold, index, domain, body) => {
        const node = over(fold, index, domain, body);
        return this.#vanishes(node) ? number(0) : node;
      },
    });
  }

  /** The terms with names of the forward equations for the quotients that they stand for, at the given indices. */
  #withNames(terms: readonly Monomial[], indices: readonly string[]): readonly Monomial[] {
    return terms.map(term =>
      this.#names.reduce((current, { equation, meaning }) => {
        if (equation.indices.length > indices.length) return current;
        const at = new Map(equation.indices.map((index, i) => [index, named(indices[i] as string)]));
        const factors = new Map(
          [...meaning.factors].map(([node, exponent]) => [substituteIndices(node, at), exponent]),
        );
        return withName(current, { ...meaning, factors }, substituteIndices(equation.left, at)) ?? current;
      }, term),
    );
  }

  /**
   * The gradient with those by statistics put in and its terms collected. Undefined where nothing that the forward
   * equations say is of use, so that the terms are only multiplied out.
   */
  collected(
    { node: { rank }, indices }: SymbolEntry,
    { value, over: where }: Piece,
    known: ReadonlyMap<SymbolNode, KnownGradient>,
  ): CollectedForm | undefined {
    if (!isScalar(value.shape) || (this.#means.size === 0 && this.#names.length === 0)) return undefined;
    const putIn = (root: Node): Node =>
      transform(root, {
        leaf: node => {
          if (node.kind !== "partial" || node.reading !== "total") return node;
          const family = familyOf(node.wrt);
          const found = family.rank < rank ? known.get(family) : undefined;
          return found ? valueAt(found, node.wrt) : node;
        },
      });
    let replaced = value;
    for (let next = putIn(replaced); next !== replaced; next = putIn(replaced)) replaced = next;
    const plain = this.withoutDeviations(replaced);
    const terms = monomialsOf(plain, readsGradients);
    if (terms.length < 2) return undefined;
    const short = combined(this.#withNames(terms, indices));
    const isNamed = short.length !== terms.length || short.some((term, i) => term !== terms[i]);
    if (plain === replaced && !isNamed) return undefined;
    const last = factored(inOrder(short));
    if (lengthOf(last) > lengthOf(replaced)) return undefined;
    const out = replaced === value ? "terms-multiplied-out" : "gradient-put-in";
    const stages: readonly (readonly [rule: string, after: Node])[] = [
      [out, termOf(inOrder(plain === replaced ? terms : monomialsOf(replaced, readsGradients)))],
      ["deviations-vanish", termOf(inOrder(terms))],
      ["quotient-by-name", termOf(inOrder(short))],
      ["common-scalar", last],
    ];
    let before = value;
    const steps: Step[] = [];
    for (const [rule, after] of stages) {
      if (after === before) continue;
      steps.push({ rule, before, after });
      before = after;
    }
    return { over: where, value: last, steps };
  }
}
