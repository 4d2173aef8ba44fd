/** How a note writes its gradients, where that is a matter of taste: derivations of the same system are written that way. */
import type { Habits, System } from "../../expr/system.ts";
import { withoutFonts } from "../../latex/names.ts";
import type { BigSyntax, Syntax } from "../../parse/syntax.ts";
import { nodesOf } from "../../parse/walk.ts";
import { takeApart } from "../scripts.ts";
import type { Claim } from "../statements.ts";
import { textOf } from "../tree.ts";

const isSum = (node: Syntax): node is BigSyntax => node.kind === "big" && node.spelling === "\\sum";

/** Σ_t without limits, unless the note writes limits for the same letter elsewhere in its gradients. */
const bareSumsIn = (nodes: readonly Syntax[]): ReadonlySet<string> => {
  const bare = new Set<string>();
  const limited = new Set<string>();
  for (const { lower, upper } of nodes.filter(isSum)) {
    if (lower?.kind === "symbol" && upper === null) bare.add(textOf(lower));
    else if (lower?.kind === "relations" && lower.members[0]) limited.add(textOf(lower.members[0]));
  }
  return new Set([...bare].filter(letter => !limited.has(letter)));
};

/** The single letters of an index list: i, j and ij. */
const lettersIn = (syntax: Syntax): readonly string[] => {
  if (syntax.kind === "symbol") return [syntax.name];
  if (syntax.kind === "list") return syntax.items.flatMap(lettersIn);
  if (syntax.kind === "product") return syntax.factors.flatMap(({ body }) => lettersIn(body));
  return [];
};

const subscriptsOf = (syntax: Syntax): readonly string[] =>
  takeApart(syntax).elements.flatMap(element =>
    element.kind === "item" && element.position === "sub" ? lettersIn(element.body) : [],
  );

/** What is differentiated by, and the letters behind it: ∂L/∂o_i, (∇_o L)_i. */
const variablesIn = (node: Syntax): readonly { readonly core: Syntax; readonly letters: readonly string[] }[] => {
  if (node.kind === "derivative")
    return node.by.map(({ variable }) => ({ core: takeApart(variable).core, letters: subscriptsOf(variable) }));
  const inside = node.kind === "scripted" && node.base.kind === "group" ? node.base.body : null;
  const [variable, ...more] = inside?.kind === "derivative" ? inside.by.map(each => each.variable) : [];
  if (node.kind !== "scripted" || !variable || more.length > 0) return [];
  const letters = node.scripts.flatMap(script => (script.position === "sub" ? lettersIn(script.body) : []));
  return [{ core: takeApart(variable).core, letters }];
};

/** Arrays by whose entries the note differentiates, by their letters without fonts, with the letters of the places. */
const entriesIn = (nodes: readonly Syntax[], { symbols }: System): Habits["entries"] => {
  const found = new Map<string, readonly string[]>();
  for (const { core, letters } of nodes.flatMap(variablesIn)) {
    if (core.kind !== "symbol" || found.has(core.name)) continue;
    for (const { node, indices, latex } of symbols.values()) {
      const places = letters.filter(letter => !indices.includes(letter));
      if (withoutFonts(latex) === core.name && places.length > 0 && places.length === node.shape.length)
        found.set(core.name, places);
    }
  }
  return found;
};

/** The note's sign of an indicator: #1 stands for the place, #2 for the label. */
const indicatorIn = (nodes: readonly Syntax[]): string | undefined => {
  const signOf = (syntax: Syntax): string | undefined =>
    syntax.kind === "number" && syntax.text === "1" && syntax.fonts[0] ? `\\${syntax.fonts[0]}{1}` : undefined;
  for (const node of nodes) {
    if (node.kind === "scripted" && node.scripts.length === 1) {
      const [script] = node.scripts;
      const sign = signOf(node.base);
      if (sign === undefined || script?.position !== "sub") continue;
      if (script.body.kind === "list" && script.body.items.length === 2) return `${sign}_{#1,#2}`;
      if (script.body.kind === "relations") return `${sign}_{#1=#2}`;
    }
    if (node.kind !== "product") continue;
    for (const [i, { body }] of node.factors.entries()) {
      const sign = signOf(body);
      const next = node.factors[i + 1]?.body;
      if (sign !== undefined && next?.kind === "group" && next.body?.kind === "relations") return `${sign}(#2 = #1)`;
    }
  }
  return undefined;
};

const exponentsIn = (nodes: readonly Syntax[]): readonly string[] =>
  nodes.flatMap(node =>
    node.kind === "scripted"
      ? node.scripts.flatMap(script => (script.position === "sup" ? textOf(script.body).replace(/\s/gu, "") : []))
      : [],
  );

/** Whether there are powers with a negative exponent, and none with a sign that says of what. */
const hasBarePowers = (nodes: readonly Syntax[]): boolean => {
  const exponents = exponentsIn(nodes).map(text => text.replace(/[{}]/gu, ""));
  return exponents.some(text => /^-\d+$/u.test(text)) && !exponents.some(text => /\\(?:odot|circ)/u.test(text));
};

/** Whether a divisor stands below the bar of a derivative, with the differential: the fraction has no other place then. */
const joinsDivisors = (nodes: readonly Syntax[]): boolean =>
  nodes.some(
    node =>
      node.kind === "fraction" &&
      node.top.kind === "derivative" &&
      node.top.span.start === node.span.start &&
      node.top.span.end === node.span.end,
  );

export const habitsOf = (claims: readonly Claim[], system: System): Habits => {
  const nodes = claims.flatMap(({ statement }) => (statement ? [...nodesOf(statement.body)] : []));
  const indicator = indicatorIn(nodes);
  const rootExponent = exponentsIn(nodes).find(text => /^-(?:0?\.5|1\/2|\\frac\{1\}\{2\})$/u.test(text));
  return {
    bareSums: bareSumsIn(nodes),
    entries: entriesIn(nodes, system),
    barePowers: hasBarePowers(nodes),
    ...(joinsDivisors(nodes) ? { joinedDivisors: true } : {}),
    ...(rootExponent === undefined ? {} : { rootExponent }),
    ...(indicator === undefined ? {} : { indicator }),
  };
};
