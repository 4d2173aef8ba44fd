/** The way of one equation to its verdict, with the true values of everything that it names. */
import { withoutGradients } from "../derive/adjoint.ts";
import type { Judgement, StatedEquation, Witness } from "../exact/witness.ts";
import type { Node } from "../expr/node.ts";
import type { System } from "../expr/system.ts";
import { contains } from "../expr/walk.ts";
import { isChainRule } from "../ops/call.ts";
import { ASSUMPTIONS, type Assumption } from "./assumptions.ts";
import { judging } from "./gradients.ts";
import { type Judges, judgesOf } from "./judges.ts";
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

const supposing = new WeakMap<Witness, ReadonlyMap<Assumption, Judges>>();

/** The assumptions that a system can be under, from weak to strong, each with who judges there. */
const assumptionsOf = (witness: Witness): ReadonlyMap<Assumption, Judges> => {
  let known = supposing.get(witness);
  if (!known) {
    const all = ASSUMPTIONS.flatMap(row => row.of(witness.system));
    const here = judgesOf(
      () => witness.system,
      () => witness,
      witness,
    );
    // Gradients that it holds as families are those of the system that it was made from.
    const elsewhere = (system: System): Judges =>
      judgesOf(
        () => withoutGradients(system),
        () => judging(system),
      );
    known = new Map(all.map(assumption => [assumption, assumption.system ? elsewhere(assumption.system) : here]));
    supposing.set(witness, known);
  }
  return known;
};

/** The weakest assumption under which the two sides agree, and are not both 0: on fresh samples too. */
const assumptionFor = (witness: Witness, equation: StatedEquation): Assumption | undefined => {
  for (const [assumption, judges] of assumptionsOf(witness)) {
    const { leftOut } = assumption;
    if (leftOut && contains(equation.right, node => node === leftOut)) continue;
    if (judges.refutes(equation, assumption.suppose)) continue;
    const holds = (["few", "every", "fresh"] as const).every(effort => {
      const found = judges.witness().judge(equation, assumption.suppose, effort);
      return found.verdict === "equal" && !found.zero;
    });
    if (holds) return assumption;
  }
  return undefined;
};
