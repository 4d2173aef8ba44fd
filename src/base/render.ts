/** Diagnostics as text: the line in question with carets, where names were declared, a suggestion. */
import type { Diagnostic, LabelledSpan } from "./diagnostic.ts";
import type { Source } from "./source.ts";

const WIDTH = 80;
const GUTTER = 8;
const REMARK = " ".repeat(GUTTER - 1);

/** Characters that take two columns in a terminal: CJK, full-width forms, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Control characters would move the cursor or recolour the terminal. */
const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

const clean = (text: string): string => text.replace(CONTROL, " ");
const widthOf = (text: string): number => [...text].reduce((width, c) => width + (WIDE.test(c) ? 2 : 1), 0);

const shorten = (text: string, room: number): string => {
  if (widthOf(text) <= room) return text;
  let [kept, width] = ["", 0];
  for (const c of text) {
    width += widthOf(c);
    if (width > room - 1) break;
    kept += c;
  }
  return `${kept}…`;
};

interface Mark {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** Cuts a line to a window around its marks; what is left out becomes an ellipsis. */
const windowOf = (line: string, marks: readonly Mark[], room: number): { text: string; marks: readonly Mark[] } => {
  if (widthOf(line) <= room) return { text: line, marks };
  const first = Math.min(...marks.map(mark => mark.from));
  const last = Math.max(...marks.map(mark => mark.to));
  const around = Math.max(0, Math.floor((room - 2 - (last - first)) / 2));
  const start = Math.max(0, Math.min(first - around, line.length - (room - 2)));
  let end = start;
  for (let width = 0; end < line.length && width + 2 <= room - 2; end++) width += widthOf(line[end] as string);
  const head = start > 0 ? "…" : "";
  const shift = head.length - start;
  const clip = (at: number): number => Math.max(0, Math.min(at + shift, end + shift));
  return {
    text: head + line.slice(start, end) + (end < line.length ? "…" : ""),
    marks: marks.map(({ from, to, label }) => ({ from: clip(from), to: Math.max(clip(to), clip(from) + 1), label })),
  };
};

/** Text in pieces of at most the given width, broken between words where there are any. */
const broken = (text: string, room: number): readonly string[] => {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, shorten(line, room)];
};

/** Rows of carets with their labels; a label that would run into the next caret gets a row of its own. */
const caretRows = (line: string, marks: readonly Mark[]): readonly string[] => {
  const rows: string[] = [];
  const put = (column: number, entry: string): void => {
    const at = rows.findIndex(row => widthOf(row) + (row === "" ? 0 : 2) <= column);
    if (at < 0) rows.push(" ".repeat(column) + entry);
    else rows[at] = (rows[at] as string) + " ".repeat(column - widthOf(rows[at] as string)) + entry;
  };
  const room = WIDTH - GUTTER - 4;
  for (const { from, to, label } of [...marks].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const column = widthOf(line.slice(0, from));
    const carets = "^".repeat(Math.max(1, widthOf(line.slice(from, to))));
    const whole = label === "" ? carets : `${carets} ${label}`;
    if (column + widthOf(whole) <= room) put(column, whole);
    else {
      // A long label stands below its carets, as far to the right as it fits.
      put(column, carets);
      for (const part of broken(label, room))
        rows.push(" ".repeat(Math.max(0, Math.min(column, room - widthOf(part)))) + part);
    }
  }
  return rows;
};

const gutter = (number: string): string => `${number.padStart(GUTTER + 1)} │ `;

/** The marked text with its dollar signs, in one line. */
const excerpt = (source: Source, { span }: LabelledSpan): string => {
  let { start, end } = span;
  while (source.text[start - 1] === "$" && source.text[end] === "$") {
    start--;
    end++;
  }
  return clean(source.text.slice(start, end)).replace(/\s+/gu, " ");
};

const wrap = (text: string, indent: string): readonly string[] => {
  const lines: string[] = [];
  let line = "";
  for (const word of clean(text).split(" ")) {
    if (line !== "" && widthOf(indent + line) + 1 + widthOf(word) > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
};

/** What belongs to a diagnostic, below it: lines of at most 80 columns. */
export const renderRemark = (text: string): readonly string[] =>
  wrap(text, REMARK).map(line => `${REMARK}${line}`.trimEnd());

/** A diagnostic as it is shown in a terminal, 80 columns wide, without a line break at its end. */
export const renderDiagnostic = (source: Source, diagnostic: Diagnostic): string => {
  const { code, message, spans, help } = diagnostic;
  const [first, ...others] = spans;
  const place = source.positionAt(first?.span.start ?? 0);
  const lines: string[] = [];
  const head = `${source.name}:${place.line}:${place.column}  ${code}  `;
  const [title, ...rest] = wrap(`${head}${message}`, "");
  lines.push(title as string, ...rest.map(line => `    ${line}`));
  if (first) {
    const here: LabelledSpan[] = [first];
    const elsewhere: LabelledSpan[] = [];
    for (const span of others)
      (source.positionAt(span.span.start).line === place.line && span.label !== "is declared here"
        ? here
        : elsewhere
      ).push(span);
    const text = clean(source.line(place.line));
    const lineStart = first.span.start - (place.column - 1);
    const marks = here.map(({ span, label }): Mark => {
      const from = Math.min(span.start - lineStart, text.length);
      return { from, to: Math.max(from + 1, Math.min(span.end - lineStart, text.length)), label: clean(label) };
    });
    const window = windowOf(text, marks, WIDTH - GUTTER - 4);
    lines.push(gutter(String(place.line)) + window.text);
    for (const row of caretRows(window.text, window.marks)) lines.push(gutter("") + row);
    for (const each of elsewhere) {
      const room = WIDTH - GUTTER - 5 - widthOf(each.label);
      lines.push(
        `${gutter(String(source.positionAt(each.span.start).line))}${shorten(excerpt(source, each), room)} ${clean(each.label)}`,
      );
    }
  }
  if (help !== undefined) lines.push(...renderRemark(`help: ${help}`));
  return lines.map(line => line.trimEnd()).join("\n");
};
