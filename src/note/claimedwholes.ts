/**
 * Arrays that the forward equations write by their entries alone and the claims or words as wholes: y_k beside \hat{y}_k and a
 * whole \hat{y}, with \hat{y} - y in a claim, or "one-hot labels y".
 */
import type { Syntax } from "../parse/syntax.ts";
import { ENTRY_LETTERS } from "./letters.ts";
import { soleLetter } from "./names.ts";
import { readNames } from "./occurrences.ts";
import { baseOf, takeApart } from "./scripts.ts";
import type { Statements } from "./statements.ts";

interface Written {
  readonly base: string;
  readonly name: Syntax;
  /** The letter or letters below, "k" or "i k"; undefined for a name with other scripts. */
  readonly letter: string | undefined;
  readonly isBare: boolean;
  /** X_{i,:}: part of an array, whatever the letter. */
  readonly isSliced: boolean;
}

/** k, or i and k of Y_{ik} and Y_{i,k}. */
const lettersIn = (body: Syntax): string | undefined => {
  const parts =
    body.kind === "product" ? body.factors.map(factor => factor.body) : body.kind === "list" ? body.items : [body];
  const letters = parts.map(part => soleLetter(part));
  return letters.every(letter => letter !== undefined) ? letters.join(" ") : undefined;
};

const writtenIn = (name: Syntax): readonly Written[] => {
  const { core, accents, elements } = takeApart(name);
  const base = baseOf(core, accents);
  if (base === undefined) return [];
  const below = elements.flatMap(each =>
    each.kind === "item" && each.position === "sub" && each.wrap === "" ? (lettersIn(each.body) ?? []) : [],
  );
  const scripts = elements.filter(({ kind }) => kind !== "mark");
  const isLettered = scripts.length > 0 && below.length === scripts.length;
  const isSliced = scripts.some(each => each.kind === "item" && each.body.kind === "slice");
  return [{ base, name, letter: isLettered ? below.join(" ") : undefined, isBare: scripts.length === 0, isSliced }];
};

const isPair = (letters: string): boolean => {
  const all = letters.split(" ");
  return all.length === 2 && all.every(letter => ENTRY_LETTERS.has(letter));
};

/** The i of X_{i,:}: it counts the rows of an array, and so the entries of what is as long. */
const besideSlice = (name: Syntax): readonly string[] => {
  const places = takeApart(name).elements.flatMap(each => (each.kind === "item" ? [each.body] : []));
  return places.some(({ kind }) => kind === "slice") ? places.flatMap(place => soleLetter(place) ?? []) : [];
};

/** The wholes, as claims and words write them. */
export const claimedWholes = ({ definitions, claims, structures }: Statements): readonly Syntax[] => {
  const forward = definitions.flatMap(({ left, right }) => [left, ...readNames(right)]).flatMap(writtenIn);
  const bare = new Set(forward.flatMap(({ base, isBare }) => (isBare ? [base] : [])));
  const letters = new Set(
    forward.flatMap(({ base, letter }) => (letter !== undefined && bare.has(base) ? [letter] : [])),
  );
  for (const name of definitions.flatMap(({ right }) => readNames(right)))
    for (const letter of besideSlice(name)) letters.add(letter);
  // Y_{ij} has entries whatever else the note has: two letters count no members of a family.
  const counts = (letter: string | undefined): boolean =>
    letter !== undefined && (letters.has(letter) || isPair(letter));
  const isPart = ({ letter, isSliced }: Written): boolean => isSliced || counts(letter);
  const byEntries = new Set(forward.flatMap(each => (isPart(each) ? [each.base] : [])));
  for (const each of forward) if (!isPart(each)) byEntries.delete(each.base);
  const said = [
    ...claims.flatMap(({ statement }) => (statement ? readNames(statement.body) : [])),
    ...structures.map(({ name }) => name),
  ];
  const found = new Map<string, Syntax>();
  for (const { base, name, isBare } of said.flatMap(writtenIn))
    if (isBare && byEntries.has(base) && !bare.has(base)) found.set(base, name);
  return [...found.values()];
};
