// Notes, with claims that have one slip each: what is said of it, what is to be done, and how the claim then stands.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const FOLDER = new URL("slips/", import.meta.url);

describe.each(readdirSync(FOLDER))("%s", file => {
  const [forward = "", slips = ""] = readFileSync(new URL(file, FOLDER), "utf8").split("\n## Slips\n");
  // Of a chain its last link.
  const rows = slips
    .trim()
    .split(/\n\n+/u)
    .map(row => row.split("\n"));
  test.each(rows)("%s", async (claim = "", said, mended) => {
    const text = `${forward}\n## Backward pass\n\n$$\n${claim}\n$$\n`;
    const { equations } = checkNote(await readNote(text), { language: "en" });
    const last = equations.at(-1);
    const edit = last?.mended?.edit ?? (outcomeOf(last) === "holds" ? "both sides are equal" : last?.because);
    expect(`${outcomeOf(last)}: ${edit}`).toBe(said);
    expect(last?.mended?.latex.split(" = ")[1]).toBe(mended);
    const end = text.lastIndexOf(claim) + claim.replace(/ \\quad .*/u, "").length;
    expect(last?.span.end).toBe(end);
  });
});
