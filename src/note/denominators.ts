/**
 * y/g(x), where g is a function: the parser, which knows no functions, takes a bracket behind a slash for a factor,
 * 1/m (x − y) being (1/m)(x − y).
 */
import type { Factor, Syntax } from "../parse/syntax.ts";
import { applicationsIn, headed } from "./occurrences.ts";
import { isName, takeApart } from "./scripts.ts";
import type { SystemText } from "./systemtext.ts";
import { everyPart, replaceParts, textOf } from "./tree.ts";

/** g, of g′ and g″. */
const calledName = (name: Syntax): string => textOf(takeApart(name).core);

const isNameItself = (syntax: Syntax): boolean => isName(takeApart(syntax).core);

/** The names below slashes that have a bracket behind them. */
const denominatorsIn = (root: Syntax): readonly Syntax[] =>
  everyPart(root).flatMap(part =>
    part.kind === "product"
      ? part.factors.flatMap(({ body }, i) => (isCalledBelow(body, part.factors[i + 1]) ? [body.bottom] : []))
      : [],
  );

const isCalledBelow = (body: Syntax, next: Factor | undefined): body is Syntax & { kind: "fraction" } =>
  body.kind === "fraction" && body.form === "slash" && next?.call === true && isNameItself(body.bottom);

/** Names that are defined with arguments, and those that never stand without a bracket. */
const functionsIn = (formulas: readonly Syntax[], heads: readonly Syntax[]): ReadonlySet<string> => {
  const applied = formulas.flatMap(formula => applicationsIn(formula).map(({ name }) => name));
  const letters = new Set([...applied, ...formulas.flatMap(denominatorsIn)].map(name => takeApart(name).core));
  const found = new Set(applied.map(calledName));
  for (const formula of formulas)
    for (const part of everyPart(formula)) if (part.kind === "symbol" && !letters.has(part)) found.delete(textOf(part));
  for (const head of heads) found.add(calledName(head));
  return found;
};

const called = (root: Syntax, functions: ReadonlySet<string>): Syntax =>
  replaceParts(root, part => {
    if (part.kind !== "product") return undefined;
    const at = part.factors.findIndex(
      ({ body }, i) => isCalledBelow(body, part.factors[i + 1]) && functions.has(calledName(body.bottom)),
    );
    if (at < 0) return undefined;
    const { operator, body } = part.factors[at] as Factor & { body: Syntax & { kind: "fraction" } };
    const argument = part.factors[at + 1] as Factor;
    const span = { start: body.bottom.span.start, end: argument.body.span.end };
    const bottom: Syntax = {
      kind: "product",
      factors: [
        { operator: null, body: body.bottom, call: false },
        { ...argument, operator: null },
      ],
      span,
    };
    const quotient: Syntax = { ...body, bottom, span: { start: body.span.start, end: span.end } };
    const factors = [...part.factors];
    factors.splice(at, 2, { operator, body: quotient, call: false });
    const [only, more] = factors as [Factor, ...Factor[]];
    return called(more ? { ...part, factors } : only.body, functions);
  });

/** The text with functions below slashes applied to what stands behind them. */
export const withCalledDenominators = (text: SystemText): SystemText => {
  const { definitions, claims } = text.statements;
  const formulas = [
    ...definitions.flatMap(({ left, right }) => [left, right]),
    ...claims.flatMap(({ statement }) => statement?.body ?? []),
  ];
  if (!formulas.some(formula => denominatorsIn(formula).length > 0)) return text;
  const heads = definitions.flatMap(({ left }) => headed(left)?.name ?? []);
  const functions = functionsIn(formulas, heads);
  if (functions.size === 0) return text;
  return {
    ...text,
    statements: {
      ...text.statements,
      definitions: definitions.map(each => ({ ...each, right: called(each.right, functions) })),
      claims: claims.map(claim =>
        claim.statement
          ? { ...claim, statement: { ...claim.statement, body: called(claim.statement.body, functions) } }
          : claim,
      ),
    },
  };
};
