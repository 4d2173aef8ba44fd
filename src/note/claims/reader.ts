/**
 * Reads claims against a typed system: the system's names, shapes and functions are known, so that only the claim's own
 * operations are open. A claim never gives a name of the system another shape, and never extends an index domain.
 */
import { DiagnosticError } from "../../base/diagnostic.ts";
import type { Span } from "../../base/source.ts";
import type { Node, Shape, SymbolNode } from "../../expr/node.ts";
import { namesIn } from "../../expr/polynomial.ts";
import type { System } from "../../expr/system.ts";
import type { DerivativeSyntax, Syntax } from "../../parse/syntax.ts";
import { withoutArguments, withVariables } from "../arguments.ts";
import { partDraft } from "../arrays.ts";
import { spellDivergences } from "../divergences.ts";
import { type Binding, Drafts } from "../draft.ts";
import { Elaborator } from "../elaborate.ts";
import { placedBySizes, withWeights } from "../excluded.ts";
import { factsOf } from "../facts.ts";
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
import type { Elaboration, Surroundings } from "../surroundings.ts";
import { everyPart } from "../tree.ts";
import type { Typing } from "../typing.ts";
import { readAdjointNames } from "./adjoints.ts";
import { type Alias, type Aliases, gradientOf } from "./aliases.ts";
import { summandsOf } from "./contraction.ts";
import { memberAt } from "./derivative.ts";
import { type DifferentiatedIn, differentiatedDraft } from "./differentiated.ts";
import { divisorsIn } from "./divisors.ts";
import { argumentOf } from "./elided.ts";
import { fittingLayout } from "./fits.ts";
import { withWholeOperands } from "./formulas.ts";
import { atInputs, inputOf } from "./inputs.ts";
import { extentOfShape, imposeKind } from "./kinds.ts";
import { aliasDraft, largestFirst } from "./layouts.ts";
import { ClaimNames } from "./names.ts";
import { OpenSizes } from "./opensizes.ts";
import { withPowers } from "./powers.ts";
import { primedDraft } from "./primed.ts";
import type { ClaimReading, ReadClaim, ReadingOptions, ShapeMark, Told } from "./reading.ts";
import { Readings } from "./readings.ts";
import { type Entry, entriesAt, MisfitIndex, placed, rangeOfSum } from "./region.ts";
import { readSlopes } from "./slopes.ts";
import { entryOfAlias } from "./splits.ts";
import { withNamesApart } from "./tails.ts";
import { labelOfUnit, unitVectorDraft } from "./units.ts";
import { UnknownName } from "./unknown.ts";

const TRIALS = 4_000;

/** The terms of formulas, and the entries of arrays that they read. */
interface Typed {
  readonly nodes: readonly Node[];
  readonly entries: readonly Entry[];
}

export class ClaimReader {
  readonly system: System;
  /** Its equations as the note writes them. */
  readonly written: System;
  /** Those that stand for gradients. */
  readonly accents: ReadonlySet<string>;
  readonly #typing: Typing;
  readonly #forward: Forward;
  readonly #claims: readonly Syntax[];
  readonly #divisors: ReadonlySet<string>;
  readonly #names: ClaimNames;
  readonly #aliases: Aliases;
  readonly #readings: Readings<Typed>;

  /** `claims`: every member of every chain, for the letters and names that occur only there. */
  constructor(
    forward: Forward,
    claims: readonly Syntax[],
    aliases: Aliases,
    readonly told: Told = {},
  ) {
    [this.#forward, this.#claims] = [forward, claims];
    this.accents = told.accents ?? new Set();
    this.#divisors = divisorsIn(forward, claims);
    this.#typing = forward.typing;
    this.#aliases = aliases;
    this.#readings = new Readings(aliases);
    this.system = forward.assembled.system;
    this.written = forward.assembled.written ?? this.system;
    this.#names = new ClaimNames(forward, claims);
  }

  /** The same with further accents that stand for gradients. */
  withAccents(accents: ReadonlySet<string>): ClaimReader {
    const all = new Set([...this.accents, ...accents]);
    return new ClaimReader(this.#forward, this.#claims, this.#aliases, { ...this.told, accents: all });
  }

  /** The name that a (scripted) symbol is: one of the system's, or one of the claims' own. */
  resolve(syntax: Syntax): Named | undefined {
    return this.#names.resolve(syntax);
  }

  /** Whether a name means something: by an equation, or by a claim that gave it. */
  isGiven(name: Syntax): boolean {
    const found = this.resolve(name);
    return found !== undefined && (this.symbolOf(found.family) ?? this.#aliases.find(found.family)) !== undefined;
  }

  symbolOf(family: Family): SymbolNode | undefined {
    return this.#names.symbolOf(family);
  }

  #symbolAt(name: Syntax): SymbolNode | undefined {
    const found = this.resolve(name);
    return found && this.symbolOf(found.family);
  }

  isLetter(name: string): boolean {
    return this.#names.varies(name);
  }

  /** Brackets that only say what a value depends on: several names, those of its definition, those behind the objective. */
  #isValue(name: Syntax, args: readonly Syntax[]): boolean {
    const { functions, isValue } = this.#typing.prepared;
    // J′(w)
    if (name.kind === "scripted" && name.scripts.every(({ position }) => position === "prime"))
      return isValue(name.base, args);
    const found = functions.isFunction(name) ? undefined : this.resolve(name);
    const node = found && found.tail.length === 0 ? this.symbolOf(found.family) : undefined;
    return node !== undefined && (args.length > 1 || node === this.system.objective || isValue(name, args));
  }

  /** σ² where the note has a scalar σ, and no name with this superscript. */
  #isPower(power: Syntax, base: Syntax): boolean {
    const [whole, scalar] = [this.resolve(power), this.resolve(base)];
    if (whole?.tail.length === 0 || !scalar || scalar.tail.length > 0 || scalar.part) return false;
    return this.symbolOf(scalar.family)?.shape.length === 0;
  }

  /** w, of J(w) = … for a scalar J. */
  #soleArgument(name: Syntax): Syntax | undefined {
    const [variable, more] = this.#typing.prepared.argumentsOf(name) ?? [];
    return variable && !more && this.#symbolAt(name)?.shape.length === 0 ? variable : undefined;
  }

  /** Whether it is a function of the note with its arguments: σ(u). */
  definesFunction(left: Syntax): boolean {
    const head = headed(left);
    return head !== undefined && this.#typing.prepared.functions.isFunction(head.name);
  }

  /** dW, δ_{z_t} and their like as derivatives, where they are no names of their own; L(a, y) as L. */
  adjoints(syntax: Syntax): Syntax {
    return this.#readings.adjoint(syntax, () => this.#adjointsIn(syntax));
  }

  #adjointsIn(syntax: Syntax): Syntax {
    const isMember = (name: Syntax): boolean => {
      const found = this.resolve(name);
      if (!found || found.tail.length > 0 || this.symbolOf(found.family) === undefined) return false;
      // b_{o,t} is a share of b_o at time t, not its entry number t.
      return !found.part?.some(place => this.#names.countsMembers(place));
    };
    const { prepared } = this.#typing;
    const isTaken = (name: Syntax): boolean => {
      const whole = integerName(name);
      return (
        this.isGiven(name) ||
        prepared.functions.isFunction(name) ||
        (whole !== undefined && (prepared.variables.has(whole) || this.#divisors.has(whole)))
      );
    };
    const changes = (name: Syntax): boolean =>
      this.system.symbols.get(this.#symbolAt(name)?.name ?? "")?.role === "defined";
    const apart = withNamesApart(syntax, this.#names, this.#aliases);
    const plain = spellDivergences(withoutArguments(apart, (name, args) => this.#isValue(name, args)));
    const powered = withPowers(
      withVariables(plain, name => this.#soleArgument(name)),
      (power, base) => this.#isPower(power, base),
    );
    const named = readAdjointNames(readSlopes(powered, this.#forward), { isMember, isTaken, accents: this.accents });
    return withWholeOperands(named, changes);
  }

  /** Index letters in the scripts of the names in a formula. */
  lettersOf(syntax: Syntax): ReadonlySet<string> {
    const found = everyPart(syntax).flatMap(part =>
      part.kind === "scripted" ? (this.resolve(part)?.index ?? []) : [],
    );
    return new Set(found.flatMap(namesIn).filter(name => this.isLetter(name)));
  }

  /** The members of a chain, all of one shape; or each by itself where their shapes differ. */
  read(written: readonly Syntax[], said: readonly Range[], options: ReadingOptions = {}): ClaimReading {
    const conditions = placedBySizes(said, this.#typing.prepared.sizes);
    const members = withWeights(written, conditions);
    const marks: ShapeMark[] = [];
    try {
      const together = this.#type(members, marks, options);
      if (together) return { kind: "read", claim: this.#claim(together, conditions), marks };
      if (options.together) return { kind: "misfit", member: 0, marks };
      const apart = members.map(member => this.#type([member], [], options));
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

  /** The layout of gradients in which members fit together for some likely shapes of names that are only guessed. */
  fittingLayout(members: readonly Syntax[]): ReturnType<typeof fittingLayout> {
    return fittingLayout(this.#forward, this.#names, members, name => {
      const found = this.resolve(name);
      return found !== undefined && this.#aliases.find(found.family) !== undefined;
    });
  }

  #type(
    members: readonly Syntax[],
    marks: ShapeMark[],
    { backwards, together: _, ...way }: ReadingOptions,
  ): Typed | undefined {
    const typed = this.#readings.of(members, way, marks, found => this.#fit(members, found, way));
    return typed && backwards ? { ...typed, nodes: typed.nodes.map(largestFirst) } : typed;
  }

  #fit(members: readonly Syntax[], marks: ShapeMark[], options: ReadingOptions): Typed | undefined {
    const { prepared } = this.#typing;
    const { functions } = prepared;
    const sizes = new SizeStore();
    const drafts = new Drafts(sizes);
    const open = new OpenSizes(sizes);
    let asked = options;
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
        ...factsOf(prepared),
        openSize: (name, span) => open.named(name, span),
        extentOf: family => {
          const known = this.symbolOf(family);
          if (!known) throw new UnknownName({ kind: "prose", text: family.latex, span: family.span }, family.span);
          return extentOfShape(known.shape);
        },
        primed: (spelling, order, argument, span) =>
          primedDraft(drafts, { spelling, order, span }, argument, (node, op) =>
            options.outputs ? (inputOf(this.system, node, applied => applied.op === op) ?? node) : node,
          ),
        elided: (name, span, around) => argumentOf(elaboration, this.#forward, name, span, around),
        beyond: (syntax, around) => this.#beyond(elaboration, elaborator, syntax, around, marks, { ...asked, tops }),
      };
      const elaborator = new Elaborator(elaboration);
      const tops = options.contracted ? this.#summands(members) : new Map<Syntax, Shape>();
      const span = members[0]?.span as Span;
      const bindings = [...this.#names.letters].map((letter): Binding => ({ index: letter, letter, span }));
      const around: Surroundings = { bindings, parameters: new Map() };
      const roots = members.map((member, i) => {
        // The left side of a chain says what is asked for, through every path.
        asked = i > 0 ? options : { ...options, immediate: false, direct: false };
        return elaborator.draft(member, around);
      });
      for (const root of roots.slice(1)) {
        const [a, b] = [drafts.at(roots[0] as number).extent, drafts.at(root).extent];
        drafts.addChoice([{ cost: 0, impose: store => store.unifyExtents(a, b) }], [a, b]);
      }
      for (const fn of functions.all) imposeKind(this.#forward, fn, drafts);
      const { best } = search(drafts.choices, sizes, TRIALS + 100 * drafts.choices.length);
      if (!best) return undefined;
      for (const [i, alternative] of best.taken.entries())
        if (alternative !== undefined) drafts.choices[i]?.alternatives[alternative]?.impose(sizes);
      open.check();
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
    options: DifferentiatedIn["options"],
  ): number | undefined {
    const setting: DifferentiatedIn = { reader: this, forward: this.#forward, elaboration, around, marks, options };
    const named = syntax.kind === "derivative" ? this.#gradientNamed(syntax) : undefined;
    if (named) return aliasDraft(elaboration, named.alias, named.name, around, options.layout);
    const found = differentiatedDraft(setting, syntax, body => elaborator.draft(body, around));
    if (found !== undefined) return found;
    if (syntax.kind === "symbol" || syntax.kind === "scripted" || syntax.kind === "accent")
      return this.#name(elaboration, syntax, around, marks, options);
    return undefined;
  }

  /** The products of which a derivative with more than two axes is said to be the sum, with the shape of what is differentiated. */
  #summands([whole, ...others]: readonly Syntax[]): ReadonlyMap<Syntax, Shape> {
    const shape = whole?.kind === "derivative" && whole.of ? this.#symbolAt(whole.of)?.shape : undefined;
    return new Map(shape ? others.flatMap(summandsOf).map(product => [product, shape]) : []);
  }

  /** A name of the claims' own: an alias, or nothing that is known. */
  #name(
    elaboration: Elaboration,
    syntax: Syntax,
    around: Surroundings,
    marks: ShapeMark[],
    { layout }: ReadingOptions,
  ): number | undefined {
    const { core } = takeApart(syntax);
    if (core.kind !== "symbol" || elaboration.functions.isFunction(syntax)) return undefined;
    if (integerIn(elaboration, syntax, around)) return undefined;
    const found = this.resolve(syntax);
    if (!found) return undefined;
    const known = this.symbolOf(found.family);
    if (known) {
      if (found.mark)
        marks.push({ sizes: found.mark.sizes, span: found.mark.span, of: known.shape, latexSpan: syntax.span });
      return undefined;
    }
    const alias = found.tail.length === 0 && !found.part ? this.#aliases.find(found.family) : undefined;
    if (alias) return aliasDraft(elaboration, alias, found, around, layout);
    const entry = entryOfAlias(syntax, this.#aliases, name => this.resolve(name));
    if (entry) {
      const array = aliasDraft(elaboration, entry.alias, entry.found, around);
      return partDraft(elaboration, array, entry.axes, syntax.span, around);
    }
    const unit = this.#unitVector(elaboration, syntax, around);
    if (unit !== undefined) return unit;
    const base = found.family.base;
    // Ones, identities and other constants are no names.
    if (readingsOf(core.name, 0).length > 0 || readingsOf(`${core.name}^`, 1).length > 0) return undefined;
    if (elaboration.isDefined(base) && this.#names.forward(syntax)?.family.key !== found.family.key) return undefined;
    throw new UnknownName(syntax, syntax.span);
  }

  /** Whether a derivative is da_t, which a claim has given a value, nothing being called a_t. */
  isNamed(derivative: DerivativeSyntax): boolean {
    return this.#gradientNamed(derivative) !== undefined;
  }

  #gradientNamed({ of, by }: DerivativeSyntax): { readonly alias: Alias; readonly name: Named } | undefined {
    const [only, more] = by;
    const name = of === null && only && !more ? this.resolve(only.variable) : undefined;
    const alias =
      name && name.tail.length === 0 && !name.part ? this.#aliases.find(gradientOf(name.family)) : undefined;
    return name && alias && { alias, name };
  }

  /** e_{y}: the unit vector that a label y is. */
  #unitVector(elaboration: Elaboration, syntax: Syntax, around: Surroundings): number | undefined {
    const written = labelOfUnit(syntax);
    const label = written && this.resolve(written);
    const symbol = label && label.tail.length === 0 ? this.symbolOf(label.family) : undefined;
    if (!label || symbol?.shape.length !== 1 || this.system.symbols.get(symbol.name)?.role !== "label")
      return undefined;
    const index = label.index.map(value => indexIn(elaboration, value, around, label.span));
    return unitVectorDraft(elaboration.drafts, memberAt(symbol, index), syntax.span);
  }

  #claim({ nodes, entries }: Typed, conditions: readonly Range[]): ReadClaim {
    return placed(this.#forward, this.#names, nodes, conditions, entries);
  }
}
