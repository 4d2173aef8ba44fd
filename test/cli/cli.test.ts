// The command as its users call it; npm test builds it first.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { OPS } from "../../src/ops/index.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const note = join(root, "derivations/seed-rnn/note.md");
const folder = mkdtempSync(join(tmpdir(), "gradnote-"));
afterAll(() => rmSync(folder, { recursive: true }));

const gradnote = (args: readonly string[], input = ""): { status: number | null; out: string; err: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "dist/cli/main.js"), ...args], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return { status, out: stdout, err: stderr };
};

test("derive writes a document, and --check compares with it", () => {
  expect(gradnote(["derive", note, "-o", folder]).status).toBe(0);
  const file = join(folder, "derivation.md");
  expect(readFileSync(file, "utf8")).toBe(readFileSync(join(root, "derivations/seed-rnn/derivation.md"), "utf8"));
  expect(gradnote(["derive", note, "-o", folder, "--check"]).status).toBe(0);
  writeFileSync(file, "spoiled");
  expect(gradnote(["derive", note, "-o", folder, "--check"]).status).toBe(1);
  expect(readFileSync(file, "utf8")).toBe("spoiled");
  expect(readdirSync(folder)).toEqual(["derivation.md"]);
});

test("data goes to standard output, and standard input is a note too", () => {
  const { status, out, err } = gradnote(["derive", "-", "--format", "json"], "# A\n\n$$L = \\|W x\\|^2$$\n");
  expect([status, err]).toEqual([0, ""]);
  expect(JSON.parse(out)).toMatchObject({ gradnote: "1", note: "standard input", diagnostics: [] });
});

test.each(["prod", "plain", "nabla", "delta", "differential"])("the notation %s", notation => {
  const { status, out } = gradnote(["derive", note, "--notation", notation, "--language", "zh"]);
  expect([status, out.length > 1000]).toEqual([0, true]);
});

test("another scalar, and another symbol", () => {
  const mlp = join(root, "derivations/seed-mlp/note.md");
  expect(gradnote(["derive", mlp, "--of", "S"]).out).toContain("\\frac{\\partial S}{\\partial W^{(1)}}");
  expect(gradnote(["derive", note, "--wrt", "x_t"]).out).toContain("\\frac{\\partial L}{\\partial x_t}");
  expect(gradnote(["derive", note, "--wrt", "nothing"])).toMatchObject({ status: 2, out: "" });
});

test("members of families, by their letters and with fonts left out", () => {
  const bold = join(root, "test/corpus-notes/d2l-en-2019-bptt.md");
  const derived = (...options: readonly string[]): ReturnType<typeof gradnote> =>
    gradnote(["derive", bold, "--system", "Backpropagation Through Time in Detail", ...options]);
  expect(derived("--mode", "forward", "--of", "h_t", "--wrt", "x_s").out).toContain(
    "\\frac{\\partial \\mathbf{h}_t}{\\partial \\mathbf{x}_s} = \\mathbf{W}_{hh}^{t-s} \\mathbf{W}_{hx}",
  );
  const step = "\\frac{\\partial \\mathbf{h}_t}{\\partial \\mathbf{h}_{t-1}^\\top} = \\mathbf{W}_{hh}";
  expect(derived("--of", "h_{t+1}", "--wrt", "h_t").out).toContain(step);
  // What lies as far apart as the horizon is long is never taken for neighbours.
  expect(derived("--of", "h_T", "--wrt", "h_t")).toMatchObject({ status: 2, out: "" });
});

test("second derivatives where the note asks for them, and first ones where the user does", () => {
  const text = "---\ngradnote:\n  order: 2\n---\n\n# A\n\n$$L = \\|W x\\|^2$$\n";
  const second = "\\partial^2 L";
  expect(gradnote(["derive", "-"], text).out).toContain(second);
  expect(gradnote(["derive", "-", "--order", "1"], text).out).not.toContain(second);
  expect(gradnote(["derive", "-"], text.replace("2", "3"))).toMatchObject({ status: 2, out: "" });
});

test("code for one system", () => {
  expect(gradnote(["generate", note, "--target", "ts"]).out).toBe(
    readFileSync(join(root, "derivations/seed-rnn/gradients.ts"), "utf8"),
  );
});

test.each([
  ["a file that is not there", ["derive", join(folder, "none.md")]],
  ["a folder", ["derive", folder]],
  ["an unknown command", ["frob"]],
  ["an unknown format", ["derive", note, "--format", "doc"]],
  ["a system that the note lacks", ["derive", note, "--system", "GRU"]],
  ["a name that means nothing", ["explain", "nothing"]],
])("%s is told in one line, with exit code 2", (_, args) => {
  const { status, out, err } = gradnote(args);
  expect([status, out]).toEqual([2, ""]);
  expect(err).not.toMatch(/\n\s+at /u);
  expect(err.length).toBeGreaterThan(10);
});

test("a mistake in a note has its place, and nothing is written", () => {
  const text = "# A\n\n$W \\in \\mathbb{R}^{a \\times b}$, $x \\in \\mathbb{R}^c$\n\n$$L = \\|W x\\|^2$$\n";
  const { status, out, err } = gradnote(["derive", "-"], text);
  expect([status, out]).toEqual([2, ""]);
  expect(err).toMatch(/^standard input:5:\d+ {2}S002 {2}/u);
});

test("a symbolic link is not followed", () => {
  const target = join(folder, "target.ts");
  writeFileSync(target, "kept");
  symlinkSync(target, join(folder, "link.ts"));
  expect(gradnote(["generate", note, "-o", join(folder, "link.ts")]).status).toBe(2);
  expect(readFileSync(target, "utf8")).toBe("kept");
});

test("explain knows codes, operations and laws", () => {
  expect(gradnote(["explain", "S002"]).out).toContain("S002");
  expect(gradnote(["explain", "hadamard"]).out).toContain("G .* B");
  expect(gradnote(["explain", "transpose-of-product"]).out).toContain("(A * B)'");
  const kinks = gradnote(["explain", "kinks"]).out;
  for (const { name, kinks: sentence } of OPS) expect(new RegExp(`^${name} `, "mu").test(kinks)).toBe(!!sentence);
});

test("closed forms throughout, and errors that go back a few steps only", () => {
  const gru = join(root, "derivations/gru/note.md");
  expect(gradnote(["derive", gru]).out.split("The solution put in").length).toBeLessThan(
    gradnote(["derive", gru, "--closed-form"]).out.split("The solution put in").length,
  );
  expect(gradnote(["derive", note, "--truncate", "3"]).out).toContain(
    "\\right|_{\\le 3} = \\sum_{i=t}^{\\min(T, t+3)}",
  );
  const json = JSON.parse(gradnote(["derive", note, "--truncate", "K", "--format", "json"]).out);
  expect(json.systems[0].truncation.steps).toBe("K");
  expect(gradnote(["derive", note, "--truncate", "K", "--layout", "numerator"])).toMatchObject({ status: 0, err: "" });
  expect(gradnote(["derive", note, "--truncate", "W_{hh}"])).toMatchObject({ status: 2, out: "" });
  expect(gradnote(["derive", note, "--truncate", "3", "--mode", "forward"])).toMatchObject({ status: 2, out: "" });
});
