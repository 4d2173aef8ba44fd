import { describe, expect, test } from "vitest";
import { readNote } from "../../src/note/read.ts";
import { showTerm } from "../../src/term/show.ts";

const equationsOf = async (note: string): Promise<readonly string[]> => {
  const { systems, diagnostics } = await readNote(note);
  expect(diagnostics.filter(({ severity }) => severity !== "information")).toEqual([]);
  return systems.flatMap(system => system.equations.map(({ left, right }) => `${showTerm(left)} = ${showTerm(right)}`));
};

describe("names of parts of equations", () => {
  test("are read where the part stands, spelled in another way or not", async () => {
    const note = String.raw`$Q, K, V \in \mathbb{R}^{n \times d}$, softmax over rows.

$$A = \mathrm{softmax}\left(\frac{Q K^T}{\sqrt{d}}\right), \quad O = A V, \quad L = \ell(O)$$

Let $S = Q K^T / \sqrt d$.`;
    const equations = await equationsOf(note);
    expect(equations[0]).toMatch(/^S = /u);
    expect(equations[1]).toBe("A = rows(softmax, S)");
  });

  test("of every member of a family", async () => {
    const note = String.raw`$x_t \in \mathbb{R}^{k}$.

$$h_t = \tanh(U x_t + W h_{t-1}), \quad L = \sum_{t=1}^T \ell(h_t)$$

where $a_t = W h_{t-1} + U x_t$ for $t = 1, \ldots, T$.`;
    expect(await equationsOf(note)).toContain("h[t] = tanh(a[t])");
  });

  test("something else stays apart, with a warning", async () => {
    const { systems, diagnostics } = await readNote(
      String.raw`$$h = \tanh(W x + b), \quad L = \ell(h)$$

Let $s = W x - b$.`,
    );
    expect(diagnostics.map(({ code }) => code)).toContain("N015");
    expect(systems[0]?.equations.map(({ right }) => showTerm(right))).toContain("tanh(W * x + b)");
  });
});
