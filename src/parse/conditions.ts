import type { ProseSyntax, Syntax } from "./syntax.ts";
import type { Token } from "./token.ts";

const ORDERS: ReadonlySet<string> = new Set([
  "<",
  ">",
  "<=",
  ">=",
  "\\le",
  "\\leq",
  "\\ge",
  "\\geq",
  "\\lt",
  "\\gt",
  "\\leqslant",
  "\\geqslant",
  "\\ne",
  "\\neq",
  "!=",
  "\\ll",
  "\\gg",
]);

const PROVISOS =
  /^(?:for|for all|for each|for every|for any|if|when|whenever|with|as|while|\\forall|当|若|如果|对|对于|对所有|其中|任意)\b|^(?:当|若|如果|对|任意)/iu;

/** An inequality, perhaps several: what a bracket behind an equation must hold to be a proviso. */
const isOrder = (node: Syntax): boolean =>
  node.kind === "relations" && node.operators.some(operator => ORDERS.has(operator.spelling));

/** A bare name such as t or l, perhaps with a subscript. */
const isName = (node: Syntax): boolean =>
  node.kind === "symbol" ||
  (node.kind === "scripted" && node.base.kind === "symbol") ||
  (node.kind === "list" && node.items.every(isPlain));
const isPlain = (node: Syntax): boolean => node.kind === "symbol" || node.kind === "number" || node.kind === "dots";

/** Cuts off a trailing (t < T). An indicator, 𝟙(a < b), keeps its bracket. */
export const asCondition = (
  tokens: readonly Token[],
): { readonly tokens: readonly Token[]; readonly condition: Syntax | null } => {
  const last = tokens[tokens.length - 1];
  const node = last?.node;
  if (
    tokens.length < 2 ||
    last?.type !== "group" ||
    node?.kind !== "group" ||
    node.open !== "(" ||
    node.body === null ||
    !isOrder(node.body)
  )
    return { tokens, condition: null };
  const before = tokens[tokens.length - 2]?.node;
  const base = before?.kind === "scripted" ? before.base : before;
  if (base === undefined || base === null) return { tokens, condition: null };
  if (
    (base.kind === "symbol" || base.kind === "number") &&
    (base.fonts.some(font => font === "mathbb" || font === "mathds" || font === "mathbbm") ||
      base.kind === "number" ||
      base.name === "I")
  ) {
    return { tokens, condition: null };
  }
  return { tokens: tokens.slice(0, -1), condition: node.body };
};

/**
 * What follows an equation in its row and only says for which indices it holds: (t < T); t = 1, \ldots, T;
 * "for t = T". Returns the proviso, null if it is a statement of its own.
 */
export const isCondition = (body: Syntax, before: readonly ProseSyntax[]): Syntax | null => {
  if (
    body.kind === "group" &&
    body.open === "(" &&
    body.body !== null &&
    (body.body.kind === "relations" || body.body.kind === "list") &&
    holdsRelation(body.body)
  )
    return body.body;
  const words = before[before.length - 1]?.text.trim() ?? "";
  if (body.kind !== "relations") return null;
  if (PROVISOS.test(words)) return body;
  const left = body.members[0] as Syntax;
  const right = body.members[body.members.length - 1] as Syntax;
  if (isOrder(body))
    return body.members.every(member => isName(member) || isPlain(member) || member.kind === "sum") ? body : null;
  const sign = body.operators[0]?.spelling;
  if (!isName(left) || body.operators.length !== 1) return null;
  if (right.kind === "list" && right.items.some(item => item.kind === "dots")) return body;
  if (sign === "\\in" && left.kind === "symbol" && left.fonts.length === 0 && right.kind === "group") return body;
  return null;
};

const holdsRelation = (node: Syntax): boolean =>
  node.kind === "relations" || (node.kind === "list" && node.items.some(item => item.kind === "relations"));
