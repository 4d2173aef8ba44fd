/** Members of families at their own index names. */
import { type AtNode, at, type SymbolNode } from "../../expr/node.ts";
import { named } from "../../expr/polynomial.ts";

/** The symbol, or its member at the given index names. */
export const generalMember = (node: SymbolNode, indices: readonly string[]): SymbolNode | AtNode =>
  indices.length > 0 ? at(node, indices.map(named)) : node;
