import { parse } from "@unified-latex/unified-latex-util-parse";
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Span } from "../../base/source.ts";
import type { Formula, Piece } from "./block.ts";
import { numberBefore } from "./markdown.ts";
import { blank, formulaText } from "./mask.ts";
import type { Draft } from "./sections.ts";

type Root = ReturnType<typeof parse>;
type Node = Root["content"][number];

/** Levels of braces and environments: the library's parser calls itself. */
const DEEPEST = 200;
/** Characters of a .tex file that is read: the library needs a second for about 100 000. */
const LARGEST = 600_000;

export interface TexNote {
  readonly drafts: readonly Draft[];
  readonly diagnostics: readonly Diagnostic[];
}

const LEVELS: ReadonlyMap<string, number> = new Map([
  ["part", 1],
  ["chapter", 1],
  ["section", 2],
  ["subsection", 3],
  ["subsubsection", 4],
  ["paragraph", 5],
  ["subparagraph", 6],
]);
/** Commands whose arguments are no words of the text. */
const SILENT: ReadonlySet<string> = new Set([
  "label",
  "ref",
  "eqref",
  "cite",
  "citep",
  "citet",
  "usepackage",
  "documentclass",
  "newcommand",
  "renewcommand",
  "providecommand",
  "DeclareMathOperator",
  "bibliography",
  "bibliographystyle",
  "includegraphics",
  "input",
  "include",
  "hspace",
  "vspace",
  "url",
  "author",
  "date",
  "thispagestyle",
  "pagestyle",
  "setlength",
  "newtheorem",
  "def",
  "let",
  "begin",
  "end",
]);

/** The first brace or \begin that is one too deep. */
const tooDeep = (text: string): number | null => {
  let depth = 0;
  for (const match of text.matchAll(/\\begin\b|\\end\b|\\[\s\S]|[{}]|\$/gu)) {
    if (match[0] === "{" || match[0] === "\\begin") {
      if (++depth > DEEPEST) return match.index;
    } else if (match[0] === "}" || match[0] === "\\end") depth = Math.max(0, depth - 1);
  }
  return null;
};

/** \( … \), \[ … \], $ … $, $$ … $$: how long their delimiters are. */
const edge = (source: string): number => (source.startsWith("$$") || source.startsWith("\\") ? 2 : 1);

/** Reads a .tex note as headings, paragraphs and displays in their order, with exact spans. */
export const readTex = (text: string, definitions: readonly Span[]): TexNote => {
  if (text.length > LARGEST) {
    const message = `the file has ${text.length} characters; ${LARGEST} of a .tex file are read`;
    return {
      drafts: [],
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
  const deep = tooDeep(text);
  if (deep !== null) {
    return {
      drafts: [],
      diagnostics: [
        {
          code: "R006",
          severity: "error",
          message: `more than ${DEEPEST} braces or environments are open`,
          spans: [{ span: { start: deep, end: deep + 1 }, label: "the first one too many" }],
        },
      ],
    };
  }
  let root: Root;
  try {
    root = parse(blank(text, definitions, " ", true));
  } catch (error) {
    const offset = (error as { location?: { start?: { offset?: number } } }).location?.start?.offset ?? 0;
    return {
      drafts: [],
      diagnostics: [
        {
          code: "R004",
          severity: "error",
          message: "the file is not LaTeX",
          spans: [{ span: { start: offset, end: offset + 1 }, label: "cannot be read from here on" }],
        },
      ],
    };
  }
  return new Reader(text, definitions).read(root);
};

interface Task {
  readonly node: Node | "paragraph" | "endHeading";
  readonly heading: number;
  readonly item: boolean;
}

class Reader {
  readonly #drafts: Draft[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  #pieces: Piece[] = [];
  #bullet = false;
  #item = false;

  constructor(
    private readonly text: string,
    private readonly definitions: readonly Span[],
  ) {}

  read(root: Root): TexNote {
    const stack: Task[] = [];
    const push = (nodes: readonly Node[], heading: number, item: boolean): void => {
      for (let at = nodes.length - 1; at >= 0; at--) stack.push({ node: nodes[at] as Node, heading, item });
    };
    push(root.content, 0, false);
    for (let task = stack.pop(); task !== undefined; task = stack.pop()) {
      const { node, heading, item } = task;
      if (node === "paragraph") {
        this.#flush(0);
        continue;
      }
      if (node === "endHeading") {
        this.#flush(heading);
        continue;
      }
      const span = spanOf(node);
      if (this.#pieces.length === 0) this.#item = item;
      switch (node.type) {
        case "string":
          if (span !== null) this.#word(node.content, span);
          break;
        case "whitespace":
          if (span !== null && this.#pieces.length > 0)
            this.#word(this.text.slice(span.start, span.end).includes("\n") ? "\n" : " ", span);
          break;
        case "comment":
          // It takes the line break behind it along.
          if (span !== null && this.#pieces.length > 0) this.#word("\n", span);
          break;
        case "parbreak":
          this.#flush(heading);
          break;
        case "inlinemath":
        case "displaymath":
          if (span !== null) {
            const width = edge(this.text.slice(span.start, span.end));
            this.#formula(
              span,
              { start: span.start + width, end: Math.max(span.start + width, span.end - width) },
              node.type === "displaymath",
              heading,
            );
          }
          break;
        case "mathenv":
          if (span !== null) this.#formula(span, span, true, heading);
          break;
        case "verbatim":
          this.#flush(heading);
          if (span !== null) this.#drafts.push({ kind: "code", language: "", span });
          break;
        case "environment": {
          if (nameOf(node.env) === "tikzpicture" || nameOf(node.env) === "lstlisting") break;
          this.#flush(heading);
          stack.push({ node: "paragraph", heading: 0, item });
          push(node.content, 0, item);
          break;
        }
        case "group":
          push(node.content, heading, item);
          break;
        case "macro": {
          const level = LEVELS.get(node.content);
          const args = node.args?.flatMap(argument => argument.content) ?? [];
          if (level !== undefined) {
            this.#flush(heading);
            const title =
              node.args?.findLast(argument => argument.openMark === "{" && argument.content.length > 0)?.content ?? [];
            stack.push({ node: "endHeading", heading: level, item: false });
            push(title, level, false);
          } else if (node.content === "item") {
            this.#flush(heading);
            this.#bullet = true;
            push(args, heading, true);
          } else if (node.content === "\\" || node.content === "newline" || node.content === "par") {
            if (node.content === "par") this.#flush(heading);
            else if (span !== null) this.#word("\n", span);
          } else if (!SILENT.has(node.content)) push(args, heading, item);
          break;
        }
        default:
          break;
      }
    }
    this.#flush(0);
    return { drafts: this.#drafts, diagnostics: this.#diagnostics };
  }

  #word(text: string, span: Span): void {
    const last = this.#pieces[this.#pieces.length - 1];
    if (last?.kind === "text") {
      // What stands between two words (a command's name, a brace) takes as many spaces as it has characters.
      const between = " ".repeat(Math.max(0, span.start - last.span.end));
      const shown =
        text.length === span.end - span.start
          ? text
          : text.padEnd(span.end - span.start, " ").slice(0, span.end - span.start);
      this.#pieces[this.#pieces.length - 1] = {
        kind: "text",
        text: last.text + between + shown,
        span: { start: last.span.start, end: span.end },
      };
    } else
      this.#pieces.push({
        kind: "text",
        text: text.padEnd(span.end - span.start, " ").slice(0, Math.max(1, span.end - span.start)),
        span,
      });
  }

  #formula(span: Span, inner: Span, display: boolean, heading: number): void {
    const number = numberBefore(this.#pieces);
    const formula: Formula = {
      text: formulaText(this.text, inner, this.definitions),
      base: inner.start,
      span,
      display,
      number,
    };
    if (formula.text.trim() === "") return;
    if (display && heading === 0) {
      this.#flush(0);
      this.#drafts.push({ kind: "display", formula, span });
    } else this.#pieces.push({ kind: "formula", formula, span });
  }

  #flush(heading: number): void {
    const pieces = this.#pieces;
    this.#pieces = [];
    const bullet = this.#bullet;
    this.#bullet = false;
    if (!pieces.some(piece => piece.kind === "formula" || /\S/u.test(piece.text))) {
      this.#bullet = bullet && pieces.length === 0;
      return;
    }
    const span = { start: (pieces[0] as Piece).span.start, end: (pieces[pieces.length - 1] as Piece).span.end };
    if (heading > 0) this.#drafts.push({ kind: "heading", level: heading, pieces, span });
    else this.#drafts.push({ kind: "prose", pieces, item: this.#item, span, bullet });
  }
}

const nameOf = (env: unknown): string =>
  typeof env === "string" ? env : ((env as { content?: string } | null)?.content ?? "");

const spanOf = (node: Node): Span | null => {
  const position = (node as { position?: { start: { offset: number }; end: { offset: number } } }).position;
  return position === undefined ? null : { start: position.start.offset, end: position.end.offset };
};
