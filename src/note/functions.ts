/** Functions of a note: abstract (φ, ℓ, f), named (φ is tanh), or given by a formula. */
import type { Span } from "../base/source.ts";
import { namesIn, soleName } from "../expr/polynomial.ts";
import type { Syntax } from "../parse/syntax.ts";
import { integerOf } from "./integers.ts";
import { applicationsIn } from "./occurrences.ts";
import { latexOf, symbolLatex } from "./scriptlatex.ts";
import { baseIdentifier, baseOf, identifierOf, takeApart } from "./scripts.ts";
import { textOf } from "./tree.ts";

export interface NoteFunction {
  readonly key: string;
  readonly identifier: string;
  readonly latex: string;
  /** How it is written with an index that does not tell it apart, and that it has everywhere: g^{[\u0001]}. */
  member: { readonly index: string; readonly latex: string } | undefined;
  readonly span: Span;
  /** "elementwise": the note says so. */
  declared?: "elementwise" | "general";
  declaredAt?: Span;
  /** The op that it is, by one of the spellings that ops list. */
  spelling?: string;
  /** Ops, one of which the words say that it is. */
  losses?: readonly string[];
  /** A formula that is put in place of each application. */
  inline?: { readonly parameters: readonly string[]; readonly body: Syntax };
  /** A formula in one real variable: the function acts entry by entry. */
  formula?: { readonly parameter: string; readonly body: Syntax; readonly span: Span };
  /** The draft of the formula. */
  body?: number | undefined;
  arity: number | undefined;
  readonly applications: number[];
}

/** Behind the key of a function that only its index tells from a value. */
const MEMBER = " of";

/** The letter by which a function is called, with its fonts and accents. */
export const calledBy = ({ key }: Pick<NoteFunction, "key">): string =>
  key.endsWith(MEMBER) ? key.slice(0, -MEMBER.length) : key;

interface Head {
  readonly key: string;
  /** Without what stands in brackets, the number of a layer. */
  readonly bare: string;
  /** Without whole numbers: E of E_3. */
  readonly unnumbered: string;
  readonly identifier: string;
  readonly primes: number;
  readonly latex: string;
  readonly member: NoteFunction["member"];
}

export class FunctionTable {
  readonly #byKey = new Map<string, NoteFunction>();
  readonly #letters: ReadonlySet<string>;

  /**
   * `letters`: the indices of the system; a layer's index does not tell functions apart, other scripts do. `values`: names
   * that have a value without an index, from which such an index tells a function: L_t of L = Σ_t L_t(h_t).
   */
  constructor(
    letters: ReadonlySet<string>,
    readonly values: ReadonlySet<string> = new Set(),
  ) {
    this.#letters = letters;
  }

  /** Whether an index alone tells a function from a value: L_t from L. */
  isApart(name: Syntax): boolean {
    const head = this.#headOf(name);
    return head?.member !== undefined && head.key.endsWith(MEMBER);
  }

  get all(): readonly NoteFunction[] {
    return [...this.#byKey.values()];
  }

  /** φ, φ', σ_g, g^{[l]}. */
  #headOf(name: Syntax): Head | undefined {
    const { core, accents, elements } = takeApart(name);
    const base = baseOf(core, accents);
    if (base === undefined || core.kind !== "symbol") return undefined;
    let primes = 0;
    const parts: string[] = [];
    const [unbracketed, unnumbered]: [string[], string[]] = [[], []];
    let scripts = "";
    const members: { readonly index: string; readonly script: string }[] = [];
    for (const element of elements) {
      if (element.kind === "prime") primes += element.count;
      if (element.kind !== "item") continue;
      const value = integerOf(element.body);
      if (value && namesIn(value).some(letter => this.#letters.has(letter))) {
        const index = soleName(value) ?? "";
        const close = { "": "", "(": ")", "[": "]" }[element.wrap];
        members.push({ index, script: `${element.position === "sub" ? "_" : "^"}{${element.wrap}\u0001${close}}` });
        continue;
      }
      parts.push(textOf(element.body));
      if (element.wrap === "") unbracketed.push(textOf(element.body));
      if (!value) unnumbered.push(textOf(element.body));
      scripts += `${element.position === "sub" ? "_" : "^"}{${latexOf(element.body)}}`;
    }
    const identifier = [baseIdentifier(base), ...parts.map(part => identifierOf(`x${part}`).slice(1))].join("_");
    const latex = symbolLatex(core, accents) + scripts;
    const [member] = members;
    const isMember = member && members.length === 1 && member.index !== "" && scripts === "";
    const apart = member && this.values.has(base) ? MEMBER : "";
    return {
      key: [base, ...parts].join("_") + apart,
      bare: [base, ...unbracketed].join("_"),
      unnumbered: [base, ...unnumbered].join("_"),
      identifier: apart && member ? `${identifier}_${member.index}` : identifier,
      primes,
      latex,
      member: isMember ? { index: member.index, latex: latex + member.script } : undefined,
    };
  }

  /** Notes that a letter is a function. */
  add(name: Syntax): NoteFunction | undefined {
    const head = this.#headOf(name);
    if (!head) return undefined;
    const known = this.#byKey.get(head.key);
    if (known) {
      if (known.member?.latex !== head.member?.latex) known.member = undefined;
      return known;
    }
    const { key, identifier, latex, member } = head;
    const fn: NoteFunction = { key, identifier, latex, member, span: name.span, arity: undefined, applications: [] };
    this.#byKey.set(key, fn);
    return fn;
  }

  isFunction(name: Syntax): boolean {
    return this.findName(name) !== undefined;
  }

  findName(name: Syntax): NoteFunction | undefined {
    return this.#byKey.get(this.keyOf(name) ?? "");
  }

  /** g^{[1]}, where the note has but one g, is this g, and E_3 is E where it has an E_t. */
  keyOf(name: Syntax): string | undefined {
    const head = this.#headOf(name);
    if (!head || this.#byKey.has(head.key)) return head?.key;
    if (this.#byKey.has(head.bare)) return head.bare;
    return [head.unnumbered, head.unnumbered + MEMBER].find(key => this.#byKey.get(key)?.member) ?? head.key;
  }

  find(key: string): NoteFunction | undefined {
    return this.#byKey.get(key);
  }

  of(name: Syntax): NoteFunction {
    return this.findName(name) as NoteFunction;
  }

  primesOf(name: Syntax): number {
    return this.#headOf(name)?.primes ?? 0;
  }
}

/** Whether the formula of one function applies another, at once or through others. */
export const reaches = (functions: FunctionTable, from: NoteFunction, to: NoteFunction): boolean => {
  const seen = new Set<NoteFunction>();
  const stack = [from];
  while (stack.length > 0) {
    const { formula, inline } = stack.pop() as NoteFunction;
    const body = formula?.body ?? inline?.body;
    for (const { name } of body ? applicationsIn(body) : []) {
      const next = functions.findName(name);
      if (!next) continue;
      if (next === to) return true;
      if (!seen.has(next)) {
        seen.add(next);
        stack.push(next);
      }
    }
  }
  return false;
};
