/** The right side of a law, built from what the left side matched. Recursion is over patterns, which are ours and small. */
import { InternalError } from "../base/diagnostic.ts";
import { integerNode, type Node, over, substituteIndices } from "../expr/node.ts";
import { named, namesIn, type Polynomial, soleName, substitute } from "../expr/polynomial.ts";
import { postorder } from "../expr/walk.ts";
import { call } from "../ops/call.ts";
import { type Binding, binderKey, integersIn, lookUp, openingName } from "./binding.ts";

const magnitude = (value: Polynomial): number => value.monomials.reduce((sum, m) => sum + Math.abs(m.coefficient), 0);

/** Whether all integers of the right side stay exact. */
const staysExact = (template: Node, integers: ReadonlyMap<string, Polynomial>): boolean =>
  template.free.length === 0 ||
  postorder(template).every(
    node =>
      node.kind !== "integer" ||
      node.value.monomials.reduce(
        (sum, m) =>
          sum +
          m.names.reduce(
            (product, name) => product * magnitude(integers.get(name) ?? named(name)),
            Math.abs(m.coefficient),
          ),
        0,
      ) < Number.MAX_SAFE_INTEGER,
  );

/** The right side of a law for a match; undefined where an exponent would be too large. */
export const buildTerm = (template: Node, binding: Binding): Node | undefined => {
  const integers = integersIn(binding);
  if (!staysExact(template, integers)) return undefined;
  const visible: string[] = [];
  for (let entry = binding; entry; entry = entry.next)
    if (entry.kind === "node" || entry.kind === "member") visible.push(...entry.node.free);
  const missing = (name: string): never => {
    throw new InternalError(`nothing is bound to ${name} in a law`);
  };
  const build = (node: Node, indices: ReadonlyMap<string, string>): Node => {
    switch (node.kind) {
      case "symbol":
        return lookUp(binding, "node", node.name)?.node ?? missing(node.name);
      case "number":
        return node;
      case "integer":
        return integerNode(substitute(node.value, integers));
      case "at": {
        const member = lookUp(binding, "member", node.of.name) ?? missing(node.of.name);
        const index = indices.get(soleName(node.index[0] as Polynomial) ?? "") ?? missing("an index");
        return substituteIndices(member.node, new Map([[member.index, named(index)]]));
      }
      case "call":
        return call(
          node.op,
          node.args.map(arg => build(arg, indices)),
          node.attributes,
        );
      case "over": {
        const binder = lookUp(binding, "binder", binderKey(node)) ?? missing("a sum");
        const index = openingName([
          ...visible,
          ...indices.values(),
          binder.index,
          ...binder.domain.where.flatMap(namesIn),
        ]);
        const where = binder.domain.where.map(c => substitute(c, new Map([[binder.index, named(index)]])));
        return over(node.fold, index, { where }, build(node.body, new Map([...indices, [node.index, index]])));
      }
      case "partial":
        throw new InternalError("a partial derivative in a law");
    }
  };
  return build(template, new Map());
};
