import { expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

test("a formula for a function of the note is its definition", async () => {
  const note = String.raw`$a = w x + b$, $h = \sigma(a)$, $L = \frac12 (h - y)^2$, all scalars, and $\sigma(u) = 1/(1+e^{-u})$.

## Backward pass

$$\frac{\partial L}{\partial w} = (h - y) h (1 - h) x$$`;
  const verdicts = checkNote(await readNote(note), { language: "en" }).equations.map(outcomeOf);
  expect(verdicts).toEqual(["definition", "definition", "definition", "definition", "holds"]);
});
