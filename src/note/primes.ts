/**
 * Equations for derivatives that are written with a prime, f′(x) = …, φ′ = …, among the forward ones: where the note has f(x)
 * too, they say what its derivative is, and no forward equation rests on them.
 */
import type { Syntax } from "../parse/syntax.ts";
import { applicationsIn, headed } from "./occurrences.ts";
import type { Definition } from "./statements.ts";
import type { SystemText } from "./systemtext.ts";
import { textOf } from "./tree.ts";

/** f, of f′ and f″. */
const withoutPrimes = (name: Syntax): Syntax | undefined => {
  if (name.kind !== "scripted" || name.scripts.at(-1)?.position !== "prime") return undefined;
  const scripts = name.scripts.slice(0, -1);
  return scripts.length === 0 ? name.base : { ...name, scripts };
};

/** The text without such equations, and these. */
export const withoutPrimed = (
  text: SystemText,
): { readonly text: SystemText; readonly primed: readonly Definition[] } => {
  const { definitions } = text.statements;
  const heads = definitions.flatMap(({ left, right }) =>
    [headed(left)?.name ?? [], ...applicationsIn(right).map(each => each.name)].flat(),
  );
  const called = new Set(heads.map(textOf));
  const primed = definitions.filter(({ left }) => {
    const value = withoutPrimes(headed(left)?.name ?? left);
    return value !== undefined && called.has(textOf(value));
  });
  if (primed.length === 0) return { text, primed };
  const rest = definitions.filter(each => !primed.includes(each));
  return { text: { ...text, statements: { ...text.statements, definitions: rest } }, primed };
};
