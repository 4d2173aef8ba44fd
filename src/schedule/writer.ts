/**
 * Writes one tensor term as statements: contractions and sums accumulate straight into their target, everything
 * elementwise is fused into the loop that needs it, and what a loop would compute again and again is stored first.
 */
import { InternalError } from "../base/diagnostic.ts";
import { minus, named, type Polynomial, ZERO } from "../expr/polynomial.ts";
import { productOf } from "../tensor/product.ts";
import {
  type ChainTensor,
  chosenAxes,
  type ExternalTensor,
  type KernelTensor,
  operandsOf,
  type ProductTensor,
  type Store,
  type Tensor,
} from "../tensor/tensor.ts";
import { type Addend, addendsOf, regionOf } from "./addends.ts";
import { costOf, loopOrder } from "./costs.ts";
import { Entries, type EntryOptions, entryOf } from "./entries.ts";
import { added, Loops, multiplied, negated, numberOf, subtracted } from "./expressions.ts";
import { Frames, type Stored } from "./frames.ts";
import type { Buffer, Expression, Local, Place, Statement } from "./program.ts";

/** A tensor deeper than this is stored half-way, so that expressions stay short and recursion over them shallow. */
const DEEPEST_EXPRESSION = 48;

/** Longer sums are written in several loops. */
const MOST_ADDENDS = 32;

/** Where a result goes: the place of each entry. A scalar has no axes. */
type Sink = (axes: readonly string[]) => Place;

type Mode = "set" | "add";

export interface WriterOptions extends EntryOptions {
  /** A buffer for an intermediate result, free within this section. */
  readonly temporary: (sizes: readonly Polynomial[]) => Buffer;
  /** Names of loops over entries and sums, in use nowhere else. */
  readonly fresh: () => string;
}

/** Writes one term; a second one needs a writer of its own. */
export class Writer {
  readonly #frames = new Frames();

  constructor(readonly options: WriterOptions) {}

  /** The statements that set a member of a store, or add to it. */
  write(root: Tensor, to: Store, member: readonly Polynomial[], mode: Mode): readonly Statement[] {
    const buffer = this.options.bufferOf(to);
    this.#write(root, axes => ({ kind: "entry", buffer, at: [...member, ...axes.map(named)] }), mode);
    return this.#frames.statements;
  }

  /** A scalar as an expression, with the statements that it needs before it. */
  scalar(root: Tensor): { readonly statements: readonly Statement[]; readonly value: Expression } {
    const local = this.#local(root);
    return { statements: this.#frames.statements, value: { kind: "local", local } };
  }

  readonly #isStored = (tensor: Tensor): boolean => this.#frames.lookUp(tensor) !== undefined;

  #entries(loops: Loops): Entries {
    const memory = {
      lookUp: (tensor: Tensor) => this.#frames.lookUp(tensor),
      store: (tensor: Tensor) => this.#store(tensor),
    };
    return new Entries(loops, this.options, memory);
  }

  /** Stores what must not be part of an expression, operands first. */
  #prepare(root: Tensor): void {
    const { order, accumulates, absorbed } = regionOf(root, this.#isStored);
    const depths = new Map<Tensor, number>();
    for (const tensor of order) {
      if (this.#isStored(tensor) || absorbed.has(tensor)) continue;
      const isWhole = tensor.kind === "external" || tensor.kind === "kernel" || tensor.kind === "chain";
      const below = isWhole || tensor.kind === "fold" ? [] : operandsOf(tensor);
      const depth = 1 + below.reduce((deepest, operand) => Math.max(deepest, depths.get(operand) ?? 0), 0);
      const isTooDeep = depth > DEEPEST_EXPRESSION;
      if (isWhole || (tensor !== root && (accumulates.has(tensor) || isTooDeep))) this.#store(tensor);
      else depths.set(tensor, depth);
    }
  }

  /** Computes a tensor once, into a buffer or a local, outside of the loops that do not change it. */
  #store(tensor: Tensor): Stored {
    const known = this.#frames.lookUp(tensor);
    if (known) return known;
    return this.#frames.outermostFor(tensor, () => {
      if (tensor.kind === "external") return this.#frames.remember(tensor, this.#external(tensor));
      if (tensor.kind === "kernel") return this.#frames.remember(tensor, this.#kernel(tensor));
      if (tensor.kind === "chain") return this.#frames.remember(tensor, this.#chain(tensor));
      return this.#frames.remember(tensor, this.#compute(tensor));
    });
  }

  #compute(tensor: Tensor): Stored {
    if (tensor.sizes.length > 0) {
      const buffer = this.options.temporary(tensor.sizes);
      this.#write(tensor, axes => entryOf(buffer, axes.map(named)), "set");
      return { kind: "buffer", buffer };
    }
    this.#prepare(tensor);
    const addends = addendsOf(tensor, this.#isStored);
    const loops = new Loops([]);
    const isSum = addends.some(a => a.isAccumulation) || addends.length > MOST_ADDENDS;
    const local: Local = { hint: isSum ? "sum" : "c" };
    if (isSum) loops.declare(0, "variable", local, numberOf(0));
    else loops.declare(0, "constant", local, this.#sumOf(addends, [], loops));
    this.#frames.push(...loops.statements());
    if (isSum) this.#write(tensor, () => ({ kind: "local", local }), "add");
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
    const stored = this.#store(tensor);
    return stored.kind === "local" ? stored.local : stored.buffer;
  }

  #external(tensor: ExternalTensor): Stored {
    const { function: name, face, slot, sizes } = tensor;
    const args = tensor.args.map(arg => this.#whole(arg));
    if (sizes.length > 0) {
      const buffer = this.options.temporary(sizes);
      this.#frames.push({ kind: "external", function: name, face, slot, args, to: buffer });
      return { kind: "buffer", buffer };
    }
    const local: Local = { hint: "value" };
    this.#frames.push({ kind: "external", function: name, face, slot, args, to: local });
    return { kind: "local", local };
  }

  #kernel({ kernel, args, extent, slices, sizes }: KernelTensor): Stored {
    const stored = this.#store(args[0]);
    if (stored.kind !== "buffer") throw new InternalError("an array was stored as a number");
    const isSquare = args[0].sizes.length > 1 && !slices;
    const more = isSquare ? { work: this.options.temporary([extent, extent]) } : slices ? { slices } : {};
    const common = { kind: "kernel", kernel, extent, of: stored.buffer, ...more } as const;
    if (sizes.length > 0) {
      const buffer = this.options.temporary(sizes);
      this.#frames.push({ ...common, to: buffer });
      return { kind: "buffer", buffer };
    }
    const local: Local = { hint: "value" };
    this.#frames.push({ ...common, to: local });
    return { kind: "local", local };
  }

  /** P ← I, then P ← P A_j (or A_j P) for every j in order. */
  #chain(tensor: ChainTensor): Stored {
    const [size] = tensor.sizes;
    if (size === undefined) {
      const local: Local = { hint: "product" };
      this.#frames.push({ kind: "variable", local, value: numberOf(1) });
      this.#frames.loop(tensor, () => {
        const factor: Expression = { kind: "local", local: this.#local(tensor.body) };
        const value = multiplied({ kind: "local", local }, factor);
        this.#frames.push({ kind: "assign", to: { kind: "local", local }, mode: "set", value });
      });
      return { kind: "local", local };
    }
    const extents = new Map(["i", "j", "k"].map(axis => [axis, size] as const));
    const [product, next] = [this.options.temporary(tensor.sizes), this.options.temporary(tensor.sizes)];
    /** A tensor that is nothing but what a buffer holds. */
    const contentOf = (buffer: Buffer): Tensor => {
      const content: Tensor = { kind: "integer", value: ZERO, sizes: tensor.sizes, names: tensor.names };
      this.#frames.remember(content, { kind: "buffer", buffer });
      return content;
    };
    const [before, after] = [contentOf(product), contentOf(next)];
    this.#write(productOf([], ["i", "i"], new Map([["i", size]])), axes => entryOf(product, axes.map(named)), "set");
    this.#frames.loop(tensor, () => {
      this.#whole(tensor.body);
      const [left, right] = tensor.reversed ? [tensor.body, before] : [before, tensor.body];
      const factors = [
        { of: left, axes: ["i", "k"] },
        { of: right, axes: ["k", "j"] },
      ];
      this.#write(productOf(factors, ["i", "j"], extents), axes => entryOf(next, axes.map(named)), "set");
      this.#write(after, axes => entryOf(product, axes.map(named)), "set");
    });
    return { kind: "buffer", buffer: product };
  }

  /** Writes ±root, times scalar tensors, into a sink. */
  #write(root: Tensor, sink: Sink, mode: Mode, scales: readonly Tensor[] = [], negative = false): void {
    this.#prepare(root);
    const addends = addendsOf(root, this.#isStored).map(addend => ({
      ...addend,
      scales: [...scales, ...addend.scales],
      negative: addend.negative !== negative,
    }));
    const sums = addends.filter(addend => addend.isAccumulation);
    const plain = addends.filter(addend => !addend.isAccumulation);
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
    const entries = this.#entries(loops);
    return addends.reduce((sum, { core, places, scales, negative }) => {
      const own = places.map(place => named(axes[place] as string));
      const product = loops.product([...scales.map(scale => entries.at(scale, [])), entries.at(core, own)]);
      return negative ? subtracted(sum, product) : added(sum, product);
    }, numberOf(0));
  }

  /** One nest over the entries of the root: the sum of addends that need no accumulation. */
  #elementwise(root: Tensor, addends: readonly Addend[], sink: Sink, mode: Mode): void {
    const [only, more] = addends;
    if (only && !more && only.core.kind === "product" && isDiagonal(only.core) && !this.#isStored(only.core)) {
      if (mode === "set") this.#elementwise(root, [], sink, "set");
      this.#contraction(only, only.core, sink, "add");
      return;
    }
    const names = root.sizes.map(() => this.options.fresh());
    const loops = new Loops(names.map((name, i) => ({ name, last: minus(root.sizes[i] as Polynomial, 1) })));
    const value = this.#sumOf(addends, names, loops);
    loops.assign(names.length, sink(names), mode, value);
    this.#frames.push(...loops.statements());
  }

  #contraction({ places, scales, negative }: Addend, product: ProductTensor, sink: Sink, mode: Mode): void {
    const names = new Map([...product.extents.keys()].map(axis => [axis, this.options.fresh()] as const));
    const nameOf = (axis: string): string => names.get(axis) as string;
    const chosen = chosenAxes(product);
    const order = [...chosen.keys(), ...loopOrder(product).filter(axis => !chosen.has(axis))];
    const loops = new Loops(
      order.map(axis => {
        const label = chosen.get(axis)?.label;
        const place = label ? { chosen: { label: this.options.bufferOf(label.store), at: label.member } } : {};
        return { name: nameOf(axis), last: minus(product.extents.get(axis) as Polynomial, 1), ...place };
      }),
    );
    const entries = this.#entries(loops);
    const targets: string[] = [];
    for (const [own, place] of places.entries()) targets[place] = nameOf(product.axes[own] as string);
    const to = sink(targets);
    const factors = product.factors.map(factor =>
      // At its own place a label is 1.
      factor === chosen.get(factor.axes[0] ?? "")?.factor
        ? numberOf(1)
        : entries.at(
            factor.of,
            factor.axes.map(axis => named(nameOf(axis))),
          ),
    );
    const scaling = scales.map(scale => entries.at(scale, []));
    const signed = (e: Expression): Expression => (negative ? negated(e) : e);
    const depth = order.length;
    const inner = depth - 1 - order.findLastIndex(axis => chosen.has(axis) || !product.summed.includes(axis));
    // Innermost loops that all add to one entry do so in a local variable.
    if (inner === 0 || (to.kind === "local" && scaling.length === 0 && mode === "add")) {
      loops.assign(depth, to, mode, signed(loops.product([...scaling, ...factors])));
    } else {
      const local: Local = { hint: "sum" };
      loops.declare(depth - inner, "variable", local, numberOf(0));
      loops.assign(depth, { kind: "local", local }, "add", loops.product(factors));
      const total = loops.product([...scaling, { kind: "local", local }]);
      loops.assign(depth - inner, to, mode, signed(total), true);
    }
    this.#frames.push(...loops.statements());
  }

  #fold({ core, places, scales, negative }: Addend, sink: Sink): void {
    if (core.kind !== "fold") throw new InternalError(`${core.kind} is not a sum`);
    for (const scale of scales) if (costOf(scale, this.#isStored) > 0) this.#store(scale);
    const inner: Sink = axes => {
      const outside: string[] = [];
      for (const [own, place] of places.entries()) outside[place] = axes[own] as string;
      return sink(outside);
    };
    this.#frames.loop(core, () => this.#write(core.body, inner, "add", scales, negative));
  }
}

const isDiagonal = ({ axes }: ProductTensor): boolean => new Set(axes).size < axes.length;

/** Whether a contraction may set its target at once: it visits every entry exactly once. */
const canSet = ({ core }: Addend): boolean => {
  if (core.kind !== "product" || isDiagonal(core)) return false;
  const chosen = chosenAxes(core);
  if (core.axes.some(axis => chosen.has(axis))) return false;
  const order = loopOrder(core).filter(axis => !chosen.has(axis));
  const firstSummed = order.findIndex(axis => core.summed.includes(axis));
  if (firstSummed < 0) return true;
  return order.slice(firstSummed).every(axis => core.summed.includes(axis));
};
