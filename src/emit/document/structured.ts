/** Gradients by symmetric and diagonal matrices: which convention is meant, and what it makes of the ordinary gradient. */
import type { Piece } from "../../derive/gradient.ts";
import type { StructuredGradient } from "../../derive/structured.ts";
import type { System } from "../../expr/system.ts";
import { familyOf } from "../../expr/system.ts";
import type { Block, DocumentLanguage, Row } from "./block.ts";
import { type Inline, math, type Prose, prose } from "./prose.ts";
import { joinReasons, stagesOf } from "./steps.ts";
import { adjointLatex, inlineTerm, type Writing } from "./writing.ts";

type Words = Readonly<Record<StructuredGradient["convention"], (variable: Inline, diagonal: boolean) => Prose>>;

const PART = math("\\tfrac{1}{2} (G + G^\\top)");
const PAIRS = math("G + G^\\top - G \\odot I");
const DIAGONAL = math("G \\odot I");
const PAIRING = math("\\langle A, B \\rangle = \\sum_{i,j} A_{ij} B_{ij}");
const ABOVE = math("G");

const WORDS: Readonly<Record<DocumentLanguage, Words>> = {
  en: {
    "symmetric-part": variable =>
      prose`${variable} is symmetric. With ${ABOVE} for the gradient above, in which every entry varies by itself, the gradient among symmetric matrices, for ${PAIRING}, is the symmetric part ${PART} (convention: symmetric part):`,
    pairs: variable =>
      prose`${variable} is symmetric. With ${ABOVE} for the gradient above, in which every entry varies by itself, the gradient in which two mirrored entries are one variable is ${PAIRS} (convention: entries vary in pairs):`,
    diagonal: variable =>
      prose`${variable} is diagonal. With ${ABOVE} for the gradient above, in which every entry varies by itself, only what stands on the diagonal remains, ${DIAGONAL}:`,
    independent: (variable, diagonal) =>
      prose`${variable} is ${diagonal ? "diagonal" : "symmetric"}; the gradient is that in which every entry varies by itself all the same (convention: independent entries).`,
  },
  zh: {
    "symmetric-part": variable =>
      prose`${variable} 是对称矩阵。记上面各元素独立变化时的梯度为 ${ABOVE}，则在对称矩阵空间中（内积为 ${PAIRING}）的梯度是其对称部分 ${PART}（约定：对称部分）：`,
    pairs: variable =>
      prose`${variable} 是对称矩阵。记上面各元素独立变化时的梯度为 ${ABOVE}，则把互为镜像的两个元素看作同一变量时的梯度为 ${PAIRS}（约定：元素成对变化）：`,
    diagonal: variable =>
      prose`${variable} 是对角矩阵。记上面各元素独立变化时的梯度为 ${ABOVE}，只保留对角线上的部分 ${DIAGONAL}：`,
    independent: (variable, diagonal) =>
      prose`${variable} 是${diagonal ? "对角" : "对称"}矩阵；这里的梯度仍取各元素独立变化时的梯度（约定：元素独立）。`,
  },
};

/** ∂L/∂A among the matrices of A's kind. */
const leftOf = (writing: Writing, system: System, piece: Piece, convention: StructuredGradient["convention"]): string =>
  `\\left(${adjointLatex(writing, system, piece.wrt)}\\right)_{\\mathrm{${convention === "diagonal" ? "diag" : "sym"}}}`;

export const structuredBlocks = (
  writing: Writing,
  system: System,
  piece: Piece,
  avoid: readonly string[],
): readonly Block[] => {
  const { structured } = piece;
  if (!structured) return [];
  const { convention, value, steps } = structured;
  const isDiagonal = system.symbols.get(familyOf(piece.wrt).name)?.structure === "diagonal";
  const text = WORDS[writing.sentences.language][convention](inlineTerm(writing, piece.wrt), isDiagonal);
  if (convention === "independent") return [{ kind: "paragraph", text }];
  const stages = stagesOf(writing, steps[0]?.before ?? value, steps, avoid);
  // What transposing and collecting does is told in one line.
  const [first, ...later] = stages;
  const last = later.at(-1);
  const rows: readonly Row[] = [
    { left: leftOf(writing, system, piece, convention), right: first?.latex ?? "" },
    ...(last ? [{ right: last.latex, because: joinReasons(later.flatMap(({ because }) => because)) }] : []),
  ];
  return [
    { kind: "paragraph", text },
    { kind: "chain", rows, tag: writing.numbering.next() },
  ];
};
