/** One level of brackets while a formula is read from left to right. */
interface Level {
  /** Atoms of the operands between ⊙ and ⊘ in the current term. */
  operands: number[];
  /** Groups that belong to what stands before them: arguments, scripts, fractions' halves. */
  attached: number;
}

const isMixed = ({ operands }: Level): boolean => operands.length > 1 && operands.some(atoms => atoms > 1);

/** Whether ⊙ or ⊘ has an operand that is itself a product without brackets, at any level. */
export const mixesProducts = (latex: string): boolean => {
  const levels: Level[] = [{ operands: [0], attached: 0 }];
  let isFenced = false;
  let before = " ";
  // A matrix written out is a bracket whose parts stand apart.
  const plain = latex.replaceAll("\\begin{bmatrix}", "(").replaceAll("\\end{bmatrix}", ")");
  for (const [token] of plain.matchAll(
    /\\(?:operatorname\{[a-z]+\}|mathbf\{1\}|left[([]|right[)\]]|[a-z]+|.)|\s|./gu,
  )) {
    const level = levels.at(-1) as Level;
    const opens =
      /^(?:\\left.|[({[])$/u.test(token) || token === "\\langle" || ((token === "\\|" || token === "|") && !isFenced);
    const closes =
      /^(?:\\right.|[)}\]])$/u.test(token) || token === "\\rangle" || ((token === "\\|" || token === "|") && isFenced);
    if (token === "\\|" || token === "|") isFenced = !isFenced;
    const last = level.operands.length - 1;
    if (opens) {
      // Brackets right behind a name are its arguments.
      if (level.attached > 0) level.attached--;
      else if (/^(?:\s|[({[]|\\left.|\\\|)$/u.test(before)) (level.operands[last] as number)++;
      levels.push({ operands: [0], attached: 0 });
    } else if (closes) {
      if (isMixed(level)) return true;
      levels.pop();
    } else if (/^(?:[+\-,&>]|\\\\)$/u.test(token)) {
      if (isMixed(level)) return true;
      level.operands = [0];
    } else if (/^\\(?:odot|oslash)$/u.test(token)) level.operands.push(0);
    else if (/^[\^_]$/u.test(token)) level.attached = 1;
    else if (!/^(?:\s|'|=|\\cdot|\\partial|\\,)$/u.test(token)) {
      if (level.attached > 0) level.attached--;
      else (level.operands[last] as number)++;
      if (token === "\\frac") level.attached = 2;
      if (token === "\\sqrt") level.attached = 1;
    }
    before = token;
  }
  return isMixed(levels[0] as Level);
};
