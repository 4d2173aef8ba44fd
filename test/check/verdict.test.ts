import { expect, test } from "vitest";
import { levelOf, VERDICTS, type Verdict } from "../../src/check/verdict.ts";

test("wrong is an error, what is not known a warning, what is right neither", () => {
  const levels = (Object.keys(VERDICTS) as Verdict[]).map(verdict => [verdict, levelOf(verdict)]);
  expect(Object.fromEntries(levels)).toEqual({
    unreadable: "warning",
    undefined: "error",
    definition: "ok",
    proved: "ok",
    holds: "ok",
    convention: "ok",
    incomplete: "ok",
    repaired: "warning",
    "holds-under": "error",
    wrong: "error",
    "cannot-tell": "warning",
  });
});

test("no two verdicts share a code", () => {
  const codes = Object.values(VERDICTS).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
