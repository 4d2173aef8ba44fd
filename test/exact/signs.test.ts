// Signs: a formula that is right on one side of max(0, z) alone has to meet the other side.
import { describe, expect, test } from "vitest";
import type { Derivation } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import { SIGN_DRAWS } from "../../src/exact/plan.ts";
import { programOf } from "../../src/exact/program.ts";
import { samplesOf } from "../../src/exact/sample.ts";
import { drawnOften, repeated } from "../../src/exact/signs.ts";
import { Witness } from "../../src/exact/witness.ts";
import { readTerm } from "../../src/term/read.ts";
import { readSystem } from "../../src/term/system.ts";
import { stated } from "../check/stated.ts";
import { RNN } from "../systems/rnn.ts";

type System = ReturnType<typeof readSystem>;

/** One unit of numbers: what is drawn depends on the names. */
const unit = (w: string, x: string, b: string, kink = "relu(z)"): System =>
  readSystem(`
  ${w}: 1 parameter
  ${x}: 1 data
  ${b}: 1 parameter
  y: 1 data
  z: 1
  a: 1
  L: 1
  z = ${w} * ${x} + ${b}
  a = ${kink}
  L = (a - y)^2
  objective L
`);

const LETTERS = ["b", "c", "d", "e", "f", "g", "k", "m", "p", "q", "r", "s", "t", "u", "v", "w", "x"];
/** Neighbours in the alphabet, going round: each letter once in each place. */
const UNITS = LETTERS.map((w, i) => [w, LETTERS[(i + 5) % 17] as string, LETTERS[(i + 11) % 17] as string] as const);

/** The draws of a system of which something is wrong in one of two cases: how often the one case alone comes in six. */
const casesIn = (count: number): number =>
  UNITS.filter(names => {
    const witness = new Witness(unit(...names));
    const equation = stated(witness.system, "z", "relu(z)");
    const { left, right } = witness.compile(equation);
    return witness
      .samples(equation)
      .slice(0, count)
      .every(sample => {
        const { values, arithmetic } = witness.world(sample, sample.seed, false, {});
        const [a, b] = [values.value(left, []).entries[0], values.value(right, []).entries[0]];
        return arithmetic.equal(a, b);
      });
  }).length;

describe("of one number", () => {
  test("both sides come in every system, and not in few draws", () => {
    expect(casesIn(SIGN_DRAWS)).toBe(0);
    expect(casesIn(2)).toBeGreaterThan(0);
  });

  test.each(UNITS)("what is right on one side is not right: %s, %s, %s", (...names) => {
    for (const [kink, wrong] of [
      ["relu(z)", "partial(L, a)"],
      ["abs(z)", "partial(L, a)"],
      ["abs(z)", "-partial(L, a)"],
    ] as const) {
      const system = unit(...names, kink);
      const witness = new Witness(system);
      expect(witness.judge(stated(system, "partial(L, z)", wrong)).verdict).toBe("different");
    }
  });

  test.each(UNITS)("nor is a claim with a sign about a system without: %s, %s, %s", (...names) => {
    const system = unit(...names, "z");
    expect(new Witness(system).judge(stated(system, "a", "abs(z)")).verdict).toBe("different");
  });

  test("two units, of which both have to be active, and three", () => {
    for (const count of [2, 3]) {
      const units = Array.from({ length: count }, (_, i) => i);
      const system = readSystem(
        [
          "h_0: 1 data",
          ...units.flatMap(i => [`h_${i + 1}: 1`, `w_${i}: 1 parameter`]),
          "L: 1",
          ...units.map(i => `h_${i + 1} = relu(w_${i} * h_${i})`),
          `L = h_${count}^2`,
          "objective L",
        ].join("\n"),
      );
      const witness = new Witness(system);
      const judged = witness.judge(stated(system, "partial(L, w_0)", `2 * partial(L, w_0)`));
      expect(judged.verdict).toBe("different");
    }
  });

  test.each(UNITS)("a derivation that forgets the other side is refused: %s, %s, %s", (...names) => {
    const right = derive(unit(...names));
    const symbols = new Map([...right.system.symbols].map(([name, { node }]) => [name, node]));
    const value = readTerm("partial(L, a)", { symbols, functions: right.system.functions });
    const wrong: Derivation = {
      ...right,
      gradients: right.gradients.map(gradient =>
        gradient.wrt.kind === "symbol" && gradient.wrt.name === "z"
          ? {
              ...gradient,
              pieces: gradient.pieces.map(piece => ({ ...piece, value, steps: [] })),
              contributions: gradient.contributions.map(each => ({ ...each, value, steps: [] })),
            }
          : gradient,
      ),
    };
    expect(checkDerivation(right)).toMatchObject({ verdict: "agrees", certificate: { signs: SIGN_DRAWS } });
    expect(checkDerivation(wrong).verdict).toBe("disagrees");
  });
});

describe("samples", () => {
  const planned = (system: System) => samplesOf(system, 5, {});

  test("are as they were where no sign decides", () => {
    const samples = planned(readSystem(RNN));
    expect(drawnOften(programOf(readSystem(RNN)), samples)).toEqual({ samples });
  });

  test("are more for numbers than for arrays, which have a sign for each entry", () => {
    const layer = readSystem(`
      W: m n parameter
      x: n data
      h: m
      L: 1
      h = relu(W * x)
      L = squarednorm(h)
      objective L
    `);
    const samples = planned(layer);
    const drawn = drawnOften(programOf(layer), samples);
    const rows = samples.map(({ sizes }) => sizes.get("m") as number);
    // The last sample, at which single lines are looked at too, stays the last.
    expect(drawn.samples.slice(-samples.length)).toEqual(samples);
    expect(drawn.samples.length).toBeGreaterThan(samples.length);
    expect(drawn.samples.length).toBeLessThan(SIGN_DRAWS);
    expect(drawn.signs).toBe(drawn.samples.reduce((sum, { sizes }) => sum + (sizes.get("m") as number), 0));
    expect((drawn.signs as number) - Math.max(...rows)).toBeLessThan(SIGN_DRAWS);
  });

  test("count the equation with the fewest signs", () => {
    const hinge = readSystem(`
      W: m n parameter
      x: n data
      h: m
      s: 1
      L: 1
      h = relu(W * x)
      s = total(h)
      L = relu(1 - s)
      objective L
    `);
    const drawn = drawnOften(programOf(hinge), planned(hinge));
    expect(drawn).toMatchObject({ signs: SIGN_DRAWS });
    expect(drawn.samples.length).toBe(SIGN_DRAWS);
  });

  test("of a recurrent net are enough without more", () => {
    const net = readSystem(RNN.replace("function phi elementwise", "").replaceAll("phi(", "relu("));
    const samples = planned(net);
    const drawn = drawnOften(programOf(net), samples);
    expect(drawn.samples).toEqual(samples);
    expect(drawn.signs).toBeGreaterThan(SIGN_DRAWS);
  });

  test("are as many for labels, which are one of several classes", () => {
    const labels = (distribution: "label" | "row labels", shape: string): System => {
      const system = readSystem(`y: ${shape} label\nL: 1\nL = squarednorm(y)\nobjective L`);
      const symbols = new Map(
        [...system.symbols].map(([name, entry]) => [name, name === "y" ? { ...entry, distribution } : entry]),
      );
      return { ...system, symbols };
    };
    const one = labels("label", "n");
    expect(drawnOften(programOf(one), planned(one)).samples.length).toBe(SIGN_DRAWS);
    const rows = labels("row labels", "m n");
    const drawn = drawnOften(programOf(rows), planned(rows)).samples;
    expect(drawn.length).toBeLessThan(SIGN_DRAWS);
    expect(drawn.reduce((sum, { sizes }) => sum + (sizes.get("m") as number), 0)).toBeGreaterThanOrEqual(SIGN_DRAWS);
    expect(drawnOften(programOf(one), planned(one)).signs).toBeUndefined();
  });

  test("are repeated with other seeds, the last sizes first", () => {
    const samples = planned(unit("w", "x", "b"));
    const all = repeated(samples, 20);
    expect(all.length).toBe(20);
    expect(all.slice(-samples.length)).toEqual(samples);
    expect(all[0]?.sizes).toBe(samples.at(-1)?.sizes);
    expect(all[1]?.sizes).toBe(samples.at(-2)?.sizes);
    expect(new Set(all.map(({ seed }) => seed)).size).toBe(20);
    expect(repeated([], 3)).toEqual([]);
  });
});
