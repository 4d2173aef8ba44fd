import { cover, type Span } from "../base/source.ts";
import { ENVIRONMENT_ARGUMENTS, ROW_ENVIRONMENTS } from "./latex.ts";
import { refuse } from "./problem.ts";
import type { Lexeme } from "./scan.ts";
import type { State } from "./state.ts";
import type { Syntax } from "./syntax.ts";
import { atom, sign, type Token } from "./token.ts";

const place = (lexeme: Span): Span => ({ start: lexeme.start, end: lexeme.end });

/** Skips [t] or [10pt], if that is what follows. */
const skipOption = (state: State, allowed: RegExp): void => {
  if (state.next?.text !== "[") return;
  let text = "";
  for (let at = state.at + 1; at < state.lexemes.length && at < state.at + 12; at++) {
    const lexeme = state.lexemes[at] as Lexeme;
    if (lexeme.text === "]") {
      if (allowed.test(text)) state.at = at + 1;
      return;
    }
    text += lexeme.text;
  }
};

export const beginEnvironment = (state: State, lexeme: Lexeme): void => {
  const { text, span } = state.need(lexeme);
  const name = text.trim();
  skipOption(state, /^[tbclr]$/u);
  for (let count = ENVIRONMENT_ARGUMENTS.get(name) ?? 0; count > 0 && state.next?.text === "{"; count--)
    state.need(lexeme);
  const whole = cover(place(lexeme), span);
  if (ROW_ENVIRONMENTS.has(name) && state.top.kind === "root") {
    state.environments.push({ name, span: whole });
    return;
  }
  state.open("matrix", name, whole).rows.push([]);
};

export const nextCell = (state: State): void => {
  // Where a row environment is open, & only aligns.
  if (state.top.kind === "bar" && state.stack.some(frame => frame.kind === "matrix")) state.settleBars();
  const { top } = state;
  if (top.kind !== "matrix" || ROW_ENVIRONMENTS.has(top.open)) return;
  top.rows[top.rows.length - 1]?.push(top.tokens);
  top.tokens = [];
};

export const breakRow = (state: State, lexeme: Lexeme): void => {
  if (state.next?.text === "*") state.at++;
  skipOption(state, /^-?[\d.]+\s*(?:pt|em|ex|cm|mm|in|px|mu|pc|\\[A-Za-z]+)$/u);
  const below = state.stack.findLast(frame => frame.kind !== "bar");
  if (below?.kind === "root" || below?.kind === "matrix") state.settleBars();
  const { top } = state;
  if (top.kind === "root") state.newRow();
  else if (top.kind === "matrix") {
    top.rows[top.rows.length - 1]?.push(top.tokens);
    top.tokens = [];
    top.rows.push([]);
  } else if (
    top.kind === "brace" &&
    top.tokens.length > 0 &&
    state.stack[state.stack.length - 2]?.open === "\\substack"
  ) {
    state.add(sign("comma", { spelling: "\\\\", span: place(lexeme) }));
  }
};

export const endEnvironment = (state: State, lexeme: Lexeme): void => {
  state.settleBars();
  const { text, span } = state.need(lexeme);
  const name = text.trim();
  const { top } = state;
  const whole = cover(place(lexeme), span);
  if (top.kind === "root") {
    const open = state.environments.pop();
    if (open?.name !== name) {
      refuse(
        "R002",
        open === undefined ? `\\end{${name}} closes nothing` : `\\begin{${open.name}} is closed by \\end{${name}}`,
        whole,
        "this does not fit",
      );
    }
    return;
  }
  if (top.kind !== "matrix" || top.open !== name) state.unclosed(whole, `\\end{${name}}`);
  const rows = top.rows;
  if (top.tokens.length > 0 || (rows[rows.length - 1]?.length ?? 0) > 0) rows[rows.length - 1]?.push(top.tokens);
  const filled = rows.filter(row => row.some(cell => cell.length > 0));
  state.stack.pop();
  if (state.top.kind === "root" && state.row.tokens.length === 0 && isAlignment(filled)) {
    filled.forEach((row, at) => {
      if (at > 0) state.newRow();
      for (const cell of row) for (const token of cell) state.row.tokens.push(token);
    });
    return;
  }
  const cells = filled.map(row => row.map(cell => readCell(state, cell, whole.start)));
  state.add(atom({ kind: "matrix", environment: name, rows: cells, span: cover(top.span, whole) }));
};

/** An array whose columns are left side, relation sign, right side. */
const isAlignment = (rows: readonly (readonly (readonly Token[])[])[]): boolean =>
  rows.length > 0 && rows.some(row => row.some((cell, at) => at > 0 && cell[0]?.type === "relation"));

/** A cell; words in it (if, otherwise) stand beside its formula as members of a list. */
const readCell = (state: State, cell: readonly Token[], end: number): Syntax => {
  const trimmed = cell.filter(
    (token, at) => token.type !== "gap" && !(token.type === "comma" && (at === cell.length - 1 || at === 0)),
  );
  const parts: Syntax[] = [];
  let run: Token[] = [];
  const flush = (): void => {
    const node = state.read(run, "inside", end);
    if (node !== null) parts.push(node);
    run = [];
  };
  for (const token of trimmed) {
    if (token.type !== "prose" || token.node === null) run.push(token);
    else {
      flush();
      parts.push(token.node);
    }
  }
  flush();
  if (parts.length === 1) return parts[0] as Syntax;
  if (parts.length === 0) return { kind: "prose", text: "", span: { start: end, end } };
  return {
    kind: "list",
    items: parts,
    span: cover((parts[0] as Syntax).span, (parts[parts.length - 1] as Syntax).span),
  };
};
