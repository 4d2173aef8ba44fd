/** Recurrences of every kind that has a closed form, and of every kind that has none, in the inside notation. */

/** Runs the other way: h[t] reads h[t+1], so that the adjoints run up. */
const BACKWARDS = `
  system backwards
  horizon T
  function phi elementwise
  function ell(2) -> 1
  U: h d parameter
  V: h h parameter
  x[t]: d data for t = 1..T
  y[t]: h label for t = 1..T
  h[t]: h for t = 1..T+1
  L: 1
  h[t] = phi(U * x[t] + V * h[t+1]) for t = 1..T
  L = sum(t, 1, T, ell(h[t], y[t]))
`;

/** States are rows, with weights on the right. */
const ROWS = `
  system rows
  horizon T
  function phi elementwise
  function ell(2) -> 1
  U: d h parameter
  V: h h parameter
  x[t]: 1 d data for t = 1..T
  y[t]: 1 h label for t = 1..T
  h[t]: 1 h for t = 0..T
  L: 1
  h[t] = phi(x[t] * U + h[t-1] * V) for t = 1..T
  L = sum(t, 1, T, ell(h[t], y[t]))
`;

/** A matrix state with factors on both sides. */
const TWO_SIDED = `
  system twosided
  horizon T
  function ell(2) -> 1
  A: m m parameter
  B: n n parameter
  y[t]: m n label for t = 1..T
  P[t]: m n for t = 0..T
  L: 1
  P[t] = A * P[t-1] * B for t = 1..T
  L = sum(t, 1, T, ell(P[t], y[t]))
`;

/** The same with matrices that change with time. */
const TWO_SIDED_VARYING = TWO_SIDED.replace("A: m m parameter", "A[t]: m m data for t = 1..T")
  .replace("B: n n parameter", "B[t]: n n data for t = 1..T")
  .replace("A * P[t-1] * B", "A[t] * P[t-1] * B[t]");

/** A loss on the last member only. */
const LAST = `
  system last
  horizon T
  function phi elementwise
  function ell(2) -> 1
  U: h d parameter
  V: h h parameter
  x[t]: d data for t = 1..T
  y: h label
  h[t]: h for t = 0..T
  L: 1
  h[t] = phi(U * x[t] + V * h[t-1]) for t = 1..T
  L = ell(h[T], y)
`;

/** The compound argument of φ has a name, so that two families are coupled. */
const NAMED = `
  system named
  horizon T
  function phi elementwise
  function ell(2) -> 1
  U: h d parameter
  V: h h parameter
  x[t]: d data for t = 1..T
  y[t]: h label for t = 1..T
  z[t]: h for t = 1..T
  h[t]: h for t = 0..T
  L: 1
  z[t] = U * x[t] + V * h[t-1] for t = 1..T
  h[t] = phi(z[t]) for t = 1..T
  L = (1 / T) * sum(t, 1, T, ell(h[t], y[t]))
`;

/** A skip connection: two terms read the neighbour. */
const RESIDUAL = LAST.replace("system last", "system residual").replace(
  "phi(U * x[t] + V * h[t-1])",
  "h[t-1] + phi(U * x[t] + V * h[t-1])",
);

/** A scalar state with a decay: exponential smoothing. */
const SCALAR = `
  system smoothing
  horizon T
  function ell(2) -> 1
  a: 1 parameter
  x[t]: 1 data for t = 1..T
  y[t]: 1 label for t = 1..T
  s[t]: 1 for t = 0..T
  L: 1
  s[t] = a * s[t-1] + x[t] for t = 1..T
  L = sum(t, 1, T, ell(s[t], y[t]))
`;

/** Losses on the first and on the last member, weighted differently. */
const BOTH_ENDS = LAST.replace("system last", "system ends").replace(
  "L = ell(h[T], y)",
  "L = 2 * ell(h[1], y) - ell(h[T], y)",
);

/** tanh by name: φ′ is 1 - h ⊙ h. */
const TANH = LAST.replace("system last", "system tanh").replace(
  "phi(U * x[t] + V * h[t-1])",
  "tanh(U * x[t] + V * h[t-1])",
);

/** A leak and a sign: h[t] = -c h[t-1] + tanh(…). */
const ACCUMULATOR = `
  system accumulator
  horizon T
  x[t]: h data for t = 1..T
  w: h parameter
  h[t]: h for t = 0..T
  L: 1
  h[t] = h[t-1] + w .* x[t] for t = 1..T
  L = sum(t, 1, T, squarednorm(h[t]))
`;

export const SOLVED = {
  BACKWARDS,
  ROWS,
  TWO_SIDED,
  TWO_SIDED_VARYING,
  LAST,
  NAMED,
  RESIDUAL,
  SCALAR,
  BOTH_ENDS,
  TANH,
  ACCUMULATOR,
};

const LAG = LAST.replace("system last", "system lag")
  .replace("h[t]: h for t = 0..T", "h[t]: h for t = -1..T")
  .replace("V * h[t-1]", "V * h[t-1] + V * h[t-2]");

/** A cell state beside the hidden state, each reading both. */
export const COUPLED = `
  system cell
  horizon T
  function phi elementwise
  U: h h parameter
  V: h h parameter
  y: h label
  c[t]: h for t = 0..T
  h[t]: h for t = 0..T
  L: 1
  c[t] = U * c[t-1] + phi(V * h[t-1]) for t = 1..T
  h[t] = phi(c[t]) .* h[t-1] for t = 1..T
  L = inner(h[T], y)
`;

/** Matrices that read each other. */
const COUPLED_MATRICES = `
  system matrices
  horizon T
  U: h h parameter
  V: h h parameter
  Y: h h label
  C[t]: h h for t = 0..T
  H[t]: h h for t = 0..T
  L: 1
  C[t] = U * C[t-1] + H[t-1] for t = 1..T
  H[t] = C[t-1] * V + H[t-1] for t = 1..T
  L = inner(H[T], Y)
`;

/** States of different sizes that read each other; each is compared with a label at every step. */
const TWO_SIZES = `
  system sizes
  horizon T
  function phi elementwise
  function ell(3) -> 1
  A: m n parameter
  B: n m parameter
  y[t]: m label for t = 1..T
  c[t]: n for t = 0..T
  h[t]: m for t = 0..T
  L: 1
  c[t] = c[t-1] + phi(B * h[t-1]) for t = 1..T
  h[t] = phi(A * c[t]) + h[t-1] for t = 1..T
  L = sum(t, 1, T, ell(h[t], c[t], y[t]))
`;

/** The cell against time. */
const COUPLED_BACKWARDS = `
  system backwards
  horizon T
  function phi elementwise
  U: h h parameter
  V: h h parameter
  y: h label
  c[t]: h for t = 1..T+1
  h[t]: h for t = 1..T+1
  L: 1
  c[t] = U * c[t+1] + phi(V * h[t+1]) for t = 1..T
  h[t] = phi(c[t]) .* h[t+1] for t = 1..T
  L = inner(h[1], y)
`;

/** Scalars, with gates of their own names. */
const SCALAR_CELL = `
  system scalars
  horizon T
  w: 1 parameter
  u: 1 parameter
  y[t]: 1 label for t = 1..T
  f[t]: 1 for t = 1..T
  c[t]: 1 for t = 0..T
  h[t]: 1 for t = 0..T
  L: 1
  f[t] = logistic(w * h[t-1]) for t = 1..T
  c[t] = f[t] * c[t-1] + u * h[t-1] for t = 1..T
  h[t] = tanh(c[t]) for t = 1..T
  L = sum(t, 1, T, h[t] * y[t])
`;

export const BLOCKS = { COUPLED, TWO_SIZES, COUPLED_BACKWARDS, SCALAR_CELL };

/** Layers and time, both symbolic. */
const LAYERS = `
  system layers
  horizon T N
  function phi elementwise
  V: h h parameter
  W: h h parameter
  y: h label
  h[l, t]: h for l = 0..N, t = 0..T
  L: 1
  h[l, t] = phi(V * h[l-1, t] + W * h[l, t-1]) for l = 1..N, t = 1..T
  L = inner(h[N, T], y)
`;

const WINDOW = `
  system window
  horizon T
  V: h h parameter
  y: h label
  x: h data
  h[t]: h for t = 1..T
  L: 1
  h[t] = V * x + sum(i, 1, t - 1, V * h[i]) for t = 1..T
  L = inner(h[T], y)
`;

/** A matrix state multiplied entry by entry. */
const ENTRYWISE = TWO_SIDED.replace("system twosided", "system entrywise").replace(
  "A * P[t-1] * B",
  "tanh(A * P[t-1] * B)",
);

const ABSTRACT = `
  system abstract
  horizon T
  function f(2) -> h
  w: h parameter
  y: h label
  h[t]: h for t = 0..T
  L: 1
  h[t] = f(h[t-1], w) for t = 1..T
  L = inner(h[T], y)
`;

export const UNSOLVED = {
  lag: LAG,
  coupled: COUPLED_MATRICES,
  "two-indices": LAYERS,
  windowed: WINDOW,
  "entrywise-on-matrix": ENTRYWISE,
  "abstract-operator": ABSTRACT,
};
