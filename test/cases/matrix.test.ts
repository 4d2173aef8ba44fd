// The 101 public derivatives: each published answer is read by our own reader over the system of its note and compared
// exactly with what we derive; its opposite is noticed.
import { describe, expect, test } from "vitest";
import { CASES, type Judgement, judge } from "./judge.ts";

const found = new Map<string, Judgement>();

describe.each(CASES.map(row => [row.id, row] as const))("%s", (id, row) => {
  test("our derivative is the published one, and not its opposite", async () => {
    const judgement = await judge(row);
    found.set(id, judgement);
    if (judgement.verdict === "right") expect(judgement.twinNoticed).toBe(true);
    expect(judgement.verdict).not.toBe("wrong");
  });
});

test("the table of all cases", () => {
  const table = CASES.map(({ id, kind }) => {
    const { verdict, why } = found.get(id) as Judgement;
    return `${id.padEnd(10)} ${kind.padEnd(17)} ${verdict}${why === undefined ? "" : `: ${why}`}`;
  });
  const right = [...found.values()].filter(({ verdict }) => verdict === "right").length;
  process.stdout.write(`${table.join("\n")}\n${right} of ${CASES.length} right\n`);
  expect([right, CASES.length]).toEqual([101, 101]);
});
