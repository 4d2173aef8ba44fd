/**
 * Products multiplied out where that lets something cancel: for a gradient that is put into the next one, such as
 * −y ⊘ p into that of p = softmax(o).
 */
import type { Node } from "../expr/node.ts";
import { call } from "../ops/call.ts";
import type { Law, Match, Phase, Sentence, Suppositions } from "../rewrite/law.ts";
import { NOTHING_SUPPOSED } from "../rewrite/memory.ts";
import { bracketLeft } from "../rewrite/order.ts";
import { runPhase } from "../rewrite/rewrite.ts";
import { operandsOf } from "../rewrite/spine.ts";
import { canonical } from "./canonical.ts";
import { COMMON_FACTORS } from "./gathering.ts";
import { SIMPLIFY } from "./simplify.ts";

const DISTRIBUTED: Sentence = { en: "products distribute over sums", zh: "乘法对加法满足分配律" };
const FRACTION: Sentence = { en: "a power with exponent minus one is a fraction", zh: "负一次幂即分式" };

/** The factors of a product, entry by entry or of scalars. */
const factorsOf = (node: Node): readonly Node[] =>
  node.kind === "call" && (node.op === "scale" || node.op === "hadamard") ? operandsOf(node) : [node];

/** What a term is divided by, below signs and scalar factors. */
const divisorOf = (term: Node): Node | undefined => {
  let node = term;
  while (node.kind === "call" && (node.op === "negate" || node.op === "scale")) node = node.args.at(-1) as Node;
  return node.kind === "call" && (node.op === "divide" || node.op === "quotient") ? node.args[1] : undefined;
};

/** The factor times each of two terms, where it cancels against what one of them is divided by. */
const eachWith = (product: "hadamard" | "scale", join: "add" | "subtract") => ({ node }: Match): Node | undefined => {
  const [A, B, C] = [node("A"), node("B"), node("C")];
  const own = new Set(factorsOf(A));
  const divisors = [B, C].flatMap(term => { const divisor = divisorOf(term); return divisor ? factorsOf(divisor) : []; });
  return divisors.some(factor => own.has(factor)) ? call(join, [call(product, [A, B]), call(product, [A, C])]) : undefined;
};

const scalars = { A: "1", B: "1", C: "1" };
const arrays = { A: "m n", B: "m n", C: "m n" };

/** Ends: every law moves a sum above one more product. */
const CANCELLING: readonly Law[] = [
  { id: "factor-into-sum-of-fractions", where: scalars, left: "A * (B + C)", right: eachWith("scale", "add"), example: "A * (B / A + C)", say: DISTRIBUTED },
  { id: "factor-into-difference-of-fractions", where: scalars, left: "A * (B - C)", right: eachWith("scale", "subtract"), example: "A * (B / A - C)", say: DISTRIBUTED },
  { id: "array-into-sum-of-quotients", where: arrays, left: "A .* (B + C)", right: eachWith("hadamard", "add"), example: "A .* (B ./ A + C)", say: DISTRIBUTED },
  { id: "array-into-difference-of-quotients", where: arrays, left: "A .* (B - C)", right: eachWith("hadamard", "subtract"), example: "A .* (B ./ A - C)", say: DISTRIBUTED },
];

/** Ends: every law leaves fewer powers with exponent minus one. */
const READ_BACK: readonly Law[] = [
  { id: "reciprocal-as-fraction", where: { a: "1" }, left: "a .^ (-1)", right: "1 / a", say: FRACTION },
  { id: "reciprocal-as-quotient", where: { A: "m n", B: "m n" }, left: "B .* A .^ (-1)", right: "B ./ A", say: FRACTION },
];

/** Products are multiplied out where something cancels. */
export const CANCEL: Phase = {
  name: "cancel",
  laws: [...CANCELLING, ...SIMPLIFY.laws.filter(law => !COMMON_FACTORS.includes(law))],
  ends: "sums rise above products, and the term gets smaller",
};

/** From the canonical form back to one that people write. */
export const READABLE: Phase = {
  name: "read back",
  laws: [...READ_BACK, ...SIMPLIFY.laws],
  ends: SIMPLIFY.ends,
};

/** Forms of a term with products multiplied out and what cancels left out, the plainest first. */
export const multipliedOut = (root: Node, suppositions: Suppositions = NOTHING_SUPPOSED): readonly Node[] => {
  const cancelled = runPhase(root, CANCEL, suppositions).node;
  return [
    runPhase(cancelled, SIMPLIFY, suppositions).node,
    runPhase(canonical(cancelled, suppositions), READABLE, suppositions).node,
  ].map(bracketLeft);
};
