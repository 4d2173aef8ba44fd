// Every note of test/notes and of derivations: read without a complaint, derived and checked exactly, generated, and the
// generated gradients compared with central differences. A note added to either folder is tested by that alone.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type CheckedDerivation, derive, readNote, type System } from "../../src/index.ts";
import { codeOf, fill, load, type Sizes } from "../generate/model.ts";

const root = new URL("../../", import.meta.url);

const notes = [
  ...readdirSync(new URL("test/notes/", root)).map(name => `test/notes/${name}`),
  ...readdirSync(new URL("derivations/", root)).map(name => `derivations/${name}/note.md`),
].filter(path => path.endsWith(".md"));

/** Activations that the note leaves abstract are a named one; losses are given as functions of their arguments. */
const choices = ({ functions }: System): Record<string, string> =>
  Object.fromEntries(
    [...functions.values()].flatMap(({ name, kind, definition }) =>
      definition || kind === "general" ? [] : [[name, "tanh"]],
    ),
  );

/** A smooth scalar of any arrays in which every entry meets every other: (Σ w x)² / 2 + Σ x³ / 3. */
const loss = (arity: number): Record<string, unknown> => {
  const weigh = (arrays: readonly Float64Array[]): number =>
    arrays.reduce((sum, array, k) => array.reduce((inner, x, i) => inner + (0.3 + 0.1 * k + 0.05 * i) * x, sum), 0);
  const value = (...arrays: readonly Float64Array[]): number =>
    weigh(arrays) ** 2 / 2 + arrays.reduce((sum, array) => array.reduce((inner, x) => inner + x ** 3 / 3, sum), 0);
  const gradients = Array.from({ length: arity }, (_, k) => (...parts: readonly Float64Array[]): void => {
    const [arrays, out] = [parts.slice(0, arity), parts[arity] as Float64Array];
    const all = weigh(arrays);
    for (const [i, x] of (arrays[k] as Float64Array).entries()) out[i] = all * (0.3 + 0.1 * k + 0.05 * i) + x ** 2;
  });
  return { value, ...Object.fromEntries(gradients.map((gradient, k) => [`gradient${k + 1}`, gradient])) };
};

const givenFunctions = ({ functions }: System): Record<string, unknown> =>
  Object.fromEntries(
    [...functions.values()].flatMap(({ name, kind, arity, definition }) =>
      definition || kind === "elementwise" ? [] : [[name, loss(arity)]],
    ),
  );

/** Different for every size, and long enough for the pieces to be apart. */
const sizesOf = ({ sizes }: System): Sizes =>
  Object.fromEntries([...sizes.values()].map(({ name, role }, i) => [name, role === "horizon" ? 5 + i : 2 + i]));

const derived = async (path: string): Promise<readonly CheckedDerivation[]> => {
  const note = await readNote(readFileSync(new URL(path, root), "utf8"));
  expect(note.diagnostics.filter(({ severity }) => severity !== "information")).toEqual([]);
  expect(note.systems.length).toBeGreaterThan(0);
  return note.systems.map(system => {
    const result = derive(system);
    if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join("; "));
    return result.value;
  });
};

describe.each(notes)("%s", path => {
  test("is derived, and the derivation agrees with forward mode over a prime field", async () => {
    for (const { certificate, gradients } of await derived(path)) {
      expect(gradients.length).toBeGreaterThan(0);
      expect(certificate.samples).toBeGreaterThan(1);
      expect(certificate.bound).toBeLessThan(1e-6);
    }
  });
  test("its code's gradients agree with central differences", async () => {
    for (const { system } of await derived(path)) {
      const model = load(codeOf(system, { functions: choices(system) }))(sizesOf(system), givenFunctions(system));
      fill(model, 11);
      // Logarithms want positive numbers.
      if (!Number.isFinite(model.forward())) fill(model, 11, [0.1, 0.9]);
      const report = model.check();
      expect(report.failures).toEqual([]);
      expect(report.entries).toBeGreaterThan(0);
    }
  });
});

test("there are notes to walk", () => expect(notes.length).toBeGreaterThan(8));
