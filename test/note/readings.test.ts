import { describe, expect, test } from "vitest";
import { readNote } from "../../src/note/read.ts";
import { showTerm } from "../../src/term/show.ts";

/** The right sides of a note's equations, by the name on the left. */
const read = async (note: string, format: "md" | "tex" = "md"): Promise<Readonly<Record<string, string>>> => {
  const { systems, diagnostics } = await readNote(note, { format });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return Object.fromEntries(
    systems.flatMap(system => system.equations.map(({ left, right }) => [showTerm(left), showTerm(right)])),
  );
};

const shapes = async (note: string): Promise<Readonly<Record<string, string>>> => {
  const { systems } = await readNote(note);
  return Object.fromEntries(
    systems.flatMap(system =>
      [...system.symbols].map(([id, { node }]) => [id, node.shape.map(size => size.key).join(" ")]),
    ),
  );
};

const SQUARE =
  "$A, B \\in \\mathbb{R}^{n \\times n}$ and $x, y \\in \\mathbb{R}^{n}$, $c \\in \\mathbb{R}$, $k \\in \\mathbb{N}$.\n\n";

describe("one sign, several meanings", () => {
  test.each([
    ["A B", "A * B"],
    ["A \\cdot B", "A * B"],
    ["A * B", "A * B"],
    ["A \\odot B", "A .* B"],
    ["A \\circ B", "A .* B"],
    ["c A", "c * A"],
    ["A c", "c * A"],
    ["x \\odot y", "x .* y"],
    ["x * y", "x .* y"],
    ["x y^\\top", "x * y'"],
    ["x^T A y", "(x' * A) * y"],
    ["A^T x", "A' * x"],
    ["A^k x", "A^k * x"],
    ["(A^T)^k x", "A'^k * x"],
    ["A^{\\odot 2} x", "A.^2 * x"],
    ["A x + c", "A * x + c * ones(n, 1)"],
    ["1 - x", "1 * ones(n, 1) - x"],
    ["x / c", "x / c"],
    ["c / x", "c * (ones(n, 1) ./ x)"],
    ["\\|x\\|_2", "norm(x)"],
    ["\\|A\\|_F^2", "squarednorm(A)"],
    ["\\langle x, y \\rangle", "inner(x, y)"],
    ["\\operatorname{diag}(x) y", "diag(x) * y"],
    ["I_n x", "identity(n) * x"],
    ["I x", "identity(n) * x"],
    ["\\mathbf{1}^\\top x", "ones(n, 1)' * x"],
    ["e^{x}", "exp(x)"],
    ["\\sqrt{x}", "sqrt(x)"],
    ["A^{-1} x", "inverse(A) * x"],
    ["A^{-\\top} x", "inverse(A)' * x"],
    ["\\operatorname{tr}(A) x", "trace(A) * x"],
    ["\\max(x, y)", "max(x, y)"],
    ["\\max(0, x)", "relu(x)"],
    ["\\max(x - y, 0)", "relu(x - y)"],
    ["\\|x\\|_1 y", "onenorm(x) * y"],
    ["|x| \\odot \\sin y", "abs(x) .* sin(y)"],
    ["x \\odot A y", "x .* (A * y)"],
    ["\\frac{1}{n} x", "1 / n * x"],
    ["\\sum_{i=0}^{k} A^i x", "sum(t, 0, k, A^t * x)"],
  ])("%s", async (formula, term) => {
    const found = await read(`${SQUARE}$$z = ${formula}$$\n\n$$L = \\|z\\|^2$$`);
    expect(found.z?.replaceAll(/[()\s]/gu, "")).toBe(term.replaceAll(/[()\s]/gu, ""));
  });

  test("a discount is a power, though t is also a sign of transposes", async () => {
    expect((await read("$$J = \\sum_{t=0}^{T} \\gamma^t r_t$$")).J).toContain("gamma");
    const { systems } = await readNote("$$J = \\sum_{t=0}^{T} \\gamma^t r_t$$");
    expect([...(systems[0]?.symbols.get("gamma")?.indices ?? ["missing"])]).toEqual([]);
    expect(showTerm(systems[0]?.equations[0]?.right as never)).toMatch(/gamma\.?\^t/u);
  });

  test("the other powers below 0 are refused, never read as powers of the entries", async () => {
    const { systems, diagnostics } = await readNote(`${SQUARE}$$z = A^{-2} x$$\n\n$$L = \\|z\\|^2$$`);
    expect(systems).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["S002"]);
  });

  test("what can be read in two ways is asked", async () => {
    const { systems, diagnostics } = await readNote(
      "$A, B, C \\in \\mathbb{R}^{n \\times n}$\n\n$$P = A \\odot B C, \\quad L = \\|P\\|_F^2$$",
    );
    expect(systems).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["S004"]);
  });
});

describe("declarations", () => {
  test.each([
    ["membership", "$W \\in \\mathbb{R}^{h \\times d}$"],
    ["a letter for the sign", "$W \\in \\mathbb{R}^{h x d}$"],
    ["a colon", "$W: h \\times d$"],
    ["a tuple", "$W$: $(h, d)$"],
    ["several names", "$V, W \\in \\mathbb{R}^{h \\times d}$"],
    ["words", "a $h \\times d$ matrix $W$"],
    ["words behind", "$W$ is a matrix of size $h \\times d$"],
    ["Chinese words", "$W$ 是 $h \\times d$ 的矩阵"],
    ["front matter", "---\ngradnote:\n  shapes:\n    W: [h, d]\n---\n"],
  ])("%s", async (_, words) => {
    expect(await shapes(`${words}\n\n$$z = W x$$\n\n$$L = \\ell(z, y)$$`)).toMatchObject({ W: "h d", x: "d", z: "h" });
  });

  test("a mark on the symbol", async () => {
    expect(
      await shapes("$$z^{h \\times 1} = W^{h \\times d} \\cdot x^{d \\times 1}$$\n\n$$L = \\ell(z, y)$$"),
    ).toMatchObject({ W: "h d", x: "d", z: "h" });
  });

  test("dimensions have a name space of their own", async () => {
    expect(
      await shapes(
        "$x_t \\in \\mathbb{R}^{x}$, $h_t \\in \\mathbb{R}^{h}$\n\n$$h_t = \\tanh(W x_t + U h_{t-1})$$\n\n$$L = \\sum_{t=1}^T \\| h_t \\|^2$$",
      ),
    ).toMatchObject({
      W: "h x",
      x: "x",
      U: "h h",
      h: "h",
    });
  });
});

describe("front matter", () => {
  const NOTE = `---
gradnote:
  objective: J
  parameters: ["W"]
  shapes:
    x_t: [d]
  functions:
    \\phi: tanh
    \\ell: half squared error
---

$$h_t = \\phi(W x_t + b)$$

$$J = \\sum_{t=1}^{T} \\ell(h_t, y_t)$$

$$K = \\| W \\|^2$$
`;
  test("names the objective, the parameters, shapes and functions", async () => {
    const { systems } = await readNote(NOTE);
    const [system] = systems;
    expect(system?.objective.name).toBe("J");
    expect(system?.functions.size).toBe(0);
    expect(system?.equations.map(({ right }) => showTerm(right)).slice(0, 2)).toEqual([
      "tanh(W * x[t] + b)",
      "sum(t, 1, T, halfsquarederror(h[t], y[t]))",
    ]);
    expect([...(system?.symbols ?? [])].map(([id, { role }]) => [id, role])).toEqual(
      expect.arrayContaining([
        ["W", "parameter"],
        ["b", "constant"],
        ["x", "data"],
      ]),
    );
  });
});

describe("what was inferred is reported", () => {
  test("roles, ranges, sizes, inserted readings and runners-up", async () => {
    const { parts } = await readNote(
      "$X \\in \\mathbb{R}^{n \\times d}$, $W \\in \\mathbb{R}^{d \\times k}$, $b \\in \\mathbb{R}^{1 \\times k}$\n\n$$P = X W + b$$\n\n$$L = \\frac{1}{n}\\|P\\|_F^2$$\n\n$$h_t = \\tanh(U h_{t-1}), \\quad M = \\|h_T\\|^2, \\quad J = L + M$$",
    );
    const report = parts[0]?.report;
    expect(report?.objective).toEqual({ id: "J", from: "inferred" });
    expect(report?.ranges).toEqual([{ index: "t", low: "1", high: "T", from: "member" }]);
    expect(report?.readings.filter(reading => reading.inserted).map(reading => reading.readAs)).toEqual([
      "the row added to every row, 1 b",
    ]);
    expect(report?.symbols.filter(each => each.initial).map(each => each.id)).toEqual(["h"]);
    expect(report?.sizes.filter(size => size.from === "assumed").map(size => size.id)).toEqual(["n_h"]);
  });

  test("other meanings of a norm and of a letter", async () => {
    const { parts } = await readNote(
      "$W \\in \\mathbb{R}^{h \\times d}$\n\n$$h = \\sigma(W x), \\quad L = \\ell(h) + \\|W\\|_2^2 + \\|x\\|_2^2$$",
    );
    expect(parts[0]?.report?.frobenius).toHaveLength(1);
    expect(parts[0]?.report?.functions[0]).toMatchObject({
      id: "sigma",
      from: "assumed",
      runnerUp: expect.stringContaining("logistic"),
    });
  });

  test("claims are handed over unread and change nothing", async () => {
    const forward = "$$z = W x$$\n\n$$L = \\ell(z, y)$$\n\n";
    const bare = await readNote(forward);
    const claimed = await readNote(
      `${forward}BP:\n\n$$\\frac{\\partial L}{\\partial W} = \\frac{\\partial L}{\\partial z} x^\\top$$\n\n$$z = V x$$`,
    );
    expect(claimed.parts[0]?.claims).toHaveLength(2);
    expect(claimed.systems[0]?.equations.map(({ right }) => showTerm(right))).toEqual(
      bare.systems[0]?.equations.map(({ right }) => showTerm(right)),
    );
  });
});

describe("LaTeX documents", () => {
  test("macros, environments, words", async () => {
    const note = `\\documentclass{article}
\\newcommand{\\R}{\\mathbb{R}}
\\begin{document}
\\section{Logistic regression}
Let $X \\in \\R^{n \\times d}$, $w \\in \\R^d$ and $y \\in \\R^n$. Here $\\sigma$ is the sigmoid function.
\\begin{align}
 p &= \\sigma(X w) \\\\
 L &= \\frac{1}{n} \\ell(p, y) + \\frac{\\lambda}{2} w^T w
\\end{align}
\\end{document}
`;
    expect(await read(note, "tex")).toEqual({ p: "logistic(X * w)", L: "1 / n * ell(p, y) + lambda / 2 * w' * w" });
  });
});

describe("functions given by formulas", () => {
  test("of one real number: the function keeps its name", async () => {
    const { systems } = await readNote(
      "$$\\phi(u) = \\frac{u}{1 + e^{-u}}$$\n\n$$h = \\phi(W x), \\quad L = \\ell(h)$$",
    );
    expect(showTerm(systems[0]?.functions.get("phi")?.definition?.body as never)).toBe("phi.u / (1 + exp(-phi.u))");
  });

  test("with something in it that may be trained: written out", async () => {
    const found = await read("$$\\phi(u) = \\frac{u}{1 + e^{-\\beta u}}$$\n\n$$h = \\phi(W x), \\quad L = \\ell(h)$$");
    expect(found.h).toContain("beta");
  });

  test("of several arguments, indexed ones too: written out", async () => {
    const found = await read(
      "$$\\ell(o_t, y_t) = \\frac{1}{2} \\| o_t - y_t \\|^2$$\n\n$$o_t = W x_t, \\quad L = \\sum_{t=1}^T \\ell(o_t, y_t)$$",
    );
    expect(found.L).toBe("sum(t, 1, T, 1/2 * squarednorm(o[t] - y[t]))");
  });

  test("subscripts tell functions apart", async () => {
    const { systems } = await readNote("$$h = \\sigma_g(W x), \\quad o = \\sigma_o(V h), \\quad L = \\ell(o, y)$$");
    expect([...(systems[0]?.functions.keys() ?? [])]).toEqual(["sigma_g", "sigma_o", "ell"]);
  });

  test("a function in the exponent of e is one too, and may not come back to itself", async () => {
    const found = await read("$$p = e^{-\\phi(W x)}, \\quad L = \\ell(p)$$");
    expect(found.p).toBe("exp(-phi(W * x))");
    const { diagnostics } = await readNote("$$\\phi(u) = e^{-\\phi(u)}$$\n\n$$L = \\|\\phi(x)\\|^2$$");
    expect(diagnostics.map(({ code }) => code)).toEqual(["N008"]);
  });

  test("doubling without end is given up", async () => {
    const chain = Array.from({ length: 64 }, (_, i) => `$$f_{${i + 1}}(u, v) = f_{${i}}(u, v) + f_{${i}}(v, u)$$`);
    const { systems, diagnostics } = await readNote(
      ["$$f_0(u, v) = \\|u - v\\|^2$$", ...chain, "$$L = f_{64}(x, y)$$"].join("\n\n"),
    );
    expect(systems).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toContain("B001");
  });
});

describe("names that look alike", () => {
  test("L and \\mathcal{L} are two names where both are defined", async () => {
    const found = await read("$$L = \\|W x - y\\|^2$$\n\n$$\\mathcal{L} = \\frac{1}{2n} L + \\lambda \\|W\\|_F^2$$");
    expect(Object.keys(found)).toEqual(["L", "L_mathcal"]);
  });

  test("and one where only one of them is", async () => {
    const found = await read("$$\\mathcal{L} = \\|W x - y\\|^2$$\n\n$$J = L + \\lambda \\|W\\|_F^2$$");
    expect(found.J).toBe("L + lambda * squarednorm(W)");
  });

  test("what only ever divides is a number of things, not a variable", async () => {
    const { systems } = await readNote("$$L = \\frac{1}{n} \\|X w - y\\|^2$$");
    expect([...(systems[0]?.symbols.keys() ?? [])]).not.toContain("n");
    expect(systems[0]?.sizes.get("n")?.role).toBe("dimension");
  });

  const right = async (text: string): Promise<string> => {
    const { systems, diagnostics } = await readNote(text);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    return systems.flatMap(system => system.equations.map(equation => showTerm(equation.right))).join("; ");
  };
  test("an entry of an array is not taken for another name", async () => {
    expect(await right("$p, x \\in \\mathbb{R}^d$\n\n$$p = W x, \\quad L = \\sum_{i=1}^d p_i$$")).toBe(
      "W * x; sum(t, 1, d, entry(p, t))",
    );
  });
  test("the entries of a matrix stand beside it, and its columns and slices", async () => {
    expect(
      await right(
        "$W \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^n$\n\n$$z = W x + W_{:,1}$$\n\n$$L = \\sum_{k=1}^m \\sum_l W_{k,l}^2 + \\|z_{1:m}\\|^2$$",
      ),
    ).toBe("W * x + column(W, 1); sum(t, 1, m, sum(i, 1, n, element(W, t, i).^2)) + squarednorm(rowslice(z, 1, m))");
  });
  test("a label chooses a column or a row", async () => {
    expect(
      await right(
        "$V \\in \\mathbb{R}^{d \\times n}$, $U \\in \\mathbb{R}^{n \\times d}$\n\n$$v = V_{:,c}, \\quad u_k = U_{s_k,:}, \\quad k = 1, \\ldots, K$$\n\n$$L = \\sum_{k=1}^K u_k v$$",
      ),
    ).toBe("V * c; s[k]' * U; sum(t, 1, K, u[t] * v)");
  });
  test.each([
    "\\mathbb{1}(y_i = k)",
    "\\mathbf{1}_{\\{y_i = k\\}}",
    "[y_i = k]",
    "\\mathbb{I}[k = y_i]",
    "1_{y_i = k}",
  ])("an equality with a label is an entry of its unit vector: %s", async indicator => {
    const text = `$W \\in \\mathbb{R}^{K \\times d}$\n\n$$p_i = W x_i, \\quad L = \\sum_{i=1}^m \\sum_{k=1}^K ${indicator} p_{i,k}$$`;
    expect(await right(text)).toBe("W * x[i]; sum(t, 1, m, sum(i, 1, K, entry(y[t], i) * entry(p[t], i)))");
  });
  test.each(["\\delta_{ij}", "\\mathbb{1}_{i=j}", "1_{i=j}", "\\mathbf{1}[i = j]", "[i = j]", "\\mathbf 1_{i,j}"])(
    "an equality of indices is a number: %s",
    async indicator => {
      const text = `$G \\in \\mathbb{R}^{n \\times n}$\n\n$$L = \\sum_{i=1}^n \\sum_{j=1}^n G_{ij} ${indicator}$$`;
      expect(await right(text)).toBe("sum(t, 1, n, sum(i, 1, n, element(G, t, i) * indicator(t, i)))");
    },
  );
  test("an equality of two labels is not read, and no array of ones", async () => {
    const { systems, diagnostics } = await readNote("$$L = \\sum_{i=1}^m a_i \\mathbf{1}_{y_i = u_i}$$");
    expect(systems).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toContain("N005");
  });
  test("an index that nothing binds is no label", async () => {
    const { diagnostics } = await readNote(
      "$V \\in \\mathbb{R}^{d \\times n}$\n\n$$v = V_{:,i}$$\n\n$$L = \\|v\\|^2$$",
    );
    expect(diagnostics.map(({ severity }) => severity)).toContain("error");
  });
  test("what is counted by time is no entry of an array that is declared with another size", async () => {
    const { systems, diagnostics } = await readNote(
      "$x \\in \\mathbb{R}^d$\n\n$$h_t = \\tanh(W x_t + U h_{t-1}), \\quad t = 1, \\ldots, T$$\n\n$$L = \\sum_{t=1}^T \\|h_t\\|^2$$",
    );
    expect(systems).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["N003"]);
  });
});

const GATES = ["f", "i", "o"].map(gate => `$$${gate}_t = \\sigma([x_t, h_{t-1}] W_${gate} + b_${gate})$$`);

test("rows follow from how weights are multiplied, however many gates there are", async () => {
  const found = await shapes(`${GATES.join("\n\n")}

$$c_t = f_t * c_{t-1} + i_t * \\tanh([x_t, h_{t-1}] W_c + b_c)$$

$$h_t = o_t * \\tanh(c_t)$$

$$L = \\sum_t \\ell(h_t)$$`);
  expect(found).toMatchObject({ x: "1 n_x", h: "1 n_f", b_i: "1 n_f", W_o: "n_f + n_x n_f", c: "1 n_f" });
});

test.each([
  ["*", "the gate multiplies entry by entry everywhere"],
  ["\\odot", "so does a sign that means nothing else"],
])("1 - z stands for a vector: %s, %s", async sign => {
  const found = await shapes(
    `$$z = \\sigma(x W + b)$$\n\n$$g = \\tanh(x U + c)$$\n\n$$h = (1 - z) ${sign} k + z ${sign} g$$\n\n$$L = \\ell(h)$$`,
  );
  expect(found["z"]).toBe(found["g"]);
  expect(found["z"]).not.toBe("");
});

describe("a vector that is defined entry by entry", () => {
  test("is an array where the whole is read", async () => {
    expect(await read("$$o_i = w^\\top x_i + b$$\n\n$$L = \\|o - y\\|^2$$")).toEqual({
      o: "sum(t, 1, n_o, (w' * x[t] + b) * unit(n_o, t))",
      L: "squarednorm(o - y)",
    });
  });

  test("is an array where a label chooses an entry, with as many entries as the label has classes", async () => {
    const found = await read(
      "$$p_k = \\frac{e^{f_k}}{\\sum_j e^{f_j}}$$\n\n$$L_i = -\\log p_{y_i}$$\n\n$$L = \\frac1N \\sum_i L_i$$",
    );
    expect(found["p"]).toBe("sum(t, 1, n_p, exp(f[t]) / sum(i, 1, n_p, exp(f[i])) * unit(n_p, t))");
    // The sum runs over as many as it is divided by.
    expect(found["L_2"]).toBe("1 / N * sum(t, 1, N, L[t])");
  });

  test("and so is a matrix, whose indices then count entries", async () => {
    const note = "$x, t \\in \\mathbb{R}^n$\n\n$$K_{ij} = e^{-(x_i - x_j)^2}$$\n\n$$L = t^\\top K t$$";
    expect(await read(note)).toMatchObject({
      K: "sum(t, 1, n, sum(i, 1, n, exp(-(entry(x, t) - entry(x, i)).^2) * outer(unit(n, t), unit(n, i))))",
    });
  });

  test("has the entries that a sum over it counts", async () => {
    const found = await shapes("$$z = \\sum_{j=1}^{d} w_j x_j + \\|w\\|^2 + \\|x\\|^2$$\n\n$$L = z^2$$");
    expect(found).toMatchObject({ w: "d", x: "d" });
  });

  test.each([
    ["vectors that one index counts", "$$h_t = \\tanh(W x_t)$$"],
    ["a recurrence", "$$h_t = \\tanh(w h_{t-1} + x_t)$$"],
  ])("but not %s", async (_, equation) => {
    const { systems, diagnostics } = await readNote(`${equation}\n\n$$L = \\ell(h)$$`);
    expect(systems).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toContain("N003");
  });

  test("but not in pieces", async () => {
    const { systems, diagnostics } = await readNote(
      "$$p_1 = a^2$$\n\n$$p_k = b x_k, \\quad k = 2, \\ldots, n$$\n\n$$L = \\|p\\|^2$$",
    );
    expect(systems).toEqual([]);
    expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
  });
});
