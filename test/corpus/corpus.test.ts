// Every note of test/notes and of derivations is read without a complaint, derived and checked exactly. A note added to
// either folder is tested by that alone; test/generate/notes.test.ts does the same for its code.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type CheckedDerivation, derive, readNote } from "../../src/index.ts";

const root = new URL("../../", import.meta.url);

const notes = [
  ...readdirSync(new URL("test/notes/", root)).map(name => `test/notes/${name}`),
  ...readdirSync(new URL("derivations/", root), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    // Notes with an annotated copy are there to be judged.
    .filter(({ name }) => !existsSync(new URL(`derivations/${name}/note.check.html`, root)))
    .map(({ name }) => `derivations/${name}/note.md`),
].filter(path => path.endsWith(".md"));

const derived = async (path: string): Promise<readonly CheckedDerivation[]> => {
  const note = await readNote(readFileSync(new URL(path, root), "utf8"));
  expect(note.diagnostics.filter(({ severity }) => severity !== "information")).toEqual([]);
  expect(note.systems.length).toBeGreaterThan(0);
  return note.systems.map(system => {
    const result = derive(system);
    if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join("; "));
    return result.value;
  });
};

describe.each(notes)("%s", path => {
  test("is derived, and the derivation agrees with forward mode over a prime field", async () => {
    for (const { certificate, gradients } of await derived(path)) {
      expect(gradients.length).toBeGreaterThan(0);
      expect(certificate.samples).toBeGreaterThan(1);
      expect(certificate.bound).toBeLessThan(1e-6);
    }
  });
});

test("there are notes to walk", () => expect(notes.length).toBeGreaterThan(8));

test("the gallery's index links every derivation, and nothing else", () => {
  const index = readFileSync(new URL("derivations/README.md", root), "utf8");
  const linked = [...index.matchAll(/\]\(([^)]+)\/derivation\.md\)/gu)].map(([, folder]) => folder);
  const folders = notes.flatMap(path => /^derivations\/(.+)\/note\.md$/u.exec(path)?.[1] ?? []);
  expect([...linked].sort()).toEqual([...folders].sort());
});
