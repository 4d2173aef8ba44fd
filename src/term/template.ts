/** Terms with metavariables: the sides of laws, pullbacks and definitions, compiled once and instantiated often. */
import { InternalError } from "../base/diagnostic.ts";
import { substituteDomain } from "../expr/domain.ts";
import { integerNode, integerValue, type Node, over, Scope, type SymbolNode, symbol } from "../expr/node.ts";
import { integer, namesIn, type Polynomial, substitute } from "../expr/polynomial.ts";
import { transform } from "../expr/walk.ts";
import { call } from "../ops/call.ts";
import type { Op } from "../ops/op.ts";
import { readSignature, readSize } from "../shape/signature.ts";
import { readTerm } from "./read.ts";

export interface Template {
  readonly term: Node;
  readonly metas: ReadonlyMap<string, SymbolNode>;
}

/** What metavariables and the names of sizes and integer arguments stand for. */
export interface Binding {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly integers: ReadonlyMap<string, Polynomial>;
}

/** Compiles terms that share metavariables; `where` gives each its shape, as "m n", "n" or "1". */
export const compileTemplates = (
  texts: readonly string[],
  where: Readonly<Record<string, string>>,
): readonly Template[] => {
  const scope = new Scope();
  const metas = new Map<string, SymbolNode>();
  for (const [name, shape] of Object.entries(where)) {
    const sizes = shape.split(/\s+/u).map(size => readSize(size));
    metas.set(name, symbol(scope, name, sizes, 0, "meta"));
  }
  return texts.map(text => ({ term: readTerm(text, { symbols: metas, functions: new Map() }), metas }));
};

/**
 * The template with its metavariables replaced. Calls are rebuilt through their signatures, so the sizes follow from
 * the arguments. Sizes and integer arguments that occur as values need an entry in `integers`.
 */
export const instantiate = (template: Template, { nodes, integers }: Binding): Node =>
  transform(template.term, {
    inserts:
      template.term.height === 0
        ? []
        : [...[...nodes.values()].flatMap(node => node.free), ...[...integers.values()].flatMap(namesIn)],
    leaf: node => {
      if (node.kind === "symbol") return nodes.get(node.name) ?? missing(node.name);
      if (node.kind === "integer") return integerNode(substitute(node.value, integers));
      return node;
    },
    call: (op, args, original) => call(op, args, original.attributes),
    over: (fold, index, domain, body) => over(fold, index, substituteDomain(domain, integers), body),
  });

const missing = (name: string): never => {
  throw new InternalError(`nothing is bound to the metavariable ${name}`);
};

const compiled = new Map<string, Template>();

/** The sizes of the named axes and the values of integer arguments of an op's signature, for given arguments. */
const bindArguments = (
  op: Op,
  args: readonly Node[],
): { nodes: Map<string, Node>; integers: Map<string, Polynomial> } => {
  const nodes = new Map<string, Node>();
  const integers = new Map<string, Polynomial>();
  if (typeof op.shape !== "string") return { nodes, integers };
  for (const [i, pattern] of readSignature(op.shape).args.entries()) {
    const arg = args[i] as Node;
    if (pattern.kind === "integer") {
      integers.set(op.args[i] as string, integerValue(arg) ?? integer(0));
      continue;
    }
    nodes.set(op.args[i] as string, arg);
    const sizes = [pattern.rows, pattern.columns];
    sizes.forEach((size, axis) => {
      const name = size.monomials[0]?.names[0];
      if (name !== undefined) integers.set(name, arg.shape[axis] ?? integer(1));
    });
  }
  return { nodes, integers };
};

const shapesOf = (op: Op): Record<string, string> => {
  if (typeof op.shape !== "string") throw new InternalError(`${op.name} has no signature for a template`);
  const { args, result } = readSignature(op.shape);
  const axes = ({ rows, columns }: { rows: Polynomial; columns: Polynomial }): string =>
    [rows, columns].map(size => size.key.replaceAll(" ", "")).join(" ");
  const where: Record<string, string> = { G: axes(result), Y: axes(result) };
  args.forEach((pattern, i) => {
    if (pattern.kind === "tensor") where[op.args[i] as string] = axes(pattern);
  });
  return where;
};

const templateOf = (op: Op, face: string, text: string): Template => {
  const key = `${op.name} ${face}`;
  const known = compiled.get(key);
  if (known) return known;
  const [template] = compileTemplates([text], shapesOf(op));
  compiled.set(key, template as Template);
  return template as Template;
};

/** A face of an op, a term in its arguments and in G and Y where these are given. */
export const instantiateFace = (
  op: Op,
  face: string,
  text: string,
  args: readonly Node[],
  more: ReadonlyMap<string, Node> = new Map(),
): Node => {
  const { nodes, integers } = bindArguments(op, args);
  return instantiate(templateOf(op, face, text), { nodes: new Map([...nodes, ...more]), integers });
};

/** The definition of a composite op for given arguments; undefined for other ops. */
export const expandMember = (op: Op, args: readonly Node[]): Node | undefined =>
  "define" in op.means ? instantiateFace(op, "define", op.means.define, args) : undefined;
