// Misread letters of forward equations: which are changed, and that a note without trouble is read no second time.
import { expect, test } from "vitest";
import { repairForward } from "../../src/check/repairs/forward.ts";
import { type ReadNote, readNote } from "../../src/note/read.ts";

/** What comes of a note, and how often it was read again for it. */
const repaired = async (text: string): Promise<{ note: ReadNote; found: ReadNote; again: number }> => {
  const read = await readNote(text);
  let again = 0;
  const note: ReadNote = {
    ...read,
    again: (...args) => {
      again++;
      return read.again(...args);
    },
  };
  const { note: found } = repairForward(note);
  return { note, found, again };
};

test("W and w, both given and both read, are two names", async () => {
  const { note, found, again } =
    await repaired(String.raw`$x \in \mathbb{R}^{n}$, $W \in \mathbb{R}^{m \times n}$, $w \in \mathbb{R}^m$.

$$u = W x + w$$

$$L = m(u)$$`);
  expect(found).toBe(note);
  expect(again).toBe(0);
});

test("a change that takes no trouble away is not made", async () => {
  const { note, found } = await repaired(String.raw`$x, w, W \in \mathbb{R}^{n}$.

$$r = x \odot x$$

$$u = W \odot x + w$$

$$L = m(u)$$`);
  expect(found).toBe(note);
});
