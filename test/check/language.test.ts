import { expect, test } from "vitest";
import { languageOf } from "../../src/check/language.ts";

const FORMULAS = String.raw`$$\frac{\partial L}{\partial W} = \operatorname{softmax}(z) x^\top$$`.repeat(20);

test.each([
  ["a Chinese note of many formulas", `误差向后传播。\n${FORMULAS}`, "zh"],
  ["an English one", `Errors go back.\n${FORMULAS}`, "en"],
  ["an English one that quotes", "The word 反向传播 means that errors go back through the net.", "en"],
  ["words within formulas are none", String.raw`梯度 $\text{of the loss by all of the weights}$ 如下`, "zh"],
  ["letters among Chinese words", "设 a b c d e f g h i j k 为向量。", "zh"],
  ["words in front matter", "---\ntitle: the backward pass of a net with gates\n---\n误差向后传播。", "zh"],
  [
    "words in code",
    "误差向后。\n```\nfor every layer of the net do this\n```\n用 `back propagation of all errors`。",
    "zh",
  ],
  [
    "words in other displays",
    String.raw`误差。\[ \text{the loss of the net} \] 和 \( \text{the loss of all} \) 和 $$ \text{the loss itself} $$`,
    "zh",
  ],
  ["words behind a display", "误差。$a$ the loss of the whole net $b$", "en"],
  ["commands", String.raw`误差 \alpha \beta \gamma \delta \epsilon`, "zh"],
  ["names among Chinese words", "用 softmax 和 tanh 的网络的反向传播", "zh"],
])("%s", (_, text, language) => expect(languageOf({ text, language: "en" })).toBe(language));

test("what the note says of itself comes first", () =>
  expect(languageOf({ text: "Errors go back.", language: "zh" })).toBe("zh"));
