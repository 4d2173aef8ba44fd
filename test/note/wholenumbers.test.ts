// Whole numbers in the words of a note, and what an exponent then is.
import { describe, expect, test } from "vitest";
import type { Node } from "../../src/expr/node.ts";
import { readNote } from "../../src/note/read.ts";
import { showTerm } from "../../src/term/show.ts";

const rightOf = async (text: string): Promise<string> => {
  const { diagnostics, systems } = await readNote(text);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return showTerm(systems[0]?.equations[0]?.right as Node);
};

const declared = "Let $W \\in \\mathbb{R}^{n \\times n}$ and $a \\in \\mathbb{R}^n$";

describe("an exponent", () => {
  test.each([
    [
      "is a number that is said to be whole",
      `${declared}, $k \\in \\mathbb{N}$.\n\n$$f = a^\\top W^{k} a$$`,
      "a' * W^k * a",
    ],
    ["is one that words call an integer", `${declared} for an integer $k$.\n\n$$f = a^\\top W^{k} a$$`, "a' * W^k * a"],
    [
      "is T where transposes are written \\top",
      `${declared}, $T$ is an integer.\n\n$$f = a^\\top W^T a$$`,
      "a' * W^T * a",
    ],
    ["is no T that nobody calls a number", `${declared}.\n\n$$f = a^\\top W^T a$$`, "a' * W' * a"],
    [
      "is no T where that is the only sign of transposition",
      `${declared}, $T$ is an integer.\n\n$$f = a^T W^T a$$`,
      "a' * W' * a",
    ],
  ])("%s", async (_, text, term) => {
    expect(await rightOf(text)).toBe(term);
  });
});

test("what a clause says of one name it does not say of the next", async () => {
  const text = "Let $\\mu$ is a scalar, $A$ is symmetric.\n\n$$f = \\operatorname{tr}(\\mu A)$$";
  const { systems } = await readNote(text);
  expect(systems[0]?.symbols.get("A")?.node.shape).toHaveLength(2);
});

test("the trace and the determinant of a scalar are read as the scalar", async () => {
  expect(await rightOf("Let $x \\in \\mathbb{R}^n$.\n\n$$f = \\operatorname{tr}(x^\\top x)$$")).toBe("x' * x");
  expect(await rightOf("Let $x \\in \\mathbb{R}^n$.\n\n$$f = \\det(x^\\top x)$$")).toBe("x' * x");
});

test("a declared F is not the f that is computed from it, nor is an F that f itself is made of", async () => {
  for (const words of ["Let $F \\in \\mathbb{R}^{m \\times n}$.\n\n", ""]) {
    const { systems, diagnostics } = await readNote(`${words}$$f = \\operatorname{tr}(F^\\top F)$$`);
    expect(diagnostics.filter(({ code }) => code === "N017")).toEqual([]);
    expect([...(systems[0]?.symbols.keys() ?? [])].sort()).toEqual(["F", "f"]);
  }
});
