import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { renderDiagnostic } from "../../src/base/render.ts";
import { Source } from "../../src/base/source.ts";
import { readNote } from "../../src/note/read.ts";
import { showTerm } from "../../src/term/show.ts";

const NESTED = 100_000;

/** Every diagnostic must lie in the note and be printable. */
const check = async (note: string): Promise<Awaited<ReturnType<typeof readNote>>> => {
  const result = await readNote(note);
  const source = new Source("note.md", note);
  for (const diagnostic of result.diagnostics) {
    for (const { span } of diagnostic.spans) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeLessThanOrEqual(note.length);
    }
    expect(renderDiagnostic(source, diagnostic)).toContain(diagnostic.code);
  }
  return result;
};

describe("deep nesting is rejected with a position", () => {
  test.each([
    ["brackets", `$$L = ${"(".repeat(NESTED)}x${")".repeat(NESTED)}$$`],
    ["superscripts", `$$L = x${"^{x".repeat(NESTED)}${"}".repeat(NESTED)}$$`],
    ["subscripts", `$$L = x${"_{x".repeat(NESTED)}${"}".repeat(NESTED)}$$`],
    ["fractions", `$$L = ${"\\frac{1}{".repeat(NESTED)}x${"}".repeat(NESTED)}$$`],
    ["signs", `$$L = ${"-".repeat(NESTED)}x$$`],
  ])("%s", async (_, note) => {
    const { systems, diagnostics } = await check(note);
    expect(systems).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toContainEqual(expect.stringMatching(/^R00[36]$/u));
  });

  test("but long sums and products are read", async () => {
    const { systems, diagnostics } = await check(
      `$$L = ${Array.from({ length: 400 }, () => "\\|x\\|^2").join(" + ")} + ${Array.from({ length: 100 }, () => "c").join(" ")}$$`,
    );
    expect(diagnostics).toEqual([]);
    expect(systems).toHaveLength(1);
  });
});

describe("huge numbers", () => {
  test.each([
    ["9^{9^9}", "N004"],
    ["9^{999999999}", "N004"],
    ["\\frac{1}{0}", "N006"],
    ["1".repeat(500), "R031"],
    ["\\sum_{t=1}^{1000000000}", "I006"],
    [`\\sum_{t=1}^{1${"0".repeat(30)}}`, "I002"],
  ])("%s", async (factor, code) => {
    const { systems, diagnostics } = await check(
      `$$L = ${factor} \\|x_t\\|^2$$`.replace("x_t", factor.includes("t") ? "x_t" : "x"),
    );
    expect(systems).toEqual([]);
    expect(diagnostics.map(each => each.code)).toContain(code);
  });

  test("an exact power of ten is a number like others", async () => {
    const { systems } = await check("$$L = 10^{400} \\|x\\|^2$$");
    expect(systems).toHaveLength(1);
  });

  test.each(["h_{t-1000000000000000}", "h_{t-999999999}"])("the shift of %s is refused", async read => {
    const { systems, diagnostics } = await check(
      `$$h_t = W ${read}, \\quad t = 1, \\ldots, T$$\n\n$$L = \\|h_T\\|^2$$`,
    );
    expect(systems).toEqual([]);
    expect(diagnostics.map(each => each.code)).toEqual(expect.arrayContaining([expect.stringMatching(/^I00[16]$/u)]));
  });

  test.each(["999999999 999999999 999999999 n", "0", "-3", "1000000000"])("a size of %s is refused", async size => {
    const { diagnostics } = await check(`$X \\in \\mathbb{R}^{${size} \\times d}$\n\n$$L = \\|X\\|^2$$`);
    expect(diagnostics.map(each => each.code)).toContain("S006");
  });
});

const NET = (name: (letter: string) => string): string => `
$${name("W")} \\in \\mathbb{R}^{h \\times d}$, $${name("U")} \\in \\mathbb{R}^{h \\times h}$, $${name("x")}_t \\in \\mathbb{R}^d$ for $t = 1, \\ldots, T$.

$$${name("s")}_t = \\tanh(${name("W")} ${name("x")}_t + ${name("U")} ${name("s")}_{t-1})$$

$$${name("q")} = \\sum_{t=1}^{T} \\| ${name("s")}_t \\|^2$$
`;

describe("a name means nothing but itself", () => {
  const words = [
    "constructor",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "prototype",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "length",
    "eval",
    "arguments",
    "NaN",
    "Infinity",
    "undefined",
    "null",
  ];
  const letters = ["W", "U", "x", "s", "q"];

  test.each(words)("%s", async word => {
    for (const hidden of letters) {
      const plain = await check(NET(letter => letter));
      const renamed = await check(NET(letter => (letter === hidden ? `\\mathrm{${word}}` : letter)));
      const show = (note: typeof plain, from: string, to: string): readonly string[] =>
        note.systems.flatMap(system =>
          system.equations.map(({ left, right }) =>
            `${showTerm(left)} = ${showTerm(right)}`.replace(new RegExp(`\\b${from}\\b`, "gu"), to),
          ),
        );
      expect(renamed.diagnostics).toEqual([]);
      expect(show(renamed, word, hidden)).toEqual(show(plain, hidden, hidden));
    }
  });

  test.each(["e", "i", "I", "d", "\\pi", "\\sigma", "\\ell", "o", "l", "\\hat{T}", "k'"])(
    "%s is an ordinary letter where the note defines it",
    async letter => {
      const { systems, diagnostics } = await check(`$$${letter} = W x, \\qquad L = \\| ${letter} \\|^2$$`);
      if (diagnostics.length > 0) expect(systems).toEqual([]);
      else
        expect(systems.flatMap(system => system.equations).map(equation => equation.left.kind)).toEqual([
          "symbol",
          "symbol",
        ]);
    },
  );

  test("identifiers are ASCII letters, digits and underscores, whatever stands in the note", async () => {
    const names = [
      "\\text{量}",
      "\\text{a\u2028b}",
      "\\text{</script>}",
      "\\text{`x`}",
      "\\text{*/}",
      "W_{\\text{';drop}}",
      "\\hat{\\tilde{z}}",
      "\\mathcal{L}",
      "w^{[输]}",
    ];
    for (const name of names) {
      const { systems } = await check(`$$${name} = W x, \\qquad J = \\| ${name} \\|^2$$`);
      for (const system of systems) {
        for (const id of [...system.symbols.keys(), ...system.functions.keys(), ...system.sizes.keys()])
          expect(id).toMatch(/^[A-Za-z]\w*$/u);
      }
    }
    expect(Object.keys({})).toEqual([]);
    expect(({} as Record<string, unknown>)["W"]).toBeUndefined();
  });

  test("names of indices, sizes and horizons never meet names of variables", async () => {
    const { systems, diagnostics } = await check(
      "$T \\in \\mathbb{R}^{d \\times d}$ and $x_t \\in \\mathbb{R}^d$.\n\n$$L = \\sum_{t=1}^{N} \\| T x_t \\|^2$$",
    );
    expect(diagnostics).toEqual([]);
    expect(systems.flatMap(system => [...system.sizes.keys()])).toEqual(["d", "N"]);
  });
});

/** A small generator of numbers, seeded, so that a failure can be repeated. */
const random = (seed: number): ((below: number) => number) => {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/** A chain of layers with declared shapes, one of them wrong unless `sound`. */
const layers = (seed: number, sound: boolean): string => {
  const below = random(seed);
  const count = 2 + below(4);
  const sizes = Array.from({ length: count + 1 }, (_, i) => `n_${i}`);
  const wrong = sound ? -1 : below(count);
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const [rows, columns] =
      i === wrong ? (below(2) === 0 ? [sizes[i], sizes[i + 1]] : [sizes[i + 1], "m"]) : [sizes[i + 1], sizes[i]];
    lines.push(
      `$W_{${i}} \\in \\mathbb{R}^{${rows} \\times ${columns}}$, $b_{${i}} \\in \\mathbb{R}^{${sizes[i + 1]}}$.`,
    );
  }
  lines.push(`$a \\in \\mathbb{R}^{${sizes[0]}}$.`);
  for (let i = 0; i < count; i++) {
    const input = i === 0 ? "a" : `z_{${i - 1}}`;
    const sum = below(2) === 0 ? `W_{${i}} ${input} + b_{${i}}` : `b_{${i}} - W_{${i}} ${input}`;
    lines.push(
      `$$z_{${i}} = ${["\\tanh", "\\phi", ""][below(3)]}\\left(${sum}\\right)$$`.replace("= \\left(", "= \\left("),
    );
  }
  return [...lines, `$$L = \\| z_{${count - 1}} \\|^2$$`].join("\n\n");
};

describe("ill-shaped systems", () => {
  const count = Number(process.env.GRADNOTE_DAMAGE ?? 60);
  test(`${count} are rejected with two positions, and their sound twins are not`, async () => {
    for (let seed = 1; seed <= count; seed++) {
      const { systems, diagnostics } = await check(layers(seed, false));
      expect([seed, systems.length]).toEqual([seed, 0]);
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      expect(errors.map(({ code }) => code).every(code => code.startsWith("S"))).toBe(true);
      expect(new Set(errors.flatMap(({ spans }) => spans.map(({ span }) => span.start))).size).toBeGreaterThanOrEqual(
        2,
      );
      const sound = await check(layers(seed, true));
      expect([seed, sound.diagnostics.map(({ code }) => code), sound.systems.length]).toEqual([seed, [], 1]);
    }
  });
});

test("a system with an unreadable forward equation is not read without it", async () => {
  const { systems, diagnostics } = await check("FP:\n\n$$h = \\phi(W x)$$\n\n$$o = V h)$$\n\n$$L = \\ell(o, y)$$");
  expect(systems).toEqual([]);
  expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
});

describe("notes with random damage", () => {
  const notes = readdirSync("test/notes")
    .sort()
    .map(file => readFileSync(`test/notes/${file}`, "utf8"));
  const bits = [
    ..."_^{}()$=+-,'",
    "\\",
    "\\frac",
    "\\sum",
    "\\top",
    "\\|",
    "t-1",
    "\\phi(",
    "\\odot",
    "^{-1}",
    "_t",
    "\\mathbf{1}",
    "10^{9}",
    "\\partial",
    "e^",
    ".",
  ];
  const count = Number(process.env.GRADNOTE_DAMAGE ?? 100);

  test(`${count} of them: a system or a diagnostic, never an exception`, async () => {
    for (let seed = 1; seed <= count; seed++) {
      const below = random(seed);
      let note = notes[below(notes.length)] as string;
      for (let edits = 1 + below(4); edits > 0; edits--) {
        const at = below(note.length);
        const cut = below(3) === 0 ? below(6) : 0;
        note = note.slice(0, at) + (cut === 0 ? (bits[below(bits.length)] as string) : "") + note.slice(at + cut);
      }
      const { systems, diagnostics } = await check(note);
      expect([seed, systems.length > 0 || diagnostics.length > 0]).toEqual([seed, true]);
    }
  });
});
