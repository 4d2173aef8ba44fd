/** Systems that forward mode is tried on, beside those of documents. */

/** Zhang et al., Dive into Deep Learning, "Backpropagation Through Time": everything abstract. */
export const SCALAR_STATE = `
  system "hidden states"
  horizon T
  function f(3) -> 1
  function g(2) -> 1
  function ell(2) -> 1
  w: 1 parameter
  v: 1 parameter
  x[t]: 1 data for t = 1..T
  y[t]: 1 label for t = 1..T
  h[t]: 1 for t = 0..T
  o[t]: 1 for t = 1..T
  L: 1
  h[t] = f(x[t], h[t-1], w) for t = 1..T
  o[t] = g(h[t], v) for t = 1..T
  L = (1 / T) * sum(t, 1, T, ell(y[t], o[t]))
  objective L
`;

/** The same with vectors, and a matrix among the arguments. */
export const VECTOR_STATE = `
  system "vector states"
  horizon T
  function f(3) -> n
  function g(2) -> m
  function ell(2) -> 1
  w: k parameter
  W: m k parameter
  x[t]: d data for t = 1..T
  y[t]: m label for t = 1..T
  h[t]: n for t = 0..T
  o[t]: m for t = 1..T
  L: 1
  h[t] = f(x[t], h[t-1], w) for t = 1..T
  o[t] = g(h[t], W) for t = 1..T
  L = (1 / T) * sum(t, 1, T, ell(y[t], o[t]))
  objective L
`;

/** One weight for what is remembered. */
export const LINEAR_STATE = `
  system "linear states"
  horizon T
  c: 1 parameter
  v: 1 parameter
  x[t]: 1 data for t = 1..T
  s[t]: 1 for t = 0..T
  L: 1
  s[t] = c * s[t-1] + v * x[t] for t = 1..T
  L = s[T]
  objective L
`;

/** Components that are normalised together. */
export const NORM = `
  system norm
  horizon N
  x[i]: 1 data for i = 1..N
  y[i]: 1 for i = 1..N
  mu: 1
  v: 1
  e: 1 constant
  L: 1
  mu = (1 / N) * sum(i, 1, N, x[i])
  v = (1 / N) * sum(i, 1, N, (x[i] - mu) .^ 2)
  y[i] = (x[i] - mu) / sqrt(v + e) for i = 1..N
  L = sum(i, 1, N, y[i])
  objective L
`;

export const STATES: Readonly<Record<string, string>> = {
  "an abstract scalar state": SCALAR_STATE,
  "an abstract vector state": VECTOR_STATE,
  "a linear state": LINEAR_STATE,
  "a bias, by its Jacobian": `
    system bias
    horizon T
    function phi elementwise
    W: n n parameter
    b: n parameter
    c: 1 parameter
    h[t]: n for t = 0..T
    y[t]: n target for t = 1..T
    L: 1
    h[t] = phi(W * h[t-1] + b)  for t = 1..T
    L = c * sum(t, 1, T, squarednorm(h[t] - y[t])) + squarednorm(W)
    objective L
  `,
  "coupled states with named arguments": `
    system coupled
    horizon T
    U: n n parameter
    V: n n parameter
    b: n parameter
    h[t]: n for t = 0..T
    z[t]: n for t = 1..T
    s[t]: n for t = 0..T
    L: 1
    z[t] = U * h[t-1] + V * s[t-1] + b for t = 1..T
    h[t] = tanh(z[t]) for t = 1..T
    s[t] = logistic(z[t]) .* s[t-1] for t = 1..T
    L = sum(t, 1, T, inner(h[t], s[t]))
    objective L
  `,
  "a matrix state": `
    system matrices
    horizon T
    A: n n parameter
    b: n parameter
    P[t]: n n for t = 0..T
    L: 1
    P[t] = A * P[t-1] * A' + outer(b, b) for t = 1..T
    L = trace(P[T])
    objective L
  `,
  "softmax and a quotient": `
    system attention
    K: n d parameter
    q: d parameter
    a: n
    L: 1
    a = softmax(K * q)
    L = log(inner(a, a)) / (1 + inner(a, a))
    objective L
  `,
};
