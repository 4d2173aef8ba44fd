import { describe, expect, test } from "vitest";
import { derive } from "../../src/derive/index.ts";
import { readNote } from "../../src/note/read.ts";
import { differences } from "./oracle.ts";

const note = (sizes: string, formula: string): string => `$u \\in \\mathbb{R}^{${sizes}}$, $w \\in \\mathbb{R}^3$

$$x = \\tanh(a u)$$

For $i = 1, \\dots, m$: $$z_i = ${formula}$$

$$L = \\tfrac12 \\sum_{i=1}^{m} (z_i - y_i)^2$$
`;

describe.each([
  ["convolution in steps of two", "2m+1", "\\sum_{k=1}^{3} w_k x_{2(i-1)+k} + b"],
  ["convolution in steps of three", "3m", "\\sum_{k=1}^{3} w_k x_{3(i-1)+k}"],
  ["the mean of pairs", "2m", "\\frac12 \\sum_{k=1}^{2} x_{2(i-1)+k}"],
  ["the largest of pairs", "2m", "\\max(x_{2i-1}, x_{2i})"],
])("%s", (_, sizes, formula) => {
  test.each([1, 2, 4])("values and gradients for %i windows are those of the evaluator", async m => {
    const { systems, diagnostics } = await readNote(note(sizes, formula));
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const [system] = systems;
    if (!system) throw new Error("no system");
    expect(differences(derive(system), system, { m }, m)).toEqual([]);
  });
});

test("an array that is too short for the last window is refused", async () => {
  const { diagnostics } = await readNote(note("2m", "\\sum_{k=1}^{3} w_k x_{2(i-1)+k} + b"));
  expect(diagnostics.map(({ code }) => code)).toContain("I007");
});
