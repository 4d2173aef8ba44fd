/** Syntax trees to drafts: names are looked up, products taken apart, indices bound; nothing is decided about shapes. */
import type { Span } from "../base/source.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import type { ApplySyntax, BigSyntax, Factor, ProductSyntax, SumSyntax, Syntax } from "../parse/syntax.ts";
import { axesAt, blocksDraft, isPart, joinedIn, MATRICES, partDraft, programSliceDraft, slicesIn } from "./arrays.ts";
import { biasAxis } from "./biases.ts";
import type { Binding } from "./draft.ts";
import { FENCES, NORM } from "./fences.ts";
import { equalityIn, indicatorBy, indicatorDraft } from "./indicators.ts";
import {
  inBold,
  indexIn,
  integerDraft,
  integerIn,
  isPlainOne,
  isSelection,
  labelOfUnit,
  numberDraft,
  refuseShifts,
  type Selection,
  selectionIn,
  subscriptsIn,
  unitDraft,
  withPlainOnes,
} from "./literals.ts";
import { normOf } from "./norms.ts";
import {
  applied,
  argumentsIn,
  type FactorDraft,
  fractionDraft,
  marked,
  operate,
  overEntries,
  productDraft,
  raised,
  withSpecial,
} from "./operations.ts";
import { orderingBy, orderingDraft, orderingIn } from "./orderings.ts";
import { parameterIn } from "./parameters.ts";
import { refuseRandom } from "./random.ts";
import { FOLDS, limitsOf } from "./ranges.ts";
import { readingsOf } from "./readings.ts";
import { baseOf, type Element, takeApart, wholeScript, withoutPrimes } from "./scripts.ts";
import { boundIn, type Elaboration, noValue, problem, type Surroundings, unknownOperation } from "./surroundings.ts";
import { textOf } from "./tree.ts";

export class Elaborator {
  readonly #of: Elaboration;
  constructor(elaboration: Elaboration) {
    this.#of = elaboration;
  }

  draft(syntax: Syntax, around: Surroundings): number {
    const beyond = this.#of.beyond?.(syntax, around);
    if (beyond !== undefined) return beyond;
    const value = syntax.kind === "number" ? undefined : integerIn(this.#of, syntax, around);
    if (value) return integerDraft(this.#of, value, syntax.span);
    const equality = equalityIn(this.#of, syntax, around);
    if (equality) return indicatorDraft(this.#of, equality, around, side => this.draft(side, around));
    const label = labelOfUnit(this.#of, syntax);
    if (label) return unitDraft(this.#of, this.draft(label, around), label.span, syntax.span);
    const ordering = orderingIn(syntax);
    if (ordering) return orderingDraft(this.#of, ordering, side => this.draft(side, around));
    switch (syntax.kind) {
      case "symbol":
      case "scripted":
      case "accent":
      case "labelled":
        return this.#named(syntax, around);
      case "number":
        return numberDraft(this.#of, syntax.text, syntax.fonts, [], syntax.span, syntax.accents);
      case "group":
        return this.#group(syntax.open, syntax.body, syntax.span, around);
      case "sum":
        return this.#sum(syntax, around);
      case "product":
        return this.#product(syntax, around);
      case "fraction":
        return fractionDraft(this.#of, syntax, side => this.draft(side, around));
      case "root":
        if (syntax.degree && textOf(syntax.degree) !== "2") break;
        return this.#operation("\\sqrt", syntax.span, syntax.span, [syntax.body], around);
      case "apply":
        return this.#apply(syntax, around);
      case "big":
        return this.#big(syntax, around);
      case "matrix":
        if (!MATRICES.has(syntax.environment)) break;
        return blocksDraft(this.#of, syntax.rows, "[&]", syntax.span, block => this.draft(block, around));
      default:
        break;
    }
    return noValue(syntax);
  }

  #operation(spelling: string, operator: Span, span: Span, args: readonly Syntax[], around: Surroundings): number {
    return operate(
      this.#of,
      spelling,
      operator,
      span,
      args.map(arg => this.draft(arg, around)),
    );
  }

  #named(syntax: Syntax, around: Surroundings): number {
    const { core, accents, elements } = takeApart(syntax);
    if (core.kind === "symbol") return this.#symbol(syntax, core, accents, elements, around);
    if (core.kind === "group" && FENCES.get(core.open) === NORM)
      return this.#norm(core.body, elements, syntax.span, around);
    const isOnes = isPlainOne(core) && elements.some(each => each.kind === "item" && each.position === "sub");
    if (core.kind === "number" && (isOnes || core.fonts.length > 0 || accents.length + core.accents.length > 0)) {
      const { fonts } = isOnes ? inBold(core) : core;
      const subscripts = subscriptsIn(this.#of, elements, around);
      const tail = elements.filter(element => element.kind !== "item" || element.position !== "sub");
      return this.#tail(
        numberDraft(this.#of, core.text, fonts, subscripts, core.span, [...accents, ...core.accents]),
        core.span,
        tail,
        around,
      );
    }
    if (accents.length > 0) problem("R030", "an accent over an expression has no value", syntax.span, "accent");
    return this.#tail(this.draft(core, around), core.span, elements, around);
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
    const parameter = parameterIn(syntax, around);
    if (parameter) return this.#tail(parameter.draft, core.span, parameter.rest, around);
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
          const rest = others.filter(each => each.kind !== "item" || each.group !== first.group);
          const exponent = this.draft(rest.length < others.length ? wholeScript(syntax, first) : first.body, around);
          return this.#tail(
            drafts.operation(`${core.name}^`, core.span, syntax.span, [{ readings, args: [exponent] }]),
            core.span,
            rest,
            around,
          );
        }
      }
      const constants = readingsOf(core.name, 0);
      if (constants.length > 0) {
        const subscripts = subscriptsIn(this.#of, elements, around);
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
    const selection = selectionIn(this.#of, syntax, around, found.tail);
    if (selection) {
      const chosen = this.#select(this.draft(selection.from, around), selection, syntax.span, around);
      return this.#tail(chosen, core.span, selection.tail, around);
    }
    refuseShifts(this.#of, found, elements);
    const index = found.index.map(value => indexIn(this.#of, value, around, found.span));
    const draft = drafts.add({
      kind: "read",
      family: found.family,
      index,
      span: syntax.span,
      extent: extentOf(found.family),
    });
    reads.push({ draft, family: found.family, index, bindings: around.bindings, span: syntax.span });
    const value = found.part ? partDraft(this.#of, draft, found.part, syntax.span, around) : draft;
    return this.#tail(value, core.span, found.tail, around);
  }

  #select(
    from: number,
    { label, spelling }: Omit<Selection, "from" | "tail">,
    span: Span,
    around: Surroundings,
  ): number {
    const args = [from, this.draft(label, around)];
    return this.#of.drafts.operation(spelling, label.span, span, [{ readings: readingsOf(spelling, 2), args }]);
  }

  /** Applies transposes and powers that hang on a value. */
  #tail(start: number, core: Span, tail: readonly Element[], around: Surroundings): number {
    let value = start;
    for (const element of tail) {
      const span = { start: core.start, end: element.span.end };
      if (element.kind === "prime") {
        for (let i = 0; i < element.count; i++) value = operate(this.#of, "^{\\prime}", element.span, span, [value]);
      } else if (element.kind === "mark") {
        const args = element.body ? [value, this.draft(element.body, around)] : [value];
        value = marked(this.#of, `^${element.spelling}`, element.span, span, args);
      } else if (element.kind === "item" && element.position === "sup") {
        // dZ^{(i)} of an i that is counted: a sample of it, and no power.
        if (element.wrap === "(" && boundIn(around).has(textOf(element.body)))
          problem("N003", "this index hangs on a whole array", element.span, "which of its axes does it count?");
        value = raised(this.#of, value, element.body, span, around, exponent => this.draft(exponent, around));
      } else if (element.kind === "item" && isSelection(this.#of, element.body)) {
        value = this.#select(value, { label: element.body, spelling: "_" }, span, around);
      } else if (element.kind === "item" && isPart(this.#of, element.body, around)) {
        // Entries and slices that follow one another are of one array, up to what a label chooses.
        const axes = axesAt(tail, element, axis => isSelection(this.#of, axis));
        if (axes.length > 0) value = partDraft(this.#of, value, axes, span, around);
      } else
        problem("N003", "this subscript hangs on an expression", element.span, "entries of expressions are not read");
    }
    return value;
  }

  #group(open: string, body: Syntax | null, span: Span, around: Surroundings): number {
    if (!body) return problem("R030", "nothing stands between these brackets", span, "empty");
    const fence = FENCES.get(open);
    if (fence === NORM) return this.#norm(body, [], span, around);
    if (fence !== undefined)
      return this.#operation(fence, span, span, body.kind === "list" ? body.items : [body], around);
    if (body.kind !== "list") return this.draft(body, around);
    return blocksDraft(this.#of, joinedIn(open, body), "[,]", span, block => this.draft(block, around));
  }

  #norm(body: Syntax | null, elements: readonly Element[], span: Span, around: Surroundings): number {
    if (!body) return problem("R030", "nothing stands between these bars", span, "empty");
    const { spelling, rest } = normOf(elements);
    const argument = this.draft(body, around);
    if (elements.some(element => element.kind === "item" && element.position === "sub" && textOf(element.body) === "2"))
      this.#of.spectral.push({ argument, span });
    return this.#tail(operate(this.#of, spelling, span, span, [argument]), span, rest, around);
  }

  #sum({ terms, span }: SumSyntax, around: Surroundings): number {
    let value: number | undefined;
    const axis = biasAxis(terms.map(({ body }) => body));
    for (const { sign, body } of terms) {
      const term = this.draft(body, around);
      const spelling = sign?.spelling ?? "+";
      const covered = { start: span.start, end: body.span.end };
      if (value === undefined)
        value = spelling === "+" ? term : operate(this.#of, spelling, sign?.span ?? body.span, covered, [term]);
      else value = operate(this.#of, spelling, sign?.span ?? body.span, covered, [value, term], axis);
    }
    return value as number;
  }

  #primed(spelling: string, order: number, args: readonly Syntax[], span: Span, around: Surroundings): number {
    const drafts = args.map(arg => this.draft(arg, around));
    return this.#of.primed?.(spelling, order, drafts[0] as number, span) ?? unknownOperation(spelling, span);
  }

  #apply({ name, scripts, argument, span }: ApplySyntax, around: Surroundings): number {
    const { spelling, args } = withSpecial(name.name, argumentsIn(argument));
    refuseRandom(name.name, args, span);
    const { order, rest } = this.#of.primed ? withoutPrimes(scripts) : { order: 0, rest: scripts };
    if (order > 0) {
      const { elements } = takeApart({ kind: "scripted", base: name, scripts: rest, span: name.span });
      return this.#tail(this.#primed(spelling, order, args, span, around), span, elements, around);
    }
    const draft = (arg: Syntax): number => this.draft(arg, around);
    const call = applied(this.#of, { name: { name: spelling, span: name.span }, scripts, span }, args, draft);
    const tail = takeApart({ kind: "scripted", base: name, scripts: call.scripts, span: name.span }).elements;
    return this.#tail(call.value, span, tail, around);
  }

  #big(syntax: BigSyntax, around: Surroundings): number {
    const fold = FOLDS.get(syntax.spelling);
    const sign = { start: syntax.span.start, end: syntax.span.start + syntax.spelling.length };
    if (!fold) return overEntries(this.#of, syntax, sign, around, whole => this.draft(whole, around));
    const limits = limitsOf(syntax);
    if (!limits)
      return problem("I002", "the limits of this sum are not understood", sign, "over what?", "Write \\sum_{t=1}^{T}.");
    const taken = new Set(around.bindings.map(binding => binding.index));
    let index = limits.index;
    for (let i = 2; taken.has(index) || this.#of.isSize(index); i++) index = `${limits.index}_${i}`;
    const bound = (value: Polynomial): Polynomial => indexIn(this.#of, value, around, limits.span);
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

  #product({ factors: written, span }: ProductSyntax, around: Surroundings): number {
    const factors = withPlainOnes(written);
    const items: FactorDraft[] = [];
    for (let i = 0; i < factors.length; i++) {
      const { operator, body } = factors[i] as Factor;
      const together = this.#pair(body, factors[i + 1], around);
      if (together !== undefined) i++;
      const draft = together ?? this.draft(body, around);
      items.push({ operator: operator?.spelling ?? "", at: operator?.span ?? body.span, draft });
    }
    return productDraft(this.#of, items, span);
  }

  /** What a factor is together with the next: an indicator, a slice of it, a function applied. */
  #pair(body: Syntax, next: Factor | undefined, around: Surroundings): number | undefined {
    if (!next) return undefined;
    const covered = { start: body.span.start, end: next.body.span.end };
    const { core, elements } = takeApart(next.body);
    const slices = slicesIn(core);
    if (slices) {
      const part = programSliceDraft(this.#of, this.draft(body, around), slices, covered, around);
      return this.#tail(part, covered, elements, around);
    }
    const indicated = indicatorBy(body, next);
    if (indicated) return indicatorDraft(this.#of, indicated, around, side => this.draft(side, around));
    const ordered = orderingBy(body, next);
    if (ordered) return orderingDraft(this.#of, ordered, side => this.draft(side, around));
    const applied = next.call && this.#of.functions.isFunction(body);
    return applied ? this.#application(body, next.body, covered, around) : undefined;
  }

  /** φ(z), ℓ(o, y): a function that the note leaves abstract, names, or defines by a formula. */
  #application(name: Syntax, argument: Syntax, span: Span, around: Surroundings): number {
    const { functions, drafts } = this.#of;
    const outer = takeApart(argument);
    const fn = functions.of(name);
    const inner = outer.core.kind === "group" ? outer.core.body : null;
    const elided = inner?.kind === "dots" ? this.#of.elided?.(name, span, around) : undefined;
    if (elided !== undefined) return this.#tail(elided, span, outer.elements, around);
    const args = argumentsIn(outer.core);
    let value: number;
    if (!fn.formula && !fn.inline) refuseRandom(textOf(takeApart(name).core), args, span);
    const order = functions.primesOf(name);
    if (fn.spelling !== undefined && order > 0 && this.#of.primed)
      value = this.#primed(fn.spelling, order, args, span, around);
    else if (fn.spelling !== undefined) {
      const named = { name: { name: fn.spelling, span: name.span }, scripts: [], span };
      value = applied(this.#of, named, args, arg => this.draft(arg, around)).value;
    } else if (fn.inline) {
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
