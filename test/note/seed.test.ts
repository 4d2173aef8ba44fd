import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readNote } from "../../src/note/read.ts";
import { readSystem } from "../../src/term/system.ts";
import { MLP, RNN } from "../systems/rnn.ts";
import { summaryOf } from "./summary.ts";

const noteAt = (name: string): string => readFileSync(`derivations/${name}/note.md`, "utf8");

describe("the seed's notes", () => {
  test("the perceptron is read with all shapes and roles", async () => {
    const { systems, diagnostics } = await readNote(noteAt("seed-mlp"));
    expect(diagnostics).toEqual([]);
    expect(systems.map(summaryOf)).toEqual([summaryOf(readSystem(MLP))]);
  });

  test("the recurrent net is read with a symbolic horizon and an initial state", async () => {
    const { systems, diagnostics } = await readNote(noteAt("seed-rnn"));
    expect(diagnostics).toEqual([]);
    expect(systems.map(summaryOf)).toEqual([summaryOf(readSystem(RNN.replaceAll("phi", "varphi")))]);
  });

  test("layers and times are two indices of one family", async () => {
    const { systems, diagnostics } = await readNote(noteAt("deep-rnn"));
    expect(diagnostics).toEqual([]);
    const expected = readSystem(`
      horizon N T
      function phi elementwise
      function ell(2) -> 1
      U[l]: h h parameter for l = 1..N
      W[l]: h h parameter for l = 1..N
      b[l]: h parameter for l = 1..N
      V: q h parameter
      x[t]: h data for t = 1..T
      y[t]: q label for t = 1..T
      h[l,t]: h for l = 0..N, t = 0..T
      o[t]: q for t = 1..T
      L: 1
      h[l,t] = x[t] for l = 0..0, t = 1..T
      h[l,t] = phi(U[l] * h[l-1,t] + W[l] * h[l,t-1] + b[l]) for l = 1..N, t = 1..T
      o[t] = V * h[N,t] for t = 1..T
      L = (1 / T) * sum(t, 1, T, ell(o[t], y[t]))
    `);
    expect(systems.map(summaryOf)).toEqual([summaryOf(expected)]);
  });
});
