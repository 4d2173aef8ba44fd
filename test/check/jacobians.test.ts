import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport, Verdict } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";

/** What is said of one claim behind forward equations and words. */
const said = async (forward: string, claim: string): Promise<EquationReport> => {
  const { equations } = checkNote(await readNote(`${forward}\n\n$$${claim}$$\n`), { language: "en" });
  return equations.at(-1) as EquationReport;
};

const RIGHT: ReadonlySet<Verdict> = new Set(["proved", "holds", "convention", "repaired"]);

const STATES = String.raw`# States

For $t = 1, \ldots, T$ the input is $x_t \in \mathbb{R}^d$, the state $h_t \in \mathbb{R}^n$, and $w_h \in \mathbb{R}^p$, $w_o \in \mathbb{R}^k$
are parameters. The outputs are $o_t \in \mathbb{R}^m$, and the labels $y_t \in \mathbb{R}^m$.

$$h_t = f(x_t, h_{t-1}, w_h)$$

$$o_t = g(h_t, w_o)$$

$$L = \sum_{t=1}^T \ell(y_t, o_t)$$`;

const f = (j: string): string => `f(x_{${j}}, h_{${j}-1}, w_h)`;
const byState = (j: string): string => String.raw`\frac{\partial ${f(j)}}{\partial h_{${j}-1}}`;
const byWeight = (j: string): string => String.raw`\frac{\partial ${f(j)}}{\partial w_h}`;
const TOTAL = String.raw`\frac{\partial h_t}{\partial w_h}`;
const BEFORE = String.raw`\frac{\partial h_{t-1}}{\partial w_h}`;

describe("Jacobians of an abstract function of vectors", () => {
  test.each([
    ["the total derivative", `${TOTAL} = ${byWeight("t")} + ${byState("t")} ${BEFORE}`, "holds"],
    [
      "its unrolled form, the order of the factors left open",
      String.raw`${TOTAL} = ${byWeight("t")} + \sum_{i=1}^{t-1} \left(\prod_{j=i+1}^{t} ${byState("j")}\right) ${byWeight("i")}`,
      "convention",
    ],
    [
      "the gradient through everything between, as rows",
      String.raw`\frac{\partial L}{\partial w_h} = \sum_{t=1}^T \frac{\partial \ell(y_t, o_t)}{\partial o_t} \frac{\partial g(h_t, w_o)}{\partial h_t} ${TOTAL}`,
      "convention",
    ],
    [
      "the derivative of an expression by what is none of its arguments",
      String.raw`\frac{\partial L}{\partial w_h} = \sum_{t=1}^T \frac{\partial \ell(y_t, o_t)}{\partial w_h}`,
      "holds",
    ],
    [
      "the argument by its letter alone",
      String.raw`${TOTAL} = ${byWeight("t")} + \partial_h ${f("t")} ${BEFORE}`,
      "holds",
    ],
    [
      "a parameter without its subscript",
      String.raw`${TOTAL} = \partial_{w_h} f(x_t, h_{t-1}, w) + ${byState("t")} ${BEFORE}`,
      "repaired",
    ],
  ] as const)("%s is right", async (_, claim, verdict) => {
    const found = await said(STATES, claim);
    expect([found.verdict, found.because]).toEqual([verdict, expect.any(String)]);
  });

  test.each([
    ["the state's own part is left out", `${TOTAL} = ${byState("t")} ${BEFORE}`],
    ["taken at the step before", `${TOTAL} = ${byWeight("t")} + ${byState("t-1")} ${BEFORE}`],
    ["a part too many", `${TOTAL} = ${byWeight("t")} + ${byWeight("t")} + ${byState("t")} ${BEFORE}`],
    [
      "the product begins too early",
      String.raw`${TOTAL} = \sum_{i=1}^{t} \left(\prod_{j=i}^{t} ${byState("j")}\right) ${byWeight("i")}`,
    ],
    [
      "another variable among the arguments",
      String.raw`\frac{\partial L}{\partial w_h} = \sum_{t=1}^T \frac{\partial \ell(y_t, h_t)}{\partial w_h}`,
    ],
  ])("wrong where %s", async (_, claim) => {
    const { verdict } = await said(STATES, claim);
    expect(RIGHT.has(verdict)).toBe(false);
  });

  test("a wrong argument is wrong also where no shape is given, for it is so of numbers", async () => {
    const bare = String.raw`# Bare

For $t = 1, \ldots, T$:

$$h_t = f(x_t, h_{t-1}, w_h)$$

$$o_t = g(h_t, w_o)$$

$$L = \sum_{t=1}^T \ell(y_t, o_t)$$`;
    const claim = (weight: string): string =>
      String.raw`\frac{\partial L}{\partial w_h} = \sum_{t=1}^T \frac{\partial \ell(y_t, o_t)}{\partial o_t} \frac{\partial g(h_t, ${weight})}{\partial h_t} ${TOTAL}`;
    expect((await said(bare, claim("w_o"))).verdict).toBe("convention");
    expect((await said(bare, claim("w_h"))).verdict).toBe("wrong");
  });
});

const LINEAR = String.raw`# Linear states

For $t = 1, \ldots, T$ the input is $x_t \in \mathbb{R}^d$, the state $h_t \in \mathbb{R}^n$, the output $o_t \in \mathbb{R}^m$ and its label
$y_t \in \mathbb{R}^m$; $W \in \mathbb{R}^{n \times n}$, $U \in \mathbb{R}^{n \times d}$ and $V \in \mathbb{R}^{m \times n}$.

$$h_t = U x_t + W h_{t-1}$$

$$o_t = V h_t$$

$$L = \sum_{t=1}^T \ell(o_t, y_t)$$`;

describe("states a number of steps apart", () => {
  const apart = String.raw`\frac{\partial h_t}{\partial h_{t-m}}`;
  const step = (later: string, earlier: string): string =>
    String.raw`\frac{\partial h_{${later}}}{\partial h_{${earlier}}}`;
  test.each([
    ["a power", `${apart} = W^m`, true],
    ["a power too many", `${apart} = W^{m+1}`, false],
    ["of another matrix", `${apart} = (W + W)^m`, false],
    ["factors left out", String.raw`${apart} = ${step("t", "t-1")} \cdots ${step("t-m+1", "t-m")}`, true],
    [
      "two of them written",
      String.raw`${apart} = ${step("t", "t-1")} ${step("t-1", "t-2")} \cdots ${step("t-m+1", "t-m")}`,
      true,
    ],
    ["one factor short", String.raw`${apart} = ${step("t", "t-1")} \cdots ${step("t-m+2", "t-m+1")}`, false],
    [
      "factors that do not meet",
      String.raw`${apart} = ${step("t", "t-1")} ${step("t-2", "t-3")} \cdots ${step("t-m+1", "t-m")}`,
      false,
    ],
  ] as const)("%s", async (_, claim, right) => {
    const { verdict } = await said(LINEAR, claim);
    expect([RIGHT.has(verdict), verdict]).toEqual([right, verdict]);
  });
});

describe("derivatives with more than two axes", () => {
  const by = (W: string): string => String.raw`\frac{\partial h_t}{\partial ${W}}`;
  test.each([
    ["by what they do to a gradient", String.raw`${by("U")} = \sum_{j=1}^t (W^\top)^{t-j} x_j`, "convention"],
    ["the same transposed", String.raw`${by("U")} = \sum_{j=1}^t W^{t-j} x_j`, "convention"],
    ["of a state's own weights", String.raw`${by("W")} = \sum_{j=1}^t (W^\top)^{t-j} h_{j-1}`, "convention"],
    ["at another step", String.raw`${by("W")} = \sum_{j=1}^t (W^\top)^{t-j} h_j`, "wrong"],
    ["with a power too many", String.raw`${by("U")} = \sum_{j=1}^t (W^\top)^{t-j+1} x_j`, "wrong"],
    [
      "beside the gradient, through one equation each",
      String.raw`\frac{\partial L}{\partial U} = \sum_{t=1}^T \frac{\partial L}{\partial h_t} \frac{\partial h_t}{\partial U}`,
      "proved",
    ],
    [
      "beside the gradient of another step",
      String.raw`\frac{\partial L}{\partial U} = \sum_{t=1}^{T-1} \frac{\partial L}{\partial h_{t+1}} \frac{\partial h_t}{\partial U}`,
      "wrong",
    ],
  ] as const)("%s", async (_, claim, verdict) => {
    expect((await said(LINEAR, claim)).verdict).toBe(verdict);
  });

  test("prod of two arrays is the product that the shapes ask for", async () => {
    const claim = (h: string): string =>
      String.raw`\frac{\partial L}{\partial V} = \sum_{t=1}^T \operatorname{prod}\left(\frac{\partial \ell(o_t, y_t)}{\partial o_t}, ${h}\right)`;
    expect((await said(LINEAR, claim("h_t"))).verdict).toBe("holds");
    expect((await said(LINEAR, claim("h_{t-1}"))).verdict).toBe("wrong");
  });

  test("what is written out for three steps is right for three", async () => {
    const part = (t: number): string => String.raw`\frac{\partial L}{\partial h_${t}} x_${t}^\top`;
    const right = await said(LINEAR, String.raw`\frac{\partial L}{\partial U} = ${part(1)} + ${part(2)} + ${part(3)}`);
    expect([right.verdict, right.because]).toEqual(["convention", expect.stringContaining("T = 3")]);
    const wrong = await said(LINEAR, String.raw`\frac{\partial L}{\partial U} = ${part(1)} + ${part(3)}`);
    expect(wrong.verdict).toBe("wrong");
  });
});
