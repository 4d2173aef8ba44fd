/** Entries of derivatives: ∂L/∂o_i, ∂y_i/∂x_j, ∇_V o_i. */
import type { Span } from "../../base/source.ts";
import { integerNode, type Node, partial, rowsAndColumns } from "../../expr/node.ts";
import type { Polynomial } from "../../expr/polynomial.ts";
import { call } from "../../ops/call.ts";
import type { Syntax } from "../../parse/syntax.ts";
import { partDraft } from "../arrays.ts";
import { integerOf } from "../integers.ts";
import { indexIn } from "../literals.ts";
import { type Elaboration, problem, type Surroundings } from "../surroundings.ts";
import { type Quotient, transposable } from "./derivative.ts";
import { extentOfShape } from "./kinds.ts";

/** The entries that are meant, of what stands above the line and of what stands below it: an index for each axis. */
export interface Entries {
  readonly of?: readonly Syntax[];
  readonly by?: readonly Syntax[];
}

/** The array of one entry, 1, among zeros. */
const basisOf = (
  elaboration: Elaboration,
  { shape }: Node,
  entry: readonly Syntax[],
  around: Surroundings,
): Node | undefined => {
  const [rows, columns] = rowsAndColumns(shape);
  const axes = shape.length === 1 ? [rows] : shape[0]?.key === "1" && entry.length === 1 ? [columns] : [rows, columns];
  if (axes.length !== entry.length) return undefined;
  const units = entry.map((syntax, axis): Node | undefined => {
    const value = integerOf(syntax);
    if (!value) return undefined;
    const place = indexIn(elaboration, value, around, syntax.span);
    const size = axes[axis] as Polynomial;
    elaboration.places.push({ value: place, size, bindings: around.bindings, span: syntax.span });
    return call("unit", [integerNode(size), integerNode(place)]);
  });
  const [first, second] = units;
  if (!first || units.some(unit => !unit)) return undefined;
  if (second) return call("outer", [first, second]);
  return shape.length === 1 ? first : call("transpose", [first]);
};

/** Of W_{i,:}. */
const isRow = ([row, column]: readonly Syntax[]): boolean => row?.kind !== "slice" && column?.kind === "slice";

/** The gradient by a row as a row, or as the column that people make of it. */
const eitherWay = ({ drafts }: Elaboration, row: number, span: Span): number => {
  const { rows, columns } = drafts.at(row).extent;
  const turned = (): number =>
    drafts.add({
      kind: "made",
      args: [row],
      span,
      extent: { rows: columns, columns: rows },
      build: ([node]) => node && call("transpose", [node]),
    });
  return drafts.grouping(span, [
    { cost: 0, draft: () => row },
    { cost: 1, draft: turned },
  ]);
};

/**
 * The entries of ∂of/∂by. Where that has more than two axes, an entry of what is differentiated is chosen by contraction
 * with the array that is 1 there and 0 elsewhere.
 */
export const entriesDraft = (
  elaboration: Elaboration,
  { of, by, span }: Quotient,
  entries: Entries,
  reading: "total" | "immediate",
  around: Surroundings,
): number => {
  const { drafts } = elaboration;
  const whole = partial(of, by, reading);
  const made = (node: Node): number =>
    drafts.add({ kind: "made", args: [], span, extent: extentOfShape(node.shape), build: () => node });
  const within = (draft: number, axes: readonly Syntax[] | undefined): number => {
    if (!axes) return draft;
    const part = partDraft(elaboration, draft, axes, span, around);
    return isRow(axes) ? eitherWay(elaboration, part, span) : part;
  };
  const flat = whole.shape.length === of.shape.length || whole.shape.length === by.shape.length;
  if (flat) return within(made(whole), entries.by ?? entries.of);
  const all: Syntax = { kind: "slice", from: null, to: null, span };
  if (transposable(of, by)) {
    const [row, column] = [entries.of?.[0] ?? all, entries.by?.[0] ?? all];
    // A row of a Jacobian is a gradient, and has the shape of its variable.
    const jacobian = within(made(whole), [row, column]);
    if (column !== all) return jacobian;
    return drafts.add({
      kind: "made",
      args: [jacobian],
      span,
      extent: extentOfShape(by.shape),
      build: ([node]) => node && (node.shape.length === 2 ? call("transpose", [node]) : node),
    });
  }
  const basis = entries.of && basisOf(elaboration, of, entries.of, around);
  if (!basis) return problem("V020", "this derivative is an array with more than two axes", span, "not judged yet");
  return within(made(call("prod", [basis, whole])), entries.by);
};
