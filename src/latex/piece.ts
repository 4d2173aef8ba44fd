/** Printed parts of a formula and how they are put together. Texts are only concatenated, never searched: printing stays linear. */
import type { Level } from "../ops/op.ts";

const STRENGTH: Readonly<Record<Level, number>> = { sum: 0, product: 1, prefix: 2, power: 3, atom: 4 };

/** Whether something that binds like `level` may stand where at least `least` is asked for. */
export const bindsAs = (level: Level, least: Level): boolean => STRENGTH[level] >= STRENGTH[least];

export interface Piece {
  /** Without its leading minus, which is `negative`. */
  readonly text: string;
  readonly level: Level;
  readonly negative: boolean;
  /** The sign between the factors of a product; "" for juxtaposition. Absent where there is one factor. */
  readonly sign?: string;
  /** Contains a fraction or a big operator: brackets around it grow. */
  readonly tall: boolean;
  /** Ends in a big operator or an operator such as ∇ that would take in what follows. */
  readonly open: boolean;
  /** Begins with a big operator: its brackets are square. */
  readonly big: boolean;
  /** A number, or a fraction that begins with one: a dot separates it from a factor that it could be mixed up with. */
  readonly figure: "number" | "fraction" | "none";
  /** The parts of a text that ends in a superscript group: a further superscript goes into it. */
  readonly scripts?: { readonly before: string; readonly superscript: string; readonly after: string };
  /** The parts of a text around the subscript group of a name, which an index may join. */
  readonly subscripts?: { readonly before: string; readonly subscript: string; readonly after: string };
  /** Ends in a subscript that is no part of a name: another one needs brackets. */
  readonly isPart?: true;
  /** What stands there without its ⊤: a gradient in numerator layout. */
  readonly untransposed?: Piece;
  /** The parts of \frac{\partial f(x)}{\partial x}: a divisor in front joins what stands below. */
  readonly derivative?: { readonly above: string; readonly under: string };
  /** The factors of G ⊙ v ⊙ w with a gradient in front: a scalar goes behind that. */
  readonly factors?: readonly Piece[];
  /** What stands below 1, as a factor. */
  readonly divisor?: string;
  /** 2 with an adjoint at a shifted index, 1 with another adjoint, 0 without. */
  readonly adjoint: 0 | 1 | 2;
}

const PLAIN = { negative: false, tall: false, open: false, big: false, figure: "none", adjoint: 0 } as const;

export const atom = (text: string, more: Partial<Piece> = {}): Piece => ({ ...PLAIN, text, level: "atom", ...more });

const strongest = (pieces: readonly Piece[]): Piece["adjoint"] =>
  ([2, 1] as const).find(rank => pieces.some(piece => piece.adjoint === rank)) ?? 0;

/** What a whole takes from its parts. */
export const inherit = (pieces: readonly Piece[]): Pick<Piece, "tall" | "adjoint"> => ({
  tall: pieces.some(piece => piece.tall),
  adjoint: strongest(pieces),
});

/** The text with its minus. */
export const signed = (piece: Piece): string => (piece.negative ? `-${piece.text}` : piece.text);

export const enclose = (piece: Piece): string => {
  const [left, right] = piece.big ? "[]" : "()";
  return piece.tall ? `\\left${left}${signed(piece)}\\right${right}` : `${left}${signed(piece)}${right}`;
};

/** The text, bracketed unless it binds at least as tightly as `least`. A minus needs brackets everywhere but in a sum. */
export const bracket = (piece: Piece, least: Level): string => {
  if (least === "sum") return signed(piece);
  return !piece.negative && bindsAs(piece.level, least) ? piece.text : enclose(piece);
};

/** An index or exponent in its group, without braces around a single character. */
export const group = (text: string): string => (text.length === 1 ? text : `{${text}}`);

const TRANSPOSED = "\\top";

/** A gradient as a column where the notation makes it a row; another ⊤ takes this one away. */
export const asColumn = (row: Piece): Piece => ({ ...superscript(row, TRANSPOSED, true), untransposed: row });

/** base^exponent; the exponent joins a superscript that is part of a name only where `join` allows it. */
export const superscript = (base: Piece, exponent: string, join: boolean): Piece => {
  if (base.untransposed && exponent === TRANSPOSED) return base.untransposed;
  const { scripts } = base;
  const whole = { ...PLAIN, level: "power", tall: base.tall, adjoint: base.adjoint } as const;
  if (scripts && join && base.level === "atom" && !base.negative) {
    const separator = /[a-zA-Z]$/u.test(scripts.superscript) && /^[a-zA-Z]/u.test(exponent) ? " " : "";
    return { ...whole, text: `${scripts.before}^{${scripts.superscript}${separator}${exponent}}${scripts.after}` };
  }
  const body = scripts ? enclose(base) : bracket(base, "atom");
  return {
    ...whole,
    text: `${body}^${exponent.startsWith("\\") && !exponent.includes(" ") ? exponent : group(exponent)}`,
  };
};

/** base_{subscript}; an index joins the subscript that is part of a name, anything else does not. */
export const subscripted = (base: Piece, subscript: string, isIndex: boolean): Piece => {
  const whole = { ...PLAIN, level: "atom", tall: base.tall, adjoint: base.adjoint, isPart: true } as const;
  const { scripts, subscripts, isPart } = base;
  if (base.level === "atom" && !base.negative && !isPart) {
    if (subscripts && isIndex) {
      const { before, subscript: own, after } = subscripts;
      return { ...whole, text: `${before}_{${own},${subscript}}${after}` };
    }
    if (scripts && !subscripts)
      return { ...whole, text: `${scripts.before}_${group(subscript)}^${group(scripts.superscript)}${scripts.after}` };
  }
  const body = subscripts || scripts || isPart ? enclose(base) : bracket(base, "atom");
  return { ...whole, text: `${body}_${group(subscript)}` };
};

/** Terms joined by their signs. */
export const sumOf = (terms: readonly Piece[]): Piece => {
  const [only] = terms;
  if (only && terms.length === 1) return only;
  let text = "";
  for (const [i, term] of terms.entries()) {
    const body = term.level === "sum" ? enclose({ ...term, negative: false }) : term.text;
    text += i === 0 ? (term.negative ? `-${body}` : body) : term.negative ? ` - ${body}` : ` + ${body}`;
  }
  return {
    ...PLAIN,
    ...inherit(terms),
    text,
    level: "sum",
    open: terms.at(-1)?.open ?? false,
    big: terms[0]?.big ?? false,
    figure: terms[0]?.figure ?? "none",
  };
};

/** Factors with a sign between them ("" for juxtaposition); minus signs of the factors move to the front. */
export const productOf = (factors: readonly Piece[], sign: string): Piece => {
  const negative = factors.filter(factor => factor.negative).length % 2 === 1;
  const positive = factors.map(factor => ({ ...factor, negative: false }));
  const [only] = positive;
  if (only && positive.length === 1) return { ...only, negative };
  const joint = sign === "" ? " " : ` ${sign} `;
  let text = "";
  let previous: Piece | undefined;
  for (const [i, factor] of positive.entries()) {
    const last = i === positive.length - 1;
    const loose =
      factor.level === "sum" ||
      (factor.level === "product" && !(last && factor.open && factor.sign === undefined && sign === ""));
    const swallows = !last && factor.open && (factor.level !== "prefix" || sign === "");
    const body = loose || swallows ? enclose(factor) : factor.text;
    const both = previous?.figure !== "none" && factor.figure !== "none";
    const dot =
      sign === "" && previous && ((both && !loose) || (factor.figure === "number" && !loose) || previous.text === "1");
    text += i === 0 ? body : `${dot ? " \\cdot " : joint}${body}`;
    previous = loose ? { ...factor, figure: "none", text: "" } : factor;
  }
  return {
    ...PLAIN,
    ...inherit(positive),
    negative,
    text,
    level: "product",
    sign,
    open: positive.at(-1)?.open ?? false,
    figure: positive[0]?.figure ?? "none",
  };
};
