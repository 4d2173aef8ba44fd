/** Refutes right sides of one equation at one sample, one after another: what they share is evaluated once. */
import type { Node } from "../expr/node.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { planner } from "./compile.ts";
import { equalGrids, type Grid } from "./grid.ts";
import { environmentOf, type Functions, type Plan } from "./plan.ts";
import type { Routine } from "./program.ts";
import { pointsOf } from "./region.ts";
import type { SystemWorld } from "./world.ts";

/** A point of the sample: the value of the left side, and whatever right sides were found to need so far. */
interface Point<E> {
  readonly size: (name: string) => number | undefined;
  readonly left: Grid<E>;
  readonly registers: (Grid<E> | undefined)[];
}

export class Sieve<E> {
  readonly #arithmetic: Arithmetic<E>;
  readonly #world: SystemWorld<E>;
  readonly #points: readonly Point<E>[];
  readonly #compile: (right: Node) => Plan;

  /** Throws `NoValue` where the left side has none. */
  constructor(arithmetic: Arithmetic<E>, world: SystemWorld<E>, left: Routine, functions: Functions) {
    this.#arithmetic = arithmetic;
    this.#world = world;
    this.#compile = planner(functions);
    const { region } = left;
    this.#points = pointsOf(world.polytope(region)).map(index => ({
      size: name => {
        const position = region.indices.indexOf(name);
        return position >= 0 ? index[position] : world.size(name);
      },
      left: world.value(left, index),
      registers: [],
    }));
  }

  /**
   * Whether the right side differs from the left, or has no value, at some point. Where it does not, it may still be
   * wrong. Undefined where another draw may have a value: then the world is of no more use.
   */
  refutes(right: Node): boolean | undefined {
    const [first] = this.#points;
    // A name that nothing gives a value here would be asked for in every plan after this one too.
    if (!first || right.free.some(name => first.size(name) === undefined)) return first !== undefined;
    const plan = this.#compile(right);
    try {
      return this.#points.some(({ size, left, registers }) => {
        const value = this.#world.machine.run(plan, environmentOf(plan, size), undefined, registers);
        return !equalGrids(this.#arithmetic, left, value);
      });
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      return error.redraw ? undefined : true;
    }
  }
}
