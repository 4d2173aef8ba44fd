import { op } from "./op.ts";

export const unit = op({
  name: "unit",
  doc: "The unit vector with a one at a place and zeros elsewhere.",
  args: ["n", "i"],
  shape: "#n, #i -> n",
  means: { define: "window(1, 1 - i, 0, n, 1)" },
  latex: { form: { template: "e_{#2}", level: "atom" } },
});
