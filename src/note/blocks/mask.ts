import type { Span } from "../../base/source.ts";

/** Replaces stretches of a text by as many fillers; line breaks go too unless they are kept. */
export const blank = (text: string, spans: readonly Span[], filler: string, keepLines: boolean): string => {
  const parts: string[] = [];
  let at = 0;
  for (const span of spans) {
    if (span.start < at) continue;
    parts.push(text.slice(at, span.start));
    const inner = text.slice(span.start, span.end);
    parts.push(keepLines ? inner.replace(/[^\n\r]/gu, filler) : filler.repeat(inner.length));
    at = span.end;
  }
  parts.push(text.slice(at));
  return parts.join("");
};

/** A formula's slice of the note, without the quotation marks and the definitions on its lines. */
export const formulaText = (note: string, inner: Span, definitions: readonly Span[]): string => {
  let text = note.slice(inner.start, inner.end);
  const before = note.slice(Math.max(0, inner.start - 400), inner.start);
  const quotes = text.includes("\n") ? /(?:^|\n)[ \t]*((?:>[ \t]?)+)[^\n]*$/u.exec(before)?.[1] : undefined;
  if (quotes !== undefined) {
    const depth = quotes.replace(/[^>]/gu, "").length;
    text = text.replace(
      new RegExp(`\\n[ \\t]*(?:>[ \\t]?){1,${depth}}`, "gu"),
      prefix => `\n${" ".repeat(prefix.length - 1)}`,
    );
  }
  const within = definitions.filter(span => span.start >= inner.start && span.end <= inner.end);
  return within.length === 0
    ? text
    : blank(
        text,
        within.map(span => ({ start: span.start - inner.start, end: span.end - inner.start })),
        " ",
        true,
      );
};
