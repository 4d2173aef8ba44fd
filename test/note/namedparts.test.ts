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

  test("of the entries of a column, where a sum over the places has them", async () => {
    const note = String.raw`$z$ and $y$ have size $m \times 1$, $x$ has size $n \times 1$, $A \in \mathbb{R}^{m \times n}$.

$$L = \sum_{i=1}^{m} \left(\tanh\left(\sum_{j=1}^{n} A_{ij} x_j\right) - y_i\right)^2, \quad z = \tanh(A x)$$`;
    expect(await equationsOf(note)).toEqual(["z = tanh(A * x)", "L = sum(t, 1, m, (entry(z, t) - entry(y, t)).^2)"]);
  });

  test("of entries of something else they are not", async () => {
    const { systems, diagnostics } = await readNote(
      String.raw`$z$ and $y$ have size $n \times 1$, $x$ has size $n \times 1$, $A \in \mathbb{R}^{n \times n}$.

$$L = \sum_{i=1}^{n} \left(\tanh\left(\sum_{j=1}^{n} A_{ji} x_j\right) - y_i\right)^2, \quad z = \tanh(A x)$$`,
    );
    expect(diagnostics.map(({ code }) => code)).toContain("N015");
    expect(systems[0]?.equations.map(({ right }) => showTerm(right)).join()).not.toContain("entry(z");
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
