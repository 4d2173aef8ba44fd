import { op } from "./op.ts";

export const identity = op({
  name: "identity",
  doc: "The identity matrix of a size.",
  args: ["n"],
  shape: "#n -> n n",
  means: { einsum: "->ii" },
  latex: { form: { template: "I_{#1}", level: "atom" }, reads: { I: 2 } },
});
