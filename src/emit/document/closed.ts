/** Closed forms of recurrences, each with its base case and induction step; statements on growth. */
import type { ClosedForm, Derivation, Gradient } from "../../derive/gradient.ts";
import { type Node, partial } from "../../expr/node.ts";
import type { System } from "../../expr/system.ts";
import { postorder } from "../../expr/walk.ts";
import type { Step } from "../../rewrite/step.ts";
import type { Block, Row } from "./block.ts";
import { math, type Prose } from "./prose.ts";
import { joinReasons, stagesOf } from "./steps.ts";
import { conditionOf, print, section, type Writing, whereBlocks } from "./writing.ts";

/** The stages of a proof, the first on the left of the first line. */
const proofRows = (writing: Writing, steps: readonly Step[], avoid: readonly string[]): readonly Row[] => {
  const [first] = steps;
  if (!first) return [];
  const [start, ...later] = stagesOf(writing, first.before, steps, avoid);
  return later.map((stage, i) => ({
    ...(i === 0 && start ? { left: start.latex } : {}),
    right: stage.latex,
    because: joinReasons(stage.because),
  }));
};

/** Where the factors of an ordered product of matrices begin, said once: j = t + 1 leftmost. */
const orderSentences = (writing: Writing, value: Node): readonly Prose[] => {
  const products = postorder(value).filter(
    node => node.kind === "over" && node.fold !== "sum" && node.body.shape.length > 0,
  );
  if (products.length === 0) return [];
  const printed = print(writing, value).latex;
  const found = [...printed.matchAll(/\\prod\}?(?:\}\\limits)?_\{([^{}=]+)=([^{}]+)\}/gu)];
  return found.map(([, letter = "", first = ""], i) => {
    const node = products[i] ?? products[0];
    return writing.sentences.productOrder(
      letter,
      first,
      node?.kind === "over" && node.fold === "reversed-product" ? "right" : "left",
    );
  });
};

const closedFormBlocks = (writing: Writing, system: System, gradient: Gradient, form: ClosedForm): readonly Block[] => {
  const { sentences, numbering, context } = writing;
  const range = math(conditionOf(writing, form.over, gradient.indices));
  const value = print(writing, form.value, gradient.indices);
  const fn = form.assumes && math(context.functions?.get(form.assumes.function)?.latex ?? form.assumes.function);
  const base = proofRows(writing, form.base, gradient.indices);
  const induction = proofRows(writing, form.induction, gradient.indices);
  return [
    { kind: "paragraph", text: fn ? sentences.closedAssumes(fn, range) : sentences.closedLead(range) },
    {
      kind: "equation",
      latex: `${print(writing, partial(system.objective, gradient.wrt)).latex} = ${value.latex}`,
      tag: numbering.next(),
    },
    ...whereBlocks(writing, value),
    ...orderSentences(writing, form.value).map((text): Block => ({ kind: "paragraph", text })),
    ...(base.length === 0
      ? []
      : [{ kind: "paragraph", text: sentences.base(undefined) } as const, { kind: "chain", rows: base } as const]),
    ...(induction.length === 0
      ? []
      : [
          { kind: "paragraph", text: sentences.induction(undefined) } as const,
          { kind: "chain", rows: induction } as const,
        ]),
  ];
};

export const closedForms = (writing: Writing, { system, gradients }: Derivation): readonly Block[] => {
  const blocks = gradients.flatMap(gradient =>
    gradient.closedForms.flatMap(form => closedFormBlocks(writing, system, gradient, form)),
  );
  return blocks.length === 0 ? [] : [section(writing, writing.sentences.headings.closedForms), ...blocks];
};
