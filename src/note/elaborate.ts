/** Syntax trees to drafts: names are looked up, products taken apart, indices bound; nothing is decided about shapes. */
import { type Diagnostic, DiagnosticError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import type { Fold } from "../expr/node.ts";
import { constantValue, named, namesIn, type Polynomial, substitute } from "../expr/polynomial.ts";
import { rational, readRational } from "../expr/rational.ts";
import type {
  ApplySyntax,
  BigSyntax,
  Factor,
  FractionSyntax,
  ProductSyntax,
  SumSyntax,
  Syntax,
} from "../parse/syntax.ts";
import { type Binding, type Drafts, SCALAR_EXTENT } from "./draft.ts";
import type { FunctionTable } from "./functions.ts";
import { integerOf } from "./integers.ts";
import type { Family, Names } from "./names.ts";
import { CONSTANT_PRIOR, rankAlternatives } from "./priors.ts";
import { limitsOf } from "./ranges.ts";
import { type Reading, readingsOf } from "./readings.ts";
import { baseOf, type Element, takeApart } from "./scripts.ts";
import type { Extent } from "./sizes.ts";
import { everyPart, textOf } from "./tree.ts";

/** What the names around a formula mean. */
export interface Surroundings {
  readonly bindings: readonly Binding[];
  /** Arguments of a function that is written out in place, and parameters of one that is being defined. */
  readonly parameters: ReadonlyMap<string, number>;
}

export const NOTHING_BOUND: Surroundings = { bindings: [], parameters: new Map() };

/** A read of a name, with all that is bound around it. */
export interface Read {
  readonly draft: number;
  readonly family: Family;
  readonly index: readonly Polynomial[];
  readonly bindings: readonly Binding[];
  readonly span: Span;
}

export interface Elaboration {
  readonly drafts: Drafts;
  readonly names: Names;
  readonly functions: FunctionTable;
  /** The size, horizon or index that a name in value position is, unless it is a variable. */
  readonly isInteger: (name: string) => boolean;
  /** The same in index expressions and limits, where no variable can stand. */
  readonly isSize: (name: string) => boolean;
  /** Whether the letter is defined or declared as a variable. */
  readonly isDefined: (base: string) => boolean;
  /** Whether the letter is a variable of the system at all. */
  readonly isVariable: (base: string) => boolean;
  readonly extentOf: (family: Family) => Extent;
  readonly reads: Read[];
}

/** What the letters of the note stand for here. */
const boundIn = ({ bindings }: Surroundings): ReadonlyMap<string, Polynomial> =>
  new Map(bindings.map(({ letter, index, value }) => [letter, value ?? named(index)] as const));

const problem = (code: Diagnostic["code"], message: string, span: Span, label: string, help?: string): never => {
  throw new DiagnosticError({ code, severity: "error", message, spans: [{ span, label }], ...(help ? { help } : {}) });
};

const LARGEST_LITERAL = 100_000;
const LARGEST_SHIFT = 1_000;
const LARGEST_EXPONENT = 1_000;

const tooLarge = (span: Span): never => problem("I006", "this number is too large", span, "write a name for it");

/** Norms may carry a subscript that says which one; these are the Euclidean and Frobenius ones. */
const EUCLIDEAN = new Set(["2", "F", "Fro", "mathrmF"]);
const NORM = "\\lVert";
const FENCES: ReadonlyMap<string, string> = new Map([
  ["\\|", NORM],
  ["\\lVert", NORM],
  ["\\langle", "\\langle"],
  ["|", "\\lvert"],
  ["\\lvert", "\\lvert"],
]);
const FOLDS: ReadonlyMap<string, Fold> = new Map([
  ["\\sum", "sum"],
  ["\\prod", "product"],
]);
/** A superscript that can be a sign or an exponent is rarely meant as the other. */
const UNLIKELY = 5;
const FIGURE_FONTS = ["mathbf", "boldsymbol", "bm", "mathbb", "bold", "pmb", "mathbbm", "mathds"];

export class Elaborator {
  readonly #of: Elaboration;
  constructor(elaboration: Elaboration) {
    this.#of = elaboration;
  }

  draft(syntax: Syntax, around: Surroundings): number {
    const value = syntax.kind === "number" ? undefined : this.#integer(syntax, around);
    if (value) return this.#integerDraft(value, syntax.span);
    switch (syntax.kind) {
      case "symbol":
      case "scripted":
      case "accent":
      case "labelled":
        return this.#named(syntax, around);
      case "number":
        return this.#number(syntax.text, syntax.fonts, [], syntax.span, syntax.accents);
      case "group":
        return this.#group(syntax.open, syntax.body, syntax.span, around);
      case "sum":
        return this.#sum(syntax, around);
      case "product":
        return this.#product(syntax, around);
      case "fraction":
        return this.#fraction(syntax, around);
      case "root":
        if (syntax.degree && textOf(syntax.degree) !== "2") break;
        return this.#operation("\\sqrt", syntax.span, syntax.span, [syntax.body], around);
      case "apply":
        return this.#apply(syntax, around);
      case "big":
        return this.#big(syntax, around);
      default:
        break;
    }
    return problem(
      "R030",
      `a ${DESCRIPTIONS[syntax.kind] ?? syntax.kind} cannot stand in a forward equation`,
      syntax.span,
      "this has no value",
    );
  }

  #integerDraft(value: Polynomial, span: Span): number {
    const constant = constantValue(value);
    const { drafts } = this.#of;
    if (constant !== undefined)
      return drafts.add({ kind: "number", value: rational(constant), span, extent: SCALAR_EXTENT });
    return drafts.add({ kind: "integer", value, span, extent: SCALAR_EXTENT });
  }

  /** An expression in indices, sizes and whole numbers only. */
  #integer(syntax: Syntax, around: Surroundings): Polynomial | undefined {
    if (syntax.kind === "number" && syntax.fonts.length > 0) return undefined;
    const value = integerOf(syntax);
    if (!value) return undefined;
    const bound = boundIn(around);
    const known = namesIn(value).every(
      name => !around.parameters.has(name) && (bound.has(name) || this.#of.isInteger(name)),
    );
    return known ? substitute(value, bound) : undefined;
  }

  /** An index expression with the letters of the note replaced by the names bound here. */
  #index(value: Polynomial, around: Surroundings, span: Span, open: ReadonlySet<string> = new Set()): Polynomial {
    const bound = boundIn(around);
    for (const name of namesIn(value)) {
      if (bound.has(name) || this.#of.isSize(name) || open.has(name)) continue;
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
  }

  #number(
    text: string,
    fonts: readonly string[],
    subscripts: readonly Polynomial[],
    span: Span,
    accents: readonly string[] = [],
  ): number {
    const font = FIGURE_FONTS.find(each => fonts.includes(each));
    const figure = accents.includes("vec")
      ? `\\vec{${text}}`
      : font
        ? `\\${font === "mathbb" || font.startsWith("mathbbm") || font === "mathds" ? "mathbb" : "mathbf"}{${text}}`
        : undefined;
    if (figure !== undefined) {
      const readings = readingsOf(figure, 0);
      if (readings.length > 0) return this.#constant(figure, span, readings, subscripts);
    }
    const value = readRational(text);
    if (!value) return problem("R031", "this number is too long to be read", span, `${text.length} digits`);
    const { drafts } = this.#of;
    const literal = (): number => drafts.add({ kind: "number", value, span, extent: SCALAR_EXTENT });
    // h_0 = 0 is an array of zeros where h_0 is an array.
    const arrays = readingsOf(text, 0);
    if (arrays.length === 0) return literal();
    return drafts.grouping(span, [
      { cost: 0, draft: literal },
      { cost: 1, draft: () => this.#constant(text, span, arrays, []) },
    ]);
  }

  /** An array of ones or zeros; a column unless something else is said. */
  #constant(spelling: string, span: Span, readings: readonly Reading[], subscripts: readonly Polynomial[]): number {
    const { drafts } = this.#of;
    const draft = drafts.operation(spelling, span, span, [{ readings, args: [] }], subscripts);
    const { extent } = drafts.at(draft);
    if (subscripts.length === 0) drafts.addChoice(rankAlternatives(extent, CONSTANT_PRIOR), [extent]);
    return draft;
  }

  #operation(spelling: string, operator: Span, span: Span, args: readonly Syntax[], around: Surroundings): number {
    return this.#operate(
      spelling,
      operator,
      span,
      args.map(arg => this.draft(arg, around)),
    );
  }

  #operate(spelling: string, operator: Span, span: Span, args: readonly number[]): number {
    const readings = readingsOf(spelling, args.length);
    if (readings.length === 0) unknownOperation(spelling, operator);
    return this.#of.drafts.operation(spelling, operator, span, [{ readings, args }]);
  }

  #named(syntax: Syntax, around: Surroundings): number {
    const { core, accents, elements } = takeApart(syntax);
    if (core.kind === "symbol") return this.#symbol(syntax, core, accents, elements, around);
    if (core.kind === "group" && FENCES.get(core.open) === NORM)
      return this.#norm(core.body, elements, syntax.span, around);
    let subscripts: readonly Polynomial[] = [];
    let tail = elements;
    if (core.kind === "number" && (core.fonts.length > 0 || accents.length + core.accents.length > 0)) {
      subscripts = this.#subscripts(elements, around);
      tail = elements.filter(element => element.kind !== "item" || element.position !== "sub");
      return this.#tail(
        this.#number(core.text, core.fonts, subscripts, core.span, [...accents, ...core.accents]),
        core.span,
        tail,
        around,
      );
    }
    if (accents.length > 0) problem("R030", "an accent over an expression has no value", syntax.span, "accent");
    return this.#tail(this.draft(core, around), core.span, tail, around);
  }

  #subscripts(elements: readonly Element[], around: Surroundings): readonly Polynomial[] {
    return elements.flatMap(element => {
      if (element.kind === "shape") return element.sizes.flatMap(size => integerOf(size) ?? []);
      if (element.kind !== "item" || element.position !== "sub") return [];
      const mark = element.body.kind === "product" ? element.body.factors.map(factor => factor.body) : [element.body];
      return mark.flatMap(body => {
        const value = integerOf(body);
        return value ? [this.#index(value, around, element.span, new Set(namesIn(value)))] : [];
      });
    });
  }

  #symbol(
    syntax: Syntax,
    core: Syntax & { kind: "symbol" },
    accents: readonly string[],
    elements: readonly Element[],
    around: Surroundings,
  ): number {
    const { drafts, names, reads, extentOf, isDefined, isVariable } = this.#of;
    const base = baseOf(core, accents) as string;
    const parameter = around.parameters.get(base);
    if (parameter !== undefined) return this.#tail(parameter, core.span, elements, around);
    if (core.form === "run" && core.parts && !isDefined(base)) {
      const letters = core.parts.map(part => baseOf(part, []));
      if (letters.every(letter => letter !== undefined && isVariable(letter))) {
        const factors = core.parts.map(
          (part, i): Factor => ({
            operator: null,
            call: false,
            // What hangs on the run hangs on its last letter.
            body:
              i === (core.parts as readonly Syntax[]).length - 1 && syntax.kind === "scripted"
                ? { ...syntax, base: part }
                : part,
          }),
        );
        return this.#product({ kind: "product", factors, span: syntax.span }, around);
      }
    }
    if (!isDefined(base)) {
      const [first, ...others] = elements;
      if (first?.kind === "item" && first.position === "sup") {
        const readings = readingsOf(`${core.name}^`, 1);
        if (readings.length > 0) {
          const exponent = this.draft(first.body, around);
          return this.#tail(
            drafts.operation(`${core.name}^`, core.span, syntax.span, [{ readings, args: [exponent] }]),
            core.span,
            others,
            around,
          );
        }
      }
      const constants = readingsOf(core.name, 0);
      if (constants.length > 0) {
        const subscripts = this.#subscripts(elements, around);
        const tail = elements.filter(element => element.kind !== "item" || element.position !== "sub");
        return this.#tail(
          drafts.operation(core.name, core.span, syntax.span, [{ readings: constants, args: [] }], subscripts),
          core.span,
          tail,
          around,
        );
      }
    }
    const found = names.resolve(syntax);
    if (!found) return problem("R030", "this cannot stand in a forward equation", syntax.span, "this has no value");
    const selector = elements.find(element => element.kind === "item" && this.#selects(element.body));
    if (selector)
      problem(
        "N003",
        "a subscript that is itself data selects an entry, which is not read yet",
        selector.span,
        "chosen by a label",
        "Write the selection with a unit vector.",
      );
    const shifted = elements.filter(
      element =>
        element.kind === "item" &&
        everyPart(element.body).some(part => part.kind === "sum") &&
        everyPart(element.body).some(part => names.varies(textOf(part))),
    );
    if (shifted.length > found.index.length)
      problem(
        "I001",
        "this index is not understood",
        (shifted[0] as Element).span,
        "not an index with a shift",
        "Indices are letters with a whole number added.",
      );
    const index = found.index.map(value => this.#index(value, around, found.span));
    const draft = drafts.add({
      kind: "read",
      family: found.family,
      index,
      span: syntax.span,
      extent: extentOf(found.family),
    });
    reads.push({ draft, family: found.family, index, bindings: around.bindings, span: syntax.span });
    return this.#tail(draft, core.span, found.tail, around);
  }

  /** p_{y_i}: an index that has an index of its own. */
  #selects(body: Syntax): boolean {
    return everyPart(body).some(
      part =>
        part.kind === "scripted" &&
        part.scripts.some(
          script =>
            script.position !== "prime" && everyPart(script.body).some(inner => this.#of.names.varies(textOf(inner))),
        ),
    );
  }

  /** Applies transposes and powers that hang on a value. */
  #tail(start: number, core: Span, tail: readonly Element[], around: Surroundings): number {
    const { drafts } = this.#of;
    let value = start;
    for (const element of tail) {
      const span = { start: core.start, end: element.span.end };
      if (element.kind === "prime") {
        for (let i = 0; i < element.count; i++) value = this.#operate("^{\\prime}", element.span, span, [value]);
      } else if (element.kind === "mark") {
        const args = element.body ? [value, this.draft(element.body, around)] : [value];
        value = this.#operate(`^${element.spelling}`, element.span, span, args);
      } else if (element.kind === "item" && element.position === "sup") {
        value = this.#raise(value, element.body, span, around);
      } else
        problem("N003", "this subscript hangs on an expression", element.span, "entries of expressions are not read");
    }
    return drafts.at(value) ? value : start;
  }

  #raise(value: number, body: Syntax, span: Span, around: Surroundings): number {
    const { drafts } = this.#of;
    // The sign of an operation on arrays, such as T; on a scalar it would be pointless.
    const spelled = readingsOf(`^${textOf(body)}`, 1).map((reading): Reading => ({ ...reading, noScalar: [true] }));
    const exponent = this.#integer(body, around);
    const counted =
      exponent !== undefined && namesIn(exponent).some(name => around.bindings.some(binding => binding.index === name));
    const candidates: { readings: readonly Reading[]; args: readonly number[]; extra?: number }[] = [];
    // An index that is bound here counts; anything else that is also a sign is a sign.
    if (spelled.length > 0) candidates.push({ readings: spelled, args: [value], extra: counted ? UNLIKELY : 0 });
    if (exponent && Math.abs(constantValue(exponent) ?? 0) > LARGEST_EXPONENT)
      problem("N004", `exponents go up to ${LARGEST_EXPONENT}`, body.span, "too large");
    if (exponent) {
      // The power of a square matrix is not that of its entries, also where it is not defined: A^{-1}.
      const readings = readingsOf("^", 2).map(
        (reading): Reading => (reading.wide.length === 0 ? { ...reading, notSquare: true } : reading),
      );
      candidates.push({
        readings,
        args: [value, this.#integerDraft(exponent, body.span)],
        extra: spelled.length > 0 && !counted ? UNLIKELY : 0,
      });
    }
    if (candidates.length === 0) {
      problem(
        "N004",
        "exponents must be whole numbers, indices or sizes",
        body.span,
        "not an integer",
        "Write a root or exp where one is meant.",
      );
    }
    return drafts.operation("^", body.span, span, candidates);
  }

  #group(open: string, body: Syntax | null, span: Span, around: Surroundings): number {
    if (!body) return problem("R030", "nothing stands between these brackets", span, "empty");
    const fence = FENCES.get(open);
    if (fence === NORM) return this.#norm(body, [], span, around);
    if (fence !== undefined) {
      const args = body.kind === "list" ? body.items : [body];
      return this.#operation(fence, span, span, args, around);
    }
    if (body.kind === "list")
      return problem("N005", "a list of values (concatenation) is not read yet", span, "a list");
    return this.draft(body, around);
  }

  #norm(body: Syntax | null, elements: readonly Element[], span: Span, around: Surroundings): number {
    if (!body) return problem("R030", "nothing stands between these bars", span, "empty");
    let squared = false;
    const rest: Element[] = [];
    for (const element of elements) {
      if (element.kind === "item" && element.position === "sub") {
        const which = textOf(element.body);
        if (!EUCLIDEAN.has(which))
          problem(
            "N002",
            `the norm with subscript ${which} is not known`,
            element.span,
            "only the Euclidean (2) and Frobenius (F) norms are",
          );
      } else if (element.kind === "item" && textOf(element.body) === "2" && !squared) squared = true;
      else rest.push(element);
    }
    const value = this.#operation(squared ? `${NORM}^2` : NORM, span, span, [body], around);
    return this.#tail(value, span, rest, around);
  }

  #sum({ terms, span }: SumSyntax, around: Surroundings): number {
    let value: number | undefined;
    for (const { sign, body } of terms) {
      const term = this.draft(body, around);
      const spelling = sign?.spelling ?? "+";
      const covered = { start: span.start, end: body.span.end };
      if (value === undefined)
        value = spelling === "+" ? term : this.#operate(spelling, sign?.span ?? body.span, covered, [term]);
      else value = this.#operate(spelling, sign?.span ?? body.span, covered, [value, term]);
    }
    return value as number;
  }

  #fraction({ top, bottom, span }: FractionSyntax, around: Surroundings): number {
    const below = integerOf(bottom);
    if (below && constantValue(below) === 0) problem("N006", "this divides by zero", bottom.span, "zero");
    const [a, b] = [this.draft(top, around), this.draft(bottom, around)];
    const [x, y] = [this.#of.drafts.at(a), this.#of.drafts.at(b)];
    if (x.kind === "number" && y.kind === "number") {
      if (y.value.numerator === 0n) problem("N006", "this divides by zero", bottom.span, "zero");
      const value = rational(x.value.numerator * y.value.denominator, x.value.denominator * y.value.numerator);
      return this.#of.drafts.add({ kind: "number", value, span, extent: SCALAR_EXTENT });
    }
    return this.#operate("/", span, span, [a, b]);
  }

  #arguments(argument: Syntax): readonly Syntax[] {
    const inner = argument.kind === "group" && argument.body && !FENCES.has(argument.open) ? argument.body : argument;
    return inner.kind === "list" ? inner.items : [inner];
  }

  #apply({ name, scripts, argument, span }: ApplySyntax, around: Surroundings): number {
    const spelling = name.name;
    const args = this.#arguments(argument);
    if (readingsOf(spelling, args.length).length === 0) unknownOperation(spelling, name.span);
    const value = this.#operation(spelling, name.span, span, args, around);
    const tail = takeApart({ kind: "scripted", base: name, scripts, span: name.span }).elements;
    return this.#tail(value, span, tail, around);
  }

  #big(syntax: BigSyntax, around: Surroundings): number {
    const fold = FOLDS.get(syntax.spelling);
    const sign = { start: syntax.span.start, end: syntax.span.start + syntax.spelling.length };
    if (!fold) return unknownOperation(syntax.spelling, sign);
    const limits = limitsOf(syntax);
    if (!limits)
      return problem("I002", "the limits of this sum are not understood", sign, "over what?", "Write \\sum_{t=1}^{T}.");
    const taken = new Set(around.bindings.map(binding => binding.index));
    let index = limits.index;
    for (let i = 2; taken.has(index) || this.#of.isSize(index); i++) index = `${limits.index}_${i}`;
    const bound = (value: Polynomial): Polynomial => this.#index(value, around, limits.span);
    const binding: Binding = {
      index,
      letter: limits.index,
      span: sign,
      ...(limits.low ? { low: bound(limits.low) } : {}),
      ...(limits.high ? { high: bound(limits.high) } : {}),
    };
    const body = this.draft(syntax.body, {
      ...around,
      bindings: [...around.bindings.filter(b => b.letter !== limits.index), binding],
    });
    return this.#of.drafts.add({
      kind: "fold",
      fold,
      binding,
      body,
      span: syntax.span,
      extent: this.#of.drafts.at(body).extent,
    });
  }

  #product({ factors, span }: ProductSyntax, around: Surroundings): number {
    const items: { operator: string; at: Span; draft: number }[] = [];
    for (let i = 0; i < factors.length; i++) {
      const { operator, body } = factors[i] as Factor;
      const next = factors[i + 1];
      let draft: number;
      const covered = next ? { start: body.span.start, end: next.body.span.end } : body.span;
      if (next?.call && this.#of.functions.isFunction(body)) {
        draft = this.#application(body, next.body, covered, around);
        i++;
      } else draft = this.draft(body, around);
      items.push({ operator: operator?.spelling ?? "", at: operator?.span ?? body.span, draft });
    }
    const [first] = items as [(typeof items)[number]];
    if (items.length === 1) return first.draft;
    const chain = (list: readonly (typeof items)[number][]): number =>
      list
        .slice(1)
        .reduce(
          (left, { operator, at, draft }) =>
            this.#operate(
              operator,
              at,
              { start: this.#of.drafts.at(left).span.start, end: this.#of.drafts.at(draft).span.end },
              [left, draft],
            ),
          (list[0] as (typeof items)[number]).draft,
        );
    // Juxtaposition binds tighter than a sign, or everything goes left to right: a \odot W x.
    const runs: (typeof items)[number][][] = [];
    for (const item of items) {
      if (item.operator !== "" || runs.length === 0) runs.push([item]);
      else (runs.at(-1) as (typeof items)[number][]).push(item);
    }
    const associates = (operator: string): boolean => readingsOf(operator, 2)[0]?.name === readingsOf("", 2)[0]?.name;
    if (runs.slice(1).every(run => run.length === 1 || associates(run[0]?.operator ?? ""))) return chain(items);
    return this.#of.drafts.grouping(span, [
      { cost: 0, draft: () => chain(items) },
      { cost: 0, draft: () => chain(runs.map(run => ({ ...(run[0] as (typeof items)[number]), draft: chain(run) }))) },
    ]);
  }

  /** φ(z), ℓ(o, y): a function that the note leaves abstract, names, or defines by a formula. */
  #application(name: Syntax, argument: Syntax, span: Span, around: Surroundings): number {
    const { functions, drafts } = this.#of;
    const outer = takeApart(argument);
    const fn = functions.of(name);
    const args = this.#arguments(outer.core);
    let value: number;
    if (fn.spelling !== undefined) value = this.#operation(fn.spelling, name.span, span, args, around);
    else if (fn.inline) {
      if (fn.inline.parameters.length !== args.length) {
        problem("N007", `${fn.latex} takes ${fn.inline.parameters.length} arguments`, span, `${args.length} are given`);
      }
      const parameters = new Map(
        fn.inline.parameters.map((parameter, i) => [parameter, this.draft(args[i] as Syntax, around)] as const),
      );
      value = this.draft(fn.inline.body, { ...around, parameters });
    } else {
      const drafted = args.map(arg => this.draft(arg, around));
      const extent = drafts.sizes.freshExtent();
      value = drafts.add({
        kind: "application",
        fn: fn.key,
        order: functions.primesOf(name),
        args: drafted,
        span,
        extent,
      });
      fn.applications.push(value);
      if (fn.arity === undefined) fn.arity = drafted.length;
      else if (fn.arity !== drafted.length)
        problem("N007", `${fn.latex} takes ${fn.arity} arguments`, span, `${drafted.length} are given`);
    }
    return this.#tail(value, span, outer.elements, around);
  }
}

const DESCRIPTIONS: Readonly<Partial<Record<Syntax["kind"], string>>> = {
  dots: "row of dots",
  prose: "text",
  mark: "sign",
  list: "list",
  given: "condition",
  slice: "slice",
  relations: "relation",
  differential: "differential",
  derivative: "derivative",
  matrix: "matrix written out",
  root: "root of this degree",
};

const unknownOperation = (spelling: string, span: Span): never =>
  problem(
    "N001",
    `the operation ${spelling.replace(/^\\operatorname\{(.*)\}$/u, "$1")} is not known`,
    span,
    "no rule to differentiate it",
    "Name the function (front matter: functions), or write it out in other operations.",
  );

/** Whether a formula speaks of derivatives: then it is a claim, never a definition. */
export const speaksOfDerivatives = (syntax: Syntax): boolean =>
  everyPart(syntax).some(part => part.kind === "derivative" || part.kind === "differential");
