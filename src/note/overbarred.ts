/** Equations among the forward ones that give gradients, which an accent is said to stand for. */
import { baseOfName, readNames } from "./occurrences.ts";
import { accentedName, accentPaired } from "./overbars.ts";
import type { Claim, Definition } from "./statements.ts";
import type { SystemText } from "./systemtext.ts";

const accentsIn = ({ statement }: Claim): readonly string[] => {
  const accent = statement?.body.kind === "relations" ? accentPaired(statement.body.members) : undefined;
  return accent === undefined ? [] : [accent];
};

/** The text with the accents that stand for gradients, those of its equations too, without equations that give such gradients; these are backward. */
export const withoutOverbars = (
  text: SystemText,
): { readonly text: SystemText; readonly overbars: readonly Definition[] } => {
  const { claims, definitions } = text.statements;
  const accents = new Set([...text.gradientAccents, ...claims.flatMap(accentsIn)]);
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
    text: { ...text, gradientAccents: accents, statements: { ...text.statements, definitions: forward } },
    overbars,
  };
};
