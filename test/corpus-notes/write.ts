/** The twenty public notes as Markdown, with the place of each of their equations. */
import { readFileSync } from "node:fs";
import type { Span } from "../../src/base/source.ts";
import { type Part, WORDS } from "./words.ts";

/** A backward equation as it stands, and whether it is right. */
export interface BackwardRow {
  readonly latex: string;
  readonly correct: boolean | "unknown";
  readonly why: string;
  /** The left side, where the row was cut out of a chain. */
  readonly left?: string;
  readonly severity?: string;
}

export interface PublicNote {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly language: "en" | "zh" | "ru";
  readonly fp: readonly string[];
  readonly bp: readonly BackwardRow[];
}

/** An equation in the text of a note: "ai-edu-lstm/bp-3". */
export interface Row {
  readonly id: string;
  readonly kind: "forward" | "backward";
  /** Its number in notes.json, from 0. */
  readonly at: number;
  /** Where it stands, without its delimiters. */
  readonly span: Span;
  readonly latex: string;
  /** The heading of its part; absent where the note is one system. */
  readonly part?: string;
}

export interface WrittenNote {
  readonly note: PublicNote;
  readonly text: string;
  readonly rows: readonly Row[];
  /** The systems of the note, in order; the heading is absent where there is one. */
  readonly parts: readonly { readonly heading?: string; readonly span: Span }[];
}

export const NOTES = JSON.parse(readFileSync(new URL("notes.json", import.meta.url), "utf8")) as readonly PublicNote[];

const HEADINGS = {
  en: ["Forward pass", "Backward pass"],
  zh: ["正向传播", "反向传播"],
  ru: ["Forward", "Backprop"],
} as const;

/** A row with its left side, and in the environment that its alignment marks need. */
const displayed = (latex: string, left: string | undefined): { before: string; row: string; after: string } => {
  const continues = /^\s*&?\s*=/u.test(latex);
  const row = left === undefined ? latex : continues ? `${left} ${latex}` : `${left} = ${latex}`;
  const bare = row.replace(/\\begin\{(\w+\*?)\}[\s\S]*?\\end\{\1\}/gu, "");
  if (!/(?<!\\)&|\\\\/u.test(bare)) return { before: "", row, after: "" };
  const environment = bare.includes("&=&") ? "eqnarray" : "aligned";
  return { before: `\\begin{${environment}}\n`, row, after: `\n\\end{${environment}}` };
};

/** A public note as its author might have kept it: headings, words, and each equation in a display. */
export const writeNote = (note: PublicNote): WrittenNote => {
  const words = WORDS[note.id];
  if (!words) throw new Error(`nothing is known of the words of ${note.id}`);
  let text = words.frontMatter === undefined ? "" : `---\n${words.frontMatter}\n---\n\n`;
  text += `# ${note.title}\n`;
  const rows: Row[] = [];
  const parts: { heading?: string; span: Span }[] = [];
  const [forward, backward] = HEADINGS[note.language];
  const push = (part: Part, kind: Row["kind"], at: number, start: number, latex: string): void => {
    rows.push({
      id: `${note.id}/${kind === "forward" ? "fp" : "bp"}-${at}`,
      kind,
      at,
      span: { start, end: start + latex.length },
      latex,
      ...(part.heading === undefined ? {} : { part: part.heading }),
    });
  };
  const add = (part: Part, kind: Row["kind"], at: number): void => {
    const source = kind === "forward" ? undefined : note.bp[at];
    const { before, row, after } = displayed(source?.latex ?? (note.fp[at] as string), source?.left);
    push(part, kind, at, text.length + "\n$$\n".length + before.length, row);
    text += `\n$$\n${before}${row}${after}\n$$\n`;
  };
  const addAll = (part: Part, kind: Row["kind"]): void => {
    const code = part.code?.[kind];
    if (code === undefined) for (const at of part[kind]) add(part, kind, at);
    if (!code) return;
    text += "\n```python\n";
    for (const [i, piece] of code.split(/\{(\d+)\}/u).entries()) {
      const at = Number(piece);
      const row = i % 2 === 0 ? piece : ((kind === "forward" ? note.fp[at] : note.bp[at]?.latex) as string);
      if (i % 2 === 1) push(part, kind, at, text.length, row);
      text += row;
    }
    text += "\n```\n";
  };
  for (const part of words.parts) {
    const start = text.length;
    const level = part.heading === undefined ? "##" : "###";
    if (part.heading !== undefined) text += `\n## ${part.heading}\n`;
    text += `\n${level} ${forward}\n\n${part.words}\n`;
    addAll(part, "forward");
    if (part.backward.length > 0) text += `\n${level} ${backward}\n`;
    addAll(part, "backward");
    const span = { start, end: text.length };
    parts.push({ span, ...(part.heading === undefined ? {} : { heading: part.heading }) });
  }
  return { note, text, rows, parts };
};
