/** Where statements are appended while a term is written: one frame for each loop around the place of writing. */
import { DiagnosticError, InternalError } from "../base/diagnostic.ts";
import type { Domain } from "../expr/domain.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { boundsFor, conditionsOf } from "./affine.ts";
import type { Buffer, Local, Statement } from "./program.ts";

export type Stored =
  | { readonly kind: "buffer"; readonly buffer: Buffer }
  | { readonly kind: "local"; readonly local: Local };

interface Frame {
  /** The index of the loop whose body this is; absent outermost. */
  readonly index?: string;
  readonly statements: Statement[];
  /** What this frame has computed, for as long as it lasts. */
  readonly stored: Map<Tensor, Stored>;
}

export class Frames {
  #open: readonly Frame[] = [{ statements: [], stored: new Map() }];

  get #innermost(): Frame {
    const frame = this.#open.at(-1);
    if (!frame) throw new InternalError("nothing is being written");
    return frame;
  }

  get statements(): readonly Statement[] {
    return this.#innermost.statements;
  }

  push(...statements: readonly Statement[]): void {
    for (const statement of statements) this.#innermost.statements.push(statement);
  }

  remember(tensor: Tensor, stored: Stored): Stored {
    this.#innermost.stored.set(tensor, stored);
    return stored;
  }

  lookUp(tensor: Tensor): Stored | undefined {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const found = this.#open[i]?.stored.get(tensor);
      if (found) return found;
    }
    return undefined;
  }

  /** Runs in the outermost frame that a tensor allows, so that a loop does not compute again what it does not change. */
  outermostFor<T>(tensor: Tensor, run: () => T): T {
    const frames = this.#open;
    let depth = frames.length - 1;
    while (depth > 0 && !tensor.names.has(frames[depth]?.index ?? "")) depth--;
    this.#open = frames.slice(0, depth + 1);
    const result = run();
    this.#open = frames;
    return result;
  }

  /** A loop over the index of a sum or product, with the body that `run` writes. */
  loop({ index, domain }: { readonly index: string; readonly domain: Domain }, run: () => void): void {
    const frames = this.#open;
    const frame: Frame = { index, statements: [], stored: new Map() };
    this.#open = [...frames, frame];
    run();
    this.#open = frames;
    const { from, to, rest } = boundsFor(conditionsOf(domain), index);
    if (from.length === 0 || to.length === 0) {
      throw new DiagnosticError({
        code: "G002",
        severity: "error",
        message: "the index of a sum or product has no bounds that a loop can run between",
        spans: [],
      });
    }
    const inner = rest.filter(c => c.monomials.some(m => m.names.includes(index)));
    const outer = rest.filter(c => !inner.includes(c));
    const body: readonly Statement[] =
      inner.length > 0 ? [{ kind: "if", conditions: inner, body: frame.statements }] : frame.statements;
    const loop: Statement = { kind: "for", index, from: [from], to: [to], direction: "up", body };
    this.push(outer.length > 0 ? { kind: "if", conditions: outer, body: [loop] } : loop);
  }
}
