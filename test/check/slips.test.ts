// Notes, with claims of one slip each, and some of none: what is said of it, what is to be done, how the claim then stands.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const FOLDER = new URL("slips/", import.meta.url);

/** What mends it, which letters were misread, or why it is so. */
const sayOf = (report: EquationReport): string => {
  const { mended, repairs, because } = report;
  const misread = repairs.map(({ from, to }) => `${from} → ${to}`).join(", ");
  // The right form says nothing of why shapes do not fit.
  if (/shapes/u.test(because)) return because;
  return mended?.edit ?? (misread || (outcomeOf(report) === "holds" ? "both sides are equal" : because));
};

describe.each(readdirSync(FOLDER))("%s", file => {
  const [forward = "", slips = ""] = readFileSync(new URL(file, FOLDER), "utf8").split("\n## Slips\n");
  // Claim, outcomes of its links with what is said of the last, and the right side of that as it is mended.
  const rows = slips
    .trim()
    .split(/\n\n+/u)
    .map(row => row.split("\n"));
  test.each(rows)("%s", async (claim = "", said, mended) => {
    const text = `${forward}\n## Backward pass\n\n$$\n${claim}\n$$\n`;
    const start = text.lastIndexOf(claim);
    const { equations } = checkNote(await readNote(text), { language: "en" });
    const links = equations.filter(({ span }) => span.start >= start);
    const last = links.at(-1) as EquationReport;
    expect(`${links.map(outcomeOf).join(", ")}: ${sayOf(last)}`).toBe(said);
    expect(last.mended?.latex.split(" = ")[1]).toBe(mended);
    expect(last.span.end).toBe(start + claim.replace(/ \\quad .*/u, "").length);
  });
});
