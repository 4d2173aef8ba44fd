/**
 * Runs plans. One stack of activations, one of instructions in each: neither nesting nor time is recursion. A member
 * of a family that an equation reads is computed when it is first read, and remembered by the world.
 */
import { InternalError } from "../base/diagnostic.ts";
import type { SymbolNode } from "../expr/node.ts";
import { namesIn, type Polynomial, valueAt } from "../expr/polynomial.ts";
import { familyOf, indexOf } from "../expr/system.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { constant, type Dual, dual } from "./dual.ts";
import { kernelValue } from "./elimination.ts";
import { einsum, fillGrid, type Grid, mapGrid, matrixProduct, scalarGrid, windowOf, zipGrids } from "./grid.ts";
import { Memories } from "./memories.ts";
import { defined, isPending, type Pending, sliceBySlice } from "./pending.ts";
import { environmentOf, type Formula, type Instruction, integerAt, type Member, type Plan } from "./plan.ts";

/** What stands behind the reads of a term. */
export interface World<E> {
  readonly read: (of: SymbolNode, index: readonly number[]) => Grid<E> | Pending<E>;
  readonly partial: (
    of: SymbolNode,
    ofIndex: readonly number[],
    wrt: SymbolNode,
    wrtIndex: readonly number[],
    reading: "total" | "immediate",
  ) => Grid<E> | Pending<E>;
  /** prod(gradient, ∂of/∂wrt), with the immediate partial derivative where nothing else is said. */
  readonly chain: (
    gradient: Grid<E>,
    of: SymbolNode,
    ofIndex: readonly number[],
    wrt: SymbolNode,
    wrtIndex: readonly number[],
    reading?: "total" | "immediate",
  ) => Grid<E>;
  /** A size or horizon by name. */
  readonly size: (name: string) => number | undefined;
  /** Functions that an assumption replaces by the identity. */
  readonly identities: ReadonlySet<string>;
  /** Negative powers are powers of the inverse; otherwise they have no value. */
  readonly inverses?: boolean;
}

interface Loop<E> {
  next: number;
  readonly last: number;
  total: Grid<E> | undefined;
}

interface Activation<E> {
  readonly plan: Plan;
  readonly environment: number[];
  readonly registers: (Grid<E> | undefined)[];
  readonly loops: (Loop<E> | undefined)[];
  readonly work: Instruction[];
  /** Reads of metavariables, inside the definition of an op. */
  readonly bound: ReadonlyMap<SymbolNode, Grid<E>> | undefined;
  /** Where the result goes. */
  readonly finish: (value: Grid<E>) => void;
}

const activate = <E>(
  stack: Activation<E>[],
  plan: Plan,
  environment: readonly number[],
  bound: ReadonlyMap<SymbolNode, Grid<E>> | undefined,
  finish: (value: Grid<E>) => void,
  registers = new Array<Grid<E> | undefined>(plan.registers).fill(undefined),
): void => {
  stack.push({ plan, environment: [...environment], registers, loops: [], work: [plan.root], bound, finish });
};

/** Stores a value, or starts what must be computed before there is one. */
const settle = <E>(stack: Activation<E>[], found: Grid<E> | Pending<E>, store: (value: Grid<E>) => void): void => {
  if (!isPending(found)) store(found);
  else activate(stack, found.plan, found.environment, found.bound, value => settle(stack, found.finish(value), store));
};

const indexAt = ({ index }: Member, environment: readonly number[]): number[] => {
  const values = new Array<number>(index.length);
  for (let i = 0; i < values.length; i++) values[i] = integerAt(index[i] as Member["index"][number], environment);
  return values;
};

const valuesOf = <E>(args: readonly Instruction[], registers: readonly (Grid<E> | undefined)[]): Grid<E>[] => {
  const values = new Array<Grid<E>>(args.length);
  for (let i = 0; i < values.length; i++) values[i] = registers[(args[i] as Instruction).register] as Grid<E>;
  return values;
};

/** Evaluates terms in an arithmetic, at the members and sizes of a world. */
export class Machine<E> {
  readonly #arithmetic: Arithmetic<E>;
  readonly #world: World<E>;
  readonly #memories = new Memories<E>();
  #left: number;

  constructor(arithmetic: Arithmetic<E>, world: World<E>, steps = 20_000_000) {
    this.#arithmetic = arithmetic;
    this.#world = world;
    this.#left = steps;
  }

  /** `registers`: those of earlier runs of one planner's plans in this environment; what they hold is not computed again. */
  run(
    plan: Plan,
    environment: readonly number[],
    bound?: ReadonlyMap<SymbolNode, Grid<E>>,
    registers?: (Grid<E> | undefined)[],
  ): Grid<E> {
    let result: Grid<E> | undefined;
    const stack: Activation<E>[] = [];
    const finish = (value: Grid<E>): void => {
      result = value;
    };
    activate(stack, plan, environment, bound, finish, registers);
    while (stack.length > 0) {
      const active = stack[stack.length - 1] as Activation<E>;
      const instruction = active.work[active.work.length - 1];
      if (!instruction) {
        stack.pop();
        active.finish(active.registers[active.plan.root.register] as Grid<E>);
        continue;
      }
      if (--this.#left < 0) throw new NoValue("budget", "the evaluation takes too many steps");
      const found = active.registers[instruction.register] ?? this.#remembered(active, instruction);
      if (found !== undefined) {
        active.registers[instruction.register] = found;
        active.work.pop();
        continue;
      }
      if (instruction.kind === "over") {
        this.#turn(active, instruction);
        continue;
      }
      let waits = false;
      if ("args" in instruction) {
        for (const arg of instruction.args) {
          if (active.registers[arg.register] === undefined) {
            active.work.push(arg);
            waits = true;
          }
        }
      }
      if (waits) continue;
      const made = this.#value(active, instruction);
      if (isPending(made)) settle(stack, made, value => this.#store(active, instruction, value));
      else {
        this.#store(active, instruction, made);
        active.work.pop();
      }
    }
    return result as Grid<E>;
  }

  /** The value of an instruction at these names from an earlier run; never inside the definition of an op. */
  #remembered({ bound, environment, loops }: Activation<E>, { memory, register }: Instruction): Grid<E> | undefined {
    return memory && !bound && !loops[register] ? this.#memories.find(memory, environment) : undefined;
  }

  #store({ bound, environment, registers }: Activation<E>, { memory, register }: Instruction, value: Grid<E>): void {
    registers[register] = value;
    if (memory && !bound) this.#memories.keep(memory, environment, value);
  }

  /** One turn of a sum or product: starts it, takes in the body's value, or ends it. */
  #turn(active: Activation<E>, instruction: Instruction & { kind: "over" }): void {
    const { add } = this.#arithmetic;
    const { environment, registers, loops } = active;
    const body = instruction.args[0] as Instruction;
    let loop = loops[instruction.register];
    if (!loop) {
      let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (const { coefficient, rest } of instruction.conditions) {
        const value = integerAt(rest, environment);
        if (coefficient > 0) low = Math.max(low, Math.ceil(-value / coefficient));
        else if (coefficient < 0) high = Math.min(high, Math.floor(value / -coefficient));
        else if (value < 0) high = Number.NEGATIVE_INFINITY;
      }
      if (high < low) [low, high] = [1, 0];
      if (!Number.isFinite(low) || !Number.isFinite(high))
        throw new NoValue("undefined", "a sum or product has no bound");
      loop = { next: low, last: high, total: undefined };
      loops[instruction.register] = loop;
    } else {
      const value = registers[body.register] as Grid<E>;
      if (!loop.total) loop.total = value;
      else if (instruction.fold === "sum") loop.total = zipGrids(loop.total, value, add);
      else if (instruction.fold === "product") loop.total = this.#multiply(loop.total, value);
      else loop.total = this.#multiply(value, loop.total);
    }
    if (loop.next > loop.last) {
      this.#store(active, instruction, loop.total ?? this.#empty(active, instruction));
      loops[instruction.register] = undefined;
      active.work.pop();
      return;
    }
    for (const register of instruction.clear) registers[register] = undefined;
    environment[instruction.place] = loop.next;
    // A body that does not mention the index keeps its register; it is taken in once for every turn all the same.
    loop.next += 1;
    active.work.push(body);
  }

  #multiply(a: Grid<E>, b: Grid<E>): Grid<E> {
    return matrixProduct(this.#arithmetic, a, b);
  }

  /** The value of an empty sum, or of an empty product. */
  #empty({ environment }: Activation<E>, { fold, rows, columns }: Instruction & { kind: "over" }): Grid<E> {
    const { zero, one } = this.#arithmetic;
    const width = integerAt(columns, environment);
    return fillGrid(integerAt(rows, environment), width, position =>
      fold !== "sum" && Math.floor(position / width) === position % width ? one : zero,
    );
  }

  /** The value of an instruction whose arguments have values. */
  #value(active: Activation<E>, instruction: Exclude<Instruction, { kind: "over" }>): Grid<E> | Pending<E> {
    const arithmetic = this.#arithmetic;
    const { environment, registers } = active;
    switch (instruction.kind) {
      case "number":
        return scalarGrid(arithmetic.rational(instruction.value));
      case "integer":
        return scalarGrid(arithmetic.integer(integerAt(instruction.value, environment)));
      case "read":
        return (
          active.bound?.get(instruction.member.of) ??
          this.#world.read(instruction.member.of, indexAt(instruction.member, environment))
        );
      case "partial": {
        const { of, wrt, reading } = instruction;
        return this.#world.partial(of.of, indexAt(of, environment), wrt.of, indexAt(wrt, environment), reading);
      }
      case "chain": {
        const { of, wrt, reading } = instruction;
        return this.#world.chain(
          valuesOf(instruction.args, registers)[0] as Grid<E>,
          of.of,
          indexAt(of, environment),
          wrt.of,
          indexAt(wrt, environment),
          reading,
        );
      }
      case "einsum": {
        const shape = [integerAt(instruction.rows, environment), integerAt(instruction.columns, environment)] as const;
        return einsum(arithmetic, instruction.einsum, valuesOf(instruction.args, registers), shape);
      }
      case "kernel":
        return kernelValue(arithmetic, instruction.kernel, valuesOf(instruction.args, registers)[0] as Grid<E>);
      case "window": {
        const from = [integerAt(instruction.row, environment), integerAt(instruction.column, environment)] as const;
        const shape = [integerAt(instruction.rows, environment), integerAt(instruction.columns, environment)] as const;
        return windowOf(valuesOf(instruction.args, registers)[0] as Grid<E>, from, shape, arithmetic.zero);
      }
      case "each":
        return this.#each(instruction, valuesOf(instruction.args, registers), environment);
      case "general":
        return this.#general(instruction, valuesOf(instruction.args, registers), environment);
      case "define":
        return defined(
          instruction,
          valuesOf(instruction.args, registers),
          environment,
          value => value,
          this.#world.inverses ? grid => kernelValue(arithmetic, "inverse", grid) : undefined,
        );
      case "along":
        return sliceBySlice(instruction, valuesOf(instruction.args, registers), environment);
    }
  }

  #each(
    instruction: Instruction & { kind: "each" },
    grids: readonly Grid<E>[],
    environment: readonly number[],
  ): Grid<E> {
    const arithmetic = this.#arithmetic;
    const { scalar } = instruction;
    const [first, second] = grids as [Grid<E>, Grid<E>];
    switch (scalar) {
      case "add":
      case "subtract":
      case "multiply":
      case "divide":
      case "raise":
        return zipGrids(first, second, arithmetic[scalar]);
      case "pow": {
        if (!instruction.exponent) throw new InternalError("a power without an exponent");
        const exponent = integerAt(instruction.exponent, environment);
        return mapGrid(first, entry => arithmetic.pow(entry, exponent));
      }
      case "function": {
        const { name, order } = instruction.function as { name: string; order: number };
        if (this.#world.identities.has(name)) {
          return mapGrid(first, entry => (order === 0 ? entry : order === 1 ? arithmetic.one : arithmetic.zero));
        }
        const { formula } = instruction;
        if (!formula) return mapGrid(first, entry => arithmetic.function(name, order, entry));
        const others = grids.slice(1);
        return mapGrid(first, entry => differentiate(arithmetic, this.#world, formula, others, order, entry));
      }
      default:
        return mapGrid(first, arithmetic[scalar]);
    }
  }

  /** An abstract function, its gradient, its pullback or its Jacobian: entry by entry from the arithmetic, on the list of all arguments' entries. */
  #general(
    instruction: Instruction & { kind: "general" },
    grids: readonly Grid<E>[],
    environment: readonly number[],
  ): Grid<E> {
    const { general, multiply, add, zero } = this.#arithmetic;
    const { face, function: name, slot } = instruction;
    const own = face === "pull" ? grids.slice(1) : grids;
    const flat = own.flatMap(grid => grid.entries);
    if (face === "value") {
      return fillGrid(integerAt(instruction.rows, environment), integerAt(instruction.columns, environment), entry =>
        general(name, entry, [], flat),
      );
    }
    const before = own.slice(0, slot - 1).reduce((sum, grid) => sum + grid.entries.length, 0);
    const { rows, columns } = own[slot - 1] as Grid<E>;
    if (face === "gradient") return fillGrid(rows, columns, entry => general(name, 0, [before + entry], flat));
    if (face === "jacobian") {
      const width = rows * columns;
      const height = integerAt(instruction.rows, environment);
      // An argument's entries are listed row by row, the columns of the Jacobian are those of its vec.
      return fillGrid(height, width, place => {
        const column = place % width;
        const entry = (column % rows) * columns + Math.floor(column / rows);
        return general(name, Math.floor(place / width), [before + entry], flat);
      });
    }
    const cotangent = (grids[0] as Grid<E>).entries;
    return fillGrid(rows, columns, entry =>
      cotangent.reduce((sum, g, r) => add(sum, multiply(g, general(name, r, [before + entry], flat))), zero),
    );
  }
}

/** How many steps the formula of a function may take at one point. */
const FORMULA_STEPS = 1_000_000;

/** The value of a formula at a point, or its derivative of some order by nested dual numbers: apart from any pullback. */
const differentiate = <E>(
  arithmetic: Arithmetic<E>,
  outside: Pick<World<never>, "size" | "identities">,
  formula: Formula,
  others: readonly Grid<E>[],
  order: number,
  entry: E,
): E => {
  if (order > 0) {
    const lifted = others.map(grid => mapGrid(grid, constant));
    const at = { value: entry, slope: arithmetic.one };
    return differentiate<Dual<E>>(dual(arithmetic), outside, formula, lifted, order - 1, at).slope ?? arithmetic.zero;
  }
  const { plan, parameter, reads } = formula;
  const keyOf = (of: SymbolNode, index: readonly number[]): string => `${of.id} ${index.join()}`;
  const given = new Map<string, Grid<E>>();
  for (const [i, read] of reads.entries()) {
    const index = indexOf(read).map(value => valueAt(value, sizesIn(value, outside.size)));
    given.set(keyOf(familyOf(read), index), others[i] as Grid<E>);
  }
  const refuse = (): never => {
    throw new NoValue("undefined", "a formula of a function holds a partial derivative");
  };
  const world: World<E> = {
    read: (of, index) => (of === parameter ? scalarGrid(entry) : (given.get(keyOf(of, index)) ?? refuse())),
    partial: refuse,
    chain: refuse,
    size: outside.size,
    identities: outside.identities,
  };
  const value = new Machine(arithmetic, world, FORMULA_STEPS).run(plan, environmentOf(plan, outside.size));
  return value.entries[0] as E;
};

const sizesIn = (value: Polynomial, size: (name: string) => number | undefined): ReadonlyMap<string, number> =>
  new Map(
    namesIn(value).map(name => {
      const found = size(name);
      if (found === undefined) throw new NoValue("undefined", `nothing gives ${name} a value`);
      return [name, found] as const;
    }),
  );
