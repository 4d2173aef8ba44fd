/**
 * Proofs of equations that are known to hold: gradients and names put in by what the derivation and the forward equations
 * say they are, and both sides brought to one form by the laws.
 */
import type { ClosedForm, Derivation, Gradient, Piece } from "../derive/gradient.ts";
import type { StatedEquation } from "../exact/witness.ts";
import { type Domain, implies, substituteDomain } from "../expr/domain.ts";
import { type AtNode, type Node, type PartialNode, type SymbolNode, substituteIndices } from "../expr/node.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import { familyOf, indexOf, type System } from "../expr/system.ts";
import { contains, postorder, replaceNodes } from "../expr/walk.ts";
import { joinOperands } from "../rewrite/spine.ts";
import { canonical } from "../rules/canonical.ts";

/** Terms that are larger are left to the exact check, which has judged them already. */
const LARGEST = 150;
/** How often something is put in. */
const MOST_ROUNDS = 8;

interface Stated {
  readonly left: SymbolNode | AtNode;
  readonly right: Node;
  /** The index names of the family; a domain speaks of them even where the member is a fixed one. */
  readonly indices: readonly string[];
  readonly over: Domain;
}

/** What the statements say of a member that lies in their domains. */
const saidOf = (statements: readonly Stated[], member: SymbolNode | AtNode, where: Domain): readonly Node[] =>
  statements.flatMap(({ left, right, indices, over }) => {
    if (familyOf(left) !== familyOf(member)) return [];
    const values = new Map(indices.map((name, i) => [name, indexOf(member)[i] as Polynomial]));
    const isWithin = substituteDomain(over, values).where.every(condition => implies(where, condition));
    return isWithin ? [substituteIndices(right, values)] : [];
  });

/** The chain rule as it is written before it is worked out, path by path. */
const chainOf = ({ contributions }: Piece): readonly Node[] => {
  const chains = contributions.flatMap(({ chain }) => chain ?? []);
  return chains.length === contributions.length && chains.length > 0 ? [joinOperands("add", chains)] : [];
};

export class Prover {
  readonly #system: System;
  readonly #gradients: readonly Stated[];
  readonly #equations: readonly Stated[];
  readonly #chains: readonly Stated[];
  readonly #derivation: Derivation;
  readonly #closed: (gradient: Gradient) => readonly ClosedForm[];

  /** `closed`: the closed forms of a gradient, which take longer. */
  constructor(derivation: Derivation, closed: (gradient: Gradient) => readonly ClosedForm[]) {
    this.#derivation = derivation;
    this.#closed = closed;
    this.#system = derivation.system;
    const pieces = derivation.gradients.flatMap(gradient =>
      gradient.validFrom.size > 0 ? [] : gradient.pieces.map(piece => ({ piece, indices: gradient.indices })),
    );
    const stated = ({ piece: { wrt, over }, indices }: (typeof pieces)[number], right: Node): Stated => ({
      left: wrt,
      right,
      indices,
      over,
    });
    this.#gradients = pieces.map(each => stated(each, each.piece.value));
    this.#chains = pieces.flatMap(each => chainOf(each.piece).map(right => stated(each, right)));
    this.#equations = [...derivation.system.equations, ...derivation.abbreviations];
  }

  /** Whether both sides have one form; false says nothing. */
  proves({ left, right, over }: StatedEquation): boolean {
    const form = canonical(right);
    const isForm = (value: Node): boolean => canonical(value) === form;
    const gradient = this.#isGradient(left) ? left : undefined;
    if (gradient && saidOf(this.#chains, gradient.wrt, over).some(isForm)) return true;
    if (this.#meet([left, right], over)) return true;
    if (!gradient || !contains(right, ({ kind }) => kind === "over")) return false;
    return saidOf(this.#closedFor(gradient.wrt), gradient.wrt, over).some(isForm);
  }

  #closedFor(member: SymbolNode | AtNode): readonly Stated[] {
    const gradient = this.#derivation.gradients.find(({ wrt }) => familyOf(wrt) === familyOf(member));
    if (!gradient) return [];
    const { wrt, indices } = gradient;
    return this.#closed(gradient).flatMap(({ assumes, value, over }) =>
      assumes ? [] : [{ left: wrt, right: value, indices, over }],
    );
  }

  /** Whether both sides come to one form when what they read is put in. */
  #meet(both: readonly [Node, Node], over: Domain): boolean {
    let sides: readonly Node[] = both;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      if (sides.some(side => postorder(side).length > LARGEST)) return false;
      const [a, b] = sides.map(side => canonical(side)) as [Node, Node];
      if (a === b) return true;
      const next = this.#putIn([a, b], over);
      if (!next) return false;
      sides = next;
    }
    return false;
  }

  #isGradient(node: Node): node is PartialNode {
    return node.kind === "partial" && node.reading === "total" && node.of === this.#system.objective;
  }

  /** Both sides with what the other does not read replaced: gradients first, then names. */
  #putIn(sides: readonly [Node, Node], where: Domain): readonly Node[] | undefined {
    const parts = sides.map(side => new Set(postorder(side)));
    for (const meaning of [this.#gradientOf, this.#valueOf]) {
      const next = sides.map((side, i) => {
        const other = parts[1 - i] as ReadonlySet<Node>;
        const by = new Map<Node, Node>();
        for (const part of parts[i] as ReadonlySet<Node>) {
          const value = other.has(part) ? undefined : meaning.call(this, part, where);
          if (value) by.set(part, value);
        }
        return replaceNodes(side, by);
      });
      if (next.some((side, i) => side !== sides[i])) return next;
    }
    return undefined;
  }

  #gradientOf(node: Node, where: Domain): Node | undefined {
    return this.#isGradient(node) ? saidOf(this.#gradients, node.wrt, where)[0] : undefined;
  }

  #valueOf(node: Node, where: Domain): Node | undefined {
    return node.kind === "symbol" || node.kind === "at" ? saidOf(this.#equations, node, where)[0] : undefined;
  }
}
