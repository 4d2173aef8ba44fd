/**
 * ∂f(x, h, w)/∂h in claims, for an abstract function of the note: by one of the arguments, with the others held fixed, or, by
 * what is none of them, along every path through them.
 */
import type { Span } from "../../base/source.ts";
import { type CallNode, type Node, partial, substituteIndices } from "../../expr/node.ts";
import { type Polynomial, soleName } from "../../expr/polynomial.ts";
import { familyOf, type System } from "../../expr/system.ts";
import { call, isAbstract } from "../../ops/call.ts";
import type { Syntax } from "../../parse/syntax.ts";
import { integerOf } from "../integers.ts";
import type { Forward } from "../read.ts";
import { takeApart } from "../scripts.ts";
import { type Elaboration, problem } from "../surroundings.ts";
import type { Place } from "./derivative.ts";
import { callsOf } from "./elided.ts";
import { extentOfShape } from "./kinds.ts";
import { type Layout, laidOut } from "./layouts.ts";

/** Gives an index of the forward equation the value that makes its argument the wanted member. */
const matching = (argument: Node, wanted: Place): ReadonlyMap<string, Polynomial> | undefined => {
  if (argument === wanted) return new Map();
  if (argument.kind !== "at" || wanted.kind !== "at" || argument.of !== wanted.of) return undefined;
  const found = new Map<string, Polynomial>();
  for (const [i, entry] of argument.index.entries()) {
    const name = soleName(entry);
    const value = wanted.index[i] as Polynomial;
    if (name === undefined) {
      if (entry.key !== value.key) return undefined;
    } else found.set(name, value);
  }
  return found;
};

/** The derivative by the argument in a slot, from 1. */
const byArgument = (model: CallNode, args: readonly Node[], slot: number): Node =>
  call(model.shape.length === 0 ? "gradient" : "jacobian", args, { ...model.attributes, slot });

const isPlace = (node: Node): node is Place => node.kind === "symbol" || node.kind === "at";

const isFlat = ({ shape }: Node): boolean => shape.length < 2;

/** Σ over the arguments of ∂f/∂argument ∂argument/∂by, those that nothing changes left out. */
const throughArguments = ({ symbols }: System, model: CallNode, args: readonly Node[], by: Place): Node | undefined => {
  if (!args.every(isPlace)) return undefined;
  const isComputed = (arg: Place): boolean => symbols.get(familyOf(arg).name)?.role === "defined";
  const parts = args.flatMap((arg, i): readonly (Node | undefined)[] => {
    if (args.some(isComputed) && !isComputed(arg)) return [];
    const outer = byArgument(model, args, i + 1);
    const inner = partial(arg, by);
    if (model.shape.length === 0) return [call("prod", [outer, inner])];
    if (![arg, by].every(isFlat)) return [undefined];
    return [arg.shape.length === 0 ? scaled(inner, outer) : call("matmul", [outer, inner])];
  });
  if (!parts.every(part => part !== undefined)) return undefined;
  return parts.length > 0 ? (parts as readonly Node[]).reduce((a, b) => call("add", [a, b])) : undefined;
};

/** The column of a function by a scalar argument, times how that changes with something: a number, or the entries of a row. */
const scaled = (inner: Node, outer: Node): Node =>
  inner.shape.length === 0 ? call("scale", [inner, outer]) : call("outer", [outer, inner]);

/** The index of ℓ_t, or else of what it is differentiated by, as that of the arguments which it has in the forward equations. */
const atIndexOf = (name: Syntax, { args }: CallNode, by: Place): ReadonlyMap<string, Polynomial> | undefined => {
  const entries = args.flatMap(arg => (arg.kind === "at" ? arg.index : []));
  const indices = [...new Set(entries.map(soleName))];
  if (indices.length === 0) return new Map();
  const [index, more] = indices;
  const [own] = takeApart(name).elements.flatMap(each => (each.kind === "item" ? (integerOf(each.body) ?? []) : []));
  const value = own ?? (by.kind === "at" && by.index.length === 1 ? by.index[0] : undefined);
  return index !== undefined && more === undefined && value ? new Map([[index, value]]) : undefined;
};

/** Shapes that only the look of a name gives are no ground to refuse an argument. */
const isAssumed = ({ symbols }: System, node: Node): boolean =>
  isPlace(node) && symbols.get(familyOf(node).name)?.shapeFrom === "assumed";

/** The argument that a variable names by its letter alone: ∂_h f(x, h_{t-1}, w). */
export const argumentNamed = (variable: Syntax, args: readonly Syntax[]): Syntax | undefined => {
  if (variable.kind !== "symbol") return undefined;
  const named = args.filter(arg => {
    const { core, accents } = takeApart(arg);
    return arg.kind === "scripted" && core.kind === "symbol" && core.name === variable.name && accents.length === 0;
  });
  return named.length === 1 ? named[0] : undefined;
};

/** ℓ or ℓ(o, y) above the line, ℓ a function of the note. */
export const callAbove = (
  { functions }: Elaboration,
  above: Syntax,
): { readonly name: Syntax; readonly args: readonly Syntax[] } | undefined => {
  if (functions.isFunction(above)) return { name: above, args: [] };
  if (above.kind !== "product") return undefined;
  const [name, argument] = above.factors;
  if (above.factors.length !== 2 || !name || !argument?.call || !functions.isFunction(name.body)) return undefined;
  const inner = argument.body.kind === "group" ? argument.body.body : argument.body;
  return { name: name.body, args: inner === null ? [] : inner.kind === "list" ? inner.items : [inner] };
};

export interface DifferentiatedCall {
  readonly name: Syntax;
  /** Drafts of the arguments; none where they are left out. */
  readonly args: readonly number[];
  readonly by: Place;
  readonly span: Span;
}

/** The derivative of a call as a draft; undefined where the function is none of the note's abstract ones. */
export const partialOfCall = (
  elaboration: Elaboration,
  forward: Forward,
  { name, args, by, span }: DifferentiatedCall,
  layout: Layout | undefined,
): number | undefined => {
  const { drafts } = elaboration;
  const models = callsOf(forward, name, elaboration).filter(({ op }) => isAbstract(op));
  const [model] = models;
  if (!model) return undefined;
  const derivative = { of: model.shape, by: by.shape, span };
  if (args.length === 0) {
    for (const each of models) {
      for (const [i, argument] of each.args.entries()) {
        const values = matching(argument, by);
        if (!values) continue;
        const all = each.args.map(arg => substituteIndices(arg, values));
        return laidOut(drafts, derivative, layout, [], () => byArgument(each, all, i + 1));
      }
    }
    const values = models.length === 1 ? atIndexOf(name, model, by) : undefined;
    if (!values) return undefined;
    const all = model.args.map(arg => substituteIndices(arg, values));
    return laidOut(drafts, derivative, layout, [], () => throughArguments(forward.assembled.system, model, all, by));
  }
  if (args.length !== model.args.length)
    return problem(
      "N007",
      "this function takes another number of arguments",
      span,
      `${model.args.length} in the forward equations`,
    );
  for (const [i, arg] of args.entries()) {
    const { extent } = drafts.at(arg);
    const wanted = model.args[i] as Node;
    if (isAssumed(forward.assembled.system, wanted)) continue;
    drafts.addChoice([{ cost: 0, impose: sizes => sizes.unifyExtents(extent, extentOfShape(wanted.shape)) }], [extent]);
  }
  return laidOut(drafts, derivative, layout, args, nodes => {
    const slot = nodes.indexOf(by) + 1;
    return slot > 0 ? byArgument(model, nodes, slot) : throughArguments(forward.assembled.system, model, nodes, by);
  });
};
