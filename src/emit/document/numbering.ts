/** The numbers of a document's equations. */
import type { Equation } from "../../expr/system.ts";

export class Numbering {
  #last = 0;
  readonly #equations = new Map<Equation, string>();

  next(): string {
    this.#last++;
    return String(this.#last);
  }

  /** Gives an equation its number. */
  enter(equation: Equation): string {
    const tag = this.next();
    this.#equations.set(equation, tag);
    return tag;
  }

  /** Numbers of equations, in rising order, without repetition. */
  of(equations: readonly Equation[]): readonly string[] {
    const tags = equations.flatMap(equation => this.#equations.get(equation) ?? []);
    return [...new Set(tags)].sort((a, b) => Number(a) - Number(b));
  }
}
