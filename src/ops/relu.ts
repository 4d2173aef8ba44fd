import { op } from "./op.ts";

export const relu = op({
  name: "relu",
  doc: "The positive part of every entry.",
  args: ["Z"],
  shape: "m n -> m n",
  means: { define: "Z .* step(Z)" },
  pullback: { Z: "G .* step(Z)" },
  latex: {
    form: { call: "\\operatorname{relu}" },
    reads: { relu: 0, ReLU: 0, RELU: 0, "\\max 0": 0 },
    called: ["rectifier", "rectified linear", "线性整流"],
  },
  kinks: {
    where: "Z_{ij} = 0",
    returns: "0",
    say: "relu has no derivative at 0; 0 is returned there.",
  },
  steepest: "1",
});
