import type { Syntax } from "./syntax.ts";

/** The direct parts of a node, in the order of the note; labels of braces are no parts. */
export const partsOf = (node: Syntax): readonly Syntax[] => {
  switch (node.kind) {
    case "symbol":
    case "number":
    case "dots":
    case "prose":
      return [];
    case "mark":
      return node.body === null ? [] : [node.body];
    case "scripted":
      return [node.base, ...node.scripts.flatMap(script => (script.position === "prime" ? [] : [script.body]))];
    case "accent":
    case "labelled":
      return [node.body];
    case "group":
      return node.body === null ? [] : [node.body];
    case "list":
      return node.items;
    case "given":
      return node.parts;
    case "slice":
      return [node.from, node.to].filter(part => part !== null);
    case "relations":
      return node.members;
    case "sum":
      return node.terms.map(term => term.body);
    case "product":
      return node.factors.map(factor => factor.body);
    case "fraction":
      return [node.top, node.bottom];
    case "root":
      return node.degree === null ? [node.body] : [node.degree, node.body];
    case "apply":
      return [...node.scripts.flatMap(script => (script.position === "prime" ? [] : [script.body])), node.argument];
    case "big":
      return [node.lower, node.upper, node.body].filter(part => part !== null);
    case "differential":
      return node.order === null ? [node.of] : [node.order, node.of];
    case "derivative":
      return [
        ...(node.order === null ? [] : [node.order]),
        ...(node.of === null ? [] : [node.of]),
        ...node.by.map(one => one.variable),
      ];
    case "matrix":
      return node.rows.flat();
  }
};

/** A node and everything below it, each before its parts. */
export function* nodesOf(root: Syntax): Generator<Syntax> {
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    const parts = partsOf(node);
    for (let at = parts.length - 1; at >= 0; at--) stack.push(parts[at] as Syntax);
  }
}
