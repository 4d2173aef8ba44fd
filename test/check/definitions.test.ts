import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const reportsOf = async (forward: string, claim: string): Promise<readonly EquationReport[]> =>
  checkNote(await readNote(`${forward}\n\n## Backward pass\n\n$$${claim}$$\n`), { language: "en" }).equations;

const verdictOf = async (forward: string, claim: string): Promise<string | undefined> =>
  outcomeOf((await reportsOf(forward, claim)).at(-1));

const reasonOf = async (forward: string, claim: string): Promise<string | undefined> =>
  (await reportsOf(forward, claim)).at(-1)?.because;

const TWICE = String.raw`$p, w \in \mathbb{R}^{d}$, $M \in \mathbb{R}^{d \times d}$.

$$q = p$$

or

$$q = M p$$

$$L = w^\top q$$`;

describe("a name that is defined twice", () => {
  test.each([
    ["right by the first, as it is taken", String.raw`\frac{\partial L}{\partial p} = w`, "holds"],
    ["right by the second", String.raw`\frac{\partial L}{\partial p} = M^\top w`, "convention"],
    ["right by both", String.raw`\frac{\partial L}{\partial q} = w`, "holds"],
    ["right by neither", String.raw`\frac{\partial L}{\partial p} = 2 M^\top w`, "wrong"],
  ])("%s", async (_, claim, verdict) => expect(await verdictOf(TWICE, claim)).toBe(verdict));

  test("the second is said to contradict the first", async () => {
    const [, second] = await reportsOf(TWICE, String.raw`\frac{\partial L}{\partial q} = w`);
    expect(second?.verdict).toBe("cannot-tell");
    expect(second?.because).toContain("the note also says q = p");
  });

  test("what is right by the first alone says so", async () =>
    expect(await reasonOf(TWICE, String.raw`\frac{\partial L}{\partial p} = w`)).toBe(
      "right for q = p, and not for q = M p, which the note says as well",
    ));
});

/** The whole in one piece, then step by step; `part` stands in the whole. */
const pieces = (
  part: string,
): string => String.raw`$a, b \in \mathbb{R}^{n}$, $\tau$ and $\rho$ are scalars, $C, D \in \mathbb{R}^{n \times n}$.

$$Softpick(a, b) = C \tanh(${part})$$

$$u = \frac{a \odot b}{\tau}$$

$$v = \tanh(u)$$

$$r = C v$$

$$L = \ell(r)$$`;

describe("a formula in one piece that is not what the steps compute", () => {
  const squared = pieces(String.raw`\frac{a \odot b}{\tau^2}`);
  test.each([
    [
      "right by the formula",
      String.raw`\frac{\partial L}{\partial a} = \frac{1}{\tau^2} b \odot \frac{\partial L}{\partial u}`,
      "convention",
    ],
    [
      "right by the steps",
      String.raw`\frac{\partial L}{\partial a} = \frac{1}{\tau} b \odot \frac{\partial L}{\partial u}`,
      "holds",
    ],
    ["right by both", String.raw`\frac{\partial L}{\partial v} = C^\top \frac{\partial L}{\partial r}`, "holds"],
    [
      "another factor",
      String.raw`\frac{\partial L}{\partial a} = \frac{1}{\tau^3} b \odot \frac{\partial L}{\partial u}`,
      "wrong",
    ],
    [
      "the factor of the formula, and a slip",
      String.raw`\frac{\partial L}{\partial v} = \frac{1}{\tau} C \frac{\partial L}{\partial r}`,
      "wrong",
    ],
  ])("%s", async (_, claim, verdict) => expect(await verdictOf(squared, claim)).toBe(verdict));

  const claim = String.raw`\frac{\partial L}{\partial a} = \frac{1}{\tau^2} b \odot \frac{\partial L}{\partial u}`;
  test.each([
    ["a formula of other names is about something else", String.raw`\frac{a \odot b}{\rho^2}`],
    ["a formula that differs elsewhere as well", String.raw`2 \frac{a \odot b}{\tau^2} + a`],
    ["a formula that says the same", String.raw`\frac{b \odot a}{\tau}`],
  ])("%s", async (_, part) => expect(await verdictOf(pieces(part), claim)).toBe("wrong"));

  test("the formula is said to contradict the step", async () => {
    const [formula] = await reportsOf(squared, claim);
    expect([formula?.verdict, formula?.because]).toEqual([
      "cannot-tell",
      String.raw`the note also says u = \frac{a \odot b}{\tau}, and both cannot be: equations are judged by that one, then by this one`,
    ]);
  });

  test("a formula that says the same names it", async () => {
    const [formula] = await reportsOf(pieces(String.raw`\frac{b \odot a}{\tau}`), claim);
    expect(formula?.verdict).toBe("definition");
  });
});

const STEPS = String.raw`$a_t \in \mathbb{R}^{n}$, $C, D \in \mathbb{R}^{n \times n}$, $t = 1, \ldots, T$.`;

/** As before, for each step. */
const piecesOfSteps = (part: string): string => String.raw`${STEPS}

$$Softpick(a_t) = C \tanh(${part})$$

$$u_t = D a_t$$

$$v_t = \tanh(u_t)$$

$$r_t = C v_t$$

$$L = \sum_{t=1}^T \ell(r_t)$$`;

describe("a formula in one piece for each step", () => {
  const claim = String.raw`\frac{\partial L}{\partial a_t} = D^\top \frac{\partial L}{\partial u_t}`;
  test.each([
    ["transposes one matrix: it contradicts the step", String.raw`D^\top a_t`, "cannot-tell"],
    ["is about another step: it is another function", "D a_{t-1}", "definition"],
    ["is about another matrix: it is another function", "C a_t", "definition"],
    ["says the same", "D a_t", "definition"],
  ])("%s", async (_, part, verdict) => {
    const reports = await reportsOf(piecesOfSteps(part), claim);
    expect([reports.at(0), reports.at(-1)].map(outcomeOf)).toEqual([verdict, "holds"]);
  });
});

test("a formula in one piece for a name that the steps have defined contradicts one of them", async () => {
  const forward = String.raw`$a, b \in \mathbb{R}^{n}$, $\tau$ is a scalar, $C \in \mathbb{R}^{n \times n}$.

$$u = \frac{a \odot b}{\tau}$$

$$v = \tanh(u)$$

$$r = C v$$

$$L = \ell(r)$$

Altogether

$$r = C \tanh(\frac{a \odot b}{\tau^2})$$`;
  const by = (factor: string): string =>
    String.raw`\frac{\partial L}{\partial a} = ${factor} b \odot \frac{\partial L}{\partial u}`;
  expect(await verdictOf(forward, by(String.raw`\frac{1}{\tau}`))).toBe("holds");
  expect(await verdictOf(forward, by(String.raw`\frac{1}{\tau^2}`))).toBe("convention");
  expect(await verdictOf(forward, by(String.raw`\frac{1}{\tau^3}`))).toBe("wrong");
});

test("a formula of fewer members is none of a step's, but another one for the whole", async () => {
  const forward = String.raw`$x_t \in \mathbb{R}$, $t = 1, \ldots, T$.

$$a = x_1 + x_2$$

$$L = a^2$$

$$L = (x_1 + x_1)^2$$`;
  const reports = await reportsOf(forward, String.raw`\frac{\partial L}{\partial a} = 2 a`);
  expect(reports.at(2)?.because).toContain("the note also says L = a^2,");
});
