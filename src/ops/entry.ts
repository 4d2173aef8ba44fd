import { op } from "./op.ts";

export const entry = op({
  name: "entry",
  doc: "One entry of a vector, the first being number 1.",
  args: ["x", "i"],
  shape: "n, #i -> 1",
  means: { define: "window(x, i - 1, 0, 1, 1)" },
  pullback: { x: "G * unit(n, i)" },
  isWhole: true,
  latex: { form: { subscript: "#2", index: true } },
});
