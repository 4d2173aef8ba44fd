import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { filesUnder } from "../../scripts/files.ts";
import { CATALOGUE } from "../../src/base/catalogue.ts";
import { deriveChecked } from "../../src/derive/checked.ts";
import { derive } from "../../src/derive/index.ts";
import { generateTypeScript } from "../../src/emit/typescript/generate.ts";
import { readSystem } from "../../src/term/system.ts";
import { RNN } from "../systems/rnn.ts";

const tests = filesUnder("test")
  .filter(path => path.endsWith(".test.ts") && !path.endsWith("catalogue.test.ts"))
  .map(path => readFileSync(path, "utf8"));

test("what cannot be checked is not shown", () => {
  const system = readSystem("system s\n w: 1 parameter\n v: 1 parameter\n L: 1\n L = w / (v - v)");
  expect(deriveChecked(system)).toMatchObject({ ok: false, diagnostics: [{ code: "D004" }] });
});

test("a chain-rule line that is not worked out has no code", () => {
  const derivation = derive(readSystem(RNN));
  const gradients = derivation.gradients.map(gradient => ({
    ...gradient,
    contributions: gradient.contributions.map(own => ({ ...own, value: own.chain ?? own.value })),
  }));
  const { files, diagnostics } = generateTypeScript({ ...derivation, gradients });
  expect([files, diagnostics.map(({ code }) => code)]).toEqual([[], ["G002"]]);
});

test.each(Object.keys(CATALOGUE).filter(code => code !== "D004" && code !== "G002"))(
  "%s has a bad note, or a test that meets it",
  code => {
    expect(existsSync(`test/errors/${code}.md`) || tests.some(text => text.includes(code))).toBe(true);
  },
);
