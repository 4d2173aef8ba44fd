/** Where everything stands: a store for each family and each gradient, a buffer for each store. */
import { InternalError } from "../base/diagnostic.ts";
import { type Domain, intersect, interval, substituteDomain } from "../expr/domain.ts";
import type { SymbolNode } from "../expr/node.ts";
import { constantValue, integer, minus, named, namesIn, ONE, type Polynomial, plus, ZERO } from "../expr/polynomial.ts";
import { type Equation, familyOf, type SymbolEntry, type System } from "../expr/system.ts";
import { readsIn } from "../expr/walk.ts";
import { type Stores, sizesOf } from "../tensor/lower.ts";
import type { Store } from "../tensor/tensor.ts";
import { boundsFor, conditionsOf, leastSizes, project, reduce } from "./affine.ts";
import type { Buffer, Extent } from "./program.ts";

/** The index that counts samples; no note can have this name. */
export const SAMPLE = "$sample";

/** The symbols that have one value for each sample: data, and what is computed from data. */
export const perSample = (system: System, equations: readonly Equation[]): ReadonlySet<SymbolNode> => {
  const found = new Set<SymbolNode>();
  for (const { node, role } of system.symbols.values())
    if (role === "data" || role === "label" || role === "target") found.add(node);
  const readers = new Map<SymbolNode, SymbolNode[]>();
  for (const { left, right } of equations) {
    for (const read of readsIn(right)) {
      if (read.kind !== "symbol" && read.kind !== "at") continue;
      const family = familyOf(read);
      readers.set(family, [...(readers.get(family) ?? []), familyOf(left)]);
    }
  }
  const open = [...found];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const reader of readers.get(node) ?? []) {
      if (found.has(reader)) continue;
      found.add(reader);
      open.push(reader);
    }
  }
  return found;
};

/** One end of an index's range that holds for every member, constants before names. */
const outermost = (bounds: readonly Polynomial[], choose: (a: number, b: number) => number): Polynomial | undefined => {
  const constants = bounds.map(constantValue).filter(value => value !== undefined);
  return constants.length > 0 ? integer(constants.reduce(choose)) : bounds[0];
};

/** The box around a domain, one extent for each index. Undefined if an index has no bound. */
const boxOf = (domain: Domain, indices: readonly string[], system: System): readonly Extent[] | undefined => {
  const extents: Extent[] = [];
  for (const index of indices) {
    const others = indices.filter(other => other !== index);
    const conditions = reduce(project(conditionsOf(domain), others), leastSizes(system.sizes.values()));
    const { from, to } = boundsFor(conditions, index);
    const lower = outermost(from, Math.max);
    const upper = outermost(to, Math.min);
    if (
      !lower ||
      !upper ||
      namesIn(lower).some(n => others.includes(n)) ||
      namesIn(upper).some(n => others.includes(n))
    )
      return undefined;
    extents.push({ lower, extent: plus(minus(upper, lower), 1), of: "index" });
  }
  return extents;
};

/** Makes stores and their buffers on demand, each once. */
export class Storage implements Stores {
  readonly #values = new Map<SymbolNode, Store>();
  readonly #gradients = new Map<SymbolNode, Store>();
  readonly #buffers = new Map<Store, Buffer>();
  #names = 0;

  constructor(
    readonly system: System,
    readonly samples: { readonly size: Polynomial; readonly symbols: ReadonlySet<SymbolNode> } | undefined,
    /** The symbols that have a gradient. */
    readonly differentiated: ReadonlySet<SymbolNode>,
  ) {}

  isPerSample(symbol: SymbolNode): boolean {
    return this.samples?.symbols.has(symbol) ?? false;
  }

  /** The range of samples, as a domain of the index SAMPLE. */
  get sampleDomain(): Domain {
    return interval(SAMPLE, 0, minus(this.samples?.size ?? 1, 1));
  }

  #entry(symbol: SymbolNode): SymbolEntry | undefined {
    const entry = this.system.symbols.get(symbol.name);
    return entry?.node === symbol ? entry : undefined;
  }

  #make(symbol: SymbolNode, holds: Store["holds"], known: Map<SymbolNode, Store>): Store | undefined {
    const found = known.get(symbol);
    if (found) return found;
    const entry = this.#entry(symbol);
    if (!entry) return undefined;
    const isPerSample = this.isPerSample(symbol);
    const sizes = sizesOf(symbol.shape);
    const store: Store = {
      symbol,
      holds,
      indices: isPerSample ? [SAMPLE, ...entry.indices] : entry.indices,
      domain: isPerSample ? intersect(this.sampleDomain, entry.domain) : entry.domain,
      sizes,
      // A label that is differentiated by is an array like any other.
      ...(entry.distribution === "label" && sizes.length === 1 && !this.differentiated.has(symbol)
        ? { isLabel: true as const }
        : {}),
    };
    known.set(symbol, store);
    return store;
  }

  readonly value = (symbol: SymbolNode): Store | undefined => this.#make(symbol, "value", this.#values);

  readonly gradient = (symbol: SymbolNode): Store | undefined =>
    this.differentiated.has(symbol) ? this.#make(symbol, "gradient", this.#gradients) : undefined;

  readonly prefix = (store: Store): readonly Polynomial[] => (this.isPerSample(store.symbol) ? [named(SAMPLE)] : []);

  readonly fresh = (): string => `~${this.#names++}`;

  /** The buffer of a store. Families without bounds have been refused before. */
  readonly bufferOf = (store: Store): Buffer => {
    const known = this.#buffers.get(store);
    if (known) return known;
    const entry = this.#entry(store.symbol);
    const box = boxOf(store.domain, store.indices, this.system);
    if (!entry || !box) throw new InternalError(`the family ${store.symbol.name} has no bounds`);
    const places = store.isLabel ? store.sizes[0] : undefined;
    const axes = places ? [] : store.sizes;
    const extents = [...box, ...axes.map((size): Extent => ({ lower: ZERO, extent: size, of: "entry" }))];
    const buffer: Buffer = {
      holds: store.holds,
      symbol: entry,
      extents,
      ...(places ? { labels: { places, first: entry.firstPlace ?? 1 } } : {}),
      double: extents.every(({ extent }) => extent.key === ONE.key),
    };
    this.#buffers.set(store, buffer);
    return buffer;
  };

  /** Whether a symbol's members fit in a box. */
  isBounded(symbol: SymbolNode): boolean {
    const entry = this.#entry(symbol);
    return (
      entry !== undefined && boxOf(substituteDomain(entry.domain, new Map()), entry.indices, this.system) !== undefined
    );
  }

  get buffers(): readonly Buffer[] {
    return [...this.#buffers.values()];
  }
}

/** Buffers for intermediate results, lent to one section after the other. */
export class Temporaries {
  readonly #bySizes = new Map<string, Buffer[]>();
  readonly #lent = new Map<string, number>();

  readonly lend = (sizes: readonly Polynomial[]): Buffer => {
    const key = sizes.map(size => size.key).join(" ");
    const known = this.#bySizes.get(key) ?? [];
    const next = this.#lent.get(key) ?? 0;
    this.#lent.set(key, next + 1);
    const found = known[next];
    if (found) return found;
    const buffer: Buffer = {
      holds: "temporary",
      extents: sizes.map(extent => ({ lower: ZERO, extent, of: "entry" })),
      double: false,
    };
    this.#bySizes.set(key, [...known, buffer]);
    return buffer;
  };

  returnAll(): void {
    this.#lent.clear();
  }

  get buffers(): readonly Buffer[] {
    return [...this.#bySizes.values()].flat();
  }
}
