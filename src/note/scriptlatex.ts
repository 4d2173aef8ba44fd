/** Names and scripts as LaTeX. */
import type { SymbolSyntax, Syntax } from "../parse/syntax.ts";
import { textOf } from "./tree.ts";

const FONT_COMMANDS = /^[a-zA-Z]+$/u;

/** A symbol as LaTeX: fonts and accents around the name. */
export const symbolLatex = (core: SymbolSyntax, accents: readonly string[]): string => {
  let latex = core.name;
  if (core.form === "word") latex = `\\mathrm{${core.name.replace(/_/gu, "\\_")}}`;
  else if (core.form === "run" && core.fonts.length === 0) latex = `\\mathit{${core.name}}`;
  else for (const font of [...core.fonts].reverse()) if (FONT_COMMANDS.test(font)) latex = `\\${font}{${latex}}`;
  for (const accent of [...accents, ...core.accents].reverse()) latex = `\\${accent.replace(/^\\/u, "")}{${latex}}`;
  return latex;
};

/** Scripts as LaTeX: letters, digits, commands and signs of a script that is part of a name. */
export const latexOf = (syntax: Syntax): string => {
  switch (syntax.kind) {
    case "symbol":
      return symbolLatex(syntax, []);
    case "number":
    case "prose":
      return syntax.kind === "prose" ? `\\text{${syntax.text}}` : syntax.text;
    case "product":
      return syntax.factors
        .map(({ operator, body }) => `${operator?.spelling ?? ""}${latexOf(body)}`)
        .join(" ")
        .replace(/(?<=\w) (?=\w)/gu, "");
    case "sum":
      return syntax.terms.map(({ sign, body }) => `${sign?.spelling ?? ""}${latexOf(body)}`).join("");
    case "list":
      return syntax.items.map(latexOf).join(",");
    case "group":
      return `${syntax.open}${syntax.body ? latexOf(syntax.body) : ""}${syntax.close}`;
    case "scripted":
      return (
        latexOf(syntax.base) +
        syntax.scripts
          .map(s =>
            s.position === "prime" ? "'".repeat(s.count) : `${s.position === "sub" ? "_" : "^"}{${latexOf(s.body)}}`,
          )
          .join("")
      );
    default:
      return textOf(syntax);
  }
};
