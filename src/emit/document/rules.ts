/** The derivative rules that a derivation used, each as a formula: for Y = A B, B̄ = Aᵀ Ȳ. */
import type { Derivation } from "../../derive/gradient.ts";
import { type Attributes, type Fold, integerNode, type Node, Scope, symbol } from "../../expr/node.ts";
import { named, type Polynomial } from "../../expr/polynomial.ts";
import { postorder } from "../../expr/walk.ts";
import type { LatexContext } from "../../latex/names.ts";
import { printTerm } from "../../latex/print.ts";
import { type Axis, axisOf } from "../../ops/along.ts";
import { call } from "../../ops/call.ts";
import { findOp } from "../../ops/index.ts";
import { readSignature } from "../../shape/signature.ts";
import { pullbackOf } from "../../term/faces.ts";
import type { Block } from "./block.ts";
import { math, type Prose } from "./prose.ts";
import { section, type Writing } from "./writing.ts";

const RULE = /^pullback\/([^/]+)(?:\/(.+))?$/u;

/** The fold whose rule is that of sums; the others are products. */
const SUM: Fold = "sum";

const GRADIENT = "\\bar Y";

/** What a rule speaks of: a call of an op on metavariables, printed, and what its arguments receive. */
interface Statement {
  readonly op: string;
  readonly result: string;
  readonly received: Map<string, string>;
}

/** The statement of one rule; undefined for ops of any number of arguments, whose rule is the notation itself. */
const statementOf = (
  { context: { spellings } }: Writing,
  phi: string,
  opName: string,
  argument: string,
): { readonly result: string; readonly value: string } | undefined => {
  const op = findOp(opName);
  const slot = op?.args.indexOf(argument) ?? -1;
  if (!op || slot < 0 || typeof op.shape !== "string") return undefined;
  const scope = new Scope();
  const signature = readSignature(op.shape);
  const shapes = [...signature.args.flatMap(pattern => (pattern.kind === "tensor" ? [pattern] : [])), signature.result];
  // Rules that are alike for all shapes are shown for vectors; those of square matrices alone are not.
  const entrywise =
    new Set(shapes.map(({ rows, columns }) => `${rows.key} ${columns.key}`)).size === 1 &&
    shapes.every(({ rows, columns }) => rows.key !== columns.key);
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
  const [G, Y] = [meta("G", rows, columns), meta("Y", rows, columns)];
  const value = pullbackOf(op, args, attributes, slot, G, Y);
  if (!value) return undefined;
  const metas = ["G", ...op.args].map(name => [name, { latex: name === "G" ? GRADIENT : name, indices: [] }] as const);
  const context: LatexContext = {
    symbols: new Map(metas),
    functions: new Map([["phi", { latex: phi }]]),
    ...(spellings ? { spellings } : {}),
  };
  const show = (node: Node): string => printTerm(node, context).latex;
  return { result: show(call(op.name, args, attributes)), value: show(value) };
};

/** The note's own letter for an elementwise function. */
const elementwiseLetter = ({ context }: Writing, { system }: Derivation): string => {
  const fn = [...system.functions.values()].find(({ kind, definition }) => kind === "elementwise" && !definition);
  return (fn && context.functions?.get(fn.name)?.latex) ?? "\\phi";
};

/** The axis along which every call of an op is lifted in a system's equations, by op. */
const axesOf = ({ system }: Derivation): ReadonlyMap<string, Axis> => {
  const axes = new Map<string, Set<Axis | undefined>>();
  for (const { right } of system.equations)
    for (const node of postorder(right))
      if (node.kind === "call") axes.set(node.op, (axes.get(node.op) ?? new Set()).add(axisOf(node.attributes)));
  return new Map([...axes].flatMap(([op, [axis, second]]) => (axis && !second ? [[op, axis] as const] : [])));
};

/** All rules of a derivation, by operation, in order of first use. */
export const rulesUsed = (writing: Writing, derivation: Derivation): readonly Block[] => {
  const { sentences } = writing;
  const ids = [...new Set(derivation.gradients.flatMap(gradient => gradient.contributions.flatMap(c => c.rules)))];
  const phi = elementwiseLetter(writing, derivation);
  const axes = axesOf(derivation);
  const statements = new Map<string, Statement | Prose>();
  for (const id of ids) {
    const [, opName = "", argument] = RULE.exec(id) ?? [];
    if (argument === undefined) {
      statements.set(opName, opName === SUM ? sentences.sumRule : sentences.productRule);
      continue;
    }
    const statement = statementOf(writing, phi, opName, argument);
    if (!statement) continue;
    const known = statements.get(opName);
    const entry =
      known && "received" in known
        ? known
        : { op: opName, result: statement.result, received: new Map<string, string>() };
    entry.received.set(argument, statement.value);
    statements.set(opName, entry);
  }
  const items = [...statements.values()].map(statement =>
    "received" in statement
      ? sentences.rule(
          math(`Y = ${statement.result}`),
          [...statement.received].map(([argument, value]) => [math(`\\bar ${argument}`), math(value)] as const),
          axes.get(statement.op),
        )
      : statement,
  );
  if (items.length === 0) return [];
  return [
    section(writing, sentences.headings.rules),
    { kind: "paragraph", text: sentences.rulesLead },
    { kind: "list", items },
  ];
};
