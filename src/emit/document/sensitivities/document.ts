/** The document of forward mode: from derivations to blocks. */
import type { ForwardDerivation } from "../../../derive/forward/sensitivity.ts";
import type { System } from "../../../expr/system.ts";
import type { Block, Document, DocumentLanguage } from "../block.ts";
import { CHINESE } from "../chinese.ts";
import { ENGLISH } from "../english.ts";
import { abbreviations, conventions, forwardEquations, symbolTable } from "../forward.ts";
import { Numbering } from "../numbering.ts";
import { math } from "../prose.ts";
import type { CheckReport } from "../sentences.ts";
import { print, section, type Writing } from "../writing.ts";
import { forwardConventions, forwardSensitivities, generalOf, transitionBlocks } from "./equations.ts";
import { forwardContext } from "./notation.ts";
import { FORWARD_WORDS } from "./words.ts";

export interface WrittenForward {
  readonly forward: ForwardDerivation;
  readonly checked?: CheckReport;
}

/** The note's own symbols and the abbreviations, without those that stand for derivatives. */
const ownSystem = ({ system, notations }: ForwardDerivation): System => ({
  ...system,
  symbols: new Map([...system.symbols].filter(([name]) => !notations.has(name))),
});

const systemBlocks = (writing: Writing, { forward, checked }: WrittenForward): readonly Block[] => {
  const system = ownSystem(forward);
  const hasHorizon = [...system.sizes.values()].some(size => size.role === "horizon");
  const words = FORWARD_WORDS[writing.sentences.language];
  return [
    ...conventions(writing, system, forwardConventions(writing, forward)),
    ...symbolTable(writing, system),
    ...forwardEquations(writing, system, words.differentiated(math(print(writing, generalOf(forward)).latex))),
    ...abbreviations(writing, forward.abbreviations, words.abbreviations),
    ...transitionBlocks(writing, forward),
    ...forwardSensitivities(writing, forward),
    ...(checked
      ? [
          section(writing, writing.sentences.headings.checked),
          { kind: "paragraph", text: words.checked(checked, hasHorizon) } as const,
        ]
      : []),
  ];
};

/** The document of one or several systems. Numbers of equations run through all of it. */
export const forwardDocumentOf = (
  systems: readonly WrittenForward[],
  options: { readonly language?: DocumentLanguage; readonly title?: string } = {},
): Document => {
  const { language = "en" } = options;
  const sentences = language === "zh" ? CHINESE : ENGLISH;
  const title = options.title ?? FORWARD_WORDS[language].title(systems.map(({ forward }) => forward.system.name));
  const numbering = new Numbering();
  const several = systems.length > 1;
  const blocks = systems.flatMap((written): readonly Block[] => {
    const writing: Writing = {
      context: forwardContext(written.forward, "plain"),
      sentences,
      numbering,
      level: several ? 3 : 2,
    };
    const heading: Block = { kind: "heading", level: 2, text: [{ text: written.forward.system.name }] };
    return [...(several ? [heading] : []), ...systemBlocks(writing, written)];
  });
  return { language, title, blocks: [{ kind: "heading", level: 1, text: [{ text: title }] }, ...blocks] };
};
