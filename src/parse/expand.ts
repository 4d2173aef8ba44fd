import type { Macro, Macros } from "./macros.ts";
import { refuse } from "./problem.ts";
import { type Lexeme, scan } from "./scan.ts";

/** Lexemes that expansion may add to a formula, so that no chain of definitions can swell. */
const MOST_EXPANDED = 50_000;

/** Definitions that every note may use without giving them. */
const BUILT_IN: Macros = new Map<string, Macro>(
  Object.entries({
    "\\R": "\\mathbb{R}",
    "\\N": "\\mathbb{N}",
    "\\Z": "\\mathbb{Z}",
    "\\reals": "\\mathbb{R}",
    "\\Reals": "\\mathbb{R}",
  }).map(([name, body]) => [name, { parameters: 0, body }]),
);

interface Input {
  readonly lexemes: readonly Lexeme[];
  at: number;
}

/**
 * Replaces the note's own commands by their bodies. What comes out of a body stands where the
 * command stands. Commands that nobody defines stay as they are.
 */
export const expand = (lexemes: readonly Lexeme[], macros: Macros): readonly Lexeme[] => {
  const find = (name: string): Macro | undefined => macros.get(name) ?? BUILT_IN.get(name);
  if (!lexemes.some(lexeme => lexeme.type === "command" && find(lexeme.text) !== undefined)) return lexemes;
  const bodies = new Map<string, readonly Lexeme[]>();
  const body = (text: string): readonly Lexeme[] => {
    const known = bodies.get(text);
    if (known !== undefined) return known;
    const scanned = scan(text, 0);
    bodies.set(text, scanned);
    return scanned;
  };

  const out: Lexeme[] = [];
  const stack: Input[] = [{ lexemes, at: 0 }];
  let added = 0;
  const next = (): Lexeme | undefined => {
    for (;;) {
      const top = stack[stack.length - 1];
      if (top === undefined) return undefined;
      const lexeme = top.lexemes[top.at++];
      if (lexeme !== undefined) return lexeme;
      stack.pop();
    }
  };
  /** An argument's lexemes; undefined at the end of the formula. */
  const argument = (close: string): Lexeme[] | undefined => {
    const first = next();
    if (first === undefined) return undefined;
    if (close === "}" && first.text !== "{") return [first];
    const taken: Lexeme[] = [];
    for (let depth = 0; ; ) {
      const lexeme = next();
      if (lexeme === undefined) return undefined;
      if (depth === 0 && lexeme.text === close) return taken;
      if (lexeme.text === "{") depth++;
      else if (lexeme.text === "}") depth--;
      taken.push(lexeme);
    }
  };
  const peek = (): string => {
    for (let level = stack.length - 1; level >= 0; level--) {
      const input = stack[level] as Input;
      const lexeme = input.lexemes[input.at];
      if (lexeme !== undefined) return lexeme.text;
    }
    return "";
  };

  for (let lexeme = next(); lexeme !== undefined; lexeme = next()) {
    const macro = lexeme.type === "command" ? find(lexeme.text) : undefined;
    if (macro === undefined) {
      out.push(lexeme);
      continue;
    }
    const use = lexeme;
    const place = { start: use.start, end: use.end };
    const args: (readonly Lexeme[])[] = [];
    if (macro.optional !== undefined && macro.parameters > 0) {
      args.push(
        peek() === "["
          ? (argument("]") ?? [])
          : body(macro.optional).map(part => ({ ...part, ...place, expanded: true })),
      );
    }
    while (args.length < macro.parameters) {
      const given = argument("}");
      if (given === undefined) {
        refuse(
          "R001",
          `${use.text} takes ${macro.parameters} arguments`,
          place,
          "its argument is missing or does not end",
        );
        return out;
      }
      args.push(given);
    }
    const filled: Lexeme[] = [];
    const source = body(macro.body);
    for (let at = 0; at < source.length; at++) {
      const part = source[at] as Lexeme;
      const slot = source[at + 1];
      if (part.text === "#" && slot?.type === "number" && slot.text.length === 1) {
        for (const given of args[Number(slot.text) - 1] ?? []) filled.push(given);
        at++;
      } else {
        filled.push({ ...part, ...place, expanded: true });
      }
      if (filled.length > MOST_EXPANDED) break;
    }
    added += filled.length + 1;
    if (added > MOST_EXPANDED || stack.length > 200) {
      refuse(
        "B001",
        `the definition of ${use.text} expands without end or into more than ${MOST_EXPANDED} signs`,
        place,
        "given up here",
      );
    }
    stack.push({ lexemes: filled, at: 0 });
  }
  return out;
};
