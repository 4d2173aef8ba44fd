/** A choice among alternatives, each of which says something of sizes. */
import type { SizeStore, SizeTerm } from "./sizes.ts";

export interface Alternative {
  readonly cost: number;
  /** Imposes the alternative on the sizes; false if it contradicts them. */
  readonly impose: (sizes: SizeStore) => boolean;
  /**
   * False when what is known by now excludes the alternative although nothing contradicts it; undefined while more may
   * exclude it: then it is asked again.
   */
  readonly holds?: (sizes: SizeStore) => boolean | undefined;
}

export interface Choice {
  readonly alternatives: readonly Alternative[];
  /** The sizes that the alternatives speak of. */
  readonly touches: readonly SizeTerm[];
  /** About a name: made before the choices about single operations, most of which follow from these. */
  readonly primary?: true;
  /** The choice arises only if that other choice (by index) is made for that alternative. */
  readonly guard?: { readonly choice: number; readonly alternative: number };
}

/** Open choices with the alternatives that are left of each. */
export type Open = Map<number, readonly number[]>;
