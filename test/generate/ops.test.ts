import { describe, expect, test } from "vitest";
import { integer, type Polynomial, substitute } from "../../src/expr/polynomial.ts";
import { OPS } from "../../src/ops/index.ts";
import type { Op } from "../../src/ops/op.ts";
import { type ArgumentPattern, readSignature } from "../../src/shape/signature.ts";
import { codeOf, load, typeErrors } from "./model.ts";

/** What every integer argument is. */
const INTEGER = 3;

const shapeOf = (pattern: ArgumentPattern, integers: ReadonlyMap<string, Polynomial> = new Map()): string =>
  pattern.kind === "integer"
    ? ""
    : [pattern.rows, pattern.columns]
        .map(size => substitute(size, integers).key.replaceAll(" ", ""))
        .slice(0, pattern.axes === 0 ? 1 : pattern.axes)
        .join(" ");

/** L = ⟨R, op(a, b)⟩ with parameters for the arrays, as a system; integer arguments are all the same. */
const systemOf = (op: Op, signature: string): string => {
  const { args, result } = readSignature(signature);
  const lines = args.map((pattern, i) =>
    pattern.kind === "integer" ? "" : `${op.args[i]}: ${shapeOf(pattern)} parameter`,
  );
  const integers = new Map(args.flatMap(p => (p.kind === "integer" ? [[p.name, integer(INTEGER)] as const] : [])));
  const given = args.map((pattern, i) => (pattern.kind === "integer" ? `${INTEGER}` : op.args[i])).join(", ");
  return `system ${op.name}\n${lines.join("\n")}\nR: ${shapeOf({ kind: "tensor", ...result }, integers)} data\nL: 1\nL = inner(R, ${op.name}(${given}))\nobjective L\n`;
};

/** Numbers between 0.2 and 0.9, of either sign where the op takes both; square matrices are far from singular. */
const fillWith = (values: Float64Array | Float32Array, seed: number, isPositive: boolean, isSquare: boolean): void => {
  const side = Math.round(Math.sqrt(values.length));
  for (let i = 0; i < values.length; i++) {
    const size = 0.2 + 0.7 * (((i + 1) * 0.618034 * seed) % 1);
    const onDiagonal = isSquare && Math.floor(i / side) === i % side;
    values[i] = (isPositive || (i + seed) % 3 > 0 ? size : -size) + (onDiagonal ? 2 : 0);
  }
};

const calculable = OPS.filter(
  op =>
    typeof op.shape === "string" &&
    op.noDerivative === undefined &&
    readSignature(op.shape).args.some(p => "rows" in p),
).filter(op => !("each" in op.means && op.means.each === "function"));

describe.each(calculable.map(op => [op.name, op] as const))("%s", (_, op) => {
  const signature = op.shape as string;
  const code = codeOf(systemOf(op, signature));

  test("has code that the compiler takes", { timeout: 60_000 }, () => expect(typeErrors(code)).toEqual([]));

  test.each([
    { m: 2, n: 3, k: 4, p: 2, q: 3 },
    { m: 3, n: 1, k: 2, p: 1, q: 2 },
    { m: 1, n: 4, k: 1, p: 3, q: 1 },
  ])("gradients agree with differences at %o", sizes => {
    const model = load(code)(sizes);
    const { args } = readSignature(signature);
    for (const [i, pattern] of args.entries()) {
      const values = model.parameters[op.args[i] as string];
      if (pattern.kind === "tensor" && values)
        fillWith(
          values,
          i + 2,
          op.sample !== undefined,
          pattern.axes === 2 && pattern.rows.key === pattern.columns.key,
        );
    }
    for (const values of Object.values(model.inputs)) fillWith(values, 7, false, false);
    const report = model.check({ rtol: 1e-5, atol: 1e-7 });
    expect(report.failures).toEqual([]);
    expect(report.entries).toBeGreaterThan(0);
    expect(Number.isFinite(model.loss)).toBe(true);
  });
});

test("most ops are walked", () => expect(calculable.length).toBeGreaterThan(30));

test("the logarithm of a determinant that is no double is one", () => {
  const model = load(codeOf("system s\nA: n n parameter\nL: 1\nL = log(determinant(A))\nobjective L\n"))({ n: 60 });
  const [A] = Object.values(model.parameters);
  for (let i = 0; i < 60; i++) if (A) A[i * 61] = 1e9;
  expect(model.forward()).toBeCloseTo(60 * Math.log(1e9), 6);
});
