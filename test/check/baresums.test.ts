import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const judge = async (forward: string, claims: readonly string[]): Promise<readonly (readonly [string, string])[]> => {
  const text = `${forward}\n\n## Backward pass\n${claims.map(claim => `\n$$\n${claim}\n$$\n`).join("")}`;
  const { equations } = checkNote(await readNote(text), { language: "en" });
  return equations.slice(-claims.length).map(report => [outcomeOf(report), report.because]);
};

const RECURRENT = String.raw`All vectors are rows. $u_t$ is $1 \times m$, $s_t$ is $1 \times n$, $t = 1, \ldots, T$.

$$a_t = u_t P + s_{t-1} R + c$$

$$s_t = \tanh(a_t)$$`;

describe("a sum with nothing below it runs over the one index that the left side has not", () => {
  test.each([
    ["over time", String.raw`dc = \sum \delta_{a_t}`, "convention"],
    ["of products", String.raw`dP = \sum u_t^\top \delta_{a_t}`, "convention"],
    ["of what is not the gradient", String.raw`dR = \sum s_t^\top \delta_{a_t}`, "wrong"],
    ["of the wrong sign", String.raw`dc = -\sum \delta_{a_t}`, "wrong"],
    ["of what has no index left", String.raw`d a_t = \sum \delta_{s_t} (1 - s_t^2)`, "wrong"],
  ])("%s", async (_, claim, verdict) => expect((await judge(RECURRENT, [claim]))[0]?.[0]).toBe(verdict));

  test("which is said", async () =>
    expect((await judge(RECURRENT, [String.raw`dc = \sum \delta_{a_t}`]))[0]?.[1]).toMatch(/no index runs over t/u));
});

const BATCH = String.raw`$X \in \mathbb{R}^{k \times m}$, the rows are samples. $P \in \mathbb{R}^{m \times n}$, $c \in \mathbb{R}^{1 \times n}$.

$$A = X P + c$$

$$L = \ell(A)$$`;

describe("or over the samples that a matrix stacks", () => {
  test.each([
    [String.raw`dc = \sum dA`, "convention"],
    [String.raw`dc = \sum A`, "wrong"],
    [String.raw`dc = 2 \sum dA`, "wrong"],
  ])("%s", async (claim, verdict) => expect((await judge(BATCH, [claim]))[0]?.[0]).toBe(verdict));
});

describe("Δ is what one step adds, unless the note adds it up", () => {
  const ONE = String.raw`\Delta P = u_t^\top \delta_{a_t}`;
  test("right at one step", async () => expect((await judge(RECURRENT, [ONE]))[0]?.[0]).toBe("convention"));
  test("not where another such sum is written", async () =>
    expect((await judge(RECURRENT, [String.raw`\Delta R = \sum_t s_{t-1}^\top \delta_{a_t}`, ONE])).at(-1)?.[0]).toBe(
      "cannot-tell",
    ));
  test("not what is wrong when summed", async () =>
    expect((await judge(RECURRENT, [String.raw`\Delta R = s_t^\top \delta_{a_t}`]))[0]?.[0]).toBe("wrong"));
});
