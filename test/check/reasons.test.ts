// Reasons are sentences in both languages, of as many things.
import { describe, expect, test } from "vitest";
import { REASONS, sayReason } from "../../src/check/reasons.ts";

const placesIn = (sentence: string): readonly string[] => [...new Set(sentence.match(/#\d/gu))].sort();

describe.each(Object.entries(REASONS))("%s", (_, { en, zh }) => {
  test("is said in both languages, of as many things", () => {
    expect(en).toMatch(/\p{Script=Latin}{2}|^#1$/u);
    expect(zh).toMatch(/\p{Script=Han}/u);
    // A thing with a name in each language has a place for each of them.
    expect(placesIn(zh)).toHaveLength(placesIn(en).length);
  });
});

test("a reason has its things in their places, and what has to be the case as well behind it", () => {
  const reason = {
    id: "by-one",
    of: ["a", "b"],
    and: [{ id: "under", of: ["c"] }, { id: "equal" }],
  } as const;
  expect(sayReason(reason, "en")).toBe(
    "right for a, and not for b, which the note says as well; it holds only for c; both sides are equal",
  );
  expect(sayReason(reason, "zh")).toBe("按 a 正确；笔记又写 b，按后者则不正确；仅当 c 时成立；两边相等");
  expect(sayReason({ id: "under" }, "en")).toBe("it holds only for ");
});
