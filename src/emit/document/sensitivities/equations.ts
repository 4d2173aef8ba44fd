/** The document of forward mode: for every variable the equations of its sensitivities, in the order of evaluation. */
import type {
  ForwardDerivation,
  Sensitivity,
  SensitivityEquation,
  Variable,
} from "../../../derive/forward/sensitivity.ts";
import { isVec } from "../../../derive/forward/variable.ts";
import type { ClosedForm } from "../../../derive/gradient.ts";
import { reduceDomain } from "../../../derive/regions.ts";
import { unitVector } from "../../../derive/terms.ts";
import { boundsOf, type Domain, EVERYWHERE, substituteDomain } from "../../../expr/domain.ts";
import { type AtNode, at, type Node, type SymbolNode, substituteIndices } from "../../../expr/node.ts";
import { named } from "../../../expr/polynomial.ts";
import { indexOf } from "../../../expr/system.ts";
import { contains } from "../../../expr/walk.ts";
import { indexLatex } from "../../../latex/names.ts";
import { opOf } from "../../../ops/call.ts";
import { type Block, equationBlock, type Row } from "../block.ts";
import { orderSentences, proofRows } from "../closed.ts";
import { fixedIndices } from "../member.ts";
import { math, type Prose, prose } from "../prose.ts";
import { isShowable, joinReasons, stagesOf } from "../steps.ts";
import { conditionOf, print, rangeOf, section, type Writing, whereBlocks } from "../writing.ts";
import { FORWARD_WORDS, type ForwardWords } from "./words.ts";

const wordsOf = ({ sentences }: Writing): ForwardWords => FORWARD_WORDS[sentences.language];

/** ∂v/∂W_ij for its own indices. */
const generalMember = ({ symbol, indices }: Sensitivity): SymbolNode | AtNode =>
  indices.length > 0 ? at(symbol, indices.map(named)) : symbol;

/** \partial h_t / \partial W_ij, in a line of text. */
const inline = (latex: string): string =>
  latex.replace(/^\\frac\{(.*)\}\{(\\partial .*)\}$/u, (_, above: string, below: string) => `${above} / ${below}`);

/** The variable, or its member: W, h_k. */
const memberLatexOf = (writing: Writing, { wrt, members }: Variable): string =>
  print(writing, members.length > 0 ? at(wrt, members.map(named)) : wrt).latex;

/** The variable as its sensitivities write it: W_ij. */
const variableLatex = (writing: Writing, variable: Variable): string => {
  const { wrt, form, entries } = variable;
  const name = memberLatexOf(writing, variable);
  if (isVec({ wrt, form })) return `\\operatorname{vec} ${name}`;
  if (form !== "entries") return name;
  return `${/[_^']/u.test(name) ? `(${name})` : name}_{${entries.map(index => indexLatex(writing.context, named(index))).join("")}}`;
};

/** Where the index of the recurrence starts: the first member that is given. */
const startOf = (sensitivity: Sensitivity): SymbolNode | AtNode | undefined => {
  const given = sensitivity.equations.find(({ original }) => !original);
  if (!given) return undefined;
  const fixed = fixedIndices(given.over, given.indices);
  return fixed.size > 0 ? (substituteIndices(given.left, fixed) as SymbolNode | AtNode) : undefined;
};

/** The index along which a sensitivity reads its own earlier members, and which way. */
const directionOf = (sensitivity: Sensitivity): { readonly index: string; readonly rising: boolean } | undefined => {
  const own = indexOf(generalMember(sensitivity));
  const ways = new Map<string, boolean>();
  for (const { right } of sensitivity.equations) {
    const waiting: Node[] = [right];
    const seen = new Set<Node>();
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      if (node.kind === "call") waiting.push(...node.args);
      else if (node.kind === "over") waiting.push(node.body);
      else if (node.kind === "at" && node.of === sensitivity.symbol)
        for (const [place, entry] of node.index.entries()) {
          const difference = entry.monomials.find(({ names }) => names.length === 0)?.coefficient ?? 0;
          if (entry.key !== own[place]?.key && difference !== 0)
            ways.set(sensitivity.indices[place] as string, difference < 0);
        }
    }
  }
  const [only, second] = [...ways];
  return only && !second ? { index: only[0], rising: only[1] } : undefined;
};

/** The conditions that speak of no entry of the variable: its range is said once, at the head. */
const without = (over: Domain, { entries }: Variable): Domain => ({
  where: over.where.filter(
    ({ monomials }) => !monomials.some(({ names }) => names.some(name => entries.includes(name))),
  ),
});

const equationRows = (writing: Writing, equation: SensitivityEquation, left: string): readonly Row[] => {
  const words = wordsOf(writing);
  const { indices, original, chain, steps } = equation;
  const right = print(writing, equation.right, indices);
  if (!original) return [{ left, right: right.latex, because: words.given }];
  const tags = writing.numbering.of([original]);
  const start = steps[0]?.before ?? equation.right;
  const shown = [start, ...steps.map(({ after }) => after)];
  if (!isShowable(writing, shown, indices) || !chain)
    return [{ left, right: right.latex, because: words.pushed(tags) }];
  const worked = print(writing, start, indices);
  const stages = stagesOf(writing, start, steps, indices);
  return [
    { left, right: print(writing, chain, indices, worked.letters).latex, because: words.total },
    ...stages.map(
      ({ latex, because }, i): Row => ({ right: latex, because: i === 0 ? words.pushed(tags) : joinReasons(because) }),
    ),
  ];
};

const equationBlocks = (writing: Writing, equation: SensitivityEquation, variable: Variable): readonly Block[] => {
  const fixed = fixedIndices(equation.over, equation.indices);
  const own = equation.indices.filter(index => !variable.entries.includes(index) && !fixed.has(index));
  const left = print(writing, substituteIndices(equation.left, fixed)).latex;
  const put = (node: Node): Node => substituteIndices(node, fixed);
  const settled: SensitivityEquation = {
    ...equation,
    right: put(equation.right),
    steps: equation.steps.map(step => ({ ...step, before: put(step.before), after: put(step.after) })),
    ...(equation.chain ? { chain: put(equation.chain) } : {}),
  };
  const rows = equationRows(writing, settled, left);
  const range =
    own.length > 0 ? conditionOf(writing, substituteDomain(without(equation.over, variable), fixed), own) : "";
  return [
    ...(range === "" ? [] : [{ kind: "paragraph", text: writing.sentences.only(math(range)) } as const]),
    { kind: "chain", rows, tag: writing.numbering.next() },
    ...whereBlocks(writing, print(writing, settled.right, equation.indices)),
  ];
};

const closedFormBlocks = (
  writing: Writing,
  sensitivity: Sensitivity,
  variable: Variable,
  form: ClosedForm,
  said: Set<string>,
): readonly Block[] => {
  const { sentences, numbering, context } = writing;
  const words = wordsOf(writing);
  const own = sensitivity.indices.filter(index => !variable.entries.includes(index));
  const value = print(writing, form.value, sensitivity.indices);
  const condition = conditionOf(writing, without(form.over, variable), own);
  const fn = form.assumes && math(context.functions?.get(form.assumes.function)?.latex ?? form.assumes.function);
  const left = print(writing, generalMember(sensitivity)).latex;
  // By vec W the proof is that by an entry, word for word; another way of writing a form needs none.
  const proofs = isVec(variable) || form.form === "own-term-apart" ? { base: [], induction: [] } : form;
  const base = proofRows(writing, proofs.base, sensitivity.indices);
  const induction = proofRows(writing, proofs.induction, sensitivity.indices);
  const start = form.inductionOver && lowest(form.inductionOver, form.over, own);
  return [
    {
      kind: "paragraph",
      text:
        form.form === "own-term-apart"
          ? words.ownTermApart
          : words.closed(condition === "" ? undefined : math(condition), fn),
    },
    equationBlock(left, value.latex, numbering.next()),
    ...whereBlocks(writing, value),
    ...orderSentences(writing, value, said).map((text): Block => ({ kind: "paragraph", text })),
    ...(base.length === 0
      ? []
      : [
          { kind: "paragraph", text: sentences.base(start === undefined ? undefined : math(start(writing))) } as const,
          { kind: "chain", rows: base } as const,
        ]),
    ...(induction.length === 0 || !form.inductionOver
      ? []
      : [
          {
            kind: "paragraph",
            text: sentences.induction(math(conditionOf(writing, without(form.inductionOver, variable), own))),
          } as const,
          { kind: "chain", rows: induction } as const,
        ]),
  ];
};

/** t = 1: the member of a form at which its induction does not hold. */
const lowest = (
  induction: ClosedForm["over"],
  whole: ClosedForm["over"],
  indices: readonly string[],
): ((writing: Writing) => string) | undefined => {
  for (const index of indices) {
    const [inner, outer] = [boundsOf(induction, index), boundsOf(whole, index)];
    for (const side of ["lower", "upper"] as const) {
      const bound = outer[side][0];
      if (bound && inner[side][0]?.key !== bound.key)
        return writing => `${indexLatex(writing.context, named(index))} = ${indexLatex(writing.context, bound)}`;
    }
  }
  return undefined;
};

const sensitivityBlocks = (
  writing: Writing,
  sensitivity: Sensitivity,
  variable: Variable,
  said: Set<string>,
): readonly Block[] => {
  const words = wordsOf(writing);
  const latex = print(writing, generalMember(sensitivity)).latex;
  const heading: Block = { kind: "heading", level: writing.level === 2 ? 3 : 4, text: [math(inline(latex))] };
  const blocks: Block[] = [heading, ...sensitivity.equations.flatMap(one => equationBlocks(writing, one, variable))];
  if (sensitivity.putIn) {
    const { right, steps } = sensitivity.putIn;
    const value = print(writing, right, sensitivity.indices).latex;
    if (
      isShowable(
        writing,
        steps.map(({ after }) => after),
        sensitivity.indices,
      )
    )
      blocks.push({
        kind: "chain",
        rows: [{ left: latex, right: value, because: words.putIn }],
        tag: writing.numbering.next(),
      });
  }
  if (variable.form === "jacobian" && sensitivity.of.shape.length === 0)
    blocks.push({ kind: "paragraph", text: words.rowOfScalar });
  if (sensitivity.recurrent) {
    const start = startOf(sensitivity);
    const way = directionOf(sensitivity);
    const first = start && math(inline(print(writing, start).latex));
    blocks.push({
      kind: "paragraph",
      text: way
        ? words.recursive(first, math(indexLatex(writing.context, named(way.index))), way.rising)
        : words.evaluated,
    });
    for (const form of sensitivity.closedForms)
      blocks.push(...closedFormBlocks(writing, sensitivity, variable, form, said));
    if (sensitivity.noClosedForm)
      blocks.push({
        kind: "paragraph",
        text: writing.sentences.noClosedForm(
          math(inline(latex)),
          sensitivity.noClosedForm.say[writing.sentences.language],
        ),
      });
  }
  return blocks;
};

/** ∂ℓ(o, y)/∂o for an array o. */
const isGradientOfFunction = (node: Node): boolean => {
  if (node.kind !== "call" || node.shape.length === 0) return false;
  const { means } = opOf(node.op);
  return "abstract" in means && means.abstract === "gradient";
};

/** What a reader of sensitivities must know first. */
export const forwardConventions = (writing: Writing, { parts }: ForwardDerivation): readonly Prose[] => {
  const words = wordsOf(writing);
  const items = new Map<string, Prose>();
  const add = (text: Prose): unknown => items.set(JSON.stringify(text), text);
  for (const { variable } of parts) {
    const name = memberLatexOf(writing, variable);
    if (isVec(variable)) add(words.vec(variableLatex(writing, variable), name));
    else if (variable.form === "scalar") add(words.scalar(name));
    else if (variable.form === "jacobian") add(words.jacobian(name));
    else add(words.entries(name, variableLatex(writing, variable)));
  }
  for (const { variable } of parts) {
    const [index] = variable.entries;
    const [size] = variable.wrt.shape;
    if (index !== undefined && size) add(words.unit(print(writing, unitVector(size, named(index))).latex));
  }
  if (parts.some(({ variable }) => isVec(variable))) add(words.kronecker);
  const rights = parts.flatMap(({ sensitivities }) => sensitivities.flatMap(one => one.equations.map(e => e.right)));
  if (rights.some(right => contains(right, isGradientOfFunction))) add(words.row);
  add(words.immediate);
  return [...items.values()];
};

/** A paragraph, the first time that it is said. */
const once = (said: Set<string>, text: Prose): readonly Block[] => {
  const key = JSON.stringify(text);
  if (said.has(key)) return [];
  said.add(key);
  return [{ kind: "paragraph", text }];
};

/** ∂h_t/∂h_k for every recurrent state: what a change of a state does to a later one. */
export const transitionBlocks = (writing: Writing, { transitions, system }: ForwardDerivation): readonly Block[] => {
  const words = wordsOf(writing);
  const said = new Set<string>();
  if (transitions.length === 0) return [];
  return [
    section(writing, words.transitions),
    ...transitions.flatMap(
      ({ of, indices, place, letter, former: before, over, value, transpose }): readonly Block[] => {
        const names = [...indices, letter];
        const [later, former] = [
          indices.map(named),
          indices.map((index, i) => (i === place ? before : named(index))),
        ].map(index => print(writing, at(of, index)).latex) as [string, string];
        const range = math(conditionOf(writing, reduceDomain(over, EVERYWHERE, system.sizes), names));
        const left = `\\frac{\\partial ${later}}{\\partial ${former}}`;
        const equation = (shown: string, node: Node): readonly Block[] => {
          const printed = print(writing, node, names);
          return [
            equationBlock(shown, printed.latex, writing.numbering.next()),
            ...whereBlocks(writing, printed),
            ...orderSentences(writing, printed, said).map((text): Block => ({ kind: "paragraph", text })),
          ];
        };
        return [
          { kind: "paragraph", text: words.transition(math(former), math(later), range) },
          ...equation(left, value),
          ...(transpose
            ? [...once(said, words.transposed), ...equation(`\\left(${left}\\right)^\\top`, transpose)]
            : []),
        ];
      },
    ),
  ];
};

/** A section for every variable. */
export const forwardSensitivities = (writing: Writing, derivation: ForwardDerivation): readonly Block[] => {
  const words = wordsOf(writing);
  const of = print(writing, generalOf(derivation)).latex;
  const said = new Set<string>();
  return derivation.parts.flatMap(({ variable, sensitivities }): readonly Block[] => {
    const wrt = math(isVec(variable) ? variableLatex(writing, variable) : memberLatexOf(writing, variable));
    const recurrent = sensitivities.filter(one => one.recurrent).length;
    const range = variable.entries
      .map(index => rangeOf(writing, entryRange(sensitivities, index), [index]))
      .join(",\\; ");
    return [
      { ...section(writing, ""), text: words.sensitivities(wrt) } as Block,
      {
        kind: "paragraph",
        text: isVec(variable)
          ? words.whole(math(print(writing, variable.wrt).latex))
          : range === ""
            ? words.lead(of, wrt)
            : prose`${words.lead(of, wrt)}${writing.sentences.gap}${words.ranges(math(range))}`,
      },
      ...(recurrent > 0 && !isVec(variable) ? [{ kind: "paragraph", text: words.learning(recurrent) } as const] : []),
      ...sensitivities.flatMap(one => sensitivityBlocks(writing, one, variable, said)),
    ];
  });
};

const entryRange = (sensitivities: readonly Sensitivity[], index: string): ClosedForm["over"] => {
  const over = sensitivities[0]?.equations[0]?.over ?? { where: [] };
  return { where: over.where.filter(({ monomials }) => monomials.some(({ names }) => names.includes(index))) };
};

export const generalOf = ({ of, system }: ForwardDerivation): SymbolNode | AtNode => {
  const indices = system.symbols.get(of.name)?.indices ?? [];
  return indices.length > 0 ? at(of, indices.map(named)) : of;
};
