/** Claims as chains of equalities: a = b = c over rows and displays, with the ranges and shapes that stand behind. */

import { cover, type Span } from "../../base/source.ts";
import { constantValue } from "../../expr/polynomial.ts";
import type { Operator, Statement, Syntax } from "../../parse/syntax.ts";
import { comparisonIn } from "../excluded.ts";
import { integerOf } from "../integers.ts";
import { type Range, rangesOf } from "../ranges.ts";
import { type Claim, DEFINES, type Definition, sizesOfSet } from "../statements.ts";

export interface Chain {
  readonly members: readonly Syntax[];
  /** One less than members. */
  readonly relations: readonly Operator[];
  readonly conditions: readonly Range[];
  /** Conditions that are no ranges of indices: c > 0. */
  readonly premises: readonly Syntax[];
  /** … ∈ ℝ^{h×d} behind a member. */
  readonly shapes: readonly { readonly of: number; readonly sizes: readonly Syntax[]; readonly span: Span }[];
  readonly label?: string;
  /** Words before it in its row. */
  readonly words: string;
  readonly span: Span;
  /** The first link is a forward definition; what follows are claims about it. */
  readonly defines: boolean;
  /** A line of code, whose arrays have the shapes that they have. */
  readonly code?: Statement["code"];
  /** Indices that the note leaves out, and that were put in to read it. */
  readonly leftOut?: readonly string[];
}

interface Open {
  members: Syntax[];
  relations: Operator[];
  conditions: Range[];
  premises: Syntax[];
  shapes: { of: number; sizes: readonly Syntax[]; span: Span }[];
  label?: string;
  words: string;
  span: Span;
  defines: boolean;
  code?: Statement["code"];
}

const equals = (span: Span): Operator => ({ spelling: "=", span });

const addMember = (chain: Open, relation: Operator | undefined, member: Syntax): void => {
  if (relation && (relation.spelling === "\\in" || relation.spelling === ":")) {
    const sizes = sizesOfSet(member);
    if (sizes) chain.shapes.push({ of: chain.members.length - 1, sizes, span: member.span });
    return;
  }
  if (relation) chain.relations.push(relation);
  chain.members.push(member);
};

const addStatement = (chain: Open, { body, conditions, continues, span }: Statement): void => {
  const members = body.kind === "relations" ? body.members : [body];
  for (const [i, member] of members.entries()) {
    const relation = i > 0 && body.kind === "relations" ? body.operators[i - 1] : (continues ?? undefined);
    addMember(chain, chain.members.length === 0 ? undefined : relation, member);
  }
  for (const condition of conditions) {
    const ranges = rangesOf(condition);
    const found = ranges.length > 0 ? ranges : comparisonIn(condition);
    chain.conditions.push(...found);
    if (found.length === 0) chain.premises.push(condition);
  }
  chain.span = chain.members.length === members.length ? span : cover(chain.span, span);
};

const opened = (span: Span, defines: boolean): Open => ({
  members: [],
  relations: [],
  conditions: [],
  premises: [],
  shapes: [],
  words: "",
  span,
  defines,
});

const ofDefinition = ({ left, right, conditions, label, span }: Definition, defines: boolean): Open => ({
  ...opened(span, defines),
  members: [left, right],
  relations: [equals(right.span)],
  conditions: [...conditions],
  ...(label === undefined ? {} : { label }),
});

/** What names that are no values count. */
interface Counting {
  readonly sizes: { readonly has: (name: string) => boolean };
  readonly letters: ReadonlySet<string>;
}

const NOTHING_COUNTED: Counting = { sizes: new Map(), letters: new Set() };

/** The chains of one part of a note, definitions among them, in the order of the note. */
export const chainsOf = (
  definitions: readonly Definition[],
  claims: readonly Claim[],
  { sizes, letters } = NOTHING_COUNTED,
): readonly Chain[] => {
  const events: { readonly at: number; readonly definition?: Definition; readonly claim?: Claim }[] = [];
  const later = new Set(claims.flatMap(({ definition }) => definition ?? []));
  for (const definition of definitions) events.push({ at: definition.span.start, definition });
  for (const claim of claims) if (claim.statement) events.push({ at: claim.span.start, claim });
  events.sort((a, b) => a.at - b.at || Number(b.definition !== undefined) - Number(a.definition !== undefined));
  /** T = 3 and i → 0; t = T says for which members something is so. */
  const isRemark = (members: readonly Syntax[]): boolean => {
    const [left, right] = members.map(integerOf);
    if (!left || !right) return false;
    return letters.has(left.key) || (sizes.has(left.key) && constantValue(right) !== undefined);
  };
  const chains: Open[] = [];
  for (const { definition, claim } of events) {
    const last = chains.at(-1);
    if (definition) {
      chains.push(ofDefinition(definition, !later.has(definition)));
      continue;
    }
    const statement = claim?.statement as Statement;
    if (statement.continues) {
      if (last) addStatement(last, statement);
      continue;
    }
    // The further links of a definition's own row.
    if (last?.defines && last.span.start === statement.body.span.start && last.members.length === 2) {
      const replaced: Open = {
        ...opened(statement.span, true),
        ...(last.label === undefined ? {} : { label: last.label }),
      };
      addStatement(replaced, statement);
      chains[chains.length - 1] = replaced;
      continue;
    }
    const chain = opened(statement.span, false);
    chain.words = statement.before.map(({ text }) => text).join(" ");
    if (statement.number) chain.label = statement.number.text;
    if (statement.code) chain.code = statement.code;
    addStatement(chain, statement);
    chains.push(chain);
  }
  return chains.filter(({ members, relations }) => {
    const equality = relations.every(({ spelling }) => DEFINES.has(spelling));
    return members.length > 1 && equality && !(members.length === 2 && isRemark(members));
  });
};
