/** Systems of many shapes, in the inside notation: tests of derivation, checking and code walk them. */
import { MLP, RNN } from "./rnn.ts";

const net = (name: string, lines: string): string => `
  system ${name}
  horizon T
  function phi elementwise
  function ell(2) -> 1
  W: h h parameter
  U: h d parameter
  V: q h parameter
  x[t]: d data for t = 1..T
  y[t]: q label for t = 1..T
  L: 1
  ${lines}
  objective L
`;

export const CORPUS: Readonly<Record<string, string>> = {
  rnn: RNN,
  mlp: MLP,
  lastStepLoss: net(
    "last step loss",
    `
    h[t]: h for t = 0..T
    h[t] = phi(W * h[t-1] + U * x[t]) for t = 1..T
    L = ell(V * h[T], y[T])`,
  ),
  firstAndLast: net(
    "loss on the first and the last state",
    `
    h[t]: h for t = 0..T
    h[t] = phi(W * h[t-1] + U * x[t]) for t = 1..T
    L = ell(V * h[1], y[1]) + ell(V * h[T], y[T])`,
  ),
  lagTwo: net(
    "lag 2",
    `
    B: h h parameter
    h[t]: h for t = -1..T
    h[t] = phi(W * h[t-1] + B * h[t-2] + U * x[t]) for t = 1..T
    L = sum(t, 1, T, ell(V * h[t], y[t]))`,
  ),
  bidirectional: net(
    "bidirectional",
    `
    B: h h parameter
    f[t]: h for t = 0..T
    b[t]: h for t = 1..T+1
    o[t]: q for t = 1..T
    f[t] = phi(W * f[t-1] + U * x[t]) for t = 1..T
    b[t] = phi(B * b[t+1] + U * x[t]) for t = 1..T
    o[t] = V * (f[t] + b[t]) for t = 1..T
    L = (1 / T) * sum(t, 1, T, ell(o[t], y[t]))`,
  ),
  namedPreactivation: net(
    "named pre-activation",
    `
    b: h parameter
    z[t]: h for t = 1..T
    h[t]: h for t = 0..T
    o[t]: q for t = 1..T
    z[t] = U * x[t] + W * h[t-1] + b for t = 1..T
    h[t] = phi(z[t]) for t = 1..T
    o[t] = V * h[t] for t = 1..T
    L = (1 / T) * sum(t, 1, T, ell(o[t], y[t]))`,
  ),
  tied: net(
    "tied weights",
    `
    h[t]: h for t = 0..T
    r[t]: h for t = 1..T
    h[t] = phi(W * h[t-1] + U * x[t]) for t = 1..T
    r[t] = W' * h[t] + W * (W * h[t]) for t = 1..T
    L = sum(t, 1, T, ell(V * r[t], y[t]))`,
  ),
  swish: `
    system a formula for phi
    horizon T
    function swish(u) = u / (1 + exp(-u))
    function ell(2) -> 1
    W: h h parameter
    y[t]: h label for t = 1..T
    h[t]: h for t = 0..T
    L: 1
    h[t] = swish(W * h[t-1]) for t = 1..T
    L = (1 / T) * sum(t, 1, T, ell(h[t], y[t]))
  `,
  rows: `
    system row vectors
    horizon T
    function phi elementwise
    function ell(2) -> 1
    W: h h parameter
    U: d h parameter
    b: 1 h parameter
    x[t]: 1 d data for t = 1..T
    y[t]: 1 h label for t = 1..T
    h[t]: 1 h for t = 0..T
    L: 1
    h[t] = phi(x[t] * U + h[t-1] * W + b) for t = 1..T
    L = (1 / T) * sum(t, 1, T, ell(h[t], y[t]))
  `,
  window: `
    system window
    horizon n K
    w[k]: 1 parameter for k = 1..K
    v[i]: 1 data for i = 1..n + K - 1
    x[i]: 1 for i = 1..n + K - 1
    y[i]: 1 for i = 1..n
    L: 1
    x[i] = v[i] .^ 2 for i = 1..n + K - 1
    y[i] = sum(k, 1, K, w[k] * x[i + k - 1]) for i = 1..n
    L = sum(i, 1, n, y[i] .^ 2)
  `,
  triangular: `
    system triangular sums
    horizon T
    A: h h parameter
    u[t]: h data for t = 1..T
    s[t]: h for t = 1..T
    L: 1
    s[t] = tanh(sum(i, 1, t, A * u[i])) for t = 1..T
    L = sum(t, 1, T, sum(i, t, T, inner(s[t], s[i])))
  `,
  layers: `
    system layers and time
    horizon N T
    function phi elementwise
    function ell(2) -> 1
    W[l]: h h parameter for l = 1..N
    U[l]: h h parameter for l = 1..N
    y[t]: h label for t = 1..T
    h[l, t]: h for l = 0..N, t = 0..T
    L: 1
    h[l, t] = phi(W[l] * h[l-1, t] + U[l] * h[l, t-1]) for l = 1..N, t = 1..T
    L = sum(t, 1, T, ell(h[N, t], y[t]))
  `,
  product: `
    system ordered product
    horizon T
    M[t]: n n parameter for t = 1..T
    v: n data
    L: 1
    L = squarednorm(product(t, 1, T, M[t]) * v)
  `,
  matrixState: `
    system matrix states
    horizon T
    A: n n parameter
    Q: n n parameter
    P[t]: n n for t = 0..T
    L: 1
    P[t] = A * P[t-1] * A' + Q for t = 1..T
    L = squarednorm(P[T])
  `,
  abstractCell: `
    system abstract cell
    horizon T
    function f(3) -> h
    function ell(2) -> 1
    w: p parameter
    x[t]: d data for t = 1..T
    y[t]: h label for t = 1..T
    h[t]: h for t = 0..T
    L: 1
    h[t] = f(x[t], h[t-1], w) for t = 1..T
    L = (1 / T) * sum(t, 1, T, ell(h[t], y[t]))
  `,
  lstm: `
    system lstm
    horizon T
    function ell(2) -> 1
    U_f: h d parameter
    V_f: h h parameter
    U_i: h d parameter
    V_i: h h parameter
    U_g: h d parameter
    V_g: h h parameter
    U_u: h d parameter
    V_u: h h parameter
    W: q h parameter
    x[t]: d data for t = 1..T
    y[t]: q label for t = 1..T
    f[t]: h for t = 1..T
    i[t]: h for t = 1..T
    g[t]: h for t = 1..T
    u[t]: h for t = 1..T
    c[t]: h for t = 0..T
    h[t]: h for t = 0..T
    L: 1
    f[t] = logistic(U_f * x[t] + V_f * h[t-1]) for t = 1..T
    i[t] = logistic(U_i * x[t] + V_i * h[t-1]) for t = 1..T
    g[t] = tanh(U_g * x[t] + V_g * h[t-1]) for t = 1..T
    u[t] = logistic(U_u * x[t] + V_u * h[t-1]) for t = 1..T
    c[t] = f[t] .* c[t-1] + i[t] .* g[t] for t = 1..T
    h[t] = u[t] .* tanh(c[t]) for t = 1..T
    L = (1 / T) * sum(t, 1, T, ell(W * h[t], y[t]))
  `,
};
