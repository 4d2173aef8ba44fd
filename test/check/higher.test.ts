import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const verdictOf = async (forward: string, claim: string): Promise<string | undefined> =>
  outcomeOf(
    checkNote(await readNote(`${forward}\n\n## Backward pass\n\n$$${claim}$$`), { language: "en" }).equations.at(-1),
  );

const FALSE = /^(?:wrong|holds-under)$/u;

const RIDGE = String.raw`$X \in \mathbb{R}^{m \times n}$, $w \in \mathbb{R}^{n}$.

$$J(w) = \frac{1}{2} \|X w - y\|^2 + \frac{\lambda}{2} \|w\|^2$$`;

describe("the Hessian of ridge regression, as it is written", () => {
  test.each([
    String.raw`\nabla_w^2 J`,
    String.raw`\nabla^2_w J(w)`,
    String.raw`\nabla^2 J(w)`,
    "J''(w)",
    String.raw`\frac{\partial^2 J}{\partial w^2}`,
    String.raw`\frac{\partial^2 J}{\partial w \partial w^\top}`,
    String.raw`\frac{\partial}{\partial w^\top} \frac{\partial J}{\partial w}`,
    String.raw`\nabla_w \nabla_w^\top J`,
    String.raw`\nabla_w (\nabla_w J)`,
    String.raw`H = \nabla^2 J`,
  ])("%s", async left => {
    expect(await verdictOf(RIDGE, String.raw`${left} = X^\top X + \lambda I`)).toBe("holds");
    expect(await verdictOf(RIDGE, String.raw`${left} = X^\top X`)).toMatch(FALSE);
    expect(await verdictOf(RIDGE, String.raw`${left} = X^\top X + 2 \lambda I`)).toMatch(FALSE);
  });

  test("entry by entry", async () => {
    const left = String.raw`\frac{\partial^2 J}{\partial w_i \partial w_j}`;
    expect(await verdictOf(RIDGE, String.raw`${left} = \sum_k X_{ki} X_{kj} + \lambda \delta_{ij}`)).toBe("holds");
    expect(await verdictOf(RIDGE, String.raw`${left} = \sum_k X_{ik} X_{jk} + \lambda \delta_{ij}`)).toMatch(
      /^(?:wrong|undefined)$/u,
    );
  });

  test("a gradient is none", async () => {
    expect(await verdictOf(RIDGE, String.raw`\nabla_w^2 J = X^\top (X w - y) + \lambda w`)).toBe("wrong");
  });
});

test("a Hessian by what the forward pass computes, of a loss behind a softmax", async () => {
  const note = String.raw`$z = V h$ and $p = \mathrm{softmax}(z)$, with one-hot labels $y$.

$$L = -\sum_k y_k \log p_k$$`;
  const left = String.raw`\frac{\partial^2 L}{\partial z \partial z^\top}`;
  expect(await verdictOf(note, String.raw`${left} = \operatorname{diag}(p) - p p^\top`)).toBe("holds");
  expect(await verdictOf(note, String.raw`${left} = \operatorname{diag}(p) - p y^\top`)).toBe("wrong");
  const entry = String.raw`\frac{\partial^2 L}{\partial z_i \partial z_j}`;
  expect(await verdictOf(note, String.raw`${entry} = p_i (\delta_{ij} - p_j)`)).toBe("holds");
});

test("mixed derivatives: the first variable along the rows unless the other has the transpose", async () => {
  const note = String.raw`$x \in \mathbb{R}^n$, $y \in \mathbb{R}^m$, $A \in \mathbb{R}^{n \times m}$.

$$f = x^\top A y + \frac{1}{2} \|x\|^2$$`;
  expect(await verdictOf(note, String.raw`\frac{\partial^2 f}{\partial x \partial y^\top} = A`)).toBe("holds");
  expect(await verdictOf(note, String.raw`\frac{\partial^2 f}{\partial x^\top \partial y} = A^\top`)).toBe("holds");
  expect(await verdictOf(note, String.raw`\nabla^2_{xy} f = A`)).toBe("holds");
  expect(await verdictOf(note, String.raw`\frac{\partial^2 f}{\partial x \partial y^\top} = 2 A`)).toBe("wrong");
});

test("scalars", async () => {
  const note = String.raw`$x$ and $a$ are numbers.

$$f(x) = x^3 - a x$$`;
  for (const left of ["f''(x)", String.raw`\frac{d^2 f}{dx^2}`, String.raw`\frac{\partial^2 f}{\partial x^2}`]) {
    expect(await verdictOf(note, `${left} = 6 x`)).toBe("holds");
    expect(await verdictOf(note, `${left} = 3 x`)).toBe("wrong");
  }
  expect(await verdictOf(note, String.raw`\frac{\partial^2 f}{\partial x \partial a} = -1`)).toBe("holds");
});

test("through a recurrence", async () => {
  const note = String.raw`$h_0 = 1$; $w$ and all $h_t$ are numbers.

$$h_t = w h_{t-1} \quad (t = 1, \dots, T)$$
$$L = h_T$$`;
  const left = String.raw`\frac{\partial^2 L}{\partial w^2}`;
  expect(await verdictOf(note, String.raw`${left} = T (T - 1) w^{T-2}`)).toBe("holds");
  expect(await verdictOf(note, String.raw`${left} = T w^{T-1}`)).toBe("wrong");
});

test("under an assumption it is that of the loss under it", async () => {
  const note = String.raw`$h_0 = 1$; $w$ and all $h_t$ are numbers.

$$h_t = w h_{t-1} \quad (t = 1, \dots, T)$$
$$L = \sum_{t=1}^T h_t$$`;
  const claim = String.raw`\frac{\partial^2 L}{\partial w^2} = T (T - 1) w^{T-2}`;
  expect(await verdictOf(note, claim)).toBe("holds-under");
});

test("of what is not the loss they are unread, never taken for first ones", async () => {
  const note = String.raw`$x \in \mathbb{R}^n$, $s = \|x\|^2$, $L = s^2$.`;
  expect(await verdictOf(note, String.raw`\frac{\partial^2 s}{\partial x^2} = 2 I`)).toBe("unreadable");
});

describe("Newton's step", () => {
  test("by its Hessian", async () => {
    const note = String.raw`${RIDGE}

$$g = \nabla J(w), \qquad H = \nabla^2 J(w)$$`;
    expect(await verdictOf(note, String.raw`w \leftarrow w - H^{-1} g`)).toBe("definition");
    expect(await verdictOf(note, String.raw`w \leftarrow w + H^{-1} g`)).toBe("cannot-tell");
    expect(await verdictOf(note, String.raw`w \leftarrow w - H g`)).toBe("cannot-tell");
  });

  test("of a function of one number", async () => {
    const note = String.raw`$x$ and $a$ are numbers. $$f(x) = x^4 + a x$$`;
    expect(await verdictOf(note, String.raw`x_{k+1} = x_k - \frac{f'(x_k)}{f''(x_k)}`)).toBe("definition");
    expect(await verdictOf(note, String.raw`x \leftarrow x - f'(x)/f''(x)`)).toBe("definition");
    expect(await verdictOf(note, String.raw`x \leftarrow x + f'(x)/f''(x)`)).toBe("cannot-tell");
  });
});
