import { describe, expect, test } from "vitest";
import { type Node, Scope, symbol } from "../../src/expr/node.ts";
import { integer, named, type Polynomial, plus, times } from "../../src/expr/polynomial.ts";
import { describeShape, fitSignature, readSignature } from "../../src/shape/signature.ts";

const scope = new Scope();
let count = 0;
const array = (...sizes: readonly (Polynomial | number | string)[]): Node =>
  symbol(
    scope,
    `a${count++}`,
    sizes.map(size => plus(size)),
  );
const shapeOf = (signature: string, ...args: readonly Node[]): string => {
  const fitted = fitSignature(readSignature(signature), args);
  if (!("kind" in fitted)) return describeShape(fitted.shape);
  return fitted.kind === "size"
    ? `${fitted.axis} of ${fitted.argument + 1}: ${fitted.found.key}, not ${fitted.expected.key}`
    : fitted.kind;
};

describe("signatures", () => {
  test.each([
    ["m k, k n -> m n", [array("p", "q"), array("q", "r")], "p × r"],
    ["m k, k n -> m n", [array("p", "q"), array("q")], "p"],
    ["m k, k n -> m n", [array(1, "q"), array("q")], "a scalar"],
    ["m k, k n -> m n", [array("p", "q"), array("p", "q")], "rows of 2: p, not q"],
    ["m n -> n m", [array("p")], "1 × p"],
    ["n n -> n", [array("p", "q")], "columns of 1: q, not p"],
    ["n n -> n", [array()], "a scalar"],
    ["1, m n -> m n", [array("p"), array("p")], "rows of 1: p, not 1"],
    ["m n, m n -> 1", [array(times(2, "n"), 3), array(plus("n", "n"), integer(3))], "a scalar"],
    // A size that is a symbol is never taken for 1.
    ["m n, m n -> m n", [array("n"), array("n", "one")], "columns of 2: one, not 1"],
    ["m n -> m n", [array("m", "n"), array("m")], "count"],
  ] as const)("%s", (signature, args, expected) => {
    expect(shapeOf(signature, ...args)).toBe(expected);
  });
  test("names of a signature and sizes of the same name are apart", () => {
    expect(shapeOf("m n -> n m", array(named("n"), named("m")))).toBe("m × n");
  });
  test.each(["m n", "m n k -> m", "-> ", "m-n -> m", "m -> n -> k", "m, -> m"])("%j is refused", text => {
    expect(() => readSignature(text)).toThrow(/signature/u);
  });
});
