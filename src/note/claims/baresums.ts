/** Sums with nothing below the sign, db = Σ δ_t: over the one index that is left to run, else over the samples that a matrix stacks. */
import type { BigSyntax, SymbolSyntax, Syntax } from "../../parse/syntax.ts";
import { everyPart, replaceParts } from "../tree.ts";
import { addedUp } from "./numpy.ts";

/** What such a sum is taken to run over. */
export interface SumOver {
  readonly members: readonly Syntax[];
  /** The index, or how the samples lie. */
  readonly over: { readonly letter: string } | { readonly along: "rows" | "columns" };
}

const isBare = (part: Syntax): part is BigSyntax =>
  part.kind === "big" && part.spelling === "\\sum" && !part.lower && !part.upper;

const summed = (sum: BigSyntax, letter: string): Syntax => {
  const { span } = sum;
  const index: SymbolSyntax = {
    kind: "symbol",
    name: letter.length > 1 ? `\\${letter}` : letter,
    form: letter.length > 1 ? "command" : "letter",
    fonts: [],
    accents: [],
    span,
  };
  return { ...sum, lower: index };
};

/** The ways in which sums with nothing below can be meant; none where there are no such sums. `lettersOf`: the indices of the names in a formula. */
export const sumsMeant = (
  members: readonly Syntax[],
  lettersOf: (syntax: Syntax) => ReadonlySet<string>,
): readonly SumOver[] => {
  const sums = members.flatMap(member => everyPart(member).filter(isBare));
  const [first] = members;
  if (!first || sums.length === 0) return [];
  const outside = lettersOf(first);
  const free = new Set(sums.flatMap(({ body }) => [...lettersOf(body)].filter(letter => !outside.has(letter))));
  const [letter, another] = free;
  const rewritten = (as: (sum: BigSyntax) => Syntax): readonly Syntax[] =>
    members.map(member => replaceParts(member, part => (isBare(part) ? as(part) : undefined)));
  if (letter !== undefined && another === undefined)
    return [{ members: rewritten(sum => summed(sum, letter)), over: { letter } }];
  if (letter !== undefined) return [];
  return (
    [
      ["rows", "1"],
      ["columns", "0"],
    ] as const
  ).map(([along, axis]) => ({
    members: rewritten(sum => addedUp(sum.body, axis) ?? sum),
    over: { along },
  }));
};
