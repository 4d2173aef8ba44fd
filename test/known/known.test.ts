import { describe, expect, test } from "vitest";
import type { Derivation, Gradient, Piece } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import { familyOf, type System } from "../../src/expr/system.ts";
import { readNote } from "../../src/index.ts";
import { showTerm } from "../../src/term/show.ts";

const systemOf = async (text: string): Promise<System> => {
  const { systems, diagnostics } = await readNote(text);
  const [error] = diagnostics.filter(({ severity }) => severity === "error");
  if (error || !systems[0]) throw new Error(error?.message ?? "no system");
  return systems[0];
};

const pieceOf = ({ gradients }: Derivation, name: string): Piece =>
  gradients.find(({ wrt }) => familyOf(wrt).name === name)?.pieces[0] as Piece;

const CLASSES = (labels: string): string =>
  `Let $x \\in \\mathbb{R}^d$ and ${labels}. Parameters $W \\in \\mathbb{R}^{q \\times d}$.

$$o = W x$$

$$p = \\operatorname{softmax}(o)$$

$$L = -y^\\top \\log p$$
`;

const ROWS = (labels: string): string =>
  `Samples are rows of $X \\in \\mathbb{R}^{n \\times d}$, ${labels}. Parameters $W \\in \\mathbb{R}^{d \\times q}$.

$$O = X W$$

$$P = \\operatorname{softmax}(O)$$

$$L = -\\frac{1}{n} \\operatorname{tr}(Y^\\top \\log P)$$
`;

describe("a gradient that is known is put in where that leaves something shorter", () => {
  test.each([
    ["softmax and one-hot labels", CLASSES("a one-hot vector $y \\in \\mathbb{R}^q$"), "o", "p - y"],
    ["labels said to be one-hot", CLASSES("labels $y \\in \\mathbb{R}^q$, which are one-hot"), "o", "p - y"],
    ["独热标签", CLASSES("独热向量 $y \\in \\mathbb{R}^q$"), "o", "p - y"],
    ["any labels", CLASSES("$y \\in \\mathbb{R}^q$"), "o", "total(y) * p - y"],
    ["rows", ROWS("labels $Y \\in \\mathbb{R}^{n \\times q}$ with one-hot rows"), "O", "1 / n * (P - Y)"],
    ["rows by the softmax", ROWS("one-hot labels $Y \\in \\mathbb{R}^{n \\times q}$"), "O", "1 / n * (P - Y)"],
    [
      "the logistic function by its formula",
      "$x \\in \\mathbb{R}^d$, $y \\in \\mathbb{R}$, a parameter $w \\in \\mathbb{R}^d$.\n\n$$z = w^\\top x$$\n\n$$a = \\sigma(z), \\qquad \\sigma(u) = \\frac{1}{1 + e^{-u}}$$\n\n$$J = -(y \\log a + (1 - y) \\log(1 - a))$$\n",
      "z",
      "a - y",
    ],
  ])("%s", async (_, text, name, expected) => {
    const derivation = derive(await systemOf(text));
    const piece = pieceOf(derivation, name);
    expect(showTerm(piece.value)).toBe(expected);
    expect(piece.contributions[0]?.steps.map(({ rule }) => rule)).toContain("gradient-put-in");
    expect(checkDerivation(derivation).verdict).toBe("agrees");
  });

  test("labels that need not sum to one are not taken for such", async () => {
    const system = await systemOf(CLASSES("$y \\in \\mathbb{R}^q$"));
    const supposed = derive({
      ...system,
      symbols: new Map(
        [...system.symbols].map(([name, entry]) => [name, name === "y" ? { ...entry, distribution: "vector" } : entry]),
      ),
    });
    expect(showTerm(pieceOf(supposed, "o").value)).toBe("p - y");
    // The same claim about labels of any sum is wrong, and is found so.
    expect(checkDerivation({ ...supposed, system }).verdict).toBe("disagrees");
  });

  test("labels that are varied keep their sum in the gradient", async () => {
    const system = await systemOf(CLASSES("a one-hot vector $y \\in \\mathbb{R}^q$"));
    expect(showTerm(pieceOf(derive(system, { wrt: ["W", "y"] }), "o").value)).toBe("total(y) * p - y");
  });

  test("what code computes holds for any labels", async () => {
    const { gradients } = derive(await systemOf(CLASSES("a one-hot vector $y \\in \\mathbb{R}^q$")));
    const { contributions } = gradients.find(({ wrt }) => familyOf(wrt).name === "o") as Gradient;
    expect(contributions.map(({ value }) => showTerm(value))).toEqual(["total(y) * p - y"]);
  });
});

test.each([
  ["\\sigma", "logistic", "\\frac{1}{1 + e^{-u}}"],
  ["g", "softplus", "\\log(1 + e^u)"],
  ["\\rho", "relu", "\\max(0, u)"],
])("%s is %s where the note gives its formula, and is written as in the note", async (letter, name, body) => {
  const text = `$x, v \\in \\mathbb{R}^d$ and $w \\in \\mathbb{R}^d$ a parameter.\n\n$$h = ${letter}(w \\odot x), \\qquad ${letter}(u) = ${body}$$\n\n$$L = v^\\top h$$\n`;
  const system = await systemOf(text);
  expect(showTerm(system.equations[0]?.right as never)).toContain(`${name}(`);
  expect(system.spellings?.get(name)).toBe(letter);
});

test("a formula of another function stays a function of the note", async () => {
  const text =
    "$x, v \\in \\mathbb{R}^d$ and $w \\in \\mathbb{R}^d$ a parameter.\n\n$$h = g(w \\odot x), \\qquad g(u) = \\frac{2}{1 + e^{-u}}$$\n\n$$L = v^\\top h$$\n";
  const system = await systemOf(text);
  expect(showTerm(system.equations[0]?.right as never)).toContain("g(");
  expect(system.spellings).toBeUndefined();
});
