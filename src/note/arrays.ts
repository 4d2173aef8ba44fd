/** Arrays written out in blocks: [h; x], [x, h], bmatrix; and parts of arrays: x_i, W_{:,j}, x_{a:b}. */
import { covers, type Span } from "../base/source.ts";
import { named, type Polynomial, soleName } from "../expr/polynomial.ts";
import type { ListSyntax, SliceSyntax, Syntax } from "../parse/syntax.ts";
import { type Binding, SCALAR_EXTENT } from "./draft.ts";
import { integerOf } from "./integers.ts";
import { indexIn, integerDraft, integerIn } from "./literals.ts";
import { operate } from "./operations.ts";
import { readingsOf } from "./readings.ts";
import type { Element } from "./scripts.ts";
import type { SizeStore } from "./sizes.ts";
import { boundIn, type Elaboration, problem, type Surroundings } from "./surroundings.ts";

/** Environments in which blocks of a matrix are written out. */
export const MATRICES: ReadonlySet<string> = new Set(["bmatrix", "pmatrix", "matrix", "smallmatrix", "array"]);

const JOINING = "Write [a; b] for arrays on top of each other and [a, b] for arrays side by side.";

/** [a, b; c, d]: commas bind tighter than semicolons. */
const rowsOf = ({ items, separators }: ListSyntax): readonly (readonly Syntax[])[] => {
  const rows: Syntax[][] = [[]];
  for (const [i, item] of items.entries()) {
    if (i > 0 && separators?.[i - 1] === ";") rows.push([]);
    (rows.at(-1) as Syntax[]).push(item);
  }
  return rows;
};

/** The arrays that a bracket joins, row by row. */
export const joinedIn = (open: string, list: ListSyntax): readonly (readonly Syntax[])[] => {
  if (list.items.some(item => item.kind === "dots"))
    return problem("N005", "a list with members left out is not read", list.span, "a list", JOINING);
  if (open !== "[") return problem("N005", "a list of values means nothing here", list.span, "a list", JOINING);
  return rowsOf(list);
};

/** Blocks side by side, joined as `beside` says, and rows of them on top of each other. */
export const blocksDraft = (
  of: Elaboration,
  rows: readonly (readonly Syntax[])[],
  beside: string,
  span: Span,
  draft: (block: Syntax) => number,
): number => {
  const join = (spelling: string, parts: readonly number[]): number =>
    parts.slice(1).reduce((left, right) => {
      const covered = { start: of.drafts.at(left).span.start, end: of.drafts.at(right).span.end };
      return operate(of, spelling, span, covered, [left, right]);
    }, parts[0] as number);
  return join(
    "[;]",
    rows.map(row => join(beside, row.map(draft))),
  );
};

/** The slices in a bracket, axis by axis: [:, a:]; undefined where it holds anything else. */
export const slicesIn = (bracket: Syntax): readonly SliceSyntax[] | undefined => {
  if (bracket.kind !== "group" || bracket.open !== "[" || !bracket.body) return undefined;
  const items = bracket.body.kind === "list" ? bracket.body.items : [bracket.body];
  const slices = items.filter((item): item is SliceSyntax => item.kind === "slice");
  return slices.length === items.length && items.length <= 2 ? slices : undefined;
};

/** W[:, a:], x[1:]: as programs slice, counted from 0. */
export const programSliceDraft = (
  of: Elaboration,
  array: number,
  slices: readonly SliceSyntax[],
  span: Span,
  around: Surroundings,
): number => {
  const end = (syntax: Syntax): number => {
    const value = integerOf(syntax);
    if (!value) return problem("I001", "this end of a slice is not understood", syntax.span, "no whole number");
    const name = soleName(value);
    const known = name === undefined || of.isSize(name) || boundIn(around).has(name);
    const open = known ? undefined : of.openSize?.(name, syntax.span);
    if (open === undefined) return integerDraft(of, indexIn(of, value, around, syntax.span), syntax.span);
    return of.drafts.add({ kind: "integer", value, open, span: syntax.span, extent: SCALAR_EXTENT });
  };
  return slices.reduce((draft, { from, to }, axis) => {
    if (!from && !to) return draft;
    const text = `${from ? "a" : ""}..${to ? "b" : ""}`;
    const spelling = slices.length === 1 ? `[${text}]` : axis === 0 ? `[${text},..]` : `[..,${text}]`;
    return operate(of, spelling, span, span, [draft, ...[from, to].filter(each => each !== null).map(end)]);
  }, array);
};

/** Whether a subscript is a place in an array or a slice of places. */
export const isPart = (of: Elaboration, body: Syntax, around: Surroundings): boolean =>
  body.kind === "slice" || integerIn(of, body, around) !== undefined;

/**
 * The axes of the subscript that an element begins, other than those that a label chooses; none where it is a later one of
 * them.
 */
export const axesAt = (
  tail: readonly Element[],
  element: Element & { kind: "item" },
  isChosen: (axis: Syntax) => boolean,
): readonly Syntax[] => {
  const axes = tail.flatMap(each =>
    each.kind === "item" && each.group === element.group && !isChosen(each.body) ? [each] : [],
  );
  return axes[0] === element ? axes.map(each => each.body) : [];
};

/** An entry or a slice, axis by axis: x_i, W_{i,j}, W_{:,j}, x_{a:b}. */
export const partDraft = (
  of: Elaboration,
  start: number,
  axes: readonly Syntax[],
  span: Span,
  around: Surroundings,
): number => {
  const { drafts, places } = of;
  const integerAt = (syntax: Syntax): Polynomial => {
    const value = integerOf(syntax);
    if (!value) return problem("I001", "this index is not understood", syntax.span, "not an index with a shift");
    return indexIn(of, value, around, syntax.span);
  };
  const spell = (body: Syntax, letters: string): { readonly text: string; readonly ends: readonly Polynomial[] } => {
    if (body.kind !== "slice") return { text: letters[0] as string, ends: [integerAt(body)] };
    const [from, to] = [body.from && integerAt(body.from), body.to && integerAt(body.to)];
    return { text: `${from ? "a" : ""}:${to ? "b" : ""}`, ends: [from, to].filter(end => end !== null) };
  };
  const note = (array: number, axis: "rows" | "columns", ends: readonly Polynomial[], across?: "columns"): void => {
    const { extent } = drafts.at(array);
    const other = across ? { across: extent[across] } : {};
    for (const value of ends) places.push({ value, size: extent[axis], ...other, bindings: around.bindings, span });
  };
  const take = (array: number, spelling: string, ends: readonly Polynomial[]): number =>
    operate(of, spelling, span, span, [array, ...ends.map(end => integerDraft(of, end, span))]);
  const [first, second] = axes.map((axis, i) => spell(axis, "ij".slice(i)));
  if (!first) return start;
  if (!second) {
    // A row has its entries along the other axis.
    note(start, "rows", first.ends, "columns");
    return take(start, `[${first.text}]`, first.ends);
  }
  if (first.text === "i" && second.text === "j") {
    note(start, "rows", first.ends);
    note(start, "columns", second.ends);
    return take(start, "[i,j]", [...first.ends, ...second.ends]);
  }
  let value = start;
  if (second.ends.length > 0) {
    note(value, "columns", second.ends);
    value = take(value, `[:,${second.text === "j" ? "i" : second.text}]`, second.ends);
  }
  if (first.ends.length > 0) {
    note(value, "rows", first.ends);
    // A column that was taken out is a vector.
    value = take(value, second.text === "j" ? `[${first.text}]` : `[${first.text},:]`, first.ends);
  }
  return value;
};

/** The array whose entries a formula gives, place by place: Σ_k p_k e_k over all its places. */
export const entriesDraft = (
  of: Elaboration,
  value: number,
  axes: readonly Binding[],
  { bindings }: Surroundings,
  span: Span,
): number => {
  const { drafts, places } = of;
  const read = places.filter(place => covers(span, place.span));
  const spelling = axes.length === 1 ? "[i]=" : "[i,j]=";
  const at = axes.map(axis => integerDraft(of, named(axis.index), axis.span));
  const readings = readingsOf(spelling, 1 + 2 * axes.length);
  let array = drafts.operation(spelling, span, span, [{ readings, args: [value, ...at] }]);
  const { extent } = drafts.at(array);
  for (const [i, binding] of axes.entries()) {
    const size = i === 0 ? extent.rows : extent.columns;
    // t_j = 1(j = o): as many as there are places that the formula reads at this letter, unless something else is known.
    const same = read.find(place => soleName(place.value) === binding.index)?.size;
    if (same !== undefined) {
      const impose = (store: SizeStore): boolean => store.unify(size, same);
      drafts.addChoice(
        [
          { cost: 0, impose },
          { cost: 1, impose: () => true },
        ],
        [
          { rows: size, columns: size },
          { rows: same, columns: same },
        ],
      );
    }
    places.push({ value: named(binding.index), size, bindings, span: binding.span });
  }
  for (const binding of [...axes].reverse())
    array = drafts.add({ kind: "fold", fold: "sum", binding, body: array, span, extent });
  return array;
};
