import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { deriveChecked } from "../../src/derive/checked.ts";
import { check, readNote } from "../../src/index.ts";
import { outcomeOf } from "./outcome.ts";

/** Notes whose passes are written in NumPy. */
const read = (name: string): string => readFileSync(new URL(`numpy/${name}.md`, import.meta.url), "utf8");

/** The outcome of each line that is judged, by the code in it up to its sign of assignment. */
const outcomesOf = async (text: string): Promise<Readonly<Record<string, string>>> => {
  const { equations } = await check(await readNote(text), { language: "en" });
  return Object.fromEntries(
    equations
      .filter(({ verdict }) => verdict !== "definition")
      .map(report => [/^\S+/u.exec(report.latex)?.[0] ?? "", outcomeOf(report)]),
  );
};

const all = (outcome: string, ...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map(name => [name, outcome]));

test.each([
  ["softmax-net", all("holds", "dscores", "dW2", "db2", "da1", "dz1", "dW1", "db1")],
  ["hidden-layer", all("holds", "dscores", "dW2", "db2", "dhidden", "dhidden[hidden_layer", "dW", "db")],
  ["logistic", all("convention", "dZ", "dw", "db")],
  ["linear", all("holds", "grad_y_pred", "grad_w", "grad_b")],
  ["shallow", { ...all("convention", "dZ2", "dW2", "db2", "dW1", "db1"), dZ1: "holds" }],
  ["tutorial", all("holds", "grad_y_pred", "grad_w2", "grad_h_relu", "grad_h[h", "grad_w1")],
  ["batchnorm", all("holds", "dbeta", "dgamma", "dxhat", "dx")],
  ["hinge", all("holds", "dscores", "dW")],
  ["mixed", all("holds", "dS", "dW2", "dH1", "dZ1", "dW1")],
  ["recurrent-step", all("holds", "dx", "dprev_h", "dWx", "dWh", "db")],
  ["layers", all("holds", "dx", "dw", "db")],
  ["by-hand", all("holds", "dL_dy", "dL_dz2", "dL_dW2", "dL_db2", "dL_dh", "dL_dz1", "dL_dW1", "dL_db1")],
  [
    "dictionaries",
    all("holds", "dZ2", 'grads["dW2"]', 'grads["db2"]', "dA1", "dZ1[Z1", 'grads["dW1"]', 'grads["db1"]'),
  ],
  ["two-models", all("holds", "dp", "dw")],
])("every line of %s", async (name, outcomes) => {
  expect(await outcomesOf(read(name))).toEqual(outcomes);
});

describe("slips are found where they are made, and nowhere else", () => {
  test.each([
    ["softmax-net", "dscores /= N\n", "", "dscores[np.arange(N),"],
    ["softmax-net", "y] -= 1", "y] += 1", "dscores"],
    ["softmax-net", "da1 * (z1 > 0)", "da1", "dz1"],
    ["softmax-net", "da1 * (z1 > 0)", "da1 * (z1 < 0)", "dz1"],
    ["softmax-net", "a1.T.dot(dscores) + reg * W2", "a1.T.dot(dscores) + 2 * reg * W2", "dW2"],
    ["softmax-net", "a1.T.dot(dscores)", "z1.T.dot(dscores)", "dW2"],
    ["softmax-net", "dscores.dot(W2.T)", "dscores.dot(W2)", "da1"],
    ["softmax-net", "db2 = dscores.sum(axis=0, keepdims=True)", "db2 = dscores.sum()", "db2"],
    ["hidden-layer", "dhidden[hidden_layer <= 0] = 0", "dhidden[hidden_layer > 0] = 0", "dhidden[hidden_layer"],
    ["hidden-layer", "dW += reg * W", "dW -= reg * W", "dW"],
    ["hidden-layer", "dW = np.dot(X.T, dhidden)", "dW = np.dot(dhidden.T, X)", "dW"],
    ["linear", "2 * (y_pred - y) / N", "(y_pred - y) / N", "grad_y_pred"],
    ["linear", "X.T @ grad_y_pred", "X @ grad_y_pred", "grad_w"],
    ["tutorial", "grad_h[h < 0] = 0", "grad_h[h > 0] = 0", "grad_h[h"],
    ["tutorial", "    grad_h[h < 0] = 0\n", "", "grad_h"],
    ["batchnorm", "xhat * np.sum(dxhat * xhat, axis=0)", "xhat * np.sum(dxhat, axis=0)", "dx"],
    ["hinge", "2 * reg * W", "reg * W", "dW"],
    ["recurrent-step", "dx = dtanh.dot", "dx = dnext_h.dot", "dx"],
    ["by-hand", "dL_dh * h * (1 - h)", "dL_dh * (1 - h)", "dL_dz1"],
    ["dictionaries", "1.0 / m * (A2 - Y)", "A2 - Y", "dZ2"],
    ["mixed", "(1 - H1**2)", "(1 - Z1**2)", "dZ1"],
    ["mixed", "(1 - H1**2)", "(1 - H1)**2", "dZ1"],
  ])("%s: %j as %j", async (name, from, to, line) => {
    const text = read(name);
    expect(text).toContain(from);
    const right = await outcomesOf(text);
    const outcomes = await outcomesOf(text.replace(from, () => to));
    expect(outcomes[line]).toBe("wrong");
    const others = Object.entries(outcomes).filter(([key]) => key !== line);
    for (const [key, outcome] of others) expect([key, outcome]).toEqual([key, right[key]]);
  });

  test("by lines of an earlier forward pass alone nothing is called wrong", async () => {
    const outcomes = await outcomesOf(read("two-models").replace("dp *= 1 - p**2", "dp *= 1 + p**2"));
    expect(outcomes.dp).toBe("cannot-tell");
  });
  test("a mean whose 1/m is put in nowhere", async () => {
    const outcomes = await outcomesOf(read("shallow").replaceAll("(1 / m) * ", ""));
    expect(outcomes).toEqual({ dZ2: "wrong", ...all("holds", "dW2", "db2", "dZ1", "dW1", "db1") });
  });
  test("a mean whose 1/m is put in everywhere", async () => {
    const outcomes = await outcomesOf(read("shallow").replace("dZ2 = A2 - Y", "dZ2 = (A2 - Y) / m"));
    expect(outcomes).toEqual({ ...all("holds", "dZ2", "dZ1"), ...all("wrong", "dW2", "db2", "dW1", "db1") });
  });
  test("a 1/m that one parameter lacks", async () => {
    const outcomes = await outcomesOf(read("shallow").replace("db2 = (1 / m) * ", "db2 = "));
    expect(outcomes.db2).not.toBe("convention");
  });
});

describe("what is no such line is passed over", () => {
  const FORWARD =
    "```python\nX = np.random.randn(N, D)\nW = np.random.randn(D, K)\nZ = X @ W\nL = np.sum(Z ** 2)\n```\n\n";
  const judged = async (code: string, language = "python"): Promise<Readonly<Record<string, string>>> =>
    outcomesOf(`# A note\n\n${FORWARD}\`\`\`${language}\n${code}\n\`\`\`\n`);

  test.each([
    ["another language", "dW = X.T @ Z", "js"],
    ["a print-out", "epoch 1: dW = 3\nepoch 2: dW = 4", ""],
    ["no code at all", "dW is found as dW = 2 X Z", ""],
    ["data", "X = np.random.randn(3, 4)\nlr = 1e-2", "python"],
    ["a call that is not known", "dW = np.einsum('ij,ik->jk', X, 2 * Z)", "python"],
    ["a line that may not run", "if debug:\n    dW = X.T @ Z", "python"],
    ["what is broken", "dW = X.T @ @ Z\ndZ = ((2 * Z)", "python"],
  ])("%s", async (_, code, language) => expect(await judged(code, language)).toEqual({}));

  test("a fence without a language that can be nothing else is read", async () => {
    expect(await judged("dZ = 2 * Z\ndW = X.T @ dZ", "")).toEqual(all("holds", "dZ", "dW"));
  });
  test("a line that the loss rests on and that is not understood keeps all from being judged", async () => {
    const text = read("tutorial").replace("np.maximum(h, 0)", "np.clip(h, 0, 6)");
    const outcomes = await outcomesOf(text);
    expect(new Set(Object.values(outcomes))).toEqual(new Set(["cannot-tell"]));
    expect((await readNote(text)).diagnostics.map(({ code }) => code)).toContain("R040");
  });
  test("an array that is added up along an axis without keeping it is no column", async () => {
    const { parts } = await readNote(read("hidden-layer").replace("axis=1, keepdims=True", "axis=1"));
    expect(parts[0]?.system).toBeUndefined();
  });
  test("products of code are entry by entry unless they are @ or dot", async () => {
    expect(await judged("dZ = 2 * Z\ndW = X.T * dZ")).toEqual({ dZ: "holds", dW: "wrong" });
  });
});

test("a note of NumPy forwards is derived", async () => {
  const note = await readNote(read("hidden-layer"));
  const [system, more] = note.systems;
  expect(more).toBeUndefined();
  const result = system && deriveChecked(system);
  expect(result?.ok).toBe(true);
});
