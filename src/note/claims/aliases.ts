/** Names that a note gives to gradients: δ_t for ∂L/∂z_t, dW for ∂L/∂W. */
import { type Node, substituteIndices } from "../../expr/node.ts";
import type { Polynomial } from "../../expr/polynomial.ts";
import type { Family } from "../names.ts";

export interface Alias {
  /** What the member at these indices stands for. */
  readonly at: (index: readonly Polynomial[]) => Node;
}

/** What da_t is called by, where nothing is called a_t. */
export const gradientOf = (family: Family): Family => ({ ...family, key: `gradient by ${family.key}` });

export class Aliases {
  readonly #byKey = new Map<string, Alias>();
  #revision = 0;

  /** Another number once a name was added. */
  get revision(): number {
    return this.#revision;
  }

  /** `letters`: the free indices of `meaning`, in the order of the name's own. */
  add(family: Family, letters: readonly string[], meaning: Node): void {
    this.#revision++;
    this.#byKey.set(family.key, {
      at: index => substituteIndices(meaning, new Map(letters.map((letter, i) => [letter, index[i] as Polynomial]))),
    });
  }

  find(family: Family): Alias | undefined {
    return this.#byKey.get(family.key);
  }
}
