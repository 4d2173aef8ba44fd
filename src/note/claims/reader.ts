/**
 * Reads claims against a typed system: the system's names, shapes and functions are known, so that only the claim's own
 * operations are open. A claim never gives a name of the system another shape, and never extends an index domain.
 */
import { DiagnosticError } from "../../base/diagnostic.ts";
import type { Span } from "../../base/source.ts";
import type { Node, SymbolNode } from "../../expr/node.ts";
import type { System } from "../../expr/system.ts";
import { isChainRule } from "../../ops/call.ts";
import type { DerivativeSyntax, Syntax } from "../../parse/syntax.ts";
import { withoutArguments } from "../arguments.ts";
import { axisFactsOf } from "../axes.ts";
import { type Binding, Drafts } from "../draft.ts";
import { Elaborator } from "../elaborate.ts";
import { integerName } from "../integers.ts";
import { indexIn, integerIn } from "../literals.ts";
import type { Family, Named } from "../names.ts";
import { Builder } from "../nodes.ts";
import { headed } from "../occurrences.ts";
import type { Range } from "../ranges.ts";
import type { Forward } from "../read.ts";
import { readingsOf } from "../readings.ts";
import { takeApart } from "../scripts.ts";
import { search } from "../search.ts";
import { SizeStore } from "../sizes.ts";
import { type Elaboration, problem, type Surroundings } from "../surroundings.ts";
import type { Typing } from "../typing.ts";
import { ERROR, INPUT_ERROR, readAdjointNames } from "./adjoints.ts";
import type { Alias, Aliases } from "./aliases.ts";
import {
  argumentsOfProd,
  contractionDraft,
  derivativeDraft,
  errorDraft,
  memberAt,
  type Place,
  type Quotient,
  variableOf,
} from "./derivative.ts";
import { argumentOf, gradientByArgument } from "./elided.ts";
import { type Entries, entriesDraft } from "./entries.ts";
import { atInputs, inputOf, slopeFor } from "./inputs.ts";
import { extentOfShape, imposeKind } from "./kinds.ts";
import { ClaimNames } from "./names.ts";
import { primedDraft } from "./primed.ts";
import type { ClaimReading, ReadClaim, ReadingOptions, ShapeMark } from "./reading.ts";
import { type Entry, entriesAt, MisfitIndex, placed, rangeOfSum } from "./region.ts";
import { UnknownName } from "./unknown.ts";

const TRIALS = 4_000;

const entriesOf = (of: Named["part"], by: Named["part"]): { readonly entries?: Entries } =>
  of || by ? { entries: { ...(of ? { of } : {}), ...(by ? { by } : {}) } } : {};

/** The terms of formulas, and the entries of arrays that they read. */
interface Typed {
  readonly nodes: readonly Node[];
  readonly entries: readonly Entry[];
}

export class ClaimReader {
  readonly system: System;
  readonly #typing: Typing;
  readonly #forward: Forward;
  readonly #names: ClaimNames;
  readonly #aliases: Aliases;

  /** `claims`: every member of every chain, for the letters and names that occur only there. */
  constructor(forward: Forward, claims: readonly Syntax[], aliases: Aliases) {
    this.#forward = forward;
    this.#typing = forward.typing;
    this.#aliases = aliases;
    this.system = forward.assembled.system;
    this.#names = new ClaimNames(forward, claims);
  }

  /** The name that a (scripted) symbol is: one of the system's, or one of the claims' own. */
  resolve(syntax: Syntax): Named | undefined {
    return this.#names.resolve(syntax);
  }

  symbolOf(family: Family): SymbolNode | undefined {
    return this.#names.symbolOf(family);
  }

  isLetter(name: string): boolean {
    return this.#names.varies(name);
  }

  /** Brackets that only say what a value depends on: several names, those of its definition, those behind the objective. */
  #isValue(name: Syntax, args: readonly Syntax[]): boolean {
    const { functions, isValue } = this.#typing.prepared;
    const found = functions.isFunction(name) ? undefined : this.resolve(name);
    const node = found && found.tail.length === 0 ? this.symbolOf(found.family) : undefined;
    return node !== undefined && (args.length > 1 || node === this.system.objective || isValue(name, args));
  }

  /** Whether it is a function of the note with its arguments: σ(u). */
  definesFunction(left: Syntax): boolean {
    const head = headed(left);
    return head !== undefined && this.#typing.prepared.functions.isFunction(head.name);
  }

  /** dW, δ_{z_t} and their like as derivatives, where they are no names of their own; L(a, y) as L. */
  adjoints(syntax: Syntax): Syntax {
    const isMember = (name: Syntax): boolean => {
      const found = this.resolve(name);
      if (!found || found.tail.length > 0 || this.symbolOf(found.family) === undefined) return false;
      // b_{o,t} is a share of b_o at time t, not its entry number t.
      return !found.part?.some(place => this.#names.countsMembers(place));
    };
    const { prepared } = this.#typing;
    const isTaken = (name: Syntax): boolean => {
      const found = this.resolve(name);
      const whole = integerName(name);
      return (
        (found !== undefined &&
          (this.symbolOf(found.family) !== undefined || this.#aliases.find(found.family) !== undefined)) ||
        prepared.functions.isFunction(name) ||
        (whole !== undefined && prepared.variables.has(whole))
      );
    };
    const plain = withoutArguments(syntax, (name, args) => this.#isValue(name, args));
    return readAdjointNames(plain, { isMember, isTaken });
  }

  /** The members of a chain, all of one shape; or each by itself where their shapes differ. */
  read(members: readonly Syntax[], conditions: readonly Range[], options: ReadingOptions = {}): ClaimReading {
    const marks: ShapeMark[] = [];
    try {
      const together = this.#type(members, true, marks, options);
      if (together) return { kind: "read", claim: this.#claim(together, conditions), marks };
      const apart = members.map(member => this.#type([member], true, [], options));
      if (apart.every(typed => typed !== undefined)) {
        return { kind: "shapes", claims: apart.map(typed => this.#claim(typed, conditions)), marks };
      }
      return { kind: "misfit", member: apart.indexOf(undefined), marks };
    } catch (error) {
      if (error instanceof UnknownName) return { kind: "unknown", name: error.syntax, span: error.place, marks };
      if (error instanceof DiagnosticError) return { kind: "unreadable", diagnostic: error.diagnostic, marks };
      throw error;
    }
  }

  /** Everything that stays free: index letters. */
  #bindings(span: Span): readonly Binding[] {
    return [...this.#names.letters].map(letter => ({ index: letter, letter, span }));
  }

  #type(members: readonly Syntax[], equal: boolean, marks: ShapeMark[], options: ReadingOptions): Typed | undefined {
    const { prepared } = this.#typing;
    const { functions, bases, variables } = prepared;
    const sizes = new SizeStore();
    const drafts = new Drafts(sizes);
    let immediate = false;
    const saved = functions.all.map(fn => [fn, [...fn.applications], fn.arity] as const);
    for (const fn of functions.all) fn.applications.length = 0;
    try {
      const elaboration: Elaboration = {
        drafts,
        names: { resolve: syntax => this.#names.forward(syntax), varies: letter => this.#names.varies(letter) },
        functions,
        reads: [],
        places: [],
        spectral: [],
        axes: new Map(),
        axisFacts: axisFactsOf(prepared),
        extentOf: family => {
          const known = this.symbolOf(family);
          if (!known) throw new UnknownName({ kind: "prose", text: family.latex, span: family.span }, family.span);
          return extentOfShape(known.shape);
        },
        isInteger: name => prepared.sizes.has(name) && !variables.has(name),
        isCount: name => prepared.counts.has(name),
        isSize: name => prepared.sizes.has(name),
        isDefined: base => bases.defined.has(base),
        isVariable: base => bases.all.has(base),
        primed: (spelling, order, argument, span) =>
          primedDraft(drafts, { spelling, order, span }, argument, (node, op) =>
            options.outputs ? (inputOf(this.system, node, applied => applied.op === op) ?? node) : node,
          ),
        elided: (name, span, around) => argumentOf(elaboration, this.#forward, name, span, around),
        beyond: (syntax, around) =>
          this.#beyond(elaboration, elaborator, syntax, around, marks, { ...options, immediate }),
      };
      const elaborator = new Elaborator(elaboration);
      const around: Surroundings = { bindings: this.#bindings(members[0]?.span as Span), parameters: new Map() };
      const roots = members.map((member, i) => {
        // The left side of a chain says what is asked for, through every path.
        immediate = options.immediate === true && i > 0;
        return elaborator.draft(member, around);
      });
      for (const root of equal ? roots.slice(1) : []) {
        const [a, b] = [drafts.at(roots[0] as number).extent, drafts.at(root).extent];
        drafts.addChoice([{ cost: 0, impose: store => store.unifyExtents(a, b) }], [a, b]);
      }
      for (const fn of functions.all) imposeKind(this.#forward, fn, drafts);
      const { best } = search(drafts.choices, sizes, TRIALS + 100 * drafts.choices.length);
      if (!best) return undefined;
      for (const [i, alternative] of best.taken.entries())
        if (alternative !== undefined) drafts.choices[i]?.alternatives[alternative]?.impose(sizes);
      const entries = entriesAt(elaboration.places, sizes);
      const builder = new Builder(
        { ...this.#typing, drafts, sizes, solution: best },
        this.#names.symbolsWith(drafts.all.flatMap(draft => (draft.kind === "read" ? draft.family : []))),
        this.#forward.assembled.functionIds,
        this.#forward.assembled.parameters,
        (binding, body) => rangeOfSum(this.#forward, binding, body, entries),
      );
      builder.run();
      const nodes = roots.map(root => builder.nodes[root]);
      if (!nodes.every(node => node !== undefined)) return undefined;
      const found = nodes as readonly Node[];
      return { nodes: options.outputs ? found.map(node => atInputs(this.system, node)) : found, entries };
    } catch (error) {
      if (error instanceof MisfitIndex) return undefined;
      throw error;
    } finally {
      for (const [fn, applications, arity] of saved) {
        fn.applications.length = 0;
        fn.applications.push(...applications);
        fn.arity = arity;
      }
    }
  }

  #beyond(
    elaboration: Elaboration,
    elaborator: Elaborator,
    syntax: Syntax,
    around: Surroundings,
    marks: ShapeMark[],
    options: ReadingOptions,
  ): number | undefined {
    const { drafts } = elaboration;
    if (syntax.kind === "derivative") {
      const found = this.#derivative(elaboration, elaborator, syntax, around, marks);
      if ("draft" in found) return found.draft;
      if (syntax.sign === INPUT_ERROR || (syntax.sign === ERROR && options.inputs)) {
        const slope = slopeFor(this.system, found.by);
        if (slope) return errorDraft(drafts, found, slope);
        if (syntax.sign === INPUT_ERROR) throw new UnknownName(syntax, syntax.span);
      }
      const inner = found.of !== this.system.objective && options.immediate === true;
      const reading = inner ? "immediate" : "total";
      return found.entries
        ? entriesDraft(elaboration, found, found.entries, reading, around)
        : derivativeDraft(drafts, found, reading);
    }
    if (syntax.kind === "apply" && syntax.op !== undefined && isChainRule(syntax.op)) {
      const [first, ...others] = argumentsOfProd(syntax.argument);
      if (!first || others.length === 0) return undefined;
      return others.reduce(
        (gradient, other) => {
          if (other.kind !== "derivative")
            return problem("V021", "the second argument of prod is a derivative", other.span, "this is none");
          const found = this.#derivative(elaboration, elaborator, other, around, marks);
          if ("draft" in found || found.entries)
            return problem("V021", "prod takes derivatives of names", other.span, "no name stands here");
          return contractionDraft(drafts, gradient, found);
        },
        elaborator.draft(first, around),
      );
    }
    if (syntax.kind === "symbol" || syntax.kind === "scripted" || syntax.kind === "accent")
      return this.#name(elaboration, syntax, around, marks);
    return undefined;
  }

  /** A name of the claims' own: an alias, or nothing that is known. */
  #name(elaboration: Elaboration, syntax: Syntax, around: Surroundings, marks: ShapeMark[]): number | undefined {
    const { core } = takeApart(syntax);
    if (core.kind !== "symbol" || elaboration.functions.isFunction(syntax)) return undefined;
    if (integerIn(elaboration, syntax, around) || this.#names.isKronecker(syntax)) return undefined;
    const found = this.resolve(syntax);
    if (!found) return undefined;
    const known = this.symbolOf(found.family);
    if (known) {
      if (found.mark)
        marks.push({ sizes: found.mark.sizes, span: found.mark.span, of: known.shape, latexSpan: syntax.span });
      return undefined;
    }
    const alias = found.tail.length === 0 && !found.part ? this.#aliases.find(found.family) : undefined;
    if (alias) return this.#aliasDraft(elaboration, alias, found, around);
    const base = found.family.base;
    // Ones, identities and other constants are no names.
    if (readingsOf(core.name, 0).length > 0 || readingsOf(`${core.name}^`, 1).length > 0) return undefined;
    if (elaboration.isDefined(base) && this.#names.forward(syntax)?.family.key !== found.family.key) return undefined;
    throw new UnknownName(syntax, syntax.span);
  }

  #aliasDraft(elaboration: Elaboration, alias: Alias, found: Named, around: Surroundings): number {
    const index = found.index.map(value => indexIn(elaboration, value, around, found.span));
    const node = alias.at(index);
    return elaboration.drafts.add({
      kind: "made",
      args: [],
      span: found.span,
      extent: extentOfShape(node.shape),
      build: () => node,
    });
  }

  /** What stands above and below the line; a draft where an abstract function stands above it. */
  #derivative(
    elaboration: Elaboration,
    elaborator: Elaborator,
    syntax: DerivativeSyntax,
    around: Surroundings,
    marks: ShapeMark[],
  ): (Quotient & { readonly entries?: Entries }) | { readonly draft: number } {
    const variable = variableOf(syntax, around);
    const by = this.#placeOf(elaboration, variable, around);
    const { of: above, span } = syntax;
    if (!above) return { of: this.system.objective, by: by.place, span, ...entriesOf(undefined, by.part) };
    const fn = this.#functionAbove(elaboration, above);
    if (fn) {
      const args = fn.args.map(arg => elaborator.draft(arg, around));
      const draft = gradientByArgument(elaboration, this.#forward, fn.name, args, by.place, span);
      if (draft !== undefined) return { draft };
    }
    const of = this.#placeOf(elaboration, above, around);
    if (of.mark)
      marks.push({
        sizes: of.mark.sizes,
        span: of.mark.span,
        of: of.place.shape.length === 0 ? by.place.shape : [...of.place.shape, ...by.place.shape],
        latexSpan: span,
      });
    if (by.mark) marks.push({ sizes: by.mark.sizes, span: by.mark.span, of: by.place.shape, latexSpan: variable.span });
    return { of: of.place, by: by.place, span, ...entriesOf(of.part, by.part) };
  }

  /** ℓ or ℓ(o, y) above the line, ℓ a function of the note. */
  #functionAbove(elaboration: Elaboration, above: Syntax): { name: Syntax; args: readonly Syntax[] } | undefined {
    if (elaboration.functions.isFunction(above)) return { name: above, args: [] };
    if (above.kind !== "product") return undefined;
    const [name, argument] = above.factors;
    if (above.factors.length !== 2 || !name || !argument?.call || !elaboration.functions.isFunction(name.body))
      return undefined;
    const inner = argument.body.kind === "group" ? argument.body.body : argument.body;
    return { name: name.body, args: inner === null ? [] : inner.kind === "list" ? inner.items : [inner] };
  }

  #isKnown(name: Syntax): boolean {
    const found = this.resolve(name);
    return found !== undefined && this.#typing.prepared.names.occurs(found.family.base);
  }

  #placeOf(
    elaboration: Elaboration,
    syntax: Syntax,
    around: Surroundings,
  ): { readonly place: Place; readonly mark: Named["mark"]; readonly part: Named["part"] } {
    const found = this.resolve(syntax);
    if (!found) return problem("V021", "no name stands in this place of a derivative", syntax.span, "not a name");
    const symbol = this.symbolOf(found.family);
    const { core } = takeApart(syntax);
    if (!symbol && core.kind === "symbol" && core.form === "run" && core.parts?.every(part => this.#isKnown(part)))
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
      return problem(
        "V021",
        "an operation stands in a derivative",
        found.tail[0]?.span ?? syntax.span,
        "only names can",
      );
    const slice = found.part?.find(({ kind }) => kind === "slice");
    if (slice) return problem("V021", "a slice of an array stands in a derivative", slice.span, "not read yet");
    const index = found.index.map(value => indexIn(elaboration, value, around, found.span));
    return { place: memberAt(symbol, index), mark: found.mark, part: found.part };
  }

  #claim({ nodes, entries }: Typed, conditions: readonly Range[]): ReadClaim {
    return placed(this.#forward, this.#names.letters, nodes, conditions, entries);
  }
}
