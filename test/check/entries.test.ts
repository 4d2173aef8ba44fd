import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

/** What is said of the equations of the last display. */
const lastOf = async (note: string, claim: string): Promise<readonly EquationReport[]> => {
  const text = `${note}\n\n## Backward pass\n\n$$\n${claim}\n$$\n`;
  const { equations } = checkNote(await readNote(text), { language: "en" });
  return equations.filter(({ span }) => span.start >= text.lastIndexOf("## Backward"));
};
const verdictsOf = async (note: string, claim: string): Promise<readonly string[]> =>
  (await lastOf(note, claim)).map(outcomeOf);

const TAGGER = String.raw`From $t = 1$ to $t = T$, $u_t$ and $s_t$ are column vectors and $g_t$ is a class. $L = \sum_{t=1}^{T} L_t$.

$$a_t = A s_{t-1} + B u_t + c$$

$$s_t = \tanh(a_t)$$

$$v_t = D s_t + e$$

$$q_t = \mathrm{softmax}(v_t)$$

$$L_t = -\log q_{t, g_t}$$`;

describe("entries of gradients and Jacobians, each with a spoiled twin", () => {
  test.each([
    [String.raw`\frac{\partial L}{\partial v_{t,i}} = q_{t,i} - \mathbf{1}_{i, g_t}`, "holds"],
    [String.raw`\frac{\partial L}{\partial v_{t,i}} = q_{t,i} + \mathbf{1}_{i, g_t}`, "wrong"],
    [String.raw`(\nabla_{v_t} L)_i = q_{t,i} - \mathbf{1}_{i, g_t}`, "holds"],
    [String.raw`(\nabla_{v_t} L)_i = q_{t,i} - \mathbf{1}_{i, g_{t-1}}`, "wrong"],
    [String.raw`\frac{\partial L}{\partial D_{ij}} = \sum_t \frac{\partial L}{\partial v_{t,i}} s_{t,j}`, "holds"],
    [String.raw`\frac{\partial L}{\partial D_{ij}} = \sum_t \frac{\partial L}{\partial v_{t,j}} s_{t,i}`, "wrong"],
    [String.raw`\frac{\partial s_{t,i}}{\partial a_{t,j}} = \delta_{ij} (1 - s_{t,i}^2)`, "holds"],
    [String.raw`\frac{\partial s_{t,i}}{\partial a_{t,j}} = 1 - s_{t,i}^2`, "wrong"],
    [String.raw`\frac{\partial s_{t,i}}{\partial a_{t,j}} = 1_{i = j} (1 - s_{t,j}^2)`, "holds"],
    [String.raw`\frac{\partial a_{t+1,i}}{\partial s_{t,j}} = A_{ij}`, "holds"],
    [String.raw`\frac{\partial a_{t+1,i}}{\partial s_{t,j}} = A_{ji}`, "holds-under"],
    [String.raw`\frac{\partial L}{\partial s_{T,j}} = \sum_i D_{ij} \frac{\partial L}{\partial v_{T,i}}`, "holds"],
    [String.raw`\frac{\partial L}{\partial s_{T,j}} = \sum_i D_{ij} \frac{\partial L}{\partial v_{T,j}}`, "wrong"],
  ])("%s", async (claim, verdict) => expect(await verdictsOf(TAGGER, claim)).toEqual([verdict]));

  test("the gradient of an entry by a matrix", async () => {
    const by = (matrix: string): string =>
      String.raw`\frac{\partial L}{\partial D} = \sum_t \sum_i \frac{\partial L}{\partial v_{t,i}} \nabla_{${matrix}} v_{t,i}`;
    expect(await verdictsOf(TAGGER, by("D"))).toEqual(["holds"]);
    expect(await verdictsOf(TAGGER, by("D").replace("t,i}}", "t,1}}"))).not.toContain("holds");
  });
});

const TWICE = String.raw`$u \in \mathbb{R}^n$, $A \in \mathbb{R}^{n \times n}$, $b$ is a row of size $1 \times n$, and $\phi$ works elementwise.

$$s = \phi(A u + b^\top)$$

$$v = A s$$

$$L = \ell(v)$$`;

describe("derivatives of entries go along every path", () => {
  test.each([
    [String.raw`\frac{\partial L}{\partial A} = \sum_i \frac{\partial L}{\partial v_i} \nabla_A v_i`, "holds"],
    [String.raw`\nabla_A v_i = \frac{\partial v_i}{\partial A}`, "holds"],
    [String.raw`\frac{\partial L}{\partial A_{ij}} = \frac{\partial L}{\partial v_i} s_j`, "wrong"],
    [
      String.raw`\frac{\partial L}{\partial b_j} = \sum_i \frac{\partial L}{\partial v_i} A_{ij} \phi'((A u + b^\top))_j`,
      "holds",
    ],
    [
      String.raw`\frac{\partial L}{\partial b_j} = \sum_i \frac{\partial L}{\partial v_i} A_{ji} \phi'((A u + b^\top))_j`,
      "holds-under",
    ],
    [
      String.raw`\frac{\partial L}{\partial b_i} = \sum_j \frac{\partial L}{\partial s_j} \frac{\partial s_j}{\partial b_i}`,
      "holds",
    ],
    [
      String.raw`\frac{\partial L}{\partial b_i} = \sum_j \frac{\partial L}{\partial s_j} \frac{\partial s_j}{\partial b_j}`,
      "wrong",
    ],
  ])("%s", async (claim, verdict) => expect(await verdictsOf(TWICE, claim)).toEqual([verdict]));
});

const AFFINE = String.raw`$P$ has size $r \times a$, $Q$ has size $a \times z$, $c$ is a row of size $1 \times z$.

$$Z = P Q + c$$

$$L = \ell(Z)$$`;

describe("sums over the entries of arrays, without limits", () => {
  test.each([
    [
      String.raw`\frac{\partial L}{\partial c_j} = \sum_i \frac{\partial L}{\partial Z_{ij}} \frac{\partial Z_{ij}}{\partial c_j}`,
      "holds",
    ],
    [String.raw`\frac{\partial L}{\partial c_j} = \sum_i \frac{\partial L}{\partial Z_{ij}}`, "holds"],
    [String.raw`\frac{\partial L}{\partial Q_{kj}} = \sum_i P_{ik} \frac{\partial L}{\partial Z_{ij}}`, "holds"],
    [String.raw`\frac{\partial L}{\partial Q_{kj}} = \sum_i P_{ki} \frac{\partial L}{\partial Z_{ij}}`, "wrong"],
    [String.raw`\frac{\partial L}{\partial P_{ik}} = \sum_j \frac{\partial L}{\partial Z_{ij}} Q_{kj}`, "holds"],
    [
      String.raw`\frac{\partial L}{\partial P_{ik}} = \sum_{j,l} \frac{\partial L}{\partial Z_{lj}} \frac{\partial Z_{lj}}{\partial P_{ik}}`,
      "holds",
    ],
  ])("%s", async (claim, verdict) => expect(await verdictsOf(AFFINE, claim)).toEqual([verdict]));
});

const CENTRED = String.raw`$p, w \in \mathbb{R}^d$.

$$q = p - \left(\sum_{i=1}^d p_i\right)/d$$

$$r = q / \sqrt{q^\top q}$$

$$L = \ell(r \odot w)$$`;

describe("where the forward equations have no value at a size, nothing is asked", () => {
  test.each([
    [
      String.raw`\frac{\partial L}{\partial p_k} = \sum_{i=1}^d \frac{\partial L}{\partial q_i} (\mathbf 1_{i=k} - 1/d)`,
      "holds",
    ],
    [
      String.raw`\frac{\partial L}{\partial p_k} = \sum_{i=1}^d \frac{\partial L}{\partial q_i} (\mathbf 1_{i=k} - 2/d)`,
      "wrong",
    ],
    [String.raw`\mathbf{d} p_k = \mathbf{d} q_k - \frac{1}{d} \sum_i \mathbf{d} q_i`, "holds"],
    [String.raw`\mathbf{d} p_k = \mathbf{d} q_k - \frac{1}{d} \sum_i \mathbf{d} p_i`, "wrong"],
  ])("%s", async (claim, verdict) => expect(await verdictsOf(CENTRED, claim)).toEqual([verdict]));

  test("a claim that has no value where they have one is not right for the other sizes", async () => {
    const mean = String.raw`$p \in \mathbb{R}^d$.

$$m = \frac{1}{d} \sum_{i=1}^d p_i$$

$$L = m^2$$`;
    const claim = String.raw`\frac{\partial L}{\partial p_k} = \frac{2 m (d - 1)}{d (d - 1)}`;
    expect(await verdictsOf(mean, claim)).toEqual(["cannot-tell"]);
  });
});

describe("what words say of given arrays holds for claims too", () => {
  const softmax = (words: string): string => String.raw`$x \in \mathbb{R}^d$, $W \in \mathbb{R}^{k \times d}$. ${words}

$$z = W x$$

$$p = \mathrm{softmax}(z)$$

$$L = -\sum_{i=1}^{k} y_i \log p_i$$`;
  const claim = String.raw`\frac{\partial L}{\partial z} = p - y`;

  test("one-hot labels", async () => {
    expect(await verdictsOf(softmax(String.raw`The label $y \in \mathbb{R}^k$ is one-hot.`), claim)).toEqual(["holds"]);
    expect(await verdictsOf(softmax(String.raw`The weights are $y \in \mathbb{R}^k$.`), claim)).toEqual(["convention"]);
  });

  test("δ of two indices is Kronecker's, unless a claim says what it is", async () => {
    const note = softmax("");
    expect(await verdictsOf(note, String.raw`\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)`)).toEqual([
      "holds",
    ]);
    expect(await verdictsOf(note, String.raw`\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_i)`)).toEqual([
      "wrong",
    ]);
    const errors = [
      String.raw`\delta_{ij} = \frac{\partial L}{\partial W_{ij}}`,
      String.raw`\frac{\partial L}{\partial W_{ij}} = \delta_{ij}`,
    ];
    expect(await verdictsOf(note, errors.join("\n$$\n\n$$\n"))).toEqual(["definition", "holds"]);
  });
});

describe("several indices under one sign", () => {
  const note = String.raw`$W \in \mathbb{R}^{m \times n}$, $a \in \mathbb{R}^m$.

$$L = \sum_{i,j} W_{ij}^3 + \sum_{k,l=1}^{m} a_k a_l$$`;
  test.each([
    [String.raw`\frac{\partial L}{\partial a_k} = 2 \sum_i a_i`, "holds"],
    [String.raw`\sum_{ij} W_{ij} \frac{\partial L}{\partial W_{ij}} = 3 L - 3 \sum_{i,j=1}^{m} a_i a_j`, "holds"],
    [String.raw`\sum_{ij} W_{ij} \frac{\partial L}{\partial W_{ij}} = 3 L - 3 \sum_{i=1}^{m} a_i^2`, "wrong"],
  ])("%s", async (claim, verdict) => expect(await verdictsOf(note, claim)).toEqual([verdict]));
});
