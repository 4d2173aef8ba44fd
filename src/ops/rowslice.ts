import { op } from "./op.ts";

export const rowSlice = op({
  name: "rowslice",
  doc: "The rows of an array from one to another, both included: a slice.",
  args: ["A", "a", "b"],
  shape: "m n, #a, #b -> b-a+1 n",
  means: { define: "window(A, a - 1, 0, b - a + 1, n)" },
  pullback: { A: "padrows(G, a, m)" },
  latex: {
    form: {
      when: [["column", { subscript: "#2:#3" }]],
      otherwise: { subscript: "#2:#3,:" },
    },
  },
});
