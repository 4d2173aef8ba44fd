import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inNumeratorLayout } from "../../src/derive/numerator.ts";
import { type CheckedDerivation, derive, readNote, toDocument } from "../../src/index.ts";
import { call } from "../../src/ops/call.ts";
import { readSystem } from "../../src/term/system.ts";
import { MLP, RNN } from "../systems/rnn.ts";
import { violations } from "./schema.ts";

const SCHEMA = JSON.parse(readFileSync(new URL("../../schemas/derive.schema.json", import.meta.url), "utf8"));

const derived = (text: string): CheckedDerivation => {
  const result = derive(readSystem(text), { check: { longest: 3, assignments: 1 } });
  if (!result.ok) throw new Error("not derived");
  return result.value;
};

describe("numerator layout", () => {
  const rnn = derived(RNN);

  test("writes rows and reverses products, without a transpose around the whole", async () => {
    const text = await toDocument([rnn], { layout: "numerator" });
    expect(text).toContain("numerator layout");
    expect(text).toContain(
      "\\left(\\frac{\\partial L}{\\partial h_{t+1}} \\odot \\phi'(z_{t+1})^\\top\\right) W_{hh} + \\frac{\\partial L}{\\partial o_t} W_{yh}",
    );
    expect(text).toContain("\\frac{\\partial L}{\\partial h_{t+1}} \\frac{\\partial h_{t+1}}{\\partial h_t}");
    expect(text).toContain("\\sum_{t=1}^{T} h_t \\frac{\\partial L}{\\partial o_t}");
    expect(text).toContain("(\\operatorname{diag}(\\phi'(z_j)) W_{hh})");
    // Only what is a column by itself is turned: no gradient carries a transpose.
    expect(text).not.toMatch(/\\partial [A-Za-z_{}+1]+\}(?:\\right\))?\^\\top/u);
  });

  test.each([RNN, MLP])("is JSON after the schema, with the shapes of rows", async system => {
    const json = JSON.parse(await toDocument([derived(system)], { layout: "numerator", format: "json" }));
    expect(violations(json, SCHEMA)).toEqual([]);
    expect(json.layout).toBe("numerator");
    const shapes = Object.fromEntries(
      json.systems[0].gradients.map(({ wrt, shape }: { wrt: string; shape: unknown }) => [wrt, shape]),
    );
    if (system === RNN) expect(shapes).toMatchObject({ h_t: ["1", "h"], W_hx: ["d", "h"] });
    else expect(shapes).toMatchObject({ L: [], W_1: ["d", "h"], h: ["1", "h"] });
  });

  test("is checked: a gradient that is wrong before it is turned is noticed", () => {
    const spoiled = {
      ...rnn,
      gradients: rnn.gradients.map(gradient => ({
        ...gradient,
        pieces: gradient.pieces.map(piece => ({ ...piece, value: call("add", [piece.value, piece.value]) })),
      })),
    };
    expect(() => inNumeratorLayout(spoiled)).toThrow("numerator layout is wrong");
  });

  test("is asked for in the front matter", async () => {
    const note = await readNote(
      "---\ngradnote:\n  layout: numerator\n---\n$x \\in \\mathbb{R}^n$\n\n$$f = x^\\top x$$\n",
    );
    expect(note.layout).toBe("numerator");
  });
});
