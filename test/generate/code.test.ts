import { describe, expect, test } from "vitest";
import { derive } from "../../src/derive/index.ts";
import { generateTypeScript } from "../../src/emit/typescript/generate.ts";
import { readSystem } from "../../src/term/system.ts";
import { MLP, RNN } from "../systems/rnn.ts";
import { codeOf, fill, load, typeErrors } from "./model.ts";

const CONCRETE = { functions: { phi: "tanh", ell: "half squared error" } };
const SIZES = { T: 3, h: 3, d: 2, q: 4 };

const diagnosticsOf = (text: string, options: Parameters<typeof generateTypeScript>[1] = {}): readonly string[] =>
  generateTypeScript(derive(readSystem(text)), options).diagnostics.map(({ code }) => code);

describe("functions", () => {
  test("that stay abstract are arguments of create, with their derivatives", () => {
    const code = codeOf(RNN);
    expect(typeErrors(code)).toEqual([]);
    const given = load(code)(SIZES, {
      phi: { value: Math.tanh, derivative: (z: number) => 1 - Math.tanh(z) ** 2 },
      ell: {
        value: (o: Float64Array, y: Float64Array) =>
          o.reduce((sum, entry, i) => sum + (entry - (y[i] as number)) ** 2 / 2, 0),
        gradient1: (o: Float64Array, y: Float64Array, out: Float64Array) => {
          for (let i = 0; i < out.length; i++) out[i] = (o[i] as number) - (y[i] as number);
        },
      },
    });
    const known = load(codeOf(RNN, CONCRETE))(SIZES);
    for (const model of [given, known]) {
      fill(model, 5);
      model.forward();
      model.backward();
    }
    expect(given.loss).toBeCloseTo(known.loss, 12);
    for (const [name, gradient] of Object.entries(known.gradients)) {
      for (const [i, entry] of gradient.entries()) expect(given.gradients[name]?.[i]).toBeCloseTo(entry, 12);
    }
  });

  test("are found by their LaTeX and by any spelling of an op", () => {
    const functions = { "\\phi": "tanh", "\\ell": "half squared error" };
    expect(codeOf(RNN, { functions })).toBe(codeOf(RNN, CONCRETE));
    expect(codeOf(RNN, { functions: { phi: "sigmoid", ell: "squarederror" } })).toBe(
      codeOf(RNN, { functions: { phi: "logistic", ell: "squared error" } }),
    );
  });

  test.each([
    ["that do not exist", { phi: "tanhh" }],
    ["that are not elementwise", { phi: "norm" }],
    ["that take other arguments", { ell: "tanh" }],
    ["named like a property of every object", { phi: "constructor" }],
  ])("%s are G003", (_, functions) => {
    expect(diagnosticsOf(RNN, { functions })).toEqual(["G003"]);
  });
});

describe("points without a derivative", () => {
  test("the gradient of a norm at 0 is 0, and the code says so", () => {
    const code = codeOf("A: m n parameter\nL: 1\nL = norm(A)\nobjective L");
    const model = load(code)({ m: 2, n: 3 });
    model.parameters.A?.fill(0);
    expect(model.forward()).toBe(0);
    model.backward();
    expect([...(model.gradients.A ?? [])]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(code).toContain("The norm has no derivative at 0; 0 is returned there.");
    model.parameters.A?.fill(1e-300);
    model.forward();
    model.backward();
    expect(model.gradients.A?.every(Number.isFinite)).toBe(true);
  });

  test.each([0, -0])("the gradient of relu at %s is 0", zero => {
    const model = load(codeOf("v: n parameter\nL: 1\nL = inner(relu(v), ones(n, 1))\nobjective L"))({ n: 3 });
    model.parameters.v?.set([zero, 1e-9, -1e-9]);
    model.forward();
    model.backward();
    expect([...(model.gradients.v ?? [])].map(Math.abs)).toEqual([0, 1, 0]);
  });

  test("the logistic function of huge arguments is no NaN", () => {
    const model = load(codeOf("v: n parameter\nL: 1\nL = inner(logistic(v), ones(n, 1))\nobjective L"))({ n: 3 });
    model.parameters.v?.set([1e4, -1e4, 0]);
    expect(model.forward()).toBe(1.5);
    model.backward();
    expect([...(model.gradients.v ?? [])]).toEqual([0, 0, 0.25]);
  });
});

describe("samples", () => {
  test.each([
    ["the recurrent net", RNN, { T: 3, h: 3, d: 2, q: 2 }],
    ["the regularised perceptron", MLP, { h: 3, d: 2, q: 2 }],
  ])("of %s: loss and gradients are means over samples", (_, text, sizes) => {
    const count = 4;
    const code = codeOf(text, { ...CONCRETE, batch: "n" });
    expect(typeErrors(code)).toEqual([]);
    const all = load(code)({ ...sizes, n: count });
    fill(all, 11);
    all.forward();
    all.backward();
    expect(all.check().failures).toEqual([]);
    const single = load(codeOf(text, CONCRETE))(sizes);
    const sums = new Map<string, number[]>();
    let loss = 0;
    for (let sample = 0; sample < count; sample++) {
      for (const [name, array] of Object.entries(single.parameters)) array.set(all.parameters[name] ?? []);
      for (const [name, array] of Object.entries(single.inputs)) {
        const source = all.inputs[name] as Float64Array;
        array.set(
          source.length === array.length ? source : source.subarray(sample * array.length, (sample + 1) * array.length),
        );
      }
      loss += single.forward() / count;
      single.backward();
      for (const name of Object.keys(single.parameters)) {
        const sum = sums.get(name) ?? [];
        for (const [i, entry] of (single.gradients[name] as Float64Array).entries())
          sum[i] = (sum[i] ?? 0) + entry / count;
        sums.set(name, sum);
      }
    }
    expect(all.loss).toBeCloseTo(loss, 12);
    for (const [name, sum] of sums)
      for (const [i, entry] of sum.entries()) expect(all.gradients[name]?.[i]).toBeCloseTo(entry, 12);
  });

  test("the name of their number may not be a size of the note", () => {
    expect(diagnosticsOf(RNN, { ...CONCRETE, batch: "h" })).toEqual(["G004"]);
  });
});

describe("single precision", () => {
  test("has float arrays, a double loss, and passes its own check", () => {
    const model = load(codeOf(RNN, { ...CONCRETE, dtype: "f32" }))(SIZES);
    expect(model.parameters.W_hh).toBeInstanceOf(Float32Array);
    expect(model.values.L).toBeInstanceOf(Float64Array);
    fill(model, 3);
    expect(model.check().failures).toEqual([]);
  });
});

describe("the gradient check", () => {
  const code = codeOf(RNN, CONCRETE);

  test("names the one entry that is wrong", () => {
    const spoiled = code.replace(
      "  function backward(): void {",
      "  function backward(): void { right(); d_W_hh[5] += 0.01; }\n  function right(): void {",
    );
    expect(spoiled).not.toBe(code);
    const model = load(spoiled)(SIZES);
    fill(model, 9);
    const report = model.check();
    expect(report.ok).toBe(false);
    expect(report.failures.map(({ name, at }) => [name, ...at])).toEqual([["W_hh", 1, 2]]);
    expect(report.worst).toEqual(report.failures[0]);
  });

  test("covers every parameter entry and the initial state, at PyTorch's tolerances", () => {
    const model = load(code)(SIZES);
    fill(model, 9);
    const report = model.check();
    const { T: _, h, d, q } = SIZES;
    expect(report.entries).toBe(h * d + h * h + q * h + h);
    expect(report.ok).toBe(true);
    expect(code).toContain("eps = 1e-6, atol = 1e-5, rtol = 1e-3");
  });

  test("leaves everything as it was", () => {
    const model = load(code)(SIZES);
    fill(model, 9);
    const before = JSON.stringify([model.parameters, model.inputs.x, model.inputs.y, model.forward()]);
    model.check();
    expect(JSON.stringify([model.parameters, model.inputs.x, model.inputs.y, model.loss])).toBe(before);
  });
});

describe("sizes", () => {
  const create = load(codeOf(RNN, CONCRETE));

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])("%s is no size", size => {
    expect(() => create({ ...SIZES, h: size })).toThrow(RangeError);
  });

  test("for which a member is read that does not exist are refused", () => {
    const fixed = load(
      codeOf(
        "horizon T\nU: h h parameter\nh[t]: h for t = 0..T\nL: 1\nh[t] = tanh(U * h[t-1]) for t = 1..T\nL = inner(h[3], h[T])\nobjective L",
      ),
    );
    expect(() => fixed({ T: 2, h: 2 })).toThrow(/h\[3\]/u);
    const model = fixed({ T: 3, h: 2 });
    fill(model, 1);
    expect(model.check().ok).toBe(true);
  });
});

describe("what has no code is a diagnostic", () => {
  test("a circle within one index is G001", () => {
    const circle =
      "horizon T\nU: h h parameter\na[t]: h for t = 1..T\nb[t]: h for t = 1..T\nL: 1\na[t] = U * b[t] for t = 1..T\nb[t] = tanh(a[t]) for t = 1..T\nL = inner(a[1], b[T])\nobjective L";
    expect(diagnosticsOf(circle)).toEqual(["G001"]);
  });

  test("a recurrence that goes both ways is G001", () => {
    const both =
      "horizon T\nU: h h parameter\na[t]: h for t = 0..T + 1\nL: 1\na[t] = U * a[t-1] + tanh(a[t+1]) for t = 1..T\nL = inner(a[1], a[T])\nobjective L";
    expect(diagnosticsOf(both)).toEqual(["G001"]);
  });
});

test("a step allocates nothing: nothing but loops, constants and assignments stands in it", () => {
  const code = codeOf(RNN, CONCRETE);
  const steps = code.slice(code.indexOf("function forward"), code.indexOf("const layout"));
  expect(steps).not.toMatch(/\bnew\b|=>|\[\s*\]|\.map\(|\.slice\(|\{\s*\w+\s*:/u);
  const model = load(code)(SIZES);
  fill(model, 2);
  const arrays = Object.values({ ...model.values, ...model.gradients });
  model.forward();
  model.backward();
  expect(Object.values({ ...model.values, ...model.gradients })).toEqual(arrays);
  for (const [i, array] of Object.values({ ...model.values, ...model.gradients }).entries())
    expect(array).toBe(arrays[i]);
});

test("a symbol that is called like a gradient does not take its place", () => {
  const code = codeOf("h: n parameter\nd_h: n parameter\nL: 1\nL = inner(h, d_h .* d_h)\nobjective L");
  expect(typeErrors(code)).toEqual([]);
  const model = load(code)({ n: 2 });
  expect(Object.keys(model.gradients).sort()).toEqual(["d_h", "h"]);
  fill(model, 1);
  expect(model.check().ok).toBe(true);
});

describe("large systems", () => {
  const chain = (layers: number): string =>
    [
      "W: h h parameter",
      ...Array.from({ length: layers + 1 }, (_, i) => `a${i}: h${i === 0 ? " data" : ""}`),
      "L: 1",
      ...Array.from({ length: layers }, (_, i) => `a${i + 1} = tanh(W * a${i})`),
      `L = squarednorm(a${layers})`,
      "objective L",
    ].join("\n");

  test("code grows in proportion to the number of layers", () => {
    const [short, long] = [codeOf(chain(20)), codeOf(chain(200))];
    expect(long.length / short.length).toBeLessThan(13);
    const model = load(long)({ h: 2 });
    fill(model, 4);
    expect(model.check().ok).toBe(true);
  });

  test("a term in which everything is used twice 60 times over stays small", () => {
    let doubled = "v";
    const lines: string[] = [];
    for (let i = 0; i < 60; i++) {
      lines.push(`s${i} = ${doubled} + ${doubled}`);
      doubled = `s${i}`;
    }
    const text = [
      "v: n parameter",
      ...lines.map((_, i) => `s${i}: n`),
      "L: 1",
      ...lines,
      `L = inner(${doubled}, v)`,
      "objective L",
    ].join("\n");
    const code = codeOf(text);
    expect(code.length).toBeLessThan(60_000);
    const model = load(code)({ n: 1 });
    model.parameters.v?.set([0.5]);
    expect(model.forward()).toBe(2 ** 60 / 4);
  });
});
