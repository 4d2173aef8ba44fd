/** Whether one value is a multiple of another, whatever the factor is. */
import { InternalError } from "../base/diagnostic.ts";
import type { StatedEquation, Witness } from "../exact/witness.ts";
import { EVERYWHERE } from "../expr/domain.ts";
import { integerNode, type Node, number, sameShape } from "../expr/node.ts";
import { named } from "../expr/polynomial.ts";
import { rational } from "../expr/rational.ts";
import { compileTemplates, instantiate, type Template } from "../term/template.ts";

const ARRAYS = { R: "m n", G: "m n" };
const FACTORS = { c: "1", d: "1", G: "m n" };
const [CROSSED, TURNED, DIFFERENCE] = compileTemplates(["vec(R) * vec(G)'", "vec(G) * vec(R)'", "R - G"], ARRAYS);
const [TIMES, OVER] = compileTemplates(["c * d * G", "c * G / d"], FACTORS);

const fill = (template: Template | undefined, nodes: Readonly<Record<string, Node>>): Node => {
  if (!template) throw new InternalError("a template of multiples is missing");
  return instantiate(template, { nodes: new Map(Object.entries(nodes)), integers: new Map() });
};

export const differenceOf = (R: Node, G: Node): Node => fill(DIFFERENCE, { R, G });

/** The members that are spoken of, where values are members of families. */
type Where = Pick<StatedEquation, "indices" | "over">;
const HERE: Where = { indices: [], over: EVERYWHERE };

const areEqual = (witness: Witness, left: Node, right: Node, where: Where, effort: "few" | "every"): boolean => {
  const found = witness.judge({ left, right, ...where }, {}, effort);
  return found.verdict === "equal" && !found.zero;
};

/** Factors by which people's gradients differ: a mean, a square. */
const POSITIVE = [1, 2, rational(1, 2)].map(factor => number(factor));
const NEGATIVE = [-1, -2, rational(-1, 2)].map(factor => number(factor));

/** c G for each of the factors, times a size or over it. */
const timesOf = (witness: Witness, G: Node, factors: readonly Node[]): readonly Node[] => {
  const sizes = [number(1), ...[...witness.system.sizes.keys()].map(name => integerNode(named(name)))];
  return factors.flatMap(c => sizes.flatMap(d => [TIMES, OVER].map(template => fill(template, { c, d, G }))));
};

const isTimes = (witness: Witness, R: Node, G: Node, factors: readonly Node[], where: Where): boolean =>
  timesOf(witness, G, factors).some(
    right => areEqual(witness, R, right, where, "few") && areEqual(witness, R, right, where, "every"),
  );

/** What is left of R without a negative number times W that makes it a multiple of G: of -G - λW. */
export const withoutDecay = (witness: Witness, R: Node, W: Node, G: Node, where = HERE): Node | undefined =>
  [...new Set(timesOf(witness, W, NEGATIVE))]
    .map(decay => differenceOf(R, decay))
    .find(rest => isMultiple(witness, rest, G, where));

/** R = c G for a factor c that may depend on everything; of scalars, one that is made of a number and a size. */
export const isMultiple = (witness: Witness, R: Node, G: Node, where = HERE): boolean => {
  if (!sameShape(R.shape, G.shape)) return false;
  if (R.shape.length === 0) return isTimes(witness, R, G, [...POSITIVE, ...NEGATIVE], where);
  return (["few", "every"] as const).every(effort =>
    areEqual(witness, fill(CROSSED, { R, G }), fill(TURNED, { R, G }), where, effort),
  );
};

/** R = c G for a positive number c, perhaps times a size or over it. */
export const isUphill = (witness: Witness, R: Node, G: Node, where = HERE): boolean =>
  isTimes(witness, R, G, POSITIVE, where);
