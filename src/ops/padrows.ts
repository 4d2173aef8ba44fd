import { op } from "./op.ts";

export const padRows = op({
  name: "padrows",
  doc: "An array as the rows from a given one on of an array with more rows, zeros above and below.",
  args: ["A", "a", "r"],
  shape: "m n, #a, #r -> r n",
  means: { define: "window(A, 1 - a, 0, r, n)" },
  pullback: { A: "rowslice(G, a, a + m - 1)" },
  latex: { form: { padded: "rows" } },
});
