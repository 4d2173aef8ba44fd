import { derive } from "../src/derive/index.ts";
import { checkDerivation } from "../src/exact/derivation.ts";
import { multiply, primeOf } from "../src/exact/prime.ts";
import { readSystem } from "../src/term/system.ts";
import { RNN } from "../test/systems/rnn.ts";
import type { Suite } from "./measure.ts";

const system = readSystem(RNN);
const derivation = derive(system);
const factor = primeOf(0x12345678, 0x3456789a);

/** A long product, so that the call does not count. */
const products = (count: number): unknown => {
  let x = factor;
  for (let i = 0; i < count; i++) x = multiply(x, factor);
  return x;
};

export const suite: Suite = {
  title: "exact check",
  cases: [
    { name: "recurrent net, derived before", run: () => checkDerivation(derivation) },
    { name: "recurrent net, one seed", run: () => checkDerivation(derivation, { seeds: [1] }) },
    { name: "recurrent net, derived and checked", run: () => checkDerivation(derive(readSystem(RNN))) },
    { name: "1,000 products mod 2^61 - 1", run: () => products(1000), amount: { count: 1000, of: "products" } },
  ],
};
