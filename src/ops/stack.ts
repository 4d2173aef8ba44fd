import { op } from "./op.ts";

export const stack = op({
  name: "stack",
  doc: "One array on top of another.",
  args: ["A", "B"],
  shape: "m n, k n -> m+k n",
  means: { define: "window(A, 0, 0, m + k, n) + window(B, -m, 0, m + k, n)" },
  pullback: { A: "rowslice(G, 1, m)", B: "rowslice(G, m + 1, m + k)" },
  latex: { form: { blocks: "rows" }, reads: { "[;]": 0, concat: 0, vstack: 0, cat: 0, concatenate: 0 } },
  laws: ["associative"],
});
