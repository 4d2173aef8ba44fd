/** Values that a machine has computed, by term: the same sums and products stand in many terms. */
import type { Node } from "../expr/node.ts";
import type { Grid } from "./grid.ts";
import type { Memory } from "./plan.ts";

/** Values of terms by the values of their free names. */
export class Memories<E> {
  readonly #values = new Map<Node, Map<number | string, Grid<E>>>();

  #key({ places }: Memory, environment: readonly number[]): number | string {
    if (places.length === 0) return 0;
    if (places.length === 1) return environment[places[0] as number] as number;
    return places.map(place => environment[place]).join();
  }

  find(memory: Memory, environment: readonly number[]): Grid<E> | undefined {
    return this.#values.get(memory.node)?.get(this.#key(memory, environment));
  }

  keep(memory: Memory, environment: readonly number[], value: Grid<E>): void {
    let values = this.#values.get(memory.node);
    if (!values) {
      values = new Map();
      this.#values.set(memory.node, values);
    }
    values.set(this.#key(memory, environment), value);
  }
}
