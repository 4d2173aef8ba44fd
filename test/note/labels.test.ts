import { expect, test } from "vitest";
import { readNote } from "../../src/note/read.ts";
import { showTerm } from "../../src/term/show.ts";

const lossOf = async (formula: string): Promise<string> => {
  const note = await readNote(
    `$W \\in \\mathbb{R}^{K \\times d}$, $x_i \\in \\mathbb{R}^d$, $p_i \\in \\mathbb{R}^K$\n\n$$p_i = W x_i$$\n\n$$${formula}$$\n`,
  );
  expect(note.diagnostics).toEqual([]);
  const [system] = note.systems;
  const label = system?.symbols.get("y");
  expect(label).toMatchObject({ role: "label", latex: "e_{y}", memberLatex: "e_{y_{\u0001}}" });
  expect(label?.node.shape.map(size => size.key)).toEqual(["K"]);
  return showTerm(system?.equations.at(-1)?.right as NonNullable<typeof system>["equations"][number]["right"]);
};

test("a label in a subscript is a unit vector, and chooses an entry", async () => {
  expect(await lossOf("L = \\sum_{i=1}^{n} p_{i, y_i}")).toBe("sum(t, 1, n, select(p[t], y[t]))");
});

test("it may choose from an expression", async () => {
  expect(await lossOf("L = \\sum_{i=1}^{n} (p_i)_{y_i}")).toBe("sum(t, 1, n, select(p[t], y[t]))");
});
