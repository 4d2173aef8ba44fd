import { describe, expect, test } from "vitest";
import type { Gradient } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import { postorder } from "../../src/expr/walk.ts";
import { showTerm } from "../../src/term/show.ts";
import { readSystem } from "../../src/term/system.ts";
import { CORPUS } from "../systems/corpus.ts";

const gradient = (system: string, of: string): Gradient => {
  const { gradients } = derive(readSystem(CORPUS[system] as string));
  const found = gradients.find(({ wrt }) => showTerm(wrt).split("[")[0] === of);
  if (!found) throw new Error(`no gradient by ${of}`);
  return found;
};

/** "h[T]: term" for every piece. */
const pieces = (system: string, of: string): readonly string[] =>
  gradient(system, of).pieces.map(({ wrt, part, value }) => `${part} ${showTerm(wrt)}: ${showTerm(value)}`);

describe("the recurrent net", () => {
  test("the output's gradient carries 1/T", () => {
    expect(pieces("rnn", "o")).toEqual(["all o[t]: 1 / T * gradient(ell, 1, o[t], y[t])"]);
  });
  test("the state's gradient has a last, an inner and an initial part", () => {
    expect(pieces("rnn", "h")).toEqual([
      "boundary h[T]: W_yh' * partial(L, o[T])",
      "interior h[t]: W_hh' * (partial(L, h[t + 1]) .* prime(phi, 1, z[t + 1])) + W_yh' * partial(L, o[t])",
      "initial h[0]: W_hh' * (partial(L, h[1]) .* prime(phi, 1, z[1]))",
    ]);
    expect(gradient("rnn", "h").recursion).toEqual([{ index: "t", direction: "down" }]);
  });
  test("parameters gather over time", () => {
    expect(pieces("rnn", "W_hh")).toEqual([
      "all W_hh: sum(t, 1, T, partial(L, h[t]) .* prime(phi, 1, z[t]) * h[t - 1]')",
    ]);
    expect(pieces("rnn", "W_yh")).toEqual(["all W_yh: sum(t, 1, T, partial(L, o[t]) * h[t]')"]);
  });
  test("every path of the chain rule has its prod term", () => {
    const interior = gradient("rnn", "h").pieces.find(piece => piece.part === "interior");
    expect(interior?.contributions.map(c => c.chain && showTerm(c.chain))).toEqual([
      "prod(partial(L, h[t + 1]), immediate(h[t + 1], h[t]))",
      "prod(partial(L, o[t]), immediate(o[t], h[t]))",
    ]);
  });
  test("a nameless argument of φ gets a name", () => {
    const { abbreviations } = derive(readSystem(CORPUS.rnn as string));
    expect(abbreviations.map(({ left, right }) => `${showTerm(left)} = ${showTerm(right)}`)).toEqual([
      "z[t] = W_hx * x[t] + W_hh * h[t - 1]",
    ]);
  });
});

test("the regularised perceptron: adjoints that are 1 are used as 1", () => {
  expect(["L", "S", "o", "h", "z", "W_1", "W_2"].flatMap(name => pieces("mlp", name))).toEqual([
    "all L: 1",
    "all S: 1",
    "all o: gradient(ell, 1, o, y)",
    "all h: W_2' * partial(J, o)",
    "all z: partial(J, h) .* prime(phi, 1, z)",
    "all W_1: partial(J, z) * x' + lambda * W_1",
    "all W_2: partial(J, o) * h' + lambda * W_2",
  ]);
});

test("a window sum is transposed, with its bounds", () => {
  expect(pieces("window", "x")).toEqual([
    "all x[i]: sum(t, max(i - n + 1, 1), min(K, i), w[t] * partial(L, y[i - t + 1]))",
  ]);
});

test("where the first and the last state are read, the pieces hold from T = 2 on", () => {
  expect([...gradient("firstAndLast", "h").validFrom]).toEqual([["T", 2]]);
});

test("a recurrence that reads ahead is evaluated upwards", () => {
  expect(gradient("bidirectional", "b").recursion).toEqual([{ index: "t", direction: "up" }]);
  expect(gradient("bidirectional", "b").pieces.map(piece => showTerm(piece.wrt))).toEqual(["b[1]", "b[t]", "b[T + 1]"]);
});

test("an op without a derivative is an error with a reason, never 0", () => {
  const second =
    "system s\n function ell(2) -> 1\n w: n parameter\n y: n label\n L: 1\n L = squarednorm(gradient(ell, 1, w, y))";
  expect(() => derive(readSystem(second))).toThrow(/D001 no derivative is known for gradient/u);
});

test("a stride is refused", () => {
  const strided =
    "system s\n horizon n\n x[i]: 1 for i = 1..2*n\n w[i]: 1 parameter for i = 1..2*n\n L: 1\n x[i] = w[i] .^ 2 for i = 1..2*n\n L = sum(k, 1, n, x[2*k])";
  expect(() => derive(readSystem(strided))).toThrow(/D002/u);
});

const chain = (layers: number): string =>
  [
    "system chain",
    "function phi elementwise",
    "h_0: n data",
    "L: 1",
    ...Array.from({ length: layers }, (_, i) => [
      `W_${i + 1}: n n parameter`,
      `h_${i + 1}: n`,
      `h_${i + 1} = phi(W_${i + 1} * h_${i})`,
    ]).flat(),
    `L = squarednorm(h_${layers})`,
  ].join("\n");

test("the result of a chain grows linearly with its length", () => {
  const size = (layers: number): number => {
    const { gradients } = derive(readSystem(chain(layers)));
    return gradients.flatMap(g => g.pieces).reduce((sum, piece) => sum + postorder(piece.value).length, 0);
  };
  expect(size(200) / size(20)).toBeLessThan(10.5);
});

test.each(Object.keys(CORPUS))("%s derives the same twice, whatever was derived before", name => {
  const print = (): string =>
    derive(readSystem(CORPUS[name] as string))
      .gradients.flatMap(g => g.pieces.map(piece => `${showTerm(piece.wrt)} ${showTerm(piece.value)}`))
      .join("\n");
  const once = print();
  derive(readSystem(CORPUS.lstm as string));
  expect(print()).toBe(once);
});

test("a horizon too short for the pieces has pieces of its own, in which boundary terms meet", () => {
  const { short } = gradient("firstAndLast", "h");
  expect(
    short.map(({ at, pieces: own }) => [[...at], own.map(piece => `${showTerm(piece.wrt)}: ${showTerm(piece.value)}`)]),
  ).toEqual([
    [
      [["T", 1]],
      [
        "h[1]: V' * gradient(ell, 1, u_L, y[1]) + V' * gradient(ell, 1, u_L2, y[1])",
        "h[0]: W' * (partial(L, h[1]) .* prime(phi, 1, z[1]))",
      ],
    ],
  ]);
});

test("another scalar can be the objective; what it does not depend on is left out", () => {
  const { gradients, system } = derive(readSystem(CORPUS.mlp as string), { of: "S" });
  expect(system.objective.name).toBe("S");
  expect(gradients.map(g => `${showTerm(g.wrt)}: ${g.pieces.map(piece => showTerm(piece.value)).join()}`)).toEqual([
    "W_1: lambda * W_1",
    "W_2: lambda * W_2",
  ]);
  expect(() => derive(readSystem(CORPUS.mlp as string), { of: "h" })).toThrow(/D005/u);
});
