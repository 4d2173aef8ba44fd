/** Abstract functions made concrete: by a formula of the note, or by the name of an op that the user gives. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { wrapSums } from "../derive/contributions.ts";
import { pullBack } from "../derive/pullback.ts";
import { sumOf, zeroOf } from "../derive/terms.ts";
import { type CallNode, type Node, number, type SymbolNode, sameShape, symbol } from "../expr/node.ts";
import { named } from "../expr/polynomial.ts";
import type { FunctionEntry, System } from "../expr/system.ts";
import { replaceNodes, transform } from "../expr/walk.ts";
import { call, fit, opOf } from "../ops/call.ts";
import { OPS } from "../ops/index.ts";
import type { Meaning, Op } from "../ops/op.ts";

/** By the function's name or its LaTeX: the name or a spelling of an op. */
export type FunctionChoices = Readonly<Record<string, string>>;

/** What is asked of an abstract function of several arguments. */
type Face = Extract<Meaning, { readonly abstract: string }>["abstract"];

export interface ConcreteFunctions {
  /** Elementwise functions, with a formula where there is one. */
  readonly elementwise: ReadonlyMap<string, FunctionEntry>;
  /** Functions of whole arrays that stay for the user to give. */
  readonly external: ReadonlyMap<string, FunctionEntry>;
  /** Replaces calls of functions of whole arrays by what they were chosen to be. */
  readonly rewrite: (node: Node) => Node;
  /** The ops chosen. */
  readonly ops: readonly Op[];
  readonly diagnostics: readonly Diagnostic[];
}

const spelled = (text: string): readonly Op[] =>
  OPS.filter(op => op.name === text || (op.latex.reads !== undefined && Object.hasOwn(op.latex.reads, text))).sort(
    (a, b) =>
      (a.name === text ? -1 : (a.latex.reads?.[text] ?? 0)) - (b.name === text ? -1 : (b.latex.reads?.[text] ?? 0)),
  );

const shapeKey = (shape: Node["shape"]): string => shape.map(size => size.key).join(" ");

const unknown = (entry: FunctionEntry, choice: string): Diagnostic => ({
  code: "G003",
  severity: "error",
  message:
    entry.kind === "elementwise"
      ? `${entry.name} acts entry by entry, and no such operation is called "${choice}"`
      : `no operation called "${choice}" takes the arguments of ${entry.name}`,
  spans: entry.declaredAt ? [{ span: entry.declaredAt, label: "is declared here" }] : [],
  help: "use the name of an operation, such as tanh or half squared error, or leave the function out and pass it to the generated code",
});

/** Settles what every function of a system is. */
export const concreteFunctions = (system: System, choices: FunctionChoices): ConcreteFunctions => {
  const elementwise = new Map<string, FunctionEntry>();
  const external = new Map<string, FunctionEntry>();
  const chosen = new Map<string, readonly Op[]>();
  const used = new Set<Op>();
  const diagnostics: Diagnostic[] = [];
  const matrix = symbol(system.scope, "$matrix", [named("$m"), named("$n")]);
  const mapsEntries = (op: Op): boolean => {
    if (op.args.length !== 1 || "abstract" in op.means) return false;
    const fitted = fit(op, [matrix]);
    return !("kind" in fitted) && sameShape(fitted.shape, matrix.shape);
  };
  for (const entry of system.functions.values()) {
    const choice = [entry.name, entry.latex]
      .filter(key => Object.hasOwn(choices, key))
      .map(key => choices[key] as string)[0];
    const ops = choice === undefined ? [] : spelled(choice);
    if (entry.kind === "general") {
      if (choice !== undefined && ops.length === 0) diagnostics.push(unknown(entry, choice));
      if (ops.length > 0) chosen.set(entry.name, ops);
      external.set(entry.name, entry);
      continue;
    }
    const op = ops.find(mapsEntries);
    if (choice !== undefined && !op) diagnostics.push(unknown(entry, choice));
    if (!op) {
      elementwise.set(entry.name, entry);
      continue;
    }
    used.add(op);
    const parameter = symbol(system.scope, `$${entry.name}`);
    elementwise.set(entry.name, {
      ...entry,
      definition: { parameters: [parameter], body: call(op.name, [parameter]) },
    });
  }

  const templates = new Map<
    string,
    { readonly symbols: readonly SymbolNode[]; readonly cotangent: SymbolNode | undefined; readonly value: Node }
  >();
  /** The value, gradient or pullback of a chosen op, in symbols for its arguments. */
  const templateOf = (op: Op, face: Face, slot: number, args: readonly Node[], result: Node["shape"]) => {
    const shapes = args.map(arg => shapeKey(arg.shape)).join(",");
    const key = `${op.name} ${face} ${slot} ${shapes}`;
    const known = templates.get(key);
    if (known) return known;
    const symbols = args.map((arg, i) => symbol(system.scope, `$argument ${i} ${shapeKey(arg.shape)}`, arg.shape));
    const cotangent = face === "pull" ? symbol(system.scope, `$cotangent ${shapeKey(result)}`, result) : undefined;
    let value: Node = call(op.name, symbols);
    if (face !== "value") {
      let names = 0;
      const reads = pullBack(value, cotangent ?? number(1), {
        wanted: read => read === symbols[slot - 1],
        result: node => node,
        argument: (_, argument) => argument,
        fresh: () => `$s${names++}`,
      });
      const shape = (args[slot - 1] as Node).shape;
      value = reads.length > 0 ? sumOf(reads.map(read => wrapSums(read.adjoint, read.sums))) : zeroOf(shape);
    }
    const template = { symbols, cotangent, value };
    templates.set(key, template);
    return template;
  };

  const replaced = (node: CallNode, args: readonly Node[]): Node | undefined => {
    const { means } = opOf(node.op);
    const entry = external.get(String(node.attributes.function));
    const ops = entry && chosen.get(entry.name);
    if (!("abstract" in means) || means.abstract === "chain" || !entry || !ops) return undefined;
    // What was chosen has no Jacobian as a term of matrices; whoever wants one must give it.
    if (means.abstract === "jacobian") {
      diagnostics.push(unknown(entry, ops[0]?.name ?? ""));
      return undefined;
    }
    const isPull = means.abstract === "pull";
    const own = isPull ? args.slice(1) : args;
    const op = ops.find(candidate => {
      const fitted = fit(candidate, own);
      return !("kind" in fitted) && sameShape(fitted.shape, entry.result);
    });
    if (!op) {
      if (!diagnostics.some(d => d.message.includes(` of ${entry.name}`)))
        diagnostics.push(unknown(entry, ops[0]?.name ?? ""));
      return undefined;
    }
    used.add(op);
    const template = templateOf(op, means.abstract, Number(node.attributes.slot ?? 0), own, entry.result);
    const by = new Map<Node, Node>(template.symbols.map((s, i) => [s, own[i] as Node] as const));
    if (template.cotangent) by.set(template.cotangent, args[0] as Node);
    return replaceNodes(template.value, by);
  };
  return {
    elementwise,
    external,
    diagnostics,
    get ops() {
      return [...used];
    },
    rewrite: root =>
      transform(root, {
        call: (op, args, original) => {
          const rebuilt = args.every((arg, i) => arg === original.args[i])
            ? original
            : call(op, args, original.attributes);
          return chosen.size === 0 ? rebuilt : (replaced(original, args) ?? rebuilt);
        },
      }),
  };
};
