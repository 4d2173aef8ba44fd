/** The recurrent net of the seed note, in the inside notation. */
export const RNN = `
  system rnn
  horizon T
  function phi elementwise
  function ell(2) -> 1
  W_hx: h d parameter
  W_hh: h h parameter
  W_yh: q h parameter
  x[t]: d data for t = 1..T
  y[t]: q label for t = 1..T
  h[t]: h for t = 0..T
  o[t]: q for t = 1..T
  L: 1
  h[t] = phi(W_hx * x[t] + W_hh * h[t-1]) for t = 1..T
  o[t] = W_yh * h[t] for t = 1..T
  L = (1 / T) * sum(t, 1, T, ell(o[t], y[t]))
  objective L
`;

/** The regularised perceptron of the seed note. */
export const MLP = `
  system mlp
  function phi elementwise
  function ell(2) -> 1
  W_1: h d parameter
  W_2: q h parameter
  x: d data
  y: q label
  lambda: 1 constant
  z: h
  h: h
  o: q
  L: 1
  S: 1
  J: 1
  z = W_1 * x
  h = phi(z)
  o = W_2 * h
  L = ell(o, y)
  S = (lambda / 2) * (squarednorm(W_1) + squarednorm(W_2))
  J = L + S
  objective J
`;
