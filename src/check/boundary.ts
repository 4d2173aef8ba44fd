/** Gradients beyond the ends of an index, from which recursions begin: ∂L/∂h_{T+1} = 0, ∂L/∂g_0 = 0 where g runs the other way. */
import { zeroOf } from "../derive/terms.ts";
import type { StatedEquation } from "../exact/witness.ts";
import { boundsOf, EVERYWHERE } from "../expr/domain.ts";
import type { SymbolNode } from "../expr/node.ts";
import { constantValue, minus, type Polynomial } from "../expr/polynomial.ts";
import { familyOf, indexOf, type System } from "../expr/system.ts";
import { readsIn } from "../expr/walk.ts";
import type { Court } from "./court.ts";

/** Whether something reads later members than its own: then errors run forwards. */
const runsBack = ({ equations }: System, of: SymbolNode, place: number): boolean =>
  equations.some(({ left, right }) =>
    readsIn(right).some(read => {
      const other = familyOf(read) === of ? indexOf(read)[place] : undefined;
      return other !== undefined && indexOf(left).some(own => (constantValue(minus(other, own)) ?? 0) > 0);
    }),
  );

/** ∂L/∂h_{T+1} = 0, one step beyond an end: no equation has that member, so that nothing comes from there. */
export const isBeyond = ({ reader: { system } }: Court, { left, right, indices }: StatedEquation): boolean => {
  if (left.kind !== "partial" || left.of !== system.objective || indices.length > 0) return false;
  if (left.wrt.kind !== "at" || right !== zeroOf(left.shape)) return false;
  const family = familyOf(left.wrt);
  const entry = system.symbols.get(family.name);
  const beyond = left.wrt.index.filter((value, i) => {
    const { lower, upper } = boundsOf(entry?.domain ?? EVERYWHERE, entry?.indices[i] ?? "");
    const isStep = (from: Polynomial, to: Polynomial): boolean => constantValue(minus(to, from)) === 1;
    return (
      upper.some(last => isStep(last, value)) ||
      (runsBack(system, family, i) && lower.some(first => isStep(value, first)))
    );
  });
  return beyond.length > 0;
};
