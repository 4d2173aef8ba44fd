import type { Span } from "../base/source.ts";
import type { Operator, Script, Syntax } from "./syntax.ts";

/**
 * A piece of one level of a formula: brackets, scripts, fractions and the like are already whole.
 * A list of these is what the grammar reads. "group", "limits", "nabla" and "partial" are
 * settled by their neighbours before (see `arrange`); "prose" and "gap" part statements.
 */
export type TokenType =
  | "atom"
  | "call"
  | "named"
  | "function"
  | "big"
  | "prefix"
  | "times"
  | "slash"
  | "sign"
  | "relation"
  | "colon"
  | "comma"
  | "bar"
  | "group"
  | "limits"
  | "nabla"
  | "partial"
  | "prose"
  | "gap";

export interface Token {
  type: TokenType;
  start: number;
  end: number;
  /** The tree of an atom, a bracket, a piece of prose. */
  node: Syntax | null;
  /** The sign of everything that is not an atom. */
  readonly operator: Operator | null;
  /** Scripts of functions, big operators and ∂, ∇. */
  readonly scripts: Script[];
  /** Came in braces of its own: scripts that follow belong to all of it. */
  closed: boolean;
}

export const spanOf = (token: Token): Span => ({ start: token.start, end: token.end });

export const atom = (node: Syntax, type: "atom" | "group" | "prose" = "atom"): Token => ({
  type,
  start: node.span.start,
  end: node.span.end,
  node,
  operator: null,
  scripts: [],
  closed: false,
});

export const sign = (type: TokenType, operator: Operator): Token => ({
  type,
  start: operator.span.start,
  end: operator.span.end,
  node: null,
  operator,
  scripts: [],
  closed: false,
});

/** Whether a factor may begin here. */
export const beginsOperand = (token: Token | undefined): boolean => {
  switch (token?.type) {
    case "atom":
    case "call":
    case "named":
    case "function":
    case "big":
    case "prefix":
    case "group":
    case "limits":
    case "nabla":
    case "partial":
      return true;
    default:
      return false;
  }
};

/** Whether a factor may end here. */
export const endsOperand = (token: Token | undefined): boolean =>
  beginsOperand(token) && token?.type !== "big" && token?.type !== "prefix";

/**
 * What braces or a font command held, as tokens of the list around them. A single one covers the braces
 * too, so that the text of \mathbf{x}_t is balanced. Scripts that follow start a level of their own.
 */
export const unwrap = (tokens: readonly Token[], span: Span): readonly Token[] =>
  tokens.length !== 1
    ? tokens.map(token => ({ ...token, closed: true }))
    : tokens.map(token => ({
        ...token,
        start: span.start,
        end: span.end,
        node: token.node === null ? null : { ...token.node, span },
        closed: true,
      }));

/** Hangs a script onto a token. */
export const attach = (token: Token, script: Script): void => {
  const end = Math.max(token.end, script.span.end);
  const node = token.node;
  if (node === null) {
    token.scripts.push(script);
  } else if (node.kind === "scripted" && !token.closed) {
    (node.scripts as Script[]).push(script);
    token.node = { ...node, span: { start: node.span.start, end } };
  } else {
    token.node = { kind: "scripted", base: node, scripts: [script], span: { start: token.start, end } };
    token.closed = false;
  }
  token.end = end;
};
