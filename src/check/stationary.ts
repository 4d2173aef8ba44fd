/**
 * Equations that choose given values instead of saying what a derivative is: ∂J/∂w = 0, what that comes to, such as the normal
 * equations, and their solution.
 */

import { zeroOf } from "../derive/terms.ts";
import { type StatedEquation, Witness } from "../exact/witness.ts";
import { EVERYWHERE } from "../expr/domain.ts";
import { type Node, partial, type SymbolNode } from "../expr/node.ts";
import { familyOf, type System } from "../expr/system.ts";
import { contains, readsIn } from "../expr/walk.ts";
import { toLatex } from "../latex/print.ts";
import type { Chain } from "../note/claims/chains.ts";
import type { Court } from "./court.ts";
import { judge } from "./judge.ts";
import { differenceOf, isMultiple } from "./multiples.ts";
import type { Said } from "./said.ts";

/** Words by which notes ask where a gradient is 0. */
const CUE =
  /\b(?:set(?:ting)?|equat\w+|zero|vanish\w*|stationar\w*|critical|optim\w*|minimi[sz]\w*|maximi[sz]\w*|minimum|maximum|first-order|normal equations?|closed[- ]form|sol(?:ve|ving|ution))\b|为零|等于零|为 ?0|等于 ?0|驻点|极值|极小|极大|最优|求解|解得|正规方程|闭式解/iu;

/** How far from an equation its words are looked for. */
const NEAR = 400;

const isCalled = ({ text }: Court, { span, words }: Chain): boolean =>
  CUE.test(`${text.slice(Math.max(0, span.start - NEAR), span.start)} ${words}`);

const isZero = (node: Node): boolean => node === zeroOf(node.shape);

/** A given symbol by which the objective can be differentiated. */
const isGiven = ({ symbols, objective }: System, node: Node): node is SymbolNode =>
  node.kind === "symbol" && node !== objective && node.rank === 0 && symbols.get(node.name)?.role !== "defined";

const gradientOf = ({ objective }: System, by: SymbolNode): Node => partial(objective, by);

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

/** w = (XᵀX)⁻¹ Xᵀ y: the gradient by w is 0 there. */
const saySolution = (court: Court, { left, right }: StatedEquation, isExpected: boolean): Said | undefined => {
  const { system } = court.witness;
  if (!isGiven(system, left) || readsIn(right).some(read => familyOf(read) === left)) return undefined;
  const witness = new Witness(withValue(system, left, right));
  const gradient = gradientOf(system, left);
  const equation = { left: gradient, right: zeroOf(left.shape), indices: [], over: EVERYWHERE };
  const of = [toLatex(gradient, court.context)];
  const found = judge(witness, equation, true);
  if (found.kind === "equal") return { verdict: "convention", because: { id: "solution", of } };
  if (!isExpected || found.kind !== "different") return undefined;
  return { verdict: "wrong", because: { id: "no-solution", of }, equation, witness };
};

/** XᵀX w = Xᵀ y: the difference of the sides is a multiple of the gradient by w. */
const sayCondition = (court: Court, { left, right }: StatedEquation): Said | undefined => {
  const { system } = court.witness;
  const residual = difference(left, right);
  const reads = new Set([...readsIn(left), ...readsIn(right)].map(familyOf));
  for (const symbol of reads) {
    if (!isGiven(system, symbol)) continue;
    const gradient = gradientOf(system, symbol);
    if (!isMultiple(court.witness, residual, gradient)) continue;
    return { verdict: "convention", because: { id: "stationary", of: [toLatex(gradient, court.context)] } };
  }
  return undefined;
};

const difference = (left: Node, right: Node): Node => (isZero(right) ? left : differenceOf(left, right));

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
  const isExpected = isBest || isCalled(court, chain);
  if (left.kind === "partial" && isZero(right)) {
    if (left.of !== system.objective || !isGiven(system, left.wrt)) return undefined;
    const of = [toLatex(left, court.context)];
    return isExpected
      ? { verdict: "definition", because: { id: "condition", of } }
      : { verdict: "cannot-tell", because: { id: "condition-unsaid", of } };
  }
  const holdsPartial = (node: Node): boolean => contains(node, part => part.kind === "partial");
  if (holdsPartial(left) || holdsPartial(right)) return undefined;
  const reads = [...readsIn(left), ...readsIn(right)];
  if (reads.length === 0 || !reads.every(read => isGiven(system, familyOf(read)) && read.kind === "symbol"))
    return undefined;
  return saySolution(court, equation, isExpected) ?? sayCondition(court, equation);
};
