import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

/** What is said of the equations of the last display. */
const lastOf = async (note: string, claim: string): Promise<readonly EquationReport[]> => {
  const text = `${note}\n\n## Backward pass\n\n$$\n${claim}\n$$\n`;
  const { equations } = checkNote(await readNote(text), { language: "en" });
  return equations.filter(({ span }) => span.start >= text.lastIndexOf("## Backward"));
};
const verdictsOf = async (note: string, claim: string): Promise<readonly string[]> =>
  (await lastOf(note, claim)).map(outcomeOf);

const GATE = String.raw`$x_t \in \mathbb{R}^{n}$, $U, V \in \mathbb{R}^{n \times n}$, $\sigma$ works elementwise, $t = 1, \ldots, T$.

$$g_t = \sigma(U x_t + V s_{t-1})$$

$$s_t = g_t \odot s_{t-1} + x_t$$

$$L = \sum_{t=1}^T \ell(s_t)$$`;

describe("errors by the unnamed input of a gate, with derivatives by its output", () => {
  test.each([
    ["both at once", String.raw`\delta_{g_t} = \delta_{s_t} \odot s_{t-1} \odot \sigma'(g_t)`, "convention"],
    ["the plain reading", String.raw`\delta_{g_t} = \delta_{s_t} \odot s_{t-1}`, "holds"],
    ["a factor lost", String.raw`\delta_{g_t} = \delta_{s_t} \odot \sigma'(g_t)`, "wrong"],
    [
      "the output of another time",
      String.raw`\delta_{g_t} = \delta_{s_t} \odot s_{t-1} \odot \sigma'(g_{t-1})`,
      "holds-under",
    ],
  ])("%s", async (_, claim, verdict) => expect(await verdictsOf(GATE, claim)).toEqual([verdict]));

  test("what has a name is no unnamed input", async () => {
    const named = GATE.replace(
      String.raw`$$g_t = \sigma(U x_t + V s_{t-1})$$`,
      String.raw`$$a_t = U x_t + V s_{t-1}$$

$$g_t = \sigma(a_t)$$`,
    );
    const claim = String.raw`\frac{\partial L}{\partial a_t} = \frac{\partial L}{\partial g_t} \odot \sigma'(g_t)`;
    expect(["wrong", "holds-under"]).toContain((await verdictsOf(named, claim))[0]);
  });
});

const SCALE = String.raw`All names are scalars, $i = 1, \ldots, m$.

$$y_i = \gamma x_i + \beta$$

$$L = \sum_{i=1}^m \ell(y_i)$$`;

describe("errors by inputs that only the claim names", () => {
  test.each([
    ["a right one", String.raw`\delta_{a_{gt}} = \delta_{g_t} \odot \sigma'(U x_t + V s_{t-1})`, ["convention"]],
    ["one that is not right so", String.raw`\delta_{a_{gt}} = \delta_{g_t}`, ["cannot-tell"]],
    [
      "in a sum whose summand is named",
      String.raw`d_U = \sum_{t=1}^T d_{U,t} = \sum_{t=1}^T \delta_{a_{gt}} x_t^\top`,
      ["definition", "convention"],
    ],
    [
      "a wrong one in such a sum",
      String.raw`d_U = \sum_{t=1}^T d_{U,t} = \sum_{t=1}^T \delta_{a_{gt}} s_t^\top`,
      ["definition", "cannot-tell"],
    ],
  ])("%s", async (_, claim, verdicts) => expect(await verdictsOf(GATE, claim)).toEqual(verdicts));
});

test("what is not right for a guessed input is shown as it was read", async () => {
  const [report] = await lastOf(GATE, String.raw`\delta_{a_{gt}} = \delta_{g_t}`);
  expect(report?.readAs).toMatch(/= \\frac\{\\partial L\}\{\\partial g_t\}$/u);
});

describe("an index that is summed without saying so", () => {
  test.each([
    [
      "a derivative by itself is no path",
      String.raw`\frac{\partial L}{\partial \beta} = \frac{\partial L}{\partial y_i}`,
      "wrong",
    ],
    [
      "the chain rule along a path",
      String.raw`\frac{\partial L}{\partial \gamma} = \frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial \gamma}`,
      "convention",
    ],
    ["a formula", String.raw`\frac{\partial L}{\partial \gamma} = \frac{\partial L}{\partial y_i} x_i`, "wrong"],
    ["an increment", String.raw`d\gamma = dy_i\, x_i`, "cannot-tell"],
    [
      "another path",
      String.raw`\frac{\partial L}{\partial \gamma} = \frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial \beta}`,
      "wrong",
    ],
  ])("%s", async (_, claim, verdict) => expect(await verdictsOf(SCALE, claim)).toEqual([verdict]));
});

const LAYER = String.raw`$X \in \mathbb{R}^{d \times m}$, $W \in \mathbb{R}^{h \times d}$, $\phi$ works elementwise.

$$Z = W X$$

$$A = \phi(Z)$$`;

describe("a loss that the note leaves out", () => {
  test.each([
    ["the sum over samples", String.raw`dW = dZ\, X^\top`, "holds"],
    ["the mean over samples", String.raw`dW = \frac{1}{m} dZ\, X^\top`, "convention"],
    ["another factor", String.raw`dW = 2\, dZ\, X^\top`, "wrong"],
  ])("%s", async (_, claim, verdict) => expect(await verdictsOf(LAYER, claim)).toEqual([verdict]));

  test("where it is written, the mean is wrong", async () => {
    const note = `${LAYER}\n\n${String.raw`$$L = \ell(A)$$`}`;
    expect(await verdictsOf(note, String.raw`dW = \frac{1}{m} dZ\, X^\top`)).toEqual(["wrong"]);
  });
});

describe("names", () => {
  test.each([
    [
      "the value at one index is not the family's",
      String.raw`\epsilon_T = 0 $$ $$ \frac{\partial L}{\partial s_t} = 2 \epsilon_t`,
      ["definition", "cannot-tell"],
    ],
    [
      "a bar over a gradient is not the gradient",
      String.raw`\mathbf{dU} = \mathbf{dU} - \bar{\mathbf{dU}}`,
      ["cannot-tell"],
    ],
    ["a line of code", "dU = np.einsum(d s_t, axis=1)", ["unreadable"]],
    [
      "the chain rule itself",
      String.raw`\frac{\partial P}{\partial M} = \text{prod}\left(\frac{\partial P}{\partial N}, \frac{\partial N}{\partial M}\right)`,
      ["definition"],
    ],
  ])("%s", async (_, claim, verdicts) => expect(await verdictsOf(GATE, claim)).toEqual(verdicts));
});

test("what is right by the other of two definitions", async () => {
  const note = String.raw`$p, w \in \mathbb{R}^{d}$, $M \in \mathbb{R}^{d \times d}$.

$$q = p$$

or

$$q = M p$$

$$L = w^\top q$$`;
  expect(await verdictsOf(note, String.raw`\frac{\partial L}{\partial p} = M^\top w`)).toEqual(["convention"]);
  expect(await verdictsOf(note, String.raw`\frac{\partial L}{\partial p} = 2 w`)).toEqual(["wrong"]);
});

test("what is right in another layout reads as it says there, beside ours as nothing that it says", async () => {
  const rows = String.raw`\frac{\partial L}{\partial x} = \frac{\partial L}{\partial z} W`;
  const note = String.raw`$x \in \mathbb{R}^{d}$, $W \in \mathbb{R}^{n \times d}$.

$$z = W x$$

$$L = \ell(z)$$`;
  const [alone] = await lastOf(note, rows);
  expect(alone?.verdict).toBe("convention");
  expect(alone?.readAs).toBe(
    String.raw`\left(\frac{\partial L}{\partial x}\right)^\top = \left(\frac{\partial L}{\partial z}\right)^\top W`,
  );
  expect(alone?.stated).toBeDefined();
  const [beside] = await lastOf(
    note,
    String.raw`${rows} $$ $$ \frac{\partial L}{\partial W} = \frac{\partial L}{\partial z} x^\top`,
  );
  expect([beside?.verdict, beside?.readAs, beside?.stated]).toEqual(["wrong", undefined, undefined]);
});

test("a number that is said to be symmetric has nothing that varies in pairs", async () => {
  const note = String.raw`$x \in \mathbb{R}^{n}$, where $\rho \in \mathbb{R}$ is symmetric.

$$u = \rho x$$

$$L = m(u)$$`;
  expect(await verdictsOf(note, String.raw`\frac{\partial u}{\partial \rho} = 2 x`)).toEqual(["wrong"]);
  expect(await verdictsOf(note, String.raw`\frac{\partial u}{\partial \rho} = x`)).toEqual(["holds"]);
});
