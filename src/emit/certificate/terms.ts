/** Terms as the plain data of a certificate: definitions put in, until sums of products and functions of numbers are left. */
import type { AtNode, CallNode, Node, Shape, SymbolNode } from "../../expr/node.ts";
import { rowsAndColumns } from "../../expr/node.ts";
import { ONE, type Polynomial } from "../../expr/polynomial.ts";
import { familyOf, indexOf } from "../../expr/system.ts";
import { axisOf } from "../../ops/along.ts";
import { opOf } from "../../ops/call.ts";
import type { Op } from "../../ops/op.ts";
import type { Extent, Place, Poly, Term } from "../../replay/certificate.ts";
import { readSignature } from "../../shape/signature.ts";
import { expandDefinition } from "../../term/faces.ts";

/** A term that has no such form. */
export class NotPlain extends Error {}

export const polyOf = ({ monomials }: Polynomial): Poly =>
  monomials.map(({ coefficient, names }) => [coefficient, ...names] as const);

export const extentOf = (shape: Shape): Extent => {
  const [rows, columns] = shape.length <= 2 ? rowsAndColumns(shape) : [ONE, ONE];
  return [polyOf(rows), polyOf(columns)];
};

const placeOf = (node: SymbolNode | AtNode): Place => [familyOf(node).name, indexOf(node).map(polyOf)];

/** Which arguments are integers, by the op's signature. */
const isInteger = ({ shape }: Op, i: number): boolean =>
  typeof shape === "string" && readSignature(shape).args[i]?.kind === "integer";

const integerOf = (node: Node | undefined): Polynomial => {
  if (node?.kind === "integer") return node.value;
  if (node?.kind === "number" && node.value.denominator === 1n)
    return {
      key: String(node.value.numerator),
      monomials: node.value.numerator === 0n ? [] : [{ coefficient: Number(node.value.numerator), names: [] }],
    };
  throw new NotPlain("an integer argument");
};

/** What a node is evaluated from: what stands for it, or its own parts. */
const partsOf = (node: Node): { readonly instead: Node } | { readonly parts: readonly Node[] } => {
  if (node.kind === "over") return { parts: [node.body] };
  if (node.kind !== "call") return { parts: [] };
  const op = opOf(node.op);
  const instead = expandDefinition(op, node.args, node.attributes);
  if (instead) return { instead };
  const parts = node.args.filter((_, i) => !isInteger(op, i));
  return { parts: "abstract" in op.means && op.means.abstract === "chain" ? parts.slice(0, 1) : parts };
};

export class TermList {
  readonly terms: Term[] = [];
  readonly #done = new Map<Node, number>();

  /** The place of a term in the list; what it is made of comes before it. */
  add(root: Node): number {
    const stack: Node[] = [root];
    for (let node = stack.at(-1); node; node = stack.at(-1)) {
      if (this.#done.has(node)) {
        stack.pop();
        continue;
      }
      const needs = partsOf(node);
      const below = "instead" in needs ? [needs.instead] : needs.parts;
      const waiting = below.filter(each => !this.#done.has(each));
      if (waiting.length > 0) {
        stack.push(...waiting);
        continue;
      }
      stack.pop();
      const args = below.map(each => this.#done.get(each) as number);
      this.#done.set(node, "instead" in needs ? (args[0] as number) : this.terms.push(this.#termOf(node, args)) - 1);
    }
    return this.#done.get(root) as number;
  }

  #termOf(node: Node, args: readonly number[]): Term {
    switch (node.kind) {
      case "number": {
        const { numerator, denominator } = node.value;
        return { is: "number", numerator: String(numerator), denominator: String(denominator) };
      }
      case "integer":
        return { is: "integer", value: polyOf(node.value) };
      case "symbol":
      case "at":
        return { is: "read", at: placeOf(node) };
      case "partial":
        return { is: "partial", of: placeOf(node.of), by: placeOf(node.wrt), reading: node.reading };
      case "over":
        return {
          is: "over",
          fold: node.fold,
          index: node.index,
          where: node.domain.where.map(polyOf),
          body: args[0] as number,
          extent: extentOf(node.shape),
        };
      case "call":
        return this.#callOf(node, args);
    }
  }

  #callOf(node: CallNode, args: readonly number[]): Term {
    const op = opOf(node.op);
    const { means } = op;
    const axis = axisOf(node.attributes);
    // Entrywise ops act on stacked arrays as on any other.
    if (axis !== undefined && !("each" in means)) throw new NotPlain(`${node.op} along ${axis}`);
    const extent = extentOf(node.shape);
    const integers = node.args.filter((_, i) => isInteger(op, i)).map(integerOf);
    if ("einsum" in means) return { is: "einsum", letters: means.einsum, args, extent };
    if ("kernel" in means) return { is: "kernel", name: means.kernel, arg: args[0] as number };
    if ("window" in means) {
      const [row, column] = integers as [Polynomial, Polynomial];
      return { is: "window", arg: args[0] as number, row: polyOf(row), column: polyOf(column), extent };
    }
    const own = String(node.attributes.function);
    if ("each" in means) {
      const { each: name } = means;
      if (name === "function") return { is: "each", name, args, function: own, order: Number(node.attributes.order) };
      return { is: "each", name, args, ...(integers[0] ? { exponent: polyOf(integers[0]) } : {}) };
    }
    if ("define" in means) throw new NotPlain(node.op);
    if (means.abstract === "chain") {
      const [, jacobian] = node.args;
      if (jacobian?.kind !== "partial") throw new NotPlain("a chain without a derivative");
      const total = jacobian.reading === "total" ? { total: true as const } : {};
      return { is: "chain", arg: args[0] as number, of: placeOf(jacobian.of), by: placeOf(jacobian.wrt), ...total };
    }
    const slot = Number(node.attributes.slot ?? 0);
    return { is: "general", face: means.abstract, function: own, slot, args, extent };
  }
}
