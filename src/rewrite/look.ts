/** Quick looks at a term that spare most attempts to match. */
import type { AtNode, Node, SymbolNode } from "../expr/node.ts";
import type { Sorts } from "./binding.ts";
import { lawfulness } from "./spine.ts";

/** Whether a pattern is a metavariable that matches anything of its shape. */
export const isBare = (pattern: Node, sorts: Sorts): pattern is SymbolNode | AtNode =>
  (pattern.kind === "symbol" && !sorts.has(pattern.name)) || pattern.kind === "at";

/** Whether a pattern may match by the look of its root alone. */
export const looksLike = (pattern: Node, node: Node, sorts: Sorts): boolean => {
  switch (pattern.kind) {
    case "symbol": {
      const sort = sorts.get(pattern.name);
      return sort === undefined || node.kind === "number" || (sort === "integer" && node.kind === "integer");
    }
    case "number":
      return pattern === node;
    case "call":
      return node.kind === "call" && node.op === pattern.op;
    case "over":
      return node.kind === "over" && node.fold === pattern.fold && looksLike(pattern.body, node.body, sorts);
    default:
      return true;
  }
};

/** The same for the arguments of a call, where their order is that of the pattern. */
export const argumentsLookLike = (pattern: Node, node: Node, sorts: Sorts): boolean => {
  if (pattern.kind !== "call" || node.kind !== "call") return looksLike(pattern, node, sorts);
  if (lawfulness(pattern.op, pattern.args).commutative) return true;
  return pattern.args.every((arg, i) => looksLike(arg, node.args[i] as Node, sorts));
};
