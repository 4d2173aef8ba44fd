/** What the scripts of a name are, and the family that a name with them belongs to. */
import type { Span } from "../base/source.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import type { SymbolSyntax, Syntax } from "../parse/syntax.ts";
import { latexOf, symbolLatex } from "./scriptlatex.ts";
import { baseIdentifier, type Element, identifierOf } from "./scripts.ts";

export interface Family {
  /** Equal for all writings of one name; orders nothing. */
  readonly key: string;
  readonly base: string;
  /** An ASCII identifier, not yet unique. */
  readonly identifier: string;
  readonly latex: string;
  /** With \u0001 … in the places of the indices; equals `latex` for plain names. */
  readonly memberLatex: string;
  readonly rank: number;
  /** Where each index is written. */
  readonly places: readonly ("sub" | "sup")[];
  /** Fonts of the first writing: a bold small letter is a vector. */
  readonly fonts: readonly string[];
  readonly span: Span;
}

export type Item = Element & { kind: "item" };

export interface Places {
  readonly item: Item;
  readonly slot: string;
  readonly index?: Polynomial;
}

/** The scripts of a name: operations, what belongs to it, what varies, and a shape that is written on it. */
export interface SortedScripts {
  readonly tail: Element[];
  readonly parts: { place: Places; text: string }[];
  readonly indexed: { place: Places; index: Polynomial }[];
  mark: { readonly sizes: readonly Syntax[]; readonly span: Span } | undefined;
}

/** Names that differ in what belongs to them are wholes of their own. */
export const wholeKey = (base: string, parts: SortedScripts["parts"]): string =>
  [base, ...parts.map(({ place, text }) => `${place.slot}:${text}`).sort()].join(" ");

/** The l of z^l, which may be a power: it says nothing of what is written as a whole. */
export const isBare = ({ item }: Places): boolean => item.position === "sup" && item.wrap === "";

/** W_{:,j}, x_{a:b}. */
export const isSlice = (body: Syntax): boolean => body.kind === "slice";

/** What all writings of a name with these scripts have in common. */
export const familyKey = (
  base: string,
  parts: readonly SortedScripts["parts"][number][],
  indexed: readonly Places[],
): string =>
  [
    base,
    ...parts.map(({ place, text }) => `${place.slot}:${text}`).sort(),
    "|",
    ...indexed.map(({ slot }) => slot),
  ].join(" ");

/** The family of a name with these scripts. */
export const familyWith = (
  base: string,
  core: SymbolSyntax,
  accents: readonly string[],
  parts: readonly { place: Places; text: string }[],
  indexed: readonly Places[],
  span: Span,
): Family => {
  const written = ({ item }: Places, body: string): string =>
    item.wrap === "(" ? `(${body})` : item.wrap === "[" ? `[${body}]` : body;
  const scripts = (position: "sub" | "sup", withIndices: boolean): string => {
    const bodies = [
      ...parts
        .filter(({ place }) => place.item.position === position)
        .map(({ place }) => written(place, latexOf(place.item.body))),
      ...(withIndices ? indexed.map((place, i) => ({ place, i })) : [])
        .filter(({ place }) => place.item.position === position)
        .map(({ place, i }) => written(place, String.fromCharCode(i + 1))),
    ];
    if (bodies.length === 0) return "";
    return `${position === "sub" ? "_" : "^"}{${bodies.join(",")}}`;
  };
  const bare = symbolLatex(core, accents);
  const latex = bare + scripts("sub", false) + scripts("sup", false);
  const identifier = [baseIdentifier(base), ...parts.map(({ text }) => identifierOf(`x${text}`).slice(1))]
    .filter(part => part !== "")
    .join("_");
  return {
    key: familyKey(base, parts, indexed),
    base,
    identifier,
    latex,
    memberLatex: bare + scripts("sub", true) + scripts("sup", true),
    rank: indexed.length,
    places: indexed.map(place => place.item.position),
    fonts: core.fonts,
    span,
  };
};
