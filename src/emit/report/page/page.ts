/** A note with a verdict beside each of its equations, as one HTML file: no script, no request. */

import type { Span } from "../../../base/source.ts";
import { Source } from "../../../base/source.ts";
import type { CheckedNote } from "../../../check/check.ts";
import { VERDICTS, type Verdict } from "../../../check/verdict.ts";
import type { Block, Formula, Piece } from "../../../note/blocks/block.ts";
import { renderMath } from "../../../render/math.ts";
import type { MathStyle } from "../../../render/style.ts";
import { htmlPage, htmlText, type Setter } from "../../document/html.ts";
import { safeFormula, safeLatex } from "../../document/safe.ts";
import { diagnosticsBeside } from "../finding.ts";
import { plainFormula } from "../plain.ts";
import { WORDS } from "./languages.ts";
import type { Marked } from "./marked.ts";
import { withMarks } from "./marks.ts";
import { levelClass, linkHtml, type NameLatex, remarkHtml, type Saying, signHtml } from "./remarks.ts";
import { PAGE_STYLE } from "./style.ts";

export interface AnnotatedOptions {
  readonly name: string;
  readonly language: "en" | "zh";
  readonly style?: MathStyle;
  readonly nameLatex: NameLatex;
}

const inside = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.start < outer.end;

/** The forms in which a formula is tried: with its marks, without, with line ends outside of any environment. */
const formulaHtml = (formula: Formula, marked: readonly Marked[], output: "html" | "mathml"): string => {
  const { text, base, display } = formula;
  const gathered = (latex: string): string => `\\begin{gathered}${latex}\\end{gathered}`;
  const own = withMarks(text, base, marked);
  for (const latex of [own, gathered(own), text, gathered(text)]) {
    const set = renderMath(latex, display, output);
    if (set.ok) return set.value;
  }
  return `<code class="raw">${htmlText(text)}</code>`;
};

/** Words with what Markdown makes of stars and backticks. */
const wordsHtml = (text: string): string =>
  htmlText(text)
    .replace(/\*\*([^*\n]+)\*\*/gu, "<strong>$1</strong>")
    .replace(/`([^`\n]+)`/gu, "<code>$1</code>");

const piecesHtml = (pieces: readonly Piece[], marked: readonly Marked[], output: "html" | "mathml"): string =>
  pieces
    .map(piece => (piece.kind === "text" ? wordsHtml(piece.text) : formulaHtml(piece.formula, marked, output)))
    .join("");

const blockHtml = (block: Block, text: string, marked: readonly Marked[], output: "html" | "mathml"): string => {
  switch (block.kind) {
    case "heading": {
      const level = Math.min(4, block.level + 1);
      return `<h${level}>${piecesHtml(block.pieces, marked, output)}</h${level}>`;
    }
    case "prose": {
      const prose = piecesHtml(block.pieces, marked, output);
      return block.item ? `<ul><li>${prose}</li></ul>` : `<p class="words">${prose}</p>`;
    }
    case "display":
      return `<div class="display" tabindex="0" role="group">${formulaHtml(block.formula, marked, output)}</div>`;
    case "code":
      return `<code class="raw">${htmlText(text.slice(block.span.start, block.span.end))}</code>`;
  }
};

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

const worst = (marked: readonly Marked[]): string => {
  const levels = marked.map(({ equation }) => levelClass(equation.verdict));
  return (["error", "warning", "ok", "plain"] as const).find(level => levels.includes(level)) ?? "plain";
};

const overview = (marked: readonly Marked[], { summary }: CheckedNote, { words }: Saying): string => {
  const counts = (Object.keys(VERDICTS) as Verdict[])
    .filter(verdict => summary[verdict] > 0)
    .map(verdict => `<li>${signHtml(verdict)} ${summary[verdict]} ${htmlText(words.verdicts[verdict])}</li>`);
  const found = marked.filter(({ equation }) => VERDICTS[equation.verdict].level !== "ok");
  const items = found.map(
    each =>
      `<li>${signHtml(each.equation.verdict)} ${linkHtml(each, words)}: ${htmlText(words.verdicts[each.equation.verdict])}</li>`,
  );
  const list = items.length > 0 ? `<ul class="found">${items.join("\n")}</ul>` : `<p>${htmlText(words.clean)}</p>`;
  return `<p>${htmlText(words.equations(marked.length))}</p>\n<ul class="counts">${counts.join("\n")}</ul>\n<h2>${htmlText(words.findings(found.length))}</h2>\n${list}`;
};

/** `blocks` are the note's own, in their order. */
export const annotatedPage = (
  text: string,
  blocks: readonly Block[],
  report: CheckedNote,
  { name, language, style, nameLatex }: AnnotatedOptions,
): string => {
  const output = style ? "html" : "mathml";
  const set: Setter = (latex, display) => {
    const made = safeFormula(latex) === undefined ? undefined : renderMath(latex, display, output);
    return made?.ok ? made.value : `<code class="raw">${htmlText(latex)}</code>`;
  };
  const words = WORDS[language];
  const source = new Source(name, text);
  const all: Marked[] = [];
  const stated = blocks.map(block => {
    const own = report.equations.filter(({ span }) => inside(block.span, span));
    const marked = own.map((equation, i): Marked => {
      const { line } = source.positionAt(equation.span.start);
      const letter = own.length > 1 ? LETTERS[i] : undefined;
      return { equation, anchor: `equation-${all.length + i + 1}`, line, letter };
    });
    all.push(...marked);
    return { block, marked };
  });
  const byId = new Map(all.map(marked => [marked.equation.id, marked]));
  const saying: Saying = {
    words,
    set,
    nameLatex: each => {
      const latex = nameLatex(each);
      return latex === undefined ? undefined : safeLatex(latex);
    },
    find: id => byId.get(id),
  };
  const placed = stated.map(({ block, marked }) => {
    const content = blockHtml(block, text, marked, output);
    if (marked.length === 0) return content;
    const remarks = marked.map(each => remarkHtml(each, saying)).join("\n");
    return `<section class="checked ${worst(marked)}"><div class="stated">${content}</div><ul class="remarks">${remarks}</ul></section>`;
  });
  const diagnostics = diagnosticsBeside(report)
    .filter(({ severity }) => severity !== "information")
    .map(({ code, message, spans }) => {
      const at = spans[0] ? `${htmlText(words.line(source.positionAt(spans[0].span.start).line))}: ` : "";
      return `<li>${at}${htmlText(plainFormula(message))} (${code})</li>`;
    });
  const title = words.title(name);
  const body = [
    `<h1>${htmlText(title)}</h1>`,
    overview(all, report, saying),
    ...(diagnostics.length > 0 ? [`<h2>${htmlText(words.diagnostics)}</h2>\n<ul>${diagnostics.join("\n")}</ul>`] : []),
    `<div class="note">`,
    ...placed,
    "</div>",
  ].join("\n");
  return htmlPage({ language, title, body, css: PAGE_STYLE, ...(style ? { style } : {}) });
};
