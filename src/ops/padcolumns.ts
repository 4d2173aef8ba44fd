import { op } from "./op.ts";

export const padColumns = op({
  name: "padcolumns",
  doc: "An array as the columns from a given one on of an array with more columns, zeros to its left and right.",
  args: ["A", "a", "s"],
  shape: "m n, #a, #s -> m s",
  means: { define: "window(A, 0, 1 - a, m, s)" },
  pullback: { A: "columnslice(G, a, a + n - 1)" },
  latex: { form: { padded: "columns" } },
});
