import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
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
