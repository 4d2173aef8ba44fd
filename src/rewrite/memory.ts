/** What is made of a term under given suppositions, made once: it is kept with the term's scope and dropped with it. */
import type { Node, Scope } from "../expr/node.ts";
import type { Suppositions } from "./law.ts";

/** Stands for having nothing to suppose: one object, so that its terms are found again. */
export const NOTHING_SUPPOSED: Suppositions = {};

export class Memory<T> {
  readonly #scopes = new WeakMap<Scope, WeakMap<Suppositions, Map<Node, T>>>();

  /** The value for a term; it must follow from the term and from the suppositions alone. */
  of(node: Node, suppositions: Suppositions, make: () => T): T {
    let byTerm = this.#scopes.get(node.scope)?.get(suppositions);
    if (!byTerm) {
      const bySuppositions = this.#scopes.get(node.scope) ?? new WeakMap<Suppositions, Map<Node, T>>();
      this.#scopes.set(node.scope, bySuppositions);
      byTerm = new Map();
      bySuppositions.set(suppositions, byTerm);
    }
    const known = byTerm.get(node);
    if (known !== undefined) return known;
    const made = make();
    byTerm.set(node, made);
    return made;
  }
}
