/**
 * L = \sum_i (y_i - w^\top x_i)^2 beside X ∈ ℝ^{n×d}: the small letter is row i of the matrix that is declared and not written,
 * as a column; or column i, where the sum goes through as many as there are columns.
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Syntax } from "../parse/syntax.ts";
import { type SampleAxis, withSamples } from "./claims/samples.ts";
import { soleLetter } from "./names.ts";
import { baseOfName, headed, readNames } from "./occurrences.ts";
import { limitsOf } from "./ranges.ts";
import { isTranspose } from "./scripts.ts";
import type { SystemText } from "./systemtext.ts";
import { everyPart, replaceParts, textOf } from "./tree.ts";

const DESIGN = "X";

interface Written {
  readonly text: SystemText;
  readonly diagnostics: readonly Diagnostic[];
}

/** The letter that counts the rows or columns, of x_i and x_i^\top; undefined for every other name. */
const counterOf = (name: Syntax): string | undefined => {
  if (name.kind !== "scripted" || name.base.kind !== "symbol" || name.base.accents.length > 0) return undefined;
  const [script, more] = name.scripts.filter(each => !isTranspose(each));
  return script && !more && script.position === "sub" ? soleLetter(script.body) : undefined;
};

/** The text with such names as rows or columns of their matrices, and what is said of it. */
export const withRowsTaken = (text: SystemText): Written => {
  const { definitions, declarations } = text.statements;
  const lefts = definitions.map(({ left }) => headed(left)?.name ?? left);
  const rights = definitions.map(({ right }) => right);
  const own = new Set([...lefts, ...declarations.map(({ name }) => name)].map(baseOfName));
  const parts = rights.flatMap(right => everyPart(right));
  const symbols = parts.flatMap(part => (part.kind === "symbol" ? [part.name] : []));
  /** Of each small letter that stands for nothing else: its matrix, with how often it is written with one counter. */
  const matrices = new Map<string, { readonly sizes: readonly string[]; readonly span: Syntax["span"] }>();
  const declared = declarations.filter(({ sizes }) => sizes.length === 2);
  // The design matrix is X, whether or not it is declared.
  const claimed = text.statements.claims
    .flatMap(({ statement }) => (statement ? readNames(statement.body) : []))
    .flatMap(name => (name.kind === "symbol" && name.name === DESIGN && !own.has(DESIGN) ? [{ name, sizes: [] }] : []));
  for (const { name, sizes } of [...declared, ...claimed.slice(0, 1)]) {
    const small = name.kind === "symbol" && /^[A-Z]$/u.test(name.name) ? name.name.toLowerCase() : undefined;
    if (small === undefined || own.has(small) || symbols.includes(textOf(name))) continue;
    const counted = parts.filter(part => counterOf(part) !== undefined && baseOfName(part) === small);
    const [first] = counted;
    if (!first || counted.length < symbols.filter(symbol => symbol === small).length) continue;
    matrices.set(small, { sizes: sizes.map(textOf), span: first.span });
  }
  if (matrices.size === 0) return { text, diagnostics: [] };

  /** How far each letter counts, where a sum or a range says it. */
  const ends = new Map<string, string>();
  for (const part of parts) {
    const letter = part.kind === "big" ? limitsOf(part)?.index : undefined;
    if (part.kind === "big" && letter !== undefined && part.upper) ends.set(letter, textOf(part.upper));
  }
  const axisOf = (name: Syntax): SampleAxis => {
    const [rows, columns] = matrices.get(baseOfName(name) ?? "")?.sizes ?? [];
    const end = ends.get(counterOf(name) ?? "");
    return end !== undefined && end === columns && end !== rows ? "columns" : "rows";
  };
  const said = new Map<string, SampleAxis>();
  const taken = (root: Syntax): Syntax =>
    replaceParts(root, part => {
      const base = counterOf(part) === undefined ? undefined : baseOfName(part);
      if (base === undefined || !matrices.has(base)) return undefined;
      const axis = axisOf(part);
      said.set(base, axis);
      return withSamples(part, axis, { isMatrix: () => true, isKnown: () => false });
    });
  const read = definitions.map(definition => ({ ...definition, right: taken(definition.right) }));
  const diagnostics = [...said].map(([base, axis]): Diagnostic => {
    const matrix = base.toUpperCase();
    const what = axis === "rows" ? "row" : "column";
    return {
      code: "N017",
      severity: "warning",
      message: `${matrix} stands for all of ${base}_i: these are taken for its ${what}s`,
      spans: [{ span: matrices.get(base)?.span as Syntax["span"], label: `a ${what} of ${matrix}, as a column` }],
      help: `Declare what ${base}_i is, or write ${matrix}.`,
    };
  });
  return { text: { ...text, statements: { ...text.statements, definitions: read } }, diagnostics };
};
