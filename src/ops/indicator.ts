import { op } from "./op.ts";

export const indicator = op({
  name: "indicator",
  doc: "The indicator of an equation, Kronecker's delta: one where two integers are equal, zero elsewhere.",
  args: ["i", "j"],
  shape: "#i, #j -> 1",
  means: { define: "window(1, i - j, 0, 1, 1)" },
  pullback: {},
  isWhole: true,
  latex: { form: { template: "\\mathbb{1}_{#1 = #2}", level: "power" } },
});
