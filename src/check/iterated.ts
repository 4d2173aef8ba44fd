/** Names of iterations alone: averages of gradients such as m_t = β m_{t-1} + (1-β) g_t, v ← βv - ηg, and what is made of them. */
import { constantValue, minus } from "../expr/polynomial.ts";
import type { Chain } from "../note/claims/chains.ts";
import { integerOf } from "../note/integers.ts";
import { baseOfName, readNames } from "../note/occurrences.ts";
import { takeApart } from "../note/scripts.ts";
import { textOf } from "../note/tree.ts";
import type { Syntax } from "../parse/syntax.ts";

/** How far a name with the same letter lies behind: 1 of m_{t-1} behind m_t, 0 of v behind v; undefined of any other name. */
const behind = (own: Syntax, other: Syntax): number | undefined => {
  if (textOf(own) === textOf(other)) return 0;
  const [a, b] = [takeApart(own).elements, takeApart(other).elements];
  if (baseOfName(own) !== baseOfName(other) || a.length !== b.length) return undefined;
  const steps = a.map((element, i): number | undefined => {
    const same = b[i];
    if (element.kind !== "item" || same?.kind !== "item") return undefined;
    const [here, there] = [integerOf(element.body), integerOf(same.body)];
    if (here && there) return constantValue(minus(here, there));
    return textOf(element.body) === textOf(same.body) ? 0 : undefined;
  });
  return steps.reduce<number | undefined>(
    (sum, step) => (sum === undefined || step === undefined ? undefined : sum + step),
    0,
  );
};

/** The letters of such names; errors run the other way, δ_t from δ_{t+1}. `isKnown`: letters of the forward equations. */
export const iteratedIn = (chains: readonly Chain[], isKnown: (base: string) => boolean): ReadonlySet<string> => {
  const rules = chains.flatMap(({ members: [left, right, more], defines }) => {
    const base = left && baseOfName(left);
    return left && right && !more && !defines && base !== undefined && !isKnown(base)
      ? [{ left, base, reads: readNames(right) }]
      : [];
  });
  const found = new Set(
    rules.flatMap(({ left, base, reads }) =>
      reads.some(name => (behind(left, name) ?? -1) >= 0 && baseOfName(name) === base) ? [base] : [],
    ),
  );
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { base, reads } of rules) if (reads.some(name => found.has(baseOfName(name) ?? ""))) found.add(base);
  }
  return found;
};
