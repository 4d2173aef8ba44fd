/**
 * Equations about derivatives that are written with a prime, among the forward ones. f′(x) = …, where the note has f(x) too, says
 * what its derivative is; δ^l = … ⊙ φ′(z^l), an error that no forward equation reads, is a backward equation.
 */
import type { Syntax } from "../parse/syntax.ts";
import { ERROR } from "./claims/adjoints.ts";
import { applicationsIn, baseOfName, headed, readNames } from "./occurrences.ts";
import { takeApart } from "./scripts.ts";
import type { Definition } from "./statements.ts";
import type { SystemText } from "./systemtext.ts";
import { everyPart, textOf } from "./tree.ts";

/** f, of f′ and f″. */
const withoutPrimes = (name: Syntax): Syntax | undefined => {
  if (name.kind !== "scripted" || name.scripts.at(-1)?.position !== "prime") return undefined;
  const scripts = name.scripts.slice(0, -1);
  return scripts.length === 0 ? name.base : { ...name, scripts };
};

const isError = (left: Syntax): boolean => {
  const { core } = takeApart(left);
  return core.kind === "symbol" && core.name === ERROR;
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
  const isSlope = (name: Syntax): boolean => {
    const value = withoutPrimes(name);
    return value !== undefined && called.has(textOf(value));
  };
  const slopes = new Set(definitions.filter(({ left }) => isSlope(headed(left)?.name ?? left)));
  const backward = definitions.filter(
    each => !slopes.has(each) && isError(each.left) && everyPart(each.right).some(isSlope),
  );
  const forward = definitions.filter(each => !slopes.has(each) && !backward.includes(each));
  const read = new Set(forward.flatMap(({ right }) => readNames(right)).map(baseOfName));
  const primed = definitions.filter(
    each =>
      slopes.has(each) || (backward.includes(each) && !read.has(baseOfName(headed(each.left)?.name ?? each.left))),
  );
  if (primed.length === 0) return { text, primed };
  const rest = definitions.filter(each => !primed.includes(each));
  return { text: { ...text, statements: { ...text.statements, definitions: rest } }, primed };
};
