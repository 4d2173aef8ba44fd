import type { ListReader, Parsed } from "./list.ts";
import { endsOperand, type Token } from "./token.ts";

/**
 * Lists longer than this are read in pieces: nearley keeps every column of a list alive, and its time
 * a token grows with what it keeps. Brackets are single tokens, so the pieces are those of the grammar:
 * between bars, commas, relations and signs. A test holds both ways to the same trees.
 */
const LONG = 120;

type Part = Parsed | Token;

/** The stretches between separators, and the separators. */
const split = (
  tokens: readonly Token[],
  separates: (token: Token, before: Token | undefined) => boolean,
): { parts: Token[][]; between: Token[] } => {
  const parts: Token[][] = [[]];
  const between: Token[] = [];
  tokens.forEach((token, at) => {
    if (separates(token, tokens[at - 1])) {
      between.push(token);
      parts.push([]);
    } else (parts[parts.length - 1] as Token[]).push(token);
  });
  return { parts, between };
};

/** Puts pieces together as the grammar's left recursion would. */
const chain = (rule: Parsed["rule"], parts: readonly Part[], between: readonly Token[]): Part =>
  parts
    .slice(1)
    .reduce((left: Part, part, at) => ({ rule, parts: [left, between[at] as Token, part] }), parts[0] as Part);

/** Reads a list of any length from "chain" or "inside". */
export const readLong = (
  reader: ListReader,
  tokens: readonly Token[],
  start: string,
  end: number,
  long = LONG,
): Part => {
  const whole = (): Part => reader.read(tokens, start, end);
  if (tokens.length <= long || (start !== "chain" && start !== "inside")) return whole();
  const first = tokens[0]?.type;
  if (first === "relation" || first === "times" || tokens.some(token => token.type === "colon")) return whole();
  const last = (part: readonly Token[]): number => part[part.length - 1]?.end ?? end;

  const sum = (part: readonly Token[]): Part => {
    if (part.length <= long) return reader.read(part, "sum", last(part));
    // A sign behind an operand is binary; further signs belong to the term.
    const { parts, between } = split(part, (token, before) => token.type === "sign" && endsOperand(before));
    return parts.slice(1).reduce(
      (left: Part, term, at) => {
        const read = reader.read([between[at] as Token, ...term], "sum", last(term)) as Parsed;
        return { rule: "sum", parts: [left, ...read.parts] };
      },
      reader.read(parts[0] as Token[], "sum", last(parts[0] as Token[])),
    );
  };
  const members = (part: readonly Token[], from: string): Part => {
    if (part.length <= long) return reader.read(part, from, last(part));
    const { parts, between } = split(part, token => token.type === "relation");
    return parts.some(piece => piece.length === 0)
      ? reader.read(part, from, last(part))
      : chain("chain", parts.map(sum), between);
  };
  if (start === "chain") return members(tokens, "chain");
  const given = split(tokens, token => token.type === "bar");
  if (given.parts.some(part => part.length === 0)) return whole();
  const lists: Part[] = [];
  for (const part of given.parts) {
    const { parts, between } = split(part, token => token.type === "comma");
    if (parts.some(piece => piece.length === 0)) return whole();
    lists.push(
      chain(
        "list",
        parts.map(piece => members(piece, "item")),
        between,
      ),
    );
  }
  return chain("given", lists, given.between);
};
