/** The entry of a tensor at named positions, as an expression inside a nest of loops. */
import { InternalError } from "../base/diagnostic.ts";
import { constantValue, minus, namesIn, type Polynomial, ZERO } from "../expr/polynomial.ts";
import { toNumber } from "../expr/rational.ts";
import type { EachTensor, ProductTensor, Store, Tensor, WindowTensor } from "../tensor/tensor.ts";
import { positionIn } from "../tensor/window.ts";
import { costOf } from "./costs.ts";
import { added, divided, integerOf, type Loops, multiplied, negated, numberOf, subtracted } from "./expressions.ts";
import type { Stored } from "./frames.ts";
import type { Buffer, Expression, Local, Place } from "./program.ts";

/** A tensor that costs less than this is rather computed again than stored. */
const WORTH_STORING = 2;

export interface EntryOptions {
  readonly bufferOf: (store: Store) => Buffer;
  /** The number that a store is, where it is not in memory: a function's own argument. */
  readonly localOf?: (store: Store) => Local | undefined;
  /** Whether quotients are those of derivatives, with 0 where the divisor is 0. */
  readonly isDerivative: boolean;
}

/** What has been computed before, and a way to compute more before the loops begin. */
export interface Memory {
  readonly lookUp: (tensor: Tensor) => Stored | undefined;
  readonly store: (tensor: Tensor) => Stored;
}

export const entryOf = (buffer: Buffer, at: readonly Polynomial[]): Place & Expression => ({
  kind: "entry",
  buffer,
  at,
});

export class Entries {
  readonly #known = new Map<Tensor, Map<string, Expression>>();

  constructor(
    readonly loops: Loops,
    readonly options: EntryOptions,
    readonly memory: Memory,
  ) {}

  /** The entry at some positions. What the loops would compute repeatedly is stored, if it is worth it. */
  at(tensor: Tensor, axes: readonly Polynomial[]): Expression {
    const key = axes.map(position => position.key).join(", ");
    const byAxes = this.#known.get(tensor) ?? new Map<string, Expression>();
    this.#known.set(tensor, byAxes);
    const known = byAxes.get(key);
    if (known) return known;
    const expression = this.#build(tensor, axes);
    byAxes.set(key, expression);
    return expression;
  }

  #build(tensor: Tensor, axes: readonly Polynomial[]): Expression {
    const before = this.memory.lookUp(tensor);
    const stored = before ?? (this.#isWorthStoring(tensor, axes) ? this.memory.store(tensor) : undefined);
    if (stored) return stored.kind === "local" ? stored : entryOf(stored.buffer, axes);
    switch (tensor.kind) {
      case "number":
        return numberOf(toNumber(tensor.value));
      case "integer":
        return integerOf(tensor.value);
      case "read": {
        const local = this.options.localOf?.(tensor.store);
        if (local) return { kind: "local", local };
        if (tensor.store.isLabel) {
          const [position = ZERO] = axes;
          return { kind: "chosen", label: this.options.bufferOf(tensor.store), at: tensor.member, position };
        }
        const at = [...tensor.member, ...axes];
        return { kind: "entry", buffer: this.options.bufferOf(tensor.store), at };
      }
      case "product":
        return this.#product(tensor, axes);
      case "each":
        return this.#each(
          tensor,
          tensor.args.map(arg => this.at(arg, arg.sizes.length === 0 ? [] : axes)),
        );
      case "window":
        return this.#window(tensor, axes);
      default:
        throw new InternalError(`a ${tensor.kind} was not stored before its use`);
    }
  }

  /** The entry of the argument at shifted positions, guarded where the window may reach beyond it. */
  #window({ args: [of], axes: shifts }: WindowTensor, axes: readonly Polynomial[]): Expression {
    const at: Polynomial[] = [];
    const conditions: Polynomial[] = [];
    for (const axis of shifts) {
      const position = positionIn(axis, axis.outside === undefined ? undefined : axes[axis.outside]);
      if (axis.inside !== undefined) at[axis.inside] = position;
      if (axis.reaches.before) conditions.push(position);
      if (axis.reaches.behind) conditions.push(minus(minus(axis.extent, 1), position));
    }
    const open = conditions.filter(condition => (constantValue(condition) ?? -1) < 0);
    if (open.some(condition => constantValue(condition) !== undefined)) return numberOf(0);
    const on = this.at(of, at);
    return open.length === 0 ? on : { kind: "within", conditions: open, on };
  }

  #product(tensor: ProductTensor, axes: readonly Polynomial[]): Expression {
    if (tensor.summed.length > 0) throw new InternalError("a contraction was not stored before its use");
    const names = new Map<string, Polynomial>();
    const equal: (readonly [Polynomial, Polynomial])[] = [];
    for (const [place, axis] of tensor.axes.entries()) {
      const position = axes[place] as Polynomial;
      const first = names.get(axis);
      if (first === undefined) names.set(axis, position);
      else if (first.key !== position.key) equal.push([first, position]);
    }
    const factors = tensor.factors.map(factor =>
      this.at(
        factor.of,
        factor.axes.map(axis => names.get(axis) as Polynomial),
      ),
    );
    return equal.reduce<Expression>(
      (on, [left, right]) => ({ kind: "diagonal", left, right, on }),
      this.loops.product(factors),
    );
  }

  #each(tensor: EachTensor, args: readonly Expression[]): Expression {
    const [a = numberOf(0), b = numberOf(0)] = args;
    switch (tensor.scalar) {
      case "add":
        return added(a, b);
      case "subtract":
        return subtracted(a, b);
      case "multiply":
        return multiplied(a, b);
      case "negate":
        return negated(a);
      case "divide":
        return divided(a, b, this.options.isDerivative);
      case "pow": {
        const exponent = tensor.exponent ?? ZERO;
        const constant = constantValue(exponent);
        if (constant === 0) return numberOf(1);
        if (constant === 1) return a;
        return constant === 2 ? multiplied(a, a) : { kind: "power", base: a, exponent };
      }
      case "function":
        if (!tensor.function) throw new InternalError("a function has no name");
        return { kind: "function", function: tensor.function, argument: a };
      default:
        return { kind: "apply", scalar: tensor.scalar, args };
    }
  }

  /** Whether the loops around run over axes that the tensor lacks, and so would compute it again and again. */
  #isWorthStoring(tensor: Tensor, axes: readonly Polynomial[]): boolean {
    const names = new Set(axes.flatMap(namesIn));
    const level = this.loops.axes.findLastIndex(axis => names.has(axis.name));
    const isRepeated = this.loops.axes.slice(0, Math.max(0, level)).some(axis => !names.has(axis.name));
    return isRepeated && costOf(tensor, operand => this.memory.lookUp(operand) !== undefined) >= WORTH_STORING;
  }
}
