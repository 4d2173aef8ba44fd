// Along which axis a function of vectors is read where it is given a matrix.
import { describe, expect, test } from "vitest";
import { readNote } from "../../src/note/read.ts";
import { showTerm } from "../../src/term/show.ts";

const SHAPES =
  "Let $A, B \\in \\mathbb{R}^{p \\times q}$ and $X \\in \\mathbb{R}^{N \\times d}$, $W \\in \\mathbb{R}^{d \\times q}$.\n\n";
const LOSS = "\n\n$$L = \\|S\\|_F^2$$\n";

const read = async (formula: string, words = ""): Promise<{ term?: string; codes: readonly string[] }> => {
  const { systems, diagnostics } = await readNote(`${SHAPES}${words}\n\n$$S = ${formula}$$${LOSS}`);
  const right = systems[0]?.equations[0]?.right;
  return { ...(right ? { term: showTerm(right) } : {}), codes: diagnostics.map(({ code }) => code) };
};

describe("what a note says of rows and columns", () => {
  test.each([
    ["\\operatorname{softmax}_{row}(A)", "", "rows(softmax, A)"],
    ["\\operatorname{softmax}_{\\text{col}}(A)", "", "columns(softmax, A)"],
    ["\\operatorname{rowsoftmax}(A)", "", "rows(softmax, A)"],
    ["\\operatorname{softmax}(A)", "The softmax is taken row-wise.", "rows(softmax, A)"],
    ["\\operatorname{softmax}(A)", "Softmax is applied to each column.", "columns(softmax, A)"],
    ["\\operatorname{softmax}(A)", "按行归一化。", "rows(softmax, A)"],
    ["\\operatorname{softmax}(A)", "逐列归一化。", "columns(softmax, A)"],
  ])("%s %s", async (formula, words, term) => {
    expect(await read(formula, words)).toEqual({ term, codes: [] });
  });
});

describe("what a matrix suggests is taken and reported", () => {
  test.each([
    ["\\operatorname{softmax}(A B^\\top)", "rows(softmax, A * B')"],
    ["\\operatorname{softmax}(A^\\top B)", "columns(softmax, A' * B)"],
    ["\\operatorname{softmax}(X W)", "rows(softmax, X * W)"],
    ["\\operatorname{softmax}(W^\\top X^\\top)", undefined],
    ["\\operatorname{softmax}(X)", "rows(softmax, X)"],
  ])("%s", async (formula, term) => {
    const found = await read(formula);
    if (term === undefined) expect(found.codes).not.toEqual([]);
    else expect(found).toEqual({ term, codes: ["N018"] });
  });
});

test("where nothing tells, it is asked", async () => {
  expect(await read("\\operatorname{softmax}(A)")).toEqual({ codes: ["S004"] });
});
