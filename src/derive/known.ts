/** Gradients that are known when later ones are worked out, and what becomes of those when they are put in. */
import { type AtNode, type CallNode, type Node, type SymbolNode, substituteIndices } from "../expr/node.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import { familyOf, indexOf } from "../expr/system.ts";
import { contains, postorder, transform } from "../expr/walk.ts";
import { opOf } from "../ops/call.ts";
import type { Suppositions } from "../rewrite/law.ts";
import type { Step } from "../rewrite/step.ts";
import { type Rewriting, rewriting } from "../rewrite/trace.ts";
import { multipliedOut } from "../rules/multiplied.ts";
import { simplify } from "../rules/simplify.ts";
import type { Piece } from "./gradient.ts";

/** An adjoint with one formula for all members, in forward values alone. */
export interface KnownGradient {
  readonly indices: readonly string[];
  readonly value: Node;
}

/** What is known when contributions are worked out. */
export interface Known {
  /** Adjoints that are plain constants (∂J/∂L = 1): later equations use the value, as people do. By family. */
  readonly constants: ReadonlyMap<SymbolNode, Node>;
  /** Adjoints without a line of their own, at their families' own indices. */
  readonly inlined: ReadonlyMap<SymbolNode, KnownGradient>;
  /** Adjoints that are short: they are put in where that leaves something shorter (y ⊘ p and softmax). By family. */
  readonly gradients: ReadonlyMap<SymbolNode, KnownGradient>;
  /** The term with 0 for sums that are 0 by what the forward equations say of means. */
  readonly withoutDeviations: (root: Node) => Node;
  /** What the laws may suppose. */
  readonly suppositions: Suppositions;
  /** The same without what is known of labels and other distributions. */
  readonly general: Suppositions;
}

/** Longer gradients are not put into others. */
export const SHORT = 40;
/** What ∂L/∂u counts beside a name. */
const GRADIENT = 3;

/** ∂ℓ(o, y)/∂o is no shorter than ∂L/∂o. */
const isGradient = ({ op }: CallNode): boolean => {
  const { means } = opOf(op);
  return "abstract" in means && means.abstract === "gradient";
};

/** How much there is to read: operations and names, each as often as it is written. */
export const lengthOf = (root: Node): number => {
  const lengths = new Map<Node, number>();
  for (const node of postorder(root)) {
    const own =
      node.kind === "call"
        ? node.args.reduce((sum, arg) => sum + (lengths.get(arg) as number), isGradient(node) ? GRADIENT : 1)
        : node.kind === "over"
          ? 1 + (lengths.get(node.body) as number)
          : node.kind === "partial"
            ? GRADIENT
            : 1;
    lengths.set(node, own);
  }
  return lengths.get(root) as number;
};

/** The adjoint that these pieces are, where it is worth knowing. */
export const knownGradient = (pieces: readonly Piece[], indices: readonly string[]): KnownGradient | undefined => {
  const [piece, ...more] = pieces;
  if (!piece || more.length > 0 || piece.part !== "all" || lengthOf(piece.value) > SHORT) return undefined;
  return contains(piece.value, node => node.kind === "partial") ? undefined : { indices, value: piece.value };
};

/** The gradient of one member. */
export const valueAt = ({ indices, value }: KnownGradient, member: SymbolNode | AtNode): Node => {
  const index = indexOf(member);
  return substituteIndices(value, new Map(indices.map((name, i) => [name, index[i] as Polynomial])));
};

const withKnown = (root: Node, { gradients }: Known): Node =>
  transform(root, {
    leaf: node => {
      if (node.kind !== "partial" || node.reading !== "total") return node;
      const found = gradients.get(familyOf(node.wrt));
      return found ? valueAt(found, node.wrt) : node;
    },
  });

/** The value with known gradients put in and the steps that lead there, where that leaves something shorter. */
export const putIn = (value: Node, known: Known): Rewriting | undefined => {
  if (known.gradients.size === 0) return undefined;
  const replaced = withKnown(value, known);
  if (replaced === value) return undefined;
  // A name for a name makes nothing plainer: something must have cancelled.
  const found = cancelled(replaced, known, Math.min(lengthOf(value), lengthOf(replaced)));
  if (!found) return undefined;
  const put: Step = { rule: "gradient-put-in", before: value, after: replaced };
  return rewriting(found.node, () => [put, ...found.steps]);
};

/** The value with its products multiplied out, where something cancels so that less than `most` is left to read. */
export const cancelled = (value: Node, { suppositions, general }: Known, most: number): Rewriting | undefined => {
  const forms = multipliedOut(value, general).map(form => {
    const last = simplify(form, suppositions);
    return { form, last, length: lengthOf(last.node) };
  });
  const best = forms.reduce((a, b) => (b.length < a.length ? b : a));
  if (best.length >= most) return undefined;
  const { form, last } = best;
  const multiplied: Step = { rule: "multiplied-out", before: value, after: form };
  return rewriting(last.node, () => [...(form === value ? [] : [multiplied]), ...last.steps]);
};
