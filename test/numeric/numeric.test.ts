import { describe, expect, test } from "vitest";
import { derivativeOf } from "../../src/derive/function.ts";
import { secondOpinion } from "../../src/numeric/derivative.ts";
import { eigenvalues, singularValues, spectralRadius } from "../../src/numeric/spectrum.ts";
import { readSystem } from "../../src/term/system.ts";
import { codeOf, load } from "../generate/model.ts";

describe("formulas of one variable", () => {
  const FORMULAS = [
    "u / (1 + exp(-u))",
    "tanh(u)^3 - 2 * u",
    "log(1 + exp(u))",
    "sqrt(1 + u * u)",
    "exp(-(u * u)) / 2",
    "(u - 1) / (u * u + 3)",
  ];

  test.each(FORMULAS)("mathjs agrees with our derivative of %s", formula => {
    const opinion = secondOpinion(formula, "u");
    // The generated code of φ and φ′, taken as a function of one parameter.
    const text = `function phi(u) = ${formula}\nv: n parameter\nL: 1\nL = inner(phi(v), ones(n, 1))\nobjective L`;
    const entry = readSystem(text).functions.get("phi");
    expect(entry && derivativeOf(entry)).toBeDefined();
    const model = load(codeOf(text))({ n: 1 });
    for (const at of [-2.5, -0.3, 0, 0.7, 3]) {
      model.parameters.v?.fill(at);
      model.forward();
      model.backward();
      expect(model.loss).toBeCloseTo(opinion?.value(at) ?? Number.NaN, 12);
      expect(model.gradients.v?.[0]).toBeCloseTo(opinion?.derivative(at) ?? Number.NaN, 12);
    }
  });

  test.each([
    "import('fs')",
    'evaluate("1")',
    "u; u",
    "f(u) = 1",
    "w * u",
    "u[1]",
    "",
    "u +",
    "parse(u)",
    "cos",
    "a.b",
  ])("%s gets no opinion", formula => {
    expect(secondOpinion(formula, "u")?.derivative(1) ?? Number.NaN).toBeNaN();
  });
});

describe("spectra", () => {
  test("a rotation has eigenvalues of modulus 1", () => {
    expect(
      eigenvalues([
        [0, -1],
        [1, 0],
      ]),
    ).toEqual([
      { re: expect.closeTo(0, 12), im: expect.closeTo(1, 12) },
      { re: expect.closeTo(0, 12), im: expect.closeTo(-1, 12) },
    ]);
    expect(
      spectralRadius([
        [0, -1],
        [1, 0],
      ]),
    ).toBeCloseTo(1, 12);
  });

  test("the spectral radius is that of the largest modulus, negative or not", () => {
    expect(
      spectralRadius([
        [-3, 1],
        [0, 2],
      ]),
    ).toBeCloseTo(3, 12);
    expect(
      spectralRadius([
        [0, 5],
        [0, 0],
      ]),
    ).toBeCloseTo(0, 6);
    expect(spectralRadius([[4]])).toBe(4);
  });

  test("a triangular matrix that is not normal has small eigenvalues and a large singular value", () => {
    const matrix = [
      [0.5, 100],
      [0, 0.5],
    ];
    expect(spectralRadius(matrix)).toBeCloseTo(0.5, 6);
    expect(singularValues(matrix)?.[0]).toBeGreaterThan(100);
  });

  test("singular values of rectangular matrices, tall and wide", () => {
    const matrix = [
      [3, 0],
      [0, 4],
      [0, 0],
    ];
    expect(singularValues(matrix)).toEqual([expect.closeTo(4, 12), expect.closeTo(3, 12)]);
    expect(
      singularValues([
        [3, 0, 0],
        [0, 4, 0],
      ]),
    ).toEqual([expect.closeTo(4, 12), expect.closeTo(3, 12)]);
    expect(singularValues([[0, 0, 0]])).toEqual([0]);
    expect(singularValues([[1e-200]])?.[0]).toBeCloseTo(1e-200, 210);
  });

  test.each([[[]], [[[1, 2]]], [[[Number.NaN]]], [[[1, 2], [3]]]])("%j has no eigenvalues", matrix => {
    expect(eigenvalues(matrix as number[][])).toBeUndefined();
    expect(spectralRadius(matrix as number[][])).toBeUndefined();
  });
});
