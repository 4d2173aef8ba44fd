/** Running text with formulas in it. What comes from a note is a value here, never markup: writers escape it. */

export type Inline = { readonly text: string } | { readonly math: string } | { readonly strong: string };

export type Prose = readonly Inline[];

/** A formula inside a sentence. */
export const math = (latex: string): Inline => ({ math: latex });

type Part = string | number | Inline | Prose;

const asProse = (part: Part): Prose => {
  if (typeof part === "string" || typeof part === "number") return part === "" ? [] : [{ text: String(part) }];
  return "length" in part ? part : [part];
};

/** Neighbouring texts as one. */
const merged = (parts: Prose): Prose => {
  const out: Inline[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (last && "text" in last && "text" in part) out[out.length - 1] = { text: last.text + part.text };
    else out.push(part);
  }
  return out;
};

/** A sentence: prose`From ${math("t")} on.` */
export const prose = (texts: TemplateStringsArray, ...parts: readonly Part[]): Prose =>
  merged(texts.flatMap((text, i) => [...asProse(text), ...asProse(parts[i] ?? "")]));

/** Sentences or items with something between them. */
export const joinProse = (parts: readonly Prose[], between: string): Prose =>
  merged(parts.flatMap((part, i) => (i === 0 ? part : [{ text: between }, ...part])));

/** Greek letters and named quantities of a plain sentence, set as formulas. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ["σ_max", "\\sigma_{\\max}"],
  ["γ", "\\gamma"],
  ["ρ", "\\rho"],
  ["φ", "\\varphi"],
  ["σ", "\\sigma"],
  ["λ", "\\lambda"],
]);

/** A plain sentence with its letters as formulas. */
export const withLetters = (text: string): Prose =>
  text
    .split(/(σ_max|[γρφσλ])/u)
    .filter(part => part !== "")
    .map(part => {
      const latex = LETTERS.get(part);
      return latex === undefined ? { text: part } : math(latex);
    });
