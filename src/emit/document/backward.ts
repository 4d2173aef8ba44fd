/** The derived part of a document: one chain of equalities for every piece of every gradient. */
import { entryFormOf } from "../../derive/entrywise.ts";
import type { Contribution, Derivation, Gradient, Piece } from "../../derive/gradient.ts";
import type { Node } from "../../expr/node.ts";
import { named } from "../../expr/polynomial.ts";
import { familyOf, type System } from "../../expr/system.ts";
import { pairing } from "../../latex/functions.ts";
import { indexLatex } from "../../latex/names.ts";
import type { Block, Row } from "./block.ts";
import { casesLatex, proseInMath } from "./block.ts";
import { pathName } from "./paths.ts";
import { type Inline, math, type Prose } from "./prose.ts";
import { isShowable, joinReasons, type Stage, stagesOf } from "./steps.ts";
import { structuredBlocks } from "./structured.ts";
import { PAGE, widthOf } from "./width.ts";
import {
  adjointLatex,
  conditionOf,
  gradientNode,
  inlineTerm,
  print,
  section,
  type Writing,
  whereBlocks,
} from "./writing.ts";

/** Summands side by side; one that begins with a minus brings its own sign. */
const joinTerms = (terms: readonly string[]): string =>
  terms.map((term, i) => (i === 0 ? term : term.startsWith("-") ? ` - ${term.slice(1)}` : ` + ${term}`)).join("");

const braced = (latex: string, name: readonly Prose[]): string => {
  if (name.length === 0) return latex;
  const lines = name.map(proseInMath);
  return `\\underbrace{${latex}}_{${lines.length === 1 ? lines[0] : `\\substack{${lines.join(" \\\\ ")}}`}}`;
};

/** The pullback of a contribution with its sums around it, before anything is simplified. */
const startOf = (contribution: Contribution): Node => contribution.steps[0]?.before ?? contribution.value;

/** Room for dL = and the like. */
const LEFT_OF_DIFFERENTIAL = 6;

/** \mathrm{d}L = ⟨∂L/∂v, dv⟩ + …, what it becomes for the variable, and the gradient read off. */
const differentialRows = (
  writing: Writing,
  system: System,
  piece: Piece,
  paths: readonly string[],
  worked: readonly Row[],
): readonly Row[] => {
  const [first, ...later] = worked;
  if (!first) return [];
  const left = adjointLatex(writing, system, piece.wrt);
  const whole = pairing(first.right, print(writing, piece.wrt).latex);
  const isShort = widthOf(whole) < PAGE - LEFT_OF_DIFFERENTIAL;
  const { because, ...read } = first;
  return [
    {
      left: `\\mathrm{d} ${print(writing, system.objective).latex}`,
      right: joinTerms(paths),
      because: writing.sentences.differential,
    },
    ...(isShort
      ? [
          { right: whole, ...(because ? { because } : {}) },
          { ...read, left },
        ]
      : [{ ...first, left }]),
    ...later,
  ];
};

/** Rows from the pulled-back summands to their simplified sum. */
const workedRows = (writing: Writing, piece: Piece, avoid: readonly string[], first: Prose): readonly Row[] => {
  const allDirect = piece.contributions.every(c => c.chain === undefined);
  // Beside other paths the direct one stands worked out from the first line on.
  const stages = piece.contributions.map(c =>
    c.chain || allDirect ? stagesOf(writing, startOf(c), c.steps, avoid) : stagesOf(writing, c.value, [], avoid),
  );
  const longest = Math.max(...stages.map(list => list.length));
  const rows: Row[] = [];
  for (let i = 0; i < longest; i++) {
    const current = stages.map(list => list[Math.min(i, list.length - 1)] as Stage);
    const changed = stages.flatMap(list => list[i]?.because ?? []);
    rows.push({ right: joinTerms(current.map(stage => stage.latex)), because: i === 0 ? first : joinReasons(changed) });
  }
  const [start, ...later] = stagesOf(writing, piece.steps[0]?.before ?? piece.value, piece.steps, avoid);
  const last = rows.pop() as Row;
  // The printer may put the summands into another order; that is no line of its own.
  rows.push({ ...last, right: start?.latex ?? last.right });
  for (const stage of later) rows.push({ right: stage.latex, because: joinReasons(stage.because) });
  return rows;
};

/** The chain of equalities for one piece, ending in its value. */
const pieceRows = (
  writing: Writing,
  system: System,
  gradient: Gradient,
  piece: Piece,
): { readonly rows: readonly Row[]; readonly blocks: readonly Block[] } => {
  const { sentences, numbering, context } = writing;
  const avoid = gradient.indices;
  const left = print(writing, gradientNode(writing, system.objective, piece.wrt)).latex;
  const value = print(writing, piece.value, avoid);
  const equations = numbering.of(piece.contributions.map(c => c.equation));
  const chains = piece.contributions.filter(c => c.chain !== undefined);
  const shown = [
    ...chains.map(c => c.chain as Node),
    ...piece.contributions.flatMap(c => [startOf(c), ...c.steps.map(s => s.after)]),
    ...piece.steps.map(s => s.after),
  ];
  if (!isShowable(writing, shown, avoid))
    return {
      rows: [{ left, right: value.latex, because: sentences.local(equations) }],
      blocks: whereBlocks(writing, value),
    };
  const paths = piece.contributions.map(c => {
    const worked = print(writing, c.chain ? startOf(c) : c.value, avoid);
    const path = c.chain ? print(writing, c.chain, avoid, worked.letters) : worked;
    const isPaired = context.notation === "differential" && !c.chain;
    const latex = isPaired ? pairing(path.latex, print(writing, piece.wrt).latex) : path.latex;
    return braced(latex, pathName(writing, gradient, piece, c));
  });
  const worked = workedRows(
    writing,
    piece,
    avoid,
    chains.length === 0 ? sentences.direct(equations) : sentences.local(equations),
  );
  if (chains.length === 0) return { rows: worked.map((row, i) => (i === 0 ? { ...row, left } : row)), blocks: [] };
  if (context.notation === "differential")
    return { rows: differentialRows(writing, system, piece, paths, worked), blocks: [] };
  return {
    rows: [{ left, right: joinTerms(paths), because: sentences.chainRule(paths.length) }, ...worked],
    blocks: [],
  };
};

const casesOf = (writing: Writing, system: System, gradient: Gradient, pieces = gradient.pieces): string =>
  casesLatex(
    adjointLatex(writing, system, gradient.wrt),
    pieces.map(piece => [
      print(writing, piece.value, gradient.indices).latex,
      conditionOf(writing, piece.over, gradient.indices),
    ]),
  );

const sizeLatex = ({ context }: Writing, name: string): string => indexLatex(context, named(name));

const sizeName = (writing: Writing, name: string): Inline => math(sizeLatex(writing, name));

/** The gradient with those by means and variances put in, and its terms collected. */
const collectedBlocks = (writing: Writing, system: System, gradient: Gradient): readonly Block[] => {
  const { collected, indices } = gradient;
  const [first] = collected?.steps ?? [];
  if (!collected || !first) return [];
  const [, ...stages] = stagesOf(writing, first.before, collected.steps, indices);
  const rows = stages.map(
    ({ latex, because }, i): Row => ({
      ...(i === 0 ? { left: adjointLatex(writing, system, gradient.wrt) } : {}),
      right: latex,
      because: joinReasons(because),
    }),
  );
  return [
    { kind: "paragraph", text: writing.sentences.collected(first.rule === "gradient-put-in") },
    { kind: "chain", rows, tag: writing.numbering.next() },
  ];
};

/** One entry of the gradient, where the note differentiates by entries. */
const entryBlocks = (writing: Writing, system: System, gradient: Gradient): readonly Block[] => {
  const form = entryFormOf(system, gradient);
  if (!form) return [];
  const [left, right] = [print(writing, form.left, gradient.indices), print(writing, form.right, gradient.indices)];
  return [
    { kind: "paragraph", text: writing.sentences.entry },
    { kind: "equation", latex: `${left.latex} = ${right.latex}`, tag: writing.numbering.next() },
    ...whereBlocks(writing, right),
  ];
};

/** A gradient: its pieces, the cases together, and how it is evaluated. */
const gradientBlocks = (writing: Writing, system: System, gradient: Gradient): readonly Block[] => {
  const { sentences, numbering, level } = writing;
  const heading: Block = {
    kind: "heading",
    level: level === 2 ? 3 : 4,
    text: [math(adjointLatex(writing, system, gradient.wrt, true))],
  };
  const symbol = inlineTerm(writing, gradient.wrt);
  const objective = print(writing, system.objective).latex;
  const blocks: Block[] = [heading];
  const several = gradient.pieces.length > 1;
  for (const piece of gradient.pieces) {
    const condition = conditionOf(writing, piece.over, gradient.indices);
    const empty = piece.contributions.length === 0;
    if (empty) blocks.push({ kind: "paragraph", text: sentences.noPath(inlineTerm(writing, piece.wrt), objective) });
    else {
      const { rows, blocks: below } = pieceRows(writing, system, gradient, piece);
      if (condition !== "") blocks.push({ kind: "paragraph", text: sentences.only(math(condition)) });
      blocks.push({ kind: "chain", rows, ...(several ? {} : { tag: numbering.next() }) }, ...below);
      blocks.push(...structuredBlocks(writing, system, piece, gradient.indices));
    }
  }
  blocks.push(...collectedBlocks(writing, system, gradient), ...entryBlocks(writing, system, gradient));
  if (several) {
    blocks.push(
      { kind: "paragraph", text: sentences.together },
      { kind: "equation", latex: casesOf(writing, system, gradient), tag: numbering.next() },
    );
  }
  if (gradient.pieces.length === 0) blocks.push({ kind: "paragraph", text: sentences.noPath(symbol, objective) });
  const [start] = gradient.pieces;
  if (gradient.recursion.length > 0) {
    const first =
      several && start?.part === "boundary" ? math(adjointLatex(writing, system, start.wrt, true)) : undefined;
    const ways = (["down", "up"] as const).flatMap(direction => {
      const indices = gradient.recursion
        .filter(way => way.direction === direction)
        .map(way => [sizeName(writing, way.index)]);
      return indices.length > 0 ? [{ direction, indices }] : [];
    });
    const zero = gradient.beyond?.map(member => [math(`${adjointLatex(writing, system, member, true)} = 0`)]);
    blocks.push({
      kind: "paragraph",
      text: [...sentences.recursive(ways, first), ...(zero && several ? sentences.beyond(zero) : [])],
    });
  }
  const late = [...gradient.validFrom].filter(([, least]) => least > 1);
  for (const [name, least] of late) {
    blocks.push({ kind: "paragraph", text: sentences.validFrom(math(`${sizeLatex(writing, name)} \\ge ${least}`)) });
  }
  for (const { at, pieces } of gradient.short) {
    const horizons = [...at].map(([name, value]) => `${sizeLatex(writing, name)} = ${value}`).join(",\\; ");
    blocks.push(
      { kind: "paragraph", text: sentences.short(math(horizons)) },
      { kind: "equation", latex: casesOf(writing, system, gradient, pieces) },
    );
  }
  return blocks;
};

/** Gradients of what is computed, then those of the parameters. */
export const backwardEquations = (writing: Writing, { system, gradients }: Derivation): readonly Block[] => {
  const { sentences } = writing;
  const isParameter = (gradient: Gradient): boolean =>
    system.symbols.get(familyOf(gradient.wrt).name)?.role !== "defined";
  const inner = gradients.filter(gradient => !isParameter(gradient) && !gradient.isPutIn);
  const outer = gradients.filter(isParameter);
  return [
    ...(inner.length === 0
      ? []
      : [
          section(writing, sentences.headings.backward),
          { kind: "paragraph", text: sentences.backwardLead(print(writing, system.objective).latex) } as const,
          ...inner.flatMap(gradient => gradientBlocks(writing, system, gradient)),
        ]),
    ...(outer.length === 0
      ? []
      : [
          section(writing, sentences.headings.parameters),
          ...outer.flatMap(gradient => gradientBlocks(writing, system, gradient)),
        ]),
  ];
};
