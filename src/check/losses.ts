/** Losses ℓ(o, y) that a note leaves open and its backward pass does not: ∂L/∂o = o − y is right where ℓ is half the squared error. */
import type { StatedEquation } from "../exact/witness.ts";
import { type CallNode, callNode, integerNode, type Node } from "../expr/node.ts";
import { integer } from "../expr/polynomial.ts";
import { type FunctionEntry, familyOf, type System } from "../expr/system.ts";
import { postorder, readsIn, transform } from "../expr/walk.ts";
import { call, fit, isAbstract } from "../ops/call.ts";
import { OPS } from "../ops/index.ts";
import type { Op } from "../ops/op.ts";
import { pullbackOf } from "../term/faces.ts";
import { CUSTOMS, type Custom } from "./customs.ts";

/** A system in which ℓ is one of the losses that have names, and what an equation says there. */
export interface NamedLoss extends Custom {
  readonly of: (equation: StatedEquation) => StatedEquation;
}

const LOSSES = OPS.flatMap(op =>
  op.compares
    ? [
        {
          op,
          order: op.args.map(name => (name === op.compares?.output ? "output" : "target")),
          names: [op.compares.name.en, op.compares.name.zh],
        },
      ]
    : [],
);

const ONE = integerNode(integer(1));

const isGradient = ({ op }: CallNode): boolean => {
  const means = OPS.find(({ name }) => name === op)?.means;
  return means !== undefined && "abstract" in means && means.abstract === "gradient";
};

/** Which of two arguments of an open function the forward equations compute; undefined where it compares nothing. */
const outputOf = ({ symbols }: System, applications: readonly CallNode[]): 0 | 1 | undefined => {
  const isComputed = (node: Node): boolean =>
    readsIn(node).some(read => symbols.get(familyOf(read).name)?.role === "defined");
  const [first] = applications.map(({ args }) => args.findIndex(isComputed));
  const compares = applications.every(
    ({ args }) =>
      args.length === 2 && args.findIndex(isComputed) === first && !isComputed(args[first === 0 ? 1 : 0] as Node),
  );
  return compares && (first === 0 || first === 1) ? first : undefined;
};

const writtenIn = ({ latex, member }: FunctionEntry): string =>
  member ? member.latex.replaceAll("\u0001", member.index) : latex;

/** Every loss that an open function may be, with the customs that it needs beside. */
export const namedLosses = (system: System): readonly NamedLoss[] => {
  const calls = system.equations
    .flatMap(({ right }) => postorder(right))
    .filter((node): node is CallNode => node.kind === "call" && isAbstract(node.op) && node.shape.length === 0);
  const names = [...new Set(calls.map(({ attributes }) => attributes.function))];
  return names.flatMap(name => {
    const applications = calls.filter(({ attributes }) => attributes.function === name);
    const output = outputOf(system, applications);
    const entry = system.functions.get(String(name));
    if (output === undefined || !entry) return [];
    const said = entry.losses;
    return LOSSES.filter(({ op }) => said?.includes(op.name) ?? true).flatMap(
      ({ op, order, names: shown }): readonly NamedLoss[] => {
        const placed = (args: readonly Node[]): readonly Node[] =>
          order.map(role => args[role === "output" ? output : 1 - output] as Node);
        if (applications.some(({ args }) => "kind" in fit(op, placed(args)))) return [];
        const read = (root: Node): Node => withLoss(root, name as string, op, placed);
        const equations = system.equations.map(equation => ({ ...equation, right: read(equation.right) }));
        const named = { ...system, equations };
        const because = {
          id: said ? ("loss-said" as const) : ("loss" as const),
          of: [writtenIn(entry), ...shown],
        };
        const of = (equation: StatedEquation): StatedEquation => ({
          ...equation,
          left: read(equation.left),
          right: read(equation.right),
        });
        const kept = CUSTOMS.flatMap(row => row(named) ?? []).map(custom => ({
          ...custom,
          because: { ...because, and: [custom.because] },
          of,
        }));
        return [{ because, system: named, fixed: new Set(), of }, ...kept];
      },
    );
  });
};

/** The term in which an open loss is an op, and its gradients are those of the op. */
const withLoss = (root: Node, name: string, op: Op, placed: (args: readonly Node[]) => readonly Node[]): Node =>
  transform(root, {
    call: (called, args, original) => {
      if (original.attributes.function !== name) return callNode(called, args, original.attributes, original.shape);
      const value = call(op.name, placed(args));
      if (isAbstract(called)) return value;
      const slot = placed(args).indexOf(args[Number(original.attributes["slot"]) - 1] as Node);
      const slope = isGradient(original) ? pullbackOf(op, value.args, value.attributes, slot, ONE, value) : undefined;
      return slope ?? callNode(called, args, original.attributes, original.shape);
    },
  });
