/** Documents as single HTML files: no script, no request, KaTeX's style inlined as far as it is used. */

import { renderMath } from "../../render/math.ts";
import { inlineStyle, type MathStyle } from "../../render/style.ts";
import { type Block, type Document, displayLatex } from "./block.ts";
import type { Prose } from "./prose.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as text: nothing in it is markup. */
export const htmlText = (text: string): string => text.replace(/[&<>"']/gu, character => ENTITIES[character] as string);

const OWN_STYLE = `:root{color-scheme:light}body{margin:3rem auto;padding:0 1.25rem;max-width:52rem;font:17px/1.6 Georgia,"Times New Roman","Noto Serif","Noto Serif CJK SC",serif;color:#1c1c1c;background:#fff}
h1{font-size:1.9rem;line-height:1.25;margin:0 0 1.5rem}h2{font-size:1.4rem;margin:2.6rem 0 .8rem;border-bottom:1px solid #ccc;padding-bottom:.25rem}h3{font-size:1.12rem;margin:2rem 0 .5rem}h4{font-size:1rem;margin:1.4rem 0 .4rem;font-style:italic;font-weight:normal}
p{margin:.7rem 0}table{border-collapse:collapse;margin:1rem 0;font-size:.95rem}th{text-align:left;font-weight:600}th,td{padding:.3rem 1.1rem .3rem 0;border-bottom:1px solid #ddd}thead th{border-bottom:1.5px solid #888}
.display{overflow-x:auto;overflow-y:hidden;padding:.35rem 0;margin:.7rem 0}.display .katex-display{margin:.6em 0}.display .katex-display>.katex{width:max-content;min-width:100%}.display .katex-html:has(>.tag){box-sizing:border-box;padding:0 3.2em}.raw{font-family:monospace;white-space:pre-wrap}
@media print{body{margin:0;max-width:none;font-size:11pt}.display{overflow:visible}h2,h3{break-after:avoid}}`;

/** A formula as HTML. */
export type Setter = (latex: string, display: boolean) => string;

/** What cannot be set is shown as the text that it is. */
const setter =
  (output: "html" | "mathml"): Setter =>
  (latex, display) => {
    const set = renderMath(latex, display, output);
    return set.ok ? set.value : `<code class="raw">${htmlText(latex)}</code>`;
  };

const inline = (text: Prose, set: Setter): string =>
  text
    .map(part =>
      "math" in part
        ? set(part.math, false)
        : "strong" in part
          ? `<strong>${htmlText(part.strong)}</strong>`
          : htmlText(part.text),
    )
    .join("");

const blockHtml = (block: Block, set: Setter): string => {
  switch (block.kind) {
    case "heading":
      return `<h${block.level}>${inline(block.text, set)}</h${block.level}>`;
    case "paragraph":
      return `<p>${inline(block.text, set)}</p>`;
    case "list":
      return `<ul>${block.items.map(item => `<li>${inline(item, set)}</li>`).join("\n")}</ul>`;
    case "table": {
      const line = (cells: readonly Prose[], tag: "th" | "td"): string =>
        `<tr>${cells.map(cell => `<${tag}>${inline(cell, set)}</${tag}>`).join("")}</tr>`;
      return `<table><thead>${line(block.head, "th")}</thead><tbody>${block.rows.map(row => line(row, "td")).join("\n")}</tbody></table>`;
    }
    case "equation":
    case "chain":
      return `<div class="display" tabindex="0" role="group">${set(displayLatex(block), true)}</div>`;
  }
};

export interface HtmlPage {
  readonly language: string;
  readonly title: string;
  /** HTML whose texts are escaped. */
  readonly body: string;
  /** After the style of all documents. */
  readonly css?: string;
  readonly style?: MathStyle;
}

/** A page that asks for nothing: no script, no request. */
export const htmlPage = ({ language, title, body, css = "", style }: HtmlPage): string => {
  const inlined = style ? inlineStyle(style, body) : "";
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlText(title)}</title>
<style>${inlined}${OWN_STYLE}${css}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
};

/** Without KaTeX's style sheet the formulas are MathML alone, which browsers set by themselves. */
export const writeHtml = (document: Document, style?: MathStyle): string => {
  const set = setter(style ? "html" : "mathml");
  const body = document.blocks.map(block => blockHtml(block, set)).join("\n");
  const { language, title } = document;
  return htmlPage({ language, title, body, ...(style ? { style } : {}) });
};
