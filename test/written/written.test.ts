import { describe, expect, test } from "vitest";
import { type CheckedDerivation, deriveChecked } from "../../src/derive/checked.ts";
import { entryFormOf } from "../../src/derive/entrywise.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import { number } from "../../src/expr/node.ts";
import { familyOf } from "../../src/expr/system.ts";
import { contextOf } from "../../src/latex/names.ts";
import { toLatex } from "../../src/latex/print.ts";
import { readNote } from "../../src/note/read.ts";

const derived = async (text: string, putIn: readonly string[] = []): Promise<CheckedDerivation> => {
  const note = await readNote(text);
  const [system] = note.systems;
  if (!system) throw new Error(note.diagnostics.map(({ message }) => message).join("; "));
  const wrt = [...system.symbols].flatMap(([name, { role, distribution }]) =>
    role === "defined" || distribution ? [] : [name],
  );
  const result = deriveChecked(system, { wrt, putIn });
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join("; "));
  return result.value;
};

/** Gradients as they are written, "x: value", one line for each piece. */
const linesOf = (derivation: CheckedDerivation): readonly string[] => {
  const context = contextOf(derivation.system, "plain");
  return derivation.gradients.flatMap(({ pieces }) =>
    pieces.map(({ wrt, value }) => `${toLatex(wrt, context)}: ${toLatex(value, context)}`),
  );
};

const collectedOf = (derivation: CheckedDerivation): readonly string[] =>
  derivation.gradients.flatMap(({ wrt, collected }) =>
    collected
      ? `${toLatex(wrt, contextOf(derivation.system))}: ${toLatex(collected.value, contextOf(derivation.system, "plain"))}`
      : [],
  );

describe("an activation of every layer keeps the index of the layer", () => {
  const LAYERS = (
    left: string,
    activation: string,
  ): string => String.raw`Let $W^{[l]} \in \mathbb{R}^{n \times n}$, $a^{[l]} \in \mathbb{R}^n$, $l = 1, \ldots, L$.
The activation $g^{[l]}$ works element-wise.

$$z^{[l]} = W^{[l]} a^{[l-1]}$$

$$a^{[${left}]} = ${activation}$$

$$J = \ell(a^{[L]})$$
`;

  test("where it is that of its argument", async () => {
    const lines = linesOf(await derived(LAYERS("l", "g^{[l]}(z^{[l]})")));
    expect(lines).toContain(String.raw`z^{[l]}: \frac{\partial J}{\partial a^{[l]}} \odot {g^{[l]}}'(z^{[l]})`);
  });

  test("and loses one that says something else", async () => {
    const lines = linesOf(await derived(LAYERS("l", "g^{[l-1]}(z^{[l]})")));
    expect(lines).toContain(String.raw`z^{[l]}: \frac{\partial J}{\partial a^{[l]}} \odot g'(z^{[l]})`);
  });
});

describe("the value of an abstract function that has a name is differentiated by that name", () => {
  const LOSS = (loss: string): string => String.raw`Let $x \in \mathbb{R}^d$, $W \in \mathbb{R}^{q \times d}$.

$$o = W x$$

${loss}
`;

  test("∂L/∂o for L = ℓ(o, y) in a larger objective", async () => {
    const lines = linesOf(
      await derived(
        LOSS(String.raw`$$L = \ell(o, y)$$

$$J = L + \frac{\lambda}{2} \|W\|_F^2$$`),
      ),
    );
    expect(lines).toContain(String.raw`o: \frac{\partial L}{\partial o}`);
  });

  test("members by their own index", async () => {
    const lines = linesOf(
      await derived(String.raw`Let $x_t \in \mathbb{R}^d$, $W \in \mathbb{R}^{q \times d}$.

$$o_t = W x_t$$

$$L_t = \ell(o_t, y_t)$$

$$J = \sum_{t=1}^T L_t$$
`),
    );
    expect(lines).toContain(String.raw`o_t: \frac{\partial L_t}{\partial o_t}`);
  });

  test("not for the objective itself", async () => {
    const lines = linesOf(await derived(LOSS(String.raw`$$L = \ell(o, y)$$`)));
    expect(lines).toContain(String.raw`o: \frac{\partial \ell(o, y)}{\partial o}`);
  });

  test("not where another argument depends on the same variable", async () => {
    const lines = linesOf(
      await derived(
        LOSS(String.raw`$$p = \tanh(o)$$

$$L = \ell(o, p)$$

$$J = 2 L$$`),
      ),
    );
    expect(lines.some(line => line.includes(String.raw`\frac{\partial \ell(o, p)}{\partial o}`))).toBe(true);
  });
});

describe("sums without limits, as the note's own gradients have them", () => {
  const NOTE = (
    backward: string,
  ): string => String.raw`Let $x_t \in \mathbb{R}^d$, $y_t \in \mathbb{R}^q$, $W \in \mathbb{R}^{q \times d}$.

$$o_t = W x_t$$

$$L = \sum_{t=1}^T \ell(o_t, y_t)$$

## Backward pass

${backward}
`;
  const sum = (limits: string): string => String.raw`W: \sum_${limits} \frac{\partial L}{\partial o_t} x_t^\top`;

  test.each([
    [String.raw`$$\frac{\partial L}{\partial W} = \sum_t \frac{\partial L}{\partial o_t} x_t^\top$$`, "{t}"],
    [String.raw`$$\frac{\partial L}{\partial W} = \sum_{t} \frac{\partial L}{\partial o_t} x_t^\top$$`, "{t}"],
    [
      String.raw`$$\frac{\partial L}{\partial W} = \sum_{t=1}^T \frac{\partial L}{\partial o_t} x_t^\top$$`,
      "{t=1}^{T}",
    ],
    [
      String.raw`$$\frac{\partial L}{\partial W} = \sum_t \frac{\partial L}{\partial o_t} x_t^\top = \sum_{t=1}^T \frac{\partial L}{\partial o_t} x_t^\top$$`,
      "{t=1}^{T}",
    ],
  ])("%s", async (backward, limits) => {
    expect(linesOf(await derived(NOTE(backward)))).toContain(sum(limits));
  });
});

describe("gradients through means and variances are collected", () => {
  const NORMAL = String.raw`The components $x_i$, $i = 1, \ldots, N$, are scalars.

$$\mu = \frac{1}{N} \sum_{i=1}^N x_i$$

$$\sigma^2 = \frac{1}{N} \sum_{i=1}^N (x_i - \mu)^2$$

$$\hat{x}_i = \frac{x_i - \mu}{\sqrt{\sigma^2 + \epsilon}}$$

$$L = \sum_{i=1}^N \ell(\hat{x}_i)$$
`;

  test("the textbook form of layer normalisation", async () => {
    const derivation = await derived(NORMAL);
    expect(collectedOf(derivation)).toEqual([
      String.raw`x_i: \frac{1}{N \sqrt{\sigma^{2} + \epsilon}} \left(N \frac{\partial L}{\partial \hat{x}_i} - \sum_{j=1}^{N} \frac{\partial L}{\partial \hat{x}_j} - \hat{x}_i \sum_{j=1}^{N} \frac{\partial L}{\partial \hat{x}_j} \hat{x}_j\right)`,
    ]);
  });

  test("the deviations from the mean leave its gradient", async () => {
    const lines = linesOf(await derived(NORMAL));
    expect(lines).toContain(
      String.raw`\mu: -\frac{1}{\sqrt{\sigma^{2} + \epsilon}} \sum_{i=1}^{N} \frac{\partial L}{\partial \hat{x}_i}`,
    );
  });

  test("what is no mean keeps its deviations", async () => {
    const lines = linesOf(
      await derived(NORMAL.replace(String.raw`\mu = \frac{1}{N}`, String.raw`\mu = \frac{1}{2 N}`)),
    );
    expect(lines.find(line => line.startsWith(String.raw`\mu:`))).toContain(String.raw`(x_i - \mu)`);
  });

  test("a collected form that is wrong is noticed", async () => {
    const derivation = await derived(NORMAL);
    const spoiled = derivation.gradients.map(gradient =>
      gradient.collected ? { ...gradient, collected: { ...gradient.collected, value: number(0) } } : gradient,
    );
    expect(spoiled.some(({ wrt, collected }) => familyOf(wrt).name === "x" && collected)).toBe(true);
    expect(checkDerivation({ ...derivation, gradients: spoiled }).verdict).toBe("disagrees");
  });
});

describe("gradients put in where they recur", () => {
  const LAYERS = String.raw`Let $W^{[l]} \in \mathbb{R}^{n \times n}$, $a^{[l]} \in \mathbb{R}^n$, $l = 1, \ldots, L$, and $g$ works element-wise.

$$z^{[l]} = W^{[l]} a^{[l-1]}$$

$$a^{[l]} = g(z^{[l]})$$

$$J = \ell(a^{[L]})$$
`;
  const Z = String.raw`z^{[l]}: \left(W^{[l+1]\top} \frac{\partial J}{\partial z^{[l+1]}}\right) \odot g'(z^{[l]})`;

  test("one layer's gradient by the next one's", async () => {
    const { gradients, ...derivation } = await derived(LAYERS, ["a"]);
    const shown = gradients.filter(({ isPutIn }) => !isPutIn);
    expect(linesOf({ ...derivation, gradients: shown })).toEqual([
      String.raw`z^{[L]}: \frac{\partial \ell(a^{[L]})}{\partial a^{[L]}} \odot g'(z^{[L]})`,
      Z,
      String.raw`W^{[l]}: \frac{\partial J}{\partial z^{[l]}} a^{[l-1]\top}`,
    ]);
    expect(shown[0]?.recursion).toEqual([{ index: "l", direction: "down" }]);
  });

  test("one of two that depend on each other keeps its line", async () => {
    const { gradients } = await derived(LAYERS, ["a", "z"]);
    expect(gradients.map(({ wrt, isPutIn }) => [familyOf(wrt).name, isPutIn ?? false])).toEqual([
      ["a", true],
      ["z", false],
      ["W", false],
    ]);
  });

  test("a piece that is put in where it does not hold is noticed", async () => {
    const derivation = await derived(LAYERS, ["a"]);
    const spoiled = derivation.gradients.map(gradient => {
      const [last, inner] = gradient.pieces;
      const isSplit = familyOf(gradient.wrt).name === "z" && last && inner;
      return isSplit ? { ...gradient, pieces: [{ ...last, value: last.wrt }, inner] } : gradient;
    });
    expect(checkDerivation({ ...derivation, gradients: spoiled }).verdict).toBe("disagrees");
  });
});

describe("where a recurrence starts", () => {
  const STATES = (
    loss: string,
  ): string => String.raw`Let $x_t \in \mathbb{R}^h$, $W \in \mathbb{R}^{h \times h}$, $h_0 \in \mathbb{R}^h$.

$$h_t = W h_{t-1} + x_t$$

${loss}
`;
  const beyond = ({ gradients, system }: CheckedDerivation): readonly string[] =>
    gradients.flatMap(({ beyond: members }) => (members ?? []).map(member => toLatex(member, contextOf(system))));

  test("with the gradient by the member beyond the last one as 0 one formula holds", async () => {
    expect(beyond(await derived(STATES(String.raw`$$L = \sum_{t=1}^T \ell(h_t)$$`)))).toEqual(["h_{T+1}"]);
  });

  test("but not where the last member alone is read", async () => {
    expect(beyond(await derived(STATES(String.raw`$$L = \ell(h_T)$$`)))).toEqual([]);
  });
});

describe("a label chooses the entry of a softmax", () => {
  const CHOSEN = String.raw`Let $x_t \in \mathbb{R}^d$, $W \in \mathbb{R}^{q \times d}$.

$$o_t = W x_t$$

$$p_t = \operatorname{softmax}(o_t)$$

$$L = -\sum_{t=1}^T \log p_{t,y_t}$$
`;

  test.each([[[]], [["p"]]])("with %j put in", async putIn => {
    expect(linesOf(await derived(CHOSEN, putIn))).toContain("o_t: p_t - e_{y_t}");
  });
});

describe("gradients by entries, where the note differentiates by them", () => {
  const SQUARES = (
    claim: string,
  ): string => String.raw`Let $A \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$, $y \in \mathbb{R}^m$.

$$z = \sigma(A x), \qquad \sigma(u) = \frac{1}{1 + e^{-u}}$$

$$f = \|z - y\|^2$$

${claim}
`;
  const entries = (derivation: CheckedDerivation): readonly string[] =>
    derivation.gradients.flatMap(gradient => {
      const form = entryFormOf(derivation.system, gradient);
      return form ? toLatex(form.right, contextOf(derivation.system, "plain")) : [];
    });

  test("of a matrix", async () => {
    const claim = String.raw`$$\frac{\partial f}{\partial A_{pq}} = 2 (z_p - y_p) z_p (1 - z_p) x_q$$`;
    expect(entries(await derived(SQUARES(claim), ["z"]))).toEqual(["2 (z_p - y_p) z_p (1 - z_p) x_q"]);
  });

  test("of a vector", async () => {
    expect(entries(await derived(SQUARES(String.raw`$$\frac{\partial f}{\partial z_i} = 2 (z_i - y_i)$$`)))).toEqual([
      "2 (z_i - y_i)",
    ]);
  });

  test("not where it does not", async () => {
    expect(entries(await derived(SQUARES(String.raw`$$\frac{\partial f}{\partial z} = 2 (z - y)$$`)))).toEqual([]);
  });
});

describe("powers and indicators as the note's own gradients have them", () => {
  const NORMAL = (claim: string): string => String.raw`Let $v \in \mathbb{R}^n$.

$$u = v^{-1}$$

$$L = \ell(u)$$

${claim}
`;

  test.each([
    [
      String.raw`$$\frac{\partial L}{\partial v} = -(v \odot v)^{-1} \odot \frac{\partial L}{\partial u}$$`,
      String.raw`(v \odot v)^{-1}`,
    ],
    [
      String.raw`$$\frac{\partial L}{\partial v} = -v^{\odot -2} \odot \frac{\partial L}{\partial u}$$`,
      String.raw`v^{\odot -2}`,
    ],
  ])("%s", async (claim, written) => {
    const lines = linesOf(await derived(NORMAL(claim)));
    expect(lines.find(line => line.startsWith("v:"))).toContain(written);
  });

  test.each([
    [String.raw`\frac{(a + \epsilon)^{-0.5}}{N}`, String.raw`(a + \epsilon)^{-0.5}`],
    [String.raw`\frac{1}{N \sqrt{a + \epsilon}}`, String.raw`\frac{1}{\sqrt{a + \epsilon}}`],
  ])("%s", async (factor, written) => {
    const lines = linesOf(
      await derived(String.raw`Scalars $a$, $b$, $N$, $\epsilon$.

$$r = \frac{b}{\sqrt{a + \epsilon}}$$

$$L = \ell(r)$$

$$\frac{\partial L}{\partial b} = ${factor} \frac{\partial L}{\partial r}$$
`),
    );
    expect(lines.find(line => line.startsWith("b:"))).toContain(written);
  });
});
