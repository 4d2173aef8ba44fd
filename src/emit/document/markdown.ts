/** Documents as Markdown that GitHub shows: formulas between dollar signs, everything else escaped. */
import { type Block, type Document, displayLatex } from "./block.ts";
import type { Prose } from "./prose.ts";

/** Text in which nothing is markup, a link, a mention or an HTML element. */
const markdownText = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/:\/\//gu, ":\u200b//")
    .replace(/\bwww\./giu, "www\u200b.")
    .replace(/@/gu, "@\u200b")
    .replace(/&/gu, "&amp;")
    .replace(/</gu, "&lt;")
    .replace(/>/gu, "&gt;")
    .replace(/\$/gu, "&#36;")
    .replace(/[\\`*_{}[\]#|~]/gu, "\\$&")
    .replace(
      /^(\s*)([-+=]|\d+[.)])/u,
      (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`,
    );

/** A formula without the signs that HTML would take as its own, and without anything that could end it. */
const markdownMath = (latex: string): string =>
  latex
    .replace(/< ?/gu, "\\lt ")
    .replace(/> ?/gu, "\\gt ")
    .replace(/\n\s*\n/gu, "\n");

/** `$` needs white space or punctuation around it to be taken as the edge of a formula. */
const inline = (text: Prose, cell = false): string => {
  let out = "";
  for (const part of text) {
    if ("math" in part) {
      const latex = markdownMath(part.math).replace(/\n/gu, " ");
      const safe = cell ? latex.replace(/\\\|/gu, "\\Vert ").replace(/\|/gu, "\\vert ") : latex;
      out += `${/[\p{L}\p{N}]$/u.test(out) ? " " : ""}$${safe}$`;
    } else {
      const own =
        "strong" in part
          ? `**${markdownText(part.strong)}**`
          : out === ""
            ? markdownText(part.text)
            : markdownText(`\u2060${part.text}`).replace("\u2060", "");
      out += `${/\$$/u.test(out) && /^[\p{L}\p{N}]/u.test(own) ? " " : ""}${own}`;
    }
  }
  return out;
};

const blockText = (block: Block): string => {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${inline(block.text)}`;
    case "paragraph":
      return inline(block.text);
    case "list":
      return block.items.map(item => `- ${inline(item)}`).join("\n");
    case "table": {
      const line = (cells: readonly Prose[]): string => `| ${cells.map(cell => inline(cell, true)).join(" | ")} |`;
      return [line(block.head), `|${block.head.map(() => "---|").join("")}`, ...block.rows.map(line)].join("\n");
    }
    case "equation":
    case "chain":
      return `$$\n${markdownMath(displayLatex(block))}\n$$`;
  }
};

export const writeMarkdown = (document: Document): string => `${document.blocks.map(blockText).join("\n\n")}\n`;
