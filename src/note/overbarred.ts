/** Equations among the forward ones that give gradients, which an accent is said to stand for. */
import type { Syntax } from "../parse/syntax.ts";
import { baseOfName, readNames } from "./occurrences.ts";
import { accentedName, accentPaired } from "./overbars.ts";
import type { Claim, Definition } from "./statements.ts";
import type { SystemText } from "./systemtext.ts";
import { textOf } from "./tree.ts";

const accentsIn = ({ statement }: Claim): readonly string[] => {
  const accent = statement?.body.kind === "relations" ? accentPaired(statement.body.members) : undefined;
  return accent === undefined ? [] : [accent];
};

/** The accent of adjoints in automatic differentiation. */
const ADJOINT = "bar";

/** A name, members of one family alike: h_t for h_{t-1}. */
const keyOf = (name: Syntax): string => textOf(name).replace(/([A-Za-z])[+-]\d+/gu, "$1");

/** All that a value is computed from, by the texts of names. */
const behind = (reads: ReadonlyMap<string, readonly string[]>, name: string): ReadonlySet<string> => {
  const found = new Set(reads.get(name));
  // What is added meanwhile is passed as well.
  for (const each of found) for (const next of reads.get(each) ?? []) found.add(next);
  return found;
};

/**
 * Whether names under a bar run against the forward equations, \bar{h} = W^\top \bar{z} beside z = W h: adjoints do, and means
 * run along with them.
 */
const seemAdjoints = (definitions: readonly Definition[]): boolean => {
  const reads = new Map(definitions.map(({ left, right }) => [keyOf(left), readNames(right).map(keyOf)]));
  const bareOf = (name: Syntax): string | undefined => {
    const accented = accentedName(name);
    return accented?.accent === ADJOINT ? keyOf(accented.bare) : undefined;
  };
  let isAgainst = false;
  for (const { left, right } of definitions) {
    const own = bareOf(left);
    if (own === undefined) continue;
    for (const other of readNames(right).map(bareOf)) {
      if (other === undefined || other === own) continue;
      const [along, against] = [behind(reads, own).has(other), behind(reads, other).has(own)];
      // Through a recurrence one is computed from the other either way.
      if (along && !against) return false;
      isAgainst ||= against && !along;
    }
  }
  return isAgainst;
};

/** The text with the accents that stand for gradients, those of its equations too, without equations that give such gradients; these are backward. */
export const withoutOverbars = (
  text: SystemText,
): { readonly text: SystemText; readonly overbars: readonly Definition[] } => {
  const { claims, definitions } = text.statements;
  const told = new Set([...text.gradientAccents, ...claims.flatMap(accentsIn)]);
  const accents = told.size > 0 ? told : new Set(seemAdjoints(definitions) ? [ADJOINT] : []);
  if (accents.size === 0) return { text, overbars: [] };
  const isMarked = ({ left }: Definition): boolean => accents.has(accentedName(left)?.accent ?? "");
  // What the forward pass reads is no gradient, such as a mean \\bar{x} beside gradients \\bar{y}.
  let forward = definitions.filter(each => !isMarked(each));
  for (let count = -1; count !== forward.length; ) {
    count = forward.length;
    const read = new Set(forward.flatMap(({ right }) => readNames(right)).map(baseOfName));
    forward = definitions.filter(each => !isMarked(each) || read.has(baseOfName(each.left)));
  }
  const overbars = definitions.filter(each => !forward.includes(each));
  return {
    text: {
      ...text,
      gradientAccents: told,
      adjoints: overbars,
      statements: { ...text.statements, definitions: forward },
    },
    overbars,
  };
};
