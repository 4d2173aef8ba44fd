/** The derivation document: from derivations to blocks, and from blocks to a file's text. */
import type { Derivation } from "../../derive/gradient.ts";
import { familyOf, type System } from "../../expr/system.ts";
import type { AdjointNotation, LatexContext, ProductHabit } from "../../latex/names.ts";
import type { MathStyle } from "../../render/style.ts";
import type { Sentence } from "../../rewrite/law.ts";
import { backwardEquations } from "./backward.ts";
import type { Block, Document, DocumentLanguage } from "./block.ts";
import { CHINESE } from "./chinese.ts";
import { closedForms, truncatedForms } from "./closed.ts";
import { ENGLISH } from "./english.ts";
import { abbreviations, conventions, forwardEquations, symbolTable } from "./forward.ts";
import { jacobians, secondDerivatives, type WrittenHessians, type WrittenJacobians } from "./higher.ts";
import { writeHtml } from "./html.ts";
import { writeMarkdown } from "./markdown.ts";
import { Numbering } from "./numbering.ts";
import { joinProse, prose, withLetters } from "./prose.ts";
import { rulesUsed } from "./rules.ts";
import { safeContext, safeFormula } from "./safe.ts";
import type { CheckReport, Sentences } from "./sentences.ts";
import { writeTex } from "./tex.ts";
import { section, type Writing } from "./writing.ts";

/** A statement on growth or decay: what is said, under which hypotheses, by whom. */
export interface GrowthStatement {
  readonly latex?: string;
  readonly says: Sentence;
  readonly supposing: readonly Sentence[];
  readonly source?: string;
}

/** A derived system with what was found out about it. */
export interface WrittenSystem {
  /** How the derivation's gradients are written; columns for columns unless it says otherwise. */
  readonly layout?: "numerator";
  readonly derivation: Derivation;
  readonly checked?: CheckReport;
  readonly growth?: readonly GrowthStatement[];
  /** Second derivatives, after the gradients. */
  readonly second?: WrittenHessians;
}

/** Jacobians that were asked for by themselves. */
export interface WrittenJacobianSystem {
  readonly jacobians: WrittenJacobians;
  readonly checked?: CheckReport;
}

export type Written = WrittenSystem | WrittenJacobianSystem;

export const isJacobian = (written: Written): written is WrittenJacobianSystem => "jacobians" in written;

/** The system that something written speaks of, with every symbol that it mentions. */
const systemOf = (written: Written): System =>
  isJacobian(written) ? written.jacobians.system : (written.second?.system ?? written.derivation.system);

export interface DocumentOptions {
  readonly language?: DocumentLanguage;
  readonly notation?: AdjointNotation;
  /** How entry-by-entry products are written, where not in the usual way. */
  readonly products?: readonly ProductHabit[];
  /** The heading; by default made from the names of the systems. */
  readonly title?: string;
}

const LANGUAGES: Readonly<Record<DocumentLanguage, Sentences>> = { en: ENGLISH, zh: CHINESE };

const growthBlocks = (writing: Writing, statements: readonly GrowthStatement[]): readonly Block[] => {
  if (statements.length === 0) return [];
  const { sentences, numbering } = writing;
  const { language } = sentences;
  return [
    section(writing, sentences.headings.growth),
    ...statements.flatMap(({ latex, says, supposing, source }): readonly Block[] => {
      const formula = latex === undefined ? undefined : safeFormula(latex);
      const end = formula === undefined ? sentences.stop : sentences.colon;
      const hypotheses = supposing.map(sentence => withLetters(sentence[language]));
      return [
        {
          kind: "paragraph",
          text: prose`${withLetters(says[language])}${source === undefined ? "" : ` (${source})`}${end}`,
        },
        ...(formula === undefined ? [] : [{ kind: "equation", latex: formula, tag: numbering.next() } as const]),
        ...(hypotheses.length === 0
          ? []
          : [
              {
                kind: "paragraph",
                text: [
                  { strong: sentences.growthHypotheses },
                  ...prose` ${joinProse(hypotheses, "; ")}${sentences.stop}`,
                ],
              } as const,
            ]),
      ];
    }),
  ];
};

const hasHorizon = ({ sizes }: System): boolean => [...sizes.values()].some(size => size.role === "horizon");

const checkedBlocks = (writing: Writing, checked: CheckReport | undefined, system: System): readonly Block[] =>
  checked
    ? [
        section(writing, writing.sentences.headings.checked),
        { kind: "paragraph", text: writing.sentences.checked(checked, hasHorizon(system)) },
      ]
    : [];

/** The symbols that the note itself has. */
const withoutDirections = ({ system, maps, names }: WrittenJacobians): System => {
  const added = new Set([
    ...maps.map(({ direction }) => direction.node.name),
    ...names.map(({ left }) => familyOf(left).name),
  ]);
  return { ...system, symbols: new Map([...system.symbols].filter(([name]) => !added.has(name))) };
};

const jacobianBlocks = (writing: Writing, { jacobians: written, checked }: WrittenJacobianSystem): readonly Block[] => {
  const system = withoutDirections(written);
  return [
    ...symbolTable(writing, system),
    ...forwardEquations(writing, system, []),
    ...abbreviations(writing, written.names),
    ...jacobians(writing, written),
    ...checkedBlocks(writing, checked, system),
  ];
};

const systemBlocks = (writing: Writing, { derivation, checked, growth, second }: WrittenSystem): readonly Block[] => [
  ...conventions(writing, derivation.system),
  ...symbolTable(writing, derivation.system),
  ...forwardEquations(writing, derivation.system),
  ...abbreviations(writing, derivation.abbreviations),
  ...backwardEquations(writing, derivation),
  ...closedForms(writing, derivation),
  ...truncatedForms(writing, derivation),
  ...growthBlocks(writing, growth ?? []),
  ...(second ? secondDerivatives(writing, second) : []),
  ...(writing.context.layout === "numerator" ? [] : rulesUsed(writing, derivation)),
  ...checkedBlocks(writing, checked, derivation.system),
];

/** In numerator layout a row times a Jacobian needs no operator that transposes. */
const contextFor = (
  written: Written,
  { notation: asked = "prod", products = [] }: Pick<DocumentOptions, "notation" | "products">,
): LatexContext => {
  const layout = isJacobian(written) ? undefined : written.layout;
  const notation = layout === "numerator" && asked === "prod" ? "plain" : asked;
  return { ...safeContext(systemOf(written), notation), products, ...(layout ? { layout } : {}) };
};

/** The document of one or several systems of a note. Numbers of equations run through all of it. */
export const documentOf = (systems: readonly Written[], options: DocumentOptions = {}): Document => {
  const { language = "en" } = options;
  const sentences = LANGUAGES[language];
  const names = systems.map(written => systemOf(written).name);
  const isJacobians = systems.length > 0 && systems.every(isJacobian);
  const title = options.title ?? (isJacobians ? sentences.jacobianTitle(names) : sentences.title(names));
  const numbering = new Numbering();
  const several = systems.length > 1;
  const blocks = systems.flatMap((written): readonly Block[] => {
    const system = systemOf(written);
    const writing: Writing = {
      context: contextFor(written, options),
      sentences,
      numbering,
      level: several ? 3 : 2,
    };
    const heading: Block = { kind: "heading", level: 2, text: [{ text: system.name }] };
    return [
      ...(several ? [heading] : []),
      ...(isJacobian(written) ? jacobianBlocks(writing, written) : systemBlocks(writing, written)),
    ];
  });
  return { language, title, blocks: [{ kind: "heading", level: 1, text: [{ text: title }] }, ...blocks] };
};

export type DocumentFormat = "md" | "html" | "tex";

export const writeDocument = (document: Document, format: DocumentFormat, style?: MathStyle): string => {
  switch (format) {
    case "md":
      return writeMarkdown(document);
    case "html":
      return writeHtml(document, style);
    case "tex":
      return writeTex(document);
  }
};
