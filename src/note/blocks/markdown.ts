import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { frontmatterFromMarkdown } from "mdast-util-frontmatter";
import { frontmatter } from "micromark-extension-frontmatter";
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Span } from "../../base/source.ts";
import type { Formula, Piece } from "./block.ts";
import { findRegions, type Region } from "./formulas.ts";
import { blank, formulaText } from "./mask.ts";
import type { Draft } from "./sections.ts";

/** Levels of lists and quotations on one line. */
const DEEPEST = 100;
/** Markdown's time grows faster than its input: longer notes are read in stretches of about this length. */
const STRETCH = 4_000;
/** Stands for formulas and code while Markdown reads the rest: a letter of no language's syntax. */
const FILLER = "\uE000";

export interface MarkdownNote {
  readonly drafts: readonly Draft[];
  readonly yaml: Span | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Emphasis, links and the like are read as words; what is wanted of Markdown is its blocks. */
const BLOCKS_ONLY = {
  disable: {
    null: [
      "attention",
      "labelStartLink",
      "labelStartImage",
      "labelEnd",
      "autolink",
      "htmlText",
      "characterReference",
      "characterEscape",
      "codeText",
      "hardBreakEscape",
      "definition",
    ],
  },
};

/**
 * Places where a note can be cut: lines at the margin that begin a block of their own. A list or a
 * quotation that is cut becomes two, which nobody sees: blocks are put out one after the other.
 */
const cuts = (masked: string): number[] => {
  if (masked.length <= STRETCH) return [];
  const out: number[] = [];
  let last = 0;
  for (const match of masked.matchAll(/\n[^\S\n]*\n(?=[\p{L}\uE000$\\])|\n(?=(?:[-*+>]|\d{1,9}[.)]|#{1,6}) )/gu)) {
    const at = match.index + match[0].length;
    if (at - last < STRETCH) continue;
    out.push(at);
    last = at;
  }
  return out;
};

/** Lines that open more lists and quotations than anybody reads would cost Markdown quadratic time. */
const tooDeep = (masked: string): Span | null => {
  for (const match of masked.matchAll(/^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)]))+/gmu)) {
    if (match[0].replace(/[\s\d]/gu, "").length > DEEPEST && !/^[ \t]*(?:[-*][ \t]*)+$/u.test(match[0].slice(0, 400)))
      return { start: match.index, end: match.index + 1 };
    if (match[0].length > 4 * DEEPEST) return { start: match.index, end: match.index + 1 };
  }
  return null;
};

/** Reads a Markdown note as headings, paragraphs, displays and code in their order, with exact spans. */
export const readMarkdown = (text: string, definitions: readonly Span[]): MarkdownNote => {
  const { regions, diagnostics } = findRegions(text);
  const masked = blank(
    text,
    [...regions.map(region => region.span), ...definitions].sort((a, b) => a.start - b.start),
    FILLER,
    false,
  );
  const deep = tooDeep(masked);
  if (deep !== null) {
    return {
      drafts: [],
      yaml: null,
      diagnostics: [
        {
          code: "R006",
          severity: "error",
          message: `more than ${DEEPEST} lists or quotations begin on one line`,
          spans: [{ span: deep, label: "here" }],
        },
      ],
    };
  }
  const drafts: Draft[] = [];
  let yaml: Span | null = null;
  const edges = [0, ...cuts(masked), masked.length];
  const reader = new Reader(text, regions, definitions, drafts);
  for (let at = 0; at + 1 < edges.length; at++) {
    const base = edges[at] as number;
    const part = masked.slice(base, edges[at + 1]);
    const tree = fromMarkdown(part, {
      extensions: [BLOCKS_ONLY, ...(at === 0 ? [frontmatter(["yaml"])] : [])],
      mdastExtensions: at === 0 ? [frontmatterFromMarkdown(["yaml"])] : [],
    });
    const found = reader.walk(tree, base);
    if (at === 0) yaml = found;
  }
  return { drafts, yaml, diagnostics };
};

/** Turns Markdown's tree into drafts; formulas come from the note itself. */
class Reader {
  #region = 0;

  constructor(
    private readonly text: string,
    private readonly regions: readonly Region[],
    private readonly definitions: readonly Span[],
    private readonly drafts: Draft[],
  ) {}

  walk(tree: Root, base: number): Span | null {
    let yaml: Span | null = null;
    const stack: { node: Nodes; item: boolean }[] = [{ node: tree, item: false }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { node, item } = top;
      const span = { start: base + (node.position?.start.offset ?? 0), end: base + (node.position?.end.offset ?? 0) };
      switch (node.type) {
        case "yaml":
          yaml = span;
          break;
        case "heading":
          {
            const [first] = node.children;
            const last = node.children[node.children.length - 1];
            const inner = {
              start: base + (first?.position?.start.offset ?? 0),
              end: base + (last?.position?.end.offset ?? 0),
            };
            if (first !== undefined) this.#leaf(inner, { heading: node.depth, item });
          }
          break;
        case "paragraph":
        case "html":
          this.#leaf(span, { heading: 0, item });
          break;
        case "code":
          // What looks like indented code and holds a formula is an indented formula.
          if (this.#inside(span).length > 0) this.#leaf(span, { heading: 0, item });
          else this.#code(node.lang ?? "", span, span);
          break;
        default:
          if ("children" in node) {
            for (let at = node.children.length - 1; at >= 0; at--) {
              const child = node.children[at] as Nodes;
              stack.push({ node: child, item: item || node.type === "listItem" });
            }
          }
      }
    }
    return yaml;
  }

  /** The regions within a block; blocks come in order, so each region is looked at once. */
  #inside(span: Span): readonly Region[] {
    while (this.#region < this.regions.length && (this.regions[this.#region] as Region).span.end <= span.start)
      this.#region++;
    const out: Region[] = [];
    for (let at = this.#region; at < this.regions.length && (this.regions[at] as Region).span.start < span.end; at++)
      out.push(this.regions[at] as Region);
    return out;
  }

  /** A paragraph or heading, cut at its displays. */
  #leaf(span: Span, what: { readonly heading: number; readonly item: boolean }): void {
    const heading = what.heading;
    let pieces: Piece[] = [];
    let bullet = what.item;
    const flush = (): void => {
      const some = pieces.some(piece => piece.kind === "formula" || /\S/u.test(piece.text));
      if (some) {
        const place = { start: (pieces[0] as Piece).span.start, end: (pieces[pieces.length - 1] as Piece).span.end };
        if (heading > 0) this.drafts.push({ kind: "heading", level: heading, pieces, span: place });
        else this.drafts.push({ kind: "prose", pieces, item: what.item, span: place, bullet });
      }
      pieces = [];
      bullet = false;
    };
    let at = span.start;
    const words = (end: number): void => {
      if (end > at) pieces.push(...this.#words(at, end));
      at = end;
    };
    for (const region of this.#inside(span)) {
      if (region.span.start < at) continue;
      words(region.span.start);
      if (region.kind === "code") {
        flush();
        this.#code(region.language, region.span, region.inner);
        at = region.span.end;
        continue;
      }
      const number = numberBefore(pieces);
      const formula: Formula = {
        text: formulaText(this.text, region.inner, this.definitions),
        base: region.inner.start,
        span: region.span,
        display: region.display,
        number,
      };
      at = region.span.end;
      if (formula.text.trim() === "") continue;
      if (region.display && heading === 0) {
        if (
          number !== null &&
          pieces.length === 1 &&
          /^\s*[(（]?[\p{L}\d.]{1,5}[)）.]?\s*$/u.test((pieces[0] as { text: string }).text)
        )
          pieces = [];
        flush();
        this.drafts.push({ kind: "display", formula, span: region.span });
      } else pieces.push({ kind: "formula", formula, span: region.span });
    }
    words(span.end);
    flush();
  }

  /** Code with its lines, where these stand beside what its fence says. */
  #code(language: string, span: Span, inner: Span): void {
    const text = formulaText(this.text, inner, this.definitions);
    this.drafts.push({ kind: "code", language, text, base: inner.start, span });
  }

  /** Words between formulas; the marks of quotations at the beginnings of lines and definitions are not words. */
  #words(start: number, end: number): Piece[] {
    const within = this.definitions.filter(span => span.start < end && span.end > start);
    let text = this.text.slice(start, end);
    if (within.length > 0)
      text = blank(
        text,
        within.map(span => ({ start: Math.max(0, span.start - start), end: Math.min(end, span.end) - start })),
        " ",
        true,
      );
    if (text.includes(">"))
      text = text.replace(/\n[ \t]*(?:>[ \t]?)+/gu, prefix => `\n${" ".repeat(prefix.length - 1)}`);
    return [{ kind: "text", text, span: { start, end } }];
  }
}

/** "(2) " at the beginning of a line in front of a formula. */
export const numberBefore = (pieces: readonly Piece[]): Formula["number"] => {
  const last = pieces[pieces.length - 1];
  if (last?.kind !== "text") return null;
  const tail = last.text.slice(-40);
  const match =
    /(?:^|\n)[\s*_•●-]*(?:[(（]\s*([A-Za-z]|\d{1,3}(?:\.\d{1,2})?[a-z]?'?)\s*[)）]|([A-Za-z]|\d{1,3}(?:\.\d{1,2})?[a-z]?)[)）]|(\d{1,3})\.)[\s:：*_]*$/u.exec(
      tail,
    );
  if (match === null || (tail.length < last.text.length && match.index === 0 && !tail.startsWith("\n"))) return null;
  const text = match[1] ?? match[2] ?? match[3] ?? "";
  const start = last.span.end - tail.length + match.index + match[0].lastIndexOf(text);
  return { text, span: { start, end: start + text.length } };
};
