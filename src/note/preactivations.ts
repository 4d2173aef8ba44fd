/**
 * Names that a note gives, in its gradients alone, to what an activation is applied to: \delta_{z_{ot}} beside
 * o_t = σ(h_{t-1} W + b). Naming a part of an equation changes nothing that it says, so the part gets an equation of its own.
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { at, type CallNode, isFree, type Node, symbol } from "../expr/node.ts";
import { named } from "../expr/polynomial.ts";
import { type Equation, equationsOf, type SymbolEntry, type System } from "../expr/system.ts";
import { call, opOf } from "../ops/call.ts";
import type { Syntax } from "../parse/syntax.ts";
import { baseOfName } from "./occurrences.ts";
import { baseIdentifier } from "./scripts.ts";
import type { Claim } from "./statements.ts";
import { everyPart } from "./tree.ts";

/** A name for the argument of the activation that gives one symbol. */
interface Found {
  readonly family: SymbolEntry;
  readonly equation: Equation;
  readonly activation: CallNode;
  readonly base: string;
  /** The name as the note writes it. */
  readonly text: string;
  readonly span: Span;
}

/** Letters above which gradients stand: δ_{z}, d_{z}. */
const GRADIENTS: ReadonlySet<string> = new Set(["delta", "Delta", "nabla", "d", "g"]);

const bare = (latex: string): string => latex.replace(/[\s{}_^\\()[\],]/gu, "");

/** What stands in the place of a variable that something is differentiated by. */
const variablesIn = (root: Syntax): readonly Syntax[] =>
  everyPart(root).flatMap((part): readonly Syntax[] => {
    if (part.kind === "derivative") return part.by.map(({ variable }) => variable);
    if (part.kind !== "scripted" || !GRADIENTS.has(baseOfName(part) ?? "")) return [];
    return part.scripts.flatMap(script => (script.position === "sub" ? [script.body] : []));
  });

/** f(compound): one argument, which is not a name, and a function that people write by its name. */
const isActivation = (node: Node): node is CallNode => {
  if (node.kind !== "call" || node.args.length !== 1) return false;
  const [argument] = node.args as readonly [Node];
  if (argument.kind !== "call" && argument.kind !== "over") return false;
  const { means, latex } = opOf(node.op);
  return ("each" in means && means.each === "function") || "call" in latex.form;
};

const memberOf = ({ latex, memberLatex, indices }: SymbolEntry): string =>
  memberLatex === undefined
    ? latex
    : indices.reduce((text, index, i) => text.replaceAll(String.fromCharCode(i + 1), index), memberLatex);

const findIn = (system: System, claims: readonly Claim[], note: string): readonly Found[] => {
  const known = new Set([...system.symbols.values()].map(entry => bare(memberOf(entry))));
  const bySubscript = new Map<string, Omit<Found, "base" | "text" | "span">>();
  for (const family of system.symbols.values()) {
    const [equation, ...more] = equationsOf(system, family.node);
    if (equation && more.length === 0 && family.indices.length <= 1 && isActivation(equation.right))
      bySubscript.set(bare(memberOf(family)), { family, equation, activation: equation.right });
  }
  const found = new Map<SymbolEntry, Found>();
  for (const body of claims.flatMap(claim => claim.statement?.body ?? [])) {
    for (const variable of variablesIn(body)) {
      if (variable.kind !== "scripted" || variable.base.kind !== "symbol" || variable.scripts.length !== 1) continue;
      const [script] = variable.scripts;
      const base = baseOfName(variable.base) ?? "";
      if (script?.position !== "sub" || GRADIENTS.has(base)) continue;
      const { span } = variable;
      const text = note.slice(span.start, span.end);
      const subscript = note.slice(script.body.span.start, script.body.span.end);
      // Behind a macro the text is not what was read.
      if (!text.endsWith("}") || bare(text) !== `${bare(base)}${bare(subscript)}` || known.has(bare(text))) continue;
      const own = bySubscript.get(bare(subscript));
      if (own && !found.has(own.family)) found.set(own.family, { ...own, base, text, span });
    }
  }
  return [...found.values()];
};

/** z_{ot} with the index open; a letter that stands before it would run into t + 1, so a comma comes between. */
const patternOf = ({ text, family }: Found): string | undefined => {
  const [index] = family.indices;
  if (index === undefined) return undefined;
  const spelled = index.length > 1 ? `\\${index}` : index;
  const end = /[\s}]*$/u.exec(text)?.[0] ?? "";
  const front = text.slice(0, text.length - end.length);
  return front.endsWith(spelled) ? `${front.slice(0, -spelled.length)}\u0001${end}` : undefined;
};

const remarkOn = ({ text, family, span }: Found): Diagnostic => ({
  code: "N019",
  severity: "information",
  message: `${text} is taken for what the function in the equation of ${memberOf(family)} is applied to`,
  spans: [
    { span, label: "no forward equation defines it" },
    ...(family.declaredAt ? [{ span: family.declaredAt, label: "computed here" }] : []),
  ],
  help: `Write an equation for ${text} to settle it.`,
});

/** The system with an equation for each such name before the equation whose argument it is. */
export const withPreactivations = (
  system: System,
  claims: readonly Claim[],
  note: string,
): { readonly system: System; readonly diagnostics: readonly Diagnostic[] } => {
  const found = findIn(system, claims, note);
  if (found.length === 0) return { system, diagnostics: [] };
  const symbols = new Map(system.symbols);
  const replaced = new Map<Equation, readonly Equation[]>();
  const taken = new Set([...system.symbols.keys(), ...system.functions.keys(), ...system.sizes.keys()]);
  for (const each of found) {
    const { family, equation, activation, base, text } = each;
    const [argument] = activation.args as readonly [Node];
    const stem = `${baseIdentifier(base)}_${family.node.name}`;
    const rank = family.indices.length;
    let name = stem;
    for (let n = 2; taken.has(name) || !isFree(system.scope, name, argument.shape, rank); n++) name = `${stem}_${n}`;
    taken.add(name);
    const node = symbol(system.scope, name, argument.shape, rank);
    const left = rank > 0 ? at(node, equation.indices.map(named)) : node;
    const pattern = patternOf(each);
    const { declaredAt: _, memberLatex: __, structure: ___, ...plain } = family;
    symbols.set(name, {
      ...plain,
      node,
      latex: rank > 0 ? `${base.length > 1 ? `\\${base}` : base}_{${family.latex}}` : text,
      ...(rank > 0 ? { memberLatex: pattern ?? `${base}_{${family.latex},\u0001}` } : {}),
      domain: equation.over,
      shapeFrom: "inferred",
      declaredAt: each.span,
    });
    replaced.set(equation, [
      { ...equation, left, right: argument },
      { ...equation, right: call(activation.op, [left], activation.attributes) },
    ]);
  }
  const equations = system.equations.flatMap(equation => replaced.get(equation) ?? [equation]);
  return { system: { ...system, symbols, equations }, diagnostics: found.map(remarkOn) };
};
