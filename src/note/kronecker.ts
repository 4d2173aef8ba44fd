/** Kronecker's δ_{ij}, δ_{i1} and δ_{k,y} as the indicators [i = j], [i = 1] and [k = y] that they are. */
import type { Syntax } from "../parse/syntax.ts";
import { baseOfName } from "./occurrences.ts";
import type { Statements } from "./statements.ts";
import { everyPart, replaceParts, textOf } from "./tree.ts";

type Pair = readonly [Syntax, Syntax];

/** The two members of i,j and of ij. */
export const pairIn = (syntax: Syntax): Pair | undefined => {
  const items =
    syntax.kind === "list"
      ? syntax.items
      : syntax.kind === "product" && syntax.factors.every(({ operator }) => !operator)
        ? syntax.factors.map(({ body }) => body)
        : [];
  const [left, right] = items;
  return left && right && items.length === 2 ? [left, right] : undefined;
};

/** What stands below a δ that carries two subscripts and nothing else. */
export const pairBelowDelta = (syntax: Syntax): Pair | undefined => {
  if (syntax.kind !== "scripted" || syntax.base.kind !== "symbol" || syntax.base.name !== "\\delta") return undefined;
  const [script, more] = syntax.scripts;
  return script?.position === "sub" && !more && syntax.base.accents.length === 0 ? pairIn(script.body) : undefined;
};

/** [i = j] */
export const equalityOf = ([left, right]: Pair, { span }: Syntax): Syntax => {
  const body: Syntax = { kind: "relations", members: [left, right], operators: [{ spelling: "=", span }], span };
  return { kind: "group", open: "[", close: "]", body, span };
};

/** Whether some formula is such a δ as a whole, or says otherwise what δ is: then δ has two subscripts as any name may have. */
export const givesDelta = (formulas: readonly Syntax[]): boolean =>
  formulas.some(formula => pairBelowDelta(formula) !== undefined);

const isLetter = (syntax: Syntax): boolean => syntax.kind === "symbol" && /^[a-z]$/u.test(syntax.name);

const isLabel = (syntax: Syntax): boolean => syntax.kind === "scripted" && isLetter(syntax.base);

/** The statements with δ_{k y} of the forward equations as an indicator, where `counting` letters count and nothing defines δ. */
export const withDeltas = (statements: Statements, counting: ReadonlySet<string>): Statements => {
  const { definitions, declarations, claims } = statements;
  const names = [...definitions.map(({ left }) => left), ...declarations.map(({ name }) => name)];
  const claimed = claims.flatMap(({ statement }) => {
    const body = statement?.body;
    return body?.kind === "relations" ? body.members : (body ?? []);
  });
  if (names.some(name => baseOfName(name) === "delta") || givesDelta(claimed)) return statements;
  const counts = (item: Syntax): boolean => counting.has(textOf(item));
  const chooses = (item: Syntax): boolean => item.kind === "number" || isLetter(item) || isLabel(item);
  const indicator = (part: Syntax): Syntax | undefined => {
    const pair = pairBelowDelta(part);
    const isKronecker = pair?.some(counts) && pair.every(item => counts(item) || chooses(item));
    return pair && isKronecker ? equalityOf(pair, part) : undefined;
  };
  if (!definitions.some(({ right }) => everyPart(right).some(part => indicator(part)))) return statements;
  return {
    ...statements,
    definitions: definitions.map(definition => ({ ...definition, right: replaceParts(definition.right, indicator) })),
  };
};
