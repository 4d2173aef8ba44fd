/** What remains of a recurrence when a function that is known only by name is the identity. */
import { type Node, SCALAR } from "../../expr/node.ts";
import type { System } from "../../expr/system.ts";
import { postorder, transform } from "../../expr/walk.ts";
import { call, opOf } from "../../ops/call.ts";
import type { Suppositions } from "../../rewrite/law.ts";
import { simplify } from "../../rules/simplify.ts";
import { zeroOf } from "../terms.ts";
import type { Linear } from "./linear.ts";
import type { Recurrence } from "./recurrence.ts";
import { onesOf } from "./templates.ts";

export const isElementwise = (name: string): boolean => {
  const { means } = opOf(name);
  return "each" in means && means.each === "function";
};

const functionsIn = (node: Node | undefined): readonly string[] =>
  node
    ? postorder(node).flatMap(part =>
        part.kind === "call" && isElementwise(part.op) ? [String(part.attributes.function)] : [],
      )
    : [];

/** The one abstract function whose derivatives the operator contains; undefined if there is none or several. */
export const functionOf = ({ scalar, left, right }: Linear, system: System): string | undefined => {
  const names = new Set([scalar, left, right].flatMap(functionsIn));
  const [only, ...more] = names;
  return only !== undefined && more.length === 0 && !system.functions.get(only)?.definition ? only : undefined;
};

/** The term with φ(z) = z, φ′ = 1 and higher derivatives 0. */
export const withIdentity = (root: Node, name: string): Node =>
  transform(root, {
    call: (op, args, original) => {
      const { function: fn, order } = original.attributes;
      const [argument] = args;
      if (fn !== name || !argument || !isElementwise(op)) return call(op, args, original.attributes);
      return order === 0 ? argument : order === 1 ? onesOf(argument.shape) : zeroOf(argument.shape ?? SCALAR);
    },
  });

export const supposeIdentity = (recurrence: Recurrence, name: string, suppositions: Suppositions): Recurrence => {
  const put = (node: Node): Node => simplify(withIdentity(node, name), suppositions).node;
  const { scalar, left, right } = recurrence.operator;
  return {
    ...recurrence,
    step: put(recurrence.step),
    operator: {
      ...(scalar ? { scalar: put(scalar) } : {}),
      ...(left ? { left: put(left) } : {}),
      ...(right ? { right: put(right) } : {}),
    },
    sources: recurrence.sources.map(({ value, over }) => ({ value: put(value), over })),
    ...(recurrence.coupled ? { coupled: put(recurrence.coupled) } : {}),
  };
};
