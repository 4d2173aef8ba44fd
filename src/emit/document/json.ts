/** Derivations as JSON: schemas/derive.schema.json says what stands in it. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Position, Span } from "../../base/source.ts";
import type {
  BlockForm,
  ClosedForm,
  CollectedForm,
  Contribution,
  Derivation,
  Gradient,
  Piece,
} from "../../derive/gradient.ts";
import type { StructuredGradient } from "../../derive/structured.ts";
import { boundsOf, type Domain } from "../../expr/domain.ts";
import { type AtNode, type Node, rowsAndColumns, type Shape, type SymbolNode } from "../../expr/node.ts";
import type { Polynomial } from "../../expr/polynomial.ts";
import { type Equation, familyOf, type SymbolEntry, type System } from "../../expr/system.ts";
import type { LatexContext } from "../../latex/names.ts";
import { toLatex } from "../../latex/print.ts";
import { findLaw } from "../../rules/index.ts";
import { showShortTerm, showTerm } from "../../term/show.ts";
import type { DocumentLanguage } from "./block.ts";
import { type GrowthStatement, isJacobian, type Written, type WrittenJacobianSystem } from "./document.ts";
import { mapJson, secondJson } from "./higherjson.ts";
import { safeContext, safeFormula } from "./safe.ts";
import type { CheckReport } from "./sentences.ts";
import { truncationJson } from "./truncationjson.ts";
import { gradientNode } from "./writing.ts";

export interface StepJson {
  readonly rule: string;
  readonly latex: string;
  readonly because: string;
  /** The member through which the path goes that the step belongs to. */
  readonly path?: string;
}

interface PieceJson {
  readonly over: Readonly<Record<string, { readonly from: readonly string[]; readonly to: readonly string[] }>>;
  /** Integer expressions that are ≥ 0, beside the ranges of the indices. */
  readonly given?: readonly string[];
  readonly latex: string;
  readonly value: string;
  readonly term?: string;
  readonly steps: readonly StepJson[];
  readonly structured?: object;
}

interface ClosedFormJson {
  readonly form: ClosedForm["form"];
  readonly over: PieceJson["over"];
  readonly latex: string;
  readonly value: string;
  readonly term?: string;
  readonly assumes?: { readonly function: string; readonly is: string };
  readonly base: readonly StepJson[];
  readonly induction: readonly StepJson[];
}

interface BlockJson {
  readonly of: string;
  readonly wrt: readonly string[];
  readonly matrix: { readonly latex: string; readonly term?: string };
  readonly closedForm: ClosedFormJson;
}

interface GradientJson {
  readonly of: string;
  readonly wrt: string;
  readonly shape: readonly string[];
  readonly pieces: readonly PieceJson[];
  readonly validFrom: Readonly<Record<string, number>>;
  readonly recursion: Gradient["recursion"];
  readonly collected?: object;
  readonly closedForm?: ClosedFormJson;
  readonly closedForms: readonly ClosedFormJson[];
  readonly checked?: CheckReport;
}

export interface DerivationJson {
  readonly gradnote: "1";
  readonly note: string;
  readonly layout: "denominator" | "numerator";
  readonly systems: readonly {
    readonly name: string;
    readonly symbols: readonly object[];
    readonly objective: string;
    readonly equations: readonly object[];
    readonly abbreviations: readonly object[];
    readonly gradients: readonly GradientJson[];
    readonly blocks?: readonly BlockJson[];
    readonly truncation?: object;
    readonly growth: readonly object[];
    readonly jacobians?: readonly object[];
    readonly second?: object;
  }[];
  readonly diagnostics: readonly object[];
}

export interface JsonOptions {
  readonly note?: string;
  readonly language?: DocumentLanguage;
  readonly diagnostics?: readonly Diagnostic[];
  /** The place of an offset in the note; without it nothing carries positions. */
  readonly positionAt?: (offset: number) => Position;
}

/** Terms with more operations than this, shared parts counted each time, are not written out. */
const SHOWN = 2000;

const compact = (value: Polynomial): string => value.key.replace(/ /gu, "");

export const shapeJson = (shape: Shape): readonly string[] => shape.map(compact);

export const overJson = (
  domain: Domain,
  indices: readonly string[],
): Pick<PieceJson, "over"> & { readonly given?: readonly string[] } => {
  const ranges = new Map<string, { from: readonly string[]; to: readonly string[] }>();
  let left = domain;
  for (const index of [...indices].reverse()) {
    const { lower, upper, rest } = boundsOf(left, index);
    ranges.set(index, { from: lower.map(compact), to: upper.map(compact) });
    left = rest;
  }
  const over = Object.fromEntries(indices.map(index => [index, ranges.get(index) ?? { from: [], to: [] }]));
  return { over, ...(left.where.length > 0 ? { given: left.where.map(compact) } : {}) };
};

/** Writes one system; a class only to hand the context around. */
export class SystemWriter {
  readonly #context: LatexContext;

  constructor(
    readonly system: System,
    readonly language: DocumentLanguage,
    readonly positionAt: JsonOptions["positionAt"],
    context?: LatexContext,
  ) {
    this.#context = context ?? safeContext(system, "prod");
  }

  latex(node: Node, avoid: readonly string[] = []): string {
    return toLatex(node, this.#context, avoid);
  }

  term(node: Node): { readonly term?: string } {
    const term = showShortTerm(node, SHOWN);
    return term === undefined ? {} : { term };
  }

  because(rule: string): string {
    return findLaw(rule)?.say[this.language] ?? "";
  }

  #place(span: Span | undefined): { readonly declaredAt?: Position } {
    return span && this.positionAt ? { declaredAt: this.positionAt(span.start) } : {};
  }

  over(domain: Domain, indices: readonly string[]): ReturnType<typeof overJson> {
    return overJson(domain, indices);
  }

  name(node: SymbolEntry["node"], indices: readonly string[]): string {
    return indices.length > 0 ? `${node.name}_${indices.join(",")}` : node.name;
  }

  #gradient(wrt: Gradient["wrt"]): Node {
    return gradientNode({ context: this.#context }, this.system.objective, wrt);
  }

  /** m × n turned into n × m where gradients are. */
  #gradientShape(shape: Shape): readonly string[] {
    const own = this.#context.layout === "numerator" && shape.length > 0;
    return shapeJson(own ? [...rowsAndColumns(shape)].reverse() : shape);
  }

  symbol(entry: SymbolEntry): object {
    return {
      id: entry.node.name,
      latex: this.latex(entry.node),
      role: entry.role,
      shape: shapeJson(entry.node.shape),
      index: entry.indices,
      ...overJson(entry.domain, entry.indices),
      ...(entry.structure ? { structure: entry.structure } : {}),
      shapeFrom: entry.shapeFrom,
      ...this.#place(entry.declaredAt),
    };
  }

  equation({ left, right, indices, over, label, span }: Equation): object {
    const [l, r] = [this.latex(left), this.latex(right, indices)];
    return {
      latex: `${l} = ${r}`,
      ...this.term(right),
      ...overJson(over, indices),
      ...(label === undefined ? {} : { label }),
      ...this.#place(span),
    };
  }

  #contributionSteps(contribution: Contribution, avoid: readonly string[]): readonly StepJson[] {
    const path = showTerm(contribution.sums.length > 0 ? contribution.equation.left : contribution.reader);
    const start = contribution.steps[0]?.before ?? contribution.value;
    const first: StepJson = {
      rule: contribution.rules.join(" ") || "read",
      latex: this.latex(start, avoid),
      because: "",
      path,
    };
    return [
      first,
      ...contribution.steps.map(({ rule, after }) => ({
        rule,
        latex: this.latex(after, avoid),
        because: this.because(rule),
        path,
      })),
    ];
  }

  #piece(gradient: Gradient, piece: Piece): PieceJson {
    const avoid = gradient.indices;
    const value = this.latex(piece.value, avoid);
    const chains = piece.contributions.flatMap(({ chain }) => (chain ? [this.latex(chain, avoid)] : []));
    const chain: readonly StepJson[] =
      chains.length > 0 ? [{ rule: "chain", latex: chains.join(" + "), because: "" }] : [];
    return {
      ...overJson(piece.over, gradient.indices),
      latex: `${this.latex(this.#gradient(piece.wrt))} = ${value}`,
      value,
      ...this.term(piece.value),
      steps: [
        ...chain,
        ...piece.contributions.flatMap(contribution => this.#contributionSteps(contribution, avoid)),
        ...piece.steps.map(({ rule, after }) => ({
          rule,
          latex: this.latex(after, avoid),
          because: this.because(rule),
        })),
      ],
      ...(piece.structured ? { structured: this.#structured(piece, piece.structured, avoid) } : {}),
    };
  }

  #structured(piece: Piece, { convention, value, steps }: StructuredGradient, avoid: readonly string[]): object {
    const written = this.latex(value, avoid);
    return {
      convention,
      latex: `${this.latex(this.#gradient(piece.wrt))} = ${written}`,
      value: written,
      ...this.term(value),
      steps: steps.map(({ rule, after }) => ({ rule, latex: this.latex(after, avoid), because: this.because(rule) })),
    };
  }

  #collected({ wrt, indices }: Gradient, { over, value, steps }: CollectedForm): object {
    const written = this.latex(value, indices);
    return {
      over: overJson(over, indices).over,
      latex: `${this.latex(this.#gradient(wrt))} = ${written}`,
      value: written,
      ...this.term(value),
      steps: steps.map(({ rule, after }) => ({ rule, latex: this.latex(after, indices), because: this.because(rule) })),
    };
  }

  #closedForm(gradient: Pick<Gradient, "wrt" | "indices">, form: ClosedForm): ClosedFormJson {
    const value = this.latex(form.value, gradient.indices);
    const steps = (list: ClosedForm["base"]): readonly StepJson[] =>
      list.map(({ rule, after }) => ({
        rule,
        latex: this.latex(after, gradient.indices),
        because: this.because(rule),
      }));
    return {
      form: form.form,
      over: overJson(form.over, gradient.indices).over,
      latex: `${this.latex(this.#gradient(gradient.wrt))} = ${value}`,
      value,
      ...this.term(form.value),
      ...(form.assumes ? { assumes: form.assumes } : {}),
      base: steps(form.base),
      induction: steps(form.induction),
    };
  }

  block({ states, left, matrix, indices, form }: BlockForm): BlockJson {
    const first = states[0] as SymbolNode | AtNode;
    const json = this.#closedForm({ wrt: first, indices }, form);
    return {
      of: this.system.objective.name,
      wrt: states.map(state => this.name(familyOf(state), indices)),
      matrix: {
        latex: `${this.latex(matrix.left)} = ${this.latex(matrix.right, indices)}`,
        ...this.term(matrix.right),
      },
      closedForm: { ...json, latex: `${this.latex(left)} = ${json.value}` },
    };
  }

  gradient(gradient: Gradient, checked: CheckReport | undefined): GradientJson {
    const forms = gradient.closedForms.map(form => this.#closedForm(gradient, form));
    const [first] = forms;
    const family = familyOf(gradient.wrt);
    return {
      of: this.system.objective.name,
      wrt: this.name(family, gradient.indices),
      shape: this.#gradientShape(family.shape),
      pieces: gradient.pieces.map(piece => this.#piece(gradient, piece)),
      validFrom: Object.fromEntries(gradient.validFrom),
      recursion: gradient.recursion,
      ...(gradient.collected ? { collected: this.#collected(gradient, gradient.collected) } : {}),
      ...(first ? { closedForm: first } : {}),
      closedForms: forms,
      ...(checked ? { checked } : {}),
    };
  }
}

const growthJson = ({ latex, says, supposing, source }: GrowthStatement, language: DocumentLanguage): object => ({
  says: says[language],
  supposing: supposing.map(sentence => sentence[language]),
  ...(latex === undefined || safeFormula(latex) === undefined ? {} : { latex }),
  ...(source === undefined ? {} : { source }),
});

export const diagnosticJson = (
  { code, severity, message, spans, help }: Diagnostic,
  positionAt: JsonOptions["positionAt"],
): object => ({
  code,
  severity,
  message,
  spans: positionAt
    ? spans.map(({ span, label }) => ({ ...positionAt(span.start), end: positionAt(span.end), label }))
    : [],
  ...(help === undefined ? {} : { help }),
});

const jacobiansJson = (
  { jacobians, checked }: WrittenJacobianSystem,
  language: DocumentLanguage,
  positionAt: JsonOptions["positionAt"],
): DerivationJson["systems"][number] => {
  const { system, maps } = jacobians;
  const writer = new SystemWriter(system, language, positionAt);
  return {
    name: system.name,
    symbols: [...system.symbols.values()].map(entry => writer.symbol(entry)),
    objective: system.objective.name,
    equations: system.equations.map(equation => writer.equation(equation)),
    abbreviations: [],
    gradients: [],
    growth: [],
    jacobians: maps.map(map => mapJson(writer, map, system.objective, checked)),
  };
};

const systemJson = (
  written: Written,
  language: DocumentLanguage,
  positionAt: JsonOptions["positionAt"],
): DerivationJson["systems"][number] => {
  if (isJacobian(written)) return jacobiansJson(written, language, positionAt);
  const { derivation, checked, growth, second } = written;
  const { system, gradients, abbreviations, blocks, truncation }: Derivation = derivation;
  const { layout } = written;
  const context = { ...safeContext(system, "prod"), ...(layout ? { layout } : {}) };
  const writer = new SystemWriter(system, language, positionAt, context);
  return {
    name: system.name,
    symbols: [...system.symbols.values()].map(entry => writer.symbol(entry)),
    objective: system.objective.name,
    equations: system.equations.map(equation => writer.equation(equation)),
    abbreviations: abbreviations.map(equation => writer.equation(equation)),
    gradients: gradients.filter(({ isPutIn }) => !isPutIn).map(gradient => writer.gradient(gradient, checked)),
    ...(blocks ? { blocks: blocks.map(block => writer.block(block)) } : {}),
    ...(truncation ? { truncation: truncationJson(writer, truncation) } : {}),
    growth: (growth ?? []).map(statement => growthJson(statement, language)),
    ...(second ? { second: secondJson(new SystemWriter(second.system, language, undefined), second, checked) } : {}),
  };
};

export const derivationJson = (systems: readonly Written[], options: JsonOptions = {}): DerivationJson => {
  const { note = "", language = "en", diagnostics = [], positionAt } = options;
  return {
    gradnote: "1",
    note,
    layout: systems.some(written => "layout" in written && written.layout) ? "numerator" : "denominator",
    systems: systems.map(system => systemJson(system, language, positionAt)),
    diagnostics: diagnostics.map(diagnostic => diagnosticJson(diagnostic, positionAt)),
  };
};

/** The JSON text that `derive --format json` writes. */
export const writeJson = (systems: readonly Written[], options: JsonOptions = {}): string =>
  `${JSON.stringify(derivationJson(systems, options), undefined, 2)}\n`;
