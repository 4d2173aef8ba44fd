/** How a note writes its gradients, where that is a matter of taste: derivations of the same system are written that way. */
import type { Habits } from "../../expr/system.ts";
import type { BigSyntax, Syntax } from "../../parse/syntax.ts";
import { nodesOf } from "../../parse/walk.ts";
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

export const habitsOf = (claims: readonly Claim[]): Habits => {
  const nodes = claims.flatMap(({ statement }) => (statement ? [...nodesOf(statement.body)] : []));
  return { bareSums: bareSumsIn(nodes) };
};
