/** What the note says of the shapes of its names, by family. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { constantValue, integer, namesIn, type Polynomial } from "../expr/polynomial.ts";
import type { Syntax } from "../parse/syntax.ts";
import { integerOf } from "./integers.ts";
import type { Family, Named, Names, Occurrence } from "./names.ts";
import { headed } from "./occurrences.ts";
import { takeApart } from "./scripts.ts";
import type { Declaration } from "./statements.ts";
import { everyPart, textOf } from "./tree.ts";

export interface DeclaredShape {
  readonly family: Family;
  readonly rows: Polynomial;
  readonly columns: Polynomial;
  readonly span: Span;
  readonly from: "declared" | "front matter";
}

/** Where a note speaks of shapes: declarations, marks on names, words. */
export interface Sayings {
  readonly declarations: readonly Declaration[];
  readonly occurrences: readonly Occurrence[];
  /** Names that are called scalars. */
  readonly scalars: readonly { readonly name: Syntax; readonly span: Span }[];
  /** Where all names are called scalars. */
  readonly allScalars?: Span;
}

const ONE = integer(1);

/** A size is at least 1, and small enough to be checked when it is a number. */
const isSize = (value: Polynomial): boolean => {
  const constant = constantValue(value);
  return constant === undefined ? !value.key.startsWith("-") : constant >= 1 && constant <= LARGEST_SIZE;
};

const LARGEST_SIZE = 100_000;

/** n^{[l]}: a size with a script that varies. */
const sizeVaries = (size: Syntax, letters: ReadonlySet<string>): boolean =>
  everyPart(size).some(
    part =>
      part.kind === "scripted" &&
      takeApart(part).elements.some(element => {
        const value = element.kind === "item" ? integerOf(element.body) : undefined;
        return value !== undefined && namesIn(value).some(name => letters.has(name));
      }),
  );

/** n for n^{[l]}: the one size that all members are taken to have. */
export const commonSize = (size: Syntax, letters: ReadonlySet<string>): Syntax =>
  sizeVaries(size, letters) ? takeApart(size).core : size;

/** The sizes as polynomials, with a diagnostic where they differ from member to member; undefined where they are no sizes. */
const sizesOf = (
  written: readonly Syntax[],
  letters: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): readonly Polynomial[] | undefined => {
  const list = written.map(size => commonSize(size, letters));
  const read = list.map(size => ({ size, value: integerOf(size) }));
  const bad = read.find(({ value }) => !value || !isSize(value));
  if (bad || list.length > 2) {
    const at = (bad?.size ?? (list[2] as Syntax)).span;
    diagnostics.push({
      code: "S006",
      severity: "warning",
      message: "this shape is not understood",
      spans: [{ span: at, label: list.length > 2 ? "a third axis" : "no size" }],
      help: "Shapes are one or two sizes, such as h \\times d.",
    });
    return undefined;
  }
  const varying = written.find(size => sizeVaries(size, letters));
  if (varying) {
    diagnostics.push({
      code: "S007",
      severity: "warning",
      message: `the size ${textOf(varying)} varies with an index; the members are taken to have one shape`,
      spans: [{ span: varying.span, label: "one size for all members" }],
    });
  }
  return read.map(({ value }) => value as Polynomial);
};

/** Every declared shape, in the order of the note; front matter stands in place of what it repeats. */
export const declaredShapes = (
  { declarations, occurrences, scalars, allScalars }: Sayings,
  names: Names,
  letters: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): readonly DeclaredShape[] => {
  const declared: DeclaredShape[] = [];
  const declare = (
    found: Named | undefined,
    list: readonly Syntax[],
    span: Span,
    from: DeclaredShape["from"],
  ): void => {
    const sizes = found && sizesOf(list, letters, diagnostics);
    if (!sizes) return;
    const [rows = ONE, columns = ONE] = sizes;
    declared.push({ family: found.family, rows, columns, span, from });
  };
  for (const { name, sizes: list, span, from } of declarations) {
    const found = names.resolve(headed(name)?.name ?? name);
    const again = from === "front matter" && found ? declared.findIndex(each => each.family === found.family) : -1;
    if (again >= 0) declared.splice(again, 1);
    declare(found, list, from === "front matter" ? span : { start: name.span.start, end: span.end }, from);
  }
  for (const { syntax } of occurrences) {
    const found = names.resolve(syntax);
    if (found?.mark) declare(found, found.mark.sizes, found.span, "declared");
  }
  for (const { name, span } of scalars) declare(names.resolve(name), [], span, "declared");
  if (allScalars) {
    const known = new Set<Family>(declared.map(shape => shape.family));
    for (const { syntax } of occurrences) {
      const found = names.resolve(syntax);
      if (!found || known.has(found.family)) continue;
      known.add(found.family);
      declare(found, [], allScalars, "declared");
    }
  }
  return declared;
};
