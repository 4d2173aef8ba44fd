// The machine-readable report is what its schema says.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check, readNote, reportJson } from "../../src/index.ts";
import { violations } from "../document/schema.ts";

const SCHEMA = JSON.parse(readFileSync(new URL("../../schemas/check.schema.json", import.meta.url), "utf8"));
const NOTE = String.raw`$W \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$

$$z = W x$$

$$L = \|z\|^2$$

$$\frac{\partial L}{\partial z} = 2 z = z$$

$$\frac{\partial L}{\partial W} = \text{prod}(\frac{\partial L}{\partial z}, \frac{\partial z}{\partial W}) = z x$$
`;

const report = async (): Promise<Record<string, unknown>> => {
  const made = reportJson("note.md", NOTE, await check(await readNote(NOTE)));
  return JSON.parse(JSON.stringify(made));
};

test("is what the schema says", async () => {
  const made = await report();
  expect(violations(made, SCHEMA)).toEqual([]);
  expect(made.summary).toMatchObject({ definition: 2, proved: 2, wrong: 2 });
});

test("the schema notices a verdict that is none, and a place that is missing", async () => {
  const made = await report();
  const [first] = made.equations as Record<string, unknown>[];
  const { line: _, ...without } = first as Record<string, unknown>;
  expect(violations({ ...made, equations: [{ ...first, verdict: "maybe" }] }, SCHEMA)).not.toEqual([]);
  expect(violations({ ...made, equations: [without] }, SCHEMA)).not.toEqual([]);
});
