/** Reads lines of Python: what can be assigned or heads a block is a tree, every other line is known by its first word alone. */
import nearley from "nearley";
import type { Span } from "../base/source.ts";
import { type CodeToken, LEXER, tokenise } from "./python.build.ts";
import grammar from "./python.grammar.ts";
import type { CodeLine, CodeStatement } from "./python.syntax.ts";

const compiled = nearley.Grammar.fromCompiled(grammar);
const OPEN = new Set(["(", "[", "{"]);
const CLOSED = new Set([")", "]", "}"]);
/** Tokens of one line, and blocks within blocks: beyond these nobody writes mathematics. */
const LONGEST = 2_000;
const DEEPEST = 60;

/** The prompts of a session: >>> and … in front of its lines. */
const PROMPTS = /^([ \t]*)(>>>|\.\.\.)(?=[ \t]|$)/gmu;

interface Line {
  readonly tokens: readonly CodeToken[];
  readonly indent: number;
  readonly comment: string;
}

/** The logical lines: brackets hold lines together, a semicolon parts them. */
const linesOf = (text: string, base: number): readonly Line[] => {
  const lines: Line[] = [];
  const lexer = tokenise();
  lexer.reset(text.replace(PROMPTS, (_, space: string, prompt: string) => space + " ".repeat(prompt.length)));
  let tokens: CodeToken[] = [];
  let [depth, indent, comment] = [0, 0, ""];
  const end = (): void => {
    if (tokens.length > 0) lines.push({ tokens, indent, comment });
    [tokens, depth, comment] = [[], 0, ""];
  };
  for (const { type, value, text: written, offset } of lexer) {
    if (type === "space") continue;
    if (type === "comment") comment = value.replace(/^#+\s*/u, "").trim();
    else if (type === "newline" && depth === 0) end();
    else if (type !== "newline") {
      if (tokens.length === 0) indent = offset - (text.lastIndexOf("\n", offset - 1) + 1);
      if (value === ";" && depth === 0) {
        const inner = indent;
        end();
        indent = inner;
        continue;
      }
      if (OPEN.has(value)) depth++;
      if (CLOSED.has(value)) depth = Math.max(0, depth - 1);
      tokens.push({ type, value, text: written, start: base + offset, end: base + offset + written.length });
    }
  }
  end();
  return lines;
};

/** The statements that the tokens of a line are; null where it is of another kind. */
const readLine = (tokens: readonly CodeToken[]): readonly CodeStatement[] | null => {
  if (tokens.length > LONGEST) return null;
  const parser = new nearley.Parser(compiled, { lexer: LEXER as unknown as nearley.Lexer, keepHistory: false });
  // The stock texts cost seconds on long inputs.
  Object.assign(parser, { reportError: () => "unexpected", reportLexerError: () => "unexpected" });
  LEXER.tokens = tokens;
  try {
    parser.feed("");
  } catch (error) {
    if ((error as { token?: unknown }).token === undefined) throw error;
    return null;
  } finally {
    LEXER.tokens = [];
  }
  const [only, more] = parser.results as readonly (readonly CodeStatement[])[];
  return only && !more ? only : null;
};

/** for …: a = b on one line: the head and what stands behind it. */
const parted = ({ tokens, indent, comment }: Line): readonly Line[] => {
  const [first] = tokens;
  if (first?.type !== "keyword" || tokens.at(-1)?.value === ":") return [{ tokens, indent, comment }];
  let depth = 0;
  for (const [i, { value, type }] of tokens.entries()) {
    if (OPEN.has(value)) depth++;
    if (CLOSED.has(value)) depth--;
    if (value === "lambda" && type === "keyword") break;
    if (value !== ":" || depth !== 0) continue;
    return [
      { tokens: tokens.slice(0, i + 1), indent, comment: "" },
      { tokens: tokens.slice(i + 1), indent: indent + 1, comment },
    ];
  }
  return [{ tokens, indent, comment }];
};

const spanOf = (tokens: readonly CodeToken[]): Span => ({
  start: tokens[0]?.start ?? 0,
  end: tokens.at(-1)?.end ?? 0,
});

/**
 * The lines of a piece of Python that begins at `base` in the note, those that are indented below a line in its body. Never
 * fails: what does not read is a line without statements.
 */
export const readPython = (text: string, base = 0): readonly CodeLine[] => {
  const top: CodeLine[] = [];
  const open: { readonly indent: number; readonly body: CodeLine[] }[] = [];
  for (const line of linesOf(text, base).flatMap(parted)) {
    const { tokens, indent, comment } = line;
    while (open.length > 0 && (open.at(-1) as { indent: number }).indent >= indent) open.pop();
    const body: CodeLine[] = [];
    const word = tokens[0]?.value ?? "";
    (open.at(-1)?.body ?? top).push({ statements: readLine(tokens), word, span: spanOf(tokens), comment, body });
    if (tokens.at(-1)?.value === ":" && open.length < DEEPEST) open.push({ indent, body });
  }
  return top;
};
