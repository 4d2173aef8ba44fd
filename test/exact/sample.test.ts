// The sizes, horizons and seeds at which claims are tried.
import { describe, expect, test } from "vitest";
import {
  horizonsFor,
  largestConstant,
  reorderings,
  type Sample,
  type Sampling,
  samplesOf,
} from "../../src/exact/sample.ts";
import { readSystem } from "../../src/term/system.ts";
import { RNN } from "../systems/rnn.ts";

const NAMES = ["a", "b", "c", "d", "e", "f"];

const systemWith = (count: number): ReturnType<typeof readSystem> => systemNaming(NAMES.slice(0, count));

const systemNaming = (names: readonly string[]): ReturnType<typeof readSystem> => {
  return readSystem(
    [
      ...names.map(name => `v_${name}: ${name} parameter`),
      "L: 1",
      `L = ${names.map(name => `squarednorm(v_${name})`).join(" + ")}`,
    ].join("\n"),
  );
};

describe.each(NAMES.map((_, i) => i + 1))("with %i sizes", count => {
  const samples = samplesOf(systemWith(count), 5, {});

  test("every size has several values", () => {
    for (const name of NAMES.slice(0, count))
      expect(new Set(samples.map(({ sizes }) => sizes.get(name))).size, name).toBeGreaterThan(1);
  });

  test("all sizes of a sample differ and are at least 2", () => {
    for (const { sizes } of samples) {
      const values = NAMES.slice(0, count).map(name => sizes.get(name) as number);
      expect(new Set(values).size).toBe(count);
      expect(Math.min(...values)).toBeGreaterThan(1);
    }
  });

  test("there are three assignments", () => {
    expect(new Set(samples.map(({ sizes }) => JSON.stringify([...sizes]))).size).toBe(3);
  });

  test("orders of the sizes are all others, or as many as are tried", () => {
    const [first] = samples as [Sample];
    const others = [...reorderings(systemWith(count), first)];
    const orders = new Set(others.map(({ sizes }) => [...sizes.values()].join()));
    expect(others.length).toBe([0, 1, 5, 23, 23, 23][count - 1]);
    expect(orders.size).toBe(others.length);
    expect(orders).not.toContain([...first.sizes.values()].join());
    for (const { sizes, seed } of others) {
      expect([...sizes.keys()]).toEqual([...first.sizes.keys()]);
      expect([...sizes.values()].sort()).toEqual([...first.sizes.values()].sort());
      expect(seed).toBe(first.seed);
    }
  });
});

describe("two hundred sizes", () => {
  const names = Array.from({ length: 200 }, (_, i) => `a${i}`);
  const samples = samplesOf(systemNaming(names), 5, {});
  const values = (name: string): string => samples.map(({ sizes }) => sizes.get(name)).join();

  test("are all small: arrays grow with none of them", () => {
    expect(Math.max(...samples.flatMap(({ sizes }) => [...sizes.values()]))).toBeLessThan(15);
  });
  test("differ each from each in some sample", () => {
    expect(new Set(names.map(values)).size).toBe(names.length);
  });
  test("differ in every sample from those named before and after", () => {
    for (const { sizes } of samples)
      for (const [i, name] of names.entries())
        for (const near of names.slice(i + 1, i + 9)) expect(sizes.get(name)).not.toBe(sizes.get(near));
  });
});

const rnn = readSystem(RNN);
const TWO = readSystem(`
  system two
  horizon T
  horizon K
  x[t]: n data for t = 1..T
  z[t]: n data for t = 1..K
  L: 1
  L = sum(t, 1, T, total(x[t])) + sum(t, 1, K, total(z[t]))
  objective L
`);
test("orders are those of dimensions alone", () => {
  const [first] = samplesOf(rnn, 5, { shortest: 5 }) as [Sample];
  const orders = [...reorderings(rnn, first)];
  expect(orders.length).toBe(5);
  expect(new Set(orders.map(({ sizes }) => sizes.get("T")))).toEqual(new Set([5]));
});

const listed = (system: typeof rnn, longest: number, sampling: Sampling = {}): readonly string[] =>
  samplesOf(system, longest, sampling).map(
    ({ sizes, seed }) => `${[...sizes].map(([name, value]) => `${name}${value}`).join(" ")}: ${seed}`,
  );

describe("samples", () => {
  test("are each short horizon with three assignments and two seeds, then longer ones once", () => {
    const all = listed(rnn, 8);
    expect(all.length).toBe(5 * 6 + 3);
    expect(all.slice(0, 8)).toEqual([
      "T1 h2 d3 q4: 1009",
      "T1 h2 d3 q4: 2019",
      "T1 h5 d4 q3: 1011",
      "T1 h5 d4 q3: 2021",
      // All odd.
      "T1 h3 d5 q7: 1013",
      "T1 h3 d5 q7: 2023",
      "T2 h3 d4 q5: 1015",
      "T2 h3 d4 q5: 2025",
    ]);
    expect(all.slice(-5)).toEqual([
      "T5 h3 d7 q9: 1037",
      "T5 h3 d7 q9: 2047",
      "T6 h2 d3 q4: 1039",
      "T7 h5 d4 q3: 1040",
      "T8 h3 d5 q7: 1041",
    ]);
  });
  test("have a second horizon below, at and above the first", () => {
    expect(listed(TWO, 2, { seeds: [1] })).toEqual([
      "T1 K1 n2: 1009",
      "T1 K2 n4: 1010",
      "T1 K1 n4: 1011",
      "T2 K2 n3: 1012",
      "T2 K3 n5: 1013",
      "T2 K1 n5: 1014",
    ]);
  });
  test("are what is asked for", () => {
    expect(listed(rnn, 3, { shortest: 3, assignments: 1, seeds: [4] })).toEqual(["T3 h2 d4 q5: 4036"]);
    expect(listed(rnn, 1, { from: 3, assignments: 5, seeds: [11] })).toEqual([
      "T1 h5 d6 q2: 11099",
      "T1 h2 d6 q5: 11100",
    ]);
    expect(listed(rnn, 2, { assignments: 2, seeds: [1], dimension: 1 })).toEqual([
      "T1 h1 d1 q1: 1009",
      "T1 h1 d1 q1: 1010",
      "T2 h1 d1 q1: 1011",
      "T2 h1 d1 q1: 1012",
    ]);
    expect(
      listed(rnn, 3, { assignments: 2, seeds: [1], ones: [1, 3] }).filter(each => / h1 d1 q1: /u.test(each)),
    ).toEqual(["T1 h1 d1 q1: 2004", "T3 h1 d1 q1: 2009"]);
  });
  test("without a horizon have the assignments alone", () => {
    expect(listed(systemWith(2), 9)).toEqual([
      "a2 b3: 1009",
      "a2 b3: 2019",
      "a4 b3: 1011",
      "a4 b3: 2021",
      "a3 b5: 1013",
      "a3 b5: 2023",
    ]);
    expect(listed(systemWith(1), 9, { seeds: [1] })).toEqual(["a2: 1009", "a3: 1010", "a4: 1011"]);
    expect(listed(systemWith(4), 9, { seeds: [1] })).toEqual([
      "a2 b3 c4 d5: 1009",
      "a6 b5 c4 d3: 1010",
      "a4 b5 c6 d7: 1011",
    ]);
  });
  test("begin where sizes and horizons may", () => {
    const sizes = new Map([...rnn.sizes].map(([name, entry]) => [name, { ...entry, least: name === "T" ? 3 : 4 }]));
    expect(listed({ ...rnn, sizes }, 3, { seeds: [1] })).toEqual([
      "T3 h4 d5 q6: 1009",
      "T3 h7 d6 q5: 1010",
      "T3 h5 d7 q9: 1011",
    ]);
    const later = new Map([...TWO.sizes].map(([name, entry]) => [name, { ...entry, least: name === "K" ? 2 : 1 }]));
    expect(listed({ ...TWO, sizes: later }, 1, { seeds: [1] }).map(each => each.slice(0, 5))).toEqual([
      "T1 K2",
      "T1 K2",
      "T1 K2",
    ]);
  });
});

describe("constants", () => {
  test("in indices, bounds, exponents and domains count", () => {
    const constantOf = (equation: string, domain = "1..T"): number => {
      const { equations } = readSystem(
        `system s\nhorizon T\nx[t]: n n data for t = -9..T\nz[t]: n n for t = 1..T\nL: 1\nz[t] = ${equation} for t = ${domain}\nL = sum(t, 1, T, total(z[t]))\nobjective L`,
      );
      const [own] = equations;
      if (!own) throw new Error("no equation");
      return largestConstant([own.right], [own.over]);
    };
    expect(constantOf("x[t]")).toBe(1);
    expect(constantOf("x[t-5]")).toBe(5);
    expect(constantOf("x[0-6]")).toBe(6);
    expect(constantOf("x[t]", "7..T")).toBe(7);
    expect(constantOf("sum(s, 1, 8, x[s])")).toBe(8);
    expect(constantOf("x[t]^4 + x[t]^3")).toBe(4);
    expect(constantOf("(t + 5) * x[t]")).toBe(5);
  });
  test("say how long horizons are to be", () => {
    expect([0, 1, 2, 5, 18, 19, 100].map(horizonsFor)).toEqual([5, 5, 7, 13, 39, 40, 40]);
  });
});
