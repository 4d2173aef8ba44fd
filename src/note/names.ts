/**
 * Which scripts of a name belong to it and which are indices. A name is its letter with accents and the scripts that
 * never vary (W_{hh}, W^{(1)}, \hat y); what varies with t, l, i … is an index, and the members form one family.
 * Fonts are decoration.
 */
import type { Span } from "../base/source.ts";
import { degree, namesIn, type Polynomial, soleName } from "../expr/polynomial.ts";
import type { Syntax } from "../parse/syntax.ts";
import {
  type Family,
  familyKey,
  familyWith,
  type Item,
  isBare,
  isSlice,
  type Places,
  type SortedScripts,
  wholeKey,
} from "./families.ts";
import { isGreek } from "./greek.ts";
import { integerOf, isStride } from "./integers.ts";
import { markOf } from "./ownmarks.ts";
import { baseOf, type Element, takeApart } from "./scripts.ts";
import { textOf } from "./tree.ts";
import { Wholes } from "./wholes.ts";

export interface Occurrence {
  readonly syntax: Syntax;
  /** On the left of a definition, in a declaration, or read. */
  readonly place: "left" | "declared" | "read";
  /** The sizes of a declaration. */
  readonly sizes?: readonly Syntax[];
}

export type { Family } from "./families.ts";

export interface Named {
  readonly family: Family;
  readonly index: readonly Polynomial[];
  /** What remains to be applied, in order: transposes, powers. */
  readonly tail: readonly Element[];
  /** The part of the array that is meant, axis by axis: an entry or a slice. */
  readonly part?: readonly Syntax[];
  /** The sizes of a shape mark, if one is written. */
  readonly mark?: { readonly sizes: readonly Syntax[]; readonly span: Span };
  readonly span: Span;
}

const TRANSPOSED = "T";

const MOST_AXES = 2;

/** Letters that count members when nothing else is said. */
export const COUNTERS: ReadonlySet<string> = new Set(["t", "s", "tau", "l", "ell", "i", "j", "k", "n", "m"]);

export class Names {
  readonly #letters: ReadonlySet<string>;
  readonly #slots = new Map<string, Set<string>>();
  /** Bases whose bare superscript letter is an index rather than an exponent. */
  readonly #raised = new Set<string>();
  readonly #bareBases = new Set<string>();
  /** Bases that are defined or declared without any script. */
  readonly #own = new Set<string>();
  /** Left sides such as \sigma^2, where \sigma itself is nowhere defined: "sigma^2". */
  readonly #powers = new Set<string>();
  /** Names with a mark that are defined so: m^+, z'. */
  readonly #marked = new Set<string>();
  readonly #families = new Map<string, Family>();
  readonly #wholes: Wholes;
  /** The letter that counts each place of a family, where some writing shows it. */
  readonly #counters = new Map<string, (string | undefined)[]>();

  /** `isSize`: whether a name is a size or horizon, which may be an exponent; `isSign`: whether a superscript is the sign of an operation. */
  constructor(
    readonly occurrences: readonly Occurrence[],
    letters: ReadonlySet<string>,
    readonly isSize: (name: string) => boolean,
    readonly isSign: (superscript: string) => boolean,
    readonly highs: ReadonlyMap<string, readonly Polynomial[]> = new Map(),
    readonly byEntries = false,
    /** Labels without an index: the c of p_c. */
    readonly labels: ReadonlySet<string> = new Set(),
  ) {
    this.#letters = letters;
    this.#wholes = new Wholes(highs, byEntries);
    this.#survey(occurrences);
  }

  /** Whether an array is taken to be defined entry by entry because the whole is read. */
  get guessesEntries(): boolean {
    return this.#wholes.guessed.size > 0;
  }

  /** Whether a letter is an index. */
  varies(letter: string): boolean {
    return this.#letters.has(letter);
  }

  /** The letter that counts a place of a family, if the note shows one. */
  counterOf(family: Family, place: number): string | undefined {
    return this.#counters.get(family.key)?.[place];
  }

  get families(): readonly Family[] {
    return [...this.#families.values()];
  }

  /** The index that a script is, if a letter that varies occurs in it. */
  #lettered(body: Syntax): Polynomial | undefined {
    const value = integerOf(body);
    return value && degree(value) === 1 && namesIn(value).some(name => this.#letters.has(name)) ? value : undefined;
  }

  /** W_{ij} with i and j both indices: two items in one. */
  #expand(element: Item): readonly Item[] {
    if (element.body.kind !== "product" || element.body.factors.some(factor => factor.operator)) return [element];
    const bodies = element.body.factors.map(factor => factor.body);
    return bodies.every(body => this.#lettered(body))
      ? bodies.map(body => ({ ...element, body, span: body.span }))
      : [element];
  }

  #places(elements: readonly Element[]): readonly Places[] {
    const counts = new Map<string, number>();
    return elements.flatMap(element => {
      if (element.kind !== "item") return [];
      return this.#expand(element).map((item): Places => {
        const kind = item.position + item.wrap;
        const ordinal = counts.get(kind) ?? 0;
        counts.set(kind, ordinal + 1);
        const index = this.#lettered(item.body);
        return { item, slot: `${kind}${ordinal}`, ...(index ? { index } : {}) };
      });
    });
  }

  /** y_i, a name with an index of its own, or a label that has none. */
  #isLabel(body: Syntax): boolean {
    if (body.kind === "symbol" && this.labels.has(textOf(body))) return true;
    const elements = body.kind === "scripted" ? takeApart(body).elements : [];
    return elements.some(element => element.kind === "item" && this.#lettered(element.body) !== undefined);
  }

  /** Whether a writing is that of a part of an array, which a label or a slice below it chooses. */
  isChosenFrom(syntax: Syntax): boolean {
    return this.#places(takeApart(syntax).elements).some(
      ({ item }) => item.position === "sub" && (isSlice(item.body) || this.#isLabel(item.body)),
    );
  }

  #survey(occurrences: readonly Occurrence[]): void {
    const leftPowers = new Map<string, Set<string>>();
    const bareSup = new Map<string, { always: boolean; letter: boolean; left: boolean; powers: readonly string[] }>();
    for (const { syntax, place } of occurrences) {
      const { core, accents, elements } = takeApart(syntax);
      const base = baseOf(core, accents);
      if (base === undefined) continue;
      const marks = place === "left" ? elements.flatMap(element => markOf(element) ?? []) : [];
      for (const { text } of marks) this.#marked.add(`${base} ${text}`);
      if (elements.length === 0) this.#bareBases.add(base);
      if (elements.length === 0 && place !== "read") this.#own.add(base);
      const slots = this.#slots.get(base) ?? new Set<string>();
      this.#slots.set(base, slots);
      let [raised, power] = [false, ""];
      for (const { item, slot, index } of this.#places(elements)) {
        if (isBare({ item, slot })) {
          if (index) raised = true;
          else power = textOf(item.body);
        } else if (index) slots.add(slot);
      }
      const seen = bareSup.get(base) ?? { always: true, letter: false, left: false, powers: [] };
      bareSup.set(base, {
        always: seen.always && (raised || power !== ""),
        letter: seen.letter || raised,
        left: seen.left || (raised && place !== "read"),
        powers: [...seen.powers, power],
      });
      if (place !== "read" && !raised) leftPowers.set(base, (leftPowers.get(base) ?? new Set()).add(power));
    }
    for (const [base, { always, letter, left }] of bareSup) {
      if (left || (letter && always && !isGreek(base))) this.#raised.add(base);
    }
    for (const [base, powers] of leftPowers) {
      if (powers.has("")) continue;
      for (const power of powers) if (power !== TRANSPOSED) this.#powers.add(`${base}^${power}`);
    }
    // z^2 = … and z^3 = …: layers by their numbers, of which W^2 has one too where no W is without; it is no square.
    const isNumber = (power: string): boolean => /^\d+$/u.test(power);
    const layers = new Set(
      [...leftPowers].flatMap(([, powers]) => (powers.has("") ? [] : [...powers].filter(isNumber))),
    );
    for (const [base, { powers }] of layers.size > 1 ? bareSup : [])
      if (powers.every(isNumber)) for (const power of powers) this.#powers.add(`${base}^${power}`);
    for (const occurrence of occurrences) this.#surveyWhole(occurrence);
  }

  /** What a writing tells of what is written as a whole: W^{(1)} and W_{hx} as W does, a member such as x_1 nothing. */
  #surveyWhole({ syntax, place, sizes }: Occurrence): void {
    const { core, accents, elements } = takeApart(syntax);
    const base = baseOf(core, accents);
    if (base === undefined) return;
    const { parts, indexed, tail } = this.#sorted(base, elements);
    // p_{y_i}, an entry that a label chooses, tells of the whole.
    const isChosen = ({ place: { item } }: { readonly place: Places }): boolean => this.#isLabel(item.body);
    const own = parts.filter(each => !isChosen(each));
    const members = indexed.filter(each => !isBare(each.place) && !isChosen(each));
    if (own.some(each => isSlice(each.place.item.body)) || members.some(each => !each.place.index)) return;
    const chosen = [...parts, ...indexed].some(isChosen);
    // w_{y_i}^T x is a product with one of several vectors.
    if (chosen && tail.length > 0) return;
    this.#wholes.add(wholeKey(base, own), {
      place: chosen ? "chosen" : place,
      slots: members.map(each => each.place.slot),
      ...(sizes ? { sizes: sizes.flatMap(size => integerOf(size) ?? []).filter(size => size.key !== "1") } : {}),
    });
  }

  /** The name that a (scripted) symbol is; undefined if its core is no name. */
  resolve(syntax: Syntax): Named | undefined {
    const { core, accents, elements, span } = takeApart(syntax);
    const base = baseOf(core, accents);
    if (base === undefined || core.kind !== "symbol") return undefined;
    const { tail, parts, indexed, mark } = this.#sorted(base, elements);
    // Layers before times, members before entries: superscripts first.
    indexed.sort((a, b) => (a.place.slot.startsWith("sup") ? 0 : 1) - (b.place.slot.startsWith("sup") ? 0 : 1));
    const part = this.#part(base, indexed, parts);
    const places = indexed.map(({ place }) => place);
    const key = familyKey(base, parts, places);
    const family = this.#families.get(key) ?? familyWith(base, core, accents, parts, places, span);
    this.#families.set(key, family);
    const counters = this.#counters.get(family.key) ?? [];
    this.#counters.set(family.key, counters);
    indexed.forEach(({ index }, i) => {
      counters[i] ??= namesIn(index).find(name => this.#letters.has(name));
    });
    return {
      family,
      index: indexed.map(({ index }) => index),
      tail,
      span,
      ...(mark ? { mark } : {}),
      ...(part.length > 0 ? { part } : {}),
    };
  }

  /** The scripts of a name by what they are. */
  #sorted(base: string, elements: readonly Element[]): SortedScripts {
    const [slots, raised] = [this.#slots.get(base), this.#raised.has(base)];
    const into: SortedScripts = { tail: [], parts: [], indexed: [], mark: undefined };
    const places = this.#places(elements);
    let next = 0;
    for (const element of elements) {
      if (element.kind === "shape") into.mark = { sizes: element.sizes, span: element.span };
      else if (element.kind !== "item") {
        const mark = markOf(element);
        if (mark && this.#marked.has(`${base} ${mark.text}`))
          into.parts.push({ place: { item: mark.item, slot: "mark" }, text: mark.text });
        else into.tail.push(element);
      } else for (const _ of this.#expand(element)) this.#sort(places[next++] as Places, base, raised, slots, into);
    }
    return into;
  }

  /** Takes the scripts that are entries or slices of an array away from the others. */
  #part(
    base: string,
    indexed: { place: Places; index: Polynomial }[],
    parts: { place: Places; text: string }[],
  ): readonly Syntax[] {
    const sliced = parts.filter(({ place }) => isSlice(place.item.body));
    if (sliced.length > 0) {
      // Slices and the indices that stand among them, as many as leave something that is written as a whole.
      for (const count of [MOST_AXES, 1]) {
        const below = [...indexed, ...sliced].filter(({ place }) => place.item.position === "sub");
        const ordered = below.sort((a, b) => a.place.item.span.start - b.place.item.span.start);
        const axes = ordered.slice(-count);
        const rest = indexed.filter(each => !axes.includes(each));
        const holdsAll = sliced.every(each => axes.includes(each)) && axes.length === count;
        const others = parts.filter(each => !sliced.includes(each));
        const slots = rest.flatMap(({ place }) => (isBare(place) ? [] : [place.slot]));
        // V_{:,i} where nothing binds i is no name of its own.
        if (!holdsAll || ![wholeKey(base, others), base].some(key => this.#wholes.isWhole(key, slots))) continue;
        indexed.splice(0, indexed.length, ...rest);
        parts.splice(0, parts.length, ...others);
        return axes.map(({ place }) => place.item.body);
      }
      return [];
    }
    const below = indexed.filter(({ place }) => !isBare(place));
    const count = this.#wholes.entriesOf(
      wholeKey(base, parts),
      below.map(({ place }) => place.slot),
      // 2(i - 1) + k goes beyond where i ends: its places are told by the array alone.
      below.map(({ index }) => (isStride(index) ? undefined : namesIn(index).find(name => this.#letters.has(name)))),
    );
    return count === 0 ? [] : indexed.splice(indexed.length - count, count).map(({ place }) => place.item.body);
  }

  /** α^β of two names that the note defines or declares as they stand. */
  #isPower(base: string, body: Syntax): boolean {
    const exponent = baseOf(takeApart(body).core, takeApart(body).accents);
    return exponent !== undefined && this.#own.has(base) && this.#own.has(exponent);
  }

  /** x^k where k is no index, size, sign or value: a mark that belongs to the name. */
  #isMere(base: string, body: Syntax, index: Polynomial | undefined): boolean {
    const letter = index || this.#isPower(base, body) ? undefined : soleLetter(body);
    return letter !== undefined && !this.isSize(letter) && !this.isSign(textOf(body));
  }

  #sort(
    place: Places,
    base: string,
    raised: boolean,
    slots: ReadonlySet<string> | undefined,
    into: SortedScripts,
  ): void {
    const { item, slot, index } = place;
    const bare = isBare(place);
    const text = textOf(item.body);
    if (bare && !raised) {
      if (this.#powers.has(`${base}^${text}`) || this.#isMere(base, item.body, index)) into.parts.push({ place, text });
      else into.tail.push(item);
      return;
    }
    if (bare && text === TRANSPOSED && !slots?.has(slot)) {
      into.tail.push(item);
      return;
    }
    const constant = index ?? (bare || slots?.has(slot) ? integerOf(item.body) : undefined);
    // u_o beside the u_k that are summed: o counts nothing, and is no end of a range.
    const named = constant && !index ? soleName(constant) : undefined;
    const mere = named !== undefined && /^[a-z]$/u.test(named) && !COUNTERS.has(named) && !this.isSize(named);
    if (constant && degree(constant) <= 1 && !mere) into.indexed.push({ place, index: constant });
    else into.parts.push({ place, text });
  }

  /** Whether a letter occurs in the system at all. */
  occurs(base: string): boolean {
    return this.#slots.has(base);
  }

  /** Whether the letter also stands without any script. */
  standsBare(base: string): boolean {
    return this.#bareBases.has(base);
  }
}

/** A letter that may vary: what stands alone or with an integer in scripts. */
export const soleLetter = (syntax: Syntax): string | undefined => {
  const value = integerOf(syntax);
  return value && soleName(value);
};
