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

/** The first link of a chain spans both sides, every further one its right side alone. */
export const replacementOf = ({ id, latex, mended }: EquationReport): string | undefined => {
  if (!mended) return undefined;
  const link = Number(/#(\d+)$/u.exec(id)?.[1] ?? 1);
  if (link === 1) return sidesOf(latex) ? mended.latex : undefined;
  return sidesOf(mended.latex)?.[1];
};
