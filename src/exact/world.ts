/** The members of a system's families at one assignment of sizes: computed when first read, remembered ever after. */
import type { SymbolNode } from "../expr/node.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { constant, type Directions, type Dual, directions, type Tangent } from "./dual.ts";
import { distributionGrid, fillGrid, type Grid, mapGrid } from "./grid.ts";
import { Machine, type World } from "./machine.ts";
import type { Pending } from "./pending.ts";
import { environmentAt, type Family, type Program, type Routine } from "./program.ts";
import { isInside, type Polytope, pointsOf, polynomialAt, polytopeAt, type Region, type Sizes } from "./region.ts";

export type Index = readonly number[];

/** What is assumed beyond the system, by names of functions and symbols. */
export interface Suppositions {
  /** Functions that are the identity. */
  readonly identities?: ReadonlySet<string>;
  /** Given square matrices that equal their transposes. */
  readonly symmetric?: ReadonlySet<string>;
  /** Symbols whose given members (all, or the initial ones) are 0. */
  readonly zero?: ReadonlySet<string>;
  /** Given numbers that have these values. */
  readonly values?: ReadonlyMap<string, number>;
  /** Matrices of which negative powers are taken have inverses. */
  readonly inverses?: boolean;
}

/** What a world leaves open. */
export interface Setting<E> {
  readonly program: Program;
  readonly arithmetic: Arithmetic<E>;
  readonly sizes: ReadonlyMap<string, number>;
  /** Members whose values are known from elsewhere. */
  readonly known?: (of: SymbolNode, index: Index) => Grid<E> | undefined;
  /** What is added to the defining equation (or the given value) of a member. */
  readonly perturb?: (of: SymbolNode, index: Index, value: Grid<E>) => Grid<E>;
  /** ∂objective/∂member. */
  readonly adjoint?: (wrt: SymbolNode, index: Index) => Grid<E> | Pending<E>;
  /** ∂of/∂wrt through every path, for any two members. */
  readonly total?: (of: SymbolNode, ofIndex: Index, wrt: SymbolNode, wrtIndex: Index) => Grid<E>;
  readonly suppose?: Suppositions;
}

/** By entry of what depends on something: its slope by each entry of that, if it has any. */
type Slopes<E> = readonly (Directions<E> | undefined)[];

type Members<E> = Map<number | string, Grid<E> | "working">;

/** ∂of/∂wrt from the gradients of the entries of `value`: that of a scalar as it is, by a scalar as the value is, else as rows. */
export const arrangeDerivative = <E>(
  of: SymbolNode,
  wrt: SymbolNode,
  value: Grid<unknown>,
  gradients: readonly Grid<E>[],
): Grid<E> => {
  const [first] = gradients;
  if (of.shape.length === 0 && first) return first;
  const entries = gradients.flatMap(gradient => gradient.entries);
  return wrt.shape.length === 0
    ? { rows: value.rows, columns: value.columns, entries }
    : { rows: gradients.length, columns: first?.entries.length ?? 0, entries };
};

/** A store of members; one that is being computed is marked, so that a circle is seen. */
export class Store<E> {
  readonly #members = new Map<SymbolNode, Members<E>>();
  #working = 0;

  /** Nothing is marked as being computed, as what was given up would be. */
  get isIdle(): boolean {
    return this.#working === 0;
  }

  /** The member's value, or the pending computation that `start` makes of it. */
  look(of: SymbolNode, index: Index, start: () => Grid<E> | Pending<E>): Grid<E> | Pending<E> {
    let members = this.#members.get(of);
    if (!members) {
      members = new Map();
      this.#members.set(of, members);
    }
    const key = index.length === 1 ? (index[0] as number) : index.join();
    const found = members.get(key);
    if (found === "working") throw new NoValue("circular", `${memberName(of, index)} depends on itself`);
    if (found) return found;
    members.set(key, "working");
    this.#working++;
    return this.#keep(members, key, start());
  }

  /** Puts a value into the store, at once or when it is there. */
  #keep(members: Members<E>, key: number | string, made: Grid<E> | Pending<E>): Grid<E> | Pending<E> {
    if ("plan" in made) return { ...made, finish: value => this.#keep(members, key, made.finish(value)) };
    members.set(key, made);
    this.#working--;
    return made;
  }

  /** The value of a member that has been computed. */
  get(of: SymbolNode, index: Index): Grid<E> | undefined {
    const found = this.#members.get(of)?.get(index.length === 1 ? (index[0] as number) : index.join());
    return found === "working" ? undefined : found;
  }
}

export const memberName = (of: SymbolNode, index: Index): string =>
  index.length === 0 ? of.name : `${of.name}[${index.join(", ")}]`;

export const randomMember = <E>(
  arithmetic: Arithmetic<E>,
  purpose: string,
  of: SymbolNode,
  index: Index,
  sizes: Sizes,
): Grid<E> => {
  const [rows, columns] = [0, 1].map(axis => {
    const size = of.shape[axis];
    return size ? polynomialAt(size, sizes) : 1;
  }) as [number, number];
  const key = `${purpose} ${memberName(of, index)}`;
  return fillGrid(rows, columns, entry => arithmetic.random(key, entry));
};

/** The entries above the diagonal mirrored below it, or nothing beside the diagonal. */
export const structuredGrid = <E>(
  { rows, columns, entries }: Grid<E>,
  structure: "symmetric" | "diagonal",
  zero: E,
): Grid<E> =>
  fillGrid(rows, columns, position => {
    const [row, column] = [Math.floor(position / columns), position % columns];
    if (structure === "diagonal" && row !== column) return zero;
    return entries[Math.min(row, column) * columns + Math.max(row, column)] as E;
  });

export class SystemWorld<E> implements World<E> {
  readonly identities: ReadonlySet<string>;
  readonly inverses: boolean;
  readonly machine: Machine<E>;
  readonly #setting: Setting<E>;
  readonly #store = new Store<E>();
  readonly #polytopes = new Map<Region, Polytope>();
  /** Immediate partial derivatives: one equation after another of a note asks for the same. */
  readonly #immediates = new Map<string, Slopes<E>>();
  readonly #constants = new Map<Grid<E>, Grid<Tangent<E, never>>>();

  constructor(setting: Setting<E>) {
    this.#setting = setting;
    this.identities = setting.suppose?.identities ?? new Set();
    this.inverses = setting.suppose?.inverses ?? false;
    this.machine = new Machine(setting.arithmetic, this);
  }

  get isIdle(): boolean {
    return this.#store.isIdle;
  }

  readonly size: Sizes = name => this.#setting.sizes.get(name);

  polytope(region: Region): Polytope {
    let found = this.#polytopes.get(region);
    if (!found) {
      found = polytopeAt(region, this.size);
      this.#polytopes.set(region, found);
    }
    return found;
  }

  family(of: SymbolNode): Family {
    const family = this.#setting.program.families.get(of);
    if (!family) throw new NoValue("undefined", `${of.name} is no symbol of the system`);
    return family;
  }

  /** Every member of a family. */
  members(of: SymbolNode): readonly Index[] {
    return pointsOf(this.polytope(this.family(of).region));
  }

  /** The equation that defines a member, if one does. */
  routineAt(of: SymbolNode, index: Index): Routine | undefined {
    return this.family(of).routines.find(({ region }) => isInside(this.polytope(region), index));
  }

  readonly read = (of: SymbolNode, index: Index): Grid<E> | Pending<E> =>
    this.#store.get(of, index) ?? this.#store.look(of, this.#inside(of, index), () => this.#start(of, index));

  /** Asked before the store is: what lies outside leaves no mark there. */
  #inside(of: SymbolNode, index: Index): Index {
    if (!isInside(this.polytope(this.family(of).region), index))
      throw new NoValue("outside", `${memberName(of, index)} lies outside of the index domain`);
    return index;
  }

  #start(of: SymbolNode, index: Index): Grid<E> | Pending<E> {
    const { arithmetic, known, perturb } = this.#setting;
    const family = this.family(of);
    const found = known?.(of, index);
    if (found) return found;
    const finish = (value: Grid<E>): Grid<E> => (perturb ? perturb(of, index, value) : value);
    const routine = this.routineAt(of, index);
    if (routine) return { plan: routine.plan, environment: environmentAt(routine, index, this.size), finish };
    if (family.routines.length === 0 && family.entry.role === "defined") {
      throw new NoValue("undefined", `${of.name} has no equation and is not given`);
    }
    return finish(this.#given(of, randomMember(arithmetic, "member", of, index, this.size)));
  }

  /** A random value as the suppositions want it. */
  #given(of: SymbolNode, value: Grid<E>): Grid<E> {
    const { arithmetic, suppose } = this.#setting;
    const { rows, columns } = value;
    if (suppose?.zero?.has(of.name)) return mapGrid(value, () => arithmetic.zero);
    const supposed = suppose?.values?.get(of.name);
    if (supposed !== undefined) return mapGrid(value, () => arithmetic.integer(supposed));
    const { distribution } = this.family(of).entry;
    if (distribution === "members") return this.#shareOf(of, value);
    if (distribution) return distributionGrid(arithmetic, value, distribution);
    const structure = suppose?.symmetric?.has(of.name) ? "symmetric" : this.family(of).entry.structure;
    return structure && rows === columns ? structuredGrid(value, structure, arithmetic.zero) : value;
  }

  /** A number over the sum of all members. */
  #shareOf(of: SymbolNode, value: Grid<E>): Grid<E> {
    const { arithmetic } = this.#setting;
    const all = this.members(of).map(index => randomMember(arithmetic, "member", of, index, this.size).entries[0] as E);
    const total = all.reduce((sum, each) => arithmetic.add(sum, each), arithmetic.zero);
    return mapGrid(value, entry => arithmetic.divide(entry, total));
  }

  /** The value of a member that has been computed. */
  stored(of: SymbolNode, index: Index): Grid<E> | undefined {
    return this.#store.get(of, index);
  }

  /** The value of a member, computed now. */
  member(of: SymbolNode, index: Index): Grid<E> {
    return this.force(this.read(of, index));
  }

  force(found: Grid<E> | Pending<E>): Grid<E> {
    let now = found;
    while ("plan" in now) now = now.finish(this.machine.run(now.plan, now.environment, now.bound));
    return now;
  }

  /** The value of a routine at a point. */
  value(routine: Routine, index: Index): Grid<E> {
    return this.machine.run(routine.plan, environmentAt(routine, index, this.size));
  }

  readonly partial: World<E>["partial"] = (of, ofIndex, wrt, wrtIndex, reading) => {
    const { adjoint, program, arithmetic, total } = this.#setting;
    if (reading === "immediate") {
      const one = arithmetic.one;
      if (of.shape.length === 0) return this.chain({ rows: 1, columns: 1, entries: [one] }, of, ofIndex, wrt, wrtIndex);
      return this.#jacobian(of, ofIndex, wrt, wrtIndex);
    }
    if (total) return total(of, ofIndex, wrt, wrtIndex);
    if (of !== program.system.objective) throw new NoValue("undefined", `∂${of.name}/∂${wrt.name} is not derived`);
    if (!adjoint) throw new NoValue("undefined", `nothing gives ∂${of.name}/∂${wrt.name} a value`);
    return adjoint(wrt, wrtIndex);
  };

  /** Contracts with the Jacobian of the one equation that defines `of`, or with the total one. */
  readonly chain: World<E>["chain"] = (gradient, of, ofIndex, wrt, wrtIndex, reading = "immediate") => {
    if (reading === "total") return this.#contracted(gradient, of, ofIndex, wrt, wrtIndex);
    const { add, multiply, zero } = this.#setting.arithmetic;
    const { rows, columns } = this.member(wrt, wrtIndex);
    const slopes = this.#slopes(of, ofIndex, wrt, wrtIndex);
    return fillGrid(rows, columns, entry =>
      gradient.entries.reduce((sum, g, r) => {
        const slope = slopes[r]?.[entry];
        return slope === undefined ? sum : add(sum, multiply(g, slope));
      }, zero),
    );
  };

  /** The slopes of a member's entries through the one equation that defines it. */
  #slopes(of: SymbolNode, ofIndex: Index, wrt: SymbolNode, wrtIndex: Index): Slopes<E> {
    const key = `${memberName(of, ofIndex)} ${memberName(wrt, wrtIndex)}`;
    const known = this.#immediates.get(key);
    if (known) return known;
    const { arithmetic } = this.#setting;
    const routine = this.routineAt(of, ofIndex);
    if (this.family(of).routines.length === 0)
      throw new NoValue("undefined", `${memberName(of, ofIndex)} has no equation to differentiate`);
    const at = this.member(wrt, wrtIndex);
    const sameIndex = (index: Index): boolean => index.every((entry, i) => entry === wrtIndex[i]);
    const varied = varyEntries(arithmetic, mapGrid(at, constant));
    const isVaried = (symbol: SymbolNode, index: Index): boolean => symbol === wrt && sameIndex(index);
    // A first member that is given, h_0, changes with itself alone.
    const found = routine
      ? this.#immediate(routine, ofIndex, (symbol, index) => (isVaried(symbol, index) ? varied : undefined))
      : isVaried(of, ofIndex)
        ? varied
        : mapGrid(this.member(of, ofIndex), constant);
    const slopes = found.entries.map(({ slope }) => slope);
    this.#immediates.set(key, slopes);
    return slopes;
  }

  #contracted(gradient: Grid<E>, of: SymbolNode, ofIndex: Index, wrt: SymbolNode, wrtIndex: Index): Grid<E> {
    const { add, multiply, zero } = this.#setting.arithmetic;
    const jacobian = this.force(this.partial(of, ofIndex, wrt, wrtIndex, "total"));
    const { rows, columns, entries } = this.member(wrt, wrtIndex);
    return fillGrid(rows, columns, entry =>
      gradient.entries.reduce(
        (sum, g, row) => add(sum, multiply(g, jacobian.entries[row * entries.length + entry] as E)),
        zero,
      ),
    );
  }

  /** ∂of/∂wrt through the one equation of `of`, the entries of `of` one after the other. */
  #jacobian(of: SymbolNode, ofIndex: Index, wrt: SymbolNode, wrtIndex: Index): Grid<E> {
    const { zero } = this.#setting.arithmetic;
    const { rows, columns } = this.member(wrt, wrtIndex);
    const slopes = this.#slopes(of, ofIndex, wrt, wrtIndex);
    const value = this.member(of, ofIndex);
    const gradients = value.entries.map((_, which) => fillGrid(rows, columns, entry => slopes[which]?.[entry] ?? zero));
    return arrangeDerivative(of, wrt, value, gradients);
  }

  /** One equation in forward mode; what it reads does not vary but for what `varied` says. */
  #immediate(
    routine: Routine,
    index: Index,
    varied: (of: SymbolNode, index: Index) => Grid<Tangent<E, Directions<E>>> | undefined,
  ): Grid<Tangent<E, Directions<E>>> {
    const { arithmetic } = this.#setting;
    const refuse = (): never => {
      throw new NoValue("undefined", "a forward equation holds a partial derivative");
    };
    const world: World<Tangent<E, Directions<E>>> = {
      read: (of, at) => varied(of, at) ?? this.#constant(this.member(of, at)),
      partial: refuse,
      chain: refuse,
      size: this.size,
      identities: this.identities,
    };
    return new Machine(directions(arithmetic), world).run(routine.plan, environmentAt(routine, index, this.size));
  }

  #constant(grid: Grid<E>): Grid<Tangent<E, never>> {
    let known = this.#constants.get(grid);
    if (!known) {
      known = mapGrid(grid, constant);
      this.#constants.set(grid, known);
    }
    return known;
  }
}

/** The unit direction of one entry of a member, for a world of dual numbers: its slope is 1 more than it was. */
export const towardsEntry =
  <E>({ add, one }: Arithmetic<E>, of: SymbolNode, at: Index, entry: number) =>
  (symbol: SymbolNode, index: Index, value: Grid<Dual<E>>): Grid<Dual<E>> =>
    symbol !== of || index.some((position, i) => position !== at[i])
      ? value
      : {
          ...value,
          entries: value.entries.map((x, i) =>
            i !== entry ? x : { value: x.value, slope: x.slope === undefined ? one : add(x.slope, one) },
          ),
        };

/** Each entry in a direction of its own: its slope there is 1 more than it was. */
const varyEntries = <E>(
  arithmetic: Arithmetic<E>,
  value: Grid<Tangent<E, Directions<E>>>,
): Grid<Tangent<E, Directions<E>>> => {
  const { one, zero } = arithmetic;
  const { add } = directions(arithmetic);
  return {
    ...value,
    entries: value.entries.map((x, entry) => {
      const slope = value.entries.map((_, i) => (i === entry ? one : undefined));
      return add(x, { value: zero, slope });
    }),
  };
};

/** The unit directions of all entries of a member, for a world with so many directions. */
export const towardsEntries =
  <E>(arithmetic: Arithmetic<E>, of: SymbolNode, at: Index) =>
  (symbol: SymbolNode, index: Index, value: Grid<Tangent<E, Directions<E>>>): Grid<Tangent<E, Directions<E>>> =>
    symbol !== of || index.some((position, i) => position !== at[i]) ? value : varyEntries(arithmetic, value);
