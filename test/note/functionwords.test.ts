import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "../check/outcome.ts";

const CLAIMS = {
  tanh: String.raw`\frac{\partial J}{\partial u} = (q - r) v \odot (1 - a^2)`,
  logistic: String.raw`\frac{\partial J}{\partial u} = (q - r) v \odot a \odot (1 - a)`,
  relu: String.raw`\frac{\partial J}{\partial u} = (q - r) v \odot 1(u > 0)`,
  identity: String.raw`\frac{\partial J}{\partial u} = (q - r) v`,
} as const;

/** Which of the claims about an activation g are right, of a note with these words. */
const activationSaid = async (words: string, applied = "g"): Promise<readonly string[]> => {
  const note = String.raw`Let $x \in \mathbb{R}^{d}$, $A \in \mathbb{R}^{h \times d}$, $v \in \mathbb{R}^{h}$. ${words}

$$u = A x + b$$

$$a = ${applied}(u)$$

$$q = v^\top a$$

$$J = \frac{1}{2} (q - r)^2$$

## Backward pass

${Object.values(CLAIMS)
  .map(claim => `$$\n${claim}\n$$\n`)
  .join("\n")}`;
  const { equations } = checkNote(await readNote(note), { language: "en" });
  const said = equations.slice(-Object.keys(CLAIMS).length).map(outcomeOf);
  return Object.keys(CLAIMS).filter((_, i) => said[i] === "holds");
};

describe("what formulas say of a function", () => {
  test.each([
    [String.raw`Here $g = \tanh$.`, "tanh"],
    [String.raw`Here $g := \mathrm{sigmoid}$.`, "logistic"],
    [String.raw`Here $g \equiv \text{ReLU}$.`, "relu"],
    [String.raw`Here $g(\cdot) = \max(0, \cdot)$.`, "relu"],
    [String.raw`Here $g(\cdot) = \tanh(\cdot)$.`, "tanh"],
    [String.raw`Here $g = \mathrm{id}$.`, "identity"],
    [String.raw`Here $s(c) = \frac{1}{1 + e^{-c}}$ and $g = s$.`, "logistic"],
    [String.raw`Here $s$ is the logistic function and $g = s$.`, "logistic"],
    [String.raw`Here $g = s$ and $s = \tanh$.`, "tanh"],
  ])("%s", async (words, right) => expect(await activationSaid(words)).toEqual([right]));

  test("with the layer's number", async () => {
    expect(await activationSaid(String.raw`Here $g^{[1]} = \tanh$.`, "g^{[1]}")).toEqual(["tanh"]);
  });
});

describe("what words say of a function", () => {
  test.each([
    [String.raw`Here $g$ is $\tanh$.`, "tanh"],
    [String.raw`We take $\tanh$ for $g$.`, "tanh"],
    [String.raw`Here $g$ is the hyperbolic tangent.`, "tanh"],
    [String.raw`It applies the hyperbolic tangent $g$.`, "tanh"],
    [String.raw`It applies the logistic function $g$.`, "logistic"],
    [String.raw`Let $g$ denote the sigmoid.`, "logistic"],
    [String.raw`$g$: logistic sigmoid`, "logistic"],
    [String.raw`With the ReLU activation $g$.`, "relu"],
    [String.raw`The activation is $g$ (rectified linear).`, "relu"],
    [String.raw`Here $g$ is the identity.`, "identity"],
    [String.raw`sigmoid 函数 $g$`, "logistic"],
    [String.raw`$g$ 是双曲正切`, "tanh"],
  ])("%s", async (words, right) => expect(await activationSaid(words)).toEqual([right]));

  test.each([
    String.raw`Here $g$ is a leaky ReLU.`,
    String.raw`Here $g$ is the hard tanh.`,
    String.raw`Here $g$ is the derivative of the sigmoid.`,
    String.raw`It outputs the mean $g$.`,
    String.raw`The mean function $g$ is smooth.`,
  ])("%s says none of these", async words => expect(await activationSaid(words)).toEqual([]));
});

test("words that fit no function of so many arguments leave it open", async () => {
  const note = String.raw`Here $\ell$ is the mean squared error.

$$q = A x$$

$$J = \ell(q, r)$$`;
  expect((await readNote(note)).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});

describe("words that say what a one-hot vector is of", () => {
  const outcomesOf = async (words: string, claim: string): Promise<string | undefined> => {
    const note = String.raw`Let $u = A x$, $p = \mathrm{softmax}(u)$ and $J = -\log p_c$, where $c$ is the correct class. ${words}

$$${claim}$$
`;
    return checkNote(await readNote(note), { language: "en" })
      .equations.map(outcomeOf)
      .at(-1);
  };
  test.each([
    [String.raw`$r$ is the one-hot vector of $c$.`, String.raw`\frac{\partial J}{\partial u} = p - r`, "holds"],
    [
      String.raw`Let $r$ be a one-hot encoding of the class $c$.`,
      String.raw`\frac{\partial J}{\partial A} = (p - r) x^\top`,
      "holds",
    ],
    [String.raw`$r$ is the one-hot vector of $c$.`, String.raw`\frac{\partial J}{\partial u} = p + r`, "wrong"],
    [String.raw`$r$ is a vector, and so is $u$.`, String.raw`\frac{\partial J}{\partial u} = p - r`, "undefined"],
  ])("%s", async (words, claim, outcome) => expect(await outcomesOf(words, claim)).toBe(outcome));
});
