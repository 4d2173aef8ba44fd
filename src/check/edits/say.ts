/** Mended equations in words and LaTeX. */
import { type Node, substituteIndices } from "../../expr/node.ts";
import { named } from "../../expr/polynomial.ts";
import { familyOf } from "../../expr/system.ts";
import { postorder } from "../../expr/walk.ts";
import { printTerm, toLatex } from "../../latex/print.ts";
import { tidy } from "../../rules/simplify.ts";
import { ASSUMPTIONS } from "../assumptions.ts";
import type { Court } from "../court.ts";
import type { Said } from "../said.ts";
import type { Mended } from "../verdict.ts";
import type { Candidate } from "./candidates.ts";
import { closedFormOf, type Mend, mendByEdit, mendMisfit, rightForm } from "./mend.ts";

type Language = "en" | "zh";

/** Bound indices by the letters that the whole term is printed with. */
const sentence = (court: Court, { say, parts, term, bound }: Candidate, language: Language): string => {
  const { letters } = printTerm(term, court.context);
  const by = new Map(bound.map((name, i) => [name, named(letters[i] ?? name)]));
  return say[language].replace(/#(\w)/gu, (_, name: string, at: number, text: string) => {
    const node: Node | undefined = parts.get(name);
    const latex = node ? toLatex(substituteIndices(node, by), court.context) : name;
    return isSum(latex) && /(?:⊙|insert|补上)\s*$/u.test(text.slice(0, at)) ? `(${latex})` : latex;
  });
};

/** Whether a formula is a sum or a difference: as a factor it stands in brackets. */
const isSum = (latex: string): boolean => {
  let depth = 0;
  for (const [at, sign] of [...latex].entries()) {
    if ("{([".includes(sign)) depth++;
    else if ("})]".includes(sign)) depth--;
    else if (at > 0 && depth === 0 && (sign === "+" || sign === "-")) return true;
  }
  return false;
};

/** An equation with the meaning of the names that the derivation made. */
const equationLatex = (court: Court, left: Node, right: Node): string => {
  const made = (court.derivation?.abbreviations ?? []).filter(({ left: name }) =>
    postorder(right).includes(familyOf(name)),
  );
  const where = made.map(
    ({ left: name, right: meaning }) => `${toLatex(name, court.context)} = ${toLatex(meaning, court.context)}`,
  );
  // What the reading of the note put in, 1 · 𝟏, is not written.
  return `${toLatex(left, court.context)} = ${toLatex(tidy(right), court.context)}${where.length > 0 ? ` \\quad \\text{where } ${where.join(", ")}` : ""}`;
};

const RIGHT: Readonly<Record<Language, string>> = { en: "take the form that is derived", zh: "取推导出的形式" };
const FINISH: Readonly<Record<Language, string>> = { en: "work out the local derivatives", zh: "求出局部导数" };

const written = (court: Court, { equation, edit }: Mend, otherwise: string): Mended => ({
  latex: equationLatex(court, equation.left, equation.right),
  edit: edit ? sentence(court, edit, court.language) : otherwise,
});

/** The mended form of a link that is not right as it stands, or that stops short. */
export const mendedOf = (court: Court, said: Said): Mended | undefined => {
  const { verdict, equation } = said;
  if (!equation) {
    const fitted = said.misfit && verdict === "wrong" ? mendMisfit(court, said.misfit) : undefined;
    if (fitted)
      return {
        latex: equationLatex(court, fitted.equation.left, fitted.equation.right),
        edit: fitted.say[court.language],
      };
    const right = said.left && verdict === "wrong" ? rightForm(court, said.left) : undefined;
    return right && written(court, right, RIGHT[court.language]);
  }
  if (verdict === "incomplete") {
    const right = rightForm(court, equation);
    return right && written(court, right, FINISH[court.language]);
  }
  if (verdict !== "wrong" && verdict !== "holds-under" && verdict !== "undefined") return undefined;
  const mend = mendByEdit(court, equation);
  if (mend) return written(court, mend, "");
  if (verdict === "undefined") {
    // An index that leads nowhere may be a slip in a form that holds under an assumption.
    for (const row of ASSUMPTIONS) {
      for (const assumption of row.of(court.witness.system)) {
        if (!assumption.suppose.identities) continue;
        const found = mendByEdit(court, equation, assumption.suppose);
        if (!found) continue;
        const general = closedFormOf(court, equation);
        return {
          ...written(court, found, ""),
          under: [assumption.latex],
          ...(general ? { general: equationLatex(court, equation.left, general) } : {}),
        };
      }
    }
  }
  // What is right only in another layout has its left side as that layout writes it.
  const right = rightForm(court, equation) ?? (said.left && rightForm(court, said.left));
  return right && written(court, right, RIGHT[court.language]);
};
