/** The terms that matrices are put together from, as templates: an engine names no op. */
import { InternalError } from "../base/diagnostic.ts";
import { type Node, rowsAndColumns } from "../expr/node.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import { transform } from "../expr/walk.ts";
import { call, isScalar, opOf } from "../ops/call.ts";
import { compileTemplates, instantiate, type Template } from "../term/template.ts";

const compiled = new Map<string, Template>();

/** The term of a text over P, Q, R … (of any shapes) with these replaced; `integers` are sizes that it mentions. */
export const build = (
  text: string,
  shapes: Readonly<Record<string, string>>,
  nodes: Readonly<Record<string, Node>>,
  integers: Readonly<Record<string, Polynomial>> = {},
): Node => {
  const key = JSON.stringify([text, shapes]);
  let template = compiled.get(key);
  if (!template) {
    [template] = compileTemplates([text], shapes);
    if (!template) throw new InternalError(`no template "${text}"`);
    compiled.set(key, template);
  }
  return instantiate(template, { nodes: new Map(Object.entries(nodes)), integers: new Map(Object.entries(integers)) });
};

/** What a call means as an Einstein product; undefined for other nodes. */
const einsumOf = (node: Node): string | undefined => {
  if (node.kind !== "call") return undefined;
  const { means } = opOf(node.op);
  return "einsum" in means ? means.einsum : undefined;
};

/** The factors of a product of matrices, leftmost first. */
const factorsOf = (product: Node): readonly Node[] => {
  const factors: Node[] = [];
  const waiting = [product];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === "call" && einsumOf(node) === "ik,kj->ij" && node.args.every(arg => !isScalar(arg.shape)))
      waiting.push(node.args[0] as Node, node.args[1] as Node);
    else factors.unshift(node);
  }
  return factors;
};

const turned = (factor: Node): Node => {
  const means = einsumOf(factor);
  if (means === "i->ii") return factor;
  return means === "ij->ji" && factor.kind === "call"
    ? (factor.args[0] as Node)
    : build("A'", { A: "m n" }, { A: factor });
};

/** The transpose; that of a product is the product of the transposes the other way round. */
export const transposed = (A: Node): Node =>
  factorsOf(A)
    .map(turned)
    .reduce((right, left) => build("A * B", { A: "m k", B: "k n" }, { A: left, B: right }));

/** The term with transposes of products taken apart. */
export const withTransposesInside = (root: Node): Node =>
  transform(root, {
    call: (op, args, original) => {
      const [only] = args;
      return only && einsumOf(original) === "ij->ji" ? transposed(only) : call(op, args, original.attributes);
    },
  });

/** c A, for an array of any shape. */
export const scaledBy = (c: Node, A: Node): Node => build("c * A", { c: "1", A: "m n" }, { c, A });

export const added = (A: Node, B: Node): Node => build("A + B", { A: "m n", B: "m n" }, { A, B });

/** One over every entry. */
export const inverseEntries = (A: Node): Node => {
  if (isScalar(A.shape)) return build("1 / c", { c: "1" }, { c: A });
  const [m, n] = rowsAndColumns(A.shape);
  return build("ones(m, n) ./ A", { A: "m n" }, { A }, { m, n });
};
