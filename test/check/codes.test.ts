// Each verdict has its code, each code its explanation; claims that cannot be read say why.
import { expect, test } from "vitest";
import { CATALOGUE } from "../../src/base/catalogue.ts";
import { checkNote } from "../../src/check/check.ts";
import { VERDICTS } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";

test("the codes of verdicts are fixed", () => {
  expect(Object.fromEntries(Object.entries(VERDICTS).map(([verdict, { code }]) => [verdict, code]))).toEqual({
    definition: "V000",
    unreadable: "V001",
    undefined: "V002",
    "holds-under": "V003",
    wrong: "V004",
    "cannot-tell": "V005",
    proved: "V010",
    holds: "V011",
    convention: "V012",
    incomplete: "V013",
    repaired: "V014",
  });
  expect(Object.values(VERDICTS).filter(({ code }) => !Object.hasOwn(CATALOGUE, code))).toEqual([]);
});

test.each([
  ["V020", String.raw`\frac{\partial^3 L}{\partial z^3} = 1`, "not of first or second order"],
  ["V021", String.raw`\frac{\partial L}{\partial z^\top} = z^\top`, "an operation stands in a derivative"],
  ["V022", String.raw`\frac{\partial L}{\partial n} = 1`, "n is a whole number"],
])("%s", async (code, claim, reason) => {
  const note = await readNote(
    String.raw`$z \in \mathbb{R}^n$` +
      "\n\n" +
      String.raw`$$z = W x$$` +
      "\n\n$$L = z^\\top z$$\n\n" +
      `$$${claim}$$\n`,
  );
  const found = checkNote(note).equations.at(-1);
  expect([code, found?.verdict, found?.because]).toEqual([code, "unreadable", expect.stringContaining(reason)]);
});
