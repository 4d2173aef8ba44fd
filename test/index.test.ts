import { expect, test } from "vitest";
import { contextOf, derive, generate, readNote, toDocument, toLatex } from "../src/index.ts";

const TEXT = "# Squares\n\n$W \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^n$\n\n$$L = \\|W x\\|^2$$\n";

test("the public names, one after the other", async () => {
  const note = await readNote(TEXT);
  expect(note.diagnostics).toEqual([]);
  const [system] = note.systems;
  if (!system) throw new Error("no system");
  const derived = derive(system);
  if (!derived.ok) throw new Error("not derived");
  const [gradient] = derived.value.gradients;
  const value = gradient?.pieces[0]?.value;
  if (!value) throw new Error("no gradient");
  expect(toLatex(value, contextOf(system))).toBe("2 W x x^\\top");
  expect(await toDocument([derived.value])).toContain("2 W x x^\\top");
  expect(JSON.parse(await toDocument([derived.value], { format: "json" }))).toMatchObject({ gradnote: "1" });
  expect(await toDocument([derived.value], { format: "tex" })).toContain("\\end{document}");
  expect(await toDocument([derived.value], { format: "html" })).toContain("Content-Security-Policy");
  expect((await generate(derived.value)).files[0]?.text).toContain("export function create");
});

test("a mistake comes back as a diagnostic", async () => {
  const note = await readNote("$$L = \\|W x + $$");
  expect(note.systems).toEqual([]);
  expect(note.diagnostics[0]).toMatchObject({ severity: "error" });
});

test("a scalar that is not computed has no gradients", async () => {
  const [system] = (await readNote(TEXT)).systems;
  if (!system) throw new Error("no system");
  expect(derive(system, { of: "W" })).toMatchObject({ ok: false, diagnostics: [{ code: "D005" }] });
});
