// How likely a mistake of the witness is at most.
import { expect, test } from "vitest";
import { derive } from "../../src/derive/index.ts";
import { Bounds } from "../../src/exact/bound.ts";
import { LARGEST_BOUND } from "../../src/exact/degree.ts";
import { Witness } from "../../src/exact/witness.ts";
import { readSystem } from "../../src/term/system.ts";
import { stated } from "../check/stated.ts";
import { RNN } from "../systems/rnn.ts";

const rnn = readSystem(RNN);
const over = (left: string, right: string) => stated(rnn, left, right, ["t", "1", "T"]);
const witness = new Witness(rnn, derive(rnn, { wrt: ["W_hh", "W_yh"] }));
const [OUTPUT, POWER] = [over("o[t]", "W_yh * h[t]"), over("o[t]", `o[t] + ${"inner(o[t], o[t]) * ".repeat(20)}o[t]`)];

test("is small for what the equations of a note come to, and larger with the degree", () => {
  const [small, large] = [OUTPUT, POWER].map(equation => new Bounds(witness).of(equation)) as [number, number];
  expect(small).toBeGreaterThan(0);
  expect(large).toBeGreaterThan(small);
  expect(large).toBeLessThan(LARGEST_BOUND);
});

test("is one of all equations that were asked about, whatever their order", () => {
  const [one, other] = [new Bounds(witness), new Bounds(witness)];
  const first = one.of(OUTPUT);
  const both = one.of(POWER);
  expect(other.of(POWER)).toBe(both);
  expect(other.of(OUTPUT)).toBe(both);
  expect(one.of(OUTPUT)).toBe(both);
  expect(first).toBeLessThan(both);
});

test("is 1 of what has a value nowhere", () => {
  const bounds = new Bounds(witness);
  expect(bounds.of(over("o[t]", "o[t] / (T - T)"))).toBe(1);
  expect(bounds.of(OUTPUT)).toBe(new Bounds(witness).of(OUTPUT));
});
