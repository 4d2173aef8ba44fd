import { describe, expect, test } from "vitest";
import { derive } from "../../src/derive/index.ts";
import { documentOf, writeDocument } from "../../src/emit/document/document.ts";
import type { System } from "../../src/expr/system.ts";
import { readNote } from "../../src/note/read.ts";
import { showTerm } from "../../src/term/show.ts";
import { codeOf, load, typeErrors } from "../generate/model.ts";

const attention = (mask: string, scores = "S + M"): string => `$Q, K, V \\in \\mathbb{R}^{n \\times d}$

$$S = \\frac{Q K^\\top}{\\sqrt{d}}$$

$$${mask}$$

$$A = \\operatorname{softmax}(${scores})$$

where softmax acts on rows.

$$L = \\|A V\\|_F^2$$
`;

const cases = (kept: string, condition: string, other: string): string =>
  `\\begin{cases} ${kept} & ${condition} \\\\ -\\infty & ${other} \\end{cases}`;

const systemOf = async (text: string): Promise<System> => {
  const { systems, diagnostics } = await readNote(text);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return systems[0] as System;
};

const CAUSAL = `M_{ij} = ${cases("0", "j \\le i", "j > i")}`;

/** What the code of a note makes of a mask, row by row. */
const filled = async (text: string, sizes: Record<string, number>): Promise<readonly (readonly number[])[]> => {
  const model = load(codeOf(await systemOf(text)))(sizes);
  const [entries, n] = [model.inputs.M as Float64Array, sizes.n as number];
  return Array.from({ length: n }, (_, row) => [...entries.slice(row * n, (row + 1) * n)]);
};

const NONE = Number.NEGATIVE_INFINITY;
const LOWER = [
  [0, NONE, NONE],
  [0, 0, NONE],
  [0, 0, 0],
];

describe("a causal mask by cases", () => {
  test.each([
    CAUSAL,
    `M_{i,j} = ${cases("0,", "i \\ge j,", "i < j.")}`,
    `M_{ij} = ${cases("0", "\\text{if } j \\le i", "\\text{otherwise}")}`,
    `M_{ij} = ${cases("0", "j < i + 1", "\\text{else}")}`,
    "M_{ij} = \\begin{cases} -\\infty & j > i \\\\ 0 & \\text{otherwise} \\end{cases}",
  ])("%s", async mask => {
    const system = await systemOf(attention(mask));
    expect(system.symbols.get("M")).toMatchObject({ role: "constant" });
    expect(await filled(attention(mask), { n: 3, d: 2 })).toEqual(LOWER);
  });

  test("columns that count the first place", async () => {
    const text = attention(`M_{ts} = ${cases("0", "s \\le t", "s > t")}`);
    expect(await filled(text, { n: 3, d: 2 })).toEqual(LOWER);
  });

  test("a window", async () => {
    const text = attention(`M_{ij} = ${cases("0", "i - 1 \\le j \\le i", "\\text{otherwise}")}`);
    expect(await filled(text, { n: 3, d: 2 })).toEqual([LOWER[0], LOWER[1], [NONE, 0, 0]]);
  });
});

test("masked scores are scores and a mask", async () => {
  const system = await systemOf(
    attention(`\\tilde S_{ij} = ${cases("S_{ij}", "j \\le i", "\\text{otherwise}")}`, "\\tilde S"),
  );
  expect(system.equations.map(({ right }) => showTerm(right))).toContain("S + M");
  expect(
    await filled(attention(`\\tilde S_{ij} = ${cases("S_{ij}", "j \\le i", "j > i")}`, "\\tilde S"), { n: 3, d: 2 }),
  ).toEqual(LOWER);
});

test("no weight of the future is anything but 0, and gradients agree with differences", async () => {
  const code = codeOf(await systemOf(attention(CAUSAL)));
  expect(typeErrors(code)).toEqual([]);
  const model = load(code)({ n: 4, d: 3 });
  for (const array of Object.values(model.parameters)) array.set(array.map((_, i) => Math.sin(3 * i + array.length)));
  expect(Object.keys(model.parameters)).toEqual(["Q", "K", "V"]);
  model.forward();
  const A = model.values.A as Float64Array;
  for (let i = 0; i < 4; i++) for (let j = i + 1; j < 4; j++) expect(A[4 * i + j]).toBe(0);
  expect(model.check({ rtol: 1e-5, atol: 1e-7 }).failures).toEqual([]);
  for (const gradient of Object.values(model.gradients)) expect([...gradient].every(Number.isFinite)).toBe(true);
});

test("the document says what the mask is", async () => {
  const system = await systemOf(attention(CAUSAL));
  const text = writeDocument(documentOf([{ derivation: derive(system) }]), "md");
  expect(text).toContain("M_{ij} = \\begin{cases} 0 & j \\le i \\\\ -\\infty & \\text{otherwise} \\end{cases}");
  expect(text).not.toContain("partial M");
});

test.each([
  ["two conditions that do not make up the whole", `M_{ij} = ${cases("0", "j \\le i", "j > i + 1")}`],
  [
    "cases of which words say when they hold",
    "M_{ij} = \\begin{cases} 1 & \\text{if it is large} \\\\ 0 & \\text{otherwise} \\end{cases}",
  ],
])("%s are no mask", async (_, mask) => {
  const { diagnostics } = await readNote(attention(mask));
  expect(diagnostics.map(({ code }) => code)).toContain("R030");
});
