import { describe, expect, test } from "vitest";
import { readNote } from "../../src/note/read.ts";
import { lyingOf } from "../../src/note/vectors.ts";

describe("words that call a name a vector", () => {
  test.each([
    [" is a column vector", { behind: "columns" }],
    ["是列向量。", { behind: "columns" }],
    ["都是行向量", { behind: "rows" }],
    [" are row vectors", { behind: "rows" }],
    [" is the hidden state vector", { behind: "any" }],
    ["Let the input vector ", { ahead: "any" }],
    ["The column vectors ", { ahead: "columns" }],
    [" is a matrix of column vectors", {}],
    [" is not a vector", {}],
    ["the matrix of word vectors ", {}],
    [" is the vectorised form", {}],
    [" holds a vector ", { ahead: "any" }],
    [" is a row vector and the column vector ", { behind: "rows", ahead: "columns" }],
  ])("%j", (words, said) => expect(lyingOf(words)).toEqual(said));
});

const shapesOf = async (words: string): Promise<Readonly<Record<string, number>>> => {
  const note = await readNote(`${words}\n\n$$ s = w^\\top p + q $$\n\n$$ L = (s - r)^2 $$\n`);
  const symbols = note.systems[0]?.symbols ?? new Map();
  return Object.fromEntries([...symbols.values()].map(({ latex, node }) => [latex, node.shape.length]));
};

describe("a name that is called a vector is one", () => {
  test("before the equations", async () =>
    expect(await shapesOf("$w$ and $p$ are vectors.")).toMatchObject({ w: 1, p: 1 }));
  test("behind the word", async () => expect(await shapesOf("Given the weight vector $w$:")).toMatchObject({ w: 1 }));
  test("unless the equations say otherwise", async () =>
    expect(await shapesOf("$w$, $p$ and $s$ are vectors. $w \\in \\mathbb{R}^n$.")).toMatchObject({ s: 0, w: 1 }));
});
