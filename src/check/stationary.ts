/**
 * Equations that choose given values instead of saying what a derivative is: ∂J/∂w = 0, what that comes to, such as the normal
 * equations, and their solution.
 */

import { zeroOf } from "../derive/terms.ts";
import { type StatedEquation, Witness } from "../exact/witness.ts";
import { EVERYWHERE } from "../expr/domain.ts";
import { type Node, number, partial, type SymbolNode } from "../expr/node.ts";
import { familyOf, type System } from "../expr/system.ts";
import { contains, readsIn } from "../expr/walk.ts";
import { toLatex } from "../latex/print.ts";
import type { Chain } from "../note/claims/chains.ts";
import { asksForZero } from "../note/solutions.ts";
import { compileTemplates, instantiate, type Template } from "../term/template.ts";
import type { Court } from "./court.ts";
import { judge } from "./judge.ts";
import { differenceOf, isMultiple } from "./multiples.ts";
import type { Said } from "./said.ts";

const isZero = (node: Node): boolean => node === zeroOf(node.shape) || node === number(0);

/** A given symbol by which the objective can be differentiated. */
const isGiven = ({ symbols, objective }: System, node: Node): node is SymbolNode =>
  node.kind === "symbol" && node !== objective && node.rank === 0 && symbols.get(node.name)?.role !== "defined";

/** The objective, and the other scalars that the note computes: J beside J_λ, which adds something to it. */
const scalarsOf = ({ objective, symbols }: System): readonly SymbolNode[] => [
  objective,
  ...[...symbols.values()].flatMap(({ node, role }) =>
    role === "defined" && node !== objective && node.rank === 0 && node.shape.length === 0 ? [node] : [],
  ),
];

/** All that the values in a formula are computed from. */
const behind = ({ equations }: System, formulas: readonly Node[]): ReadonlySet<SymbolNode> => {
  const found = new Set(formulas.flatMap(readsIn).map(familyOf));
  // What is added meanwhile is passed as well.
  for (const symbol of found)
    for (const { left, right } of equations)
      if (familyOf(left) === symbol) for (const read of readsIn(right)) found.add(familyOf(read));
  return found;
};

/** The same equations with the value of something given put in. */
const withValue = (system: System, symbol: SymbolNode, value: Node): System => {
  const entry = system.symbols.get(symbol.name);
  if (!entry) return system;
  return {
    ...system,
    symbols: new Map(system.symbols).set(symbol.name, { ...entry, role: "defined" }),
    equations: [{ left: symbol, right: value, indices: [], over: EVERYWHERE }, ...system.equations],
  };
};

const [SQUARE, ROOT] = compileTemplates(["a^2", "sqrt(a)"], { a: "1" });

const fill = (template: Template | undefined, a: Node): Node | undefined =>
  template && instantiate(template, { nodes: new Map([["a", a]]), integers: new Map() });

/** σ = √(…) for σ² = …. */
const rooted = (system: System, equation: StatedEquation): StatedEquation => {
  const { left, right } = equation;
  const [base] = left.kind === "call" && left.shape.length === 0 ? left.args : [];
  const root = base && isGiven(system, base) && fill(SQUARE, base) === left ? fill(ROOT, right) : undefined;
  return base && root ? { ...equation, left: base, right: root } : equation;
};

/** w = (XᵀX)⁻¹ Xᵀ y: the gradient by w is 0 there. */
const saySolution = (court: Court, stated: StatedEquation, isExpected: boolean): Said | undefined => {
  const { system } = court.witness;
  const { left, right } = rooted(system, stated);
  if (!isGiven(system, left) || behind(system, [right]).has(left)) return undefined;
  const found = scalarsOf(system).flatMap(scalar => {
    const gradient = partial(scalar, left);
    const equation = { left: gradient, right: zeroOf(left.shape), indices: [], over: EVERYWHERE };
    // What does not depend on it is smallest anywhere.
    if (scalar !== system.objective && judge(court.witness, equation, true).kind === "equal") return [];
    const witness = new Witness(withValue({ ...system, objective: scalar }, left, right));
    return { witness, equation, of: [toLatex(gradient, court.context)], finding: judge(witness, equation, true) };
  });
  const solved = found.find(({ finding }) => finding.kind === "equal");
  if (solved) return { verdict: "convention", because: { id: "solution", of: solved.of } };
  const [first] = found;
  if (!isExpected || first?.finding.kind !== "different") return undefined;
  const { equation, witness, of } = first;
  return { verdict: "wrong", because: { id: "no-solution", of }, equation, witness };
};

/** XᵀX w = Xᵀ y: the difference of the sides is a multiple of the gradient by w. */
const sayCondition = (court: Court, { left, right }: StatedEquation): Said | undefined => {
  const { system } = court.witness;
  const residual = difference(left, right);
  const reads = new Set([...readsIn(left), ...readsIn(right)].map(familyOf));
  const computed = [...reads].filter(read => system.symbols.get(read.name)?.role === "defined");
  const fixed = behind(system, computed);
  for (const symbol of reads) {
    // What is computed is the same wherever the gradient is 0.
    if (!isGiven(system, symbol) || fixed.has(symbol)) continue;
    for (const scalar of scalarsOf(system)) {
      const gradient = partial(scalar, symbol);
      if (!isMultiple(court.witness, residual, gradient)) continue;
      return { verdict: "convention", because: { id: "stationary", of: [toLatex(gradient, court.context)] } };
    }
  }
  return undefined;
};

const difference = (left: Node, right: Node): Node => (isZero(right) ? left : differenceOf(left, right));

/** "Setting ∇J = 0": what stands right before a condition. */
const SETTING = /(?:\b(?:set|sets|setting|solv(?:e|es|ing)|requir(?:e|es|ing))|[令设解])\s*\$*\s*$/iu;

/** What an equation says of given values, where it does not hold for all of them. */
export const sayStationary = (
  court: Court,
  chain: Chain,
  equation: StatedEquation,
  isBest: boolean,
): Said | undefined => {
  const { left, right, indices } = equation;
  const { system } = court.witness;
  if (indices.length > 0) return undefined;
  if (left.kind === "partial" && isZero(right)) {
    if (left.of !== system.objective || !isGiven(system, left.wrt)) return undefined;
    const of = [toLatex(left, court.context)];
    // ∂J/∂w = … = 0. That something is minimised somewhere is not enough to take a claim for a condition.
    return isBest ||
      chain.members.length > 2 ||
      asksForZero(court.text, chain.span.start, false) ||
      SETTING.test(court.text.slice(0, chain.span.start))
      ? { verdict: "definition", because: { id: "condition", of } }
      : { verdict: "cannot-tell", because: { id: "condition-unsaid", of } };
  }
  const holdsPartial = (node: Node): boolean => contains(node, part => part.kind === "partial");
  if (holdsPartial(left) || holdsPartial(right)) return undefined;
  const reads = [...readsIn(left), ...readsIn(right)].map(familyOf);
  if (!reads.some(read => isGiven(system, read))) return undefined;
  const isExpected = isBest || asksForZero(court.text, chain.span.start);
  return saySolution(court, equation, isExpected) ?? sayCondition(court, equation);
};
