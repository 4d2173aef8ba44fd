import { expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const verdictOf = async (forward: string, claim: string): Promise<string | undefined> =>
  outcomeOf(
    checkNote(await readNote(`${forward}\n\n## Backward pass\n\n$$${claim}$$`), { language: "en" }).equations.at(-1),
  );

test("a second derivative is not read as a first", async () => {
  const note = String.raw`$X \in \mathbb{R}^{m \times n}$, $w \in \mathbb{R}^{n}$.

$$J = \frac{1}{2} \|X w - y\|^2$$`;
  expect(await verdictOf(note, String.raw`\nabla_w^2 J = X^\top X`)).toBe("unreadable");
  expect(await verdictOf(note, String.raw`\nabla_w J = X^\top (X w - y)`)).toBe("holds");
});
