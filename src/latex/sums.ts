/** Sums with their signs, and products with a sign between the factors. */
import { type CallNode, childrenOf, type Node } from "../expr/node.ts";
import { isScalar, opOf } from "../ops/call.ts";
import { formOf } from "./form.ts";
import { list } from "./functions.ts";
import { atom, enclose, inherit, type Piece, productOf, sumOf, superscript } from "./piece.ts";
import type { Layout, Printing } from "./printing.ts";

/** The operands of nested calls of one associative op, in order. */
const operands = (root: CallNode, { isNamed }: Printing): readonly Node[] => {
  if (!opOf(root.op).laws?.includes("associative")) return root.args;
  const found: Node[] = [];
  const stack: Node[] = [...root.args].reverse();
  while (stack.length > 0) {
    const node = stack.pop() as Node;
    if (node.kind === "call" && node.op === root.op && !isNamed(node))
      for (let i = node.args.length - 1; i >= 0; i--) stack.push(node.args[i] as Node);
    else found.push(node);
  }
  return found;
};

/** Adjoints first, those from further on before those of the place itself; otherwise the order stays. */
const adjointsFirst = (pieces: readonly Piece[]): readonly Piece[] =>
  [2, 1, 0].flatMap(rank => pieces.filter(piece => piece.adjoint === rank));

const isMultilinear = (node: CallNode): boolean => {
  const { means } = opOf(node.op);
  return "einsum" in means || ("each" in means && (means.each === "multiply" || means.each === "divide"));
};

/** Whether it is a column or a row. */
export const isLine = ({ shape }: Node): boolean => shape.length === 1 || (shape.length === 2 && shape[0]?.key === "1");

/** A product with a sign: adjoints first where the op commutes, or as the note has it. */
export const infixProduct = (node: CallNode, sign: string, printing: Printing): Layout => {
  const commutative = opOf(node.op).laws?.includes("commutative") ?? false;
  const needs = operands(node, printing);
  const habits = new Set(commutative ? printing.context.products : []);
  if (habits.has("powers") && needs.length === 2 && needs[0] === needs[1] && isLine(node))
    return { needs: needs.slice(1), build: ([piece]) => superscript(piece as Piece, "2", false) };
  return {
    needs,
    build: pieces => {
      const byAdjoint = [...pieces].sort((a, b) => Math.sign(b.adjoint) - Math.sign(a.adjoint));
      const order = commutative ? byAdjoint : pieces;
      const kept = isMultilinear(node)
        ? order
        : order.map(piece => (piece.negative ? atom(enclose(piece), inherit([piece])) : piece));
      const [first, ...rest] = kept as readonly [Piece, ...Piece[]];
      const leads = commutative && first.adjoint > 0 && rest.every(piece => piece.adjoint === 0);
      if (leads && habits.has("diagonal") && node.shape.length === 1)
        return productOf([list("\\operatorname{diag}", [productOf(rest, sign)]), first], "");
      if (leads && habits.has("gradient-last")) return productOf([...rest, first], sign);
      const positive = kept.every(piece => !piece.negative);
      return { ...productOf(kept, sign), ...(leads && positive ? { factors: kept } : {}) };
    },
  };
};

const isSum = (node: Node): boolean => {
  const form = node.kind === "call" ? formOf(node) : undefined;
  return form !== undefined && "infix" in form && form.level === "sum";
};

/** What a constant array is written as beside arrays of its size: 1 for ones, 2 for twice ones. */
const summandOf = (node: Node): string | undefined => {
  if (node.kind !== "call" || isScalar(node.shape)) return undefined;
  const [factor, constant] = node.args;
  if (!("juxtapose" in formOf(node)) || factor?.kind !== "number" || constant?.kind !== "call")
    return opOf(node.op).latex.asSummand;
  const { numerator, denominator } = factor.value;
  return numerator > 0n && denominator === 1n && opOf(constant.op).latex.asSummand === "1" ? `${numerator}` : undefined;
};

/** a − b rather than −b + a. */
const positiveFirst = (terms: readonly Piece[]): readonly Piece[] => {
  const first = terms.findIndex(({ negative }) => !negative);
  return first <= 0 ? terms : [terms[first] as Piece, ...terms.filter((_, i) => i !== first)];
};

/** Summands of nested sums, subtractions and negations in one line. */
export const sum = (root: CallNode, { isNamed }: Printing): Layout => {
  const terms: { node: Node; minus: boolean }[] = [];
  const stack: { node: Node; minus: boolean }[] = [{ node: root, minus: false }];
  while (stack.length > 0) {
    const { node, minus } = stack.pop() as { node: Node; minus: boolean };
    const form = node.kind === "call" ? formOf(node) : undefined;
    const opens: boolean = node === root || (isSum(node) && !minus && !isNamed(node));
    if (opens && form && "infix" in form) {
      const args = childrenOf(node);
      const less = form.infix === "-";
      for (let i = args.length - 1; i >= 0; i--)
        stack.push({ node: args[i] as Node, minus: i > 0 && less ? !minus : minus });
    } else terms.push({ node, minus });
  }
  const commutes = opOf(root.op).laws?.includes("commutative") || terms.length === 2;
  // Something beside it has to say the size, and to be no number itself.
  const sized = terms.some(({ node }) => summandOf(node) === undefined);
  return {
    needs: terms.map(term => term.node),
    build: given => {
      const pieces = given.map((piece, i) => {
        const short = sized ? summandOf((terms[i] as (typeof terms)[number]).node) : undefined;
        return short === undefined ? piece : atom(short, { negative: piece.negative, figure: "number" });
      });
      const signedPieces = pieces.map((piece, i) =>
        terms[i]?.minus
          ? {
              ...(piece.level === "sum" ? atom(enclose(piece), inherit([piece])) : piece),
              negative: piece.level === "sum" ? true : !piece.negative,
            }
          : piece,
      );
      const sorted = adjointsFirst(signedPieces);
      return sumOf(positiveFirst(commutes && sorted[0] && !sorted[0].negative ? sorted : signedPieces));
    },
  };
};

export const negation = (arg: Node): Layout => ({
  needs: [arg],
  build: ([piece]) => {
    const of = piece as Piece;
    return of.level === "sum"
      ? atom(enclose(of), { ...inherit([of]), negative: true })
      : { ...of, negative: !of.negative };
  },
});
