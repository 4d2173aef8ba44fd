/** Whether one value is a multiple of another, whatever the factor is. */
import { InternalError } from "../base/diagnostic.ts";
import type { Witness } from "../exact/witness.ts";
import { EVERYWHERE } from "../expr/domain.ts";
import { integerNode, type Node, number, sameShape } from "../expr/node.ts";
import { named } from "../expr/polynomial.ts";
import { rational } from "../expr/rational.ts";
import { compileTemplates, instantiate, type Template } from "../term/template.ts";

const ARRAYS = { R: "m n", G: "m n" };
const SCALARS = { c: "1", d: "1", R: "1", G: "1" };
const [CROSSED, TURNED, DIFFERENCE] = compileTemplates(["vec(R) * vec(G)'", "vec(G) * vec(R)'", "R - G"], ARRAYS);
const [TIMES, OVER] = compileTemplates(["c * d * G", "c * G / d"], SCALARS);

const fill = (template: Template | undefined, nodes: Readonly<Record<string, Node>>): Node => {
  if (!template) throw new InternalError("a template of multiples is missing");
  return instantiate(template, { nodes: new Map(Object.entries(nodes)), integers: new Map() });
};

export const differenceOf = (R: Node, G: Node): Node => fill(DIFFERENCE, { R, G });

const areEqual = (witness: Witness, left: Node, right: Node, effort: "few" | "every"): boolean => {
  const found = witness.judge({ left, right, indices: [], over: EVERYWHERE }, {}, effort);
  return found.verdict === "equal" && !found.zero;
};

/** Factors between two scalars that differ by a mean, by a square or by their sign. */
const FACTORS = [1, 2, rational(1, 2)].flatMap(factor => [
  number(factor),
  number(typeof factor === "number" ? -factor : rational(-1, 2)),
]);

/** R = c G for a factor c that may depend on everything; of scalars, one that is made of a number and a size. */
export const isMultiple = (witness: Witness, R: Node, G: Node): boolean => {
  if (!sameShape(R.shape, G.shape)) return false;
  if (R.shape.length > 0)
    return (["few", "every"] as const).every(effort =>
      areEqual(witness, fill(CROSSED, { R, G }), fill(TURNED, { R, G }), effort),
    );
  const sizes = [number(1), ...[...witness.system.sizes.keys()].map(name => integerNode(named(name)))];
  return sizes.some(d =>
    FACTORS.some(c =>
      [TIMES, OVER].some(template => {
        const right = fill(template, { c, d, G });
        return areEqual(witness, R, right, "few") && areEqual(witness, R, right, "every");
      }),
    ),
  );
};
