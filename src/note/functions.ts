/** Functions of a note: abstract (φ, ℓ, f), named (φ is tanh), or given by a formula. */
import type { Span } from "../base/source.ts";
import type { Syntax } from "../parse/syntax.ts";
import { symbolLatex } from "./names.ts";
import { baseIdentifier, baseOf, takeApart } from "./scripts.ts";

export interface NoteFunction {
  readonly key: string;
  readonly identifier: string;
  readonly latex: string;
  readonly span: Span;
  /** "elementwise": the note says so. */
  declared?: "elementwise" | "general";
  declaredAt?: Span;
  /** The op that it is, by one of the spellings that ops list. */
  spelling?: string;
  /** A formula that is put in place of each application. */
  inline?: { readonly parameters: readonly string[]; readonly body: Syntax };
  /** A formula in one real variable: the function acts entry by entry. */
  formula?: { readonly parameter: string; readonly body: Syntax; readonly span: Span };
  /** The draft of the formula. */
  body?: number | undefined;
  arity: number | undefined;
  readonly applications: number[];
}

/** The letter of a function name with its primes: φ, φ'. Scripts such as a layer do not tell functions apart. */
const headOf = (name: Syntax): { base: string; primes: number; latex: string } | undefined => {
  const { core, accents, elements } = takeApart(name);
  const base = baseOf(core, accents);
  if (base === undefined || core.kind !== "symbol") return undefined;
  const primes = elements.reduce((count, element) => count + (element.kind === "prime" ? element.count : 0), 0);
  return { base, primes, latex: symbolLatex(core, accents) };
};

export class FunctionTable {
  readonly #byBase = new Map<string, NoteFunction>();

  get all(): readonly NoteFunction[] {
    return [...this.#byBase.values()];
  }

  /** Notes that a letter is a function. */
  add(name: Syntax): NoteFunction | undefined {
    const head = headOf(name);
    if (!head) return undefined;
    const known = this.#byBase.get(head.base);
    if (known) return known;
    const fn: NoteFunction = {
      key: head.base,
      identifier: baseIdentifier(head.base),
      latex: head.latex,
      span: name.span,
      arity: undefined,
      applications: [],
    };
    this.#byBase.set(head.base, fn);
    return fn;
  }

  isFunction(name: Syntax): boolean {
    const head = headOf(name);
    return head !== undefined && this.#byBase.has(head.base);
  }

  find(base: string): NoteFunction | undefined {
    return this.#byBase.get(base);
  }

  of(name: Syntax): NoteFunction {
    return this.#byBase.get(headOf(name)?.base ?? "") as NoteFunction;
  }

  primesOf(name: Syntax): number {
    return headOf(name)?.primes ?? 0;
  }
}
