import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { spelledSo } from "../../src/check/customs.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { symbol } from "../../src/expr/node.ts";
import type { FunctionEntry } from "../../src/expr/system.ts";
import { readNote } from "../../src/note/read.ts";
import { readSystem } from "../../src/term/system.ts";
import { outcomeOf } from "./outcome.ts";

/** What is said of the one claim behind forward equations. */
const reportOf = async (forward: string, claim: string): Promise<EquationReport | undefined> => {
  const text = `${forward}\n\n## Backward pass\n\n$$\n${claim}\n$$\n`;
  return checkNote(await readNote(text), { language: "en" }).equations.at(-1);
};

const CLASSES = String.raw`$r \in \mathbb{R}^{k}$, $A \in \mathbb{R}^{m \times k}$.

$$u = A r + b$$

$$p = \mathrm{softmax}(u)$$

$$J = -y^\top \log p$$`;

describe("targets of a cross-entropy sum to one", () => {
  test.each([
    ["right by it", String.raw`\frac{\partial J}{\partial A} = (p - y) r^\top`, "convention"],
    ["right without it", String.raw`\frac{\partial J}{\partial A} = \frac{\partial J}{\partial u} r^\top`, "holds"],
    ["right for any y", String.raw`\frac{\partial J}{\partial u} = (\mathbf{1}^\top y) p - y`, "holds"],
    ["a sign", String.raw`\frac{\partial J}{\partial A} = (p + y) r^\top`, "wrong"],
    ["a factor", String.raw`\frac{\partial J}{\partial A} = 2 (p - y) r^\top`, "wrong"],
  ])("%s", async (_, claim, verdict) => expect(outcomeOf(await reportOf(CLASSES, claim))).toBe(verdict));

  test("the reason names the target, and nothing is supposed where the note says it", async () => {
    const claim = String.raw`\frac{\partial J}{\partial u} = p - y`;
    expect((await reportOf(CLASSES, claim))?.because).toContain("the entries of y sum to one");
    expect(outcomeOf(await reportOf(`${CLASSES}\n\nwhere $y$ is one-hot.`, claim))).toBe("holds");
  });

  test("what mends a slip supposes it too", async () => {
    const mended = (await reportOf(CLASSES, String.raw`\frac{\partial J}{\partial A} = 2 (p - y) r^\top`))?.mended;
    expect(mended?.latex).toBe(String.raw`\frac{\partial J}{\partial A} = (p - y) r^\top`);
  });
});

const GATE = String.raw`$x \in \mathbb{R}^{k}$.

$$q = \sigma(w^\top x + c)$$

$$J = -(y \log q + (1 - y) \log(1 - q))$$`;

describe("σ is mostly the logistic function", () => {
  test.each([
    ["right by it", String.raw`\frac{\partial J}{\partial c} = q - y`, "convention"],
    ["a sign", String.raw`\frac{\partial J}{\partial c} = y - q`, "wrong"],
  ])("%s", async (_, claim, verdict) => expect(outcomeOf(await reportOf(GATE, claim))).toBe(verdict));

  test("with numbers that show the slip, and its mended form", async () => {
    const found = await reportOf(GATE, String.raw`\frac{\partial J}{\partial c} = y - q`);
    expect(found?.counterexample).toBeDefined();
    expect(found?.mended?.latex).toMatch(/q - y|-\(y - q\)/u);
  });

  test("a letter that is no op's spelling stays any function", async () => {
    const claim = String.raw`\frac{\partial J}{\partial c} = q - y`;
    expect((await reportOf(GATE.replace("\\sigma", "\\phi"), claim))?.verdict).toBe("holds-under");
  });

  test("where the note says what σ is, that is it", async () => {
    const any = `$\\sigma$ works elementwise.\n\n${GATE}`;
    expect((await reportOf(any, String.raw`\frac{\partial J}{\partial c} = q - y`))?.verdict).toBe("holds-under");
  });
});

test("what needs two customs names both", async () => {
  const both = String.raw`$x \in \mathbb{R}^{k}$, $A \in \mathbb{R}^{m \times h}$.

$$g = \sigma(B x)$$

$$p = \mathrm{softmax}(A g)$$

$$J = -y^\top \log p$$`;
  const claim = String.raw`\frac{\partial J}{\partial B} = (A^\top (p - y) \odot g \odot (1 - g)) x^\top`;
  const found = await reportOf(both, claim);
  expect(found?.verdict).toBe("convention");
  expect(found?.because).toMatch(/sum to one.*; .*logistic/u);
  expect(outcomeOf(await reportOf(both, claim.replace("1 - g", "1 + g")))).toBe("wrong");
});

test("only a function of one number that has no formula is called by its letter", () => {
  const sigma = readSystem(`
    system s
    function sigma elementwise
    x: n parameter
    L: 1
    L = squarednorm(sigma(x))
    objective L
  `).functions.get("sigma") as FunctionEntry;
  const open: FunctionEntry = { ...sigma, latex: "\\sigma" };
  const { scope } = readSystem("system t\n u: 1 parameter\n L: 1\n L = u^2\n objective L");
  const parameter = symbol(scope, "u");
  expect(spelledSo(open)?.name).toBe("logistic");
  expect(spelledSo({ ...open, kind: "general", arity: 2 })).toBeUndefined();
  expect(spelledSo({ ...open, definition: { parameters: [parameter], body: parameter } })).toBeUndefined();
  expect(spelledSo({ ...open, declaredAt: { start: 0, end: 1 } })).toBeUndefined();
});
