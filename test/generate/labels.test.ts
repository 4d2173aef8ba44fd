import { describe, expect, test } from "vitest";
import { derive } from "../../src/derive/index.ts";
import { generateTypeScript } from "../../src/emit/typescript/generate.ts";
import type { System } from "../../src/expr/system.ts";
import { readNote } from "../../src/note/read.ts";
import { codeOf, load, type Model, typeErrors } from "./model.ts";
import { differences } from "./oracle.ts";

const systemOf = async (text: string): Promise<System> => {
  const { systems, diagnostics } = await readNote(text);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return systems[0] as System;
};

const EMBEDDING = `$E \\in \\mathbb{R}^{V \\times d}$, $w_t \\in \\{1, \\dots, V\\}$, $W \\in \\mathbb{R}^{m \\times d}$, $y_t \\in \\mathbb{R}^m$

For $t = 1, \\dots, T$: $$x_t = E_{w_t}$$

$$o_t = W x_t$$

$$L = \\sum_{t=1}^{T} \\tfrac12 \\|o_t - y_t\\|^2$$
`;

const CLASSES = `$W \\in \\mathbb{R}^{K \\times d}$, labels $y_n \\in \\{0, \\dots, K - 1\\}$

For $n = 1, \\dots, N$: $$z_n = W x_n + b$$

$$p_n = \\operatorname{softmax}(z_n)$$

$$L = -\\frac{1}{N} \\sum_{n=1}^{N} \\log p_{n, y_n}$$
`;

/** A label beside what is computed, twice in one product, and of a matrix by its columns and entries. */
const EVERYWHERE = `$A \\in \\mathbb{R}^{K \\times K}$, $a_n, b_n \\in \\{1, \\dots, K\\}$, $p_n \\in \\mathbb{R}^K$

For $n = 1, \\dots, N$: $$u_n = A_{:,a_n}$$

$$v_n = A_{b_n}$$

$$s_n = \\tanh(u_n) \\odot \\mathbf{1}_{b_n} + (p_n - \\mathbf{1}_{a_n})$$

$$L = \\sum_{n=1}^{N} (s_n^\\top v_n + u_{n, b_n} + \\sum_{k=1}^{K} \\mathbb{1}[a_n = k] v_{n, k} + \\|s_n\\|^2)$$
`;

describe.each([
  ["embeddings", EMBEDDING],
  ["classes", CLASSES],
  ["labels everywhere", EVERYWHERE],
])("%s", (_, note) => {
  test.each([1, 2, 5])("values and gradients for %i members are those of the evaluator", async horizon => {
    const system = await systemOf(note);
    let next = 3;
    const sizes = Object.fromEntries(
      [...system.sizes.values()].map(({ name, role }) => [name, role === "horizon" ? horizon : next++]),
    );
    expect(differences(derive(system), system, sizes, horizon)).toEqual([]);
  });

  test("strict TypeScript", async () => expect(typeErrors(codeOf(await systemOf(note)))).toEqual([]));
});

const embedding = async (): Promise<Model> => load(codeOf(await systemOf(EMBEDDING)))({ V: 4, d: 2, m: 3, T: 3 });

test("a word that comes twice gets both gradients, and one that does not come gets none", async () => {
  const model = await embedding();
  model.inputs.w?.set([3, 1, 3]);
  model.parameters.E?.fill(0.5);
  model.parameters.W?.set([1, 0, 0, 1, 1, 1]);
  model.inputs.y?.set([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  model.forward();
  model.backward();
  const [x, E] = [model.gradients.x as Float64Array, model.gradients.E as Float64Array];
  const rows = [0, 1, 2, 3].map(v => [...E.slice(2 * v, 2 * v + 2)]);
  const ofX = [0, 1, 2].map(t => [...x.slice(2 * t, 2 * t + 2)] as [number, number]);
  expect(rows).toEqual([ofX[1], [0, 0], [0, 1].map(i => (ofX[0]?.[i] as number) + (ofX[2]?.[i] as number)), [0, 0]]);
});

test("the code adds to the one row and runs over no others", async () => {
  const code = codeOf(await systemOf(EMBEDDING));
  expect(code).toContain("d_E[at_w * n_d + i] += d_x[(t - 1) * n_d + i];");
  expect(code).not.toContain("< n_V; ");
  expect(code).toContain("const w = new Int32Array(T).fill(1);");
});

test("a label outside of its range is refused, counted as the note counts", async () => {
  const model = await embedding();
  for (const label of [0, 5]) {
    model.inputs.w?.fill(label);
    expect(() => model.forward()).toThrow(`a label must be one of 1 to 4, not ${label}`);
  }
  const classes = load(codeOf(await systemOf(CLASSES)))({ K: 4, d: 2, x: 2, n_x: 2, N: 3, size: 2 });
  expect(classes.labels).toEqual({ y: { from: 0, to: 3 } });
});

test("a label by which something is differentiated stays an array of real numbers", async () => {
  const system = await systemOf(EMBEDDING);
  const { files, diagnostics } = generateTypeScript(derive(system, { wrt: ["w"] }));
  expect(diagnostics).toEqual([]);
  expect(files[0]?.text).toContain("const e_w = new Float64Array(T * n_V);");
  expect(files[0]?.text).not.toContain("Int32Array");
});

test("each sample has labels of its own", async () => {
  const code = codeOf(await systemOf(EMBEDDING), { batch: "B" });
  expect(code).toContain("const w = new Int32Array(B * T).fill(1);");
  expect(typeErrors(code)).toEqual([]);
});
