// Signs that say nothing of the mathematics: hearts, ticks, ends of proofs, tags of the writer's own.
import { expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const FORWARD = String.raw`$x \in \mathbb{R}^n$.

$$L = x^\top x \heartsuit$$

## Backward pass
`;

test.each([
  String.raw`\tag*{$\square$}`,
  String.raw`\tag{$\star$}`,
  String.raw`\blacksquare`,
  String.raw`\quad \checkmark`,
  String.raw`\clubsuit \spadesuit \diamondsuit`,
])("%s", async sign => {
  const right = String.raw`\frac{\partial L}{\partial x} = 2 x`;
  const wrong = String.raw`\frac{\partial L}{\partial x} = x`;
  const note = await readNote(`${FORWARD}\n$$${right} ${sign}$$\n\n$$${wrong} ${sign}$$\n\n$$${right}$$\n`);
  const { equations } = checkNote(note, { language: "en" });
  // Nothing behind it is lost either.
  expect(equations.slice(1).map(outcomeOf)).toEqual(["holds", "wrong", "holds"]);
});
