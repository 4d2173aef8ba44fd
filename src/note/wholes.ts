/**
 * Which scripts of a name are entries of an array rather than indices of a family: x_i beside a whole x, W_{ij} of a
 * declared W, z_{t,i} where z_t is defined. What is declared with all its scripts is a family, and so is what is defined
 * with them, unless the whole is read too: p_k = … beside a p that nothing else defines.
 */
import type { Polynomial } from "../expr/polynomial.ts";

/** The scripts of one writing of a name that vary, by their places. */
export interface Arrangement {
  readonly slots: readonly string[];
  readonly place: "left" | "declared" | "read" | "chosen";
  /** Sizes other than 1 that a declaration gives. */
  readonly sizes?: readonly Polynomial[];
}

const keyOf = (slots: readonly string[]): string => [...slots].sort().join(" ");

const isBelow = (slot: string | undefined): boolean => slot?.startsWith("sub") === true;

/** An array has two axes at most. */
const MOST_AXES = 2;

export class Wholes {
  readonly #left = new Map<string, Set<string>>();
  readonly #read = new Map<string, Set<string>>();
  /** Arrays of which a label chooses an entry. */
  readonly #chosen = new Map<string, Set<string>>();
  /** Names that are arrays defined entry by entry, where nothing tells but that the whole is read. */
  readonly guessed = new Set<string>();
  readonly #declared = new Map<string, Map<string, readonly Polynomial[]>>();

  /**
   * `highs`: where the letter of an index is known to end; `byEntries`: whether what a formula defines for each index may
   * be the entries of one array.
   */
  constructor(
    readonly highs: ReadonlyMap<string, readonly Polynomial[]>,
    readonly byEntries: boolean,
  ) {}

  add(base: string, { slots, place, sizes }: Arrangement): void {
    const key = keyOf(slots);
    if (place === "declared") {
      const known = this.#declared.get(base) ?? new Map<string, readonly Polynomial[]>();
      this.#declared.set(base, known.set(key, sizes ?? []));
      return;
    }
    const map = place === "left" ? this.#left : place === "chosen" ? this.#chosen : this.#read;
    map.set(base, (map.get(base) ?? new Set<string>()).add(key));
  }

  /** Whether the array of these scripts is written as a whole, or has an entry that a label chooses: f_{y} beside f_j. */
  isWhole(base: string, slots: readonly string[]): boolean {
    const key = keyOf(slots);
    return (
      [this.#left, this.#declared].some(map => map.get(base)?.has(key)) ||
      ([this.#read, this.#chosen].some(map => map.get(base)?.has(key)) && !this.#isPartOfMore(base, slots))
    );
  }

  /** P_i beside P = …: a part of what is defined, and no array of its own. */
  #isPartOfMore(base: string, slots: readonly string[]): boolean {
    return slots.some((_, count) => {
      const whole = keyOf(slots.slice(0, count));
      return this.#left.get(base)?.has(whole) || this.#declared.get(base)?.has(whole);
    });
  }

  /** How many of the last subscripts are entries; `letters` are those of each script, where it has one. */
  entriesOf(base: string, slots: readonly string[], letters: readonly (string | undefined)[]): number {
    const key = keyOf(slots);
    if (this.#left.get(base)?.has(key)) return this.#defined(base, slots);
    if (this.#declared.get(base)?.has(key)) return 0;
    for (let count = 1; count <= MOST_AXES && isBelow(slots.at(-count)); count++) {
      const whole = slots.slice(0, slots.length - count);
      const sizes = this.#declared.get(base)?.get(keyOf(whole));
      if (sizes !== undefined ? this.#fits(sizes, letters.slice(-count)) : this.isWhole(base, whole)) return count;
    }
    return 0;
  }

  /** How many of the last subscripts count the entries of an array that is defined entry by entry and read as a whole. */
  #defined(base: string, slots: readonly string[]): number {
    if (!this.byEntries || this.#declared.get(base)?.has(keyOf(slots))) return 0;
    for (let count = 1; count <= MOST_AXES && isBelow(slots.at(-count)); count++) {
      const whole = keyOf(slots.slice(0, slots.length - count));
      if (this.#left.get(base)?.has(whole)) return 0;
      if (this.#chosen.get(base)?.has(whole) || this.#declared.get(base)?.has(whole)) return count;
      if (!this.#read.get(base)?.has(whole)) continue;
      this.guessed.add(base);
      return count;
    }
    return 0;
  }

  /** Whether as many axes are declared as there are letters, and no letter is known to end elsewhere. */
  #fits(sizes: readonly Polynomial[], letters: readonly (string | undefined)[]): boolean {
    if (sizes.length !== letters.length) return false;
    return letters.every((letter, i) => {
      const ends = letter === undefined ? [] : (this.highs.get(letter) ?? []);
      return ends.length === 0 || ends.some(end => end.key === sizes[i]?.key);
    });
  }
}
