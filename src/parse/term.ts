/** Reads the inside notation of terms into a syntax tree. For our own tables and tests: mistakes throw InternalError. */
import nearley from "nearley";
import { InternalError } from "../base/diagnostic.ts";
import type { TermSyntax } from "./term.build.ts";
import grammar from "./term.grammar.ts";

const compiled = nearley.Grammar.fromCompiled(grammar);

export const readTermSyntax = (text: string): TermSyntax => {
  const parser = new nearley.Parser(compiled, { keepHistory: false });
  // The stock messages walk every partial parse, which is exponential in nesting.
  Object.assign(parser, { reportError: () => "unexpected", reportLexerError: () => "unexpected" });
  try {
    parser.feed(text);
  } catch (error) {
    const { offset } = (error as { token?: { offset?: number } }).token ?? {};
    throw new InternalError(`unreadable term "${text.slice(0, 200)}"${offset === undefined ? "" : ` at ${offset}`}`);
  }
  const [result, second] = parser.results as readonly TermSyntax[];
  if (!result) throw new InternalError(`unfinished term "${text.slice(0, 200)}"`);
  if (second) throw new InternalError(`ambiguous term "${text.slice(0, 200)}"`);
  return result;
};
