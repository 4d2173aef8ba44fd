/** What notes suppose by custom and seldom say. An equation that needs it is right in a convention, which is named. */
import { childrenOf, type Node } from "../expr/node.ts";
import type { FunctionEntry, System } from "../expr/system.ts";
import { withRecognisedFunctions } from "../note/recognised.ts";
import { withDistributions } from "../note/structures.ts";
import { isAbstract } from "../ops/call.ts";
import { OPS } from "../ops/index.ts";
import type { Op } from "../ops/op.ts";
import { withFormula } from "./formulas.ts";
import type { Reason } from "./reasons.ts";

/** The system in which a custom is kept, with what it says there. */
export interface Custom {
  readonly because: Reason;
  readonly system: System;
  /** Names whose gradients are not asked for: the custom ties their entries to each other. */
  readonly fixed: ReadonlySet<string>;
}

type CustomRow = (system: System) => Custom | undefined;

/** σ is read as the logistic function by those who declare nothing: the op that may be spelled as the function is called. */
export const spelledSo = ({ kind, definition, declaredAt, latex }: FunctionEntry): Op | undefined =>
  kind === "elementwise" && !definition && !declaredAt
    ? OPS.find(({ latex: { reads } }) => reads !== undefined && latex in reads)
    : undefined;

/** What a term reads otherwise than as the argument of a function of which nothing is known. */
const openReadsIn = (root: Node): ReadonlySet<Node> => {
  const found = new Set<Node>();
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    if (node.kind === "at") found.add(node.of);
    if (node.kind !== "call" || !isAbstract(node.op)) stack.push(...childrenOf(node));
  }
  return found;
};

export const CUSTOMS: readonly CustomRow[] = [
  system => {
    const found = withDistributions(system);
    if (!found) return undefined;
    const open = system.equations.map(({ right }) => openReadsIn(right));
    if (!found.targets.some(({ node }) => open.some(reads => reads.has(node)))) return undefined;
    const of = [found.targets.map(({ latex }) => latex).join(", ")];
    const fixed = new Set(found.targets.map(({ node }) => node.name));
    return { because: { id: "distributions", of }, system: found.system, fixed };
  },
  system => {
    const named = [...system.functions.values()].flatMap(entry => {
      const op = spelledSo(entry);
      return op ? [{ entry, op }] : [];
    });
    const [first] = named;
    if (!first) return undefined;
    const given = named.reduce((made, { entry, op }) => withFormula(made, entry, `${op.name}(u)`), system);
    const of = [first.entry.latex, first.op.name];
    return { because: { id: "called", of }, system: withRecognisedFunctions(given, new Map()), fixed: new Set() };
  },
];
