import type { Diagnostic } from "../../base/diagnostic.ts";
import type { NoteBlocks } from "./block.ts";
import { findDefinitions } from "./definitions.ts";
import { type FrontMatter, readFrontMatter } from "./frontmatter.ts";
import type { Draft } from "./sections.ts";
import { placeBlocks } from "./sections.ts";

/** Characters of a note that is read. */
const LARGEST = 1_000_000;

/**
 * Reads a note as its headings, paragraphs, displays and code in order, each with its exact place and the
 * system and section that it belongs to. The libraries for Markdown, .tex and YAML are loaded when needed.
 *
 * Never throws for what is in a note. Diagnostics: R004 formulas that do not end, R005 front matter,
 * R006 notes that are too large or too deep.
 */
export const readBlocks = async (note: string, format: "md" | "tex"): Promise<NoteBlocks> => {
  if (note.length > LARGEST) {
    const message = `the note has ${note.length} characters; ${LARGEST} are read`;
    return {
      blocks: [],
      systems: [],
      macros: new Map(),
      frontMatter: null,
      diagnostics: [
        {
          code: "R006",
          severity: "error",
          message,
          spans: [{ span: { start: LARGEST, end: LARGEST + 1 }, label: "too much from here on" }],
        },
      ],
    };
  }
  // A byte order mark is no part of the first line.
  const text = note.startsWith("\uFEFF") ? ` ${note.slice(1)}` : note;
  const { macros, spans: definitions } = findDefinitions(text);
  const diagnostics: Diagnostic[] = [];
  let drafts: readonly Draft[];
  let frontMatter: FrontMatter | null = null;
  if (format === "md") {
    const { readMarkdown } = await import("./markdown.ts");
    const read = readMarkdown(text, definitions);
    drafts = read.drafts;
    for (const one of read.diagnostics) diagnostics.push(one);
    if (read.yaml !== null) {
      const front = await readFrontMatter(text, read.yaml);
      if (front.ok) frontMatter = front.value;
      else diagnostics.push(...front.diagnostics);
    }
  } else {
    const { readTex } = await import("./tex.ts");
    const read = readTex(text, definitions);
    drafts = read.drafts;
    for (const one of read.diagnostics) diagnostics.push(one);
  }
  const { blocks, systems } = placeBlocks(drafts, new Set(frontMatter?.systems.keys() ?? []));
  return { blocks, systems, macros, frontMatter, diagnostics };
};
