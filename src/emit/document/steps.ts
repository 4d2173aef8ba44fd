/** Steps as lines: what does not show is left out, what happens at once stands in one line. */
import type { Node } from "../../expr/node.ts";
import type { Step } from "../../rewrite/step.ts";
import { findLaw } from "../../rules/index.ts";
import { joinProse, type Prose } from "./prose.ts";
import { print, type Writing } from "./writing.ts";

/** A stage of a term on its way, with why it follows from the one before. */
export interface Stage {
  readonly latex: string;
  readonly because: readonly Prose[];
}

/** The reasons of a step: those of the single uses of laws where they are known, without repetition. */
const reasonsOf = ({ sentences }: Writing, step: Step): readonly Prose[] => {
  if (step.rule === "known-adjoint") return [sentences.knownAdjoint];
  const ids = (step.under ?? []).map(local => local.rule);
  const found = [...new Set(ids.length > 0 ? ids : [step.rule])].flatMap(
    id => findLaw(id)?.say[sentences.language] ?? [],
  );
  return [...new Set(found)].map((text): Prose => [{ text }]);
};

/**
 * From the first term to the last; a step that leaves the printed form as it is gives no stage. With `named` false, a
 * step to a term that needs names of the printer's making is taken together with the one after it.
 */
export const stagesOf = (
  writing: Writing,
  start: Node,
  steps: readonly Step[],
  avoid: readonly string[],
  named = true,
): readonly Stage[] => {
  const stages: Stage[] = [{ latex: print(writing, start, avoid).latex, because: [] }];
  let earlier: readonly Prose[] = [];
  for (const [i, step] of steps.entries()) {
    const { latex, where } = print(writing, step.after, avoid);
    const because = [...earlier, ...reasonsOf(writing, step)];
    const isSkipped = !named && where.length > 0 && i < steps.length - 1;
    if (!isSkipped && latex !== stages.at(-1)?.latex) stages.push({ latex, because });
    earlier = isSkipped ? because : [];
  }
  return stages;
};

/** Several reasons as one, each once. */
export const joinReasons = (because: readonly Prose[]): Prose => {
  const seen = new Map(because.map(reason => [JSON.stringify(reason), reason]));
  return joinProse([...seen.values()], "; ");
};

/** Whether steps can be shown: neither they nor their terms need names of the printer's making. */
export const isShowable = (writing: Writing, nodes: readonly Node[], avoid: readonly string[]): boolean =>
  nodes.every(node => {
    const { where, latex } = print(writing, node, avoid);
    return where.length === 0 && latex.length < 1500;
  });
