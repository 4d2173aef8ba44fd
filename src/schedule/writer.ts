/**
 * Writes one tensor term as statements: contractions and sums accumulate straight into their target, everything
 * elementwise is fused into the loop that needs it, and what a loop would compute again and again is stored first.
 */
import { InternalError } from "../base/diagnostic.ts";
import { constantPart, minus, named, type Polynomial, ZERO } from "../expr/polynomial.ts";
import { toNumber } from "../expr/rational.ts";
import { productOf } from "../tensor/product.ts";
import {
  type ChainTensor,
  type ExternalTensor,
  operandsOf,
  type ProductTensor,
  type Store,
  type Tensor,
} from "../tensor/tensor.ts";
import { type Addend, addendsOf, regionOf } from "./addends.ts";
import { boundsFor, conditionsOf } from "./affine.ts";
import { costOf, loopOrder } from "./costs.ts";
import { added, divided, integerOf, Loops, multiplied, negated, numberOf, subtracted } from "./expressions.ts";
import type { Buffer, Expression, Local, Place, Statement } from "./program.ts";

/** A tensor deeper than this is stored half-way, so that expressions stay short and recursion over them shallow. */
const DEEPEST_EXPRESSION = 48;

/** A tensor that costs less than this is rather computed again than stored. */
const WORTH_STORING = 2;

/** Longer sums are written in several loops. */
const MOST_ADDENDS = 32;

type Stored = { readonly kind: "buffer"; readonly buffer: Buffer } | { readonly kind: "local"; readonly local: Local };

interface Frame {
  /** The index of the loop whose body this is; absent outermost. */
  readonly index?: string;
  readonly statements: Statement[];
  readonly stored: Map<Tensor, Stored>;
}

/** Where a result goes: the place of each entry. A scalar has no axes. */
type Sink = (axes: readonly string[]) => Place;

export interface WriterOptions {
  readonly bufferOf: (store: Store) => Buffer;
  /** A buffer for an intermediate result, free within this section. */
  readonly temporary: (sizes: readonly Polynomial[]) => Buffer;
  /** Names of loops over entries and sums, in use nowhere else. */
  readonly fresh: () => string;
  /** The number that a store is, where it is not in memory: a function's own argument. */
  readonly localOf?: (store: Store) => Local | undefined;
  /** Whether quotients are those of derivatives, with 0 where the divisor is 0. */
  readonly isDerivative: boolean;
}

const entry = (buffer: Buffer, axes: readonly string[]): Place & Expression => ({
  kind: "entry",
  buffer,
  at: axes.map(named),
});

export class Writer {
  #frames: Frame[] = [];

  constructor(readonly options: WriterOptions) {}

  /** The statements that set a member of a store, or add to it. */
  write(root: Tensor, to: Store, member: readonly Polynomial[], mode: "set" | "add"): readonly Statement[] {
    const frame: Frame = { statements: [], stored: new Map() };
    this.#frames = [frame];
    const buffer = this.options.bufferOf(to);
    this.#write(root, axes => ({ kind: "entry", buffer, at: [...member, ...axes.map(named)] }), mode, []);
    return frame.statements;
  }

  /** A scalar as an expression, with the statements that it needs before it. */
  scalar(root: Tensor): { readonly statements: readonly Statement[]; readonly value: Expression } {
    const frame: Frame = { statements: [], stored: new Map() };
    this.#frames = [frame];
    const local = this.#local(root);
    return { statements: frame.statements, value: { kind: "local", local } };
  }

  get #frame(): Frame {
    const frame = this.#frames.at(-1);
    if (!frame) throw new InternalError("nothing is being written");
    return frame;
  }

  #lookUp(tensor: Tensor): Stored | undefined {
    for (let i = this.#frames.length - 1; i >= 0; i--) {
      const found = this.#frames[i]?.stored.get(tensor);
      if (found) return found;
    }
    return undefined;
  }

  readonly #isStored = (tensor: Tensor): boolean => this.#lookUp(tensor) !== undefined;

  /** Stores what must not be part of an expression, operands first. */
  #prepare(root: Tensor): void {
    const { order, accumulates, absorbed } = regionOf(root, this.#isStored);
    const depths = new Map<Tensor, number>();
    for (const tensor of order) {
      if (this.#isStored(tensor) || absorbed.has(tensor)) continue;
      const isWhole = tensor.kind === "external" || tensor.kind === "chain";
      const below = isWhole || tensor.kind === "fold" ? [] : operandsOf(tensor);
      const depth = 1 + below.reduce((deepest, operand) => Math.max(deepest, depths.get(operand) ?? 0), 0);
      const isStored = isWhole || (tensor !== root && (accumulates.has(tensor) || depth > DEEPEST_EXPRESSION));
      if (isStored) this.#store(tensor);
      else depths.set(tensor, depth);
    }
  }

  /** Runs in the outermost frame that a tensor allows. */
  #inFrameOf<T>(tensor: Tensor, run: () => T): T {
    const frames = this.#frames;
    let depth = frames.length - 1;
    while (depth > 0 && !tensor.names.has(frames[depth]?.index ?? "")) depth--;
    this.#frames = frames.slice(0, depth + 1);
    const result = run();
    this.#frames = frames;
    return result;
  }

  /** Computes a tensor once, into a buffer or a local. */
  #store(tensor: Tensor): Stored {
    const known = this.#lookUp(tensor);
    if (known) return known;
    return this.#inFrameOf(tensor, () => {
      const stored =
        tensor.kind === "external"
          ? this.#external(tensor)
          : tensor.kind === "chain"
            ? this.#chain(tensor)
            : this.#compute(tensor);
      this.#frame.stored.set(tensor, stored);
      return stored;
    });
  }

  #compute(tensor: Tensor): Stored {
    if (tensor.sizes.length > 0) {
      const buffer = this.options.temporary(tensor.sizes);
      this.#write(tensor, axes => entry(buffer, axes), "set", []);
      return { kind: "buffer", buffer };
    }
    this.#prepare(tensor);
    const addends = addendsOf(tensor, this.#isStored);
    const loops = new Loops([]);
    const isSum = addends.some(a => a.isAccumulation) || addends.length > MOST_ADDENDS;
    const local: Local = { hint: isSum ? "sum" : "c" };
    loops.declare(0, isSum ? "variable" : "constant", local, isSum ? numberOf(0) : this.#sumOf(addends, [], loops));
    this.#frame.statements.push(...loops.statements());
    if (isSum) this.#write(tensor, () => ({ kind: "local", local }), "add", []);
    return { kind: "local", local };
  }

  /** A scalar's value under a name. */
  #local(tensor: Tensor): Local {
    const stored = this.#store(tensor);
    if (stored.kind === "local") return stored.local;
    throw new InternalError("a scalar was stored as an array");
  }

  /** A tensor as a whole buffer, even if it is a member of a family. */
  #whole(tensor: Tensor): Buffer | Local {
    if (tensor.sizes.length === 0) return this.#local(tensor);
    const stored = this.#store(tensor);
    if (stored.kind === "local") throw new InternalError("an array was stored as a scalar");
    return stored.buffer;
  }

  #external(tensor: ExternalTensor): Stored {
    const args = tensor.args.map(arg => this.#whole(arg));
    const { face, slot } = tensor;
    const to: Buffer | Local = tensor.sizes.length > 0 ? this.options.temporary(tensor.sizes) : { hint: "value" };
    this.#frame.statements.push({ kind: "external", function: tensor.function, face, slot, args, to });
    return "extents" in to ? { kind: "buffer", buffer: to } : { kind: "local", local: to };
  }

  /** P ← I, then P ← P A_j (or A_j P) for every j in order. */
  #chain(tensor: ChainTensor): Stored {
    const [size] = tensor.sizes;
    if (size === undefined) {
      const local: Local = { hint: "product" };
      this.#frame.statements.push({ kind: "variable", local, value: numberOf(1) });
      this.#loop(tensor, () => {
        const value = multiplied({ kind: "local", local }, { kind: "local", local: this.#local(tensor.body) });
        this.#frame.statements.push({ kind: "assign", to: { kind: "local", local }, mode: "set", value });
      });
      return { kind: "local", local };
    }
    const extents = new Map([
      ["i", size],
      ["j", size],
      ["k", size],
    ]);
    const [product, next] = [this.options.temporary(tensor.sizes), this.options.temporary(tensor.sizes)];
    const standIn = (buffer: Buffer): Tensor => {
      const of: Tensor = { kind: "integer", value: ZERO, sizes: tensor.sizes, names: tensor.names };
      this.#frame.stored.set(of, { kind: "buffer", buffer });
      return of;
    };
    const [current, after] = [standIn(product), standIn(next)];
    const unit = productOf([], ["i", "i"], new Map([["i", size]]));
    this.#write(unit, axes => entry(product, axes), "set", []);
    this.#loop(tensor, () => {
      this.#whole(tensor.body);
      const [left, right] = tensor.reversed ? [tensor.body, current] : [current, tensor.body];
      const multiply = productOf(
        [
          { of: left, axes: ["i", "k"] },
          { of: right, axes: ["k", "j"] },
        ],
        ["i", "j"],
        extents,
      );
      this.#write(multiply, axes => entry(next, axes), "set", []);
      this.#write(after, axes => entry(product, axes), "set", []);
    });
    return { kind: "buffer", buffer: product };
  }

  /** A loop over the index of a fold or chain, with the body that `run` writes. */
  #loop({ index, domain }: { readonly index: string; readonly domain: ChainTensor["domain"] }, run: () => void): void {
    const frame: Frame = { index, statements: [], stored: new Map() };
    this.#frames = [...this.#frames, frame];
    run();
    this.#frames = this.#frames.slice(0, -1);
    const { from, to, rest } = boundsFor(conditionsOf(domain), index);
    if (from.length === 0 || to.length === 0) throw new InternalError(`the sum over ${index} has no bounds`);
    const inner = rest.filter(c => c.monomials.some(m => m.names.includes(index)));
    const outer = rest.filter(c => !inner.includes(c));
    const body =
      inner.length > 0 ? [{ kind: "if", conditions: inner, body: frame.statements } as const] : frame.statements;
    const loop: Statement = { kind: "for", index, from: [from], to: [to], direction: "up", body };
    this.#frame.statements.push(outer.length > 0 ? { kind: "if", conditions: outer, body: [loop] } : loop);
  }

  /** Writes root (times scalar tensors) into a sink. */
  #write(root: Tensor, sink: Sink, mode: "set" | "add", scales: readonly Tensor[], negative = false): void {
    this.#prepare(root);
    const addends = addendsOf(root, this.#isStored).map(a => ({
      ...a,
      scales: [...scales, ...a.scales],
      negative: a.negative !== negative,
    }));
    const sums = addends.filter(a => a.isAccumulation);
    const plain = addends.filter(a => !a.isAccumulation);
    const [first] = sums;
    const startsWithFirst = mode === "set" && plain.length === 0 && first !== undefined && canSet(first);
    if (plain.length === 0 && mode === "set" && !startsWithFirst) this.#elementwise(root, [], sink, "set");
    for (let start = 0; start < plain.length; start += MOST_ADDENDS) {
      this.#elementwise(root, plain.slice(start, start + MOST_ADDENDS), sink, start === 0 ? mode : "add");
    }
    for (const sum of sums) {
      const own = startsWithFirst && sum === first ? "set" : "add";
      if (sum.core.kind === "product") this.#contraction(sum, sum.core, sink, own);
      else this.#fold(sum, sink);
    }
  }

  #sumOf(addends: readonly Addend[], axes: readonly string[], loops: Loops): Expression {
    const memo = new Map<Tensor, Map<string, Expression>>();
    return addends.reduce((sum, { core, places, scales, negative }) => {
      const value = this.#expression(
        core,
        places.map(place => axes[place] as string),
        loops,
        memo,
      );
      const product = loops.product([...scales.map(scale => this.#expression(scale, [], loops, memo)), value]);
      return negative ? subtracted(sum, product) : added(sum, product);
    }, numberOf(0));
  }

  /** One nest over the entries of the root: the sum of addends that need no accumulation. */
  #elementwise(root: Tensor, addends: readonly Addend[], sink: Sink, mode: "set" | "add"): void {
    const [only] = addends;
    const diagonal =
      addends.length === 1 && only?.core.kind === "product" && !this.#isStored(only.core) ? only.core : undefined;
    if (diagonal && new Set(diagonal.axes).size < diagonal.axes.length) {
      if (mode === "set") this.#elementwise(root, [], sink, "set");
      this.#contraction(only as Addend, diagonal, sink, "add");
      return;
    }
    const names = root.sizes.map(() => this.options.fresh());
    const loops = new Loops(names.map((name, i) => ({ name, last: minus(root.sizes[i] as Polynomial, 1) })));
    const value = this.#sumOf(addends, names, loops);
    loops.assign(names.length, sink(names), mode, value);
    this.#frame.statements.push(...loops.statements());
  }

  #contraction({ places, scales, negative }: Addend, product: ProductTensor, sink: Sink, mode: "set" | "add"): void {
    const names = new Map([...product.extents.keys()].map(axis => [axis, this.options.fresh()] as const));
    const nameOf = (axis: string): string => names.get(axis) as string;
    const order = loopOrder(product);
    const loops = new Loops(
      order.map(axis => ({ name: nameOf(axis), last: minus(product.extents.get(axis) as Polynomial, 1) })),
    );
    const memo = new Map<Tensor, Map<string, Expression>>();
    const targets: string[] = [];
    for (const [own, place] of places.entries()) targets[place] = nameOf(product.axes[own] as string);
    const to = sink(targets);
    const factors = product.factors.map(({ of, axes }) => this.#expression(of, axes.map(nameOf), loops, memo));
    const scaling = scales.map(scale => this.#expression(scale, [], loops, memo));
    const signed = (e: Expression): Expression => (negative ? negated(e) : e);
    let suffix = 0;
    while (suffix < order.length && product.summed.includes(order[order.length - 1 - suffix] as string)) suffix++;
    const depth = order.length;
    const isDirect = suffix === 0 || (to.kind === "local" && scaling.length === 0 && mode === "add");
    if (isDirect) {
      loops.assign(depth, to, mode, signed(loops.product([...scaling, ...factors])));
    } else {
      const local: Local = { hint: "sum" };
      loops.declare(depth - suffix, "variable", local, numberOf(0));
      loops.assign(depth, { kind: "local", local }, "add", loops.product(factors));
      loops.assign(depth - suffix, to, mode, signed(loops.product([...scaling, { kind: "local", local }])), true);
    }
    this.#frame.statements.push(...loops.statements());
  }

  #fold({ core, places, scales, negative }: Addend, sink: Sink): void {
    if (core.kind !== "fold") throw new InternalError(`${core.kind} is not a sum`);
    for (const scale of scales) if (costOf(scale, this.#isStored) > 0) this.#store(scale);
    const inner: Sink = axes => {
      const outside: string[] = [];
      for (const [own, place] of places.entries()) outside[place] = axes[own] as string;
      return sink(outside);
    };
    this.#loop(core, () => this.#write(core.body, inner, "add", scales, negative));
  }

  /** The entry of a tensor at named positions. What the loops would compute repeatedly is stored, if it is worth it. */
  #expression(
    tensor: Tensor,
    axes: readonly string[],
    loops: Loops,
    memo: Map<Tensor, Map<string, Expression>>,
  ): Expression {
    const key = axes.join(" ");
    const known = memo.get(tensor)?.get(key);
    if (known) return known;
    const build = (): Expression => {
      const stored =
        this.#lookUp(tensor) ??
        (this.#isRepeated(axes, loops) && this.#isWorthStoring(tensor) ? this.#store(tensor) : undefined);
      if (stored) return stored.kind === "local" ? { kind: "local", local: stored.local } : entry(stored.buffer, axes);
      const inner = (of: Tensor, at: readonly string[]): Expression => this.#expression(of, at, loops, memo);
      switch (tensor.kind) {
        case "number":
          return numberOf(toNumber(tensor.value));
        case "integer":
          return integerOf(tensor.value);
        case "read": {
          const local = this.options.localOf?.(tensor.store);
          if (local) return { kind: "local", local };
          return {
            kind: "entry",
            buffer: this.options.bufferOf(tensor.store),
            at: [...tensor.member, ...axes.map(named)],
          };
        }
        case "product": {
          const names = new Map<string, string>();
          const equal: (readonly [string, string])[] = [];
          for (const [place, axis] of tensor.axes.entries()) {
            const name = axes[place] as string;
            const first = names.get(axis);
            if (first === undefined) names.set(axis, name);
            else if (first !== name) equal.push([first, name]);
          }
          if (tensor.summed.length > 0) throw new InternalError("a contraction was not stored before its use");
          const value = loops.product(
            tensor.factors.map(factor =>
              inner(
                factor.of,
                factor.axes.map(axis => names.get(axis) as string),
              ),
            ),
          );
          return equal.reduce<Expression>((on, [left, right]) => ({ kind: "diagonal", left, right, on }), value);
        }
        case "each": {
          const args = tensor.args.map(arg => inner(arg, arg.sizes.length === 0 ? [] : axes));
          return this.#each(tensor, args);
        }
        default:
          throw new InternalError(`a ${tensor.kind} was not stored before its use`);
      }
    };
    const expression = build();
    const byAxes = memo.get(tensor) ?? new Map<string, Expression>();
    byAxes.set(key, expression);
    memo.set(tensor, byAxes);
    return expression;
  }

  #each(tensor: Extract<Tensor, { kind: "each" }>, args: readonly Expression[]): Expression {
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
        const constant = exponent.monomials.every(m => m.names.length === 0) ? constantPart(exponent) : undefined;
        if (constant === 0) return numberOf(1);
        if (constant === 1) return a;
        return constant === 2 ? multiplied(a, a) : { kind: "power", base: a, exponent };
      }
      case "function":
        return { kind: "function", function: tensor.function ?? { name: "", order: 0 }, argument: a };
      default:
        return { kind: "apply", scalar: tensor.scalar, args };
    }
  }

  /** Whether the loops around an expression with these axes run over other axes too. */
  #isRepeated(axes: readonly string[], loops: Loops): boolean {
    const level = loops.axes.findLastIndex(axis => axes.includes(axis.name));
    return loops.axes.slice(0, level).some(axis => !axes.includes(axis.name));
  }

  #isWorthStoring(tensor: Tensor): boolean {
    return costOf(tensor, this.#isStored) >= WORTH_STORING;
  }
}

/** Whether a contraction may set its target at once: it visits every entry exactly once. */
const canSet = ({ core }: Addend): boolean => {
  if (core.kind !== "product" || new Set(core.axes).size < core.axes.length) return false;
  const order = loopOrder(core);
  const firstSummed = order.findIndex(axis => core.summed.includes(axis));
  return order.slice(firstSummed).every(axis => core.summed.includes(axis));
};
