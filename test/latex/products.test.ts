import { expect, test } from "vitest";
import { partial, Scope, symbol } from "../../src/expr/node.ts";
import { named } from "../../src/expr/polynomial.ts";
import type { LatexContext } from "../../src/latex/names.ts";
import { toLatex } from "../../src/latex/print.ts";
import { call } from "../../src/ops/call.ts";

const scope = new Scope();
const L = symbol(scope, "L", []);
const [o, v, w] = ["o", "v", "w"].map(name => symbol(scope, name, [named("n")]));
const c = symbol(scope, "c", []);
const hadamard = (...factors: readonly (typeof L | ReturnType<typeof call> | ReturnType<typeof partial>)[]) =>
  factors.slice(1).reduce((a, b) => call("hadamard", [a, b]), factors[0] as ReturnType<typeof call>);
const product = hadamard(partial(L, o as typeof L), v as typeof L, w as typeof L);
const squared = hadamard(v as typeof L, v as typeof L);
const written = (node: Parameters<typeof toLatex>[0], products: LatexContext["products"]): string =>
  toLatex(node, { objective: L, ...(products ? { products } : {}) });

test.each([
  [undefined, String.raw`\frac{\partial L}{\partial o} \odot v \odot w`, String.raw`v \odot v`],
  [["gradient-last"] as const, String.raw`v \odot w \odot \frac{\partial L}{\partial o}`, String.raw`v \odot v`],
  [
    ["diagonal"] as const,
    String.raw`\operatorname{diag}(v \odot w) \frac{\partial L}{\partial o}`,
    String.raw`v \odot v`,
  ],
  [["powers"] as const, String.raw`\frac{\partial L}{\partial o} \odot v \odot w`, "v^2"],
])("%s", (products, first, second) => {
  expect(written(product, products)).toBe(first);
  expect(written(squared, products)).toBe(second);
});

test("a scalar factor stands behind the gradient, a number before it", () => {
  const scaled = call("scale", [c, product]);
  expect(written(scaled, undefined)).toBe(String.raw`\frac{\partial L}{\partial o} \odot (c v) \odot w`);
});
