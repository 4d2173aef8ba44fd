/**
 * Equations that give a parameter a value, among the forward ones: its best value, w^* = …, or the next of an iteration,
 * w = w - …. No forward equation rests on them.
 */
import type { Syntax } from "../parse/syntax.ts";
import { withoutMarks } from "./claims/marked.ts";
import { headed, readNames } from "./occurrences.ts";
import type { Definition } from "./statements.ts";
import type { SystemText } from "./systemtext.ts";
import { textOf } from "./tree.ts";

/** Words by which notes ask where a gradient is 0. */
const ZERO =
  /\b(?:set|sets|setting|equat\w+)\b[^.]*\b(?:zero|0)\b|\bvanish\w*|\bnormal equations?\b|\bclosed[- ]form\b|\bfirst-order condition|为零|等于零|[令设][^。]*=\s*0|为 ?0|等于 ?0|正规方程|闭式解|解得/iu;

/** Words by which they ask for the best. */
const BEST =
  /\bstationar\w*|\bcritical\b|\boptim\w*|\b(?:minim|maxim)(?:i[sz]\w*|um)\b|\bsol(?:ve|ving|ution)\b|驻点|极值|极小|极大|最优|求解/iu;

/** How far before an equation its words are looked for. */
const NEAR = 400;

/** Whether the words before a place ask where a gradient is 0. */
export const asksForZero = (note: string, at: number, alsoBest = true): boolean => {
  const words = note.slice(Math.max(0, at - NEAR), at);
  return ZERO.test(words) || (alsoBest && BEST.test(words));
};

const nameOf = ({ left }: Definition): string => textOf(headed(left)?.name ?? left);

/** \hat x, of which \hat x_i = … gives the entries. */
const wholeOf = ({ left }: Definition): string => {
  const isAccented =
    left.kind === "scripted" &&
    (left.base.kind === "accent" || (left.base.kind === "symbol" && left.base.accents.length > 0));
  return textOf(isAccented ? left.base : left);
};

/** How many of the lists hold a text. */
const counted = (lists: readonly (readonly string[])[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const list of lists) for (const text of new Set(list)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};

/** w, in w + …. */
const increased = ({ right }: Definition): Syntax | undefined => {
  const [first] = right.kind === "sum" ? right.terms : [];
  return first?.sign === null ? first.body : undefined;
};

/** w, in w = w - …. With a plus it may be a layer that adds to what it is given. */
const diminished = (definition: Definition): Syntax | undefined => {
  const [, second] = definition.right.kind === "sum" ? definition.right.terms : [];
  return second?.sign?.spelling === "-" ? increased(definition) : undefined;
};

const ARROW = /\\(?:long)?leftarrow|\\gets|:=|\\coloneqq|←/u;

const isDescent = (definition: Definition): boolean => {
  const own = diminished(definition);
  return own !== undefined && textOf(own) === textOf(definition.left);
};

export interface Parted {
  readonly text: SystemText;
  readonly solutions: readonly Definition[];
}

/** The text without such equations, and these. */
export const withoutSolutions = (text: SystemText, note: string): Parted => {
  const { definitions } = text.statements;
  const reads = new Map(definitions.map(each => [each, readNames(each.right).map(textOf)] as const));
  const readers = counted([...reads.values()]);
  const firstRead = new Map<string, number>();
  for (const [{ span }, names] of reads)
    for (const name of names) firstRead.set(name, Math.min(firstRead.get(name) ?? span.start, span.start));
  const stepped = new Set(definitions.filter(isDescent).map(nameOf));
  /** v ← βv - ηg: a value that is read where it is given is another one each time. */
  const isAssigned = ({ left, right }: Definition): boolean =>
    ARROW.test(note.slice(left.span.end, right.span.start)) &&
    readNames(right).some(name => textOf(name) === textOf(left));
  /** A name that has a value only as the answer to a question. */
  const isAnswer = (definition: Definition): boolean => {
    if (isAssigned(definition)) return true;
    const name = nameOf(definition);
    const isLate = (firstRead.get(name) ?? Number.POSITIVE_INFINITY) < definition.span.start;
    return isLate && (stepped.has(name) || asksForZero(note, definition.span.start, false));
  };
  const answers = new Set(definitions.filter(isAnswer));
  const definers = counted(definitions.filter(each => !answers.has(each)).map(each => [nameOf(each)]));
  const isRead = (name: string, own: Definition): boolean =>
    (readers.get(name) ?? 0) > (reads.get(own)?.includes(name) ? 1 : 0);
  const isMarked = (definition: Definition): boolean => {
    const names = {
      isGiven: (name: Syntax) => isRead(textOf(name), definition) && !definers.has(textOf(name)),
      isKnown: () => false,
    };
    const plain = withoutMarks(definition.left, "best", names);
    // What is best is said by other names: \hat{v} = v / \|v\| is another value beside v.
    if (plain !== definition.left) return !reads.get(definition)?.includes(textOf(plain));
    // w^{(k+1)} = w^{(k)} - …, where nothing else is called w^{(k)}.
    const before = increased(definition);
    const [next, own] = [definition.left, before].map(each => each && withoutMarks(each, "step", names));
    return next !== definition.left && own !== before && own && next ? textOf(own) === textOf(next) : false;
  };
  const marked = new Set(definitions.filter(isMarked));
  // \hat{\mu} may be read in \hat{\sigma}; \hat{y} is read by the loss.
  const needed = new Set(definitions.flatMap(each => (marked.has(each) ? [] : (reads.get(each) ?? []))));
  const solutions = definitions.filter(each =>
    answers.has(each)
      ? !definers.has(nameOf(each))
      : marked.has(each) && !needed.has(nameOf(each)) && !needed.has(wholeOf(each)),
  );
  if (solutions.length === 0) return { text, solutions };
  const rest = definitions.filter(each => !solutions.includes(each));
  return { text: { ...text, statements: { ...text.statements, definitions: rest } }, solutions };
};
