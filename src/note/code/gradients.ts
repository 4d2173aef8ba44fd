/** Names that code gives to gradients: dW, d_scores, grad_W, W_grad, dL_dW, each by a name of the forward pass. */
import { normal } from "./names.ts";

const LOSS = "(?:L|J|E|C|loss|Loss|cost|Cost)";

/** What stands for the variable in each way of writing. */
const FORMS: readonly RegExp[] = [
  new RegExp(`^d_?${LOSS}_?d_?(.+)$`, "u"),
  /^d_?(.+)$/u,
  /^(?:grad|g|delta)_(.+)$/u,
  /^grad(?:ient)?_?([A-Z].*)$/u,
  /^(.+)_(?:grad|gradient)$/u,
];

/** Shorter beginnings of names could be those of anything. */
const SHORTEST = 3;

export class GradientNames {
  readonly #known: ReadonlyMap<string, string>;
  readonly #found = new Map<string, string | undefined>();

  /** The names of which some may be differentiated. */
  constructor(known: Iterable<string>) {
    this.#known = new Map([...known].map(name => [normal(name), name]));
  }

  /** The name by which something is the gradient. */
  variableOf(identifier: string): string | undefined {
    if (!this.#found.has(identifier)) this.#found.set(identifier, this.#find(identifier));
    return this.#found.get(identifier);
  }

  #find(identifier: string): string | undefined {
    const rests = FORMS.flatMap(form => form.exec(identifier)?.[1] ?? []);
    for (const rest of rests) {
      const found = this.#known.get(normal(rest));
      if (found !== undefined && found !== identifier) return found;
    }
    // dhidden for hidden_layer, dscore for scores: where only one name is meant.
    for (const rest of rests) {
      if (rest.length < SHORTEST) continue;
      const alike = [...this.#known.values()].filter(
        name => name !== identifier && (name.startsWith(`${rest}_`) || name === `${rest}s`),
      );
      if (alike.length === 1) return alike[0];
    }
    return undefined;
  }
}
