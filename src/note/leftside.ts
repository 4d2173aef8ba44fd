/** Left sides of definitions: which members of which family an equation defines. */
import { DiagnosticError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { constantValue, degree, minus, namesIn, type Polynomial, plus, soleName } from "../expr/polynomial.ts";
import type { Syntax } from "../parse/syntax.ts";
import type { Binding } from "./draft.ts";
import { integerOf } from "./integers.ts";
import type { Family, Names } from "./names.ts";
import type { Range } from "./ranges.ts";
import type { Definition } from "./statements.ts";

export interface PreparedEquation {
  readonly family: Family;
  /** The index of each place of the left side; constants are in `fixed`. */
  readonly bindings: readonly Binding[];
  readonly places: readonly { readonly index: string; readonly fixed?: Polynomial }[];
  /** The indices of its entries, axis by axis, where an array is defined entry by entry. */
  readonly entries?: readonly Binding[];
  readonly ranges: readonly Range[];
  readonly right: Syntax;
  readonly left: Syntax;
  readonly label?: string;
  readonly span: Span;
}

/** The left side as a family with bound indices; undefined if an earlier equation defines the same members. */
export const leftSide = (
  definition: Definition,
  names: Names,
  earlier: readonly PreparedEquation[],
): PreparedEquation | undefined => {
  const { left, right, conditions, label, span } = definition;
  const found = names.resolve(left);
  const fail = (message: string, where: Span, text: string): never => {
    throw new DiagnosticError({ code: "R030", severity: "error", message, spans: [{ span: where, label: text }] });
  };
  if (!found) return fail("this cannot be the left side of an equation", left.span, "not a name");
  if (found.tail.length > 0)
    return fail(
      "an operation stands on the left side of an equation",
      found.tail[0]?.span ?? left.span,
      "solve for the name itself",
    );
  const bindings: Binding[] = [];
  const places = found.index.map((value, i): { index: string; fixed?: Polynomial } => {
    const letter = namesIn(value).find(name => soleName(value) === name || degree(minus(value, name)) === 0);
    const varies = letter !== undefined && names.varies(letter);
    if (!varies) {
      if (namesIn(value).some(name => names.varies(name)))
        fail("the index on the left side is no letter with a shift", left.span, "write h_t or h_{t+1}");
      return { index: indexNameOf(earlier, found.family, i) ?? `i${i + 1}`, fixed: value };
    }
    if (bindings.some(binding => binding.letter === letter))
      fail("one index stands twice on the left side", left.span, `${letter} twice`);
    const shift = constantValue(minus(value, letter)) as number;
    bindings.push({ index: letter, letter, span: left.span, ...(shift === 0 ? {} : { value: minus(letter, shift) }) });
    return { index: letter };
  });
  const entries = found.part?.map((axis): Binding => {
    const value = integerOf(axis);
    const letter = value && soleName(value);
    if (letter === undefined || value?.key !== letter || bindings.some(binding => binding.letter === letter))
      return fail("this defines a part of an array", axis.span, "define all entries by one formula");
    return { index: letter, letter, span: axis.span };
  });
  const overlaps = earlier.some(
    other =>
      other.family === found.family &&
      other.places.every((place, i) => {
        const own = places[i] as { fixed?: Polynomial };
        return place.fixed?.key === own.fixed?.key;
      }),
  );
  if (overlaps) return undefined;
  // A range is given for the letter as written; shifted left sides shift it.
  const ranges = conditions.map((range): Range => {
    const binding = bindings.find(each => each.letter === range.index);
    const shift = binding?.value ? -(constantValue(minus(binding.value, binding.index)) as number) : 0;
    if (shift === 0) return range;
    return {
      ...range,
      ...(range.low ? { low: plus(range.low, shift) } : {}),
      ...(range.high ? { high: plus(range.high, shift) } : {}),
    };
  });
  return {
    family: found.family,
    bindings,
    places,
    ranges,
    ...(entries ? { entries } : {}),
    right,
    left,
    span,
    ...(label === undefined ? {} : { label }),
  };
};

/** The name under which earlier equations count this place. */
const indexNameOf = (earlier: readonly PreparedEquation[], family: Family, place: number): string | undefined =>
  earlier.find(equation => equation.family === family && !equation.places[place]?.fixed)?.places[place]?.index;
