import type { CheckedNote } from "../../../check/check.ts";
import { readBlocks } from "../../../note/blocks/read.ts";
import type { ReadNote } from "../../../note/read.ts";
import type { MathStyle } from "../../../render/style.ts";
import { namesOf } from "./names.ts";
import { annotatedPage } from "./page.ts";

export interface AnnotateOptions {
  /** What the page calls the note. */
  readonly name?: string;
  readonly format?: "md" | "tex";
  /** KaTeX's style sheet and fonts; without it the page carries MathML. */
  readonly style?: MathStyle;
}

/** The note's own words and formulas as one HTML file, with what was found of each equation beside it. */
export const annotate = async (
  note: ReadNote,
  report: CheckedNote,
  { name = "note", format = "md", style }: AnnotateOptions = {},
): Promise<string> => {
  const { blocks } = await readBlocks(note.text, format);
  const systems = note.parts.flatMap(({ forward, system }) => forward?.assembled.system ?? system ?? []);
  return annotatedPage(note.text, blocks, report, {
    name,
    language: report.language,
    nameLatex: namesOf(systems),
    ...(style ? { style } : {}),
  });
};
