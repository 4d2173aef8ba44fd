/** Equations that are right in another convention than ours: which, and whether the note keeps to it. */
import { structuredForms } from "../derive/structured.ts";
import type { StatedEquation } from "../exact/witness.ts";
import { integerNode, type Node, sameShape } from "../expr/node.ts";
import { named } from "../expr/polynomial.ts";
import { familyOf } from "../expr/system.ts";
import { call, isChainRule, isGradient } from "../ops/call.ts";
import type { Court } from "./court.ts";
import type { Convention, Said } from "./said.ts";

/** What conventions are seen by. */
type Known = Pick<Court, "witness" | "implied">;

interface ConventionRow {
  /** The equation in our convention, each way in which the one that stands there may be in this one. */
  readonly ours: (equation: StatedEquation, known: Known) => readonly (Pick<Convention, "because"> & StatedEquation)[];
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
    ours: equation => {
      const left = transposed(equation.left);
      if (!isDerivative(equation.left) || equation.left.shape.length === 0) return [];
      return sameShape(left.shape, equation.right.shape) ? [{ ...equation, left, because: { id: "layout" } }] : [];
    },
    alone: ({ left }) => isJacobian(left),
  },
  {
    // The entries of a symmetric variable vary in pairs, those of a diagonal one on the diagonal alone.
    ours: (equation, { witness }) => {
      const { left } = equation;
      if (left.kind !== "partial" || left.of.shape.length > 0) return [];
      const entry = witness.system.symbols.get(familyOf(left.wrt).name);
      return (entry ? structuredForms(entry, left) : []).map(({ convention, value }) => ({
        ...equation,
        left: value,
        because: { id: `structure-${convention}` as const, of: [entry?.latex ?? ""] },
      }));
    },
    alone: () => true,
  },
  {
    // The note leaves its loss open: that of a parameter may be a mean where those of the samples are summed.
    ours: (equation, { witness, implied }) => {
      const { left, right } = equation;
      if (!implied || left.kind !== "partial" || !sameShape(left.shape, right.shape)) return [];
      if (witness.system.symbols.get(familyOf(left.wrt).name)?.role === "defined") return [];
      return [...witness.system.sizes.keys()].map(size => ({
        ...equation,
        right: call("scale", [integerNode(named(size)), right]),
        because: { id: "mean", of: [size] },
      }));
    },
    alone: () => true,
  },
];

/** The convention in which an equation is right that is not so in ours. */
export const conventionOf = (known: Known, equation: StatedEquation, quick: boolean): Convention | undefined => {
  for (const { ours, alone } of CONVENTIONS) {
    for (const { because, ...same } of ours(equation, known))
      if (known.witness.judge(same, {}, quick ? "few" : "every").verdict === "equal")
        return { because, alone: alone(equation) };
  }
  return undefined;
};

/** What is right as gradients have the shapes of their variables, under whatever else it supposes. */
const OURS: ReadonlySet<Said["verdict"]> = new Set(["holds", "proved", "incomplete", "convention"]);

/**
 * Gradients, and derivatives by one variable, added and scaled entry by entry: in whatever layout the note writes them, they
 * have it in common.
 */
const isDerivativesAlone = (root: Node, wrt: Node): boolean => {
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const { shape } = node;
    if (shape.length === 0 || (node.kind === "call" && isGradient(node.op))) continue;
    if (node.kind === "over") stack.push(node.body);
    else if (node.kind === "call" && isChainRule(node.op)) stack.push(node.args[1] as Node);
    else if (node.kind === "call") {
      if (!node.args.every(arg => arg.shape.length === 0 || sameShape(arg.shape, shape))) return false;
      stack.push(...node.args);
    } else if (node.kind !== "partial" || (node.of.shape.length > 0 && node.wrt !== wrt)) return false;
  }
  return true;
};

/** Whether a link shows that the note writes gradients as we do: its two sides could not be exchanged for their transposes. */
const showsOurs = ({ verdict, equation, convention }: Said): boolean => {
  if (!equation || convention || !OURS.has(verdict) || equation.left.kind !== "partial") return false;
  if (isJacobian(equation.left) || isDerivativesAlone(equation.right, equation.left.wrt)) return false;
  return !sameShape(transposed(equation.left).shape, equation.left.shape);
};

/** Whether a note shows in any of these that it writes gradients as we do. */
export const keepsOurs = (links: readonly (readonly Said[])[]): boolean => links.some(chain => chain.some(showsOurs));

/** What is right in a convention supposes nothing. */
const withoutAssumption = ({ under: _, ...said }: Said): Said => said;

/** A note that gives a derivative in both layouts says so. */
const NAMES_LAYOUTS = /layout|convention|transpos|布局|约定|转置/iu;

/**
 * Another layout is a convention where it is the note's own; beside gradients in ours, or beside the same Jacobian in ours, it is
 * a slip.
 */
export const settleConventions = (
  links: readonly (readonly Said[])[],
  text: string,
  ours: boolean,
): readonly (readonly Said[])[] => {
  const isOurs = ({ verdict, equation, convention }: Said): boolean =>
    equation !== undefined && !convention && (verdict === "holds" || verdict === "proved");
  const settled = NAMES_LAYOUTS.test(text)
    ? new Set<Node>()
    : new Set(links.flat().flatMap(said => (isOurs(said) && said.equation ? [said.equation.left] : [])));
  const isSettled = ({ equation, convention }: Said): boolean =>
    equation !== undefined && convention?.because.id === "layout" && settled.has(equation.left);
  return links.map(chain =>
    chain.map(said => {
      const { convention } = said;
      if (said.transposedFits && ours) return { ...said, verdict: "wrong" };
      if (!convention || said.verdict === "convention") return said;
      return (ours && !convention.alone) || isSettled(said)
        ? said
        : { ...withoutAssumption(said), ...convention.read, verdict: "convention", because: convention.because };
    }),
  );
};
