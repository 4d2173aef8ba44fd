/** Closed forms of recurrences, each with its base case and induction step; statements on growth. */
import type { BlockForm, ClosedForm, Derivation, Gradient } from "../../derive/gradient.ts";
import { type AtNode, type SymbolNode, substituteIndices } from "../../expr/node.ts";
import { familyOf, type System } from "../../expr/system.ts";
import { indexLatex } from "../../latex/names.ts";
import type { Printed } from "../../latex/print.ts";
import type { Step } from "../../rewrite/step.ts";
import { type Block, equationBlock, type Row } from "./block.ts";
import { fixedIndices } from "./member.ts";
import { type Inline, math, type Prose } from "./prose.ts";
import { joinReasons, stagesOf } from "./steps.ts";
import { adjointLatex, conditionOf, print, rangeOf, section, type Writing, whereBlocks } from "./writing.ts";

/** The stages of a proof, the first on the left of the first line. */
export const proofRows = (writing: Writing, steps: readonly Step[], avoid: readonly string[]): readonly Row[] => {
  // A proof begins where its terms can be written without names for their parts.
  const from = steps.findIndex(({ before }) => print(writing, before, avoid).where.length === 0);
  const first = steps[Math.max(0, from)];
  if (!first) return [];
  const [start, ...later] = stagesOf(writing, first.before, steps.slice(Math.max(0, from)), avoid, false);
  return later.map((stage, i) => ({
    ...(i === 0 && start ? { left: start.latex } : {}),
    right: stage.latex,
    because: joinReasons(stage.because),
  }));
};

/** Where the factors of an ordered product of matrices begin, said once: j = t + 1 leftmost. */
export const orderSentences = (writing: Writing, { products }: Printed, said: Set<string>): readonly Prose[] =>
  products.flatMap(({ letter, first, side }): readonly Prose[] => {
    const key = `${letter}=${first} ${side}`;
    if (said.has(key)) return [];
    said.add(key);
    return [writing.sentences.productOrder(letter, first, side)];
  });

/** Where the base case stands: the first piece, when the recurrence starts there. */
const baseRange = (writing: Writing, gradient: Gradient, form: ClosedForm): Inline | undefined => {
  const [first] = gradient.pieces;
  if (!form.inductionOver || first?.part !== "boundary") return undefined;
  return math(conditionOf(writing, first.over, gradient.indices));
};

/** The member that the form speaks of: at t = 0 that is h_0. */
const memberOf = (gradient: Gradient, form: ClosedForm): SymbolNode | AtNode =>
  substituteIndices(gradient.wrt, fixedIndices(form.over, gradient.indices)) as SymbolNode | AtNode;

/** What is said before a form: that it solves the recurrence, or that another form was put in, and what it supposes. */
const leadOf = (writing: Writing, gradient: Gradient, form: ClosedForm): Prose => {
  const { sentences, context } = writing;
  const condition = conditionOf(writing, form.over, gradient.indices);
  const range = condition === "" ? undefined : math(condition);
  const fn = form.assumes && math(context.functions?.get(form.assumes.function)?.latex ?? form.assumes.function);
  if (form.form === "constant-reindexed") return sentences.closedTwin(range);
  return form.inductionOver ? sentences.closedLead(range, fn) : sentences.closedPutIn(range, fn);
};

const closedFormBlocks = (
  writing: Writing,
  system: System,
  gradient: Gradient,
  form: ClosedForm,
  said: Set<string>,
  left = adjointLatex(writing, system, memberOf(gradient, form)),
): readonly Block[] => {
  const { sentences, numbering } = writing;
  const value = print(writing, form.value, gradient.indices);
  const isTwin = form.form === "constant-reindexed";
  const base = isTwin ? [] : proofRows(writing, form.base, gradient.indices);
  const induction = proofRows(writing, form.induction, gradient.indices);
  const blocks: Block[] = [
    { kind: "paragraph", text: leadOf(writing, gradient, form) },
    equationBlock(left, value.latex, numbering.next()),
    ...whereBlocks(writing, value),
    ...orderSentences(writing, value, said).map((text): Block => ({ kind: "paragraph", text })),
  ];
  if (base.length > 0) {
    blocks.push(
      { kind: "paragraph", text: sentences.base(baseRange(writing, gradient, form)) },
      { kind: "chain", rows: base },
    );
  }
  // Where another form was put in and nothing else was done, the equation says it all.
  const saysMore = form.inductionOver !== undefined || induction.length > 1 || isTwin;
  if (induction.length > 0 && saysMore) {
    const range = form.inductionOver && math(conditionOf(writing, form.inductionOver, gradient.indices));
    const place = isTwin ? conditionOf(writing, form.over, gradient.indices) : "";
    const indeed = place === "" ? sentences.indeed : sentences.indeedFor(math(place));
    const text = isTwin || !form.inductionOver ? indeed : sentences.induction(range);
    blocks.push({ kind: "paragraph", text }, { kind: "chain", rows: induction });
  }
  return blocks;
};

/** The gradient with errors going back at most K steps, as its name: ∂L/∂h_t with ≤ K at its foot. */
const truncatedLatex = (writing: Writing, system: System, wrt: SymbolNode | AtNode, window: string): string =>
  `\\left. ${adjointLatex(writing, system, wrt)} \\right|_{\\le ${window}}`;

/** Truncated backpropagation: what it means, and every gradient that it changes. */
export const truncatedForms = (writing: Writing, { system, truncation }: Derivation): readonly Block[] => {
  if (!truncation) return [];
  const { sentences, numbering, context } = writing;
  const window = indexLatex(context, truncation.window);
  const said = new Set<string>();
  const lead: Block = { kind: "paragraph", text: sentences.truncatedLead(math(window)) };
  return [
    section(writing, sentences.headings.truncated),
    lead,
    ...truncation.gradients.flatMap(({ wrt, indices, forms }) =>
      forms.flatMap(({ over, value }): readonly Block[] => {
        const printed = print(writing, value, indices);
        const member = substituteIndices(wrt, fixedIndices(over, indices)) as SymbolNode | AtNode;
        const range = member === wrt ? conditionOf(writing, over, indices) : "";
        const right = range === "" ? printed.latex : `${printed.latex}, \\qquad ${range}`;
        return [
          equationBlock(truncatedLatex(writing, system, member, window), right, numbering.next()),
          ...whereBlocks(writing, printed),
          ...orderSentences(writing, printed, said).map((text): Block => ({ kind: "paragraph", text })),
        ];
      }),
    ),
  ];
};

/** States on top of each other: the matrix that carries them along, then their form and its proof. */
const blockFormBlocks = (
  writing: Writing,
  { system, gradients }: Derivation,
  { states, left, matrix, indices, form }: BlockForm,
  said: Set<string>,
): readonly Block[] => {
  const { sentences, numbering } = writing;
  const first = gradients.find(({ wrt }) => familyOf(wrt) === familyOf(states[0] as AtNode));
  if (!first) return [];
  const names = states.map(state => [math(adjointLatex(writing, system, state, true))]);
  const right = print(writing, matrix.right, indices);
  const range = rangeOf(writing, matrix.over, indices);
  return [
    { kind: "paragraph", text: sentences.coupledLead(sentences.enumerate(names), names.length > 1) },
    equationBlock(print(writing, matrix.left).latex, `${right.latex}, \\qquad ${range}`, numbering.next()),
    ...whereBlocks(writing, right),
    ...closedFormBlocks(writing, system, first, form, said, print(writing, left, indices).latex),
  ];
};

export const closedForms = (writing: Writing, derivation: Derivation): readonly Block[] => {
  const { system, gradients } = derivation;
  const { sentences } = writing;
  const said = new Set<string>();
  const blocks: Block[] = gradients.flatMap((gradient): readonly Block[] => {
    const reason = gradient.noClosedForm?.say[sentences.language];
    const wrt = math(adjointLatex(writing, system, gradient.wrt, true));
    return [
      ...gradient.closedForms.flatMap(form => closedFormBlocks(writing, system, gradient, form, said)),
      ...(reason === undefined ? [] : [{ kind: "paragraph", text: sentences.noClosedForm(wrt, reason) } as const]),
    ];
  });
  for (const block of derivation.blocks ?? []) blocks.push(...blockFormBlocks(writing, derivation, block, said));
  return blocks.length === 0 ? [] : [section(writing, sentences.headings.closedForms), ...blocks];
};
