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
  const note = String.raw`$$L = -\sum_i y_i \log \frac{e^{z_i}}{\sum_{k=1}^K e^{z_k}}$$

$$\frac{\partial L}{\partial z_j} = \frac{e^{z_j}}{\sum_{k=1}^K e^{z_k}} \sum_i y_i - y_j$$`;
  expect(await outcomesOf(note)).toEqual(["holds"]);
  expect(await outcomesOf(note.replace("\\sum_i y_i - y_j", "\\sum_i y_i + y_j"))).toEqual(["wrong"]);
});
