/** Every shown term is also a term of mathjs, with the same tree. */
import fc from "fast-check";
import * as mathjs from "mathjs";
import { expect, test } from "vitest";
import type { TermSyntax } from "../../src/parse/term.build.ts";
import { readTermSyntax } from "../../src/parse/term.ts";
import { showTermIn } from "../../src/term/show.ts";
import { scope, terms } from "../term/random.ts";

/** One bracketed text for a tree, whoever read it. */
const ofOurs = (t: TermSyntax): string => {
  switch (t.kind) {
    case "number":
      return `${Number(t.text)}`;
    case "name":
      return t.name;
    case "infix":
      return `(${ofOurs(t.left)} ${t.spelling} ${ofOurs(t.right)})`;
    case "minus":
      return `(- ${ofOurs(t.of)})`;
    case "transpose":
      return `(${ofOurs(t.of)} ')`;
    case "application":
      return `${t.name}(${t.args.map(ofOurs).join(", ")})`;
    case "member":
      return `${t.name}[${t.index.map(ofOurs).join(", ")}]`;
  }
};

const ofMathjs = (node: mathjs.MathNode): string => {
  if (mathjs.isParenthesisNode(node)) return ofMathjs(node.content);
  if (mathjs.isConstantNode(node)) return `${node.value}`;
  if (mathjs.isSymbolNode(node)) return node.name;
  if (mathjs.isFunctionNode(node))
    return `${ofMathjs(node.fn as unknown as mathjs.MathNode)}(${node.args.map(ofMathjs).join(", ")})`;
  if (mathjs.isAccessorNode(node))
    return `${ofMathjs(node.object)}[${(node.index as mathjs.IndexNode).dimensions.map(ofMathjs).join(", ")}]`;
  if (mathjs.isOperatorNode(node)) {
    if (node.implicit) throw new Error("mathjs sees an implicit product");
    const args = node.args.map(ofMathjs);
    if (args.length === 2) return `(${args[0]} ${node.op} ${args[1]})`;
    return node.op === "-" ? `(- ${args[0]})` : `(${args[0]} ${node.op})`;
  }
  throw new Error(`mathjs reads a ${node.type}`);
};

test("a shown term has one tree", () => {
  fc.assert(
    fc.property(terms, node => {
      const shown = showTermIn(scope, node);
      const [ours, theirs] = [ofOurs(readTermSyntax(shown)), ofMathjs(mathjs.parse(shown))];
      if (ours !== theirs) throw new Error(`${shown}\n${ours}\n${theirs}`);
    }),
    { numRuns: Number(process.env.GRADNOTE_TERMS ?? 400) },
  );
});

test.each([
  "-A^2",
  "A'^2",
  "-A'",
  "2^-3^2",
  "A - B - C",
  "A / B / C",
  "A .* B * C ./ D",
  "1/3 * A",
  "-1/3 * A",
  "2 .^ 3",
  "(A + B)'",
  "h[t - 1]'",
])("%s has one tree", text => {
  expect(ofMathjs(mathjs.parse(text))).toBe(ofOurs(readTermSyntax(text)));
});
