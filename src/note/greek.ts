/** Greek letters: how the names of sizes are written, and which letters stand for scalars. */

const GREEK =
  /^(?:alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|rho|sigma|tau|phi|varphi|chi|psi|omega)$/u;

/** How the letter or word of a size is written. */
export const sizeLatex = (name: string): string => {
  if (GREEK.test(name) || name === "ell") return `\\${name}`;
  return name.length > 1 ? `\\mathrm{${name}}` : name;
};

/** Whether a letter is a small Greek one: a scalar unless something else is said. */
export const isGreek = (base: string): boolean => GREEK.test(base.split(" ").at(-1) ?? "");
