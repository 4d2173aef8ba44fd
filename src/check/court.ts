/** What the equations of one part of a note are judged with. */
import { DiagnosticError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { withClosedForms } from "../derive/closed/index.ts";
import type { Derivation, Gradient } from "../derive/gradient.ts";
import { derive } from "../derive/index.ts";
import { Witness } from "../exact/witness.ts";
import type { System } from "../expr/system.ts";
import { contextOf, type LatexContext } from "../latex/names.ts";
import { Aliases } from "../note/claims/aliases.ts";
import type { Chain } from "../note/claims/chains.ts";
import { ClaimReader } from "../note/claims/reader.ts";
import type { Rename } from "../note/claims/rename.ts";
import type { Forward } from "../note/read.ts";
import type { SymbolSyntax, Syntax } from "../parse/syntax.ts";
import { glyphsOf, scriptsOfGlyph } from "./repairs/glyphs.ts";

export interface Court {
  readonly text: string;
  readonly reader: ClaimReader;
  readonly aliases: Aliases;
  readonly witness: Witness;
  readonly derivation: Derivation | undefined;
  /** Its gradients with their closed forms. */
  readonly closed: () => readonly Gradient[];
  readonly context: LatexContext;
  readonly language: "en" | "zh";
  /** The letters of the forward equations, as the parser names them. */
  readonly glyphs: ReadonlyMap<string, SymbolSyntax>;
  /** The scripts that a letter carries there. */
  readonly scripts: (glyph: string) => readonly Syntax[];
  /** The shape of something given is guessed by the look of its name: then nothing is wrong for its shape. */
  readonly guessed: boolean;
  /** The forward equations had to be repaired. */
  readonly damaged: boolean;
  /** Letters that turned out to be misread. */
  readonly settled: Rename[];
}

/** The gradients by everything, data included; undefined where something has no derivative. */
const derivationOf = (system: System): Derivation | undefined => {
  const wrt = [...system.symbols].flatMap(([name, { role }]) => (role === "defined" ? [] : [name]));
  try {
    return derive(system, { wrt });
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
};

const closedFormsOf = (derivation: Derivation | undefined): readonly Gradient[] => {
  try {
    return derivation ? withClosedForms(derivation).gradients : [];
  } catch (error) {
    if (error instanceof DiagnosticError) return [];
    throw error;
  }
};

export const courtFor = (
  text: string,
  forward: Forward,
  chains: readonly Chain[],
  { damaged, language }: Pick<Court, "damaged" | "language">,
): Court => {
  const { system } = forward.assembled;
  const aliases = new Aliases();
  const derivation = derivationOf(system);
  const members = chains.flatMap(chain => chain.members);
  return {
    text,
    aliases,
    derivation,
    closed: () => closedFormsOf(derivation),
    language,
    reader: new ClaimReader(forward, members, aliases),
    witness: new Witness(system, derivation),
    context: contextOf(derivation?.system ?? system),
    glyphs: glyphsOf(forward),
    scripts: glyph => scriptsOfGlyph(forward, glyph),
    damaged,
    guessed: [...system.symbols.values()].some(
      ({ shapeFrom, node, role }) => role !== "defined" && shapeFrom === "assumed" && node.shape.length > 0,
    ),
    settled: [],
  };
};

export const sliceOf = ({ text }: Pick<Court, "text">, span: Span): string => text.slice(span.start, span.end);
