/** Generated code against the evaluator of systems: the same members, the same functions, gradients by dual numbers. */
import type { Derivation } from "../../src/derive/gradient.ts";
import { generateTypeScript } from "../../src/emit/typescript/generate.ts";
import { type Dual, dual } from "../../src/exact/dual.ts";
import { programOf } from "../../src/exact/program.ts";
import { realNumbers } from "../../src/exact/real.ts";
import { polynomialAt } from "../../src/exact/region.ts";
import { SystemWorld } from "../../src/exact/world.ts";
import type { SymbolNode } from "../../src/expr/node.ts";
import { familyOf, type System } from "../../src/expr/system.ts";
import { postorder } from "../../src/expr/walk.ts";
import { load, type Model, type Sizes } from "./model.ts";

type Index = readonly number[];

export interface Layout {
  readonly lower: readonly number[];
  readonly shape: readonly number[];
}

/** The functions of a system as the evaluator's real numbers have them, with whatever face the code may call. */
const functionsOf = (
  system: System,
  seed: number,
  sizes: Sizes,
): Record<string, Record<string, (...args: never[]) => unknown>> => {
  /** The rows of the argument in a slot, for Jacobians have its entries column after column. */
  const rowsOf = (name: string, slot: number): number => {
    const calls = system.equations.flatMap(({ right }) => postorder(right));
    const found = calls.find(node => node.kind === "call" && node.attributes.function === name);
    const [rows] = found?.kind === "call" ? (found.args[slot - 1]?.shape ?? []) : [];
    return rows ? polynomialAt(rows, size => sizes[size]) : 1;
  };
  const real = realNumbers(seed);
  const flat = (args: readonly (number | Float64Array)[]): readonly number[] =>
    args.flatMap(a => (typeof a === "number" ? [a] : [...a]));
  const length = (arg: number | Float64Array): number => (typeof arg === "number" ? 1 : arg.length);
  const entry = (name: string): Record<string, (...args: never[]) => unknown> =>
    new Proxy(
      {},
      {
        get: (_, face: string) => {
          const slot = Number(/\d+$/u.exec(face)?.[0] ?? 0);
          if (system.functions.get(name)?.kind === "elementwise") {
            const order = face === "value" ? 0 : Math.max(1, slot);
            return (z: number) => real.function(name, order, z);
          }
          return (...given: (number | Float64Array)[]) => {
            const isPull = face.startsWith("pull");
            const varied = given[isPull ? slot : slot - 1];
            const hasArray = (system.functions.get(name)?.result.length ?? 0) > 0;
            const isArray =
              face === "value" ? hasArray : typeof varied !== "number" || (face.startsWith("jacobian") && hasArray);
            const [inputs, out] = isArray ? [given.slice(0, -1), given.at(-1)] : [given, undefined];
            const own = isPull ? inputs.slice(1) : inputs;
            const all = flat(own);
            const start = own.slice(0, slot - 1).reduce<number>((sum, arg) => sum + length(arg), 0);
            const cotangent = isPull ? flat([inputs[0] as number]) : [1];
            const value = (i: number): number =>
              face === "value"
                ? real.general(name, i, [], all)
                : cotangent.reduce((sum, g, r) => sum + g * real.general(name, r, [start + i], all), 0);
            if (out === undefined) return value(0);
            if (face.startsWith("jacobian")) {
              const [width, rows] = [length(varied as number), rowsOf(name, slot)];
              const matrix = out as Float64Array;
              for (let i = 0; i < matrix.length; i++) {
                const column = i % width;
                const entry = (column % rows) * (width / rows) + Math.floor(column / rows);
                matrix[i] = real.general(name, Math.floor(i / width), [start + entry], all);
              }
              return undefined;
            }
            for (let i = 0; i < (out as Float64Array).length; i++) (out as Float64Array)[i] = value(i);
            return undefined;
          };
        },
      },
    ) as Record<string, (...args: never[]) => unknown>;
  // Keys of the object are those of the code; the systems of tests have names that pass unchanged, or with a prefix.
  return new Proxy({}, { get: (_, key: string) => entry(system.functions.has(key) ? key : key.replace(/^f_/u, "")) });
};

const offsetOf = ({ lower, shape }: Layout, index: Index): number =>
  index.reduce((offset, position, i) => offset * (shape[i] as number) + position - (lower[i] as number), 0);

/** The entries of a member in an array. */
const slice = (array: Float64Array, layout: Layout, index: Index): Float64Array => {
  const size = layout.shape.slice(index.length).reduce((product, extent) => product * extent, 1);
  const start = index.length === 0 ? 0 : offsetOf(layout, index) * size;
  return array.subarray(start, start + (index.length === 0 ? array.length : size));
};

/** The members of a label as the unit vectors that they are, and how one is set. */
const asLabel = (
  model: Model,
  name: string,
):
  | { readonly read: (entries: Float64Array) => readonly number[]; readonly write: (unit: readonly number[]) => number }
  | undefined => {
  const range = model.labels?.[name];
  if (!range) return undefined;
  const { from, to } = range;
  return {
    read: ([label]) => Array.from({ length: to - from + 1 }, (_, place) => (place + from === label ? 1 : 0)),
    write: unit => unit.indexOf(1) + from,
  };
};

const close = (a: number, b: number, scale: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, scale);

/**
 * Runs the code of a derivation at given sizes. Every defined member, and for every family the derivative of the
 * objective in a random direction, must be what the evaluator finds. Gives the differences in words; undefined where
 * numbers are too large to compare.
 */
export const differences = (
  derivation: Derivation,
  system: System,
  sizes: Sizes,
  seed: number,
  largest = 100,
): readonly string[] | undefined => {
  const { files, names, diagnostics } = generateTypeScript(derivation);
  if (diagnostics.length > 0) return diagnostics.map(({ code, message }) => `${code} ${message}`);
  const code = files[0]?.text ?? "";
  const model = load(code)(sizes, functionsOf(system, seed, sizes)) as Model & { layout: Record<string, Layout> };
  const real = realNumbers(seed, { positive: seed % 2 === 0 });
  const program = programOf(system);
  const at = new Map(Object.entries(sizes));
  const world = new SystemWorld<number>({ program, arithmetic: real, sizes: at });
  const arrays: Record<string, Float64Array> = { ...model.values, ...model.inputs, ...model.parameters } as Record<
    string,
    Float64Array
  >;
  const arrayOf = (
    of: SymbolNode,
  ): { array: Float64Array; layout: Layout; label: ReturnType<typeof asLabel> } | undefined => {
    const name = names.get(of.name);
    const array = name === undefined ? undefined : arrays[name];
    const layout = name === undefined ? undefined : model.layout[name];
    return array && layout ? { array, layout, label: asLabel(model, name as string) } : undefined;
  };
  for (const { node } of system.symbols.values()) {
    const found = arrayOf(node);
    if (!found) continue;
    for (const index of world.members(node)) {
      const { entries } = world.member(node, index);
      const given = found.label ? [found.label.write(entries)] : entries;
      if (!world.routineAt(node, index)) slice(found.array, found.layout, index).set(given);
    }
  }
  model.forward();
  model.backward();
  // Logarithms and roots of negative numbers say nothing, nor do sines of numbers that have lost their digits.
  const calm = (value: number): boolean => Math.abs(value) < largest;
  const members = [...system.symbols.values()].flatMap(({ node }) =>
    arrayOf(node) ? world.members(node).flatMap(index => world.member(node, index).entries) : [],
  );
  if (!members.every(calm)) return undefined;
  const wrong: string[] = [];
  for (const { node } of system.symbols.values()) {
    const found = arrayOf(node);
    if (!found) continue;
    for (const index of world.members(node)) {
      const kept = slice(found.array, found.layout, index);
      const [own, other] = [found.label?.read(kept) ?? kept, world.member(node, index).entries];
      const scale = Math.max(...other.map(Math.abs));
      if (own.length !== other.length || !other.every((value, i) => close(own[i] as number, value, scale))) {
        wrong.push(`${node.name}[${index.join()}] is ${own.join()}, not ${other.join()}`);
      }
    }
  }
  const arithmetic = dual(real);
  for (const { wrt } of derivation.gradients) {
    const family = familyOf(wrt);
    const name = names.get(family.name);
    const gradient = name === undefined ? undefined : (model.gradients[name] as Float64Array | undefined);
    const layout = name === undefined ? undefined : model.layout[name];
    if (!gradient || !layout) {
      wrong.push(`${family.name} has no gradient`);
      continue;
    }
    const direction = (index: Index, i: number): number => real.random(`direction ${family.name} ${index.join()}`, i);
    const moved = new SystemWorld<Dual<number>>({
      program,
      arithmetic,
      sizes: at,
      perturb: (of, index, value) =>
        of !== family
          ? value
          : {
              ...value,
              entries: value.entries.map((e, i) => arithmetic.add(e, { value: 0, slope: direction(index, i) })),
            },
    });
    const slope = moved.member(system.objective, []).entries[0]?.slope ?? 0;
    let [inner, scale] = [0, 0];
    for (const index of world.members(family)) {
      for (const [i, entry] of slice(gradient, layout, index).entries()) {
        inner += entry * direction(index, i);
        scale += Math.abs(entry * direction(index, i));
      }
    }
    if (!close(inner, slope, scale))
      wrong.push(`the gradient of ${family.name} gives ${inner} in a direction, not ${slope}`);
  }
  return wrong;
};
