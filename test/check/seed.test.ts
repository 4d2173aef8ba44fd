// The seed note exactly as it was read from handwriting: every row of its ground truth comes out with its meaning.
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type CheckedNote, checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";

interface Truth {
  readonly id: string;
  readonly verdict: string;
}

const read = (name: string): string => readFileSync(new URL(`seed/${name}`, import.meta.url), "utf8");
const TRUTH: readonly Truth[] = JSON.parse(read("truth.json"));
const NOTE = read("note.md");

/** Where each row stands: a piece of the note that begins its equation, the how-manieth of its kind. */
const PLACES: Readonly<Record<string, readonly [piece: string, which?: number]>> = {
  C0: [String.raw`\frac{\partial Z}{\partial X}`],
  "M-FP1": ["z = w^{(1)} x"],
  "M-FP2": ["h = f(z)"],
  "M-FP3": ["0 = W^{(2)}"],
  "M-FP4": [String.raw`\mathcal{L} = \ell`],
  "M-FP5": [String.raw`S = \frac{\lambda}{2}`],
  "M-FP6": ["J = L + S"],
  "M-BP1": [String.raw`\frac{\partial J}{\partial \lambda}`],
  "M-BP2": [String.raw`\frac{\partial \ell}{\partial \theta}`],
  "M-BP3": [String.raw`\frac{\partial S}{\partial W^{(1)}} = \lambda`],
  "M-BP4": [String.raw`\frac{\partial J}{\partial W^{(2)}}`],
  "M-BP5": [String.raw`W^{(2)T} \cdot \frac{\partial l}`],
  "M-BP6": [String.raw`(W^{(2)T} \frac{\partial L}`],
  "M-BP7": [String.raw`\frac{\partial J}{\partial W^{(1)}}`],
  "R-FP1": [String.raw`h_t^{h \times 1} = \rho`],
  "R-FP1b": ["h_{t+1} = W_{hh}"],
  "R-FP2": ["O_t = W_{y_h}"],
  "R-FP3": [String.raw`L = \frac{1}{T}`],
  "R-BP1": [String.raw`\frac{\partial L}{\partial \theta_1}`],
  "R-BP2": [String.raw`\sum_{t=1}^T \frac{\partial L}{\partial \theta_t}`],
  "R-BP3": [String.raw`W_{yh}^T \cdot \frac{\partial L}{\partial O_T}`],
  "R-BP3b": [String.raw`\frac{\partial L}{\partial h_T} = \text{Prod} \left(\frac{\partial O_T}{\partial T}`],
  "R-BP4a": [String.raw`\frac{\partial L}{\partial h_t} = \underbrace`],
  "R-BP4b": [String.raw`W_{hh}^T \cdot \frac{\partial L}{\partial h_{t+1}}`],
  "R-BP5": [String.raw`\sum_{t=1}^T \left[\left(\frac{\partial L}{\partial h_t} \odot \psi'(\dots) \right) \cdot X_t`],
  "R-BP6": [
    String.raw`\sum_{t=1}^T \left[\left(\frac{\partial L}{\partial h_t} \odot \psi'(\dots) \right) \cdot h_{t-1}`,
  ],
  "R-BP7": [String.raw`\frac{\partial L}{\partial h_t} = \sum_{i=t}^T`],
  "R-LIM": [String.raw`\lim_{i \rightarrow 0}`],
};

/** The words of the truth in ours. */
const MEANING: Readonly<Record<string, readonly string[]>> = {
  definition: ["definition"],
  right: ["holds", "proved", "repaired"],
  "right-after-repair": ["repaired"],
  "right-but-unfinished": ["incomplete"],
  "literal-garble": ["unreadable"],
  undefined: ["undefined"],
};
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  "R-BP4b": ["holds-under"],
  "R-FP1b": ["wrong"],
  "R-LIM": ["undefined"],
};

let report: CheckedNote;
beforeAll(async () => {
  report = checkNote(await readNote(NOTE), { language: "en" });
}, 120_000);

describe("every row of the ground truth", () => {
  test.each(TRUTH.map(({ id, verdict }) => [id, verdict] as const))("%s", (id, verdict) => {
    const [piece] = PLACES[id] as readonly [string];
    const at = NOTE.indexOf(piece);
    expect(at).toBeGreaterThan(0);
    const found = report.equations.filter(({ span, id: own }) => span.start === at && !own.includes("#shape"));
    expect(found.map(each => each.verdict)).toEqual([
      expect.toBeOneOf([...(EXCEPTIONS[id] ?? MEANING[verdict] ?? [])]),
    ]);
  });
});

test("the recursion holds for φ = id alone", () => {
  const found = report.equations.find(({ latex }) =>
    latex.startsWith(String.raw`W_{hh}^T \cdot \frac{\partial L}{\partial h_{t+1}}`),
  );
  expect(found?.under).toEqual([String.raw`\rho = \mathrm{id}`]);
});

describe("what is not right is mended", () => {
  test.each([
    [
      "the recursion",
      String.raw`W_{hh}^T \cdot \frac{\partial L}{\partial h_{t+1}}`,
      String.raw`W_{hh}^\top \left(\frac{\partial L}{\partial h_{t+1}} \odot \rho'(W_{hx} x_{t+1} + W_{hh} h_t)\right) + W_{y_{h}}^\top \frac{\partial L}{\partial O_t}`,
    ],
    [
      "the closed form, for φ = id",
      String.raw`\frac{\partial L}{\partial h_t} = \sum_{i=t}^T`,
      String.raw`\sum_{i=t}^{T} (W_{hh}^\top)^{T-i} W_{y_{h}}^\top \frac{\partial L}{\partial O_{T+t-i}}`,
    ],
    [
      "the output weights, finished",
      String.raw`\frac{\partial J}{\partial W^{(2)}}`,
      String.raw`\frac{\partial J}{\partial o} h^\top + \lambda W^{(2)}`,
    ],
    [
      "the hidden weights, finished",
      String.raw`\frac{\partial J}{\partial W^{(1)}}`,
      String.raw`\frac{\partial J}{\partial z} x^\top + \lambda W^{(1)}`,
    ],
  ])("%s", (_, piece, right) => {
    const found = report.equations.find(({ span }) => span.start === NOTE.indexOf(piece));
    expect(found?.mended?.latex.split(" = ").slice(1).join(" = ")).toBe(right);
  });

  test("the closed form supposes φ = id, and the general one is given", () => {
    const found = report.equations.find(({ latex }) =>
      latex.startsWith(String.raw`\frac{\partial L}{\partial h_t} = \sum_{i=t}^T`),
    );
    expect(found?.mended).toMatchObject({
      under: [String.raw`\rho = \mathrm{id}`],
      general: expect.stringContaining(String.raw`\prod_{j=t+1}^{i}`),
    });
  });
});

test("the shape mark on ∂L/∂o_t is wrong, the one on ∂L/∂W_yh is right", () => {
  const marks = report.equations.filter(({ id }) => id.includes("#shape"));
  expect(marks.map(({ verdict, because }) => [verdict, because])).toEqual([
    ["holds", "its shape is y × h"],
    ["wrong", expect.stringContaining("its shape is y,")],
  ]);
});

test("letters that were misread are reported, never silent", () => {
  const letters = report.equations.flatMap(({ repairs }) => repairs.map(({ from, to }) => `${from} → ${to}`));
  expect(new Set(letters)).toEqual(
    new Set([
      "0 → o",
      "w → W",
      "a → O",
      String.raw`\lambda → L`,
      String.raw`\xi → S`,
      String.raw`\theta → o`,
      String.raw`\theta → O`,
      "s → S",
      "Z → z",
      "y → o",
      String.raw`l → \ell`,
      "O → o",
      String.raw`\varphi → f`,
      String.raw`W_{yh} → W`,
      "X → x",
      String.raw`\psi → \rho`,
    ]),
  );
});

test("the weights are right by themselves, and spoiled by the recursion and the closed form", () => {
  const found = report.equations.find(({ latex }) => latex.includes("X_t^T"));
  expect(found?.spoiledBy.map(id => report.equations.find(each => each.id === id)?.verdict)).toEqual([
    "holds-under",
    "undefined",
  ]);
});

test("the recursion comes with numbers that can be redone", () => {
  const found = report.equations.find(({ verdict }) => verdict === "holds-under")?.counterexample;
  expect([found?.sizes.T, found?.left, found?.right]).toEqual([2, [[expect.any(Number)]], [[expect.any(Number)]]]);
  expect(found?.left).not.toEqual(found?.right);
});

test("the explanations follow the note's language", async () => {
  const chinese = checkNote(await readNote(NOTE.slice(0, NOTE.indexOf("BP:"))));
  expect(chinese.equations[0]?.because).toBe("给出左边的定义");
});
