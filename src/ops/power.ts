import { integerNode, integerValue, type Node, rowsAndColumns } from "../expr/node.ts";
import { constantValue, minus, type Polynomial } from "../expr/polynomial.ts";
import { op } from "./op.ts";

export const power = op({
  name: "power",
  doc: "Every entry raised to an integer power.",
  args: ["A", "k"],
  shape: "m n, #k -> m n",
  means: { each: "pow" },
  pullback: {
    // A constant has no derivative that a power of 0 could spoil: x^0 is 1, also at 0.
    A: ({ args: [A, exponent], G, build }): Node => {
      const k = integerValue(exponent as Node) as Polynomial;
      const [rows, columns] = rowsAndColumns(G.shape);
      if (constantValue(k) === 0) return build("zeros", [integerNode(rows), integerNode(columns)]);
      const slope = build("power", [A as Node, integerNode(minus(k, 1))]);
      return build("hadamard", [G, build("scale", [integerNode(k), slope])]);
    },
  },
  latex: {
    form: {
      when: [["scalar", { template: "#1^{#2}", level: "power", brackets: { "1": "atom" } }]],
      otherwise: { template: "#1^{\\odot #2}", level: "power", brackets: { "1": "atom" } },
    },
    reads: { "^": 1, "^\\odot": 0, "^\\circ": 0 },
  },
  term: [{ spelling: ".^" }, { spelling: "^", scalarOnly: true }],
  sample: "non-zero",
});
