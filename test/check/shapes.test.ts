import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";
import { vectorsIn } from "../../src/note/vectors.ts";

const lastOf = async (note: string, claim: string): Promise<EquationReport | undefined> => {
  const text = `${note}\n\n## Backward pass\n\n$$\n${claim}\n$$\n`;
  const report = checkNote(await readNote(text), { language: "en" }).equations.at(-1);
  // How a right equation is shown to be right is not asked here.
  return report?.verdict === "proved" ? { ...report, verdict: "holds" } : report;
};

const STATE = String.raw`$u_t \in \mathbb{R}^m$, $s_t \in \mathbb{R}^n$, $t = 1, \ldots, T$.

$$a_t = A s_{t-1} + B u_t + c$$

$$s_t = \tanh(a_t)$$

$$v_t = D s_t$$

$$q_t = \mathrm{softmax}(v_t)$$

$$L = -\sum_{t=1}^T \log q_{t, g_t}$$`;

/** A gradient in its variable's shape, which shows the layout that the note keeps to. */
const LAYOUT = String.raw`\frac{\partial L}{\partial D} = \sum_t \frac{\partial L}{\partial v_t} s_t^\top`;
const DISPLAYS = "\n$$\n\n$$\n";

describe("a claim that fits for no shapes that the names may have is wrong, though nothing declares them", () => {
  test.each([
    [
      "a diagonal matrix behind a vector",
      String.raw`\frac{\partial L}{\partial s_t} = A^\top \frac{\partial L}{\partial s_{t+1}} \mathrm{diag}(1 - s_{t+1}^2) + D^\top \frac{\partial L}{\partial v_t}`,
      "wrong",
    ],
    [
      "before it",
      String.raw`\frac{\partial L}{\partial s_t} = A^\top \mathrm{diag}(1 - s_{t+1}^2) \frac{\partial L}{\partial s_{t+1}} + D^\top \frac{\partial L}{\partial v_t}`,
      "holds",
    ],
  ])("%s", async (_, claim, verdict) =>
    expect((await lastOf(STATE, `${LAYOUT}${DISPLAYS}${claim}`))?.verdict).toBe(verdict),
  );

  test.each([
    ["$t = 1, \\ldots, T$.", "cannot-tell"],
    ["The states $s_t$ and the outputs $v_t$ are column vectors, $t = 1, \\ldots, T$.", "wrong"],
    ["对$t = 1, \\ldots, T$，$s_t$和$v_t$是列向量。", "wrong"],
  ])("words tell which shapes are likely: %s", async (words, verdict) => {
    const note = `${words}\n\n${STATE.slice(STATE.indexOf("$$"))}`;
    const [behind, before] = [
      String.raw`\frac{\partial L}{\partial s_t} = A^\top \frac{\partial L}{\partial s_{t+1}} \mathrm{diag}(1 - s_{t+1}^2) + D^\top \frac{\partial L}{\partial v_t}`,
      String.raw`\frac{\partial L}{\partial s_t} = A^\top \mathrm{diag}(1 - s_{t+1}^2) \frac{\partial L}{\partial s_{t+1}} + D^\top \frac{\partial L}{\partial v_t}`,
    ];
    expect((await lastOf(note, `${LAYOUT}${DISPLAYS}${behind}`))?.verdict).toBe(verdict);
    expect((await lastOf(note, `${LAYOUT}${DISPLAYS}${before}`))?.verdict).toBe("holds");
  });

  test("where no gradient shows its layout, it may fit in the other one", async () => {
    const claim = String.raw`\frac{\partial L}{\partial s_t} = A^\top \frac{\partial L}{\partial s_{t+1}} \mathrm{diag}(1 - s_{t+1}^2) + D^\top \frac{\partial L}{\partial v_t}`;
    expect((await lastOf(STATE, claim))?.verdict).toBe("cannot-tell");
  });

  test("one that fits for others is not", async () => {
    const note = "$$y = w x$$\n\n$$L = \\ell(y)$$";
    const claim = String.raw`\frac{\partial L}{\partial w} = \frac{\partial L}{\partial y} x^\top`;
    expect((await lastOf(note, claim))?.verdict).not.toBe("wrong");
  });
});

const GATE = String.raw`$x_t$ is a row of size $1 \times n$, $s_t$ is a row of size $1 \times k$, $t = 1, \ldots, T$. $W$ is $(n + k) \times k$.

$$u_t = [x_t, s_{t-1}] W$$

$$s_t = \tanh(u_t)$$

$$L = \ell(s_T)$$`;

describe("slices in brackets, counted from 0", () => {
  const by = (what: string, slice: string): string =>
    String.raw`\frac{\partial L}{\partial ${what}} = \frac{\partial L}{\partial u_t} W${slice}^\top`;
  test.each([
    ["rows up to a size", by("x_t", "[:n, :]"), "holds"],
    ["up to a size that only shapes tell", by("x_t", String.raw`[:\text{in}, :]`), "holds"],
    ["from it on", by("s_{t-1}", "[n:, :]"), "holds"],
    ["from it on, the size told by shapes", by("s_{t-1}", String.raw`[\text{in}:, :]`), "holds"],
    ["columns", by("x_t", "[:, :n]"), "wrong"],
    ["columns up to a size that no shapes tell", by("x_t", String.raw`[:, :\text{in}]`), "wrong"],
    ["the other block", by("x_t", "[k:, :]"), "wrong"],
  ])("%s", async (_, claim, verdict) => expect((await lastOf(GATE, claim))?.verdict).toBe(verdict));

  test("a size that nothing tells is said to be so", async () => {
    const claim = String.raw`W[a:b, :] W[a:b, :]^\top = W[a:b, :] W[a:b, :]^\top`;
    expect(await lastOf(GATE, claim)).toMatchObject({ verdict: "unreadable", because: "nothing says what a is" });
  });
});

describe("words that say which way all vectors lie", () => {
  const net = (words: string): string => `${words}

$$g_t = \\sigma([u_t, s_{t-1}] W + b)$$

$$s_t = g_t \\odot s_{t-1} + g_t$$

$$L = \\ell(s_T)$$`;
  const by = (slice: string): string =>
    String.raw`\frac{\partial L}{\partial u_t} = (\frac{\partial L}{\partial g_t} \odot \sigma'([u_t, s_{t-1}] W + b)) W${slice}^\top`;

  test.each([
    ["rows", "All vectors are rows.", "[:, :\\text{in}]", ["wrong"]],
    ["rows, the right slice", "All vectors are rows.", "[:\\text{in}, :]", ["holds"]],
  ])("%s", async (_, words, slice, verdicts) =>
    expect(verdicts).toContain((await lastOf(net(words), by(slice)))?.verdict),
  );

  test.each([
    ["All vectors are row vectors.", ["rows"]],
    ["Everything here is written as columns:", ["columns"]],
    ["向量均为列向量。", ["columns"]],
    ["всё по строкам.", ["rows"]],
    ["each row of X is a sample, and all entries are positive", []],
    ["all samples are rows of X", []],
  ])("%s", (text, said) => expect(vectorsIn(text)).toEqual(said));
});

describe("where shapes do not fit, the right form is derived for the left side", () => {
  const note = String.raw`$U \in \mathbb{R}^{n \times k}$, $V \in \mathbb{R}^{m \times k}$, $R \in \mathbb{R}^{n \times m}$.

$$E = R - U V^\top$$

$$L = \frac12 \|E\|_F^2$$`;
  test.each([
    ["inside the right side", String.raw`\frac{\partial L}{\partial V} = -E U`],
    ["between the sides", String.raw`\frac{\partial L}{\partial V} = -E V`],
  ])("%s", async (_, claim) => {
    const report = await lastOf(note, claim);
    expect(report?.verdict).toBe("wrong");
    const right = report?.mended?.latex ?? "";
    expect((await lastOf(note, right))?.verdict).toBe("holds");
  });
});
