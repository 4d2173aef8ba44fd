/** Tokens of Python, and what the productions of python.ne build. */
import moo from "moo";
import type { Span } from "../base/source.ts";
import type { Code, CodeStatement } from "./python.syntax.ts";

const KEYWORDS = [
  ...["for", "in", "while", "def", "return", "if", "else", "or", "and", "not", "lambda", "is", "import", "from", "as"],
  ...["class", "with", "try", "except", "finally", "raise", "assert", "del", "pass", "break", "continue", "global"],
  ...["nonlocal", "yield", "elif", "async", "await"],
];

/** The tokens of a text; what Python has no sign for is an `error` to its end. */
export const tokenise = (): moo.Lexer =>
  moo.compile({
    space: /[ \t\f\r]+|\\\r?\n/u,
    newline: { match: "\n", lineBreaks: true },
    comment: /#[^\n]*/u,
    string: [
      { match: /[rbuf]{0,2}"""(?:[^\\"]|\\[\s\S]|"(?!""))*"""/u, lineBreaks: true },
      { match: /[rbuf]{0,2}'''(?:[^\\']|\\[\s\S]|'(?!''))*'''/u, lineBreaks: true },
      { match: /[rbuf]{0,2}"(?:[^\\"\n]|\\.)*"/u },
      { match: /[rbuf]{0,2}'(?:[^\\'\n]|\\.)*'/u },
    ],
    number: /(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/u,
    name: { match: /[\p{L}_][\p{L}\p{M}\p{N}_]*/u, type: moo.keywords({ keyword: KEYWORDS }) },
    augmented: ["**=", "//=", "+=", "-=", "*=", "/=", "@=", "%=", "&=", "|="],
    order: ["<=", ">=", "==", "!=", "<", ">"],
    raised: "**",
    times: ["//", "*", "/", "@", "%"],
    mark: ["->", ":=", "(", ")", "[", "]", "{", "}", ",", ":", ".", "=", "+", "-", "~", "&", "|", "^", ";", "!"],
    error: moo.error,
  });

export interface CodeToken {
  readonly type?: string | undefined;
  readonly value: string;
  readonly text: string;
  /** In the note. */
  readonly start: number;
  readonly end: number;
}

/** Hands a list of tokens to nearley. */
export const LEXER = {
  tokens: [] as readonly CodeToken[],
  at: 0,
  reset(_chunk: string, _state?: unknown): void {
    this.at = 0;
  },
  next(): { value: unknown; [key: string]: unknown } | undefined {
    return this.tokens[this.at++] as unknown as { value: unknown } | undefined;
  },
  save(): Record<string, never> {
    return {};
  },
  formatError(_token: unknown): string {
    return "";
  },
  has(_type: string): boolean {
    return true;
  },
};

type Assignment = Extract<CodeStatement, { kind: "assignment" }>;
type Part = CodeToken & Code & readonly Code[] & readonly Assignment[] & readonly CodeToken[];

/** The one adapter between nearley's untyped results and typed builders. */
export const act =
  <T>(build: (parts: readonly Part[]) => T) =>
  (parts: readonly unknown[]): T =>
    build(parts as readonly Part[]);

/** Tokens and trees know where they stand; lists do so by their members. */
const edges = (part: unknown): Span => {
  if (Array.isArray(part)) return { start: edges(part[0]).start, end: edges(part.at(-1)).end };
  const { span, start, end } = part as { span?: Span; start: number; end: number };
  return span ?? { start, end };
};

const over = (parts: readonly unknown[]): Span => {
  const written = parts.filter(part => part !== null && !(Array.isArray(part) && part.length === 0));
  return edges(written);
};

const at = (parts: readonly Part[], i: number): Part => parts[i] as Part;

export const assignment = (p: readonly Part[]): readonly Assignment[] => [
  { kind: "assignment", target: at(p, 0), operator: at(p, 1).value, value: at(p, 2), span: over(p) },
];
/** a = b = c assigns c to b, and then b to a. */
export const chained = (p: readonly Part[]): readonly Assignment[] => {
  const rest: readonly Assignment[] = at(p, 2);
  const next = rest.at(-1) as Assignment;
  const target = at(p, 0);
  return [...rest, { kind: "assignment", target, operator: "=", value: next.target, span: target.span }];
};
export const loop = (p: readonly Part[]): readonly CodeStatement[] => [
  { kind: "for", names: (at(p, 1) as readonly CodeToken[]).map(({ value }) => value), over: at(p, 3), span: over(p) },
];
export const repetition = (p: readonly Part[]): readonly CodeStatement[] => [{ kind: "while", span: over(p) }];
export const definition = (p: readonly Part[]): readonly CodeStatement[] => [
  { kind: "def", name: at(p, 1).value, parameters: p.length === 6 ? at(p, 3) : [], span: over(p) },
];
export const returned = (p: readonly Part[]): readonly CodeStatement[] => [
  { kind: "return", value: at(p, 1), span: over(p) },
];

export const single = (p: readonly Part[]): readonly Part[] => [at(p, 0)];
const listed = (p: readonly Part[]): readonly Part[] => at(p, 0) as readonly unknown[] as readonly Part[];
export const longer = (p: readonly Part[]): readonly Part[] => [...listed(p), at(p, 2)];
export const appended = (p: readonly Part[]): readonly Part[] => [...listed(p), at(p, 1)];

export const tuple = (p: readonly Part[]): Code => ({ kind: "tuple", items: at(p, 0), span: over(p) });
export const conditional = (p: readonly Part[]): Code => ({
  kind: "conditional",
  items: [at(p, 0), at(p, 2), at(p, 4)],
  span: over(p),
});
export const infix = (p: readonly Part[]): Code => ({
  kind: "infix",
  operator: at(p, 1).value,
  left: at(p, 0),
  right: at(p, 2),
  span: over(p),
});
export const prefix = (p: readonly Part[]): Code => ({
  kind: "prefix",
  operator: at(p, 0).value,
  of: at(p, 1),
  span: over(p),
});
export const attribute = (p: readonly Part[]): Code => ({
  kind: "attribute",
  of: at(p, 0),
  name: at(p, 2).value,
  span: over(p),
});
export const call = (p: readonly Part[]): Code => ({
  kind: "call",
  of: at(p, 0),
  args: p.length === 4 ? at(p, 2) : [],
  span: over(p),
});
export const subscript = (p: readonly Part[]): Code => ({
  kind: "subscript",
  of: at(p, 0),
  places: at(p, 2),
  span: over(p),
});
export const keyword = (p: readonly Part[]): Code => ({
  kind: "keyword",
  name: at(p, 0).value,
  value: at(p, 2),
  span: over(p),
});
export const slice = (p: readonly Part[]): Code => ({
  kind: "slice",
  parts: p.filter((_, i) => i % 2 === 0),
  span: over(p),
});
export const name = (p: readonly Part[]): Code => ({ kind: "name", name: at(p, 0).value, span: over(p) });
export const number = (p: readonly Part[]): Code => ({
  kind: "number",
  text: at(p, 0).value.replaceAll("_", ""),
  span: over(p),
});
export const text = (p: readonly Part[]): Code => ({
  kind: "text",
  text: (at(p, 0) as readonly CodeToken[])
    .map(({ value }) => value.replace(/^[rbuf]*(?:"""|'''|"|')|(?:"""|'''|"|')$/gu, ""))
    .join(""),
  span: over(p),
});
export const bracketed = (p: readonly Part[]): Code => ({ ...at(p, 1), span: over(p) });
export const bracketedTuple = (p: readonly Part[]): Code => ({ kind: "tuple", items: at(p, 1), span: over(p) });
export const emptyTuple = (p: readonly Part[]): Code => ({ kind: "tuple", items: [], span: over(p) });
export const list = (p: readonly Part[]): Code => {
  const inner = p.length === 3 ? at(p, 1) : undefined;
  return {
    kind: "list",
    items: inner === undefined ? [] : inner.kind === "tuple" ? (inner as { items: readonly Code[] }).items : [inner],
    span: over(p),
  };
};
