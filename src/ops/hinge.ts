import { op } from "./op.ts";

export const hinge = op({
  name: "hinge",
  doc: "The hinge loss of scores Z for labels B of ±1: the sum of the positive parts of 1 - b z.",
  source: "Shalev-Shwartz and Ben-David 2014, Understanding Machine Learning, §12.3",
  args: ["Z", "B"],
  shape: "m n, m n -> 1",
  means: { define: "total(relu(ones(m, n) - B .* Z))" },
  pullback: { Z: "-(G * (B .* step(ones(m, n) - B .* Z)))", B: "-(G * (Z .* step(ones(m, n) - B .* Z)))" },
  latex: { form: { call: "\\operatorname{hinge}" }, reads: { hinge: 0, "hinge loss": 0 } },
  kinks: {
    where: "B_{ij} Z_{ij} = 1",
    returns: "0",
    say: "The hinge loss has no derivative where b z is 1; 0 is returned there.",
  },
  compares: {
    output: "Z",
    target: "B",
    name: { en: "hinge loss", zh: "合页损失" },
    called: ["hinge", "合页"],
  },
});
