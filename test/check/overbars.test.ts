// \overline{v} for ∂L/∂v: said by a note in words or by an equation, or not at all.
import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const outcomes = async (note: string, from: string): Promise<readonly string[]> => {
  const { equations } = checkNote(await readNote(note), { language: "en" });
  return equations.filter(({ span }) => span.start >= note.indexOf(from)).map(outcomeOf);
};

const NET = String.raw`
$$z = w x + b$$
$$y = \sigma(z)$$
$$\mathcal{L} = \frac12 (y - t)^2$$
$$\mathcal{R} = \frac12 w^2$$
$$\mathcal{L}_{reg} = \mathcal{L} + \lambda \mathcal{R}$$
`;

const PASS = String.raw`
$$\overline{\mathcal{L}_{reg}} = 1$$
$$\overline{\mathcal{R}} = \overline{\mathcal{L}_{reg}} \lambda$$
$$\overline{\mathcal{L}} = \overline{\mathcal{L}_{reg}}$$
$$\overline{y} = \overline{\mathcal{L}} (y - t)$$
$$\overline{z} = \overline{y} \sigma'(z)$$
$$\overline{w} = \overline{z} x + \overline{\mathcal{R}} w$$
`;

const SLIPS: readonly (readonly [from: string, to: string, at: number])[] = [
  [String.raw`\overline{\mathcal{L}_{reg}} \lambda`, String.raw`2 \overline{\mathcal{L}_{reg}} \lambda`, 1],
  [String.raw`\overline{\mathcal{L}} (y - t)`, String.raw`\overline{\mathcal{L}} (t - y)`, 3],
  [String.raw`\overline{y} \sigma'(z)`, String.raw`\overline{y} \sigma(z)`, 4],
  [String.raw` + \overline{\mathcal{R}} w`, "", 5],
];

describe.each([
  ["in words", String.raw`We write $\overline{v}$ to denote the derivative $\partial \mathcal{L}_{reg}/\partial v$.`],
  ["in words, the other way about", String.raw`We write $\partial \mathcal{L}_{reg}/\partial v$ as $\overline{v}$.`],
  ["in Chinese words", String.raw`用 $\bar{v}$ 表示 $\frac{\partial \mathcal{L}_{reg}}{\partial v}$。`],
  ["by an equation", String.raw`$$\bar{v} = \frac{\partial \mathcal{L}_{reg}}{\partial v}$$`],
  ["by an equation of a name of its own", String.raw`Let $\bar{z} = \partial \mathcal{L}_{reg} / \partial z$.`],
])("said %s", (_, notation) => {
  test("the equations are right, and none of them is forward", async () => {
    expect(await outcomes(NET + notation + PASS, PASS)).toEqual(Array(6).fill("holds"));
  });

  test.each(SLIPS)("%s → %s", async (from, to, at) => {
    expect(PASS).toContain(from);
    const spoiled = PASS.replace(from, () => to);
    const found = await outcomes(NET + notation + spoiled, spoiled);
    expect(found[at]).toMatch(/^(?:wrong|holds-under)$/u);
    expect(found.filter(outcome => outcome !== "holds")).toHaveLength(1);
  });
});

describe("said nowhere", () => {
  const note = (pass: string): string => `${NET}\n## Backward pass\n${pass}`;

  test("right equations show what it is", async () => {
    expect(await outcomes(note(PASS), PASS)).toEqual(Array(6).fill("convention"));
  });

  test.each(SLIPS)("%s → %s", async (from, to, at) => {
    const spoiled = PASS.replace(from, () => to);
    expect((await outcomes(note(spoiled), spoiled))[at]).toMatch(/^(?:wrong|holds-under)$/u);
  });

  test("a mean is a mean, and a name of its own is one", async () => {
    const forward = String.raw`$x, w \in \mathbb{R}^n$. $$L = w^\top x$$`;
    const claims = String.raw`
$$\bar{x} = \frac{1}{n} \sum_i x_i$$
$$\bar{c} = 2$$
`;
    expect(await outcomes(`${forward}\n\n## Backward pass\n${claims}`, claims)).toEqual(["convention", "definition"]);
  });
});

test("names under an accent that the forward pass reads are names", async () => {
  const note = String.raw`$x, \bar{x}, w \in \mathbb{R}^n$.

$$\bar{x} = 2 x$$
$$L = w^\top \bar{x}$$

## Backward pass

$$\frac{\partial L}{\partial w} = \bar{x}$$
$$\bar{y} = \frac{\partial L}{\partial y}$$
$$\frac{\partial L}{\partial x} = 2 w$$
`;
  const found = await outcomes(note, "## Back");
  expect([found[0], found[2]]).toEqual(["holds", "holds"]);
});

describe("a bar for the mean of one name, and for gradients by others", () => {
  const forward = String.raw`$x_i, w \in \mathbb{R}$, $i = 1, \dots, n$.

$$\bar x = \frac1n \sum_{i=1}^n x_i$$
$$y_i = w (x_i - \bar x)$$
$$L = \frac12 \sum_{i=1}^n (y_i - t_i)^2$$

Write $\bar y_i = \partial L / \partial y_i$.
`;
  test.each([
    [String.raw`\bar y_i = y_i - t_i`, "holds"],
    [String.raw`\bar y_i = t_i - y_i`, "wrong"],
    [String.raw`\frac{\partial L}{\partial w} = \sum_i \bar y_i (x_i - \bar x)`, "holds"],
    [String.raw`\frac{\partial L}{\partial x_i} = w (\bar y_i - \frac1n \sum_j \bar y_j)`, "holds"],
    [String.raw`\frac{\partial L}{\partial x_i} = w \bar y_i`, "wrong"],
  ])("%s: %s", async (claim, outcome) => {
    const found = await outcomes(`${forward}\n$$${claim}$$\n`, "Write");
    expect(found).toEqual(["definition", outcome]);
  });
});

describe("z_i = Σ_j w_{ij} x_j + b_i, where nothing says what has which shape", () => {
  const forward = String.raw`
$$z_i = \sum_j w_{ij} x_j + b_i$$
$$h_i = \sigma(z_i)$$
$$y_k = \sum_i v_{ki} h_i + c_k$$
$$L = \frac12 \sum_k (y_k - t_k)^2$$

## Backward pass
`;
  test.each([
    [String.raw`\frac{\partial L}{\partial w_{ij}} = \frac{\partial L}{\partial z_i} x_j`, "holds"],
    [String.raw`\frac{\partial L}{\partial h_i} = \sum_k (y_k - t_k) v_{ki}`, "holds"],
    [String.raw`\frac{\partial L}{\partial h_i} = \sum_k (y_k - t_k) v_{ik}`, "wrong"],
    [String.raw`\frac{\partial L}{\partial v_{ki}} = (y_k - t_k) h_i`, "holds"],
    [String.raw`\frac{\partial L}{\partial v_{ki}} = (y_i - t_i) h_k`, "wrong"],
    [String.raw`\frac{\partial L}{\partial z_i} = \sum_k (y_k - t_k) v_{ki} \sigma(z_i)`, "wrong"],
  ])("%s: %s", async (claim, outcome) => {
    expect((await outcomes(`${forward}$$${claim}$$`, "## Back")).at(-1)).toBe(outcome);
  });
});

describe("d beside a name", () => {
  const forward = String.raw`$x, g \in \mathbb{R}^d$.

$$r = \sqrt{\frac{1}{d} \sum_{i=1}^d x_i^2}, \qquad y_i = g_i x_i / r$$

$$L = \ell(y)$$

## Backward pass
`;
  const gradient = (before: string): string =>
    String.raw`\frac{1}{r} (g_i \frac{\partial L}{\partial y_i} - ${before} \sum_j g_j \frac{\partial L}{\partial y_j} x_j)`;
  test.each([
    ["a size that the forward pass divides by", String.raw`\frac{x_i}{d r^2}`, "holds"],
    ["the same, forgotten", String.raw`\frac{x_i}{r^2}`, "wrong"],
  ])("%s", async (_, before, outcome) => {
    const claim = String.raw`$$\frac{\partial L}{\partial x_i} = ${gradient(before)}$$`;
    expect(await outcomes(forward + claim, "## Back")).toEqual([outcome]);
  });

  test("a gradient where the note writes dr = …", async () => {
    const claims = String.raw`
$$dr = -\frac{1}{r^2} \sum_j g_j \frac{\partial L}{\partial y_j} x_j$$
$$\frac{\partial L}{\partial x_i} = \frac{1}{r} g_i \frac{\partial L}{\partial y_i} + \frac{x_i}{d r} dr$$
`;
    const found = await outcomes(forward + claims, "## Back");
    expect(found[0]).toBe("holds");
  });
});

test("w (x - m) is a product where a claim differentiates by w", async () => {
  const forward = String.raw`$x_i, m \in \mathbb{R}$, $i = 1, \dots, n$.

$$y_i = w (x_i - m)$$
$$L = \frac12 \sum_{i=1}^n y_i^2$$

## Backward pass

$$\frac{\partial L}{\partial w} = \sum_i y_i (x_i - m)$$
`;
  expect(await outcomes(forward, "## Back")).toEqual(["holds"]);
});
