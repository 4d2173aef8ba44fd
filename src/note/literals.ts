/** Numbers, arrays of ones and zeros, and index expressions: what a formula is made of beside names. */
import type { Span } from "../base/source.ts";
import { constantValue, namesIn, type Polynomial, substitute } from "../expr/polynomial.ts";
import { rational, readRational } from "../expr/rational.ts";
import type { Factor, NumberSyntax, Script, Syntax } from "../parse/syntax.ts";
import { type Draft, SCALAR_EXTENT } from "./draft.ts";
import { integerOf } from "./integers.ts";
import { COUNTERS, type Named } from "./names.ts";
import { CONSTANT_PRIOR, rankAlternatives } from "./priors.ts";
import { type Reading, readingsOf } from "./readings.ts";
import { type Element, isTranspose, placesOf, spellsTranspose } from "./scripts.ts";
import { boundIn, type Elaboration, problem, type Surroundings } from "./surroundings.ts";
import { everyPart, textOf } from "./tree.ts";

const LARGEST_LITERAL = 100_000;
const LARGEST_SHIFT = 1_000;

const tooLarge = (span: Span): never => problem("I006", "this number is too large", span, "write a name for it");

const FIGURE_FONTS = ["mathbf", "boldsymbol", "bm", "mathbb", "bold", "pmb", "mathbbm", "mathds"];

export const integerDraft = (of: Elaboration, value: Polynomial, span: Span): number => {
  const constant = constantValue(value);
  const { drafts } = of;
  if (constant !== undefined)
    return drafts.add({ kind: "number", value: rational(constant), span, extent: SCALAR_EXTENT });
  return drafts.add({ kind: "integer", value, span, extent: SCALAR_EXTENT });
};

/** An expression in indices, sizes and whole numbers only. */
export const integerIn = (of: Elaboration, syntax: Syntax, around: Surroundings): Polynomial | undefined => {
  if (syntax.kind === "number" && syntax.fonts.length > 0) return undefined;
  const value = integerOf(syntax);
  if (!value) return undefined;
  const bound = boundIn(around);
  const known = namesIn(value).every(name => !around.parameters.has(name) && (bound.has(name) || of.isInteger(name)));
  return known ? substitute(value, bound) : undefined;
};

/** An index expression with the letters of the note replaced by the names bound here. */
export const indexIn = (
  of: Elaboration,
  value: Polynomial,
  around: Surroundings,
  span: Span,
  open: ReadonlySet<string> = new Set(),
): Polynomial => {
  const bound = boundIn(around);
  for (const name of namesIn(value)) {
    if (bound.has(name) || of.isSize(name) || open.has(name)) continue;
    problem(
      "I001",
      `the index ${name} is bound nowhere`,
      span,
      `${name} varies over nothing here`,
      `Write the index on the left side of the equation, or sum over it.`,
    );
  }
  for (const { coefficient, names } of value.monomials) {
    if (Math.abs(coefficient) > (names.length === 0 ? LARGEST_LITERAL : LARGEST_SHIFT)) tooLarge(span);
  }
  const result = substitute(value, bound);
  const shift = result.monomials.find(monomial => monomial.names.length === 0);
  if (shift && result.monomials.length > 1 && Math.abs(shift.coefficient) > LARGEST_SHIFT) tooLarge(span);
  return result;
};

/** Refuses scripts with letters that vary where they are neither indices nor parts nor operations. */
export const refuseShifts = (of: Elaboration, found: Named, elements: readonly Element[]): void => {
  const shifted = elements.filter(
    element =>
      element.kind === "item" &&
      !found.tail.some(({ span }) => span.start === element.span.start) &&
      everyPart(element.body).some(part => part.kind === "sum") &&
      everyPart(element.body).some(part => of.names.varies(textOf(part))),
  );
  const [first] = shifted;
  if (first && shifted.length > found.index.length + (found.part?.length ?? 0))
    problem(
      "I001",
      "this index is not understood",
      first.span,
      "not an index with a shift",
      "Indices are letters with a whole number added.",
    );
};

export const numberDraft = (
  of: Elaboration,
  text: string,
  fonts: readonly string[],
  subscripts: readonly Polynomial[],
  span: Span,
  accents: readonly string[] = [],
): number => {
  const font = FIGURE_FONTS.find(each => fonts.includes(each));
  const figure = accents.includes("vec")
    ? `\\vec{${text}}`
    : font
      ? `\\${font === "mathbb" || font.startsWith("mathbbm") || font === "mathds" ? "mathbb" : "mathbf"}{${text}}`
      : undefined;
  if (figure !== undefined) {
    const readings = readingsOf(figure, 0);
    if (readings.length > 0) return constantDraft(of, figure, span, readings, subscripts);
  }
  const value = readRational(text);
  if (!value) return problem("R031", "this number is too long to be read", span, `${text.length} digits`);
  const { drafts } = of;
  const literal = (): number => drafts.add({ kind: "number", value, span, extent: SCALAR_EXTENT });
  // h_0 = 0 is an array of zeros where h_0 is an array.
  const arrays = readingsOf(text, 0);
  if (arrays.length === 0) return literal();
  return drafts.grouping(span, [
    { cost: 0, draft: literal },
    { cost: 1, draft: () => constantDraft(of, text, span, arrays, []) },
  ]);
};

/** 1 in no font of its own. */
export const isPlainOne = (syntax: Syntax): syntax is NumberSyntax =>
  syntax.kind === "number" && syntax.text === "1" && syntax.fonts.length === 0;

export const inBold = (one: NumberSyntax): NumberSyntax => ({ ...one, fonts: ["mathbf"] });

/** 1^\top, which a number would not have. */
const transposedOne = (syntax: Syntax): Syntax | undefined => {
  if (syntax.kind !== "scripted" || !isPlainOne(syntax.base) || syntax.scripts.length !== 1) return undefined;
  const [script] = syntax.scripts;
  return isTranspose(script) ? { ...syntax, base: inBold(syntax.base) } : undefined;
};

/** (A 1) 1^\top: a one behind another factor, or with a transpose, is the vector of ones in plain letters. */
export const withPlainOnes = (factors: readonly Factor[]): readonly Factor[] => {
  const transposes = factors.map(({ body }) => transposedOne(body));
  return factors.map((factor, i) => {
    const { body, operator } = factor;
    const transposed = transposes[i];
    if (transposed) return { ...factor, body: transposed };
    const beside = (i > 0 && operator === null) || (transposes[i + 1] && factors[i + 1]?.operator === null);
    return isPlainOne(body) && beside ? { ...factor, body: inBold(body) } : factor;
  });
};

/** An array of ones or zeros; a column unless something else is said. */
const constantDraft = (
  of: Elaboration,
  spelling: string,
  span: Span,
  readings: readonly Reading[],
  subscripts: readonly Polynomial[],
): number => {
  const { drafts } = of;
  const draft = drafts.operation(spelling, span, span, [{ readings, args: [] }], subscripts);
  const { extent } = drafts.at(draft);
  if (subscripts.length === 0) drafts.addChoice(rankAlternatives(extent, CONSTANT_PRIOR), [extent]);
  return draft;
};

export const subscriptsIn = (
  of: Elaboration,
  elements: readonly Element[],
  around: Surroundings,
): readonly Polynomial[] => {
  return elements.flatMap(element => {
    if (element.kind === "shape") return element.sizes.flatMap(size => integerOf(size) ?? []);
    if (element.kind !== "item" || element.position !== "sub") return [];
    if (everyPart(element.body).some(part => part.kind === "relations"))
      problem("N005", "this indicator is not understood", element.span, "no equality of an index");
    const mark = element.body.kind === "product" ? element.body.factors.map(factor => factor.body) : [element.body];
    return mark.flatMap(body => {
      const value = integerOf(body);
      return value ? [indexIn(of, value, around, element.span, new Set(namesIn(value)))] : [];
    });
  });
};

/** The spelling of a selection by a label: a subscript. */
const SELECTION = "_";

/** That of a row, and of one with a transpose. */
const ROW = "[_,:]";
const TRANSPOSED_ROW = "[_,:]'";

const isTransposition = (element: Element): boolean =>
  (element.kind === "mark" && spellsTranspose(element.spelling)) ||
  (element.kind === "item" && element.position === "sup" && spellsTranspose(textOf(element.body)));

/** The spelling of the unit vector that a label is. */
const UNIT = "[_]";

/** By spelling, which argument is the label: of p_{y_i}, V_{y_i,:}, V_{:,y_i}, 1(y_i = k), A[range(n), y] and e_{y_i}. */
const SELECTIONS: ReadonlyMap<string, number> = new Map([
  [SELECTION, 1],
  [ROW, 1],
  [TRANSPOSED_ROW, 1],
  ["[:,_]", 1],
  ["[_=]", 1],
  ["[n,_]", 1],
  [UNIT, 0],
]);

/** The drafts that an operation takes for labels. */
export const labelsOf = (draft: Draft): readonly number[] => {
  const place = draft.kind === "operation" ? SELECTIONS.get(draft.spelling) : undefined;
  return draft.kind === "operation" && place !== undefined
    ? draft.options.flatMap(({ args }) => args[place] ?? [])
    : [];
};

/** What stands below the sign of a unit vector, 1_{y_i} or e_{y_i}, and is a label; `e` is that sign unless the note has it. */
export const labelOfUnit = (of: Elaboration, syntax: Syntax): Syntax | undefined => {
  if (syntax.kind !== "scripted") return undefined;
  const { base, scripts } = syntax;
  const [script, more] = scripts;
  const isSign =
    base.kind === "number" ? base.text === "1" : base.kind === "symbol" && base.name === "e" && !of.isDefined("e");
  if (!isSign || script?.position !== "sub" || more) return undefined;
  const { body } = script;
  const isName = body.kind === "symbol" || body.kind === "scripted";
  return isName && isSelection(of, body) ? body : undefined;
};

export const unitDraft = (of: Elaboration, label: number, at: Span, span: Span): number =>
  of.drafts.operation(UNIT, at, span, [{ readings: readingsOf(UNIT, 1), args: [label] }]);

export interface Selection {
  readonly from: Syntax;
  readonly label: Syntax;
  readonly spelling: string;
  /** Transposes and powers of what is chosen: the ⊤ of E_{w_t,:}^⊤. */
  readonly tail: readonly Element[];
}

/** p_{y_i}: an index that has an index of its own, or one that the note calls a label. */
export const isSelection = (of: Elaboration, body: Syntax): boolean => {
  if (body.kind === "symbol" && of.isLabel(textOf(body))) return true;
  return everyPart(body).some(
    part =>
      part.kind === "scripted" &&
      part.scripts.some(
        script => script.position !== "prime" && everyPart(script.body).some(inner => of.names.varies(textOf(inner))),
      ),
  );
};

/** The row or column that a label chooses: what stands beside the colon is a name, and no index or size. */
const lineIn = (
  of: Elaboration,
  items: readonly Syntax[],
  around: Surroundings,
): Pick<Selection, "label" | "spelling"> | undefined => {
  const [first, second] = items;
  if (!first || !second || items.length > 2) return undefined;
  const isAll = (item: Syntax): boolean => item.kind === "slice" && !item.from && !item.to;
  if (isAll(first) === isAll(second)) return undefined;
  const [label, spelling] = isAll(first) ? [second, "[:,_]"] : [first, ROW];
  if (isSelection(of, label)) return { label, spelling };
  const isName = label.kind === "symbol" || label.kind === "scripted";
  const counts = everyPart(label).some(part => {
    const value = integerOf(part);
    return value !== undefined && namesIn(value).some(name => of.names.varies(name) || COUNTERS.has(name));
  });
  return isName && !counts && !integerIn(of, label, around) ? { label, spelling } : undefined;
};

/**
 * p_{y_i}, an entry chosen by a label: the label is read as the unit vector that it stands for, and the entry as the
 * inner product with it.
 */
export const selectionIn = (
  of: Elaboration,
  syntax: Syntax,
  around: Surroundings,
  hanging: readonly Element[],
): Selection | undefined => {
  if (syntax.kind !== "scripted") return undefined;
  const hangs = ({ span }: Script): boolean =>
    hanging.some(each => span.start <= each.span.start && each.span.end <= span.end);
  const withScripts = (scripts: readonly Script[]): Syntax =>
    scripts.length === 0 ? syntax.base : { ...syntax, scripts };
  for (const script of syntax.scripts) {
    if (script.position !== "sub") continue;
    const items = placesOf(script.body);
    const line = lineIn(of, items, around);
    const label = line ? line.label : items.find(item => isSelection(of, item));
    if (!label) continue;
    const rest = line ? [] : items.filter(item => item !== label);
    const body: Syntax | undefined = rest.length > 1 ? { kind: "list", items: rest, span: script.body.span } : rest[0];
    const from = withScripts(
      syntax.scripts.flatMap(other =>
        other === script ? (body ? [{ ...script, body }] : []) : hangs(other) ? [] : [other],
      ),
    );
    const tail = hanging.filter(each => each.kind !== "item" || each.position === "sup");
    const [first, ...others] = tail;
    // E_{w,:}^⊤ is one product, E^⊤ e_w.
    if (line?.spelling === ROW && first && isTransposition(first))
      return { from, label, spelling: TRANSPOSED_ROW, tail: others };
    return { from, label, spelling: line?.spelling ?? SELECTION, tail };
  }
  return undefined;
};
