/** Gradients beyond the last index, from which recursions that go back begin: ∂L/∂h_{T+1} = 0. */
import { zeroOf } from "../derive/terms.ts";
import type { StatedEquation } from "../exact/witness.ts";
import { boundsOf, EVERYWHERE } from "../expr/domain.ts";
import { constantValue, minus } from "../expr/polynomial.ts";
import { familyOf } from "../expr/system.ts";
import type { Court } from "./court.ts";

/** ∂L/∂h_{T+1} = 0: no equation has that member, so that nothing comes from there. */
export const isBeyondLast = ({ reader: { system } }: Court, { left, right, indices }: StatedEquation): boolean => {
  if (left.kind !== "partial" || left.of !== system.objective || indices.length > 0) return false;
  if (left.wrt.kind !== "at" || right !== zeroOf(left.shape)) return false;
  const entry = system.symbols.get(familyOf(left.wrt).name);
  const beyond = left.wrt.index.filter((value, i) => {
    const { upper } = boundsOf(entry?.domain ?? EVERYWHERE, entry?.indices[i] ?? "");
    return upper.some(last => constantValue(minus(value, last)) === 1);
  });
  return beyond.length > 0;
};
