// Sums that leave something out: Σ_{j ≠ i}.
import { expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "../check/outcome.ts";

const PAIRS = String.raw`$z_i \in \mathbb{R}^d$, $i = 1, \dots, N$.

$$E = \sum_{i=1}^N \sum_{LOWER} e^{z_i^\top z_j}$$

## Gradients

$$\frac{\partial E}{\partial z_i} = 2 \sum_{CLAIMED} e^{z_i^\top z_j} z_j$$
`;

test.each([
  [String.raw`j \neq i`, String.raw`j \neq i`, "holds"],
  [String.raw`j \ne i`, String.raw`j \ne i`, "holds"],
  [String.raw`j=1, j \neq i`, String.raw`j \neq i`, "holds"],
  [String.raw`j \neq i`, "j", "wrong"],
  ["j", String.raw`j \neq i`, "wrong"],
  ["j", "j", "holds"],
])("Σ_{%s}, and Σ_{%s} in the claim: %s", async (lower, claimed, outcome) => {
  const upper = lower.includes("=1") ? "}^N" : "}";
  const note = PAIRS.replace("LOWER}", () => `${lower}${upper}`).replace("CLAIMED", () => claimed);
  expect(outcomeOf(checkNote(await readNote(note), { language: "en" }).equations.at(-1))).toBe(outcome);
});

test("a label is left out of a hinge loss", async () => {
  const note = await readNote(String.raw`$x \in \mathbb{R}^D$ with label $y$, $W \in \mathbb{R}^{C \times D}$.

$$s = W x$$

$$L = \sum_{j \neq y} \max(0, s_j - s_y + 1)$$
`);
  expect(note.diagnostics).toEqual([]);
  expect(note.systems[0]?.symbols.get("y")?.role).toBe("label");
});
