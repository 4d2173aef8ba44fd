/**
 * What is drawn at random: operations that are no functions, which are refused with what to write in their place, and names
 * that the words call masks or rates or that a distribution gives, which are no parameters.
 */
import type { Span } from "../base/source.ts";
import type { Syntax } from "../parse/syntax.ts";
import { latexOf } from "./scriptlatex.ts";
import { problem } from "./surroundings.ts";
import { textOf } from "./tree.ts";

interface RandomOperation {
  readonly word: RegExp;
  readonly message: string;
  /** What to write, of the argument in LaTeX. */
  readonly help: (argument: string) => string;
}

const OPERATIONS: readonly RandomOperation[] = [
  {
    word: /^(?:inverted|alpha)?drop(?:out|path|connect)(?:_.*)?$/iu,
    message: "dropout draws a mask at random, so it is no function of its argument",
    help: x =>
      `Write it with a mask that is given, m of zeros and ones: m \\odot ${x}, or m \\odot ${x} / (1 - p) where what stays is scaled up.`,
  },
];

const wordOf = (name: string): string => name.replaceAll(/\\?operatorname|[\\{}\s-]/gu, "");

/** Refuses an operation that draws at random. */
export const refuseRandom = (name: string, args: readonly Syntax[], span: Span): void => {
  const word = wordOf(name);
  const found = OPERATIONS.find(operation => operation.word.test(word));
  if (!found) return;
  const [first] = args;
  problem("N001", found.message, span, "no derivative", found.help(first ? latexOf(first) : "x"));
};

/** Words before or behind a name that is given and not trained. */
const GIVEN_BEFORE =
  /\b(?:masks?|(?:dropout|keep(?:ing)?|drop)[\s-]*(?:rate|probability))\s*$|(?:掩码|丢弃率|丢弃概率)\s*$/iu;
const GIVEN_BEHIND =
  /^\s*,?\s*(?:is|are|being|denotes)\s+(?:a|an|the)?\s*(?:(?:random|binary|given|fixed|dropout|attention)\s+)*(?:masks?|(?:dropout|keep|drop)[\s-]*(?:rate|probability))\b|^\s*(?:是|为)[^。，,]{0,6}(?:掩码|丢弃率)/iu;

export const givenSaid = (text: string): { readonly ahead: boolean; readonly behind: boolean } => ({
  ahead: GIVEN_BEFORE.test(text),
  behind: GIVEN_BEHIND.test(text),
});

/** m of m ∼ Bernoulli(p), and of m ∈ {0, 1}^h. */
export const drawnIn = (body: Syntax): readonly Syntax[] => {
  if (body.kind !== "relations" || body.members.length !== 2) return [];
  const [left, right] = body.members as [Syntax, Syntax];
  const sign = body.operators[0]?.spelling;
  const isBinary = sign === "\\in" && /^\\?\{0,1\\?\}(?:\^.*)?$/u.test(textOf(right));
  if (sign !== "\\sim" && !isBinary) return [];
  return left.kind === "list" ? left.items : [left];
};
