/** Builds expressions of the loop program, and puts them where they are computed once: in the outermost loop that they allow. */
import { constantValue, namesIn, type Polynomial, ZERO } from "../expr/polynomial.ts";
import type { Buffer, Expression, Local, Place, Statement } from "./program.ts";

export const numberOf = (value: number): Expression => ({ kind: "number", value });

const isNumber = (e: Expression, value: number): boolean => e.kind === "number" && e.value === value;

export const integerOf = (value: Polynomial): Expression => {
  const constant = constantValue(value);
  return constant === undefined ? { kind: "integer", value } : numberOf(constant);
};

export const negated = (e: Expression): Expression => {
  if (e.kind === "number") return numberOf(-e.value);
  if (e.kind === "apply" && e.scalar === "negate") return e.args[0] as Expression;
  return { kind: "apply", scalar: "negate", args: [e] };
};

export const multiplied = (a: Expression, b: Expression): Expression => {
  if (a.kind === "number" && b.kind === "number") return numberOf(a.value * b.value);
  if (isNumber(a, 1)) return b;
  if (isNumber(b, 1)) return a;
  if (isNumber(a, -1)) return negated(b);
  if (isNumber(b, -1)) return negated(a);
  if (a.kind === "apply" && a.scalar === "negate") return negated(multiplied(a.args[0] as Expression, b));
  if (b.kind === "apply" && b.scalar === "negate") return negated(multiplied(a, b.args[0] as Expression));
  return { kind: "apply", scalar: "multiply", args: [a, b] };
};

export const added = (a: Expression, b: Expression): Expression => {
  if (isNumber(a, 0)) return b;
  if (isNumber(b, 0)) return a;
  if (b.kind === "apply" && b.scalar === "negate")
    return { kind: "apply", scalar: "subtract", args: [a, b.args[0] as Expression] };
  return { kind: "apply", scalar: "add", args: [a, b] };
};

export const subtracted = (a: Expression, b: Expression): Expression =>
  isNumber(a, 0) ? negated(b) : added(a, negated(b));

export const divided = (a: Expression, b: Expression, isDerivative: boolean): Expression => {
  if (isNumber(b, 1)) return a;
  if (b.kind === "number" && b.value !== 0 && a.kind === "number") return numberOf(a.value / b.value);
  const isPlain = !isDerivative || b.kind === "integer" || (b.kind === "number" && b.value !== 0);
  return isPlain ? { kind: "apply", scalar: "divide", args: [a, b] } : { kind: "ratio", args: [a, b] };
};

const partsOf = (e: Expression): readonly Expression[] => {
  switch (e.kind) {
    case "apply":
    case "ratio":
      return e.args;
    case "power":
      return [e.base];
    case "function":
      return [e.argument];
    case "diagonal":
    case "within":
      return [e.on];
    default:
      return [];
  }
};

const withParts = (e: Expression, parts: readonly Expression[]): Expression => {
  switch (e.kind) {
    case "apply":
      return { ...e, args: parts };
    case "ratio":
      return { ...e, args: [parts[0] as Expression, parts[1] as Expression] };
    case "power":
      return { ...e, base: parts[0] as Expression };
    case "function":
      return { ...e, argument: parts[0] as Expression };
    case "diagonal":
    case "within":
      return { ...e, on: parts[0] as Expression };
    default:
      return e;
  }
};

/** One loop over an axis of entries, or the one place on it that a label names. */
export interface Axis {
  readonly name: string;
  readonly last: Polynomial;
  readonly chosen?: { readonly label: Buffer; readonly at: readonly Polynomial[] };
}

/** A nest of loops under construction: what stands at each level before and after the next loop. */
export class Loops {
  readonly #before: Statement[][];
  readonly #after: Statement[][];
  readonly #levels: ReadonlyMap<string, number>;
  readonly #known = new Map<Expression, number>();
  /** The levels of variables declared inside the nest. */
  readonly #declared = new Map<Local, number>();
  readonly #uses = new Map<Expression, number>();
  readonly #placed = new Map<Expression, Expression>();

  constructor(readonly axes: readonly Axis[]) {
    this.#before = Array.from({ length: axes.length + 1 }, () => []);
    this.#after = Array.from({ length: axes.length + 1 }, () => []);
    this.#levels = new Map(axes.map(({ name }, i) => [name, i + 1]));
  }

  #levelOfNames(names: Iterable<string>): number {
    let level = 0;
    for (const name of names) level = Math.max(level, this.#levels.get(name) ?? 0);
    return level;
  }

  /** How many of the loops an expression must stand inside of. */
  level(e: Expression): number {
    const known = this.#known.get(e);
    if (known !== undefined) return known;
    let level = e.kind === "local" ? (this.#declared.get(e.local) ?? 0) : 0;
    if (e.kind === "integer") level = this.#levelOfNames(namesIn(e.value));
    else if (e.kind === "entry") level = this.#levelOfNames(e.at.flatMap(namesIn));
    else {
      if (e.kind === "diagonal") level = this.#levelOfNames([e.left, e.right].flatMap(namesIn));
      if (e.kind === "chosen") level = this.#levelOfNames([...e.at, e.position].flatMap(namesIn));
      if (e.kind === "within") level = this.#levelOfNames(e.conditions.flatMap(namesIn));
      for (const part of partsOf(e)) level = Math.max(level, this.level(part));
    }
    this.#known.set(e, level);
    return level;
  }

  /** The product of factors, those of outer loops first, so that their part is computed outside. */
  product(factors: readonly Expression[]): Expression {
    const sorted = factors
      .map((e, i) => ({ e, i, level: this.level(e) }))
      .sort((a, b) => a.level - b.level || a.i - b.i);
    return sorted.map(({ e }) => e).reduce(multiplied, numberOf(1));
  }

  #count(root: Expression): void {
    const stack = [root];
    for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
      const uses = (this.#uses.get(e) ?? 0) + 1;
      this.#uses.set(e, uses);
      if (uses === 1) stack.push(...partsOf(e));
    }
  }

  /** The expression as it is written at a level: parts of outer levels, and parts used twice, become constants there. */
  #place(e: Expression, level: number, after = false): Expression {
    if (e.kind === "number" || e.kind === "integer" || e.kind === "local") return e;
    const known = this.#placed.get(e);
    if (known) return known;
    const own = this.level(e);
    const isShared = (this.#uses.get(e) ?? 0) > 1 && e.kind !== "entry";
    const isNamed = own < level || isShared;
    const written = withParts(
      e,
      partsOf(e).map(part => this.#place(part, isNamed ? own : level, after && !(isNamed && own < level))),
    );
    if (!isNamed) return written;
    const local: Local = { hint: "c" };
    (after && own === level ? this.#after : this.#before)[own]?.push({ kind: "constant", local, value: written });
    const reference: Expression = { kind: "local", local };
    this.#placed.set(e, reference);
    return reference;
  }

  /** Adds an assignment inside `level` loops; `after` the deeper loops, or before them. */
  assign(level: number, to: Place, mode: "set" | "add", value: Expression, after = false): void {
    this.#count(value);
    const placed = this.#place(value, level, after);
    (after ? this.#after : this.#before)[level]?.push({ kind: "assign", to, mode, value: placed });
  }

  /** Declares a constant or variable inside `level` loops. */
  declare(level: number, kind: "constant" | "variable", local: Local, value: Expression): void {
    this.#count(value);
    this.#declared.set(local, level);
    this.#before[level]?.push({ kind, local, value: this.#place(value, level) });
  }

  /** The finished nest. */
  statements(): readonly Statement[] {
    let inner: readonly Statement[] = [];
    for (let level = this.axes.length; level >= 0; level--) {
      const body = [...(this.#before[level] ?? []), ...inner, ...(this.#after[level] ?? [])];
      const axis = this.axes[level - 1];
      inner = axis?.chosen
        ? [{ kind: "place", index: axis.name, ...axis.chosen, body }]
        : axis
          ? [{ kind: "for", index: axis.name, from: [[ZERO]], to: [[axis.last]], direction: "up", body }]
          : body;
    }
    return inner;
  }
}
