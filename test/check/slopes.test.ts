import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const NOTE = String.raw`$W \in \mathbb{R}^{h \times d}$, $x \in \mathbb{R}^{d}$. $\sigma(u) = \frac{1}{1+e^{-u}}$.

$$a = W x$$

$$h = \sigma(a)$$

$$L = \frac{1}{2}\sum_{i=1}^h h_i^2$$

$$r = \sigma(W x + x_1)$$

## Backward pass
`;

const verdictsOf = async (...claims: readonly string[]): Promise<readonly (string | undefined)[]> =>
  checkNote(await readNote(`${NOTE}\n${claims.map(claim => `$$${claim}$$\n`).join("\n")}`), { language: "en" })
    .equations.slice(-claims.length)
    .map(outcomeOf);

const verdictOf = async (claim: string): Promise<string | undefined> => (await verdictsOf(claim))[0];

describe("what is said of a function by the letter of its formula, which no equation names", () => {
  test.each([
    ["a prime", String.raw`\sigma'(u) = \sigma(u) (1 - \sigma(u))`, "holds"],
    ["a sign", String.raw`\sigma'(u) = \sigma(u) (1 + \sigma(u))`, "wrong"],
    ["a quotient", String.raw`\frac{d\sigma}{du} = \frac{e^{-u}}{(1 + e^{-u})^2}`, "holds"],
    ["a power that lacks", String.raw`\frac{\partial \sigma}{\partial u} = \frac{e^{-u}}{1 + e^{-u}}`, "wrong"],
    [
      "an exponent with the wrong sign",
      String.raw`\frac{\partial \sigma}{\partial u} = -(1 + e^{-u})^2 (-e^{-u})`,
      "wrong",
    ],
    ["with its argument", String.raw`\frac{\partial \sigma(u)}{\partial u} = \sigma(u) (1 - \sigma(u))`, "holds"],
    [
      "by a name of the forward equations",
      String.raw`\frac{\partial \sigma}{\partial a} = \sigma(a) (1 - \sigma(a))`,
      "holds",
    ],
  ])("%s", async (_, claim, verdict) => expect(await verdictOf(claim)).toBe(verdict));

  test("the loss by this letter asks for something else: nothing is said", async () => {
    expect(await verdictOf(String.raw`\frac{\partial L}{\partial u} = h \odot h \odot (1 - h)`)).toBe("cannot-tell");
  });
});

describe("letters that only claims have count entries where several names have them", () => {
  test.each([
    ["right", String.raw`\frac{\partial L}{\partial W_{pq}} = h_p^2 (1 - h_p) x_q`, "holds"],
    ["the other row", String.raw`\frac{\partial L}{\partial W_{pq}} = h_q^2 (1 - h_q) x_p`, "wrong"],
  ])("%s", async (_, claim, verdict) => expect(await verdictOf(claim)).toBe(verdict));
});

describe("what may be meant otherwise is not called wrong", () => {
  test("names with a subscript beside the same names without", async () => {
    const claims = [
      String.raw`\frac{\partial L}{\partial W_o} = (h \odot h \odot (1 - h)) x^\top`,
      String.raw`\frac{\partial L}{\partial x_o} = W^\top (h \odot h \odot (1 - h))`,
    ];
    expect(await verdictsOf(...claims)).toEqual(["cannot-tell", "cannot-tell"]);
  });

  test("the slope of a function with a kink, for some numbers", async () => {
    const note = String.raw`$g(s) = \max(0, s)$, $x \in \mathbb{R}^d$.

$$v = g(x)$$

$$L = \frac{1}{2} \|v\|^2$$

## Backward pass

$$g'(s) = 1 \text{ if } s > 0$$
`;
    expect(outcomeOf(checkNote(await readNote(note), { language: "en" }).equations.at(-1))).toBe("cannot-tell");
  });
});

describe("what the loss does not depend on has a value all the same", () => {
  test.each([
    ["right", String.raw`\frac{\partial L}{\partial a} = \sigma(a) \odot (h + r - r) \odot (1 - h)`, "holds"],
    ["wrong", String.raw`\frac{\partial L}{\partial a} = h \odot r \odot (1 - r)`, "wrong"],
  ])("%s", async (_, claim, verdict) => expect(await verdictOf(claim)).toBe(verdict));
});

describe("a function of which the note gives no more than the derivative", () => {
  const open = (activation: string): string =>
    NOTE.replace(/\$\\sigma\(u\).*?\$\./u, "").replaceAll("\\sigma", activation);
  const said = async (activation: string, ...claims: readonly string[]): Promise<readonly (string | undefined)[]> =>
    checkNote(await readNote(`${open(activation)}\n${claims.map(claim => `$$${claim}$$\n`).join("\n")}`), {
      language: "en",
    })
      .equations.slice(-claims.length)
      .map(outcomeOf);
  const BY_TANH = String.raw`\frac{\partial L}{\partial a} = h \odot (1 - h^2)`;
  const BY_LOGISTIC = String.raw`\frac{\partial L}{\partial a} = h \odot h \odot (1 - h)`;

  test.each([
    ["tanh", String.raw`\phi'(z) = 1 - \phi(z)^2`, BY_TANH, BY_LOGISTIC],
    ["the logistic function", String.raw`\phi'(c) = \phi(c) (1 - \phi(c))`, BY_LOGISTIC, BY_TANH],
    [
      "a rectifier",
      String.raw`\phi'(z) = 1(z > 0)`,
      String.raw`\frac{\partial L}{\partial a} = h \odot 1(a > 0)`,
      BY_TANH,
    ],
  ])("is %s", async (_, slope, right, wrong) => {
    expect(await said(String.raw`\phi`, slope, right, wrong)).toEqual(["holds", "holds", "wrong"]);
  });

  test("a derivative of no function that has a name says that it is none", async () => {
    expect(await said(String.raw`\phi`, String.raw`\phi'(z) = 2`)).toEqual(["wrong"]);
  });

  test("the logistic function is no tanh", async () => {
    expect(await said(String.raw`\sigma`, String.raw`\sigma'(z) = 1 - \sigma(z)^2`, BY_LOGISTIC)).toEqual([
      "wrong",
      "convention",
    ]);
  });
});
