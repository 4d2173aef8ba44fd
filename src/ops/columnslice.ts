import { op } from "./op.ts";

export const columnSlice = op({
  name: "columnslice",
  doc: "The columns of an array from one to another, both included: a slice.",
  args: ["A", "a", "b"],
  shape: "m n, #a, #b -> m b-a+1",
  means: { define: "window(A, 0, a - 1, m, b - a + 1)" },
  pullback: { A: "padcolumns(G, a, n)" },
  latex: {
    form: {
      when: [["row", { subscript: "#2:#3" }]],
      otherwise: { subscript: ":,#2:#3" },
    },
  },
});
