/** Samples by the small letter of the matrix that holds all of them: x_i or x^{(i)} for a row or a column of X, x_{ij} for X_{ij}. */
import type { Script, Syntax } from "../../parse/syntax.ts";
import { isTranspose } from "../scripts.ts";
import { replaceParts } from "../tree.ts";

/** Along which axis the samples lie. */
export type SampleAxis = "rows" | "columns";

export interface KnownMatrices {
  /** Given matrices, without indices. */
  readonly isMatrix: (name: Syntax) => boolean;
  /** Names of the note, with their scripts. */
  readonly isKnown: (name: Syntax) => boolean;
}

/** i of x_i and of x^{(i)}; i and j of x_{ij} and of x^{(i)}_j. */
const placesIn = (scripts: readonly Script[]): readonly Syntax[] | undefined => {
  const places: Syntax[] = [];
  for (const script of [...scripts].sort((a, b) => Number(b.position === "sup") - Number(a.position === "sup"))) {
    if (script.position === "prime" || (script.position === "sup" && script.body.kind !== "group")) return undefined;
    const body = script.body.kind === "group" ? script.body.body : script.body;
    if (!body) return undefined;
    if (body.kind === "list") places.push(...body.items);
    else if (body.kind === "product") places.push(...body.factors.map(factor => factor.body));
    else places.push(body);
  }
  return places;
};

const after = ({ span }: Syntax): Syntax["span"] => ({ start: span.end, end: span.end });

/** A part of a matrix, and whether it stands for its transpose. */
interface Part {
  readonly part: Syntax;
  readonly isTurned: boolean;
}

const turned = ({ part, isTurned }: Part): Syntax => {
  if (!isTurned) return part;
  const { span } = part;
  const end = after(part);
  return {
    kind: "scripted",
    base: { kind: "group", open: "(", close: ")", body: part, span },
    scripts: [{ position: "sup", body: { kind: "mark", spelling: "\\top", body: null, span: end }, span: end }],
    span,
  };
};

/** The row, column or entry that such a name is. */
const partOf = (name: Syntax, axis: SampleAxis, { isMatrix, isKnown }: KnownMatrices): Part | undefined => {
  if (name.kind !== "scripted" || name.base.kind !== "symbol" || !/^[a-z]$/u.test(name.base.name)) return undefined;
  const matrix = { ...name.base, name: name.base.name.toUpperCase() };
  const own = name.scripts.filter(script => !isTranspose(script));
  const bare: Syntax = own.length > 0 ? { ...name, scripts: own } : name.base;
  if (own.length === 0 || !isMatrix(matrix) || isKnown(name.base) || isKnown(bare)) return undefined;
  const [i, j, more] = placesIn(own) ?? [];
  if (!i || more) return undefined;
  const { span } = name;
  const at = (...items: readonly Syntax[]): Syntax => {
    const body: Syntax = { kind: "list", items, separators: items.slice(1).map(() => ","), span };
    return { kind: "scripted", base: matrix, scripts: [{ position: "sub", body, span }], span };
  };
  // Names take scripts apart by where they stand: each has a place of its own.
  const all: Syntax = {
    kind: "slice",
    from: null,
    to: null,
    span: axis === "rows" ? after(i) : { start: span.start, end: span.start },
  };
  const isTransposed = (name.scripts.length - own.length) % 2 === 1;
  if (j) return { part: axis === "columns" && own.length > 1 ? at(j, i) : at(i, j), isTurned: isTransposed };
  return axis === "rows" ? { part: at(i, all), isTurned: !isTransposed } : { part: at(all, i), isTurned: isTransposed };
};

/** The formula in which such samples are taken from their matrix; the same formula where there are none. */
export const withSamples = (root: Syntax, axis: SampleAxis, known: KnownMatrices): Syntax =>
  replaceParts(root, part => {
    // By a row as a column: by the row, and turned.
    const [by, more] = part.kind === "derivative" ? part.by : [];
    const variable = by && !more ? partOf(by.variable, axis, known) : undefined;
    if (part.kind === "derivative" && by && variable)
      return turned({ part: { ...part, by: [{ ...by, variable: variable.part }] }, isTurned: variable.isTurned });
    const found = partOf(part, axis, known);
    return found && turned(found);
  });
