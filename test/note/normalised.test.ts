import { expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";
import { outcomeOf } from "../check/outcome.ts";

const outcomesOf = async (note: string): Promise<readonly string[]> =>
  (await check(await readNote(note), { language: "en" })).equations
    .map(outcomeOf)
    .filter(each => each !== "definition");

const SOFTMAX = String.raw`$$p_i = \frac{e^{z_i}}{\sum_{k=1}^K e^{z_k}}, \qquad L = -\sum_i y_i \log p_i$$

$$\frac{\partial p_i}{\partial z_j} = \begin{cases} p_i (1 - p_i) & i = j \\ -p_i p_j & i \ne j \end{cases}$$
$$\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)$$
$$\frac{\partial L}{\partial z_j} = -\sum_i \frac{y_i}{p_i} \frac{\partial p_i}{\partial z_j} = p_j \sum_i y_i - y_j = p_j - y_j$$`;

test("members divided by their sum are numbers, and targets among them sum to one", async () => {
  expect(await outcomesOf(SOFTMAX)).toEqual(["holds", "holds", "holds", "holds", "convention"]);
});

test("slips are found", async () => {
  expect((await outcomesOf(SOFTMAX.replace("(\\delta_{ij} - p_j)", "(\\delta_{ij} - p_i)")))[1]).toBe("wrong");
  expect((await outcomesOf(SOFTMAX.replace("= p_j - y_j", "= y_j - p_j")))[4]).toBe("wrong");
});

test("so are those of which only a part of an equation is such a quotient", async () => {
  const note = String.raw`$v_i \in \mathbb{R}^d$ for $i = 1, \ldots, n$.

$$c = \sum_{i=1}^n \frac{e^{s_i}}{\sum_{j=1}^n e^{s_j}} v_i, \qquad L = \frac12 \|c\|^2$$

$$\frac{\partial L}{\partial s_k} = \frac{e^{s_k}}{\sum_{j=1}^n e^{s_j}} (v_k - c)^\top c$$`;
  expect(await outcomesOf(note)).toEqual(["holds"]);
  expect(await outcomesOf(note.replace("(v_k - c)", "(c - v_k)"))).toEqual(["wrong"]);
});
