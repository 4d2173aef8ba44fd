import { sameShape } from "../expr/node.ts";
import { op } from "./op.ts";

/**
 * The chain-rule operator of notes: prod(∂L/∂v, ∂v/∂u) multiplies after the transpositions and reorderings that the
 * shapes ask for; the second argument is the immediate partial derivative.
 */
export const prod = op({
  name: "prod",
  doc: "The product of a gradient and an immediate partial derivative that the chain rule asks for.",
  source: "Zhang et al., Dive into Deep Learning, Forward Propagation, Backward Propagation, and Computational Graphs",
  args: [],
  shape: ([gradient, jacobian]) =>
    gradient && jacobian && sameShape(gradient, jacobian.slice(0, gradient.length))
      ? jacobian.slice(gradient.length)
      : undefined,
  means: { abstract: "chain" },
  noDerivative: "prod stands for a chain-rule step, not for a function",
  latex: { form: { call: "\\operatorname{prod}" }, reads: { prod: 0, Prod: 0 } },
});
