/** Faces of ops for given arguments: definitions, what code computes, pullbacks; of lifted calls too. */
import { InternalError } from "../base/diagnostic.ts";
import { type Attributes, integerNode, type Node, normalShape, Scope, type Size, symbol } from "../expr/node.ts";
import { integer, named, type Polynomial } from "../expr/polynomial.ts";
import { type Axis, axisOf, COUNT, fitAlong, type Members, membersOf, stackedAxes } from "../ops/along.ts";
import { call } from "../ops/call.ts";
import type { Op } from "../ops/op.ts";
import { gather, liftTerm } from "./lift.ts";
import { expandMember, instantiate, instantiateFace, type Template } from "./template.ts";

const lifted = new Map<string, Template>();

/** One call of an op of vectors on metavariables, which are stacked or shared by all. */
interface Single {
  readonly args: readonly Node[];
  readonly stacks: ReadonlyMap<Node, Node>;
  readonly more: ReadonlyMap<string, Node>;
}

const singleOf = (op: Op, members: Members, axis: Axis, stacked: readonly boolean[]): Single => {
  const scope = new Scope();
  const stacks = new Map<Node, Node>();
  const meta = (name: string, sizes: readonly [Size, Size], isStacked: boolean): Node => {
    const node = symbol(scope, name, sizes, 0, "meta");
    if (isStacked) {
      const shape = normalShape(stackedAxes(axis, sizes, named(COUNT)));
      stacks.set(node, symbol(scope, stackName(name), shape, 0, "meta"));
    }
    return node;
  };
  const args = members.args.map((pattern, i) =>
    pattern.kind === "integer"
      ? integerNode(named(pattern.name))
      : meta(op.args[i] as string, [pattern.rows, pattern.columns], stacked[i] as boolean),
  );
  const { rows, columns } = members.result;
  const more = new Map(["G", "Y"].map(name => [name, meta(name, [rows, columns], true)] as const));
  return { args, stacks, more };
};

const stackName = (name: string): string => `${name}*`;

/** What a lifted face is made of: the face of one call, which may use G and Y, and what becomes of it. */
interface Making {
  readonly face: string;
  readonly of: (args: readonly Node[], more: ReadonlyMap<string, Node>) => Node | undefined;
  /** The argument that the face has the shape of, for a pullback. */
  readonly slot?: number;
}

/** A face of a lifted call: compiled once for each axis and for which of the arguments are stacked. */
const liftedFace = (
  op: Op,
  axis: Axis,
  args: readonly Node[],
  { face, of, slot }: Making,
  more: ReadonlyMap<string, Node> = new Map(),
): Node | undefined => {
  const fitted = fitAlong(op, axis, args);
  const members = membersOf(op);
  if ("kind" in fitted || !members)
    throw new InternalError(`${op.name} is not lifted along ${axis} of these arguments`);
  const key = `${op.name} ${axis} ${fitted.stacked.join()} ${face}`;
  let template = lifted.get(key);
  if (!template) {
    const single = singleOf(op, members, axis, fitted.stacked);
    const term = of(single.args, single.more);
    if (!term) return undefined;
    const lifting = { axis, count: named(COUNT) };
    const whole = liftTerm(term, single.stacks, lifting);
    const isShared = slot !== undefined && !fitted.stacked[slot];
    template = { term: isShared ? gather(term, whole, lifting) : whole, metas: new Map() };
    lifted.set(key, template);
  }
  const nodes = new Map<string, Node>();
  for (const [name, node] of more) nodes.set(stackName(name), node);
  for (const [i, arg] of args.entries()) {
    const name = op.args[i] as string;
    nodes.set(fitted.stacked[i] ? stackName(name) : name, arg);
  }
  const integers = new Map<string, Polynomial>(fitted.sizes);
  for (const name of members.ones) integers.set(name, integer(1));
  return instantiate(template, { nodes, integers });
};

/**
 * The term that a call stands for: of a composite op its definition, of a lifted call what the op is of stacked arrays.
 * Undefined where there is none: the op is a primitive.
 */
export const expandDefinition = (op: Op, args: readonly Node[], attributes: Attributes): Node | undefined => {
  const axis = axisOf(attributes);
  if (axis === undefined) return expandMember(op, args);
  if (!("define" in op.means) && !op.lift) return undefined;
  return liftedFace(op, axis, args, {
    face: "define",
    of: own => (op.lift ? call(op.name, own) : expandMember(op, own)),
  });
};

/** What code computes for given arguments: a term of the same value as the definition, where the op gives one. */
export const expandForCode = (op: Op, args: readonly Node[], attributes: Attributes): Node | undefined => {
  const { code } = op;
  if (code === undefined) return expandDefinition(op, args, attributes);
  const axis = axisOf(attributes);
  if (axis === undefined) return instantiateFace(op, "code", code, args);
  return liftedFace(op, axis, args, { face: "code", of: own => instantiateFace(op, "code", code, own) });
};

/**
 * The pullback of `op(args)` with result `Y` and adjoint `G` to one argument (from 0), with the argument's shape; of a
 * lifted call the op's own pullback, lifted. Undefined when the op gives none: then its definition is to be
 * differentiated, or it has no derivative.
 */
export const pullbackOf = (
  op: Op,
  args: readonly Node[],
  attributes: Attributes,
  slot: number,
  G: Node,
  Y: Node,
): Node | undefined => {
  const name = op.args[slot] ?? "*";
  const face = op.pullback?.[name];
  if (face === undefined) return undefined;
  const axis = axisOf(attributes);
  if (typeof face === "function") {
    if (axis !== undefined) throw new InternalError(`the pullback of ${op.name} is built and cannot be lifted`);
    return face({ args, attributes, G, Y, slot: slot + 1, build: call });
  }
  const more = new Map([
    ["G", G],
    ["Y", Y],
  ]);
  const key = `pullback ${name}`;
  if (axis === undefined) return instantiateFace(op, key, face, args, more);
  const of: Making["of"] = (own, adjoints) => instantiateFace(op, key, face, own, adjoints);
  return liftedFace(op, axis, args, { face: key, of, slot }, more);
};
