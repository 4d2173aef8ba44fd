/** Samples by the small letter of the matrix that holds all of them: x_i or x^{(i)} for a row or a column of X, x_{ij} for X_{ij}. */
import type { Script, Syntax } from "../../parse/syntax.ts";
import { replaceParts } from "../tree.ts";

/** Along which axis the samples lie. */
export type SampleAxis = "rows" | "columns";

export interface KnownMatrices {
  /** Given matrices, without indices. */
  readonly isMatrix: (name: Syntax) => boolean;
  /** Names of the note, with their scripts. */
  readonly isKnown: (name: Syntax) => boolean;
}

const isTranspose = (script: Script): boolean =>
  script.position === "sup" &&
  (script.body.kind === "mark" || (script.body.kind === "symbol" && script.body.name === "T"));

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

/** The formula in which such samples are taken from their matrix; the same formula where there are none. */
export const withSamples = (root: Syntax, axis: SampleAxis, { isMatrix, isKnown }: KnownMatrices): Syntax =>
  replaceParts(root, part => {
    if (part.kind !== "scripted" || part.base.kind !== "symbol" || !/^[a-z]$/u.test(part.base.name)) return undefined;
    const matrix = { ...part.base, name: part.base.name.toUpperCase() };
    const own = part.scripts.filter(script => !isTranspose(script));
    const bare: Syntax = own.length > 0 ? { ...part, scripts: own } : part.base;
    if (own.length === 0 || !isMatrix(matrix) || isKnown(part.base) || isKnown(bare)) return undefined;
    const [i, j, more] = placesIn(own) ?? [];
    if (!i || more) return undefined;
    const { span } = part;
    const end = after(part);
    const at = (...items: readonly Syntax[]): Syntax => {
      const body: Syntax = { kind: "list", items, separators: items.slice(1).map(() => ","), span };
      return { kind: "scripted", base: matrix, scripts: [{ position: "sub", body, span }], span };
    };
    const turned = (body: Syntax, times: number): Syntax =>
      times % 2 === 0
        ? body
        : {
            kind: "scripted",
            base: { kind: "group", open: "(", close: ")", body, span },
            scripts: [{ position: "sup", body: { kind: "mark", spelling: "\\top", body: null, span: end }, span: end }],
            span,
          };
    // Names take scripts apart by where they stand: each has a place of its own.
    const all: Syntax = {
      kind: "slice",
      from: null,
      to: null,
      span: axis === "rows" ? after(i) : { start: span.start, end: span.start },
    };
    const transposes = part.scripts.length - own.length;
    if (j) return axis === "columns" && own.length > 1 ? turned(at(j, i), transposes) : turned(at(i, j), transposes);
    return axis === "rows" ? turned(at(i, all), transposes + 1) : turned(at(all, i), transposes);
  });
