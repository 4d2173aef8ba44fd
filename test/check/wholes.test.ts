// Arrays that a note writes by entries or by samples, and as wholes.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";
import { outcomeOf } from "./outcome.ts";

const definitions = (count: number): readonly string[] => Array<string>(count).fill("definition");

test.each([
  // \hat x_i = … is no estimate of x where \hat x is read.
  ["layer-norm", [...definitions(6), ...Array<string>(5).fill("holds"), "wrong", "holds"]],
  // dZ^{(i)} is a sample of dZ, of which nothing says how they lie, and no power.
  ["samples", [...definitions(3), "convention", "convention", "unreadable", "wrong"]],
  // \hat v = v / \|v\| is another value beside v, and c alone is the scalar.
  ["cosine", ["definition", "holds", "wrong", "definition", "definition", "holds", "holds"]],
])("%s", async (name, outcomes) => {
  const text = readFileSync(new URL(`wholes/${name}.md`, import.meta.url), "utf8");
  const { equations } = await check(await readNote(text), { language: "en" });
  expect(equations.map(outcomeOf)).toEqual(outcomes);
});
