/** Derives a case and holds what we derive to the published answer, exactly; a spoiled answer must be noticed. */
import { type CheckedDerivation, deriveChecked } from "../../src/derive/checked.ts";
import type { Gradient, Piece } from "../../src/derive/gradient.ts";
import { type DerivedMap, deriveHessians, deriveJacobian } from "../../src/derive/higher.ts";
import type { Convention } from "../../src/derive/structured.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import { equalTerms } from "../../src/exact/equal.ts";
import { domain, intersect } from "../../src/expr/domain.ts";
import { type Node, substituteIndices } from "../../src/expr/node.ts";
import { integer, minus, named, type Polynomial, plus } from "../../src/expr/polynomial.ts";
import { type Equation, familyOf, type SymbolEntry, type System } from "../../src/expr/system.ts";
import { replaceNodes } from "../../src/expr/walk.ts";
import { contextOf, type LatexContext } from "../../src/latex/names.ts";
import { type Printed, printTerm } from "../../src/latex/print.ts";
import { readNote } from "../../src/note/read.ts";
import { call } from "../../src/ops/call.ts";
import { readTerm } from "../../src/term/read.ts";
import { type MatrixCase, noteOf } from "./case.ts";
import graphAnswers from "./graph.json" with { type: "json" };
import rows from "./matrix.json" with { type: "json" };

export const CASES = rows as readonly MatrixCase[];

/** How a case came out; `why` is a code and a sentence where it is not right. */
export interface Judgement {
  readonly verdict: "right" | "wrong" | "refused" | "not reached";
  readonly why?: string;
  /** Whether the published answer with another sign is noticed. */
  readonly twinNoticed: boolean;
  readonly ours?: Printed;
  /** What names in ours stand for that the case does not give: f, z. */
  readonly names?: readonly (readonly [name: string, latex: string])[];
}

/** A derivation of the case, with the published answer typed over the same system. */
export interface Question {
  readonly row: MatrixCase;
  readonly system: System;
  readonly variable: SymbolEntry;
  readonly answer: Node;
}

const bare = (latex: string): string => latex.replace(/[{}\s]/gu, "");

const variableOf = (row: MatrixCase, system: System): SymbolEntry | undefined => {
  const entries = [...system.symbols.values()];
  const family = bare(row.wrt).replace(/_\w$/u, "");
  return (
    entries.find(({ latex }) => bare(latex) === bare(row.wrt)) ??
    entries.find(({ latex, indices }) => indices.length > 0 && bare(latex) === family)
  );
};

const refused = (why: string): Judgement => ({ verdict: "refused", why, twinNoticed: false });

const systemOf = async (text: string): Promise<System | string> => {
  const { diagnostics, systems } = await readNote(text, { arrays: true });
  const [error] = diagnostics.filter(({ severity }) => severity === "error");
  return error ? `${error.code} ${error.message}` : (systems[0] ?? "no system");
};

/** The answer, in the index names of the variable. */
const answerIn = (row: MatrixCase, system: System, { indices }: SymbolEntry): Node => {
  const term = (graphAnswers as Readonly<Record<string, string>>)[row.id];
  const { symbols, functions } = system;
  if (term !== undefined)
    return readTerm(term, { symbols: new Map([...symbols].map(([name, { node }]) => [name, node])), functions });
  const answer = system.equations.find(({ left }) => familyOf(left).name === "Gamma") as Equation;
  const names = answer.indices.map((name, i) => [name, named(indices[i] as string)] as const);
  return substituteIndices(answer.right, new Map(names));
};

/** Where the answer is said to hold: at one member, or before the last one. */
const rangeOf = (row: MatrixCase, { indices }: Gradient): readonly Polynomial[] => {
  const [index] = indices;
  if (index === undefined) return [];
  const member = /_\{(\d+)\}$/u.exec(row.wrt)?.[1];
  if (member !== undefined) return [minus(index, Number(member)), minus(Number(member), index)];
  return Object.values(row.where ?? {}).some(([, last]) => last === "T-1") ? [minus("T", plus(index, 1))] : [];
};

/** The derivation with another value for a gradient, where the answer is said to hold; elsewhere ours stays. */
const withValue = (
  derivation: CheckedDerivation,
  row: MatrixCase,
  gradient: Gradient,
  value: Node,
): CheckedDerivation => {
  const range = rangeOf(row, gradient);
  const outside = range.map(condition => domain([minus(integer(-1), condition)]));
  const change = (piece: Piece): readonly Piece[] => {
    if (piece.part === "initial") return [piece];
    const own = { contributions: [], steps: [] };
    const wrt = gradient.wrt;
    const inner: Piece = { ...piece, ...own, wrt, part: "interior", over: intersect(piece.over, domain(range)), value };
    if (range.length === 0) return [{ ...piece, ...own, value }];
    return [inner, ...outside.map(rest => ({ ...piece, ...own, wrt, over: intersect(piece.over, rest) }))];
  };
  const changed = (other: Gradient): Gradient =>
    other === gradient ? { ...gradient, closedForms: [], pieces: gradient.pieces.flatMap(change) } : other;
  return { ...derivation, gradients: derivation.gradients.map(changed) };
};

const symmetricIn = (row: MatrixCase): ReadonlySet<string> =>
  new Set(
    Object.entries(row.domain).flatMap(([name, kind]) =>
      kind === "sym" || kind === "spd" ? [bare(name).replace("\\", "")] : [],
    ),
  );

/** The gradient of a scalar, alone or inside a system: the answer is put in the place of ours and checked like ours. */
const judgeGradient = ({ row, system, variable, answer }: Question): Judgement => {
  const { name } = variable.node;
  const derived = deriveChecked(system, { wrt: [name] });
  if (!derived.ok) return refused(`${derived.diagnostics[0]?.code} ${derived.diagnostics[0]?.message}`);
  const derivation = derived.value;
  const gradient = derivation.gradients.find(({ wrt }) => familyOf(wrt) === variable.node);
  const piece = gradient?.pieces.find(({ part }) => part !== "boundary" && part !== "initial") ?? gradient?.pieces[0];
  if (!gradient || !piece) return refused(`there is no gradient by ${name}`);
  const context = contextOf(derivation.system);
  const member = /_\{(\d+)\}$/u.exec(row.wrt)?.[1];
  const general = gradient.indices.map(name => [name, integer(Number(member ?? 0))] as const);
  const value = member === undefined ? piece.value : substituteIndices(piece.value, new Map(general));
  // The equations of a system are the case's own.
  const abbreviated = [...derivation.abbreviations, ...(row.definitions ? [] : derivation.system.equations)];
  const names = abbreviated.map(
    ({ left, right }) => [printTerm(left, context).latex, printTerm(right, context).latex] as const,
  );
  const options = { lines: "none", suppose: { symmetric: symmetricIn(row) }, wrt: [name] } as const;
  const published = checkDerivation(withValue(derivation, row, gradient, answer), options);
  const opposite = checkDerivation(withValue(derivation, row, gradient, call("negate", [answer])), options);
  const shown = { ours: printTerm(value, context), names, twinNoticed: opposite.verdict === "disagrees" };
  if (published.verdict === "agrees") return { verdict: "right", ...shown };
  const why = published.verdict === "cannot-tell" ? published.reason : (published.faults[0]?.message ?? "");
  return { verdict: published.verdict === "cannot-tell" ? "refused" : "wrong", why, ...shown };
};

/** The gradient by a symmetric or diagonal matrix, under the convention of the case. */
const judgeStructured =
  (convention: Convention) =>
  ({ system, variable, answer }: Question): Judgement => {
    const { name } = variable.node;
    const derived = deriveChecked(system, { wrt: [name], convention });
    if (!derived.ok) return refused(`${derived.diagnostics[0]?.code} ${derived.diagnostics[0]?.message}`);
    const derivation = derived.value;
    const gradient = derivation.gradients.find(({ wrt }) => familyOf(wrt) === variable.node);
    const structured = gradient?.pieces[0]?.structured;
    if (!gradient || !structured) return refused(`${name} has no structure`);
    const check = (value: Node): ReturnType<typeof checkDerivation> => {
      const own = gradient.pieces.map(piece => ({ ...piece, structured: { ...structured, value, steps: [] } }));
      const gradients = derivation.gradients.map(other => (other === gradient ? { ...gradient, pieces: own } : other));
      return checkDerivation({ ...derivation, gradients }, { lines: "none", wrt: [name] });
    };
    const shown = {
      ours: printTerm(structured.value, contextOf(derivation.system)),
      names: derivation.system.equations.map(
        ({ left, right }) =>
          [left, right].map(node => printTerm(node, contextOf(derivation.system)).latex) as [string, string],
      ),
      twinNoticed: check(call("negate", [answer])).verdict === "disagrees",
    };
    const published = check(answer);
    if (published.verdict === "agrees") return { verdict: "right", ...shown };
    const why = published.verdict === "cannot-tell" ? published.reason : (published.faults[0]?.message ?? "");
    return { verdict: published.verdict === "cannot-tell" ? "refused" : "wrong", why, ...shown };
  };

/** A term without names: each replaced by what its equation says. */
const written = (term: Node, equations: readonly Equation[]): Node => {
  const meanings = new Map<Node, Node>(equations.map(({ left, right }) => [left, right]));
  for (let node = term; ; ) {
    const next = replaceNodes(node, meanings);
    if (next === node) return node;
    node = next;
  }
};

/** A term of ours, held to the answer at random points. */
const compared = (
  { row, answer }: Question,
  {
    term,
    names,
    context,
  }: { readonly term: Node; readonly names: readonly Equation[]; readonly context: LatexContext },
): Judgement => {
  const options = { suppose: Object.fromEntries([...symmetricIn(row)].map(name => [name, "symmetric" as const])) };
  const [ours, theirs] = [written(term, names), written(answer, names)];
  const found = equalTerms(ours, theirs, options);
  const twin = equalTerms(ours, call("negate", [theirs]), options);
  const shown = {
    ours: printTerm(term, context),
    names: names
      .filter(({ left }) => left.kind === "symbol")
      .map(({ left, right }) => [printTerm(left, context).latex, printTerm(right, context).latex] as const),
    twinNoticed: twin.equal === false,
  };
  if (found.equal) return { verdict: "right", ...shown };
  if (found.equal === undefined) return { verdict: "refused", why: found.reason, ...shown };
  return { verdict: "wrong", why: `${found.values.join(" for ")} at ${JSON.stringify(found.at)}`, ...shown };
};

const mapJudged = (
  question: Question,
  map: DerivedMap | undefined,
  system: System,
  names: readonly Equation[],
): Judgement => {
  const { row } = question;
  if (!map) return refused("there is no such derivative");
  const context = contextOf(system);
  const direction = [...system.symbols.values()].find(({ latex }) => latex === row.direction);
  if (direction) {
    const term = replaceNodes(map.tangent, new Map<Node, Node>([[map.direction.node, direction.node]]));
    return compared(question, { term, names, context });
  }
  if (map.value.kind === "entries") return refused("no matrix notation fits");
  return compared(question, { term: map.value.term, names, context });
};

/** The derivative of an array by an array or by a scalar. */
const judgeJacobian = (question: Question): Judgement => {
  const derived = deriveJacobian(question.system, { of: "f", wrt: [{ name: question.variable.node.name }] });
  if (!derived.ok) return refused(`${derived.diagnostics[0]?.code} ${derived.diagnostics[0]?.message}`);
  const { maps, system, names } = derived.value;
  return mapJudged(question, maps[0], system, [...names, ...system.equations]);
};

/** The second derivative of a scalar, or its product with a vector. */
const judgeHessian = (question: Question): Judgement => {
  const derived = deriveHessians(question.system, { of: "f", wrt: [question.variable.node.name] });
  if (!derived.ok) return refused(`${derived.diagnostics[0]?.code} ${derived.diagnostics[0]?.message}`);
  const { blocks, system, adjoint, without } = derived.value;
  if (without[0]) return refused(`${without[0].code} ${without[0].because}`);
  return mapJudged(question, blocks[0], system, [...adjoint.names, ...system.equations]);
};

/** By kind: who derives it. A kind without an entry is not reached yet. */
const JUDGES: Readonly<Record<string, (question: Question) => Judgement>> = {
  gradient: judgeGradient,
  graph: judgeGradient,
  jacobian: judgeJacobian,
  vec_jacobian: judgeJacobian,
  by_scalar: judgeJacobian,
  hessian: judgeHessian,
  hvp: judgeHessian,
  gradient_sym: judgeStructured("pairs"),
  gradient_symproj: judgeStructured("symmetric-part"),
  gradient_diag: judgeStructured("symmetric-part"),
};

/** A gradient's case as its note asks it, with the answer typed over the same system; a sentence where it cannot be read. */
export const questionOf = async (row: MatrixCase): Promise<Question | string> => {
  const alone = await systemOf(noteOf(row));
  if (typeof alone === "string") return alone;
  const system = row.definitions ? alone : await systemOf(noteOf(row, row.expected_latex));
  if (typeof system === "string") return `the published answer: ${system}`;
  const variable = variableOf(row, system);
  if (!variable) return `${row.wrt} is not among the symbols`;
  return { row, system, variable, answer: answerIn(row, system, variable) };
};

export const judge = async (row: MatrixCase): Promise<Judgement> => {
  const judgeOne = JUDGES[row.kind];
  if (!judgeOne) return { verdict: "not reached", twinNoticed: false };
  const question = await questionOf(row);
  return typeof question === "string" ? refused(question) : judgeOne(question);
};
