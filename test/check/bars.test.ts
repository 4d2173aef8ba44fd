import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const judge = async (forward: string, claim: string): Promise<readonly [string, string]> => {
  const text = `${forward}\n\n## Backward pass\n\n$$\n${claim}\n$$\n`;
  const report = checkNote(await readNote(text), { language: "en" }).equations.at(-1);
  return [outcomeOf(report), report?.because ?? ""];
};

const CENTRED = String.raw`$\mathbf{a}, \mathbf{c} \in \mathbb{R}^n$, $\mathbf{g} \in \mathbb{R}^n$.

$$c_j = a_j - \frac{1}{n} \sum_{i=1}^n a_i$$

$$\mathbf{z} = \mathbf{g} \odot \mathbf{c}$$`;

describe("a bar that nothing explains is the mean of the entries", () => {
  test.each([
    [String.raw`\mathbf{da} = \mathbf{dc} - \bar{\mathbf{dc}}`, "convention"],
    [
      String.raw`\frac{\partial L}{\partial \mathbf{a}} = \frac{\partial L}{\partial \mathbf{c}} - \overline{\frac{\partial L}{\partial \mathbf{c}}}`,
      "convention",
    ],
    [String.raw`\mathbf{da} = \mathbf{dc} + \bar{\mathbf{dc}}`, "cannot-tell"],
    [String.raw`\mathbf{da} = \mathbf{dc} - \bar{\mathbf{dz}}`, "cannot-tell"],
    [String.raw`\mathbf{da} = \mathbf{dc}`, "wrong"],
  ])("%s", async (claim, verdict) => expect((await judge(CENTRED, claim))[0]).toBe(verdict));

  test("which is said", async () =>
    expect((await judge(CENTRED, String.raw`\mathbf{da} = \mathbf{dc} - \bar{\mathbf{dc}}`))[1]).toMatch(
      /is the mean/u,
    ));

  test("not where an equation gives it", async () => {
    const note = String.raw`$\mathbf{a} \in \mathbb{R}^n$. $$\bar{a} = \frac{1}{n} \sum_{i=1}^n a_i$$ $$\mathbf{c} = \mathbf{a} - \bar{a}$$ $$L = \|\mathbf{c}\|^2$$`;
    expect((await judge(note, String.raw`\frac{\partial L}{\partial \mathbf{a}} = 2 (\mathbf{a} - \bar{a})`))[0]).toBe(
      "holds",
    );
    expect((await judge(note, String.raw`\frac{\partial L}{\partial \mathbf{a}} = 2 (\mathbf{a} + \bar{a})`))[0]).toBe(
      "wrong",
    );
  });
});
