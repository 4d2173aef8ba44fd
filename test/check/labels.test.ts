// Labels: whole numbers that choose an entry, and the one-hot vectors and matrices that stand for them in claims.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";
import { outcomeOf } from "./outcome.ts";

const definitions = (count: number): readonly string[] => Array<string>(count).fill("definition");

test.each([
  ["batch", [...definitions(4), ...Array<string>(6).fill("holds"), "wrong", "wrong", "wrong"]],
  ["entry-of-a-whole", [...definitions(3), "holds", "holds", "undefined", "wrong"]],
  ["logits-of-a-whole", [...definitions(2), "holds", "holds", "wrong"]],
  ["side-by-side", [...definitions(3), "holds", "wrong"]],
  ["rows-of-a-whole", [...definitions(3), "holds", "holds", "wrong"]],
  ["indicator", [...definitions(4), "holds", "holds", "wrong"]],
  ["words-zh", [...definitions(3), "holds", "holds", "wrong"]],
  ["unit", [...definitions(3), "holds", "holds", "holds", "wrong"]],
  ["centre-word", [...definitions(5), "holds", "holds", "holds", "wrong"]],
  ["formula-for-entries", [...definitions(4), "holds", "wrong"]],
  ["action", [...definitions(2), "holds", "holds", "wrong"]],
  ["given", [...definitions(2), "holds", "wrong"]],
])("%s", async (name, outcomes) => {
  const text = readFileSync(new URL(`labels/${name}.md`, import.meta.url), "utf8");
  const { equations } = await check(await readNote(text), { language: "en" });
  expect(equations.map(outcomeOf)).toEqual(outcomes);
});
