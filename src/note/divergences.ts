/** D_{KL}(q \| p), KL[q || p]: a divergence as the application of one name to two distributions, whatever stands between them. */
import type { ApplySyntax, Factor, NumberSyntax, ProductSyntax, Statement, Syntax } from "../parse/syntax.ts";
import { DEFINES } from "./statements.ts";
import { replaceParts, textOf } from "./tree.ts";

/** The divergence of one distribution from another, of one Gaussian, from the standard one: spellings that the ops list. */
const PLAIN = "KL";
const GAUSSIANS = "KL of Gaussians";
const STANDARD = "KL from the standard Gaussian";

const wordOf = (name: Syntax): string => textOf(name).replaceAll(/operatorname|[{}_]/gu, "");
const isDivergence = (name: Syntax): boolean => /^(?:KL|DKL|KLD)$/u.test(wordOf(name));
/** Signs of a matrix that is its diagonal alone. */
const DIAGONAL = /^diag$/iu;
const isGaussian = (name: Syntax): boolean => /^(?:N|Normal|Gauss)$/u.test(wordOf(name));

/** The two sides of a bar, of \parallel or of a comma. */
const sidesOf = (brackets: Syntax | undefined): readonly [Syntax, Syntax] | undefined => {
  const body = brackets?.kind === "group" ? brackets.body : null;
  const sides =
    body?.kind === "given"
      ? body.parts
      : body?.kind === "list"
        ? body.items
        : body?.kind === "relations" && body.operators.every(({ spelling }) => spelling === "\\parallel")
          ? body.members
          : [];
  const [q, p] = sides;
  return q && p && sides.length === 2 ? [q, p] : undefined;
};

const called = (syntax: Syntax): { readonly name: Syntax; readonly brackets: Syntax } | undefined => {
  if (syntax.kind === "apply") {
    const { name, scripts, argument, span } = syntax;
    return { name: scripts.length > 0 ? { kind: "scripted", base: name, scripts, span } : name, brackets: argument };
  }
  if (syntax.kind !== "product" || syntax.factors.length !== 2) return undefined;
  const [name, brackets] = syntax.factors as [Factor, Factor];
  return brackets.call ? { name: name.body, brackets: brackets.body } : undefined;
};

const bold = (text: string, { span }: Syntax): NumberSyntax => ({
  kind: "number",
  text,
  fonts: ["mathbf"],
  accents: [],
  span,
});

/** v of diag(v), ones of I and c of c I; any other second argument is as it stands. */
const variances = (spread: Syntax): Syntax => {
  const call = called(spread);
  if (call && DIAGONAL.test(wordOf(call.name)) && call.brackets.kind === "group" && call.brackets.body)
    return call.brackets.body;
  const isIdentity = (syntax: Syntax): boolean => /^I(?:_|$)/u.test(textOf(syntax));
  if (isIdentity(spread)) return bold("1", spread);
  const last = spread.kind === "product" ? spread.factors.at(-1) : undefined;
  if (spread.kind !== "product" || !last || !isIdentity(last.body)) return spread;
  return { ...spread, factors: [...spread.factors.slice(0, -1), { ...last, body: bold("1", last.body) }] };
};

/** The mean and the variances of \mathcal{N}(\mu, \operatorname{diag}(\sigma^2)), of \mathcal{N}(z; \mu, \sigma^2). */
const gaussian = (
  syntax: Syntax,
): { readonly mean: Syntax; readonly spread: Syntax; readonly isStandard: boolean } | undefined => {
  const call = called(syntax);
  const body = call && isGaussian(call.name) && call.brackets.kind === "group" ? call.brackets.body : null;
  if (body?.kind !== "list") return undefined;
  const [mean, spread, more] = body.separators?.[0] === ";" ? body.items.slice(1) : body.items;
  if (!mean || !spread || more) return undefined;
  const isStandard = textOf(mean) === "0" && /^(?:1|I(?:_.*)?)$/u.test(textOf(spread));
  // Where the variances are an array, so is a mean of 0.
  const isArray = variances(spread) !== spread;
  return { mean: isArray && textOf(mean) === "0" ? bold("0", mean) : mean, spread: variances(spread), isStandard };
};

const applied = (spelling: string, name: Syntax, items: readonly Syntax[], span: Syntax["span"]): ApplySyntax => ({
  kind: "apply",
  name: { kind: "symbol", name: spelling, form: "word", fonts: [], accents: [], span: name.span },
  scripts: [],
  argument: { kind: "group", open: "(", close: ")", body: { kind: "list", items, span }, span },
  span,
});

const divergence = (syntax: Syntax): Syntax | undefined => {
  const call = called(syntax);
  const sides = call && isDivergence(call.name) ? sidesOf(call.brackets) : undefined;
  if (!call || !sides) return undefined;
  const [q, p] = sides.map(gaussian);
  if (!q || !p) return applied(PLAIN, call.name, sides, syntax.span);
  return p.isStandard
    ? applied(STANDARD, call.name, [q.mean, q.spread], syntax.span)
    : applied(GAUSSIANS, call.name, [q.mean, q.spread, p.mean, p.spread], syntax.span);
};

/** Factors of a longer product: \beta D_{KL}(q \| p). */
const amongFactors = (product: ProductSyntax): Syntax | undefined => {
  const factors: Factor[] = [];
  for (let i = 0; i < product.factors.length; i++) {
    const [own, next] = product.factors.slice(i, i + 2) as [Factor, Factor | undefined];
    const span = { start: own.body.span.start, end: (next ?? own).body.span.end };
    const body = next?.call ? divergence({ kind: "product", factors: [own, next], span }) : undefined;
    factors.push(body ? { ...own, body } : own);
    if (body) i++;
  }
  const [only, more] = factors;
  if (factors.length === product.factors.length || !only) return undefined;
  return more ? spellDivergences({ ...product, factors }) : only.body;
};

/** The formula with each divergence of distributions that it gives applied by the spelling of an op. */
export const spellDivergences = (syntax: Syntax): Syntax =>
  replaceParts(syntax, part =>
    part.kind === "product" ? amongFactors(part) : part.kind === "apply" ? divergence(part) : undefined,
  );

/** KL(q \| p) = …: what a note defines is a name with brackets behind it, no application. */
export const withNamedDivergence = (statement: Statement): Statement => {
  const { body } = statement;
  const left = body.kind === "relations" ? body.members[0] : undefined;
  const call = left?.kind === "apply" ? called(left) : undefined;
  if (body.kind !== "relations" || !left || !call || !isDivergence(call.name)) return statement;
  if (!DEFINES.has(body.operators[0]?.spelling ?? "") || !sidesOf(call.brackets)) return statement;
  const factors: readonly Factor[] = [
    { operator: null, body: call.name, call: false },
    { operator: null, body: call.brackets, call: true },
  ];
  const named: Syntax = { kind: "product", factors, span: left.span };
  return { ...statement, body: { ...body, members: [named, ...body.members.slice(1)] } };
};
