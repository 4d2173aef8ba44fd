/** The language in which a note is explained. */
import type { ReadNote } from "../note/read.ts";
import type { Language } from "./reasons.ts";

/** Formulas, code and front matter: their letters are of no language. */
const FORMAL =
  /^---\n[\s\S]*?\n---\n|```[\s\S]*?```|`[^`\n]*`|\$\$[\s\S]*?\$\$|\$[^$]*\$|\\\[[\s\S]*?\\\]|\\\([\s\S]*?\\\)/gu;
const WORD = /(?<![\\\p{L}])\p{Script=Latin}{2,}/gu;

/** The note's own language where it says one, else Chinese where it has more Chinese characters than words. */
export const languageOf = ({ language, text }: Pick<ReadNote, "language" | "text">): Language => {
  if (language === "zh") return "zh";
  const prose = text.replace(FORMAL, " ");
  const count = (pattern: RegExp): number => prose.match(pattern)?.length ?? 0;
  return count(/\p{Script=Han}/gu) > count(WORD) ? "zh" : "en";
};
