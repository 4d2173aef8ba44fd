/** Sizes that only the slices of claims name, W[:, in:]: what they are follows from the shapes around, or they are refused. */
import type { Span } from "../../base/source.ts";
import type { SizeStore, SizeTerm } from "../sizes.ts";
import { problem } from "../surroundings.ts";

export class OpenSizes {
  readonly #terms = new Map<string, { readonly term: SizeTerm; readonly span: Span }>();

  constructor(readonly sizes: SizeStore) {}

  named(name: string, span: Span): SizeTerm {
    const known = this.#terms.get(name);
    if (known) return known.term;
    const term = this.sizes.fresh();
    this.#terms.set(name, { term, span });
    return term;
  }

  /** Fails with I001 where the shapes leave one open. */
  check(): void {
    for (const [name, { term, span }] of this.#terms)
      if (!this.sizes.known(term))
        problem(
          "I001",
          `nothing says what ${name} is`,
          span,
          "a slice that ends where?",
          "Declare it, or write the size.",
        );
  }
}
