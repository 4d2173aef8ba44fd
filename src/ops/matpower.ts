import { op } from "./op.ts";

export const matpower = op({
  name: "matpower",
  doc: "The power of a square matrix; the exponent is a whole number ≥ 0 that may stay a symbol.",
  source: "Magnus and Neudecker 2019, Matrix Differential Calculus, §9.13",
  args: ["A", "k"],
  shape: "n n, #k -> n n",
  means: { define: "product(s, 1, k, A)" },
  pullback: { A: "sum(s, 0, k - 1, (A')^s * G * (A')^(k - 1 - s))" },
  latex: { form: { template: "#1^{#2}", level: "power", brackets: { "1": "atom" } }, reads: { "^": 0 } },
  term: [{ spelling: "^" }],
  natural: ["k"],
});
