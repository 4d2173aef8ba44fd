import { expect, test } from "vitest";
import { compareRows } from "./compare.ts";
import { EXCEPTIONS } from "./exceptions.ts";

test("the written form of right backward equations", { timeout: 180_000 }, async () => {
  const compared = await compareRows();
  const lines = compared.map(({ id, same, theirs, ours }) =>
    same
      ? `same   ${id}  ${theirs}`
      : `other  ${id}  ${theirs}\n       ${EXCEPTIONS.get(id) ?? "no reason is known"}\n       ours: ${ours}`,
  );
  const same = compared.filter(each => each.same).length;
  const table = `${lines.join("\n")}\n\n${same} of ${compared.length} have the note's form.\n`;
  process.stdout.write(`${same} of ${compared.length} right backward equations have the note's form\n`);
  await expect(table).toMatchFileSnapshot("written.txt");
  expect(compared.length).toBeGreaterThanOrEqual(80);
  expect(same / compared.length).toBeGreaterThanOrEqual(0.8);
  // Every exception has its reason, and no reason outlives its exception.
  expect(
    compared
      .filter(each => !each.same)
      .map(each => each.id)
      .toSorted(),
  ).toEqual([...EXCEPTIONS.keys()].toSorted());
});
