/** From single uses of laws to the few lines that a reader wants: whole terms before and after. */
import type { Node } from "../expr/node.ts";
import type { Phase, Suppositions } from "./law.ts";
import { NOTHING_SUPPOSED } from "./memory.ts";
import { type Run, runPhase } from "./rewrite.ts";
import type { LocalStep, Step } from "./step.ts";

export interface Rewriting {
  readonly node: Node;
  readonly steps: readonly Step[];
}

/** A term with the steps that led to it, which are told when somebody asks: most of them nobody reads. */
export const rewriting = (node: Node, tell: () => readonly Step[]): Rewriting => {
  let told: readonly Step[] | undefined;
  return {
    node,
    get steps() {
      told ??= tell();
      return told;
    },
  };
};

/** More lines than this are told as one. */
const MOST_LINES = 8;

/** The rule of a line in which many laws were used, none of them worth a line of its own. */
const COLLECTED = "simplify";

interface Line {
  rule: string;
  readonly uses: LocalStep[];
}

/** Neighbouring uses of one law make a line; trivial ones join the line beside them. */
const linesOf = (uses: readonly LocalStep[], trivial: ReadonlySet<string>): readonly Line[] => {
  const lines: Line[] = [];
  let leading: string | undefined;
  for (const use of uses) {
    const line = lines.at(-1);
    const small = trivial.has(use.rule);
    if (!line || (!small && leading !== undefined && leading !== use.rule)) {
      lines.push({ rule: use.rule, uses: [use] });
      leading = small ? undefined : use.rule;
      continue;
    }
    line.uses.push(use);
    if (!small) {
      leading = use.rule;
      line.rule = use.rule;
    } else if (leading === undefined && line.rule !== use.rule) {
      line.rule = COLLECTED;
    }
  }
  return lines;
};

/** Brings a term to normal form by the laws of a phase and tells how. Replaying the steps gives the result. */
export const rewrite = (root: Node, phase: Phase, suppositions: Suppositions = NOTHING_SUPPOSED): Rewriting => {
  const run = runPhase(root, phase, suppositions);
  return rewriting(run.node, () => stepsOf(root, phase, suppositions, run));
};

const stepsOf = (root: Node, phase: Phase, suppositions: Suppositions, { node, uses }: Run): readonly Step[] => {
  if (node === root) return [];
  const trivial = new Set(phase.laws.flatMap(law => (law.trivial ? [law.id] : [])));
  const lines = linesOf(uses, trivial);
  if (lines.length > MOST_LINES) return [{ rule: COLLECTED, before: root, after: node, under: uses }];
  const steps: Step[] = [];
  let before = root;
  let used = 0;
  for (const line of lines) {
    used += line.uses.length;
    // The same run, stopped earlier: what is told is what was done.
    const after = used === uses.length ? node : runPhase(root, phase, suppositions, used).node;
    if (after !== before) steps.push({ rule: line.rule, before, after, under: line.uses });
    before = after;
  }
  return steps;
};
