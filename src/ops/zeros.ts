import { op } from "./op.ts";

export const zeros = op({
  name: "zeros",
  doc: "An array of zeros.",
  args: ["m", "n"],
  shape: "#m, #n -> m n",
  means: { define: "0 * ones(m, n)" },
  latex: { form: { template: "0", level: "atom" }, reads: { "0": 0, "\\mathbf{0}": 0, "\\vec{0}": 0 } },
});
