/**
 * What a spelling is to the grammar. The classes are fixed; which spelling has which class is data,
 * made from LaTeX's own table (`latex.ts`) and from the operations that the program knows.
 *
 * - "product": stands between factors (\odot); "sum": between terms (\oplus); "relation": between members (\sim)
 * - "function": takes the next bracket or atom (\tanh, \operatorname{diag})
 * - "big": takes limits and the rest of the term (\sum)
 * - "limits": as "big" when it has a subscript (\max_i x_i), else as "function" (\max(a, b))
 * - "name": one identifier, for bare runs of letters that would else be a product (loss)
 * - "mark": a sign that lives in superscripts (\top)
 */
export type TokenClass = "product" | "sum" | "relation" | "function" | "big" | "limits" | "name" | "mark";

export interface LexiconEntry {
  readonly class: TokenClass;
  /** The operation that the spelling stands for; handed through to the tree. */
  readonly op?: string;
}

/**
 * Keys: a command ("\\odot", "\\tanh"), a character ("⊙"), a word in the form "\\operatorname{diag}"
 * (which covers \text{diag}, \mathrm{diag}, \mathop{diag} and a bare run of letters `diag` before a bracket),
 * or a plain word ("loss").
 */
export type Lexicon = ReadonlyMap<string, LexiconEntry>;

/** The lexicon's entry for a word, however it is spelt in the note. \\text{in} is not \\in: commands count if they are functions. */
export const findWord = (lexicon: Lexicon, word: string): LexiconEntry | undefined => {
  const named = lexicon.get(`\\operatorname{${word}}`);
  if (named !== undefined) return named;
  const command = lexicon.get(`\\${word}`);
  return command?.class === "function" || command?.class === "limits" ? command : lexicon.get(word);
};
