/** The derivative rules that a derivation used, each as a formula: for Y = A B, B̄ = Aᵀ Ȳ. */
import type { Derivation } from "../../derive/gradient.ts";
import { type Attributes, integerNode, type Node, Scope, symbol } from "../../expr/node.ts";
import { named, type Polynomial } from "../../expr/polynomial.ts";
import type { LatexContext } from "../../latex/names.ts";
import { printTerm } from "../../latex/print.ts";
import { call } from "../../ops/call.ts";
import { findOp } from "../../ops/index.ts";
import { readSignature } from "../../shape/signature.ts";
import { pullbackOf } from "../../term/template.ts";
import type { Block } from "./block.ts";
import { math, type Prose } from "./prose.ts";
import { section, type Writing } from "./writing.ts";

const RULE = /^pullback\/([^/]+)(?:\/(.+))?$/u;

const GRADIENT = "\\bar Y";

/** The statement of one rule; undefined for ops of any number of arguments, whose rule is the notation itself. */
const statementOf = ({ context, sentences }: Writing, opName: string, argument: string): Prose | undefined => {
  const op = findOp(opName);
  const slot = op?.args.indexOf(argument) ?? -1;
  if (!op || slot < 0 || typeof op.shape !== "string") return undefined;
  const scope = new Scope();
  const signature = readSignature(op.shape);
  const shapes = [...signature.args.flatMap(pattern => (pattern.kind === "tensor" ? [pattern] : [])), signature.result];
  // Rules that are alike for all shapes are shown for vectors.
  const entrywise = new Set(shapes.map(({ rows, columns }) => `${rows.key} ${columns.key}`)).size === 1;
  const meta = (name: string, rows: Polynomial, columns: Polynomial): Node =>
    symbol(scope, name, entrywise ? [rows] : [rows, columns], 0, "meta");
  const args = signature.args.map((pattern, i) =>
    pattern.kind === "integer"
      ? integerNode(named(pattern.name))
      : meta(op.args[i] as string, pattern.rows, pattern.columns),
  );
  const { rows, columns } = signature.result;
  const isAbstract = "each" in op.means && op.means.each === "function";
  const attributes: Attributes = isAbstract ? { function: "phi", order: 0 } : {};
  const whole = call(op.name, args, attributes);
  const [G, Y] = [meta("G", rows, columns), meta("Y", rows, columns)];
  const value = pullbackOf(op, args, attributes, slot, G, Y);
  if (!value) return undefined;
  const fn = [...(context.functions?.values() ?? [])][0];
  const bare: LatexContext = {
    symbols: new Map([
      ["G", { latex: GRADIENT, indices: [] }],
      ...op.args.map((name): [string, { latex: string; indices: readonly string[] }] => [
        name,
        { latex: name, indices: [] },
      ]),
    ]),
    functions: new Map([["phi", { latex: fn?.latex ?? "\\phi" }]]),
  };
  const show = (node: Node): string => printTerm(node, bare).latex;
  return sentences.rule(math(`Y = ${show(whole)}`), math(`\\bar ${argument}`), math(show(value)));
};

/** All rules of a derivation in order of first use. */
export const rulesUsed = (writing: Writing, derivation: Derivation): readonly Block[] => {
  const ids = [...new Set(derivation.gradients.flatMap(gradient => gradient.contributions.flatMap(c => c.rules)))];
  const items = ids.flatMap((id): readonly Prose[] => {
    const [, opName = "", argument] = RULE.exec(id) ?? [];
    if (argument === undefined) return [opName === "sum" ? writing.sentences.sumRule : writing.sentences.productRule];
    const statement = statementOf(writing, opName, argument);
    return statement ? [statement] : [];
  });
  const distinct = [...new Map(items.map(item => [JSON.stringify(item), item])).values()];
  if (distinct.length === 0) return [];
  return [
    section(writing, writing.sentences.headings.rules),
    { kind: "paragraph", text: writing.sentences.rulesLead },
    { kind: "list", items: distinct },
  ];
};
