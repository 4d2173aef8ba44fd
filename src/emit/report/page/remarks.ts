/** What is said beside an equation: verdict, reason, repairs, mended form, counterexample. */

import type { Counterexample, Verdict } from "../../../check/verdict.ts";
import { type Level, VERDICTS } from "../../../check/verdict.ts";
import { htmlText, type Setter } from "../../document/html.ts";
import { digitsApart, figure, type Rows } from "../figures.ts";
import { plainFormula } from "../plain.ts";
import type { Marked } from "./marked.ts";
import type { Words } from "./words.ts";

/** A verdict is told by a sign and a word too, not by its colour alone. */
const SIGNS: Readonly<Record<Verdict, string>> = {
  unreadable: "?",
  undefined: "✗",
  definition: "≔",
  proved: "✓",
  holds: "✓",
  convention: "✓",
  incomplete: "…",
  repaired: "!",
  "holds-under": "✗",
  wrong: "✗",
  "cannot-tell": "?",
};

/** How names of the engine are written in the note. */
export type NameLatex = (name: string) => string | undefined;

export interface Saying {
  readonly words: Words;
  readonly set: Setter;
  readonly nameLatex: NameLatex;
  /** An equation of the page by its id. */
  readonly find: (id: string) => Marked | undefined;
}

export const levelClass = (verdict: Verdict): Level | "plain" =>
  verdict === "definition" ? "plain" : VERDICTS[verdict].level;

export const signHtml = (verdict: Verdict): string =>
  `<span class="sign ${levelClass(verdict)}" aria-hidden="true">${SIGNS[verdict]}</span>`;

const sentence = (text: string, { stop }: Words): string => {
  const said = plainFormula(text);
  return htmlText(/[.!?。：:]$/u.test(said) ? said : `${said}${stop}`);
};

/** Numbers as a matrix; a single one as it is. */
const arrayLatex = (rows: Rows, digits?: number): string => {
  const shown = rows.map(row =>
    row
      .map(value => figure(value, digits))
      .join(" & ")
      .replaceAll("−", "-"),
  );
  if (rows.length === 1 && rows[0]?.length === 1) return shown[0] ?? "";
  return `\\begin{pmatrix}${shown.join(" \\\\ ")}\\end{pmatrix}`;
};

const nameHtml = (name: string, { set, nameLatex }: Saying): string => {
  const latex = nameLatex(name);
  return latex === undefined ? `<code>${htmlText(name)}</code>` : set(latex, false);
};

const rowHtml = (head: string, value: string): string => `<tr><th>${head}</th><td>${value}</td></tr>`;

const counterexampleHtml = (example: Counterexample, saying: Saying): string => {
  const { words, set } = saying;
  const { sizes, index, functions, given, left, right } = example;
  const whole = [...Object.entries(sizes), ...Object.entries(index)].map(
    ([name, value]) => `${nameHtml(name, saying)} = ${figure(value)}`,
  );
  const digits = digitsApart(left, right);
  const rows = [
    ...Object.entries(functions).map(([name, latex]) => rowHtml(nameHtml(name, saying), set(latex, false))),
    ...Object.entries(given).map(([name, rows]) => rowHtml(nameHtml(name, saying), set(arrayLatex(rows), false))),
    rowHtml(`<strong>${htmlText(words.leftSide)}</strong>`, set(arrayLatex(left, digits), false)),
    rowHtml(`<strong>${htmlText(words.rightSide)}</strong>`, set(arrayLatex(right, digits), false)),
  ];
  return `<div class="numbers" tabindex="0" role="group"><p>${htmlText(words.counterexample)}${words.stop === "。" ? "：" : ": "}${whole.join(words.stop === "。" ? "，" : ", ")}</p><table><thead><tr><th>${htmlText(words.quantity)}</th><th>${htmlText(words.value)}</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
};

const formulaHtml = (label: string, latex: string, { set, words }: Saying): string =>
  `<p>${htmlText(label)}${words.stop === "。" ? "：" : ":"}</p><div class="display" tabindex="0" role="group">${set(latex, true)}</div>`;

/** The line of an equation, which leads to it. */
export const linkHtml = ({ anchor, line }: Marked, words: Words): string =>
  `<a href="#${anchor}">${htmlText(words.line(line))}</a>`;

/** What is said of one equation, as an item of a list. A right one takes a line. */
export const remarkHtml = (marked: Marked, saying: Saying): string => {
  const { equation, anchor, letter } = marked;
  const { words } = saying;
  const { verdict, because, repairs, mended, counterexample, readAs, certificate, spoiledBy } = equation;
  const head = `${signHtml(verdict)} ${letter ? `<span class="letter">${letter}</span> ` : ""}<strong>${htmlText(words.verdicts[verdict])}</strong>`;
  const level = levelClass(verdict);
  const quiet = (level === "ok" && verdict !== "incomplete" && verdict !== "convention") || level === "plain";
  const spoiled = spoiledBy.flatMap(id => saying.find(id) ?? []).map(by => linkHtml(by, words));
  const rests = spoiled.length === 0 ? "" : `<p>${htmlText(words.rests)} ${spoiled.join(", ")}${words.stop}</p>`;
  if (quiet) return `<li id="${anchor}" class="${level}"><p>${head}</p>${rests}</li>`;
  const parts = [
    `<p>${head}${words.stop === "。" ? "：" : ": "}${sentence(because, words)}</p>`,
    ...repairs.map(({ from, to, evidence }) => `<p>${sentence(words.repair(from, to, evidence), words)}</p>`),
    ...(repairs.length > 0 && readAs !== undefined ? [formulaHtml(words.readAs, readAs, saying)] : []),
    ...(mended
      ? [
          ...(mended.edit ? [`<p>${sentence(words.edit(mended.edit, level === "ok"), words)}</p>`] : []),
          formulaHtml(words.mended, mended.latex, saying),
        ]
      : []),
    ...(mended?.under && mended.under.length > 0
      ? [`<p>${htmlText(words.supposing)} ${mended.under.map(latex => saying.set(latex, false)).join(", ")}</p>`]
      : []),
    ...(mended?.general ? [formulaHtml(words.general, mended.general, saying)] : []),
    ...(counterexample ? [counterexampleHtml(counterexample, saying)] : []),
    ...(certificate && level === "ok"
      ? [`<p class="small">${htmlText(words.checked(certificate.samples, certificate.horizons))}</p>`]
      : []),
    rests,
  ];
  return `<li id="${anchor}" class="${level}">${parts.join("")}</li>`;
};
