/** The names that claims are read with: those of the system, entries of its arrays, and names that only claims hold. */
import type { SymbolNode } from "../../expr/node.ts";
import { namesIn } from "../../expr/polynomial.ts";
import type { Syntax } from "../../parse/syntax.ts";
import { asCopy } from "../copies.ts";
import { integerOf } from "../integers.ts";
import { equalityOf, givesDelta, pairBelowDelta } from "../kronecker.ts";
import { COUNTERS, type Family, type Named, Names, soleLetter } from "../names.ts";
import { baseOfName, readNames } from "../occurrences.ts";
import { limitsOf } from "../ranges.ts";
import type { Forward } from "../read.ts";
import { readingsOf } from "../readings.ts";
import { takeApart } from "../scripts.ts";
import { everyPart, textOf } from "../tree.ts";
import { splitsOf } from "./splits.ts";

/** The letters of the subscripts of a formula: the j and i of X_{ji}. */
const subscriptLetters = (syntax: Syntax): readonly string[] =>
  takeApart(syntax).elements.flatMap(element => {
    if (element.kind !== "item" || element.position !== "sub") return [];
    const { body } = element;
    const parts = body.kind === "product" ? body.factors.map(factor => factor.body) : [body];
    return parts.flatMap(part => soleLetter(part) ?? []);
  });

/**
 * The letters of A_{pq} that stand below other names too, as in z_p and x_q: they count entries. The o of W_o and b_o does not.
 */
const sharedLetters = (scripted: readonly Syntax[], open: (letter: string) => boolean): ReadonlySet<string> => {
  const bases = new Map<string, Set<string>>();
  const paired = new Set<string>();
  for (const part of scripted) {
    const { core } = takeApart(part);
    const letters = core.kind === "symbol" ? subscriptLetters(part) : [];
    for (const letter of letters) bases.set(letter, (bases.get(letter) ?? new Set()).add(textOf(core)));
    if (letters.length === 2 && letters[0] !== letters[1] && letters.every(open))
      for (const letter of letters) paired.add(letter);
  }
  return new Set([...paired].filter(letter => /^[a-z]$/u.test(letter) && (bases.get(letter)?.size ?? 0) > 1));
};

/** The v of E_{v,:}: a letter beside a slice counts rows or columns. */
const besideSlices = (scripted: readonly Syntax[]): readonly string[] =>
  scripted.flatMap(part => {
    const places = takeApart(part).elements.flatMap(each =>
      each.kind === "item" && each.position === "sub" ? [each.body] : [],
    );
    const letters = places.some(({ kind }) => kind === "slice") ? places.flatMap(place => soleLetter(place) ?? []) : [];
    return letters.filter(letter => /^[a-z]$/u.test(letter));
  });

/** The b of \pi_b and \theta_b beside families \pi_a and \theta_a: it stands where two families or more are counted, and below no other name. */
const besideFamilies = (scripted: readonly Syntax[], families: readonly Family[]): readonly string[] => {
  const counted = new Set(families.flatMap(({ base, rank }) => (rank > 0 ? [base] : [])));
  const plain = new Set(families.flatMap(({ base, rank }) => (rank > 0 ? [] : [base])));
  const bases = new Map<string, Set<string | undefined>>();
  for (const part of scripted)
    for (const letter of subscriptLetters(part))
      bases.set(letter, (bases.get(letter) ?? new Set()).add(baseOfName(part)));
  const isCounted = (base: string | undefined): boolean => base !== undefined && counted.has(base) && !plain.has(base);
  return [...bases].flatMap(([letter, own]) =>
    /^[a-z]$/u.test(letter) && own.size > 1 && [...own].every(isCounted) ? [letter] : [],
  );
};

/** The letters by which a subscript lies away from a known one: the m of s_{k-m}. */
const distancesIn = (syntax: Syntax, isIndex: (letter: string) => boolean): readonly string[] =>
  takeApart(syntax).elements.flatMap(element => {
    if (element.kind !== "item" || element.position !== "sub" || element.body.kind !== "sum") return [];
    const letters = element.body.terms.flatMap(({ body }) => soleLetter(body) ?? []);
    return letters.some(isIndex) ? letters.filter(letter => !isIndex(letter)) : [];
  });

/** What a name was found to be when it was first asked for. */
const remembered = (
  names: WeakMap<Syntax, { readonly named: Named | undefined }>,
  syntax: Syntax,
  find: () => Named | undefined,
): Named | undefined => {
  let found = names.get(syntax);
  if (!found) {
    found = { named: find() };
    names.set(syntax, found);
  }
  return found.named;
};

export class ClaimNames {
  /** Every letter that may stand for an index. */
  readonly letters: ReadonlySet<string>;
  /** Those that only say how far members lie apart: never negative. */
  readonly distances: ReadonlySet<string>;
  readonly #symbols: ReadonlyMap<Family, SymbolNode>;
  readonly #byKey: ReadonlyMap<string, SymbolNode>;
  /** Of the forward equations. */
  readonly #own: Names;
  /** The same where letters that only claims hold count the entries of arrays. */
  readonly #entries: Names;
  readonly #others: Names;
  readonly #counters: ReadonlySet<string>;
  readonly #resolved = new WeakMap<Syntax, { readonly named: Named | undefined }>();
  readonly #forwards = new WeakMap<Syntax, { readonly named: Named | undefined }>();
  /** Whether some claim says what δ of two subscripts is. */
  readonly #errors: boolean;
  readonly #isLabel: (id: string) => boolean;

  /** `claims`: every member of every chain, for the letters and names that occur only there. */
  constructor({ typing: { prepared }, assembled: { idOf, system } }: Forward, claims: readonly Syntax[]) {
    this.#symbols = new Map(
      [...idOf].flatMap(([family, id]) => {
        const entry = system.symbols.get(id);
        return entry ? [[family, entry.node] as const] : [];
      }),
    );
    this.#byKey = new Map([...this.#symbols].map(([family, node]) => [family.key, node]));
    this.#errors = givesDelta(claims);
    this.#isLabel = id => system.symbols.get(id)?.role === "label";
    this.#counters = new Set([...system.symbols.values()].flatMap(({ indices }) => indices));
    const parts = claims.flatMap(claim => everyPart(claim));
    const bound = new Set(prepared.letters);
    for (const part of parts) {
      const limits = part.kind === "big" ? limitsOf(part) : undefined;
      if (limits && !prepared.sizes.has(limits.index)) bound.add(limits.index);
    }
    const isSize = (name: string): boolean => prepared.sizes.has(name);
    const isIndex = (letter: string): boolean => bound.has(letter) || isSize(letter);
    const away = parts.flatMap(part => (part.kind === "scripted" ? distancesIn(part, isIndex) : []));
    this.distances = new Set(away.filter(letter => !prepared.bases.all.has(letter)));
    for (const letter of this.distances) bound.add(letter);
    const scripted = parts.filter(part => part.kind === "scripted");
    const families = prepared.names.occurrences.flatMap(({ syntax }) => prepared.names.resolve(syntax)?.family ?? []);
    for (const letter of besideFamilies(scripted, families))
      if (!isIndex(letter) && !prepared.bases.all.has(letter)) bound.add(letter);
    const isSign = (text: string): boolean => readingsOf(`^${text}`, 1).length > 0;
    const { occurrences, highs, byEntries, labels } = prepared.names;
    this.#own = new Names(occurrences, bound, isSize, isSign, highs, byEntries, labels);

    const loosely = (letter: string): boolean =>
      !bound.has(letter) && !isSize(letter) && !prepared.bases.all.has(letter);
    const shared = new Set([...sharedLetters(scripted, loosely), ...besideSlices(scripted)]);
    const open = (letter: string): boolean => loosely(letter) && (COUNTERS.has(letter) || shared.has(letter));
    const candidates = new Set(scripted.flatMap(subscriptLetters).filter(open));
    // Where a letter ends in the forward equations says nothing of what it counts here.
    const loose = (letters: ReadonlySet<string>): Names =>
      new Names(occurrences, letters, isSize, isSign, undefined, byEntries, labels);
    const wide = loose(new Set([...bound, ...candidates]));
    const counted = scripted.flatMap((part): readonly string[] => {
      if (takeApart(part).core.kind === "group") return subscriptLetters(part);
      const found = [this.#own, wide].map(names => names.resolve(part)).find(named => this.#isKnown(named));
      const values = [...(found?.index ?? []), ...(found?.part ?? []).flatMap(syntax => integerOf(syntax) ?? [])];
      return values.flatMap(namesIn);
    });
    this.letters = new Set([...bound, ...counted.filter(open)]);
    this.#entries = loose(this.letters);
    this.#others = new Names(
      // δ^l, where it is all of a member, is given there: l is no exponent.
      claims.flatMap(claim =>
        readNames(claim).map(syntax => ({
          syntax,
          place: syntax === claim ? ("left" as const) : ("read" as const),
        })),
      ),
      this.letters,
      isSize,
      isSign,
    );
  }

  /** The name that a (scripted) symbol is: one of the system's, or one of the claims' own. */
  resolve(syntax: Syntax): Named | undefined {
    return remembered(this.#resolved, syntax, () => this.#resolve(syntax));
  }

  #resolve(syntax: Syntax): Named | undefined {
    const own = this.forward(syntax);
    if (this.#isKnown(own)) return own;
    const { core } = takeApart(syntax);
    return core.kind === "symbol" ? (this.#others.resolve(syntax) ?? own) : own;
  }

  /** The name that it would be in a forward equation, or an entry of an array that such a name stands for. */
  forward(syntax: Syntax): Named | undefined {
    return remembered(this.#forwards, syntax, () => this.#forward(syntax));
  }

  #forward(syntax: Syntax): Named | undefined {
    const found = this.#own.resolve(syntax);
    const own = found && asCopy(found, key => this.#byKey.has(key));
    if (this.#isKnown(own)) return own;
    const entry = this.#entries.resolve(syntax);
    return entry?.part && this.#isKnown(entry) ? entry : (this.#numbered(syntax) ?? own);
  }

  /** z_1 for an entry of a z that is written as a whole alone. */
  #numbered(syntax: Syntax): Named | undefined {
    for (const { whole, axes } of splitsOf(syntax)) {
      if (!axes.every(({ kind }) => kind === "number")) continue;
      const found = this.#own.resolve(whole);
      const known = found && found.tail.length === 0 && !found.part ? this.symbolOf(found.family) : undefined;
      if (found && known?.shape.length === axes.length) return { ...found, part: axes };
    }
    return undefined;
  }

  #isKnown(named: Named | undefined): boolean {
    return named !== undefined && this.#byKey.has(named.family.key);
  }

  /** The [i = j] of δ_{ij}, δ_{i1} and δ_{k,y}, where no claim says what else δ stands for. */
  kroneckerOf(syntax: Syntax): Syntax | undefined {
    const pair = this.#errors ? undefined : pairBelowDelta(syntax);
    if (!pair) return undefined;
    const kinds = pair.map(item => this.#kindOfPlace(item));
    return kinds.includes(undefined) || (kinds[0] === kinds[1] && kinds[0] !== "letter")
      ? undefined
      : equalityOf(pair, syntax);
  }

  #kindOfPlace(item: Syntax): "letter" | "number" | "label" | undefined {
    if (item.kind === "number") return "number";
    if (item.kind === "symbol" && this.varies(item.name)) return "letter";
    const found = this.forward(item);
    const known = found && found.tail.length === 0 && !found.part ? this.symbolOf(found.family) : undefined;
    return known && this.#isLabel(known.name) ? "label" : undefined;
  }

  /** Whether an index holds a letter that counts members of some family. */
  countsMembers(index: Syntax): boolean {
    const value = integerOf(index);
    return value !== undefined && namesIn(value).some(name => this.#counters.has(name));
  }

  varies(letter: string): boolean {
    return this.letters.has(letter);
  }

  symbolOf(family: Family): SymbolNode | undefined {
    return this.#byKey.get(family.key);
  }

  /** The symbols of families, those that other name tables made among them: these are one with the system's by their keys. */
  symbolsWith(families: Iterable<Family>): ReadonlyMap<Family, SymbolNode> {
    const symbols = new Map(this.#symbols);
    for (const family of families) {
      const node = this.symbolOf(family);
      if (node) symbols.set(family, node);
    }
    return symbols;
  }
}
