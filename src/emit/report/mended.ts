/** The text that stands in the place of an equation when it is mended. */
import type { EquationReport } from "../../check/verdict.ts";

/** The sides of an equation in LaTeX; undefined where no relation stands outside of all braces. */
const sidesOf = (latex: string): readonly [left: string, right: string] | undefined => {
  let depth = 0;
  for (let at = 0; at < latex.length; at++) {
    const character = latex[at];
    if (character === "\\") at++;
    else if (character === "{") depth++;
    else if (character === "}") depth--;
    else if (character === "=" && depth === 0) return [latex.slice(0, at).trim(), latex.slice(at + 1).trim()];
  }
  return undefined;
};

/** The sides of a right equation in the place of one that may be aligned at its relation. */
const placed = (equation: string, { id, latex }: EquationReport): string | undefined => {
  const sides = sidesOf(equation);
  const link = Number(/#(\d+)$/u.exec(id)?.[1] ?? 1);
  if (!sides || link > 1) return sides?.[1];
  return sides.join(/&\s*=/u.test(latex) ? " &= " : " = ");
};

/** The equation as it was read, letters repaired. */
export const readingOf = (equation: EquationReport): string | undefined =>
  equation.readAs === undefined ? undefined : placed(equation.readAs, equation);

/** The first link of a chain spans both sides, every further one its right side alone. */
export const replacementOf = (equation: EquationReport): string | undefined =>
  equation.mended && placed(equation.mended.latex, equation);
