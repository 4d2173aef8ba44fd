import { describe, expect, test } from "vitest";
import { interval } from "../../src/expr/domain.ts";
import { type Node, over } from "../../src/expr/node.ts";
import { contextOf } from "../../src/latex/names.ts";
import { printTerm, toLatex } from "../../src/latex/print.ts";
import { call } from "../../src/ops/call.ts";
import { renderMath } from "../../src/render/math.ts";
import { readTerm } from "../../src/term/read.ts";
import { readSystem } from "../../src/term/system.ts";

const system = readSystem(`
  system printing
  horizon T
  function phi elementwise
  function ell(2) -> 1
  function f(3) -> n
  W_hh: n n parameter
  W_yh: q n parameter
  S: n n parameter
  R: n n parameter
  W[l]: n n parameter for l = 1..N
  w: p parameter
  c: 1 constant
  lambda: 1 constant
  x[t]: n data for t = 1..T
  y[t]: q label for t = 1..T
  z[t]: n for t = 1..T
  h[t]: n for t = 0..T
  a[t, s]: 1 for t = 1..T, s = 1..T
  o[t]: q for t = 1..T
  L: 1
  objective L
`);
const names = {
  symbols: new Map([...system.symbols].map(([name, entry]) => [name, entry.node])),
  functions: system.functions,
};
const term = (text: string): Node => readTerm(text, names);
const context = contextOf(system);

const EXPECTED: readonly (readonly [term: string, latex: string])[] = [
  // the recurrent net
  ["phi(W_hh * h[t-1] + S * x[t])", "\\phi(W_{hh} h_{t-1} + S x_t)"],
  ["(1 / T) * sum(t, 1, T, ell(o[t], y[t]))", "\\frac{1}{T} \\sum_{t=1}^{T} \\ell(o_t, y_t)"],
  ["(1 / T) * gradient(ell, 1, o[t], y[t])", "\\frac{1}{T} \\frac{\\partial \\ell(o_t, y_t)}{\\partial o_t}"],
  [
    "W_yh' * partial(L, o[t]) + W_hh' * (prime(phi, 1, z[t+1]) .* partial(L, h[t+1]))",
    "W_{hh}^\\top \\left(\\frac{\\partial L}{\\partial h_{t+1}} \\odot \\phi'(z_{t+1})\\right) + W_{yh}^\\top \\frac{\\partial L}{\\partial o_t}",
  ],
  [
    "sum(t, 1, T, (prime(phi, 1, z[t]) .* partial(L, h[t])) * x[t]')",
    "\\sum_{t=1}^{T} \\left(\\frac{\\partial L}{\\partial h_t} \\odot \\phi'(z_t)\\right) x_t^\\top",
  ],
  [
    "sum(i, t, T, (W_hh')^(i-t) * (W_yh' * partial(L, o[i])))",
    "\\sum_{i=t}^{T} (W_{hh}^\\top)^{i-t} W_{yh}^\\top \\frac{\\partial L}{\\partial o_i}",
  ],
  [
    "sum(i, t, T, product(j, t+1, i, W_hh' * diag(prime(phi, 1, z[j]))) * partial(L, h[i]))",
    "\\sum_{i=t}^{T} \\left[\\prod_{j=t+1}^{i} (W_{hh}^\\top \\operatorname{diag}(\\phi'(z_j)))\\right] \\frac{\\partial L}{\\partial h_i}",
  ],
  [
    "prod(partial(L, h[t+1]), immediate(h[t+1], h[t]))",
    "\\operatorname{prod}\\left(\\frac{\\partial L}{\\partial h_{t+1}}, \\frac{\\partial h_{t+1}}{\\partial h_t}\\right)",
  ],
  ["pull(f, 2, h[t+1], x[t], h[t], w)", "\\left(\\frac{\\partial f(x_t, h_t, w)}{\\partial h_t}\\right)^\\top h_{t+1}"],
  ["gradient(ell, 1, W_yh * h[t], y[t])", "\\partial_{1} \\ell(W_{yh} h_t, y_t)"],
  ["gradient(ell, 1, y[t], y[t])", "\\partial_{1} \\ell(y_t, y_t)"],
  // functions of whole arrays
  ["inverse(S)' * x[t]", "S^{-\\top} x_t"],
  ["(c * inverse(S * R))'", "(c (S R)^{-1})^\\top"],
  ["inverse(W[2])", "W_2^{-1}"],
  ["trace(S' * R) + determinant(S) - logdet(R)", "\\operatorname{tr}(S^\\top R) + \\det(S) - \\log\\det(R)"],
  ["onenorm(w) + total(abs(x[t])) * mean(x[t])", "\\|w\\|_1 + \\operatorname{sum}(|x_t|) \\operatorname{mean}(x_t)"],
  ["softmax(-x[t]) .* max(x[t], h[t])", "\\operatorname{softmax}(-x_t) \\odot \\max(x_t, h_t)"],
  // letters of bound indices
  ["sum(s, 1, T, sum(i, s, T, a[i, s]))", "\\sum_{s=1}^{T} \\sum_{t=s}^{T} a_{t,s}"],
  ["sum(s, 1, T, h[s]) + h[t]", "\\sum_{i=1}^{T} h_i + h_t"],
  ["sum(s, 1, T, inner(h[s], sum(r, 1, s, h[r])))", "\\sum_{t=1}^{T} h_t^\\top \\sum_{i=1}^{t} h_i"],
  [
    "sum(k, max(1, t - 3), min(5, t), h[k], T - 3)",
    "\\sum_{\\substack{i=\\max(1, t-3) \\\\ T-3 \\ge 0}}^{\\min(5, t)} h_i",
  ],
  // brackets
  ["c * (h[t] .* z[t])", "c (h_t \\odot z_t)"],
  ["(c * h[t]) .* z[t]", "(c h_t) \\odot z_t"],
  ["(S * h[t]) .* z[t]", "(S h_t) \\odot z_t"],
  ["S * (h[t] .* z[t])", "S (h_t \\odot z_t)"],
  ["(S .* R) * h[t]", "(S \\odot R) h_t"],
  ["(h[t] ./ z[t]) .* z[t]", "(h_t \\oslash z_t) \\odot z_t"],
  ["(S + R) * h[t]", "(S + R) h_t"],
  ["(S * R)'", "(S R)^\\top"],
  ["(S')^2", "(S^\\top)^2"],
  ["(S^2)'", "(S^2)^\\top"],
  ["W[l]'", "W_l^\\top"],
  ["sum(t, 1, T, h[t])' * h[1]", "\\left[\\sum_{t=1}^{T} h_t\\right]^\\top h_1"],
  ["sum(t, 1, T, h[t] + z[t])", "\\sum_{t=1}^{T} (h_t + z_t)"],
  ["sum(t, 1, T, h[t]) + h[1]", "\\sum_{t=1}^{T} h_t + h_1"],
  ["h[1] .* sum(t, 1, T, h[t])", "h_1 \\odot \\left[\\sum_{t=1}^{T} h_t\\right]"],
  ["product(t, 1, T, S) * h[0]", "\\left[\\prod_{t=1}^{T} S\\right] h_0"],
  ["product(t, 1, T, S + R)", "\\prod_{t=1}^{T} (S + R)"],
  ["reversedproduct(l, 1, N, W[l])", "\\mathop{\\overset{\\leftarrow}{\\prod}}\\limits_{l=1}^{N} W_l"],
  ["inner(h[t], S * h[t]) * S", "(h_t^\\top S h_t) S"],
  ["outer(S * h[t], h[t])", "S h_t h_t^\\top"],
  ["outer(h[t] + z[t], h[t])", "(h_t + z_t) h_t^\\top"],
  ["partial(L, o[t]) * h[t]'", "\\frac{\\partial L}{\\partial o_t} h_t^\\top"],
  ["partial(L, h[t])' * h[t]", "\\left(\\frac{\\partial L}{\\partial h_t}\\right)^\\top h_t"],
  ["squarednorm(S)^2", "(\\|S\\|_F^2)^2"],
  ["norm(h[t])^2", "\\|h_t\\|_2^2"],
  // signs and coefficients
  ["h[t] + -z[t]", "h_t - z_t"],
  ["h[t] - -z[t]", "h_t + z_t"],
  ["h[t] - (z[t] - x[t])", "h_t - (z_t - x_t)"],
  ["-(h[t] + z[t])", "-(h_t + z_t)"],
  ["S * -h[t]", "-S h_t"],
  ["h[t] .* -z[t]", "-h_t \\odot z_t"],
  ["h[t] - 2 * z[t]", "h_t - 2 z_t"],
  ["h[t] + (-2) * z[t]", "h_t - 2 z_t"],
  ["lambda / 2", "\\frac{\\lambda}{2}"],
  ["(lambda / 2) * S", "\\frac{\\lambda}{2} S"],
  ["S / 2", "\\frac{1}{2} S"],
  ["(c * 2) * h[t]", "2 c h_t"],
  ["2 * ((1 / T) * h[t])", "\\frac{2}{T} h_t"],
  ["1 * h[t]", "1 \\cdot h_t"],
  ["(1 / 10) * h[t]", "0.1 h_t"],
  ["(T - t) * h[t]", "(T-t) h_t"],
  ["sum(t, 1, T, c) / T", "\\frac{1}{T} \\sum_{t=1}^{T} c"],
  ["exp(-h[t])", "\\exp(-h_t)"],
  ["ones(n, 1) - tanh(h[t]) .^ 2", "1 - \\tanh(h_t)^{\\odot 2}"],
  ["inner(S, R)", "\\langle S, R \\rangle"],
  ["partial(L, h[t]) .* z[t] + lambda * z[t]", "\\frac{\\partial L}{\\partial h_t} \\odot z_t + \\lambda z_t"],
  ["2 * ones(n, 1) - z[t]", "2 - z_t"],
  ["1 * ones(n, 1) + z[t]", "1 + z_t"],
  ["lambda * ones(n, 1) + z[t]", "\\lambda \\mathbf{1}_n + z_t"],
  ["lambda * z[t] + partial(L, h[t])", "\\frac{\\partial L}{\\partial h_t} + \\lambda z_t"],
];

test.each(EXPECTED)("%s is written as people write it", (text, latex) => {
  expect(toLatex(term(text), context)).toBe(latex);
});

describe.each(EXPECTED.map(([text]) => text))("%s", text => {
  test.each(["prod", "plain", "nabla", "delta"] as const)("sets without a warning in the notation %s", notation => {
    expect(renderMath(toLatex(term(text), contextOf(system, notation)), true)).toMatchObject({ ok: true });
  });
});

test.each([
  ["nabla", "partial(L, o[t]) * h[t]'", "(\\nabla_{o_t} L) h_t^\\top"],
  ["nabla", "S' * (partial(L, h[t+1]) .* z[t])", "S^\\top (\\nabla_{h_{t+1}} L \\odot z_t)"],
  ["delta", "S' * (partial(L, h[t+1]) .* z[t])", "S^\\top (\\delta_{h_{t+1}} \\odot z_t)"],
  [
    "plain",
    "prod(partial(L, o[t]), immediate(o[t], h[t]))",
    "\\frac{\\partial L}{\\partial o_t} \\frac{\\partial o_t}{\\partial h_t}",
  ],
  [
    "nabla",
    "prod(partial(L, o[t]), immediate(o[t], h[t]))",
    "\\left(\\frac{\\partial o_t}{\\partial h_t}\\right)^\\top \\nabla_{o_t} L",
  ],
  [
    "nabla",
    "prod(partial(L, o[t]), immediate(o[t], W_yh))",
    "\\operatorname{prod}\\left(\\nabla_{o_t} L, \\frac{\\partial o_t}{\\partial W_{yh}}\\right)",
  ],
] as const)("the notation %s writes %s", (notation, text, latex) => {
  expect(toLatex(term(text), contextOf(system, notation))).toBe(latex);
});

test("a divisor joins the derivative that it divides for a note that writes it so", () => {
  const habits = { bareSums: new Set<string>(), entries: new Map(), barePowers: false, joinedDivisors: true };
  expect(toLatex(term("(1 / T) * gradient(ell, 1, o[t], y[t])"), { ...context, habits })).toBe(
    "\\frac{\\partial \\ell(o_t, y_t)}{T \\cdot \\partial o_t}",
  );
});

test("a transpose joins the superscript that is part of a name, a power does not", () => {
  const symbols = new Map(system.symbols);
  symbols.set("S", { ...(symbols.get("S") as NonNullable<ReturnType<typeof symbols.get>>), latex: "W^{(1)}" });
  const layered = { ...context, symbols };
  expect(toLatex(term("S'"), layered)).toBe("W^{(1)\\top}");
  expect(toLatex(term("S^2"), layered)).toBe("(W^{(1)})^2");
  expect(toLatex(term("(S')^2"), layered)).toBe("(W^{(1)\\top})^2");
});

describe("terms that would swell", () => {
  const doubled = (times: number): Node => {
    let node = term("h[t]");
    for (let i = 0; i < times; i++) node = call("add", [node, node]);
    return node;
  };

  test("64 doublings take less than 4 kB, and twice as many at most twice as much", () => {
    const short = toLatex(doubled(64), context);
    expect(short.length).toBeLessThan(4096);
    expect(toLatex(doubled(128), context).length).toBeLessThan(2.2 * short.length);
  });

  test("a shared part inside a sum is named with its index", () => {
    let node = term("phi(h[s] + z[s])");
    for (let i = 0; i < 10; i++) node = call("hadamard", [call("tanh", [node]), call("add", [node, term("x[s]")])]);
    const { latex, where } = printTerm(over("sum", "s", interval("s", 1, "T"), node), context);
    expect(where.length).toBeGreaterThan(0);
    expect(where.every(({ name }) => /^u_\{\d+\}\(t\)$/u.test(name))).toBe(true);
    expect(latex).toContain(`${where.at(-1)?.name}`);
  });

  test("100,000 levels are written without overflow, each part shallow enough to set", () => {
    let node = term("h[t]");
    for (let i = 0; i < 100_000; i++) node = call(i % 2 === 0 ? "tanh" : "negate", [node]);
    const { latex, where } = printTerm(node, context);
    expect(renderMath(latex, true)).toMatchObject({ ok: true });
    expect(where.length).toBeGreaterThan(1000);
    for (const part of where.slice(0, 20))
      expect(renderMath(`${part.name} = ${part.latex}`, true)).toMatchObject({ ok: true });
  });

  test("an ordinary term gets no names", () => {
    expect(printTerm(term("h[t] + h[t] .* h[t]"), context).where).toEqual([]);
  });
});
