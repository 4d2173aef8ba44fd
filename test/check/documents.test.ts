// Derivation documents read as notes: what was derived and printed is right when it is read again.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { levelOf } from "../../src/check/verdict.ts";
import { check, type EquationReport, readNote } from "../../src/index.ts";

const FOLDER = new URL("../../derivations/", import.meta.url);

const documentOf = (name: string): string => readFileSync(new URL(`${name}/derivation.md`, FOLDER), "utf8");

const equationsOf = async (text: string): Promise<readonly EquationReport[]> => {
  const { equations } = await check(await readNote(text), { language: "en" });
  return equations;
};

/** How many equations nobody can tell of yet: limits with max and min, blocks, rows within cases, dots for directions, truncation. */
const OPEN: Readonly<Record<string, number>> = {
  conv1d: 2,
  "deep-rnn": 1,
  embedding: 2,
  gru: 1,
  "logistic-regression-newton": 4,
  lstm: 15,
  "rnn-truncated": 7,
};

const names = readdirSync(FOLDER, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

/** Jacobians in forward mode, with products that run the other way; the note of the seed has two documents of its own. */
const ELSEWHERE = ["rnn-forward", "seed-note"];

test.each(names.filter(name => !ELSEWHERE.includes(name)))("%s", async name => {
  const reports = await equationsOf(documentOf(name));
  const off = reports
    .filter(({ verdict }) => levelOf(verdict) === "error")
    .map(({ latex, verdict }) => `${verdict}: ${latex}`);
  expect(off).toEqual([]);
  const open = reports
    .filter(({ verdict }) => levelOf(verdict) === "warning")
    .map(({ latex, because }) => `${because}: ${latex}`);
  expect(open.length, open.join("\n")).toBe(OPEN[name] ?? 0);
});

test.each(["attention", "kalman-step", "linear-recurrence", "mlp-batch", "seed-rnn"])(
  "%s with every last row taken twice",
  async name => {
    const text = documentOf(name).replaceAll(/&= (?=(?:(?!&=|\$\$).)*\n\\end\{aligned\})/gu, "&= 2 ");
    const twice = (await equationsOf(text)).filter(({ latex }) => latex.startsWith("&= 2 ") || latex.startsWith("2 "));
    expect(twice.length).toBeGreaterThan(3);
    const passed = twice
      .filter(({ verdict }) => levelOf(verdict) === "ok")
      .map(({ latex, verdict }) => `${verdict}: ${latex}`);
    expect(passed).toEqual([]);
  },
);
