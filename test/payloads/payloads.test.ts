import { fromMarkdown } from "mdast-util-from-markdown";
import { mathFromMarkdown } from "mdast-util-math";
import { math } from "micromark-extension-math";
import { describe, expect, test } from "vitest";
import { growthOf } from "../../src/derive/closed/growth.ts";
import { withClosedForms } from "../../src/derive/closed/index.ts";
import { derive } from "../../src/derive/index.ts";
import type { Block, Document } from "../../src/emit/document/block.ts";
import { documentOf, writeDocument } from "../../src/emit/document/document.ts";
import { safeLatex } from "../../src/emit/document/safe.ts";
import { substituteDomain } from "../../src/expr/domain.ts";
import { type AtNode, substituteIndices } from "../../src/expr/node.ts";
import { named } from "../../src/expr/polynomial.ts";
import type { System } from "../../src/expr/system.ts";
import { readSystem } from "../../src/term/system.ts";
import { HOSTILE } from "./hostile.ts";
import { strangers } from "./strangers.ts";

const SMALL = `
  system small
  horizon T
  function phi elementwise
  W: n n parameter
  h[t]: n for t = 0..T
  L: 1
  h[t] = phi(W * h[t-1]) for t = 1..T
  L = squarednorm(h[T])
  objective L
`;

/** The small system with a text in every place where a note's own text can stand. */
const infected = (text: string): System => {
  const system = readSystem(SMALL);
  const renaming = new Map([["t", named(text)]]);
  const symbols = new Map(
    [...system.symbols].map(([name, entry]) => [
      name,
      {
        ...entry,
        latex: text,
        ...(entry.memberLatex === undefined ? {} : { memberLatex: `${text}_{\u0001}` }),
        indices: entry.indices.map(() => text),
        domain: substituteDomain(entry.domain, renaming),
      },
    ]),
  );
  return {
    ...system,
    name: text,
    symbols,
    functions: new Map([...system.functions].map(([name, entry]) => [name, { ...entry, latex: text }])),
    sizes: new Map([...system.sizes].map(([name, entry]) => [name, { ...entry, latex: text }])),
    equations: system.equations.map(equation => ({
      ...equation,
      left: substituteIndices(equation.left, renaming) as AtNode,
      right: substituteIndices(equation.right, renaming),
      indices: equation.indices.map(() => text),
      over: substituteDomain(equation.over, renaming),
    })),
  };
};

const sentence = (text: string) => ({ en: text, zh: text });

const documentWith = (text: string): Document => {
  const statement = { says: sentence(text), supposing: [sentence(text)], source: text };
  return documentOf([{ derivation: derive(infected(text)), growth: [statement] }]);
};

/** The same with closed forms and the statements on growth that the deriver puts together from the note's names. */
const documentWithGrowth = (text: string): Document => {
  const derivation = withClosedForms(derive(infected(text)));
  return documentOf([{ derivation, growth: growthOf(derivation) }]);
};

interface Tree {
  readonly type: string;
  readonly children?: readonly Tree[];
}

/** The kinds of a Markdown document's nodes, in order: what is markup in it. */
const outline = (markdown: string): readonly string[] => {
  const kinds: string[] = [];
  const open: Tree[] = [
    fromMarkdown(markdown, { extensions: [math()], mdastExtensions: [mathFromMarkdown()] }) as Tree,
  ];
  for (let node = open.pop(); node; node = open.pop()) {
    kinds.push(node.type);
    open.push(...[...(node.children ?? [])].reverse());
  }
  return kinds;
};

const OUR_COMMANDS = (text: string): ReadonlySet<string> => new Set(text.match(/\\(?:[A-Za-z]+|.)/gu) ?? []);

/** What escaping and the breaking of long lines put into TeX. */
const ESCAPES = new Set([
  "\\textbackslash",
  "\\{",
  "\\}",
  "\\$",
  "\\&",
  "\\#",
  "\\%",
  "\\_",
  "\\^",
  "\\~",
  "\\text",
  "\\phantom",
  "\\qquad",
  "\\quad",
  "\\mathrm",
  "\\lt",
  "\\gt",
]);

const BENIGN = { md: "", html: "", tex: "" };
for (const format of ["md", "html", "tex"] as const) BENIGN[format] = writeDocument(documentWith("w"), format);

describe.each(HOSTILE.map(text => [JSON.stringify(text), text] as const))("a note with the name %s", (_, text) => {
  const document = documentWith(text);

  test("gives the Markdown structure of any other note", () => {
    const markdown = writeDocument(document, "md");
    expect(outline(markdown)).toEqual(outline(BENIGN.md));
    expect(markdown).not.toMatch(/:\/\/[a-z]|www\.|[a-z]@[a-z]/u);
  });

  test("gives a page with our elements and attributes only", () => {
    const html = writeDocument(document, "html");
    expect(strangers(html)).toEqual([]);
    expect(html.match(/<(?:p|h\d|li|td)>/gu)).toEqual(BENIGN.html.match(/<(?:p|h\d|li|td)>/gu));
  });

  test("gives LaTeX with our commands only, and balanced", () => {
    const tex = writeDocument(document, "tex");
    const strange = [...OUR_COMMANDS(tex)].filter(
      command => !OUR_COMMANDS(BENIGN.tex).has(command) && !ESCAPES.has(command),
    );
    expect(strange).toEqual([]);
    expect(tex.match(/\\end\{document\}/gu)).toHaveLength(1);
    const bare = tex.replace(/\\[{}\\]/gu, "");
    expect(bare.match(/\{/gu)?.length).toBe(bare.match(/\}/gu)?.length);
  });
});

test.each(HOSTILE.map(text => [JSON.stringify(text), text] as const))(
  "closed forms and growth with the name %s are harmless",
  (_, text) => {
    const [document, usual] = [documentWithGrowth(text), documentWithGrowth("w")];
    const kinds = new Set(outline(writeDocument(usual, "md")));
    expect(outline(writeDocument(document, "md")).filter(kind => !kinds.has(kind))).toEqual([]);
    expect(strangers(writeDocument(document, "html"))).toEqual([]);
    const known = OUR_COMMANDS(writeDocument(usual, "tex"));
    expect([...OUR_COMMANDS(writeDocument(document, "tex"))].filter(c => !known.has(c) && !ESCAPES.has(c))).toEqual([]);
  },
);

/** A small generator with a seed: the same texts on every machine. */
const randomTexts = (seed: number, count: number): readonly string[] => {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const PIECES = [..."<>/\\\"'&;=$%#_^{}[]()!*`~|@:- \n\tax1", ...HOSTILE];
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(3) }, () => PIECES[next(PIECES.length)] ?? "").join(""),
  );
};

const SEED = 20180731;

test(`10,000 texts put together from such pieces (seed ${SEED}) never become markup`, () => {
  const blocksOf = (text: string): readonly Block[] => [
    { kind: "heading", level: 2, text: [{ text }] },
    { kind: "paragraph", text: [{ text }] },
  ];
  const page = (texts: readonly string[]): Document => ({
    language: "en",
    title: texts.join(),
    blocks: texts.flatMap(blocksOf),
  });
  const texts = randomTexts(SEED, 10_000).filter(text => !/^[\s\p{Cc}\p{Zl}\p{Zp}]*$/u.test(text));
  const usual = outline(writeDocument(page(texts.slice(0, 20).map(() => "w")), "md"));
  for (let at = 0; at + 20 <= texts.length; at += 20) {
    const some = texts.slice(at, at + 20);
    const document = page(some);
    expect(outline(writeDocument(document, "md")), JSON.stringify(some)).toEqual(usual);
    expect(strangers(writeDocument(document, "html")), JSON.stringify(some)).toEqual([]);
  }
});

test(`2,000 names put together from such pieces (seed ${SEED}) are harmless formulas`, () => {
  for (const text of randomTexts(SEED + 1, 2_000)) {
    const name = safeLatex(text);
    expect(name, JSON.stringify(text)).not.toMatch(
      /[<>&$#%\n]|\\(?:href|url|html|include|def|let|new|input|write|tag|begin|end)/u,
    );
  }
});

test("a document that does not escape is noticed", () => {
  expect(strangers("<p><script>alert(1)</script></p>")).toEqual(["<script", "<script"]);
  expect(strangers('<p onclick="x">')).toEqual(["p onclick"]);
  expect(outline("<b>x</b>")).not.toEqual(outline("x"));
});
