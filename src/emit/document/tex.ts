/** Documents as LaTeX articles with amsmath; Chinese ones with ctex. */
import { type Block, type Document, displayLatex, texText } from "./block.ts";
import type { Prose } from "./prose.ts";

const inline = (text: Prose): string =>
  text
    .map(part =>
      "math" in part ? `$${part.math}$` : "strong" in part ? `\\textbf{${texText(part.strong)}}` : texText(part.text),
    )
    .join("");

const HEADINGS = { 1: "section*", 2: "section", 3: "subsection", 4: "subsubsection" } as const;

/** A heading has its formula in the bookmarks too, where amsmath's commands mean nothing: plain text goes there. */
const blockText = (block: Block): string => {
  switch (block.kind) {
    case "heading":
      return `\\${HEADINGS[block.level]}{${inline(block.text)}}`;
    case "paragraph":
      return inline(block.text);
    case "list":
      return `\\begin{itemize}\n${block.items.map(item => `  \\item ${inline(item)}`).join("\n")}\n\\end{itemize}`;
    case "table": {
      const line = (cells: readonly Prose[]): string => `${cells.map(inline).join(" & ")} \\\\`;
      return `\\begin{center}\n\\begin{tabular}{${"l".repeat(block.head.length)}}\n${line(block.head)}\n\\hline\n${block.rows.map(line).join("\n")}\n\\end{tabular}\n\\end{center}`;
    }
    case "equation":
    case "chain":
      return `\\begin{equation*}\n${displayLatex(block)}\n\\end{equation*}`;
  }
};

export const writeTex = (document: Document): string => {
  const body = document.blocks.filter(block => !(block.kind === "heading" && block.level === 1)).map(blockText);
  // Names of a note may be Chinese in a document that is not.
  const chinese = /\p{Script=Han}/u.test(`${document.title}${body.join("")}`);
  const head = [
    ...(chinese ? ["% xelatex"] : []),
    `\\documentclass[11pt,a4paper]{${chinese ? "ctexart" : "article"}}`,
    ...(chinese ? [] : ["\\usepackage[T1]{fontenc}", "\\usepackage[utf8]{inputenc}"]),
    "\\usepackage[margin=25mm]{geometry}",
    "\\usepackage{amsmath,amssymb}",
    "\\allowdisplaybreaks",
    `\\title{${texText(document.title)}}`,
    "\\date{}",
    "\\begin{document}",
    "\\maketitle",
  ];
  return `${head.join("\n")}\n\n${body.join("\n\n")}\n\n\\end{document}\n`;
};
