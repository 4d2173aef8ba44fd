/**
 * Terms of vectors lifted to stacks of vectors: the definition of softmax, said of one vector, becomes a term in
 * matrices that says it of every row. Each op on the way is lifted by its own face, by itself where it acts entry by
 * entry or takes `along`, else by its definition.
 */
import { InternalError } from "../base/diagnostic.ts";
import { callNode, type Node, rowsAndColumns } from "../expr/node.ts";
import { integer, named, type Polynomial } from "../expr/polynomial.ts";
import { postorder } from "../expr/walk.ts";
import { type Axis, along, COUNT, isEntrywise, membersOf, stackedAxes } from "../ops/along.ts";
import { call, fit, opOf } from "../ops/call.ts";
import type { Lift, Op } from "../ops/op.ts";
import { readSignature } from "../shape/signature.ts";
import { compileTemplates, expandMember, instantiate, type Template } from "./template.ts";

/** What a part of the term has become. A part that is not stacked is the same for all. */
interface Part {
  readonly node: Node;
  readonly isStacked: boolean;
}

export interface Place {
  readonly rows: string;
  readonly columns: string;
  readonly isStacked: boolean;
}

/** What the places of a lift face are: their sizes, and whether they are stacked. */
export const liftPlaces = (of: string): readonly Place[] =>
  of.split(",").map(text => {
    const isStacked = text.includes("*");
    const [rows = "1", columns = "1"] = text.replace("*", "").trim().split(/\s+/u);
    return { rows, columns, isStacked };
  });

const stackedShape = (axis: Axis, { rows, columns }: Place): string =>
  stackedAxes(axis, [sizeOf(rows), sizeOf(columns)], named(COUNT))
    .map(size => size.key)
    .join(" ");

const sizeOf = (text: string): Polynomial => (/^\d+$/u.test(text) ? integer(Number(text)) : named(text));

const compiled = new Map<string, Template>();

const templateOf = (name: string, text: string, axis: Axis, where: Readonly<Record<string, Place>>): Template => {
  const key = `${name} ${axis} ${text}`;
  const found = compiled.get(key);
  if (found) return found;
  const shapes = Object.entries(where).map(
    ([meta, place]) => [meta, place.isStacked ? stackedShape(axis, place) : `${place.rows} ${place.columns}`] as const,
  );
  const [template] = compileTemplates([text], Object.fromEntries(shapes));
  compiled.set(key, template as Template);
  return template as Template;
};

/** Sizes by the names that the places give them; undefined where the member does not fit. */
const bindPlaces = (
  places: readonly Place[],
  members: readonly Node[],
  parts: readonly Part[],
): ReadonlyMap<string, Polynomial> | undefined => {
  const sizes = new Map<string, Polynomial>();
  for (const [i, { rows, columns, isStacked }] of places.entries()) {
    const member = members[i];
    if (!member || parts[i]?.isStacked !== isStacked) return undefined;
    for (const [j, text] of [rows, columns].entries()) {
      const size = rowsAndColumns(member.shape)[j] as Polynomial;
      const known = /^\d+$/u.test(text) ? integer(Number(text)) : sizes.get(text);
      if (known ? known.key !== size.key : size.key === "1") return undefined;
      sizes.set(text, size);
    }
  }
  return sizes;
};

/** Arrays shared by all, written once for each. */
const SPREAD: Readonly<Record<"scalar" | "vector" | "row", Lift>> = {
  scalar: { of: "1", rows: "a * ones(N, 1)", columns: "a * ones(1, N)" },
  vector: { of: "n", rows: "ones(N, 1) * a'", columns: "a * ones(1, N)" },
  row: { of: "1 n", rows: "ones(N, 1) * a", columns: "a' * ones(1, N)" },
};

/** What all members of a stack add up to. */
const GATHER: Readonly<Record<"scalar" | "vector", Lift>> = {
  scalar: { of: "1*", rows: "total(a)", columns: "total(a)" },
  vector: { of: "n*", rows: "a' * ones(N, 1)", columns: "a * ones(N, 1)" },
};

export interface Lifting {
  readonly axis: Axis;
  /** How many arrays are stacked. */
  readonly count: Polynomial;
}

const instance = (
  lift: Lift,
  name: string,
  metas: readonly string[],
  members: readonly Node[],
  parts: readonly Part[],
  { axis, count }: Lifting,
): Node | undefined => {
  const places = liftPlaces(lift.of);
  if (places.length !== members.length) return undefined;
  const sizes = bindPlaces(places, members, parts);
  if (!sizes) return undefined;
  const where = Object.fromEntries(metas.map((meta, i) => [meta, places[i] as Place]));
  const template = templateOf(name, lift[axis], axis, where);
  const nodes = new Map(metas.map((meta, i) => [meta, (parts[i] as Part).node]));
  return instantiate(template, { nodes, integers: new Map([...sizes, [COUNT, count]]) });
};

const need = (node: Node | undefined, what: string): Node => {
  if (!node) throw new InternalError(`${what} cannot be lifted`);
  return node;
};

/** Something shared by all, once for each. */
const spread = (member: Node, node: Node, lifting: Lifting): Node => {
  const kind = member.shape.length === 0 ? "scalar" : member.shape.length === 1 ? "vector" : "row";
  const part = { node, isStacked: false };
  return need(instance(SPREAD[kind], `spread ${kind}`, ["a"], [member], [part], lifting), "a matrix shared by all");
};

/** The sum of a stack: what reaches something shared by all. */
export const gather = (member: Node, node: Node, lifting: Lifting): Node => {
  const kind = member.shape.length === 0 ? "scalar" : "vector";
  const part = { node, isStacked: true };
  return need(instance(GATHER[kind], `gather ${kind}`, ["a"], [member], [part], lifting), "a sum of stacked matrices");
};

const isInteger = ({ shape }: Op, i: number): boolean =>
  typeof shape === "string" && readSignature(shape).args[i]?.kind === "integer";

const isVectorOp = (op: Op, members: readonly Node[]): boolean =>
  membersOf(op) !== undefined && members.every(({ shape }) => shape.length <= 1);

/**
 * Lifts a term in metavariables; `stacks` gives for those that are stacked the symbols of their stacks. The result is
 * stacked, always.
 */
export const liftTerm = (root: Node, stacks: ReadonlyMap<Node, Node>, lifting: Lifting): Node => {
  const done = new Map<Node, Part>();
  const partOf = (node: Node): Part => done.get(node) as Part;
  const lifted = (node: Node): Part => {
    const stack = stacks.get(node);
    if (stack) return { node: stack, isStacked: true };
    if (node.kind !== "call") {
      if (node.kind === "over" && postorder(node).some(part => stacks.has(part)))
        throw new InternalError("a sum over an index cannot be lifted");
      return { node, isStacked: false };
    }
    const op = opOf(node.op);
    const parts = node.args.map(partOf);
    if (!parts.some(part => part.isStacked)) {
      const args = parts.map(part => part.node);
      return { node: callNode(node.op, args, node.attributes, node.shape), isStacked: false };
    }
    for (const lift of op.lift ?? []) {
      const found = instance(lift, `${op.name} ${lift.of}`, op.args, node.args, parts, lifting);
      if (found) return { node: found, isStacked: true };
    }
    if (isEntrywise(op)) {
      const args = parts.map((part, i) => {
        const member = node.args[i] as Node;
        return part.isStacked || isInteger(op, i) ? part.node : spread(member, part.node, lifting);
      });
      return { node: call(op.name, args, node.attributes), isStacked: true };
    }
    if (!op.lift && isVectorOp(op, node.args)) {
      const args = parts.map(part => part.node);
      const attributes = along(lifting.axis);
      if (!("kind" in fit(op, args, attributes))) return { node: call(op.name, args, attributes), isStacked: true };
    }
    const definition = need(expandMember(op, node.args), op.name);
    return { node: liftTerm(definition, stacks, lifting), isStacked: true };
  };
  for (const node of postorder(root)) if (!done.has(node)) done.set(node, lifted(node));
  const { node, isStacked } = partOf(root);
  return isStacked ? node : spread(root, node, lifting);
};
