import { describe, expect, test } from "vitest";
import type { FrontMatter } from "../../src/note/blocks/frontmatter.ts";
import { readBlocks } from "../../src/note/blocks/read.ts";

const read = async (
  yaml: string,
): Promise<{ front: FrontMatter | null; told: (string | undefined)[]; slice: string; help: string | undefined }> => {
  const text = `---\n${yaml}\n---\n\n# A\n\n$$a = b$$\n`;
  const note = await readBlocks(text, "md");
  const one = note.diagnostics[0];
  const span = one?.spans[0]?.span;
  expect(note.blocks.filter(block => block.kind === "display").length).toBe(1);
  return {
    front: note.frontMatter,
    told: note.diagnostics.map(each => `${each.code} ${each.message}`),
    slice: span === undefined ? "" : text.slice(span.start, span.end),
    help: one?.help,
  };
};

describe("front matter", () => {
  test("says what the note leaves open", async () => {
    const { front, told } = await read(
      `gradnote:\n  objective: J\n  parameters: ["W_{hx}", 'W_{hh}']\n  shapes:\n    x_t: [d]\n    W_{hh}: [h, 3]\n    b: h\n  functions:\n    \\phi: tanh\n    \\ell: half squared error\n  layout: denominator\n  notation: nabla\n  language: zh\n  systems:\n    RNN: { objective: L }\n    __proto__: { layout: numerator }`,
    );
    expect(told).toEqual([]);
    expect(front?.objective?.value).toBe("J");
    expect(front?.parameters?.map(one => one.value)).toEqual(["W_{hx}", "W_{hh}"]);
    expect([...(front?.shapes ?? [])].map(([name, shape]) => [name, shape.value])).toEqual([
      ["x_t", ["d"]],
      ["W_{hh}", ["h", "3"]],
      ["b", ["h"]],
    ]);
    expect([...(front?.functions ?? [])].map(([name, one]) => [name, one.value])).toEqual([
      ["\\phi", "tanh"],
      ["\\ell", "half squared error"],
    ]);
    expect([front?.layout, front?.notation, front?.language]).toEqual(["denominator", "nabla", "zh"]);
    expect([...(front?.systems.keys() ?? [])]).toEqual(["RNN", "__proto__"]);
    expect(front?.systems.get("RNN")?.objective?.value).toBe("L");
  });

  test("is nobody's business without the key gradnote", async () => {
    expect(await read("title: x\ntags: [a, b]")).toMatchObject({ front: null, told: [] });
    expect(await read("just words")).toMatchObject({ front: null, told: [] });
  });

  test("with names that are not quoted shows the quoted form at its line", async () => {
    const { front, told, slice, help } = await read("gradnote:\n  objective: J\n  parameters: [W_{hx}, \\theta]");
    expect(front).toBeNull();
    expect(told[0]).toMatch(/^R005 the front matter is not YAML/u);
    expect(slice).toBe("  parameters: [W_{hx}, \\theta]");
    expect(help).toBe("quote the names: parameters: ['W_{hx}', '\\theta']");
  });

  test.each([
    ["an unknown field", "gradnote:\n  objectives: J", /no field objectives/u, "  objectives: J"],
    [
      "a word that is none of the choices",
      "gradnote:\n  layout: rows",
      /layout must be one of denominator, numerator/u,
      "  layout: rows",
    ],
    ["a list for a name", "gradnote:\n  objective: [a]", /must be a name/u, "  objective: [a]"],
    ["a key twice", "gradnote:\n  objective: J\n  objective: L", /unique/iu, "  objective: L"],
    ["a broken escape", 'gradnote:\n  objective: "\\phi"', /escape/iu, '  objective: "\\phi"'],
    [
      "systems in systems",
      "gradnote:\n  systems:\n    A: { systems: {} }",
      /inside a system/u,
      "    A: { systems: {} }",
    ],
    ["a tab", "gradnote:\n\tobjective: J", /YAML/u, "\tobjective: J"],
    ["an alias that swells", "gradnote:\n  a: &a [x, x]\n  objective: *b", /./u, ""],
  ] as const)("%s: nothing of it is used", async (_, yaml, message, line) => {
    const { front, told, slice } = await read(yaml);
    expect(front).toBeNull();
    expect(told[0]).toMatch(message);
    if (line !== "") expect(slice).toBe(line);
  });
});
