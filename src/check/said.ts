/** What is found of one link of a chain, before it is put into words. */

import type { StatedEquation, Witness } from "../exact/witness.ts";
import type { Node } from "../expr/node.ts";
import type { Chain } from "../note/claims/chains.ts";
import type { ShapeMark } from "../note/claims/reading.ts";
import type { Family } from "../note/names.ts";
import type { Syntax } from "../parse/syntax.ts";
import type { Assumption } from "./assumptions.ts";
import type { Reason } from "./reasons.ts";
import {
  type CheckCertificate,
  type Counterexample,
  type Mended,
  type Repair,
  VERDICTS,
  type Verdict,
} from "./verdict.ts";

/** A new name for a value, to be kept when the reading is. */
export interface NewName {
  readonly written: Syntax;
  readonly family: Family;
  readonly letters: readonly string[];
  readonly meaning: Node;
}

/** A convention other than ours in which an equation is right. */
export interface Convention {
  readonly because: Reason;
  /** One equation is enough to see it; otherwise the note must nowhere keep to ours. */
  readonly alone: boolean;
  /** How it reads in it, where it cannot be read in ours. */
  readonly read?: Pick<Said, "equation" | "readAs">;
}

export interface Said {
  readonly verdict: Verdict;
  readonly because: Reason;
  readonly under?: readonly Assumption[];
  /** The convention in which it is right, whether or not the note keeps to it. */
  readonly convention?: Convention;
  /** Its shapes fit only if the note writes gradients transposed. */
  readonly transposedFits?: true;
  readonly readAs?: () => string;
  /** The equation in terms, where it could be read. */
  readonly equation?: StatedEquation;
  /** What the left side is by itself, where the right side cannot be compared with it: both sides of this are the left one. */
  readonly left?: StatedEquation;
  /** The two sides that do not fit together, as they are written. */
  readonly misfit?: readonly [Syntax, Syntax];
  /** Who judges it, where it is about another system than the note's. */
  readonly witness?: Witness;
  /** Both sides are 0 everywhere: a misreading makes that easily. */
  readonly zero?: true;
  /** A name that nothing gives a meaning. */
  readonly unknown?: Syntax;
  readonly names?: NewName;
  readonly repairs?: readonly Repair[];
  readonly mended?: Mended;
  readonly counterexample?: Counterexample;
  readonly certificate?: CheckCertificate;
}

/** A chain as it was read, letters repaired, with what was found of each of its links. */
export interface SaidChain {
  readonly chain: Chain;
  readonly links: readonly Said[];
  readonly marks: readonly ShapeMark[];
}

/** How far a verdict is from a right equation; what cannot be read at all is farthest. */
const PENALTY: Readonly<Record<Verdict, number>> = {
  definition: 0,
  proved: 0,
  holds: 0,
  convention: 0,
  incomplete: 0,
  repaired: 0,
  "holds-under": 2,
  wrong: 3,
  undefined: 3,
  "cannot-tell": 4,
  unreadable: 5,
};

export const penaltyOf = (links: readonly Said[]): number =>
  links.reduce(
    (sum, { verdict, unknown, equation }) =>
      sum + PENALTY[verdict] + (PENALTY[verdict] > 0 && (unknown || !equation) ? 2 : 0),
    0,
  );

/** How many links are wrong. */
export const alarmsOf = (links: readonly Said[]): number =>
  links.filter(({ verdict }) => VERDICTS[verdict].level === "error").length;

/** What is right, as right by a convention. */
export const inConvention = (said: Said, because: Reason): Said =>
  said.verdict === "holds"
    ? { ...said, verdict: "convention", because }
    : said.verdict === "convention"
      ? { ...said, because: { ...said.because, and: [...(said.because.and ?? []), because] } }
      : said;
