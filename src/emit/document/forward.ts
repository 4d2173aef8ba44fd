/** The given part of a document: conventions, symbols, forward equations, abbreviations. */
import { substituteDomain } from "../../expr/domain.ts";
import { type Node, rowsAndColumns, type Shape, substituteIndices } from "../../expr/node.ts";
import { integer, named, type Polynomial, plus, times, ZERO } from "../../expr/polynomial.ts";
import type { Equation, SymbolEntry, System } from "../../expr/system.ts";
import { postorder } from "../../expr/walk.ts";
import { formOf, type Settled } from "../../latex/form.ts";
import { indexLatex } from "../../latex/names.ts";
import { opOf } from "../../ops/call.ts";
import { type Block, equationBlock } from "./block.ts";
import { kinksTable } from "./kinks.ts";
import { fixedIndices, generalMember } from "./member.ts";
import { math, type Prose, prose } from "./prose.ts";
import { inlineTerm, print, rangeOf, section, type Writing, whereBlocks } from "./writing.ts";

/** \mathbb{R}^{h \times d}; a column is \mathbb{R}^{h}, a scalar \mathbb{R}. */
const spaceLatex = ({ context }: Writing, shape: Shape): string => {
  if (shape.length === 0) return "\\mathbb{R}";
  const sizes = shape.length === 1 ? shape : rowsAndColumns(shape);
  return `\\mathbb{R}^{${sizes.map(size => (size.monomials.length > 1 && sizes.length > 1 ? `(${indexLatex(context, size)})` : indexLatex(context, size))).join(" \\times ")}}`;
};

const callsIn = (system: System): readonly (Node & { kind: "call" })[] =>
  [...new Set(system.equations.flatMap(equation => postorder(equation.right)))].filter(node => node.kind === "call");

const isSumLike = (form: Settled): boolean => ("infix" in form && form.level === "sum") || "prefix" in form;

/**
 * Layout, products and the points without a derivative: what a reader must know before the first equation. `own` stands in
 * the place of what is said of gradients.
 */
export const conventions = (writing: Writing, system: System, own?: readonly Prose[]): readonly Block[] => {
  const { sentences, context } = writing;
  const objective = print(writing, system.objective).latex;
  const calls = callsIn(system);
  const entrywise = calls.some(
    node => "each" in opOf(node.op).means && node.shape.length > 0 && !isSumLike(formOf(node)),
  );
  const hasFolds = system.equations.some(equation => equation.right.height > 0);
  const labels = [...system.symbols.values()].flatMap(({ node, indices, distribution }) => {
    const unit = print(writing, generalMember(node, indices)).latex;
    const label = distribution === "label" ? /^e_\{(.*)\}$/u.exec(unit)?.[1] : undefined;
    return label === undefined ? [] : [{ unit, label }];
  });
  const items: readonly Prose[] = [
    ...(own ?? [context.layout === "numerator" ? sentences.numerator(objective) : sentences.layout(objective)]),
    sentences.vectors,
    ...(own || context.layout === "numerator" ? [] : [sentences.notation[context.notation ?? "prod"](objective)]),
    ...(entrywise ? [sentences.hadamard] : []),
    ...(hasFolds ? [sentences.emptyFolds] : []),
    ...(labels.length > 0 ? [sentences.labels(labels)] : []),
  ];
  return [section(writing, sentences.headings.conventions), { kind: "list", items }, ...kinksTable(writing, system)];
};

/** One forward equation; an index that its range leaves one value stands there as that value. */
const equationBlocks = (given: Writing, equation: Equation): readonly Block[] => {
  // The equations that everything rests on say over what they sum, also where the note's gradients do not.
  const { habits: _, ...context } = given.context;
  const writing = { ...given, context };
  const { indices, over } = equation;
  const fixed = fixedIndices(over, indices);
  const free = indices.filter(index => !fixed.has(index));
  const left = print(writing, substituteIndices(equation.left, fixed)).latex;
  const right = print(writing, substituteIndices(equation.right, fixed), free);
  const range = free.length > 0 ? `, \\qquad ${rangeOf(writing, substituteDomain(over, fixed), free)}` : "";
  return [
    equationBlock(left, `${right.latex}${range}`, writing.numbering.enter(equation)),
    ...whereBlocks(writing, right),
  ];
};

/** The entries of a mask, by its places. */
const maskBlocks = (writing: Writing, { mask, latex }: SymbolEntry): readonly Block[] => {
  if (!mask) return [];
  const { context, sentences } = writing;
  /** What stands on one side of a ≤ b, without minus signs. */
  const side = ({ monomials }: Polynomial, sign: 1 | -1): string => {
    const own = monomials.filter(({ coefficient }) => coefficient * sign > 0);
    const terms = own.map(({ coefficient, names }) => names.reduce(times, integer(Math.abs(coefficient))));
    return indexLatex(
      context,
      terms.reduce((sum, term) => plus(sum, term), ZERO),
    );
  };
  const kept = mask.keeps.map(condition => `${side(condition, -1)} \\le ${side(condition, 1)}`).join(",\\ ");
  const cases = `\\begin{cases} 0 & ${kept} \\\\ -\\infty & \\text{${sentences.otherwise}} \\end{cases}`;
  const [i, j] = mask.letters.map(letter => indexLatex(context, named(letter))) as [string, string];
  const places = `${i}${j}`.length === 2 ? `${i}${j}` : `${i},${j}`;
  return [{ kind: "paragraph", text: sentences.mask(latex) }, equationBlock(`${latex}_{${places}}`, cases)];
};

/** The numbered forward equations, with what is left abstract in them; `own` says what is differentiated. */
export const forwardEquations = (writing: Writing, system: System, own?: Prose): readonly Block[] => {
  const { sentences, context } = writing;
  const used = new Set(
    callsIn(system).flatMap(node => (node.attributes.function === undefined ? [] : [String(node.attributes.function)])),
  );
  const abstract = [...system.functions.values()]
    .filter(fn => used.has(fn.name) && !fn.definition)
    .map(fn => math(context.functions?.get(fn.name)?.latex ?? fn.latex));
  const ops = new Set(callsIn(system).map(({ op }) => op));
  const spelled = [...(context.spellings ?? [])].flatMap(([op, letter]) => {
    const { form } = opOf(op).latex;
    return ops.has(op) && "call" in form && form.call !== letter
      ? prose` ${sentences.spelledLead(math(letter), math(form.call))}`
      : [];
  });
  const lead: Prose = [
    ...(own ?? sentences.forwardLead(print(writing, system.objective).latex)),
    ...(abstract.length > 0 ? prose`${own?.length === 0 ? "" : sentences.gap}${sentences.functionLead(abstract)}` : []),
    ...spelled,
  ];
  return [
    section(writing, sentences.headings.forward),
    ...(lead.length > 0 ? [{ kind: "paragraph", text: lead } as const] : []),
    ...system.equations.flatMap(equation => equationBlocks(writing, equation)),
    ...[...system.symbols.values()].flatMap(entry => maskBlocks(writing, entry)),
  ];
};

/** Every symbol with its role, shape and range, in the order of the system. */
export const symbolTable = (writing: Writing, system: System): readonly Block[] => {
  const { sentences } = writing;
  const { columns, roles, origins } = sentences;
  const rows = [...system.symbols.values()].map((entry): readonly Prose[] => {
    const member = generalMember(entry.node, entry.indices);
    const range = entry.indices.length > 0 ? [math(rangeOf(writing, entry.domain, entry.indices))] : [];
    return [
      [inlineTerm(writing, member)],
      [{ text: roles[entry.role] }],
      [math(spaceLatex(writing, entry.node.shape))],
      range,
      [{ text: origins[entry.shapeFrom] }],
    ];
  });
  const head = [columns.symbol, columns.role, columns.shape, columns.range, columns.origin].map(
    (text): Prose => [{ text }],
  );
  return [section(writing, sentences.headings.symbols), { kind: "table", head, rows }];
};

export const abbreviations = (
  writing: Writing,
  equations: readonly Equation[],
  lead = writing.sentences.abbreviationsLead,
): readonly Block[] =>
  equations.length === 0
    ? []
    : [
        section(writing, writing.sentences.headings.abbreviations),
        { kind: "paragraph", text: lead },
        ...equations.flatMap(equation => equationBlocks(writing, equation)),
      ];
