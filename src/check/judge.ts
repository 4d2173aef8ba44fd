/** The way of one equation to its verdict, with the true values of everything that it names. */
import type { Judgement, StatedEquation, Witness } from "../exact/witness.ts";
import type { Node } from "../expr/node.ts";
import { contains } from "../expr/walk.ts";
import { isChainRule } from "../ops/call.ts";
import { ASSUMPTIONS, type Assumption } from "./assumptions.ts";
import { judging } from "./gradients.ts";
import type { Reason } from "./reasons.ts";

export type Finding =
  | { readonly kind: "equal"; readonly judgement: Judgement & { verdict: "equal" }; readonly unfinished: boolean }
  | { readonly kind: "outside"; readonly judgement: Judgement & { verdict: "outside" } }
  | {
      readonly kind: "different";
      readonly judgement: Judgement & { verdict: "different" };
      readonly under?: Assumption;
    }
  | { readonly kind: "open"; readonly reason: Reason };

/** Whether a side still waits for its local derivatives: prod(…, ∂v/∂u); prod(e_i, ∂v/∂u) is ∂v_i/∂u. */
const isUnfinished = (node: Node): boolean =>
  contains(node, part => part.kind === "call" && isChainRule(part.op) && holdsNames(part.args[0] as Node));

const holdsNames = (node: Node): boolean => contains(node, part => part.kind === "symbol");

export const judge = (witness: Witness, equation: StatedEquation, quick = false): Finding => {
  const judgement = witness.judge(equation, {}, quick ? "few" : "every");
  switch (judgement.verdict) {
    case "equal":
      return { kind: "equal", judgement, unfinished: isUnfinished(equation.right) };
    case "outside":
      return { kind: "outside", judgement };
    case "different": {
      const under = quick ? undefined : assumptionFor(witness, equation);
      return { kind: "different", judgement, ...(under ? { under } : {}) };
    }
    case "empty":
      return { kind: "open", reason: { id: "empty" } };
    case "cannot-tell":
      return { kind: "open", reason: { id: "undecided", of: [judgement.reason] } };
  }
};

const supposing = new WeakMap<Witness, ReadonlyMap<Assumption, () => Witness>>();

/** The assumptions that a system can be under, from weak to strong, each with who judges there. */
const assumptionsOf = (witness: Witness): ReadonlyMap<Assumption, () => Witness> => {
  let known = supposing.get(witness);
  if (!known) {
    const all = ASSUMPTIONS.flatMap(row => row.of(witness.system));
    known = new Map(
      all.map(assumption => {
        let other = assumption.system ? undefined : witness;
        const judge = (): Witness => {
          other ??= judging(assumption.system ?? witness.system);
          return other;
        };
        return [assumption, judge];
      }),
    );
    supposing.set(witness, known);
  }
  return known;
};

/** The weakest assumption under which the two sides agree, and are not both 0: on fresh samples too. */
const assumptionFor = (witness: Witness, equation: StatedEquation): Assumption | undefined => {
  for (const [assumption, judge] of assumptionsOf(witness)) {
    const holds = (["few", "every", "fresh"] as const).every(effort => {
      const found = judge().judge(equation, assumption.suppose, effort);
      return found.verdict === "equal" && !found.zero;
    });
    if (holds) return assumption;
  }
  return undefined;
};
