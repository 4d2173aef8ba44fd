/** Calls of every op on random arguments, for the walks of the op table. */
import {
  type Attributes,
  type CallNode,
  integerNode,
  type Node,
  Scope,
  type SymbolNode,
  symbol,
} from "../../src/expr/node.ts";
import { named, ONE, soleName } from "../../src/expr/polynomial.ts";
import { AXES, along, liftedSignatures } from "../../src/ops/along.ts";
import { call } from "../../src/ops/call.ts";
import type { Op } from "../../src/ops/op.ts";
import { readSignature } from "../../src/shape/signature.ts";

export interface Instance {
  readonly name: string;
  readonly node: CallNode;
  /** The adjoint of the result: a symbol of its shape. */
  readonly G: SymbolNode;
  /** Positions of array arguments. */
  readonly slots: readonly number[];
  readonly sizes: ReadonlyMap<string, number>;
}

/** Distinct primes, so that a swapped dimension cannot hide. */
const PRIMES = [2, 3, 5, 7, 11];

const withSignature = (op: Op, text: string, attributes: Attributes = {}): readonly Instance[] => {
  const { args, result } = readSignature(text);
  const names = [
    ...new Set(
      [...args.flatMap(p => (p.kind === "tensor" ? [p.rows, p.columns] : [])), result.rows, result.columns].flatMap(
        p => soleName(p) ?? [],
      ),
    ),
  ];
  const integers = args.flatMap(p => (p.kind === "integer" ? [p.name] : []));
  // An integer that is no size is an exponent: 0, 1 and larger ones are all different cases.
  const exponents = integers.some(name => !names.includes(name)) ? [0, 1, 2, 5] : [undefined];
  return exponents.flatMap(exponent =>
    [0, 1].map((turn): Instance => {
      const scope = new Scope();
      const sizes = new Map(names.map((name, i) => [name, PRIMES[(i + turn) % PRIMES.length] as number]));
      // Several of them differ: a slice from one to another place.
      if (exponent !== undefined)
        for (const [i, name] of integers.filter(name => !names.includes(name)).entries()) sizes.set(name, exponent + i);
      const nodes = args.map(
        (pattern, i): Node =>
          pattern.kind === "integer"
            ? integerNode(named(pattern.name))
            : symbol(scope, op.args[i] as string, [pattern.rows, pattern.columns]),
      );
      const node = call(op.name, nodes, attributes);
      return {
        name: [...sizes].map(([name, value]) => `${name} = ${value}`).join(", "),
        node,
        G: symbol(scope, "G", node.shape),
        slots: args.flatMap((pattern, i) => (pattern.kind === "tensor" ? [i] : [])),
        sizes,
      };
    }),
  );
};

/** Abstract functions: of a vector, a matrix and a scalar, with results of every rank. */
const abstract = (op: Op): readonly Instance[] => {
  const [m, n, k] = ["m", "n", "k"].map(named) as [
    ReturnType<typeof named>,
    ReturnType<typeof named>,
    ReturnType<typeof named>,
  ];
  const sizes = new Map([
    ["m", 2],
    ["n", 3],
    ["k", 5],
  ]);
  const face = "abstract" in op.means ? op.means.abstract : "chain";
  const results = face === "value" ? [[], [k], [k, m]] : face === "gradient" ? [[]] : [[], [k], [ONE, k]];
  return results.flatMap(result =>
    [1, 2, 3].map((slot): Instance => {
      const scope = new Scope();
      const args = [symbol(scope, "a", [n]), symbol(scope, "B", [m, n]), symbol(scope, "c")];
      const attributes: Attributes = { function: "f", result, slot };
      const pull = "abstract" in op.means && op.means.abstract === "pull";
      const node = call(op.name, pull ? [symbol(scope, "g", result), ...args] : args, attributes);
      return {
        name: `result ${result.length}, slot ${slot}`,
        node,
        G: symbol(scope, "G", node.shape),
        slots: [0, 1, 2],
        sizes,
      };
    }),
  );
};

/** φ, φ′ and φ″. */
const elementwise = (op: Op, text: string): readonly Instance[] =>
  withSignature(op, text).flatMap(instance =>
    [0, 1, 2].map(order => ({
      ...instance,
      name: `${instance.name}, order ${order}`,
      node: call(op.name, instance.node.args, { function: "phi", order }),
    })),
  );

/** Calls of an op on symbols; none for the notation of chain rules, which is no function. */
export const instancesOf = (op: Op): readonly Instance[] => {
  if ("abstract" in op.means) return op.means.abstract === "chain" ? [] : abstract(op);
  if (typeof op.shape !== "string") throw new Error(`${op.name} needs instances of its own`);
  return "each" in op.means && op.means.each === "function" ? elementwise(op, op.shape) : withSignature(op, op.shape);
};

/** Calls of an op of vectors along the rows and the columns of matrices, in every way in which arguments may be shared. */
export const liftedInstancesOf = (op: Op): readonly Instance[] =>
  AXES.flatMap(axis =>
    liftedSignatures(op, axis).flatMap(({ text }) =>
      withSignature(op, text, along(axis)).map(instance => ({ ...instance, name: `${text}, ${instance.name}` })),
    ),
  );
