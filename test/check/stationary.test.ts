import { describe, expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";
import { outcomeOf } from "./outcome.ts";

const RIDGE = String.raw`Data $X \in \mathbb{R}^{n\times d}$, targets $y \in \mathbb{R}^n$, weights $w \in \mathbb{R}^d$, $\lambda > 0$.

$$J(w) = \|y - Xw\|^2 + \lambda \|w\|^2$$
`;

/** The verdict and the message of the last link of a claim, behind the ridge regression. */
const saidOf = async (claim: string, words = "Gradient:"): Promise<string> => {
  const { equations } = await check(await readNote(`${RIDGE}\n${words}\n\n$$${claim}$$\n`), { language: "en" });
  const { verdict, because } = equations.at(-1) as (typeof equations)[number];
  return `${verdict}: ${because}`;
};

const SET = "Setting the gradient to zero:";

test("λ > 0 bounds a value and is no range of an index", async () => {
  expect(await saidOf(String.raw`\nabla_w J = -2 X^\top (y - Xw) + 2 \lambda w`)).toMatch(/^proved/u);
});

describe("a gradient of what is said to depend on one thing", () => {
  test.each([String.raw`\nabla J`, String.raw`\nabla J(w)`, "J'(w)"])("%s", async left => {
    expect(await saidOf(String.raw`${left} = 2 X^\top (Xw - y) + 2 \lambda w`)).toMatch(/^proved/u);
    expect(await saidOf(String.raw`${left} = 2 X^\top (Xw - y) + \lambda w`)).toMatch(/^(?:wrong|holds-under)/u);
  });
});

describe("a condition", () => {
  test("is none where nothing says so", async () => {
    expect(await saidOf(String.raw`\frac{\partial J}{\partial w} = 0`)).toMatch(/^cannot-tell: .*not 0 everywhere/u);
    expect(await saidOf(String.raw`\frac{\partial J}{\partial w} = 0`, "J is minimised.")).toMatch(/^cannot-tell/u);
    expect(await saidOf(String.raw`\frac{\partial J}{\partial w} = 0`, SET)).toMatch(/^definition: a condition/u);
  });

  test("stands behind the gradient", async () => {
    expect(await saidOf(String.raw`\nabla J = 2 X^\top (Xw - y) + 2 \lambda w = 0`)).toMatch(/^definition/u);
  });

  test.each([
    String.raw`(X^\top X + \lambda I) w = X^\top y`,
    String.raw`X^\top X w + \lambda w - X^\top y = 0`,
    String.raw`2 \lambda w = 2 X^\top (y - X w)`,
  ])("what follows from it: %s", async claim => {
    expect(await saidOf(claim, SET)).toMatch(/^convention: right where .* is 0/u);
  });

  test.each([
    String.raw`(X^\top X + 2 \lambda I) w = X^\top y`,
    String.raw`X^\top X w = X^\top y`,
    String.raw`(X^\top X + \lambda I) w = -X^\top y`,
  ])("what does not: %s", async claim => {
    expect(await saidOf(claim, SET)).toMatch(/^(?:wrong|holds-under|cannot-tell)/u);
  });
});

describe("a solution", () => {
  test.each([
    "w^*",
    String.raw`\hat{w}`,
    String.raw`w_{\mathrm{MAP}}`,
    String.raw`w^{\star}`,
    String.raw`\hat{w}_{ridge}`,
  ])("%s", async left => {
    expect(await saidOf(String.raw`${left} = (X^\top X + \lambda I)^{-1} X^\top y`)).toMatch(
      /^convention: .*solution/u,
    );
    expect(await saidOf(String.raw`${left} = (X^\top X + 2 \lambda I)^{-1} X^\top y`)).toMatch(
      /^wrong: it is no solution/u,
    );
    expect(await saidOf(String.raw`${left} = (X^\top X + \lambda I)^{-1} X y`)).toMatch(/^wrong/u);
  });

  test("that the words ask for needs no mark", async () => {
    expect(await saidOf(String.raw`w = (X^\top X + \lambda I)^{-1} X^\top y`, SET)).toMatch(/^convention/u);
  });
});

describe("a step", () => {
  const gradient = String.raw`(X^\top (X w - y) + \lambda w)`;
  test.each([
    String.raw`w \leftarrow w - \eta \nabla J(w)`,
    String.raw`w := w - \alpha ${gradient}`,
    String.raw`w_{t+1} = w_t - \eta (X^\top (X w_t - y) + \lambda w_t)`,
    String.raw`w^{(k+1)} = w^{(k)} - \eta \nabla J(w^{(k)})`,
    String.raw`\Delta w = -\eta ${gradient}`,
  ])("%s", async claim => {
    expect(await saidOf(claim)).toMatch(/^definition/u);
  });

  test("the other way is uphill", async () => {
    expect(await saidOf(String.raw`w \leftarrow w + \eta ${gradient}`)).toMatch(/^cannot-tell: .*grows/u);
  });

  test("not along the gradient is left open", async () => {
    expect(await saidOf(String.raw`w \leftarrow w - \eta X^\top (X w - y)`)).toMatch(/^cannot-tell: .*not along/u);
  });
});

test("the best value beside any other is not that one", async () => {
  const claim = String.raw`\|X (w - w^*)\|^2 = \lambda \|w - w^*\|^2`;
  expect(await saidOf(claim)).not.toMatch(/^(?:proved|holds|convention|definition)/u);
  expect(await saidOf(String.raw`w^* = (X^\top X + \lambda I)^{-1} X^\top y`, SET)).toMatch(/^convention/u);
});

test("conditions and solutions of a loss to which another one adds something", async () => {
  const note = (
    condition: string,
    solution: string,
  ): string => String.raw`$J(w) = \frac{1}{2m}\|Xw - y\|^2$. Setting the gradient to zero gives $${condition}$, so $${solution}$.
With ridge, $J_\lambda(w) = J(w) + \frac{\lambda}{2} \|w\|^2$.`;
  const said = async (...equations: readonly [string, string]): Promise<readonly (string | undefined)[]> => {
    const all = (await check(await readNote(note(...equations)), { language: "en" })).equations.map(outcomeOf);
    return all.slice(1, 3);
  };
  expect(await said("X^T X w = X^T y", "w = (X^T X)^{-1} X^T y")).toEqual(["convention", "convention"]);
  expect(await said("X^T X w = 2 X^T y", "w = 2 (X^T X)^{-1} X^T y")).toEqual(["wrong", "wrong"]);
  expect(await said("(X^T X + m \\lambda I) w = X^T y", "w = (X^T X + m \\lambda I)^{-1} X^T y")).toEqual([
    "convention",
    "convention",
  ]);
});
