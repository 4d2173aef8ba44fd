import { MLP, RNN } from "../systems/rnn.ts";

/** Systems that documents are tried on, beside the seed's two. */
export const SYSTEMS: Readonly<Record<string, string>> = {
  rnn: RNN,
  mlp: MLP,
  "two layers of recurrence": `
    system deep
    horizon T N
    function phi elementwise
    function ell(2) -> 1
    W[l]: n n parameter for l = 1..N
    U[l]: n n parameter for l = 1..N
    V: q n parameter
    h[l, t]: n for l = 0..N, t = 0..T
    y[t]: q label for t = 1..T
    o[t]: q for t = 1..T
    L: 1
    h[l, t] = phi(U[l] * h[l-1, t] + W[l] * h[l, t-1]) for l = 1..N, t = 1..T
    o[t] = V * h[N, t] for t = 1..T
    L = (1 / T) * sum(t, 1, T, ell(o[t], y[t]))
    objective L
  `,
  "both directions": `
    system bidirectional
    horizon T
    function phi elementwise
    W_f: n n parameter
    W_b: n n parameter
    U: n d parameter
    V: q n parameter
    x[t]: d data for t = 1..T
    y[t]: q target for t = 1..T
    f[t]: n for t = 0..T
    b[t]: n for t = 1..T+1
    o[t]: q for t = 1..T
    L: 1
    f[t] = phi(W_f * f[t-1] + U * x[t]) for t = 1..T
    b[t] = phi(W_b * b[t+1] + U * x[t]) for t = 1..T
    o[t] = V * (f[t] + b[t]) for t = 1..T
    L = sum(t, 1, T, halfsquarederror(o[t], y[t]))
    objective L
  `,
  "loss at the ends": `
    system ends
    horizon T
    function phi elementwise
    function ell(2) -> 1
    W: n n parameter
    h[t]: n for t = 0..T
    y: n label
    L: 1
    h[t] = phi(W * h[t-1]) for t = 1..T
    L = ell(h[1], y) + ell(h[T], y)
    objective L
  `,
  "a window": `
    system window
    horizon M K
    w[k]: 1 parameter for k = 1..K
    x[i]: 1 parameter for i = 1..M+K-1
    y[i]: 1 for i = 1..M
    L: 1
    y[i] = sum(k, 1, K, w[k] * x[i+k-1]) for i = 1..M
    L = sum(i, 1, M, y[i]^2)
    objective L
  `,
  "gates and rectifiers": `
    system gates
    horizon T
    W: n n parameter
    b: n parameter
    gamma: 1 constant
    c[t]: n for t = 0..T
    g[t]: n for t = 1..T
    L: 1
    g[t] = logistic(W * c[t-1] + b) for t = 1..T
    c[t] = g[t] .* c[t-1] + (ones(n, 1) - g[t]) .* relu(W' * c[t-1]) for t = 1..T
    L = gamma * norm(c[T]) + sum(t, 1, T, log(ones(n, 1)' * exp(c[t])))
    objective L
  `,
  "an abstract cell": `
    system cell
    horizon T
    function f(3) -> n
    function ell(2) -> 1
    w: p parameter
    x[t]: d data for t = 1..T
    y[t]: n label for t = 1..T
    h[t]: n for t = 0..T
    L: 1
    h[t] = f(x[t], h[t-1], w) for t = 1..T
    L = sum(t, 1, T, ell(h[t], y[t]))
    objective L
  `,
  "a parameter that nothing reads": `
    system idle
    W: n n parameter
    V: n n parameter
    x: n data
    L: 1
    L = squarednorm(W * x)
    objective L
  `,
};
