/** Other ways to write a term: the laws of the tables both ways, and what people do to sums, products and signs. */
import { InternalError } from "../../src/base/diagnostic.ts";
import { positionsOf } from "../../src/check/edits/positions.ts";
import { type Domain, domain, substituteDomain } from "../../src/expr/domain.ts";
import { type Fold, type Node, number, over, sameShape, substituteIndices } from "../../src/expr/node.ts";
import { minus, named, negative } from "../../src/expr/polynomial.ts";
import { postorder } from "../../src/expr/walk.ts";
import { call } from "../../src/ops/call.ts";
import type { Phase } from "../../src/rewrite/law.ts";
import { runPhase } from "../../src/rewrite/rewrite.ts";
import { readSides } from "../../src/rewrite/rule.ts";
import { CANONICAL } from "../../src/rules/canonical.ts";
import { SIMPLIFY } from "../../src/rules/simplify.ts";
import type { Chance } from "../random/chance.ts";

/** What a side of a law speaks of: its metavariables and the names of its numbers. */
const namesIn = (side: Node): ReadonlySet<string> =>
  new Set([
    ...postorder(side).flatMap(node =>
      node.kind === "symbol" ? [node.name] : node.kind === "at" ? [node.of.name] : [],
    ),
    ...side.free,
  ]);

/** Laws that ask nothing, each as a phase of its own, from left to right and, where each name stands on both sides, back. */
const PHASES: readonly Phase[] = [...new Set([...SIMPLIFY.laws, ...CANONICAL.laws])].flatMap((law): Phase[] => {
  const forth: Phase = { name: law.id, laws: [law], ends: "after one step" };
  if (law.if || typeof law.right !== "string") return [forth];
  // A^k as A A^{k-1} asks for k ≥ 1, which the law itself does not say: the sum over k may begin at 0.
  if (/(?<!\.)\^/u.test(law.left)) return [forth];
  const { left, right } = readSides(law);
  const there = right && namesIn(right);
  if (!there || [...namesIn(left), ...Object.keys(law.where)].some(name => !there.has(name.replace(/\[.*/u, ""))))
    return [forth];
  const id = `${law.id}-backwards`;
  return [forth, { name: id, laws: [{ ...law, id, left: law.right, right: law.left }], ends: "after one step" }];
});

const scale = (factor: number, node: Node): Node => call("scale", [number(factor), node]);

type Turn = (node: Node) => Node | undefined;

const TURNS: readonly Turn[] = [
  node => call("transpose", [call("transpose", [node])]),
  node => call("negate", [call("negate", [node])]),
  node => scale(2, call("divide", [node, number(2)])),
  node => call("subtract", [scale(2, node), node]),
  node => call("add", [call("divide", [node, number(2)]), call("divide", [node, number(2)])]),
  // The order of terms and of factors entry by entry.
  node =>
    node.kind === "call" && (node.op === "add" || node.op === "hadamard" || node.op === "inner")
      ? call(node.op, [node.args[1] as Node, node.args[0] as Node])
      : undefined,
  node =>
    node.kind === "call" && node.op === "matmul"
      ? call("transpose", [
          call("matmul", [call("transpose", [node.args[1] as Node]), call("transpose", [node.args[0] as Node])]),
        ])
      : undefined,
];

/** The two halves of a range: up to a bound, and after it. */
const halves = (index: string, { where }: Domain, bound: number): readonly [Domain, Domain] => [
  domain([...where, minus(bound, index)]),
  domain([...where, minus(index, bound + 1)]),
];

/** An ordered product taken apart at a bound. */
const productsOf = (index: string, where: Domain, body: Node, fold: Fold): readonly Node[] =>
  [1, 2].map(bound => {
    const [first, last] = halves(index, where, bound).map(half => over(fold, index, half, body)) as [Node, Node];
    return call("matmul", fold === "product" ? [first, last] : [last, first]);
  });

/** A sum counted from elsewhere, downwards, or taken apart: its terms, or its range at a bound. */
const sumsOf = (index: string, where: Domain, body: Node, fold: "sum"): readonly Node[] => {
  const counted = (by: ReturnType<typeof named>): Node =>
    over(fold, index, substituteDomain(where, new Map([[index, by]])), substituteIndices(body, new Map([[index, by]])));
  const found = [counted(minus(index, 1)), counted(minus(index, 2)), counted(negative(named(index)))];
  for (const bound of [1, 2, 3])
    found.push(
      call(
        "add",
        halves(index, where, bound).map(half => over(fold, index, half, body)),
      ),
    );
  if (body.kind === "call" && body.op === "add")
    found.push(
      call(
        "add",
        body.args.map(arg => over(fold, index, where, arg)),
      ),
    );
  return found;
};

/** One use of a law; none where it cannot be read backwards (its right side is a bare name). */
const applied = (phase: Phase, node: Node): Node | undefined => {
  try {
    return runPhase(node, phase, {}, 1).node;
  } catch (error) {
    if (error instanceof InternalError) return undefined;
    throw error;
  }
};

/** One rewriting somewhere in the term; undefined where the one that was picked fits nowhere. */
export const rewritten = (root: Node, chance: Chance): Node | undefined => {
  const place = chance.pick(positionsOf(root));
  const { node, put, range } = place;
  if (node.kind === "over" && range)
    return put(
      chance.pick(
        node.fold === "sum"
          ? sumsOf(range.index, range.domain, range.body, "sum")
          : productsOf(range.index, range.domain, range.body, node.fold),
      ),
    );
  if (node.kind === "integer" || node.kind === "number") return undefined;
  const turned = chance.happens(0.5) ? chance.pick(TURNS)(node) : applied(chance.pick(PHASES), node);
  if (!turned || turned === node || !sameShape(turned.shape, node.shape)) return undefined;
  return put(turned);
};
