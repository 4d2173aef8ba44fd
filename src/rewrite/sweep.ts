/** One rule used wherever it applies along one spine, in time linear in its operands. */
import type { CallNode, Node } from "../expr/node.ts";
import { postorder } from "../expr/walk.ts";
import { call, isScalar } from "../ops/call.ts";
import { type Binding, lookUp } from "./binding.ts";
import type { Suppositions } from "./law.ts";
import { isBare, looksLike } from "./look.ts";
import { matchTerm } from "./match.ts";
import { applyRule, type Rule } from "./rule.ts";
import { joinOperands } from "./spine.ts";

/** Told of each use. */
export type Report = (rule: Rule, before: Node, after: Node) => void;

interface Sweep {
  readonly rule: Rule;
  readonly spine: CallNode;
  readonly operands: readonly Node[];
  readonly commutative: boolean;
  readonly suppositions: Suppositions;
  /** How many uses are still wanted. */
  readonly limit: number;
  readonly report: Report;
}

const metasIn = (pattern: Node): ReadonlySet<string> =>
  new Set(postorder(pattern).flatMap(node => (node.kind === "symbol" ? [node.name] : [])));

const sharedMetas = new WeakMap<Rule, readonly string[]>();

const sharedOf = (rule: Rule, [p, q]: readonly [Node, Node]): readonly string[] => {
  let shared = sharedMetas.get(rule);
  if (!shared) {
    const inSecond = metasIn(q);
    shared = [...metasIn(p)].filter(name => inSecond.has(name));
    sharedMetas.set(rule, shared);
  }
  return shared;
};

const firstMatch = (rule: Rule, pattern: Node, node: Node): Binding | false => {
  let found: Binding | false = false;
  matchTerm(pattern, node, rule.sorts, [], undefined, binding => {
    found = binding;
    return true;
  });
  return found;
};

/** Matches both operands together and builds the result. */
const combine = (
  { rule, spine, suppositions }: Sweep,
  left: Node,
  right: Node,
  swapped: boolean,
): { before: Node; after: Node } | undefined => {
  const [p, q] = rule.operands as readonly [Node, Node];
  const after = matchTerm(p, left, rule.sorts, [], undefined, b =>
    matchTerm(q, right, rule.sorts, [], b, binding => applyRule(rule, binding, suppositions, swapped)),
  );
  return after && { before: call(spine.op, swapped ? [right, left] : [left, right]), after };
};

/** The new operands, or undefined where the rule applies nowhere. */
export const sweepSpine = (sweep: Sweep): readonly Node[] | undefined => {
  const { rule, commutative, operands } = sweep;
  const [p, q] = rule.operands as readonly [Node, Node];
  for (const pattern of [p, q]) {
    if (!isBare(pattern, rule.sorts) && !operands.some(operand => looksLike(pattern, operand, rule.sorts)))
      return undefined;
  }
  const shared = sharedOf(rule, [p, q]);
  const absorbs = (pattern: Node): boolean =>
    pattern.kind === "symbol" && isBare(pattern, rule.sorts) && !shared.includes(pattern.name);
  if (!commutative) return sweepWindows(sweep, absorbs(p) && !isScalar(p.shape), absorbs(q) && !isScalar(q.shape));
  if (absorbs(p)) return sweepAbsorbing(sweep, q, false);
  if (absorbs(q)) return sweepAbsorbing(sweep, p, true);
  return sweepPairs(sweep, shared);
};

/** "A + (-B)": each operand that fits the special pattern takes all operands before it, or else the next one. */
const sweepAbsorbing = (sweep: Sweep, special: Node, specialFirst: boolean): readonly Node[] | undefined => {
  const { rule, spine, operands, report } = sweep;
  let done: Node[] = [];
  let uses = 0;
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i] as Node;
    if (uses < sweep.limit && firstMatch(rule, special, operand) !== false) {
      const takesNext = done.length === 0;
      const other = takesNext ? operands[i + 1] : joinOperands(spine.op, done);
      const result =
        other &&
        (specialFirst ? combine(sweep, operand, other, !takesNext) : combine(sweep, other, operand, takesNext));
      if (result) {
        uses++;
        report(rule, result.before, result.after);
        done = [result.after];
        if (takesNext) i++;
        continue;
      }
    }
    done.push(operand);
  }
  return uses > 0 ? done : undefined;
};

/** Places of operands in the order in which they came, the used ones passed over. */
interface Queue {
  readonly places: number[];
  next: number;
}

/** "p * A + q * A": operands are joined by what the shared metavariables stand for. */
const sweepPairs = (sweep: Sweep, shared: readonly string[]): readonly Node[] | undefined => {
  const { rule, operands, report } = sweep;
  const sides = rule.operands as readonly [Node, Node];
  const waiting: readonly [Map<string, Queue>, Map<string, Queue>] = [new Map(), new Map()];
  const result: (Node | undefined)[] = [...operands];
  const used = operands.map(() => false);
  let uses = 0;
  const keyOf = (binding: Binding): string => shared.map(name => lookUp(binding, "node", name)?.node.id).join(" ");
  const firstUnused = (queue: Queue | undefined): number | undefined => {
    if (!queue) return undefined;
    while (used[queue.places[queue.next] ?? -1]) queue.next++;
    return queue.places[queue.next];
  };
  for (const [j, operand] of operands.entries()) {
    if (uses >= sweep.limit) break;
    const keys = sides.map(pattern => {
      const binding = firstMatch(rule, pattern, operand);
      return binding === false ? undefined : keyOf(binding);
    });
    for (const side of [1, 0] as const) {
      const key = keys[side];
      const i = key === undefined ? undefined : firstUnused(waiting[side === 1 ? 0 : 1].get(key));
      if (i === undefined) continue;
      const other = operands[i] as Node;
      const made = side === 1 ? combine(sweep, other, operand, false) : combine(sweep, operand, other, true);
      if (!made) continue;
      uses++;
      report(rule, made.before, made.after);
      result[i] = made.after;
      result[j] = undefined;
      used[i] = used[j] = true;
      break;
    }
    if (used[j]) continue;
    for (const side of [0, 1] as const) {
      const key = keys[side];
      if (key === undefined) continue;
      const queue = waiting[side].get(key);
      if (queue) queue.places.push(j);
      else waiting[side].set(key, { places: [j], next: 0 });
    }
  }
  return uses > 0 ? result.filter(operand => operand !== undefined) : undefined;
};

/** Neighbours in a product that does not commute; a bare array at an edge of the pattern takes everything on its side. */
const sweepWindows = (sweep: Sweep, leftTakes: boolean, rightTakes: boolean): readonly Node[] | undefined => {
  const { rule, spine, operands, report } = sweep;
  const [p, q] = rule.operands as readonly [Node, Node];
  const done: Node[] = [];
  let uses = 0;
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i] as Node;
    const last = done.at(-1);
    const fits =
      last && uses < sweep.limit && (rightTakes ? firstMatch(rule, p, last) : firstMatch(rule, q, operand)) !== false;
    if (last && fits) {
      const left = leftTakes ? joinOperands(spine.op, done) : last;
      const right = rightTakes ? joinOperands(spine.op, operands.slice(i)) : operand;
      const made = combine(sweep, left, right, false);
      if (made) {
        uses++;
        report(rule, made.before, made.after);
        done.splice(leftTakes ? 0 : done.length - 1);
        done.push(made.after);
        if (rightTakes) break;
        continue;
      }
    }
    done.push(operand);
  }
  return uses > 0 ? done : undefined;
};
