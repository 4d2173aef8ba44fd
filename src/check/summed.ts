/** Equations that are right where an index is summed: one that the chain rule implies, one that the sign does not say. */
import type { StatedEquation } from "../exact/witness.ts";
import { EVERYWHERE } from "../expr/domain.ts";
import { type Node, open, over } from "../expr/node.ts";
import { postorder, replaceNodes } from "../expr/walk.ts";
import { INCREMENT } from "../note/claims/adjoints.ts";
import { sumsMeant } from "../note/claims/baresums.ts";
import type { Chain } from "../note/claims/chains.ts";
import type { Syntax } from "../parse/syntax.ts";
import type { Court } from "./court.ts";
import { judge } from "./judge.ts";
import type { Reason } from "./reasons.ts";
import { penaltyOf, type Said } from "./said.ts";

/** Only derivatives, multiplied: the chain rule along a path, without what the path is summed over. */
const isPath = (root: Node): boolean => {
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === "call") stack.push(...node.args);
    else if (node.kind !== "partial") return false;
  }
  return root.kind === "call";
};

/** ΔW, dW: what is added to a gradient at one index, or all of it. */
const isIncrement = (syntax: Syntax | undefined): boolean => syntax?.kind === "derivative" && syntax.of === null;

const isDelta = (syntax: Syntax | undefined): boolean => syntax?.kind === "derivative" && syntax.sign === INCREMENT;

/** The term of the one sum in a value, at an index: what it is if nothing is summed. */
const termOf = (root: Node, index: string): Node | undefined => {
  const [sum, another] = postorder(root).filter(node => node.kind === "over");
  if (sum?.kind !== "over" || sum.fold !== "sum" || another) return undefined;
  return replaceNodes(root, new Map([[sum, open(sum, index).body]]));
};

/** Right if the index that one side lacks is summed: the chain rule implies it, and increments are written so. */
export const saySummed = (court: Court, equation: StatedEquation, chain: Chain, quick: boolean): Said | undefined => {
  const { left, right, indices, over: where } = equation;
  const [index, another] = indices;
  if (index === undefined || another !== undefined) return undefined;
  const increment = isIncrement(chain.members[0]);
  const named = left.free.includes(index);
  if (named ? right.free.includes(index) || !chain.leftOut?.includes(index) : !increment && !isPath(right))
    return undefined;
  const summed = (node: Node): Node => over("sum", index, where, node);
  const [value, term] = named ? [left, termOf(right, index)] : [right, undefined];
  const totals = { left: named ? summed(left) : left, right: named ? right : summed(right) };
  const found = judge(
    court.witness,
    term ? { ...equation, left: value, right: term } : { ...totals, indices: [], over: EVERYWHERE },
    quick,
  );
  if (found.kind !== "equal" || found.judgement.zero) return undefined;
  const because: Reason = { id: "summed", of: [index] };
  if (!increment) return { verdict: "convention", because };
  // ΔW is what one step adds, where the note sums no such increments itself.
  return court.addsUp || !isDelta(chain.members[0])
    ? { verdict: "cannot-tell", because }
    : { verdict: "convention", because: { id: "increment", of: [index] } };
};

/** What is said of a chain with sums that do not say what they run over, in the way that leaves least to be said against it. */
export const sayBareSums = (
  court: Court,
  chain: Chain,
  say: (chain: Chain) => readonly Said[],
): readonly Said[] | undefined => {
  let best: readonly Said[] | undefined;
  for (const { members, over } of sumsMeant(chain.members, syntax => court.reader.lettersOf(syntax))) {
    const because: Reason = "letter" in over ? { id: "sum-over", of: [over.letter] } : { id: `sum-${over.along}` };
    const links = say({ ...chain, members }).map((said): Said => {
      if (said.verdict === "holds") return { ...said, verdict: "convention", because };
      return said.verdict === "convention" ? { ...said, because: { ...because, and: [said.because] } } : said;
    });
    if (!best || penaltyOf(links) < penaltyOf(best)) best = links;
  }
  return best;
};
