/** Matrices written out in blocks, and parts of arrays. */
import { type CallNode, integerValue, type Node, rowsAndColumns } from "../expr/node.ts";
import { constantValue, minus, plus } from "../expr/polynomial.ts";
import { opOf } from "../ops/call.ts";
import { formOf } from "./form.ts";
import { atom, inherit, type Piece, signed, subscripted } from "./piece.ts";
import type { Layout, Printing } from "./printing.ts";

const directionOf = (node: Node): "rows" | "columns" | undefined => {
  const form = node.kind === "call" ? formOf(node) : undefined;
  return form && "blocks" in form ? form.blocks : undefined;
};

/** The blocks of nested calls of one op, in order. */
const blocksOf = (root: CallNode, { isNamed }: Printing): readonly Node[] => {
  if (!opOf(root.op).laws?.includes("associative")) return root.args;
  const found: Node[] = [];
  const stack: Node[] = [...root.args].reverse();
  while (stack.length > 0) {
    const node = stack.pop() as Node;
    if (node.kind === "call" && node.op === root.op && !isNamed(node)) stack.push(...[...node.args].reverse());
    else found.push(node);
  }
  return found;
};

const widths = (row: readonly Node[]): string => row.map(block => rowsAndColumns(block.shape)[1].key).join();

/** Blocks below each other; rows that are cut at the same columns share them. */
export const blocks = (node: CallNode, printing: Printing): Layout => {
  const parts = blocksOf(node, printing);
  let grid: readonly (readonly Node[])[] = [parts];
  if (directionOf(node) === "rows") {
    const cut = parts.map(part =>
      part.kind === "call" && directionOf(part) === "columns" && !printing.isNamed(part)
        ? blocksOf(part, printing)
        : [part],
    );
    const isAligned = cut.every(row => widths(row) === widths(cut[0] as readonly Node[]));
    grid = isAligned ? cut : parts.map(part => [part]);
  }
  return {
    needs: grid.flat(),
    build: pieces => {
      let next = 0;
      const rows = grid.map(row => row.map(() => signed(pieces[next++] as Piece)).join(" & "));
      return atom(`\\begin{bmatrix} ${rows.join(" \\\\ ")} \\end{bmatrix}`, { ...inherit(pieces), tall: true });
    },
  };
};

/** A block with zeros on the sides on which it does not reach the edge. */
export const padded = (node: CallNode, direction: "rows" | "columns"): Layout => {
  const [block, first, count] = node.args as [Node, Node, Node];
  const begin = integerValue(first);
  const end = integerValue(count);
  const extent = rowsAndColumns(block.shape)[direction === "rows" ? 0 : 1];
  const isFirst = begin !== undefined && constantValue(begin) === 1;
  const isLast = begin !== undefined && end !== undefined && constantValue(minus(end, plus(begin, extent, -1))) === 0;
  return {
    needs: [block],
    build: ([piece]) => {
      const parts = [...(isFirst ? [] : ["0"]), signed(piece as Piece), ...(isLast ? [] : ["0"])];
      const body = parts.join(direction === "rows" ? " \\\\ " : " & ");
      return atom(`\\begin{bmatrix} ${body} \\end{bmatrix}`, { ...inherit([piece as Piece]), tall: true });
    },
  };
};

/** The first argument with a subscript made of the others. */
export const part = (
  node: CallNode,
  subscript: string,
  isIndex: boolean,
  { context }: Pick<Printing, "context">,
): Layout => ({
  needs: node.args,
  build: ([base, ...others]) => {
    const of = node.args[0] as Node;
    const label = of.kind === "at" ? of.of : of;
    const isLabel = label.kind === "symbol" && context.symbols?.get(label.name)?.distribution === "label";
    const place = isLabel ? /^e_\{(.*)\}$/u.exec((base as Piece).text)?.[1] : undefined;
    if (place !== undefined && others.length === 1) {
      const sign = context.habits?.indicator ?? "\\mathbf{1}_{#1=#2}";
      return atom(sign.replace("#1", () => signed(others[0] as Piece)).replace("#2", () => place));
    }
    const written = others.map(signed);
    // A_{ij}, but A_{i,j+1} and A_{1,2}.
    const joined = isIndex && !(base as Piece).subscripts && written.every(index => /^[A-Za-z]$/u.test(index));
    const text = (joined ? subscript.replace(/,/gu, "") : subscript).replace(
      /#(\d)/gu,
      (_, slot: string) => written[Number(slot) - 2] as string,
    );
    return subscripted(base as Piece, text, isIndex);
  },
});
