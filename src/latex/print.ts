/**
 * Prints terms as people write them. Linear in the number of distinct nodes: what is large and shared gets a name.
 * No recursion: a term may be nested as deeply as it likes.
 */
import { InternalError } from "../base/diagnostic.ts";
import { boundsOf } from "../expr/domain.ts";
import type { Node, OverNode } from "../expr/node.ts";
import { isScalar } from "../ops/call.ts";
import { bigOperator } from "./bigoperator.ts";
import { layoutOf } from "./layout.ts";
import { spelledOut } from "./lifted.ts";
import { freeLetters, indexLatex, type LatexContext, letterForNames } from "./names.ts";
import { atom, type Piece, signed } from "./piece.ts";
import type { Layout, Letters, Printing } from "./printing.ts";
import { namedSubterms } from "./sharing.ts";

/** A name that the printer gave to a subterm, with what it stands for. */
export interface Abbreviation {
  readonly name: string;
  readonly latex: string;
}

export interface Printed {
  readonly latex: string;
  /** Names used in it, inner ones first. Empty for terms of ordinary size. */
  readonly where: readonly Abbreviation[];
  /** Whether the text is a sum of several terms, which a factor beside it would have to bracket. */
  readonly isSum: boolean;
  /** The letters of bound indices, in the order in which they were given. */
  readonly letters: readonly string[];
  /** The ordered products of matrices in it: the letter, the smallest index and on which side its factor stands. */
  readonly products: readonly ProductOrder[];
}

export interface ProductOrder {
  readonly letter: string;
  readonly first: string;
  readonly side: "left" | "right";
}

const NO_LETTERS: Letters = { of: new Map(), key: "" };

const isBound = (name: string): boolean => name.startsWith("#");

/**
 * Prints one node; `avoid` are letters that no bound index may take, `prefer` those to take where the note has none of
 * its own for the families that an index runs over.
 */
export const printTerm = (
  given: Node,
  context: LatexContext = {},
  avoid: readonly string[] = [],
  prefer: readonly string[] = [],
): Printed => {
  const root = spelledOut(given);
  const taken = new Set([
    ...avoid,
    ...freeLetters(
      context,
      root.free.filter(name => !isBound(name)),
    ),
  ]);
  const named = namedSubterms(root);
  const numbers = new Map(named.map((node, i) => [node, i + 1]));
  const letter = named.length > 0 ? letterForNames(context) : "";
  const surroundings = new Map<Node, Letters>();
  const nameOf = (node: Node, letters: Letters): string => {
    const bound = node.free.filter(isBound).map(name => letters.of.get(name) ?? name);
    const base = `${letter}_{${numbers.get(node)}}`;
    return bound.length === 0 ? base : `${base}(${bound.join(", ")})`;
  };

  const chosen: string[] = [];
  const products: ProductOrder[] = [];
  const openOver = (node: OverNode, around: Letters): Layout => {
    const layout = bigOperator(node, around, context, taken, prefer);
    const letter = layout.letters?.of.get(node.index) ?? "";
    chosen.push(letter);
    if (node.fold !== "sum" && !isScalar(node.body.shape)) {
      const [first, ...more] = boundsOf(node.domain, node.index).lower;
      const side = node.fold === "product" ? "left" : "right";
      if (first && more.length === 0) products.push({ letter, first: indexLatex(context, first, around.of), side });
    }
    return layout;
  };

  const print = (start: Node, around: Letters): Piece => {
    const done = new Map<string, Piece>();
    const isNamed = (node: Node): boolean => node !== start && numbers.has(node);
    const printing: Printing = {
      context,
      isNamed,
      open: (node, letters) => openOver(node, letters),
    };
    const keyOf = (node: Node, letters: Letters): string =>
      node.height === 0 && !node.free.some(isBound) ? `${node.id}` : `${node.id} ${letters.key}`;
    const stack: { node: Node; letters: Letters; key: string; layout?: Layout }[] = [
      { node: start, letters: around, key: keyOf(start, around) },
    ];
    while (stack.length > 0) {
      const top = stack.at(-1) as (typeof stack)[number];
      if (done.has(top.key)) {
        stack.pop();
        continue;
      }
      if (isNamed(top.node)) {
        if (!surroundings.has(top.node)) surroundings.set(top.node, top.letters);
        done.set(top.key, atom(nameOf(top.node, top.letters)));
        stack.pop();
        continue;
      }
      top.layout ??= layoutOf(top.node, top.letters, printing);
      const inner = top.layout.letters ?? top.letters;
      const keys = top.layout.needs.map(node => keyOf(node, inner));
      const waiting = keys.some(key => !done.has(key));
      if (waiting) {
        for (const [i, key] of keys.entries())
          if (!done.has(key)) stack.push({ node: top.layout.needs[i] as Node, letters: inner, key });
        continue;
      }
      done.set(top.key, top.layout.build(keys.map(key => done.get(key) as Piece)));
      stack.pop();
    }
    return done.get(keyOf(start, around)) as Piece;
  };

  const whole = print(root, NO_LETTERS);
  const where = [...named]
    .reverse()
    .map((node): Abbreviation => {
      const letters = surroundings.get(node);
      if (!letters) throw new InternalError("a named part of a formula is never used");
      return { name: nameOf(node, letters), latex: signed(print(node, letters)) };
    })
    .reverse();
  return { latex: signed(whole), where, isSum: whole.level === "sum", letters: chosen, products };
};

/** A node as LaTeX in one line, with the meaning of names that had to be made behind it. */
export const toLatex = (node: Node, context: LatexContext = {}, avoid: readonly string[] = []): string => {
  const { latex, where } = printTerm(node, context, avoid);
  if (where.length === 0) return latex;
  return `${latex} \\quad \\text{where } ${where.map(({ name, latex: meaning }) => `${name} = ${meaning}`).join(",\\; ")}`;
};
