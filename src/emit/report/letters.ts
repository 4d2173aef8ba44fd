/** Letters of a formula's text put in the place of others. */

const WORDS = /^\\(?:text|mathrm|operatorname|begin|end|label|tag)(?![A-Za-z])\s*\{[^{}]*\}/u;
const TOKEN = /^(?:\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[\s\S])/u;

/** Every `from` that stands as a letter, command or number of its own becomes `to`; words are left alone. */
export const withLetter = (latex: string, from: string, to: string): string => {
  const parts: string[] = [];
  for (let rest = latex; rest !== ""; ) {
    const token = (WORDS.exec(rest) ?? TOKEN.exec(rest))?.[0] as string;
    rest = rest.slice(token.length);
    const glued = token === from && /^\\[A-Za-z]/u.test(to) && /^[A-Za-z]/u.test(rest);
    parts.push(token === from ? `${to}${glued ? " " : ""}` : token);
  }
  return parts.join("");
};
