import { expect, test } from "vitest";
import { derive } from "../../src/derive/index.ts";
import { readSystem } from "../../src/term/system.ts";
import { differences } from "../generate/oracle.ts";

/** Products in which axes meet only in identities, ones and diagonals. */
test.each([
  "inner(ones(n, 1), ones(n, 1)) * c",
  "inner(identity(n), A)",
  "inner(identity(n) * A, diag(v))",
  "inner(A * identity(n) * identity(n), A) - inner(identity(n), identity(n))",
  "inner(diagonal(diag(v) * A), v)",
  "inner(diag(diagonal(diag(v))) * v, A * ones(n, 1))",
  "squarednorm(A - identity(n)) + squarednorm(diag(v) .* A + c * identity(n))",
  "inner(ones(n, 1) * (ones(1, n) * A), identity(n) + ones(n, n))",
  "inner(outer(v, v) * diag(v), A')",
  "squarednorm(diag(A * v) - diag(v))",
])("%s is computed as the evaluator computes it", text => {
  const system = readSystem(`A: n n parameter\nv: n parameter\nc: 1 parameter\nL: 1\nL = ${text}\nobjective L`);
  const derivation = derive(system);
  for (const n of [1, 2, 3]) expect(differences(derivation, system, { n }, n)).toEqual([]);
});
