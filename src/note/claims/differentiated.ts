/** Drafts of what claims hold beside the operations of forward equations: derivatives, alone and in products, and prod. */
import { type Node, partial, type Shape, type SymbolNode } from "../../expr/node.ts";
import { familyOf, type System } from "../../expr/system.ts";
import { readsIn } from "../../expr/walk.ts";
import { isChainRule } from "../../ops/call.ts";
import type { DerivativeSyntax, Syntax } from "../../parse/syntax.ts";
import { integerName } from "../integers.ts";
import { indexIn } from "../literals.ts";
import type { Family, Named } from "../names.ts";
import { operate } from "../operations.ts";
import type { Forward } from "../read.ts";
import { takeApart } from "../scripts.ts";
import { type Elaboration, problem, type Surroundings } from "../surroundings.ts";
import { ERROR, INPUT_ERROR } from "./adjoints.ts";
import { productBetween } from "./between.ts";
import { argumentNamed, callAbove, partialOfCall } from "./calls.ts";
import { arrangedProduct, contractedProduct, gradientBeside, gradientDraft } from "./contraction.ts";
import {
  argumentsOfProd,
  contractionDraft,
  errorDraft,
  memberAt,
  type Place,
  type Quotient,
  variableOf,
} from "./derivative.ts";
import { type Entries, entriesDraft } from "./entries.ts";
import { formulaAbove, NO_FORMULAS } from "./formulas.ts";
import { slopeFor } from "./inputs.ts";
import { extentOfShape } from "./kinds.ts";
import { isBeyondMatrices, laidOut } from "./layouts.ts";
import type { ReadingOptions, ShapeMark, Told } from "./reading.ts";
import { type SecondOrder, secondOrderOf } from "./second.ts";
import { UnknownName } from "./unknown.ts";

export interface DifferentiatedIn {
  readonly reader: {
    readonly system: System;
    readonly resolve: (syntax: Syntax) => Named | undefined;
    readonly symbolOf: (family: Family) => SymbolNode | undefined;
    readonly told: Told;
    /** Whether a derivative by what has no name is one that the note has named so: da_t. */
    readonly isNamed: (derivative: DerivativeSyntax) => boolean;
  };
  readonly forward: Forward;
  readonly elaboration: Elaboration;
  readonly around: Surroundings;
  /** Collects the shape marks that are met. */
  readonly marks: ShapeMark[];
  /** `tops`: products of which a derivative with more than two axes is the sum, with the shape of what is differentiated. */
  readonly options: ReadingOptions & { readonly tops?: ReadonlyMap<Syntax, Shape> };
}

const entriesOf = (of: Named["part"], by: Named["part"]): { readonly entries?: Entries } =>
  of || by ? { entries: { ...(of ? { of } : {}), ...(by ? { by } : {}) } } : {};

type Draft = (body: Syntax) => number;

/** Whether the equation of the loss reads it. */
const isReadByLoss = ({ objective, equations }: System, place: Place): boolean =>
  equations.some(
    ({ left, right }) =>
      familyOf(left) === objective && readsIn(right).some(read => familyOf(read) === familyOf(place)),
  );

const isOfArrayByParameter = ({ symbols }: System, { of, by }: Quotient): boolean =>
  of.shape.length > 0 && symbols.get(familyOf(by).name)?.role === "parameter";

const readingOf = ({ reader: { system }, options }: DifferentiatedIn, quotient: Quotient): "immediate" | "total" => {
  const { of, by } = quotient;
  if (quotient.immediate) return "immediate";
  if (of === system.objective) return options.direct && isReadByLoss(system, by) ? "immediate" : "total";
  const isDirect = options.immediate === "parameters" ? isOfArrayByParameter(system, quotient) : options.immediate;
  return isDirect ? "immediate" : "total";
};

/** The draft of a derivative, of a product with one of more than two axes, or of prod; undefined for everything else. */
export const differentiatedDraft = (setting: DifferentiatedIn, syntax: Syntax, draft: Draft): number | undefined => {
  if (syntax.kind === "derivative") return ofDerivative(setting, syntax, draft);
  if (syntax.kind === "product") return ofProduct(setting, syntax, draft);
  return syntax.kind === "apply" && syntax.op !== undefined && isChainRule(syntax.op)
    ? ofProd(setting, syntax.argument, draft)
    : undefined;
};

const ofDerivative = (setting: DifferentiatedIn, syntax: DerivativeSyntax, draft: Draft): number => {
  const { options, reader } = setting;
  const { drafts } = setting.elaboration;
  const found = quotientOf(setting, syntax, draft);
  if ("draft" in found) return found.draft;
  if (syntax.sign === INPUT_ERROR || (syntax.sign === ERROR && options.inputs)) {
    const slope = slopeFor(reader.system, found.by);
    if (slope) return errorDraft(drafts, found, slope);
    if (syntax.sign === INPUT_ERROR) throw new UnknownName(syntax, syntax.span);
  }
  const reading = readingOf(setting, found);
  const { of, by, span, entries } = found;
  if (entries) return entriesDraft(setting.elaboration, found, entries, reading, setting.around);
  if (options.contracted && isBeyondMatrices(of.shape, by.shape))
    return contractionDraft(drafts, gradientDraft(drafts, of.shape, span), found, reading);
  const build = (): Node => partial(of, by, reading);
  const layout = secondOrderOf(syntax)?.laidOut ? "numerator" : options.layout;
  return laidOut(drafts, { of: of.shape, by: by.shape, span }, layout, [], build);
};

const ofProduct = (
  setting: DifferentiatedIn,
  syntax: Syntax & { kind: "product" },
  draft: Draft,
): number | undefined => {
  const { elaboration, options } = setting;
  const elided = ofElided(setting, syntax, draft);
  if (elided !== undefined) return elided;
  const last = syntax.factors.at(-1)?.body;
  if (!last || syntax.factors.length < 2 || syntax.factors.some(({ call }) => call)) return undefined;
  const isQuotient = last.kind === "derivative" && !setting.reader.isNamed(last);
  const found = isQuotient ? quotientOf({ ...setting, marks: [] }, last, draft) : undefined;
  const { contracted, tops } = options;
  const top = contracted && tops?.get(syntax);
  if (found && !("draft" in found) && !found.entries && isBeyondMatrices(found.of.shape, found.by.shape)) {
    const gradient = gradientBeside(elaboration, syntax, top, contracted ?? "denominator", draft);
    const product = contractionDraft(elaboration.drafts, gradient, found, readingOf(setting, found));
    const isTurned = options.layout === "numerator";
    return isTurned ? operate(elaboration, "^\\top", syntax.span, syntax.span, [product]) : product;
  }
  return top && contracted ? contractedProduct(elaboration, syntax, top, contracted, draft) : undefined;
};

/** ∂s_k/∂s_{k-1} ⋯ ∂s_{k-m+1}/∂s_{k-m}. */
const ofElided = (
  setting: DifferentiatedIn,
  { factors, span }: Syntax & { kind: "product" },
  draft: Draft,
): number | undefined => {
  const place = factors.findIndex(({ body }) => body.kind === "dots");
  if (place < 1 || place === factors.length - 1) return undefined;
  const quotients = factors.flatMap(({ body }, i) => {
    if (i === place || body.kind !== "derivative" || setting.reader.isNamed(body)) return [];
    const found = quotientOf({ ...setting, marks: [] }, body, draft);
    return "draft" in found || found.entries ? [] : [found];
  });
  const [first] = quotients;
  if (!first || quotients.length !== factors.length - 1) return undefined;
  const node = productBetween(quotients.slice(0, place), quotients.slice(place), readingOf(setting, first));
  if (!node || node.shape.length === 4) return undefined;
  const { drafts } = setting.elaboration;
  return drafts.add({ kind: "made", args: [], span, extent: extentOfShape(node.shape), build: () => node });
};

/** prod(a, ∂v/∂u, …) from left to right; of arrays, the product that the shapes ask for. */
const ofProd = (setting: DifferentiatedIn, argument: Syntax, draft: Draft): number | undefined => {
  const { elaboration, options, reader } = setting;
  const [first, ...others] = argumentsOfProd(argument);
  if (!first || others.length === 0) return undefined;
  return others.reduce((gradient, other) => {
    if (other.kind !== "derivative" || reader.isNamed(other))
      return arrangedProduct(elaboration, gradient, draft(other), argument.span, options.rearranged === true);
    const found = quotientOf(setting, other, draft);
    if (!("draft" in found) && found.entries)
      return problem("V021", "prod takes derivatives of names", other.span, "no name stands here");
    if ("draft" in found)
      return arrangedProduct(elaboration, gradient, found.draft, argument.span, options.rearranged === true);
    return contractionDraft(elaboration.drafts, gradient, found);
  }, draft(first));
};

/** What stands above and below the line; a draft where an abstract function stands above it. */
const quotientOf = (
  setting: DifferentiatedIn,
  syntax: DerivativeSyntax,
  draft: Draft,
): (Quotient & { readonly entries?: Entries }) | { readonly draft: number } => {
  const { elaboration, forward, reader, around, marks, options } = setting;
  const { of: above, span } = syntax;
  const second = secondOrderOf(syntax);
  if (second) return secondQuotient(setting, second);
  const fn = above ? callAbove(elaboration, above) : undefined;
  const written = variableOf(syntax, around);
  const variable = argumentNamed(written, fn?.args ?? []) ?? written;
  const by = placeOf(setting, variable);
  if (!above) return { of: reader.system.objective, by: by.place, span, ...entriesOf(undefined, by.part) };
  if (fn) {
    const call = { name: fn.name, args: fn.args.map(draft), by: by.place, span };
    const found = partialOfCall(elaboration, forward, call, options.layout);
    if (found !== undefined) return { draft: found };
  }
  const of = placeOf(setting, above, true);
  if (of.mark)
    marks.push({
      sizes: of.mark.sizes,
      span: of.mark.span,
      of: of.place.shape.length === 0 ? by.place.shape : [...of.place.shape, ...by.place.shape],
      latexSpan: span,
    });
  if (by.mark) marks.push({ sizes: by.mark.sizes, span: by.mark.span, of: by.place.shape, latexSpan: variable.span });
  const immediate = syntax.order?.kind === "mark" && syntax.order.spelling === "+";
  return { of: of.place, by: by.place, span, immediate, ...entriesOf(of.part, by.part) };
};

/** The gradient by the first variable, above the second. */
const secondQuotient = (
  setting: DifferentiatedIn,
  { of: above, rows, columns, span }: SecondOrder,
): Quotient & { readonly entries?: Entries } => {
  const { reader } = setting;
  const of = above && placeOf(setting, above, true);
  const [first, by] = [placeOf(setting, rows), placeOf(setting, columns)];
  const gradient = reader.told.gradients?.get(familyOf(first.place));
  if (!gradient || (of && (of.place !== reader.system.objective || of.part)))
    return problem("V020", "only the loss is differentiated twice", span, "not judged yet");
  const index = first.place.kind === "at" ? first.place.index : [];
  return { of: memberAt(gradient, index), by: by.place, span, ...entriesOf(first.part, by.part) };
};

/** W_1 and its places, of (W_1)_{ij} and [W_1]_{ij}. */
const entryInBrackets = (syntax: Syntax): { readonly name: Syntax; readonly axes: readonly Syntax[] } | undefined => {
  if (syntax.kind !== "scripted" || syntax.base.kind !== "group" || !syntax.base.body) return undefined;
  const { core, elements } = takeApart(syntax);
  const places = elements.flatMap(each => (each.kind === "item" && each.position === "sub" ? [each.body] : []));
  const axes = places.flatMap(body =>
    body.kind === "product" && body.factors.every(({ operator }) => !operator)
      ? body.factors.map(factor => factor.body)
      : [body],
  );
  const isEntry = core.kind === "group" && places.length === elements.length && axes.length <= 2;
  return isEntry && axes.length > 0 ? { name: syntax.base.body, axes } : undefined;
};

const placeOf = (
  setting: DifferentiatedIn,
  syntax: Syntax,
  isAbove = false,
): { readonly place: Place; readonly mark: Named["mark"]; readonly part: Named["part"] } => {
  const { elaboration, forward, reader, around } = setting;
  const formula = isAbove ? formulaAbove(reader.told.formulas ?? NO_FORMULAS, syntax) : undefined;
  if (formula) {
    const index = formula.index.map(value => indexIn(elaboration, value, around, syntax.span));
    return { place: memberAt(formula.symbol, index), mark: undefined, part: undefined };
  }
  const entry = entryInBrackets(syntax);
  if (entry) {
    const { part, ...array } = placeOf(setting, entry.name, isAbove);
    return { ...array, part: part ?? entry.axes };
  }
  const found = reader.resolve(syntax);
  if (!found) return problem("V021", "no name stands in this place of a derivative", syntax.span, "not a name");
  const symbol = reader.symbolOf(found.family);
  const { core } = takeApart(syntax);
  const isKnown = (name: Syntax): boolean => {
    const part = reader.resolve(name);
    return part !== undefined && forward.typing.prepared.names.occurs(part.family.base);
  };
  // What changes with a word for a product is not said: of kv_i = k_i v_iᵀ, or of the state that it is added to.
  const isWord = !symbol || (isAbove && !forward.typing.prepared.names.occurs(found.family.base));
  if (isWord && core.kind === "symbol" && core.form === "run" && core.parts?.every(isKnown))
    return problem("V021", "a product stands in this place of a derivative", syntax.span, "not a name");
  if (!symbol) {
    const name = integerName(syntax);
    if (name !== undefined && elaboration.isSize(name))
      return problem(
        "V022",
        `${name} is a whole number; nothing can be differentiated by it`,
        syntax.span,
        "a size or horizon",
      );
    throw new UnknownName(syntax, syntax.span);
  }
  if (found.tail.length > 0)
    return problem("V021", "an operation stands in a derivative", found.tail[0]?.span ?? syntax.span, "only names can");
  // A row or a column may stand below the line; what is differentiated by it is one number or an entry.
  const slice = isAbove ? found.part?.find(({ kind }) => kind === "slice") : undefined;
  if (slice) return problem("V021", "a slice of an array stands in a derivative", slice.span, "not read yet");
  const index = found.index.map(value => indexIn(elaboration, value, around, found.span));
  return { place: memberAt(symbol, index), mark: found.mark, part: found.part };
};
