/** Systems whose code is generated, run, and compared with differences. */
import type { FunctionChoices } from "../../src/schedule/functions.ts";
import { MLP, RNN } from "../systems/rnn.ts";
import type { Sizes } from "./model.ts";

export interface GeneratedSystem {
  readonly name: string;
  readonly text: string;
  readonly functions?: FunctionChoices;
  readonly sizes: readonly Sizes[];
  /** Where the arguments may lie, if anything but between -0.9 and 0.9. */
  readonly range?: readonly [lo: number, hi: number];
}

const CONCRETE: FunctionChoices = { phi: "tanh", ell: "half squared error" };

export const SYSTEMS: readonly GeneratedSystem[] = [
  {
    name: "recurrent net",
    text: RNN,
    functions: CONCRETE,
    sizes: [
      { T: 1, h: 3, d: 2, q: 5 },
      { T: 2, h: 1, d: 1, q: 1 },
      { T: 5, h: 3, d: 2, q: 4 },
    ],
  },
  {
    name: "perceptron",
    text: MLP,
    functions: { phi: "logistic", ell: "squared error" },
    sizes: [
      { h: 3, d: 5, q: 2 },
      { h: 1, d: 1, q: 1 },
    ],
  },
  {
    name: "bidirectional net",
    functions: CONCRETE,
    sizes: [
      { T: 1, h: 3, d: 2, q: 2 },
      { T: 4, h: 3, d: 2, q: 4 },
    ],
    text: `
      system bidirectional
      horizon T
      function phi elementwise
      function ell(2) -> 1
      W_f: h d parameter
      U_f: h h parameter
      W_b: h d parameter
      U_b: h h parameter
      V_f: q h parameter
      V_b: q h parameter
      x[t]: d data for t = 1..T
      y[t]: q label for t = 1..T
      f[t]: h for t = 0..T
      b[t]: h for t = 1..T + 1
      o[t]: q for t = 1..T
      L: 1
      f[t] = phi(W_f * x[t] + U_f * f[t-1]) for t = 1..T
      b[t] = phi(W_b * x[t] + U_b * b[t+1]) for t = 1..T
      o[t] = V_f * f[t] + V_b * b[t] for t = 1..T
      L = sum(t, 1, T, ell(o[t], y[t]))
      objective L
    `,
  },
  {
    name: "loss at the last step only",
    functions: CONCRETE,
    sizes: [
      { T: 1, h: 3, d: 2, q: 4 },
      { T: 5, h: 3, d: 2, q: 4 },
    ],
    text: `
      system last
      horizon T
      function phi elementwise
      function ell(2) -> 1
      W: h d parameter
      U: h h parameter
      V: q h parameter
      x[t]: d data for t = 1..T
      y: q label
      h[t]: h for t = 0..T
      o: q
      L: 1
      h[t] = phi(W * x[t] + U * h[t-1]) for t = 1..T
      o = V * h[T]
      L = ell(o, y)
      objective L
    `,
  },
  {
    name: "loss at both ends",
    functions: CONCRETE,
    sizes: [
      { T: 1, h: 2 },
      { T: 2, h: 2 },
      { T: 5, h: 3 },
    ],
    text: `
      system ends
      horizon T
      function phi elementwise
      function ell(2) -> 1
      U: h h parameter
      y: h label
      h[t]: h for t = 0..T
      L: 1
      h[t] = phi(U * h[t-1]) for t = 1..T
      L = ell(h[1], y) + 2 * ell(h[T], y)
      objective L
    `,
  },
  {
    name: "lag 2",
    functions: CONCRETE,
    sizes: [
      { T: 1, h: 3, d: 2 },
      { T: 2, h: 3, d: 2 },
      { T: 6, h: 3, d: 2 },
    ],
    text: `
      system lag
      horizon T
      function phi elementwise
      function ell(2) -> 1
      W: h d parameter
      U: h h parameter
      V: h h parameter
      x[t]: d data for t = 1..T
      y[t]: h label for t = 1..T
      h[t]: h for t = -1..T
      L: 1
      h[t] = phi(W * x[t] + U * h[t-1] + V * h[t-2]) for t = 1..T
      L = (1 / T) * sum(t, 1, T, ell(h[t], y[t]))
      objective L
    `,
  },
  {
    name: "window sum",
    functions: CONCRETE,
    sizes: [
      { n: 4, K: 1, d: 2 },
      { n: 4, K: 3, d: 2 },
      { n: 2, K: 5, d: 3 },
      { n: 1, K: 1, d: 1 },
    ],
    text: `
      system window
      horizon n K
      function phi elementwise
      function ell(2) -> 1
      w[k]: d d parameter for k = 1..K
      x[i]: d parameter for i = 1..n + K - 1
      y[i]: d label for i = 1..n
      s[i]: d for i = 1..n
      L: 1
      s[i] = phi(sum(k, 1, K, w[k] * x[i+k-1])) for i = 1..n
      L = sum(i, 1, n, ell(s[i], y[i]))
      objective L
    `,
  },
  {
    name: "triangular sum over the past",
    functions: CONCRETE,
    sizes: [
      { T: 1, d: 2 },
      { T: 5, d: 3 },
    ],
    text: `
      system past
      horizon T
      function phi elementwise
      function ell(2) -> 1
      A: d d parameter
      B: d d parameter
      x[t]: d data for t = 1..T
      y[t]: d label for t = 1..T
      h[t]: d for t = 1..T
      L: 1
      h[t] = phi(A * x[t] + sum(s, 1, t - 1, B * h[s])) for t = 1..T
      L = sum(t, 1, T, ell(h[t], y[t]))
      objective L
    `,
  },
  {
    name: "layers and time",
    functions: CONCRETE,
    sizes: [
      { T: 1, N: 1, h: 2 },
      { T: 4, N: 3, h: 3 },
      { T: 2, N: 1, h: 2 },
    ],
    text: `
      system grid
      horizon T N
      function phi elementwise
      function ell(2) -> 1
      W[l]: h h parameter for l = 1..N
      U[l]: h h parameter for l = 1..N
      h[l, t]: h for l = 0..N, t = 0..T
      y[t]: h label for t = 1..T
      L: 1
      h[l, t] = phi(W[l] * h[l-1, t] + U[l] * h[l, t-1]) for l = 1..N, t = 1..T
      L = (1 / T) * sum(t, 1, T, ell(h[N, t], y[t]))
      objective L
    `,
  },
  {
    name: "matrix-valued states, two-sided",
    functions: CONCRETE,
    sizes: [
      { T: 1, n: 2 },
      { T: 3, n: 3 },
    ],
    text: `
      system covariance
      horizon T
      function ell(2) -> 1
      A: n n parameter
      Q: n n parameter
      P[t]: n n for t = 0..T
      Y: n n label
      L: 1
      P[t] = A * P[t-1] * A' + Q for t = 1..T
      L = ell(P[T], Y)
      objective L
    `,
  },
  {
    name: "samples as rows, tied weights",
    functions: CONCRETE,
    sizes: [
      { m: 3, d: 4, h: 2 },
      { m: 1, d: 1, h: 1 },
    ],
    text: `
      system autoencoder
      function phi elementwise
      function ell(2) -> 1
      W: d h parameter
      b: h parameter
      X: m d data
      H: m h
      R: m d
      L: 1
      H = phi(X * W + ones(m, 1) * b')
      R = H * W'
      L = ell(R, X) / m
      objective L
    `,
  },
  {
    name: "reads ahead in time",
    functions: CONCRETE,
    sizes: [
      { T: 1, h: 2 },
      { T: 5, h: 3 },
    ],
    text: `
      system ahead
      horizon T
      function phi elementwise
      function ell(2) -> 1
      U: h h parameter
      V: h h parameter
      x[t]: h parameter for t = 1..T + 1
      y[t]: h label for t = 1..T
      g[t]: h for t = 1..T + 2
      L: 1
      g[t] = phi(U * g[t+1] + V * g[t+2] + x[t+1]) for t = 1..T
      L = sum(t, 1, T, ell(g[t] .* x[t], y[t]))
      objective L
    `,
  },
  {
    name: "coupled states, one of them reading ahead of the other",
    functions: CONCRETE,
    sizes: [
      { T: 1, h: 2 },
      { T: 6, h: 3 },
    ],
    text: `
      system coupled
      horizon T
      function phi elementwise
      function ell(2) -> 1
      U: h h parameter
      V: h h parameter
      y: h label
      a[t]: h for t = -1..T
      b[t]: h for t = 1..T + 1
      L: 1
      b[t] = phi(U * a[t-2]) for t = 1..T + 1
      a[t] = phi(V * b[t+1]) for t = 1..T
      L = ell(a[T], y) + ell(b[1], y)
      objective L
    `,
  },
  {
    name: "a function by a formula",
    functions: { ell: "half squared error" },
    sizes: [
      { T: 1, h: 2, d: 3 },
      { T: 4, h: 3, d: 2 },
    ],
    text: `
      system formula
      horizon T
      function swish(u) = u / (1 + exp(-u))
      function ell(2) -> 1
      W: h d parameter
      U: h h parameter
      x[t]: d data for t = 1..T
      y[t]: h label for t = 1..T
      h[t]: h for t = 0..T
      L: 1
      h[t] = swish(W * x[t] + U * h[t-1]) for t = 1..T
      L = (1 / T) * sum(t, 1, T, ell(h[t], y[t]))
      objective L
    `,
  },
  {
    name: "powers, ordered products and norms",
    sizes: [
      { T: 1, n: 2 },
      { T: 4, n: 3 },
    ],
    text: `
      system powers
      horizon T
      A: n n parameter
      B[t]: n n parameter for t = 1..T
      v: n parameter
      c: 1 parameter
      u: n
      w: n
      L: 1
      u = (A^T) * v + product(t, 1, T, B[t]) * v
      w = reversedproduct(t, 1, T, B[t]) * u + (c * c) * diag(v) * u
      L = norm(w) + squarednorm(A - identity(n)) / 3 + inner(u, v) .^ 2 + sum(t, 1, T, (1 / t) * norm(B[t]))
      objective L
    `,
  },
  {
    name: "entry by entry functions",
    sizes: [{ m: 2, n: 3 }],
    range: [0.3, 1.7],
    text: `
      system entries
      A: m n parameter
      B: m n parameter
      v: n parameter
      C: m n
      D: m m
      L: 1
      C = (exp(-A) ./ (A + B)) .* log(B) + tanh(A .* B) - sqrt(A) + relu(A - B) + logistic(B) + A .^ 3
      D = outer(diagonal(C * A'), C * v) + C * diag(v) * B'
      L = inner(D, D) / 7 + norm(C)
      objective L
    `,
  },
  {
    name: "differences, multiples and transposes of products and sums",
    sizes: [
      { T: 1, m: 2, n: 3 },
      { T: 3, m: 3, n: 2 },
    ],
    text: `
      system differences
      horizon T
      A: m n parameter
      B: n m parameter
      c: 1 parameter
      x[t]: n parameter for t = 1..T
      D: m m
      E: n m
      s: m
      L: 1
      D = (A * B) - c * (B' * A')
      E = (c * sum(t, 1, T, A * x[t] * x[t]'))' - (-(B - A' * D))
      s = A * sum(t, 1, T, x[t]) - sum(t, 1, T, (1 / t) * (D * (A * x[t])))
      L = squarednorm(D - identity(m)) - inner(E, B) / 2 - (c - sum(t, 1, T, inner(x[t], x[t]))) * inner(s, s)
      objective L
    `,
  },
];
