/** Equations that are right in another convention than ours: which, and whether the note keeps to it. */
import type { StatedEquation, Witness } from "../exact/witness.ts";
import { type Node, sameShape } from "../expr/node.ts";
import { call } from "../ops/call.ts";
import type { Convention, Said } from "./said.ts";

interface ConventionRow {
  readonly id: Convention["id"];
  /** The equation in our convention, if the one that stands there may be in this one. */
  readonly ours: (equation: StatedEquation) => StatedEquation | undefined;
  readonly alone: (equation: StatedEquation) => boolean;
}

const isDerivative = (node: Node): boolean =>
  node.kind === "partial" || (node.kind === "call" && node.args.some(arg => arg.kind === "partial"));

/** A Jacobian, whose layout our gradients do not settle. */
const isJacobian = (node: Node): boolean => {
  const inner = node.kind === "call" ? (node.args[0] ?? node) : node;
  return inner.kind === "partial" && inner.of.shape.length === 1 && inner.wrt.shape.length === 1;
};

const transposed = (node: Node): Node => call("transpose", [node]);

const CONVENTIONS: readonly ConventionRow[] = [
  {
    id: "layout",
    ours: equation => {
      const left = transposed(equation.left);
      if (!isDerivative(equation.left) || equation.left.shape.length === 0) return undefined;
      return sameShape(left.shape, equation.right.shape) ? { ...equation, left } : undefined;
    },
    alone: ({ left }) => isJacobian(left),
  },
];

/** The convention in which an equation is right that is not so in ours. */
export const conventionOf = (witness: Witness, equation: StatedEquation, quick: boolean): Convention | undefined => {
  for (const { id, ours, alone } of CONVENTIONS) {
    const same = ours(equation);
    if (same && witness.judge(same, {}, quick ? "few" : "every").verdict === "equal")
      return { id, alone: alone(equation) };
  }
  return undefined;
};

const OURS: ReadonlySet<Said["verdict"]> = new Set(["holds", "proved", "incomplete"]);

/** Whether a link shows that the note writes gradients as we do: its two sides could not be exchanged for their transposes. */
const showsOurs = ({ verdict, equation, convention }: Said): boolean => {
  if (!equation || convention || !OURS.has(verdict) || equation.left.kind !== "partial") return false;
  return !isJacobian(equation.left) && !sameShape(transposed(equation.left).shape, equation.left.shape);
};

/** Another layout is a convention where it is the note's own; beside gradients in ours it is a slip. */
export const settleConventions = (links: readonly (readonly Said[])[]): readonly (readonly Said[])[] => {
  const ours = links.some(chain => chain.some(showsOurs));
  return links.map(chain =>
    chain.map(said => {
      const { convention } = said;
      if (!convention || said.verdict === "convention") return said;
      return ours && !convention.alone ? said : { ...said, verdict: "convention", because: { id: "layout" } };
    }),
  );
};
