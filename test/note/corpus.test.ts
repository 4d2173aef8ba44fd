import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readNote } from "../../src/note/read.ts";
import { readSystem } from "../../src/term/system.ts";
import { summaryOf } from "./summary.ts";

/** What each note under test/notes says, in the inside notation. */
const MEANT: Readonly<Record<string, string>> = {
  bidirectional: `
    horizon T
    function phi elementwise
    function ell(2) -> 1
    W: h d parameter
    U: h h parameter
    V: h d parameter
    R: h h parameter
    A: n_o h parameter
    B: n_o h parameter
    x[t]: d data for t = 1..T
    y[t]: q label for t = 1..T
    h[t]: h for t = 0..T
    g[t]: h for t = 1..T+1
    o[t]: n_o for t = 1..T
    L: 1
    h[t] = phi(W * x[t] + U * h[t-1]) for t = 1..T
    g[t] = phi(V * x[t] + R * g[t+1]) for t = 1..T
    o[t] = A * h[t] + B * g[t] for t = 1..T
    L = sum(t, 1, T, ell(o[t], y[t]))`,
  "last-step": `
    horizon T
    function phi elementwise
    function ell(2) -> 1
    W: h d parameter
    U: h h parameter
    b: h parameter
    V: q h parameter
    x[t]: d data for t = 1..T
    y: q label
    h[t]: h for t = 0..T
    L: 1
    h[t] = phi(W * x[t] + U * h[t-1] + b) for t = 1..T
    L = ell(V * h[T], y)`,
  "both-ends": `
    horizon T
    function ell(2) -> 1
    W: n n parameter
    U: n d parameter
    x[t]: d data for t = 1..T
    a: n label
    c: n label
    h[t]: n for t = 0..T
    J: 1
    h[t] = tanh(W * h[t-1] + U * x[t]) for t = 1..T
    J = ell(h[1], a) + ell(h[T], c)
    objective J`,
  "lag-two": `
    horizon T
    A: n n parameter
    B: n n parameter
    C: n m parameter
    u[t]: m data for t = 1..T
    y[t]: n target for t = 1..T
    s[t]: n for t = -1..T
    L: 1
    s[t] = A * s[t-1] + B * s[t-2] + C * u[t] for t = 1..T
    L = 1/2 * sum(t, 1, T, squarednorm(s[t] - y[t]))`,
  window: `
    horizon n K
    w[k]: 1 parameter for k = 1..K
    x[i]: 1 data for i = 1..n+K-1
    b: 1 parameter
    r[i]: 1 data for i = 1..n
    y[i]: 1 for i = 1..n
    E: 1
    y[i] = sum(k, 1, K, w[k] * x[i+k-1]) + b for i = 1..n
    E = 1/2 * sum(i, 1, n, (y[i] - r[i])^2)
    objective E`,
  "layer-time": `
    horizon N T
    function ell(2) -> 1
    U[l]: h h parameter for l = 1..N
    W[l]: h h parameter for l = 1..N
    b[l]: h parameter for l = 1..N
    V: n_y h parameter
    x[t]: h data for t = 1..T
    y[t]: n_y label for t = 1..T
    h[l,t]: h for l = 0..N, t = 0..T
    z[l,t]: h for l = 1..N, t = 1..T
    L: 1
    h[l,t] = x[t] for l = 0..0, t = 1..T
    z[l,t] = U[l] * h[l-1,t] + W[l] * h[l,t-1] + b[l] for l = 1..N, t = 1..T
    h[l,t] = tanh(z[l,t]) for l = 1..N, t = 1..T
    L = (1 / T) * sum(t, 1, T, ell(V * h[N,t], y[t]))`,
  rows: `
    X: n d data
    Y: n k target
    W_1: d h parameter
    W_2: h k parameter
    b_1: 1 h parameter
    b_2: 1 k parameter
    Z: n h
    H: n h
    P: n k
    L: 1
    Z = X * W_1 + ones(n, 1) * b_1
    H = tanh(Z)
    P = H * W_2 + ones(n, 1) * b_2
    L = (1 / (2 * n)) * squarednorm(P - Y)`,
  tied: `
    function sigma elementwise
    W: h d parameter
    x: d data
    b: h parameter
    c: d parameter
    lambda: 1 constant
    h: h
    x_hat: d
    L: 1
    h = sigma(W * x + b)
    x_hat = W' * h + c
    L = 1/2 * squarednorm(x_hat - x) + (lambda / 2) * squarednorm(W)`,
  swish: `
    function phi(u) = u / (1 + exp(-u))
    function ell(2) -> 1
    W: h d parameter
    V: q h parameter
    x: d data
    y: q label
    z: h
    h: h
    o: q
    L: 1
    z = W * x
    h = silu(z)
    o = V * h
    L = ell(o, y)`,
};

describe("notes as people write them", () => {
  test.each(Object.entries(MEANT))("%s", async (name, meant) => {
    const { systems, diagnostics } = await readNote(readFileSync(`test/notes/${name}.md`, "utf8"));
    expect(diagnostics).toEqual([]);
    expect(systems.map(summaryOf)).toEqual([summaryOf(readSystem(meant))]);
  });
});

const LSTM_SHAPES =
  "$x_t \\in \\mathbb{R}^{d}$, $h_0, c_0 \\in \\mathbb{R}^{h}$, $U_f, U_i, U_g, U_u \\in \\mathbb{R}^{h \\times d}$, $V_f, V_i, V_g, V_u \\in \\mathbb{R}^{h \\times h}$, $W_{qh} \\in \\mathbb{R}^{q \\times h}$, $y_t \\in \\mathbb{R}^{q}$.";

describe("gates and biases", () => {
  test("in an LSTM, i_t is a gate and the i of U_i a part of the name", async () => {
    const { systems, diagnostics } = await readNote(`# LSTM\n\n${LSTM_SHAPES}\n
$$f_t = \\sigma(U_f x_t + V_f h_{t-1})$$
$$i_t = \\sigma(U_i x_t + V_i h_{t-1})$$
$$g_t = \\tanh(U_g x_t + V_g h_{t-1})$$
$$u_t = \\sigma(U_u x_t + V_u h_{t-1})$$
$$c_t = f_t \\odot c_{t-1} + i_t \\odot g_t, \\qquad h_t = u_t \\odot \\tanh(c_t)$$
$$L = \\frac{1}{T} \\sum_{t=1}^{T} \\ell(W_{qh} h_t, y_t)$$\n`);
    expect(diagnostics).toEqual([]);
    const states = ["f", "i", "g", "u"].map(gate => `${gate}[t]: h for t = 1..T`).join("\n");
    const weights = ["f", "i", "g", "u"].map(gate => `U_${gate}: h d parameter\nV_${gate}: h h parameter`).join("\n");
    expect(systems.map(summaryOf)).toEqual([
      summaryOf(
        readSystem(`
      horizon T
      function sigma elementwise
      function ell(2) -> 1
      ${weights}
      W_qh: q h parameter
      x[t]: d data for t = 1..T
      y[t]: q label for t = 1..T
      ${states}
      c[t]: h for t = 0..T
      h[t]: h for t = 0..T
      L: 1
      f[t] = sigma(U_f * x[t] + V_f * h[t-1]) for t = 1..T
      i[t] = sigma(U_i * x[t] + V_i * h[t-1]) for t = 1..T
      g[t] = tanh(U_g * x[t] + V_g * h[t-1]) for t = 1..T
      u[t] = sigma(U_u * x[t] + V_u * h[t-1]) for t = 1..T
      c[t] = f[t] .* c[t-1] + i[t] .* g[t] for t = 1..T
      h[t] = u[t] .* tanh(c[t]) for t = 1..T
      L = (1 / T) * sum(t, 1, T, ell(W_qh * h[t], y[t]))`),
      ),
    ]);
  });

  test("without a word about shapes, x_t W makes x_t a row", async () => {
    const { systems } = await readNote("$$h_t = \\tanh(x_t W + h_{t-1} U + b)$$\n\n$$L = \\sum_{t=1}^T \\ell(h_t)$$");
    const shapes = [...(systems[0]?.symbols.values() ?? [])].map(entry => [
      entry.node.name,
      entry.node.shape.map(size => size.key).join(" "),
    ]);
    expect(Object.fromEntries(shapes)).toEqual({
      h: "1 n_h",
      x: "1 n_x",
      W: "n_x n_h",
      U: "n_h n_h",
      b: "1 n_h",
      L: "",
    });
  });

  test("the order of the equations does not change how they are read", async () => {
    const lines = [
      "$$z = W x + b$$",
      "$$h = \\phi(z)$$",
      "$$o = V h$$",
      "$$L = \\ell(o, y)$$",
      "$W \\in \\mathbb{R}^{h \\times d}$ and $o \\in \\mathbb{R}^q$.",
    ];
    const forward = await readNote(lines.join("\n\n"));
    const backward = await readNote([...lines].reverse().join("\n\n"));
    const sorted = (note: typeof forward): readonly string[] =>
      note.systems.flatMap(system => [...summaryOf(system)].sort());
    expect(forward.systems).toHaveLength(1);
    expect(sorted(backward)).toEqual(sorted(forward));
  });
});
