/** The factors of a product of matrices, for laws that look at where it can be split. */
import type { Node } from "../expr/node.ts";
import { call } from "../ops/call.ts";

/** Longer products are left as they stand. */
const MOST = 200;

/** The factors from left to right; undefined for very long products. */
export const factorsOf = (product: Node): readonly Node[] | undefined => {
  const factors: Node[] = [];
  const stack: Node[] = [product];
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.kind === "call" && top.op === "matmul") stack.push(...[...top.args].reverse());
    else factors.push(top);
    if (factors.length + stack.length > MOST) return undefined;
  }
  return factors;
};

const productOf = (factors: readonly Node[]): Node => factors.reduce((left, right) => call("matmul", [left, right]));

/** A column u and a row w with u w = product, where there are such. */
export const columnAndRow = (product: Node): readonly [column: Node, row: Node] | undefined => {
  const factors = factorsOf(product);
  // A column is where what stands left of it and itself make a column.
  const at = factors?.findIndex(({ shape }) => shape.length === 1) ?? -1;
  if (!factors || at < 0 || at === factors.length - 1 || factors[0]?.shape[0]?.key === "1") return undefined;
  return [productOf(factors.slice(0, at + 1)), productOf(factors.slice(at + 1))];
};
