import { op } from "./op.ts";

export const beside = op({
  name: "beside",
  doc: "One array to the left of another.",
  args: ["A", "B"],
  shape: "m n, m k -> m n+k",
  means: { define: "window(A, 0, 0, m, n + k) + window(B, 0, -n, m, n + k)" },
  pullback: { A: "columnslice(G, 1, n)", B: "columnslice(G, n + 1, n + k)" },
  latex: { form: { blocks: "columns" }, reads: { "[&]": 0, hstack: 0, "[,]": 4, concat: 3, cat: 3, concatenate: 3 } },
  laws: ["associative"],
});
