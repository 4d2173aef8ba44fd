/** What a reader of the code is told beside it: the equation, in the inside notation, with the note's number. */

import { InternalError } from "../base/diagnostic.ts";
import type { Contribution, Gradient } from "../derive/gradient.ts";
import { boundsOf, type Domain } from "../expr/domain.ts";
import type { Node } from "../expr/node.ts";
import type { Equation } from "../expr/system.ts";
import { showShortTerm } from "../term/show.ts";

/** Terms larger than this are not written out. */
const MOST_PARTS = 120;

const show = (node: Node): string => showShortTerm(node, MOST_PARTS) ?? "(a long term)";

const showRange = (over: Domain, indices: readonly string[]): string =>
  indices
    .flatMap(index => {
      try {
        const { lower, upper } = boundsOf(over, index);
        const several = (name: string, bounds: typeof lower): string =>
          bounds.length === 1 ? (bounds[0]?.key ?? "") : `${name}(${bounds.map(b => b.key).join(", ")})`;
        return lower.length > 0 && upper.length > 0
          ? [`${index} = ${several("max", lower)} .. ${several("min", upper)}`]
          : [];
      } catch (error) {
        if (error instanceof InternalError) return [];
        throw error;
      }
    })
    .join(", ");

const withRange = (text: string, range: string): string => (range === "" ? text : `${text}   for ${range}`);

export const equationRemark = ({ left, right, over, indices, label }: Equation): readonly string[] => [
  withRange(`${label === undefined ? "" : `(${label})  `}${show(left)} = ${show(right)}`, showRange(over, indices)),
];

export const contributionRemark = (gradient: Gradient, contribution: Contribution): readonly string[] => {
  const left = show(gradient.wrt);
  // Where the reader's own indices are summed over, they have names of the deriver's: those of the equation say more.
  const isNamed = contribution.reader.free.every(name => /^[A-Za-z]/u.test(name));
  const reader = show(isNamed ? contribution.reader : contribution.equation.left);
  return [
    withRange(
      `d_${left} += ${show(contribution.value)}   (through ${reader})`,
      showRange(contribution.over, gradient.indices),
    ),
  ];
};
