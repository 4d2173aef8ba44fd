import { describe, expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";
import { outcomeOf } from "../check/outcome.ts";

const outcomesOf = async (note: string): Promise<readonly string[]> =>
  (await check(await readNote(note), { language: "en" })).equations
    .map(outcomeOf)
    .filter(each => each !== "definition");

describe("a leaky rectifier by cases", () => {
  const NOTE = String.raw`$x \in \mathbb{R}^n$, $W \in \mathbb{R}^{h \times n}$.

$$z = W x$$
$$g(u) = \begin{cases} u & \text{if } u > 0 \\ 0.1 u & \text{otherwise} \end{cases}$$
$$a = g(z), \qquad L = \frac12 \|a - y\|^2$$

`;
  test.each([
    [String.raw`\frac{\partial L}{\partial z} = (a - y) \odot g'(z)`, "holds"],
    [
      String.raw`\frac{\partial L}{\partial z} = (a - y) \odot \begin{cases} 1, & z > 0 \\ 0.1, & z \leq 0 \end{cases}`,
      "holds",
    ],
    [
      String.raw`\frac{\partial L}{\partial z} = (a - y) \odot \begin{cases} 1, & z > 0 \\ 0.2, & z \leq 0 \end{cases}`,
      "wrong",
    ],
    [
      String.raw`\frac{\partial L}{\partial z_i} = \begin{cases} a_i - y_i & z_i > 0 \\ 0.1 (a_i - y_i) & z_i \le 0. \end{cases}`,
      "holds",
    ],
    [
      String.raw`\frac{\partial L}{\partial z_i} = \begin{cases} a_i - y_i & z_i < 0 \\ 0.1 (a_i - y_i) & \text{otherwise} \end{cases}`,
      "wrong",
    ],
    [
      String.raw`\frac{\partial a_i}{\partial z_j} = \begin{cases} g'(z_i) & i = j \\ 0 & i \neq j \end{cases}`,
      "holds",
    ],
    [
      String.raw`\frac{\partial a_i}{\partial z_j} = \begin{cases} 0 & i \ne j \\ g'(z_i) & \text{else} \end{cases}`,
      "holds",
    ],
    [String.raw`\frac{\partial a_i}{\partial z_j} = \begin{cases} 0 & i = j \\ g'(z_i) & i \ne j \end{cases}`, "wrong"],
  ])("%s", async (claim, outcome) => {
    expect(await outcomesOf(`${NOTE}$$${claim}$$`)).toEqual([outcome]);
  });
});

test("three cases, with both ends of a range", async () => {
  const note = String.raw`$x_i \in \mathbb{R}^n$, $w \in \mathbb{R}^n$, $i = 1, \ldots, N$.

$$r_i = y_i - w^\top x_i$$
$$\rho(r) = \begin{cases} -r - \frac12 & r < -1 \\ \frac12 r^2 & -1 \le r \le 1 \\ r - \frac12 & r > 1 \end{cases}$$
$$J = \sum_{i=1}^N \rho(r_i)$$

$$\rho'(r) = \begin{cases} -1 & r < -1 \\ r & -1 \le r \le 1 \\ 1 & \text{otherwise} \end{cases}$$
$$\frac{\partial J}{\partial w} = -\sum_{i=1}^N \rho'(r_i) x_i$$`;
  expect(await outcomesOf(note)).toEqual(["holds", "holds"]);
  expect((await outcomesOf(note.replace("-1 & r < -1", "1 & r < -1")))[0]).toBe("wrong");
});

test("a scalar condition on an array", async () => {
  const note = String.raw`$$s = w^\top x + b, \qquad L = \begin{cases} 1 - y s & y s < 1 \\ 0 & \text{else} \end{cases}$$

$$\frac{\partial L}{\partial w} = \begin{cases} -y x & y s < 1 \\ 0 & \text{else} \end{cases}$$`;
  expect(await outcomesOf(note)).toEqual(["holds"]);
  expect(await outcomesOf(note.replace("-y x", "y x"))).toEqual(["wrong"]);
});

test("absolute values", async () => {
  const note = String.raw`$x_i \in \mathbb{R}^n$, $w \in \mathbb{R}^n$, $i = 1, \ldots, N$.

$$r_i = y_i - w^\top x_i$$
$$\rho(r) = \begin{cases} \frac12 r^2 & |r| \le 1 \\ |r| - \frac12 & |r| > 1 \end{cases}$$
$$J = \sum_{i=1}^N \rho(r_i)$$

$$\rho'(r) = \begin{cases} r & |r| \le 1 \\ \operatorname{sign}(r) & \text{otherwise} \end{cases}$$`;
  expect(await outcomesOf(note)).toEqual(["holds"]);
  expect(await outcomesOf(note.replace("sign", "tanh"))).toEqual(["wrong"]);
});

test("what lies between two orders is what is left", async () => {
  const note = String.raw`$x \in \mathbb{R}^n$, $w \in \mathbb{R}^n$.

$$z = w^\top x, \qquad g(u) = \begin{cases} u^2 & u > 0 \\ 0 & u = 0 \\ -u & u < 0 \end{cases}, \qquad L = g(z)$$

$$\frac{\partial L}{\partial w} = \begin{cases} 2 z x & z > 0 \\ 0 & z = 0 \\ -x & z < 0 \end{cases}$$`;
  expect(await outcomesOf(note)).toEqual(["holds"]);
  expect(await outcomesOf(note.replace("-x & z", "x & z"))).toEqual(["wrong"]);
});
