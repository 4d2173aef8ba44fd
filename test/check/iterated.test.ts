// Which letters of claims are names of iterations: averages of gradients, and what is made of them.
import { describe, expect, test } from "vitest";
import { iteratedIn } from "../../src/check/iterated.ts";
import { chainsOf } from "../../src/note/claims/chains.ts";
import { readNote } from "../../src/note/read.ts";

const FORWARD = String.raw`$x, w \in \mathbb{R}^{d}$.

$$q = w^\top x$$

$$J = q^2$$`;

/** The letters of w, x, q and J are those of the forward equations. */
const iterated = async (...claims: readonly string[]): Promise<readonly string[]> => {
  const displays = claims.map(claim => `$$${claim}$$\n`).join("\n");
  const { parts } = await readNote(`${FORWARD}\n\n## Backward pass\n\n${displays}`);
  const chains = parts.flatMap(({ definitions, claims: all }) => chainsOf(definitions, all));
  return [...iteratedIn(chains, base => ["w", "x", "q", "J"].includes(base))].sort();
};

describe("a name that its own earlier value gives is one", () => {
  test.each([
    ["the step before", String.raw`m_t = \beta m_{t-1} + g`, ["m"]],
    ["the step itself, for the next", "s_{t+1} = s_t + g", ["s"]],
    ["two steps before", "s_t = s_{t-2} + g", ["s"]],
    ["the same name", String.raw`v = \mu v - g`, ["v"]],
    ["in one of two indices", "u_{t,k} = u_{t-1,k} + g", ["u"]],
    ["beside a superscript", "m_t^{a} = m_{t-1}^{a} + g", ["m"]],
  ])("%s", async (_, claim, letters) => expect(await iterated(claim)).toEqual(letters));
});

describe("no iteration is", () => {
  test.each([
    ["an error, which the step behind it gives", String.raw`\delta_t = \beta \delta_{t+1} + g`],
    ["an error of two indices", "u_{t,k} = u_{t+1,k} + g"],
    ["a name by another letter", "m_t = n_{t-1} + g"],
    ["a member by one of another kind", "m_t = m_{t,1} + g"],
    ["a member at an index that says nothing", "m_t = m_s + g"],
    ["a letter of the forward equations", "w_{t+1} = w_t - g"],
    ["a name in a longer chain", "m_t = m_{t-1} = 0"],
    ["a value that reads none", "m_t = 2 g_t"],
  ])("%s", async (_, claim) => expect(await iterated(claim)).toEqual([]));
});

test("what is made of names of iterations is one too, in whatever order it is said", async () => {
  expect(await iterated("r_t = 2 p_t", "p_t = m_t + g_t", "m_t = m_{t-1} + g_t", "k_t = 2 g_t")).toEqual([
    "m",
    "p",
    "r",
  ]);
});
