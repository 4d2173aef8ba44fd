/** One forward pass with the backward pass behind it, line by line. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Span } from "../../base/source.ts";
import type { Code } from "../../parse/python.syntax.ts";
import type { Syntax } from "../../parse/syntax.ts";
import type { NamedAxis } from "../namedaxes.ts";
import { readNames } from "../occurrences.ts";
import { everyPart, textOf } from "../tree.ts";
import { inputPassed } from "./activations.ts";
import { ExpressionReader, identifierOf, sizeAt } from "./expression.ts";
import { combined, type Equation, gradientBy, symbolOf } from "./formulas.ts";
import type { GradientNames } from "./gradients.ts";
import { type Hint, hintsIn, matricesIn } from "./hints.ts";
import { type CodeText, extendsItself, isNumber, isSameLine, type Line, NOTHING, readsOf } from "./lines.ts";
import { modified } from "./modified.ts";
import type { CodeNames, Spellings } from "./names.ts";
import { isGiven, shapeMade, shapeRemarked } from "./shapes.ts";

/** The forward lines up to a backward pass, and what the lines of this pass claim. */
export interface CodePass {
  readonly definitions: readonly Equation[];
  readonly claims: readonly Equation[];
  /** Names with the sizes of their axes; no sizes for a scalar. */
  readonly shapes: readonly { readonly name: Syntax; readonly sizes: readonly Syntax[]; readonly span: Span }[];
  readonly axes: readonly NamedAxis[];
  readonly hints: readonly Hint[];
  /** Names that pick one entry of each row. */
  readonly labels: readonly Syntax[];
  readonly diagnostics: readonly Diagnostic[];
  /** A line that the loss rests on could not be read. */
  readonly incomplete: boolean;
}

const MOST_PARTS = 3_000;
const LOSS = /loss|cost|^nll$|^mse$|objective|^[LJEC]$/iu;

/** A gradient on its way to what the note says that it is. */
interface Chain {
  readonly formula: Syntax | undefined;
  readonly by: Syntax;
  readonly lines: readonly Span[];
}

export class PassReader {
  readonly definitions: Map<string, Equation>;
  readonly #names: CodeNames;
  readonly #claims: Equation[] = [];
  readonly #shapes: CodePass["shapes"][number][] = [];
  readonly #labels: Syntax[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  /** Values that are put in where their names are read. */
  readonly #values = new Map<string, Syntax>();
  /** Names whose lines could not be read although the pass computes them. */
  readonly #opaque = new Map<string, Span>();
  readonly #chains = new Map<string, Chain>();
  /** Gradients by what an activation is applied to: what the name stands for from there on. */
  readonly #passed = new Map<string, Syntax>();
  readonly #axes: NamedAxis[] = [];
  /** Names of the sizes of axes. */
  readonly #sizes = new Map<string, string>();
  /** Names of which the code has two that differ. */
  readonly #doubled = new Set<string>();

  constructor(
    readonly text: CodeText,
    readonly lines: readonly Line[],
    readonly gradients: GradientNames,
    readonly spellings: Spellings,
    readonly before: ReadonlyMap<string, Equation>,
  ) {
    this.definitions = new Map(before);
    this.#names = {
      nameOf: (identifier, span) => spellings.nameOf(identifier, span),
      variableOf: identifier => gradients.variableOf(identifier),
    };
  }

  read(): CodePass {
    for (const [at, line] of this.lines.entries()) {
      if (line.kind === "forward") this.#forward(line, at);
      else if (line.kind === "gradient") this.#gradient(line, at);
      else if (line.kind === "helper") this.#helper(line);
      else this.#update(line);
    }
    const forward = new Set(this.lines.flatMap(({ kind, identifier }) => (kind === "forward" ? [identifier] : [])));
    const lost = [...this.#opaque].filter(([name]) => forward.has(name)).toSorted(([, a], [, b]) => a.start - b.start);
    const isLoss = (name: string): boolean => LOSS.test(name);
    const hasLoss = [...this.definitions.keys()].some(isLoss);
    const missing = lost.find(([name]) => isLoss(name)) ?? (hasLoss ? undefined : lost[0]);
    const needed = missing && this.#claims.length > 0 ? (lost[0]?.[1] as Span) : undefined;
    if (needed)
      this.#diagnostics.push({
        code: "R040",
        severity: "error",
        message: "this line of code is not understood, and what follows rests on it",
        spans: [{ span: needed, label: "no formula for it" }],
        help: "Write it with the operations of NumPy that are read, or as a formula.",
      });
    const rests = this.#prune();
    return {
      definitions: [...this.definitions.values()],
      claims: rests ? this.#claims.map(claim => ({ ...claim, inherited: true as const })) : this.#claims,
      shapes: this.#shapes,
      axes: this.#axes,
      hints: [
        ...hintsIn(
          this.lines,
          variable => this.#isDeclared(variable) || this.#isComputed(variable) || this.spellings.has(variable),
          this.#names,
        ),
        ...matricesIn(this.lines, variable => this.#isDeclared(variable), this.#names),
      ],
      labels: this.#labels,
      diagnostics: this.#diagnostics,
      incomplete: needed !== undefined,
    };
  }

  #isDeclared(identifier: string): boolean {
    const name = textOf(this.spellings.nameOf(identifier, { start: 0, end: 0 }));
    return this.#shapes.some(shape => textOf(shape.name) === name);
  }

  /** Leaves out lines of earlier passes that have nothing to do with this one; whether any are left. */
  #prune(): boolean {
    const isOld = (name: string): boolean => this.definitions.get(name) === this.before.get(name);
    const own = [...this.definitions.keys()].filter(name => !isOld(name));
    if (own.length === 0) return false;
    const reads = new Map(
      [...this.definitions].map(([name, { right }]) => [name, new Set(readNames(right).map(textOf))] as const),
    );
    const texts = new Map([...this.definitions].map(([name, { left }]) => [name, textOf(left)] as const));
    const readsAny = (name: string, others: ReadonlySet<string>): boolean =>
      [...others].some(other => reads.get(name)?.has(texts.get(other) as string));
    const grown = (
      from: Iterable<string>,
      isNext: (name: string, known: ReadonlySet<string>) => boolean,
    ): ReadonlySet<string> => {
      const known = new Set(from);
      for (let size = -1; size !== known.size; ) {
        size = known.size;
        for (const name of this.definitions.keys()) if (isNext(name, known)) known.add(name);
      }
      return known;
    };
    const below = grown(own, (name, known) => readsAny(name, known));
    const needed = grown(below, (name, known) => [...known].some(other => readsAny(other, new Set([name]))));
    for (const name of [...this.definitions.keys()]) if (!needed.has(name)) this.definitions.delete(name);
    return [...this.definitions.keys()].some(isOld);
  }

  /** What a name stands for where it is read; undefined where it has no formula. */
  #read(identifier: string, span: Span): Syntax | undefined {
    const value = this.#values.get(identifier);
    if (value) return everyPart(value).length > MOST_PARTS ? undefined : value;
    if (this.#opaque.has(identifier) || this.text.counters.has(identifier) || NOTHING.has(identifier)) return undefined;
    const variable = this.gradients.variableOf(identifier);
    if (variable === undefined) return this.spellings.nameOf(identifier, span);
    const chain = this.#chains.get(identifier);
    if (chain) return chain.formula;
    return gradientBy(this.#passed.get(identifier) ?? this.spellings.nameOf(variable, span), span);
  }

  #reader(claim: boolean): ExpressionReader {
    return new ExpressionReader({
      read: (identifier, span) => this.#read(identifier, span),
      sizeOf: (identifier, axis, span) => this.#sizeOf(identifier, axis, span),
      named: (identifier, axis, size) => {
        const name = identifierOf(size);
        if (name !== undefined && !this.#isComputed(name))
          this.#name(identifier, axis, this.spellings.nameOf(name, size.span));
      },
      functions: this.text.functions,
      claim,
    });
  }

  /** The array of an axis, and the size that it is said to have. */
  #name(identifier: string, axis: number, size: Syntax): void {
    if (this.#values.has(identifier) || this.gradients.variableOf(identifier) !== undefined) return;
    const name = this.spellings.nameOf(identifier, size.span);
    this.#axes.push({ name, axis: axis === 0 ? "rows" : "columns", size });
  }

  /** The shape that stands behind a line, in sizes that the code has. */
  #remarked(comment: string, span: Span): readonly Syntax[] | undefined {
    const sizes = shapeRemarked(comment, span);
    const known = (size: Syntax): boolean =>
      size.kind === "number" ||
      this.text.lines.some(({ identifier, value }) => this.#isSizeIn(textOf(size), identifier, value));
    return sizes?.every(known) ? sizes : undefined;
  }

  #isSizeIn(size: string, identifier: string, value: Code | undefined): boolean {
    return size === identifier || (value !== undefined && (shapeMade(value) ?? []).some(each => textOf(each) === size));
  }

  /** X.shape[0] by the name that the code gives it, or else by one of ours. */
  #sizeOf(identifier: string, axis: number, span: Span): Syntax | undefined {
    if (this.#values.has(identifier) || this.#opaque.has(identifier)) return undefined;
    const known = this.#sizes.get(`${identifier} ${axis}`);
    if (known !== undefined) return this.spellings.nameOf(known, span);
    const own: Syntax = {
      kind: "scripted",
      base: symbolOf(axis === 0 ? "n" : "m", span),
      scripts: [{ position: "sub", body: symbolOf(identifier, span), span }],
      span,
    };
    this.#name(identifier, axis, own);
    return own;
  }

  /** What a line makes of the value before it. */
  #formula(line: Line, before: Syntax | undefined, claim: boolean): Syntax | undefined {
    const { value, places, operator, span } = line;
    if (!value) return undefined;
    const reader = this.#reader(claim);
    const formula = places
      ? before && modified(reader, before, { places, operator, value, span })
      : operator === "="
        ? reader.formula(value)
        : before && added(before, operator, reader.formula(value), span);
    for (const label of formula ? reader.labels : [])
      if (this.#labels.every(known => textOf(known) !== textOf(label))) this.#labels.push(label);
    return formula;
  }

  #isLast(line: Line, at: number): boolean {
    const again = this.lines
      .slice(at + 1)
      .filter(each => each.kind === "forward" && each.identifier === line.identifier);
    return again.every(later => isSameLine(later, line));
  }

  #forward(line: Line, at: number): void {
    const { identifier, value, span, operator, comment } = line;
    const name = this.spellings.nameOf(identifier, span);
    const isOwn = extendsItself(line);
    const own =
      this.#values.get(identifier) ??
      (this.definitions.has(identifier) ? this.definitions.get(identifier)?.right : undefined);
    const shape = value && !line.places ? shapeMade(value) : undefined;
    const declare = (sizes: readonly Syntax[]): void => {
      if (!this.spellings.has(identifier)) this.#shapes.push({ name, sizes, span });
    };
    const counted = value && operator === "=" ? sizeAt(value) : undefined;
    if (counted) {
      this.#sizes.set(`${counted.identifier} ${counted.axis}`, identifier);
      this.#name(counted.identifier, counted.axis, name);
      this.#forget(identifier);
      return;
    }
    if (operator === "=" && value && !line.places && (isNumber(value) || isGiven(value))) {
      // A sum begins with 0.
      const grows = this.lines.slice(at + 1).find(later => later.identifier === identifier);
      if (isNumber(value) && grows?.kind === "forward" && extendsItself(grows)) {
        this.#values.set(identifier, this.#reader(false).formula(value) as Syntax);
        return;
      }
      this.#forget(identifier);
      if (shape) declare(shape);
      else if (isNumber(value) && !(value.kind === "number" && /^\d+$/u.test(value.text))) declare([]);
      return;
    }
    if (isOwn && !own && !this.#opaque.has(identifier)) {
      const reads = [...readsOf(line)].filter(each => each !== identifier && !NOTHING.has(each));
      // Data made ready: X -= np.mean(X, axis=0).
      if (reads.every(each => !this.#isComputed(each))) return;
      const old = symbolOf(`${identifier}_0`, span);
      this.#doubled.add(identifier);
      this.#values.set(identifier, old);
    }
    const start = this.#values.get(identifier) ?? own;
    const outer = this.#values.get(identifier);
    if (start) this.#values.set(identifier, start);
    const formula = this.#formula(line, start, false);
    if (outer) this.#values.set(identifier, outer);
    else this.#values.delete(identifier);
    if (!formula) {
      const isLive = [...readsOf(line)].some(each => this.#isComputed(each) || this.#isDifferentiated(each));
      this.#forget(identifier);
      if (isLive) this.#opaque.set(identifier, span);
      return;
    }
    this.#forget(identifier);
    if (line.backward && !this.#isLoss(identifier) && this.#hasForward()) this.#values.set(identifier, formula);
    else if (this.#isLast(line, at)) {
      this.definitions.set(identifier, { left: name, right: formula, span });
      const [rows, columns] = this.#remarked(comment, span) ?? [];
      if (rows) this.#axes.push({ name, axis: "rows", size: rows, supposed: true });
      if (columns) this.#axes.push({ name, axis: "columns", size: columns, supposed: true });
    } else this.#values.set(identifier, formula);
  }

  #isLoss(identifier: string): boolean {
    return LOSS.test(identifier);
  }

  #hasForward(): boolean {
    return this.definitions.size > 0 || this.spellings.names.length > 0;
  }

  #forget(identifier: string): void {
    this.#values.delete(identifier);
    this.#opaque.delete(identifier);
    this.definitions.delete(identifier);
  }

  #isComputed(identifier: string): boolean {
    return this.definitions.has(identifier) || this.#values.has(identifier) || this.#opaque.has(identifier);
  }

  #isDifferentiated(identifier: string): boolean {
    return this.lines.some(
      line => line.kind === "gradient" && this.gradients.variableOf(line.identifier) === identifier,
    );
  }

  /** A value of the backward pass that is no gradient by a name: it is put in where it is read. */
  #helper(line: Line): void {
    const before = this.#values.get(line.identifier);
    const formula = this.#formula(line, before, true);
    if (formula) this.#values.set(line.identifier, formula);
    else this.#opaque.set(line.identifier, line.span);
  }

  #gradient(line: Line, at: number): void {
    const { identifier, span } = line;
    const variable = this.gradients.variableOf(identifier) as string;
    const name = this.spellings.nameOf(variable, span);
    const before = this.#chains.get(identifier);
    const goesOn = extendsItself(line);
    // Through an activation, the gradient by its value becomes that by its argument, under the same name.
    const input = goesOn ? inputPassed(line, variable, this.definitions, this.#names) : undefined;
    const start = goesOn ? (before?.formula ?? this.#read(identifier, span)) : undefined;
    const formula = this.#formula(line, start, true);
    const chain: Chain = {
      formula,
      by: input ?? before?.by ?? this.#passed.get(identifier) ?? name,
      lines: [...(goesOn && before ? before.lines : []), span],
    };
    const next = this.lines.slice(at + 1).find(later => later.kind === "gradient" && later.identifier === identifier);
    if (next && extendsItself(next) && !inputPassed(next, variable, this.definitions, this.#names)) {
      this.#chains.set(identifier, goesOn ? chain : { ...chain, by: name });
      return;
    }
    this.#chains.delete(identifier);
    const by = goesOn ? chain.by : name;
    if (!goesOn) this.#passed.delete(identifier);
    if (input) this.#passed.set(identifier, input);
    if (!formula || this.#doubled.has(variable)) {
      if (formula) this.#values.set(identifier, formula);
      return;
    }
    this.#values.delete(identifier);
    this.#claims.push({
      left: gradientBy(by, { start: span.start, end: span.start + identifier.length }),
      right: { ...formula, span },
      span,
    });
    if (chain.lines.length > 1)
      this.#diagnostics.push({
        code: "R041",
        severity: "information",
        message: `${chain.lines.length} lines together say what ${identifier} is`,
        spans: chain.lines.map((each, i) => ({ span: each, label: i === 0 ? "from here" : "changed here" })),
      });
  }

  /** A step of training goes along a gradient, and leaves the forward pass as it is. */
  #update(line: Line): void {
    const { identifier, operator, value, places, span } = line;
    if (places || !value || this.definitions.has(identifier)) return;
    const name = this.spellings.nameOf(identifier, span);
    const formula = this.#formula(line, name, true);
    if (formula?.kind !== "sum" || (operator !== "=" && operator !== "+=" && operator !== "-=")) return;
    this.#claims.push({
      left: { ...name, span: { start: span.start, end: span.start + identifier.length } },
      right: { ...formula, span },
      span,
    });
  }
}

/** a += b and the like; a sum that begins with 0 begins with b. */
const added = (before: Syntax, operator: string, value: Syntax | undefined, span: Span): Syntax | undefined => {
  if (!value) return undefined;
  if (operator === "+=" && before.kind === "number" && Number(before.text) === 0) return value;
  return combined(operator.slice(0, -1), before, value, span);
};
