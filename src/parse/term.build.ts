/** Syntax trees of terms: what the productions of term.ne build. */
import moo from "moo";

export type TermSyntax =
  | { readonly kind: "number"; readonly text: string; readonly start: number }
  | { readonly kind: "name"; readonly name: string; readonly start: number }
  | {
      readonly kind: "infix";
      readonly spelling: string;
      readonly left: TermSyntax;
      readonly right: TermSyntax;
      readonly start: number;
    }
  | { readonly kind: "minus"; readonly of: TermSyntax; readonly start: number }
  | { readonly kind: "transpose"; readonly of: TermSyntax; readonly start: number }
  | {
      readonly kind: "application";
      readonly name: string;
      readonly args: readonly TermSyntax[];
      readonly start: number;
    }
  | { readonly kind: "member"; readonly name: string; readonly index: readonly TermSyntax[]; readonly start: number };

const full = moo.compile({
  space: { match: /[ \t\n]+/u, lineBreaks: true },
  number: /\d+(?:\.\d+)?/u,
  name: /[A-Za-z]\w*|~\d+/u,
  operator: [".*", "./", ".^", "+", "-", "*", "/", "^", "'", "(", ")", "[", "]", ","],
  error: moo.error,
});

/** White space is dropped here; nearley calls the methods through this object. */
export const lexer = Object.assign(Object.create(full) as typeof full, {
  next(): moo.Token | undefined {
    let token = full.next();
    while (token?.type === "space") token = full.next();
    return token;
  },
  reset(data?: string, info?: moo.LexerState) {
    full.reset(data, info);
    return lexer;
  },
});

type Part = moo.Token & TermSyntax & readonly TermSyntax[];

/** The one adapter between nearley's untyped results and typed builders. */
export const act =
  <T>(build: (...parts: readonly Part[]) => T) =>
  (parts: readonly unknown[]): T =>
    build(...(parts as readonly Part[]));

type Build = (...parts: readonly Part[]) => TermSyntax;

const part = (parts: readonly Part[], i: number): Part => parts[i] as Part;

export const infix: Build = (...p) => ({
  kind: "infix",
  left: part(p, 0),
  spelling: part(p, 1).value,
  right: part(p, 2),
  start: part(p, 1).offset,
});
export const minus: Build = (...p) => ({ kind: "minus", of: part(p, 1), start: part(p, 0).offset });
export const transpose: Build = (...p) => ({ kind: "transpose", of: part(p, 0), start: part(p, 1).offset });
export const literal: Build = (...p) => ({ kind: "number", text: part(p, 0).value, start: part(p, 0).offset });
export const name: Build = (...p) => ({ kind: "name", name: part(p, 0).value, start: part(p, 0).offset });
export const application: Build = (...p) => ({
  kind: "application",
  name: part(p, 0).value,
  args: p.length === 4 ? part(p, 2) : [],
  start: part(p, 0).offset,
});
export const member: Build = (...p) => ({
  kind: "member",
  name: part(p, 0).value,
  index: part(p, 2),
  start: part(p, 0).offset,
});
export const bracketed: Build = (...p) => part(p, 1);
export const single = (...p: readonly Part[]): readonly TermSyntax[] => [part(p, 0)];
export const longer = (...p: readonly Part[]): readonly TermSyntax[] => [...part(p, 0), part(p, 2)];
