import { op } from "./op.ts";

export const leakyRelu = op({
  name: "leakyrelu",
  doc: "Every entry where it is positive, c times it elsewhere.",
  source: "Maas, Hannun and Ng 2013, Rectifier nonlinearities improve neural network acoustic models",
  args: ["Z", "c"],
  shape: "m n, 1 -> m n",
  means: { define: "relu(Z) - c * relu(-Z)" },
  pullback: { Z: "G .* step(Z) + c * (G .* step(-Z))", c: "-inner(G, relu(-Z))" },
  latex: {
    form: { call: "\\operatorname{leakyrelu}" },
    reads: { leakyrelu: 0, LeakyReLU: 0, leakyReLU: 0, "\\max *": 0 },
  },
  kinks: {
    where: "Z_{ij} = 0",
    returns: "0",
    say: "The leaky relu has no derivative at 0; 0 is returned there.",
  },
});
