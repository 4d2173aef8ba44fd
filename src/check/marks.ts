/** Shape marks on derivatives, ∂L^{y×h}/∂o_t: each says something of its own. */
import { integer, minus } from "../expr/polynomial.ts";
import type { ShapeMark } from "../note/claims/reading.ts";
import { integerOf } from "../note/integers.ts";
import { describeShape } from "../shape/signature.ts";
import type { Said } from "./said.ts";

const ONE = integer(1);

/** Whether the sizes of a mark are those of what it stands on. */
export const sayMark = ({ sizes, of }: ShapeMark): Said => {
  const same = [0, 1].every(axis => {
    const size = sizes[axis];
    const marked = size ? integerOf(size) : ONE;
    return marked !== undefined && minus(marked, of[axis] ?? ONE).key === "0";
  });
  const shape = describeShape(of);
  return same && sizes.length <= 2
    ? { verdict: "holds", because: { id: "shape", of: [shape] } }
    : { verdict: "wrong", because: { id: "other-shape", of: [shape] } };
};
