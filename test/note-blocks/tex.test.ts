import { describe, expect, test } from "vitest";
import { readBlocks } from "../../src/note/blocks/read.ts";
import { readEquation } from "../../src/parse/equation.ts";

const NOTE = String.raw`\documentclass{article}
\newcommand{\R}[1]{\mathbb{R}^{#1}} % not $a$
\begin{document}
\section{RNN $x$}
Let $h_t = b$ and \(c\in \R{n}\). % comment $z$
\textbf{FP:}
\begin{align}
 a &= b \\ c &= \R{d} \label{x} % comment
\end{align}

\[ y = z \]
Words
$$ q $$
\subsection{Backward pass}
\begin{itemize}\item (1) $k = 2$ \item two \emph{bold} words \end{itemize}
\begin{verbatim} $no$ \end{verbatim}
\verb|$x$| \label{sec}
\begin{equation*} e=f \end{equation*}
\end{document}`;

describe("a .tex note", async () => {
  const note = await readBlocks(NOTE, "tex");
  const shown = note.blocks.map(block => {
    const where = `${block.system}/${block.section}`;
    if (block.kind === "code") return `${where} code`;
    if (block.kind === "display") return `${where} display ${block.formula.text.replace(/\s+/gu, " ").trim()}`;
    return `${where} ${block.kind === "heading" ? "#".repeat(block.level) : block.item ? "-" : "¶"} ${block.pieces.map(piece => (piece.kind === "text" ? piece.text.replace(/\s+/gu, " ").trim() : `$${piece.formula.text}$`)).join(" ")}`.trim();
  });
  test("has its blocks in order", () => {
    expect(shown).toEqual([
      "RNN x/other ## RNN $x$",
      "RNN x/other ¶ Let $h_t = b$ and $c\\in \\R{n}$ .",
      "RNN x/forward ¶ FP:",
      "RNN x/forward display \\begin{align} a &= b \\\\ c &= \\R{d} \\label{x} % comment \\end{align}",
      "RNN x/forward display y = z",
      "RNN x/forward ¶ Words",
      "RNN x/forward display q",
      "RNN x/backward ### Backward pass",
      "RNN x/backward - (1) $k = 2$",
      "RNN x/backward - two bold words",
      "RNN x/backward code",
      "RNN x/backward display \\begin{equation*} e=f \\end{equation*}",
    ]);
  });
  test("has exact places", () => {
    for (const block of note.blocks) {
      if (block.kind === "code") continue;
      const formulas =
        block.kind === "display"
          ? [block.formula]
          : block.pieces.flatMap(piece => (piece.kind === "formula" ? [piece.formula] : []));
      for (const formula of formulas)
        expect(NOTE.slice(formula.base, formula.base + formula.text.length)).toBe(formula.text);
      if (block.kind === "display") continue;
      for (const piece of block.pieces) {
        if (piece.kind !== "text") continue;
        const raw = NOTE.slice(piece.span.start, piece.span.end);
        expect(piece.text.length).toBe(raw.length);
        for (let at = 0; at < raw.length; at++) if (raw[at] !== piece.text[at]) expect(piece.text[at]).toMatch(/\s/u);
      }
    }
  });
  test("has formulas that read", () => {
    for (const block of note.blocks) {
      if (block.kind !== "display") continue;
      const result = readEquation(block.formula.text, new Map(), { base: block.formula.base, macros: note.macros });
      expect(result.ok ? result.value.diagnostics : result.diagnostics).toEqual([]);
    }
  });
});
