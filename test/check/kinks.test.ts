// Notes with kinks: hinge and Huber losses, rectifiers, absolute values, the largest entry; right on both sides or wrong on one.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";
import { outcomeOf } from "./outcome.ts";

const outcomesOf = async (text: string): Promise<readonly string[]> => {
  const { equations } = await check(await readNote(text), { language: "en" });
  return equations.map(outcomeOf);
};

const definitions = (count: number): readonly string[] => Array<string>(count).fill("definition");

test.each([
  ["hinge", [...definitions(2), "holds", "holds", "holds", "wrong"]],
  // What is wrong whatever λ is does not hold "only for λ = 0".
  ["lasso", ["definition", "holds", "wrong", "wrong"]],
  ["unit", [...definitions(3), "holds", "holds", "holds", "holds", "wrong"]],
  ["leaky", [...definitions(5), "holds", "definition", "holds", "holds", "holds", "holds", "wrong"]],
  ["huber", [...definitions(2), "holds", "holds", "wrong"]],
  ["triplet", [...definitions(2), "holds", "holds", "holds", "wrong"]],
  ["max-pooling", [...definitions(3), "holds", "wrong"]],
])("%s", async (name, outcomes) => {
  expect(await outcomesOf(readFileSync(new URL(`kinks/${name}.md`, import.meta.url), "utf8"))).toEqual(outcomes);
});

describe("what is right where max(0, z) is not 0 alone is wrong, whatever the names are", () => {
  // With these names z is positive in all of six samples.
  test.each([
    ["k", "x", "d"],
    ["v", "e", "d"],
    ["w", "x", "b"],
  ])("%s %s + %s", async (w, x, b) => {
    const note = `All of $${w}$, $${x}$, $${b}$ and $y$ are scalars.

$$z = ${w} ${x} + ${b}$$

$$a = \\max(0, z)$$

$$L = (a - y)^2$$

$$\\frac{\\partial L}{\\partial z} = \\frac{\\partial L}{\\partial a}$$
`;
    expect((await outcomesOf(note)).at(-1)).toBe("wrong");
  });
});

describe("what is right for one class alone is wrong, whatever the label is called", () => {
  test.each(["k", "m", "t", "w", "y"])("%s", async label => {
    const note = `$$z = W x$$

$$L = -\\log \\mathrm{softmax}(z)_{${label}}$$

where $${label}$ is the class.

$$p = \\mathrm{softmax}(z)$$

$$\\frac{\\partial L}{\\partial z_2} = p_2 - 1$$
`;
    expect((await outcomesOf(note)).at(-1)).toBe("wrong");
  });
});

test("a regulariser that is left out is what λ = 0 makes right, a wrong one is not", async () => {
  const note = (claim: string): string => `$$L = \\frac{1}{2} \\|X w - y\\|^2 + \\frac{\\lambda}{2} \\|w\\|^2$$

$$\\nabla_w L = X^\\top (X w - y)${claim}$$
`;
  expect((await outcomesOf(note(""))).at(-1)).toBe("holds-under");
  expect((await outcomesOf(note(" + 2 \\lambda w"))).at(-1)).toBe("wrong");
  expect((await outcomesOf(note(" + \\lambda w"))).at(-1)).toBe("holds");
});

test("the constant of a leaky rectifier is taken for a part of 1, and that is said", async () => {
  const codesOf = async (definition: string): Promise<readonly string[]> =>
    (await readNote(`$$z = W x$$\n\n$$h = ${definition}$$\n\n$$L = \\|h\\|^2$$`)).diagnostics.map(({ code }) => code);
  expect(await codesOf(String.raw`\max(\alpha z, z)`)).toEqual(["N020"]);
  expect(await codesOf(String.raw`\max(z, \alpha z)`)).toEqual(["N020"]);
  expect(await codesOf(String.raw`\max(0.1 z, z)`)).toEqual([]);
  expect(await codesOf(String.raw`\max(\alpha z, x)`)).not.toContain("N020");
});

test("a link behind the formula for a function in words is judged too", async () => {
  const outcomes = await outcomesOf(
    String.raw`$$z = W x$$

$$h = \mathrm{Swoosh}(z) = \max(0, z) = 2 \max(0, z)$$

$$L = \|h\|^2$$
`,
  );
  expect(outcomes).toContain("wrong");
});
