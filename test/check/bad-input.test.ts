// Notes that cannot be judged: a clear message each, never an exception, never a verdict by default.
import { expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const DECLARED = String.raw`$x \in \mathbb{R}^{d}$, $y \in \mathbb{R}^{q}$, $W \in \mathbb{R}^{q \times d}$.`;
const FORWARD = String.raw`z = W x`;
const LOSS = String.raw`L = \frac{1}{2} \|z - y\|^2`;
const CLAIM = String.raw`\frac{\partial L}{\partial W} = (z - y) x^\top`;

const noteOf = (...displays: readonly string[]): string =>
  [DECLARED, ...displays.map(display => `$$${display}$$`)].join("\n\n");

const checked = async (text: string) => {
  const { equations, diagnostics, clean } = checkNote(await readNote(text));
  return {
    clean,
    codes: diagnostics.map(({ code }) => code),
    verdicts: equations.map(outcomeOf),
    reasons: equations.map(({ because }) => because),
  };
};

test.each([
  ["an empty note", "", ["N014"], []],
  ["a note of words", "# Nothing\n\nOnly words.\n", ["N014"], []],
  ["a note without forward equations", noteOf(CLAIM), ["N014"], ["cannot-tell"]],
  [
    "a system that cannot be typed",
    noteOf("z = W y", LOSS, CLAIM),
    ["S002"],
    ["definition", "definition", "cannot-tell"],
  ],
  [
    "a claim with an unbalanced brace",
    noteOf(FORWARD, LOSS, String.raw`\frac{\partial L}{\partial W = (z - y) x^\top`),
    ["R002"],
    ["definition", "definition", "unreadable"],
  ],
  [
    "a product of columns, which cannot be multiplied with each other",
    String.raw`$x_t \in \mathbb{R}^n$.

$$p = \prod_{t=1}^T x_t$$

$$L = p^\top p$$

$$\frac{\partial L}{\partial p} = 2 p$$`,
    ["S002"],
    ["definition", "definition", "cannot-tell"],
  ],
  [
    "a claim with a product of matrices that are not square",
    String.raw`$x_t \in \mathbb{R}^n$, $A \in \mathbb{R}^{m \times n}$.

$$h_t = A x_t$$

$$L = \sum_{t=1}^T \frac{1}{2} \|h_t\|^2$$

$$\frac{\partial L}{\partial A} = \prod_{t=1}^T h_t x_t^\top$$`,
    [],
    ["definition", "definition", "unreadable"],
  ],
  ["5 MB of words", `${noteOf(FORWARD, LOSS, CLAIM)}\n\n${"word ".repeat(1_000_000)}`, ["R006"], []],
])("%s", async (_, text, codes, verdicts) => {
  expect(await checked(text)).toMatchObject({ clean: false, codes, verdicts });
});

test("a note without claims holds definitions alone", async () => {
  expect(await checked(noteOf(FORWARD, LOSS))).toMatchObject({ codes: [], verdicts: ["definition", "definition"] });
});

test("of two definitions that contradict each other the second is called wrong", async () => {
  const { clean, verdicts } = await checked(noteOf(FORWARD, "z = 2 W x", LOSS));
  expect([clean, ...verdicts]).toEqual([false, "definition", "wrong", "definition"]);
});

test("a forward equation with an unbalanced brace: nothing that rests on it is called right", async () => {
  const { clean, codes, verdicts } = await checked(noteOf(FORWARD, String.raw`L = \frac{1}{2 \|z - y\|^2`, CLAIM));
  expect([clean, codes.includes("R002"), verdicts.includes("holds")]).toEqual([false, true, false]);
});
