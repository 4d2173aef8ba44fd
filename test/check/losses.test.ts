import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

/** What is said of claims behind forward equations. */
const reportsOf = async (forward: string, ...claims: readonly string[]): Promise<readonly EquationReport[]> => {
  const text = `${forward}\n\n## Backward pass\n\n${claims.map(claim => `$$\n${claim}\n$$`).join("\n\n")}\n`;
  return checkNote(await readNote(text), { language: "en" }).equations.slice(-claims.length);
};

const outcomesOf = async (forward: string, ...claims: readonly string[]): Promise<readonly (string | undefined)[]> =>
  (await reportsOf(forward, ...claims)).map(outcomeOf);

const scored = (words: string): string => String.raw`A net reads $x \in \mathbb{R}^{d}$. ${words}

$$u = A x + b$$

$$p = \mathrm{softmax}(u)$$

$$J = \ell(p, r)$$`;

const regression = (words: string): string => String.raw`A net reads $x \in \mathbb{R}^{d}$. ${words}

$$q = A x + b$$

$$J = \ell(q, r)$$`;

const BY_SCORES = String.raw`\frac{\partial J}{\partial u} = p - r`;
const BY_WEIGHTS = String.raw`\frac{\partial J}{\partial A} = (p - r) x^\top`;
const BY_OUTPUT = String.raw`\frac{\partial J}{\partial q} = q - r`;

describe("a loss that the note leaves open", () => {
  test.each([
    ["the cross-entropy of a softmax", scored(""), BY_SCORES, "convention"],
    ["by a parameter", scored(""), BY_WEIGHTS, "convention"],
    [
      "with the target first",
      scored("").replace(String.raw`\ell(p, r)`, String.raw`\ell(r, p)`),
      BY_SCORES,
      "convention",
    ],
    ["of scores", regression(""), String.raw`\frac{\partial J}{\partial q} = \mathrm{softmax}(q) - r`, "convention"],
    ["half the squared error", regression(""), BY_OUTPUT, "convention"],
    ["the squared error", regression(""), String.raw`\frac{\partial J}{\partial A} = 2 (q - r) x^\top`, "convention"],
    ["the derivative of ℓ itself", regression(""), String.raw`\frac{\partial \ell}{\partial q} = q - r`, "convention"],
    ["a sign", scored(""), String.raw`\frac{\partial J}{\partial u} = r - p`, "wrong"],
    ["a factor", scored(""), String.raw`\frac{\partial J}{\partial u} = 2 (p - r)`, "wrong"],
    ["a factor of an error", regression(""), String.raw`\frac{\partial J}{\partial q} = 3 (q - r)`, "wrong"],
    [
      "right of any loss",
      scored(""),
      String.raw`\frac{\partial J}{\partial A} = \frac{\partial J}{\partial u} x^\top`,
      "holds",
    ],
  ])("%s", async (_, forward, claim, outcome) => expect(await outcomesOf(forward, claim)).toEqual([outcome]));

  test("one loss for all equations", async () => {
    const twice = String.raw`\frac{\partial J}{\partial q} = 2 (q - r)`;
    expect(await outcomesOf(regression(""), BY_OUTPUT, twice)).toEqual(["convention", "wrong"]);
    expect(await outcomesOf(regression(""), twice, BY_OUTPUT)).toEqual(["convention", "wrong"]);
  });

  test("the reason names it", async () => {
    const [found] = await reportsOf(regression(""), BY_OUTPUT);
    expect(found?.because).toBe(
      String.raw`right where \ell is the half squared error; the note does not say which loss it is`,
    );
  });
});

describe("a loss that words name", () => {
  test.each([
    [String.raw`Here $\ell$ is the cross-entropy.`, "convention"],
    [String.raw`Its cross-entropy loss $\ell$ is minimised.`, "convention"],
    [String.raw`We write $\ell$ for the error (one number).`, "convention"],
    [String.raw`$\ell$ 是交叉熵。`, "convention"],
    [String.raw`Here $\ell$ is the mean squared error.`, "wrong"],
    [String.raw`The squared loss $\ell$ is minimised.`, "wrong"],
    [String.raw`$\ell$: hinge loss.`, "wrong"],
  ])("%s", async (words, outcome) => expect(await outcomesOf(scored(words), BY_SCORES)).toEqual([outcome]));

  test("the mean squared error has a factor by the number of entries, or none", async () => {
    const words = String.raw`Here $\ell$ is the mean squared error, $A \in \mathbb{R}^{m \times d}$.`;
    const mean = String.raw`\frac{\partial J}{\partial q} = \frac{2}{m} (q - r)`;
    expect(await outcomesOf(regression(words), mean)).toEqual(["convention"]);
    expect(await outcomesOf(regression(words), BY_OUTPUT)).toEqual(["convention"]);
    expect(await outcomesOf(regression(words), mean.replace("2", "3"))).toEqual(["wrong"]);
  });

  test("the reason is the note's", async () => {
    const [found] = await reportsOf(scored(String.raw`Here $\ell$ is the cross-entropy.`), BY_SCORES);
    expect(found?.because).toBe(
      String.raw`right where \ell is the cross-entropy, as the note may mean; right where the entries of r sum to one, as those of one-hot labels and probabilities do; the note does not say it`,
    );
  });
});
