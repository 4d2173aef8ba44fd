import nearley from "nearley";
import { InternalError } from "../base/diagnostic.ts";
import { refuse } from "./problem.ts";
import type { Token } from "./token.ts";

/** What the grammar makes: rule names and parts, no more. `build` turns it into a tree without recursion over lists. */
export interface Parsed {
  readonly rule: Exclude<Act, "only">;
  readonly parts: readonly (Parsed | Token)[];
}

type Act =
  | "only"
  | "chain"
  | "mark"
  | "given"
  | "list"
  | "slice"
  | "signed"
  | "sum"
  | "signs"
  | "reach"
  | "opening"
  | "lead"
  | "factors"
  | "prefixed"
  | "prefixes"
  | "call";

/** The one adapter between the grammar and the program. */
export const act = (rule: Act): ((parts: (Parsed | Token)[]) => Parsed | Token) =>
  rule === "only" ? parts => parts[0] as Parsed | Token : parts => ({ rule, parts });

/** Hands a list of tokens to nearley. `has` is asked by the generated grammar for each %token. */
export const LEXER = {
  tokens: [] as readonly Token[],
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

/** What may come next, said plainly; by token type of the grammar. */
const PLAIN: Readonly<Record<string, string>> = {
  atom: "a symbol, a number or a bracket",
  times: "a product sign",
  slash: "/",
  sign: "+ or −",
  relation: "a relation sign such as =",
  comma: "a comma",
  colon: "a colon",
  bar: "a bar",
  big: "a sum",
};
/** Left unsaid: they may stand wherever an atom may. */
const UNSAID = new Set(["named", "prefix", "call", "big", "slash", "bar", "colon"]);

interface Column {
  readonly scannable: readonly { readonly rule: { readonly symbols: readonly unknown[] }; readonly dot: number }[];
}

const expected = (column: Column | undefined): string => {
  const types = new Set<string>();
  for (const state of column?.scannable ?? []) {
    const symbol = state.rule.symbols[state.dot] as { readonly type?: string };
    if (symbol.type !== undefined && !UNSAID.has(symbol.type)) types.add(symbol.type);
  }
  const names = Object.keys(PLAIN)
    .filter(type => types.has(type))
    .map(type => PLAIN[type] as string);
  if (names.length < 2) return names[0] ?? "the end of the formula";
  return `${names.slice(0, -1).join(", ")} or ${names[names.length - 1]}`;
};

interface Prepared {
  readonly parser: nearley.Parser;
  readonly first: ReturnType<nearley.Parser["save"]>;
}

/** Reads lists of tokens with the productions of a grammar. */
export class ListReader {
  readonly #prepared = new Map<string, Prepared>();

  constructor(private readonly rules: nearley.CompiledRules) {}

  /** A parser whose first column is kept: predicting it costs more than a short list does. */
  #parser(start: string): Prepared {
    const known = this.#prepared.get(start);
    if (known !== undefined) return known;
    const grammar = nearley.Grammar.fromCompiled({ ...this.rules, ParserStart: start });
    const parser = new nearley.Parser(grammar, { lexer: LEXER as unknown as nearley.Lexer });
    // The stock texts cost seconds on long inputs.
    Object.assign(parser, { reportError: () => "unexpected", reportLexerError: () => "unexpected" });
    const made = { parser, first: parser.save() };
    this.#prepared.set(start, made);
    return made;
  }

  /** The one reading of the tokens from a production on; refuses with R001 at the place where none is left. */
  read(tokens: readonly Token[], start: string, end: number): Parsed | Token {
    const { parser, first } = this.#parser(start);
    parser.restore(first);
    LEXER.tokens = tokens;
    const table = (parser as unknown as { table: (Column | undefined)[] }).table;
    try {
      parser.feed("");
    } catch (error) {
      const token = (error as { token?: Token }).token;
      if (token === undefined) throw error;
      const wanted = expected(table[table.length - 2]);
      return refuse("R001", "this cannot stand here", { start: token.start, end: token.end }, `expected ${wanted}`);
    } finally {
      LEXER.tokens = [];
    }
    const results = parser.results as (Parsed | Token)[];
    if (results.length > 1)
      throw new InternalError(`${results.length} readings of one list of ${tokens.length} tokens, from ${start}`);
    const only = results[0];
    if (only === undefined) {
      const wanted = expected(table[table.length - 1]);
      const last = tokens[tokens.length - 1];
      return refuse(
        "R001",
        "something is missing here",
        last === undefined ? { start: end, end } : { start: last.start, end: last.end },
        `expected ${wanted} after this`,
      );
    }
    return only;
  }
}
