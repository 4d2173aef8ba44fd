import { describe, expect, test } from "vitest";
import { deriveChecked } from "../../src/derive/checked.ts";
import { contextOf } from "../../src/latex/names.ts";
import { toLatex } from "../../src/latex/print.ts";
import { readNote } from "../../src/note/read.ts";

const FORWARD = String.raw`Let $x_t \in \mathbb{R}^d$, $h_t \in \mathbb{R}^h$, $W \in \mathbb{R}^{h \times d}$, $U \in \mathbb{R}^{h \times h}$.

$$g_t = \tanh(W x_t + U h_{t-1})$$

$$h_t = g_t \odot h_{t-1}$$

$$L = \sum_{t=1}^{T} \|h_t\|^2$$

## Backward pass

`;

const gradientsOf = async (backward: string, putIn: readonly string[] = []) => {
  const note = await readNote(FORWARD + backward);
  const [system] = note.systems;
  if (!system) throw new Error(note.diagnostics.map(({ message }) => message).join("; "));
  const derived = deriveChecked(system, { putIn });
  if (!derived.ok) throw new Error(derived.diagnostics.map(({ message }) => message).join("; "));
  const context = contextOf(derived.value.system, "plain");
  return {
    codes: note.diagnostics.map(({ code }) => code),
    lines: derived.value.gradients.flatMap(({ pieces, isPutIn }) =>
      isPutIn ? [] : pieces.map(({ wrt, value }) => `${toLatex(wrt, context)}: ${toLatex(value, context)}`),
    ),
  };
};

const PULLED = String.raw`\frac{\partial L}{\partial g_t} \odot (1 - g_t \odot g_t)`;

describe("a name that only gradients speak of is what the activation is applied to", () => {
  test.each([
    [String.raw`$$\delta_{a_{gt}} = 0$$`, "a_{gt}"],
    [String.raw`$$\delta_{a_{g_t}} = 0$$`, "a_{g_t}"],
    [String.raw`$$\frac{\partial L}{\partial a_{gt}} = 0$$`, "a_{gt}"],
    [String.raw`$$d_{a_{gt}} = 0$$`, "a_{gt}"],
  ])("%s", async (backward, name) => {
    const { codes, lines } = await gradientsOf(backward);
    expect(codes).toEqual(["N019"]);
    expect(lines).toContain(`${name}: ${PULLED}`);
  });

  test("its index moves apart from the letter before it", async () => {
    const { lines } = await gradientsOf(String.raw`$$\delta_{a_{gt}} = 0$$`);
    expect(lines.some(line => line.includes("a_{g,t+1}"))).toBe(true);
  });

  test.each([
    ["a name that the forward equations have", String.raw`$$\delta_{g_t} = 0$$`],
    ["a subscript that no activation has", String.raw`$$\delta_{a_{ht}} = 0$$`],
    ["a name that nothing is differentiated by", String.raw`$$\delta_{h_t} = a_{gt}$$`],
  ])("not %s", async (_, backward) => {
    const { codes, lines } = await gradientsOf(backward);
    expect(codes).not.toContain("N019");
    expect(lines.some(line => line.startsWith("a_"))).toBe(false);
  });
});

test("a gradient that is put in has no line of its own", async () => {
  const { lines } = await gradientsOf(String.raw`$$\delta_{a_{gt}} = 0$$`, ["g"]);
  expect(lines).toContain(String.raw`a_{gt}: \frac{\partial L}{\partial h_t} \odot h_{t-1} \odot (1 - g_t \odot g_t)`);
  expect(lines.some(line => line.startsWith("g_t"))).toBe(false);
});

test("a gradient that recurs keeps its line", async () => {
  const { lines } = await gradientsOf("", ["h"]);
  expect(lines.some(line => line.startsWith("h_t"))).toBe(true);
});
