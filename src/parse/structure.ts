import { DiagnosticError, InternalError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { arrange } from "./arrange.ts";
import { build } from "./build.ts";
import { complete } from "./commands.ts";
import { readLong } from "./cut.ts";
import { dispatch } from "./dispatch.ts";
import grammar from "./equation.grammar.ts";
import type { Argument, Frame, Row } from "./frame.ts";
import type { Lexicon } from "./lexicon.ts";
import { ListReader } from "./list.ts";
import { refuse } from "./problem.ts";
import type { Lexeme } from "./scan.ts";
import type { State } from "./state.ts";
import type { Syntax } from "./syntax.ts";
import { atom, endsOperand, sign, type Token } from "./token.ts";

/** Levels of brackets, scripts and arguments that may be open at once. */
const DEEPEST = 400;

const READER = new ListReader(grammar as unknown as ConstructorParameters<typeof ListReader>[0]);

/** Reads one list of tokens from a production of the grammar on; null for an empty list. */
export const readList = (tokens: readonly Token[], lexicon: Lexicon, start: string, end: number): Syntax | null => {
  const arranged = arrange(tokens, lexicon);
  const only = arranged[0];
  if (only === undefined) return null;
  if (arranged.length === 1) {
    if (only.type === "atom" && only.node !== null) return only.node;
    if (only.type === "sign" && start === "inside")
      return {
        kind: "mark",
        spelling: only.operator?.spelling ?? "",
        body: null,
        span: { start: only.start, end: only.end },
      };
  }
  return build(readLong(READER, arranged, start, end));
};

/**
 * The part of TeX that is not mathematics: what a brace, a script, an argument, an environment holds.
 * Walks the lexemes once with a stack of its own; each level that closes is read by the grammar and
 * becomes one token of the level around it.
 */
export class Structure implements State {
  readonly rows: Row[] = [];
  readonly stack: Frame[] = [];
  /** Row environments that are open around the rows. */
  readonly environments: { readonly name: string; readonly span: Span }[] = [];
  /** The place of the next lexeme. */
  at = 0;
  /** \not stands before the next relation. */
  negated: Span | null = null;

  constructor(
    readonly text: string,
    readonly base: number,
    readonly lexemes: Lexeme[],
    readonly lexicon: Lexicon,
  ) {}

  get top(): Frame {
    return this.stack[this.stack.length - 1] as Frame;
  }
  get row(): Row {
    return this.rows[this.rows.length - 1] as Row;
  }
  get last(): Token | undefined {
    const { tokens } = this.top;
    return tokens[tokens.length - 1];
  }
  get next(): Lexeme | undefined {
    return this.lexemes[this.at];
  }
  /** Where the formula ends, in the note. */
  get end(): number {
    return this.base + this.text.length;
  }

  /** Reads the whole formula into rows. Damage costs the row in which it is found. */
  run(): readonly Row[] {
    this.#startRoot();
    for (;;) {
      try {
        while (this.at < this.lexemes.length) this.#step(this.lexemes[this.at++] as Lexeme);
        this.#finish();
        return this.rows;
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        this.row.problems.push(error.diagnostic);
        if (error.diagnostic.code === "B001") return this.rows;
        this.#recover();
      }
    }
  }

  #startRoot(): void {
    this.stack.length = 0;
    this.open("root", "", { start: this.base, end: this.base });
    this.newRow();
  }

  newRow(): void {
    const row: Row = { tokens: [], problems: [], tag: null };
    this.rows.push(row);
    (this.stack[0] as Frame).tokens = row.tokens;
  }

  open(kind: Frame["kind"], open: string, span: Span, more: Partial<Frame> = {}): Frame {
    const below = this.stack.length === 0 ? null : this.top;
    const frame: Frame = {
      kind,
      open,
      span,
      tokens: [],
      fonts: below?.fonts ?? [],
      script: below?.script ?? false,
      argument: false,
      needs: 0,
      args: [],
      label: null,
      rows: [],
      over: null,
      ...more,
    };
    this.stack.push(frame);
    if (this.stack.length > DEEPEST)
      refuse("R003", `more than ${DEEPEST} levels are open`, span, "the first one too many");
    return frame;
  }

  #step(lexeme: Lexeme): void {
    if (this.top.kind === "command") {
      if (lexeme.text === "{") {
        this.open("brace", "{", lexeme, { argument: true });
        return;
      }
      if (lexeme.text === "[" && this.top.open === "\\sqrt" && this.top.args.length === 0 && this.top.needs === 2) {
        this.open("optional", "[", lexeme);
        return;
      }
      this.open("single", "", lexeme);
      if (lexeme.type === "number" && lexeme.text.length > 1) this.#splitNumber(lexeme);
    }
    dispatch(this, this.#split ?? lexeme);
    this.#split = null;
  }

  #split: Lexeme | null = null;
  /** TeX takes one digit as an argument: x^12 is x^1 2. */
  #splitNumber(lexeme: Lexeme): void {
    const middle = lexeme.expanded ? lexeme.end : lexeme.start + 1;
    this.#split = { ...lexeme, text: lexeme.text.slice(0, 1), end: middle };
    this.lexemes[--this.at] = {
      ...lexeme,
      text: lexeme.text.slice(1),
      start: lexeme.expanded ? lexeme.start : middle,
      spaced: false,
    };
  }

  add(token: Token): void {
    this.top.tokens.push(token);
    this.closeSingles();
  }

  /** An argument without braces is whole as soon as it holds something. */
  closeSingles(): void {
    while (this.top.kind === "single" && this.top.tokens.length > 0) {
      const frame = this.stack.pop() as Frame;
      const first = frame.tokens[0] as Token;
      const last = frame.tokens[frame.tokens.length - 1] as Token;
      this.give({ tokens: frame.tokens, span: { start: first.start, end: last.end }, braced: false });
    }
  }

  /** Hands an argument to the command that waits for it. */
  give(argument: Argument): void {
    const command = this.top;
    if (command.kind !== "command") throw new InternalError(`an argument without a command: ${command.kind}`);
    command.args.push(argument);
    if (command.args.length < command.needs) return;
    this.stack.pop();
    complete(this, command);
  }

  /** Reads a list; what cannot be read is noted with the row and leaves a hole. */
  read(tokens: readonly Token[], start: string, end: number): Syntax | null {
    try {
      return readList(tokens, this.lexicon, start, end);
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      this.row.problems.push(error.diagnostic);
      return { kind: "prose", text: "", span: { start: tokens[0]?.start ?? end, end } };
    }
  }

  /** Bars that opened and did not close are separators: p(y | x). */
  settleBars(): void {
    while (this.top.kind === "bar") {
      const bar = this.stack.pop() as Frame;
      this.top.tokens.push(sign("bar", { spelling: bar.open, span: bar.span }));
      for (const token of bar.tokens) this.top.tokens.push(token);
    }
  }

  /** Closes the innermost bracket as a group. */
  closeGroup(open: string, close: string, closing: Span): void {
    const frame = this.stack.pop() as Frame;
    const body = this.read(frame.tokens, "inside", closing.start);
    this.add(atom({ kind: "group", open, close, body, span: { start: frame.span.start, end: closing.end } }, "group"));
  }

  /** Says of what is still open that it is not closed. */
  unclosed(place: Span, found: string): never {
    const open = this.top;
    const name =
      open.kind === "matrix"
        ? `\\begin{${open.open}}`
        : open.kind === "left"
          ? `\\left${open.open}`
          : open.kind === "single"
            ? (this.stack[this.stack.length - 2] as Frame).open
            : open.open;
    if (open.kind === "command" || open.kind === "single") {
      return refuse(
        "R001",
        `${name} lacks ${open.kind === "command" && open.args.length > 0 ? "its second" : "an"} argument`,
        open.kind === "single" ? (this.stack[this.stack.length - 2] as Frame).span : open.span,
        `${found} comes before it`,
      );
    }
    if (open.kind === "root") return refuse("R002", `${found} closes nothing`, place, "nothing is open here");
    throw new DiagnosticError({
      code: "R002",
      severity: "error",
      message: `${name} is not closed`,
      spans: [
        { span: open.span, label: "opened here" },
        ...(place.start === open.span.start ? [] : [{ span: place, label: `${found} comes first` }]),
      ],
    });
  }

  #finish(): void {
    const end = { start: this.end, end: this.end };
    this.settleBars();
    if (this.top.kind !== "root") this.unclosed(end, "the end of the formula");
    const open = this.environments[this.environments.length - 1];
    if (open !== undefined) {
      this.environments.length = 0;
      refuse("R002", `\\begin{${open.name}} is not closed`, open.span, "opened here");
    }
  }

  /** Goes on with the next row after damage: everything open is dropped. */
  #recover(): void {
    let braces = this.stack.filter(frame => frame.kind === "brace").length;
    const matrices = this.stack.filter(frame => frame.kind === "matrix").length;
    const { problems } = this.row;
    (this.stack[0] as Frame).tokens.length = 0;
    this.stack.length = 1;
    this.negated = null;
    (this.stack[0] as Frame).fonts = [];
    if (matrices > 0) {
      // The rows of a matrix are not rows of the formula.
      this.at = this.lexemes.length;
      return;
    }
    for (; this.at < this.lexemes.length; this.at++) {
      const { text } = this.lexemes[this.at] as Lexeme;
      if (text === "{") braces++;
      else if (text === "}") braces = Math.max(0, braces - 1);
      else if (braces === 0 && text === "\\\\") return;
      else if (braces === 0 && text === "\\end" && this.environments.length > 0) return;
    }
    if (problems.length > 0) this.environments.length = 0;
  }

  /** The LaTeX of an argument that is not read as mathematics; undefined if it does not end. */
  #raw(): { readonly text: string; readonly span: Span } | undefined {
    const first = this.next;
    if (first === undefined) return undefined;
    this.at++;
    if (first.text !== "{") return { text: first.text, span: first };
    const inner: Lexeme[] = [];
    for (let depth = 0; this.at < this.lexemes.length; ) {
      const lexeme = this.lexemes[this.at++] as Lexeme;
      if (lexeme.text === "}" && depth-- === 0) {
        const span = { start: first.start, end: lexeme.end };
        if (first.expanded || inner.some(part => part.expanded)) {
          return { text: inner.map((part, index) => (part.spaced && index > 0 ? " " : "") + part.text).join(""), span };
        }
        return { text: this.text.slice(first.end - this.base, lexeme.start - this.base), span };
      }
      if (lexeme.text === "{") depth++;
      inner.push(lexeme);
    }
    return undefined;
  }

  /** As `#raw`, refusing when there is no such argument. */
  need(command: Lexeme): { readonly text: string; readonly span: Span } {
    return (
      this.#raw() ??
      refuse("R002", `the argument of ${command.text} is missing or does not end`, command, "of this command")
    );
  }

  /** Whether a factor stands directly before. */
  get afterOperand(): boolean {
    return endsOperand(this.last);
  }
}
