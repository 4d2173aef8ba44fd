/** Formulas of a note with their equations marked: what is not right is coloured, and each link has its letter. */
import type { Span } from "../../../base/source.ts";
import { type Level, VERDICTS } from "../../../check/verdict.ts";
import type { Marked } from "./marked.ts";

/** Dark enough on white to be read: contrast above 5. */
const COLOURS: Readonly<Record<Level, string>> = { ok: "#1d6b35", warning: "#8a5200", error: "#b3131b" };

/** Places at which a group may begin and end: outside of braces, alignment marks and line ends between them. */
const segmentsOf = (text: string, { start, end }: Span): readonly Span[] | undefined => {
  const segments: Span[] = [];
  let depth = 0;
  let from = start;
  const cut = (at: number, next: number): void => {
    if (text.slice(from, at).trim() !== "") segments.push({ start: from, end: at });
    from = next;
  };
  for (let at = start; at < end; at++) {
    const character = text[at];
    if (character === "\\") {
      if (/^\\(?:left|right|begin|end)(?![a-zA-Z])/u.test(text.slice(at, at + 7))) {
        const opens = text[at + 1] === "l" || text[at + 1] === "b";
        depth += opens ? 1 : -1;
      } else if (text[at + 1] === "\\" && depth === 0) cut(at, at + 2);
      at++;
    } else if (character === "{") depth++;
    else if (character === "}") depth--;
    else if (character === "&" && depth === 0) cut(at, at + 1);
    if (depth < 0) return undefined;
  }
  if (depth !== 0) return undefined;
  cut(end, end);
  return segments;
};

/** The formula with colours and letters put in; `base` is where it stands in the note. */
export const withMarks = (text: string, base: number, marked: readonly Marked[]): string => {
  const inserted: { readonly at: number; readonly order: number; readonly text: string }[] = [];
  for (const { equation, letter } of marked) {
    const span = { start: equation.span.start - base, end: equation.span.end - base };
    if (span.start < 0 || span.end > text.length) continue;
    const segments = segmentsOf(text, span);
    if (!segments) continue;
    const { level } = VERDICTS[equation.verdict];
    const colour = COLOURS[level];
    const length = span.end - span.start;
    // Longer ones open first and close last.
    if (level !== "ok")
      for (const { start, end } of segments) {
        inserted.push({ at: start, order: 1e6 - length, text: `\\textcolor{${colour}}{` });
        inserted.push({ at: end, order: -1e6 + length, text: "}" });
      }
    if (letter) {
      const box = `\\;\\textcolor{${colour}}{\\boxed{\\scriptstyle\\mathsf{${letter}}}}\\;`;
      inserted.push({ at: span.end, order: -1e6 + length + 0.5, text: box });
    }
  }
  inserted.sort((a, b) => a.at - b.at || a.order - b.order);
  const parts: string[] = [];
  let from = 0;
  for (const each of inserted) {
    parts.push(text.slice(from, each.at), each.text);
    from = each.at;
  }
  return [...parts, text.slice(from)].join("");
};
