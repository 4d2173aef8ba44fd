/** Texts by which what was computed before is found again. */
import { type Domain, domainKey } from "../expr/domain.ts";
import type { Node } from "../expr/node.ts";
import type { Sample } from "./sample.ts";
import type { Suppositions } from "./world.ts";

/** Terms by their numbers: equal ones are one node. */
export const equationKey = (equation: {
  readonly left: Node;
  readonly right: Node;
  readonly indices: readonly string[];
  readonly over: Domain;
}): string => {
  const { left, right, indices, over } = equation;
  return `${left.id} ${right.id} ${indices.join()} ${domainKey(over)}`;
};

export const suppositionKey = ({ identities, symmetric, zero, inverses, values }: Suppositions): string =>
  [
    ...[identities, symmetric, zero].map(set => [...(set ?? [])].sort().join()),
    inverses,
    ...[...(values ?? [])].map(pair => pair.join("=")).sort(),
  ].join(";");

export const worldKey = (sample: Sample, seed: number, roots: boolean, suppose: Suppositions): string =>
  `${seed} ${roots} ${[...sample.sizes].join()} ${suppositionKey(suppose)}`;

export const sampleKey = ({ sizes, seed }: Sample): string => `${seed} ${[...sizes].join()}`;
