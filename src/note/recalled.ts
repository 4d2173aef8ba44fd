/**
 * Rules that a note recalls, "for $Y = A B$, $\bar A = \bar Y B^\top$": each speaks of names of its own, which only look like the
 * note's, and is a small system by itself.
 */
import type { Statement, Syntax } from "../parse/syntax.ts";
import type { Block, Formula } from "./blocks/block.ts";
import { integerOf } from "./integers.ts";
import { baseOfName } from "./occurrences.ts";
import { isLeftSide } from "./statements.ts";
import { everyPart, textOf } from "./tree.ts";

const OPENS = /(?:^|[:：.;,，。；]\s*|\n\s*)(?:for|if|when|对于?|当|若)\s*$/iu;
/** Headings under which nothing is said of the note's own names. */
const HEADING = /\b(?:rules|identit(?:y|ies)|cheat\s*sheet)\b|法则|恒等式|公式/iu;

type ReadFormula = (formula: Formula) => readonly Statement[];

interface Rule {
  readonly left: Syntax;
  readonly right: Syntax;
}

/** t = T − 1; large letters count nothing. */
const isPlace = (left: Syntax, right: Syntax): boolean => {
  if (/^\p{Lu}/u.test(textOf(left))) return false;
  const names = integerOf(right)?.monomials.filter(monomial => monomial.names.length > 0) ?? [];
  return right.kind === "number" || right.kind === "symbol" || (right.kind === "sum" && names.length === 1);
};

/** The equation that a paragraph or an item of a list opens with, behind "for". */
const ruleOf = (block: Block, read: ReadFormula): Rule | undefined => {
  if (block.kind !== "prose") return undefined;
  const [words, piece] = block.pieces;
  if (words?.kind !== "text" || piece?.kind !== "formula" || !OPENS.test(words.text)) return undefined;
  const body = read(piece.formula)[0]?.body;
  if (body?.kind !== "relations" || body.members.length !== 2 || body.operators[0]?.spelling !== "=") return undefined;
  const [left, right] = body.members as readonly [Syntax, Syntax];
  return isLeftSide(left) && !isPlace(left, right) ? { left, right } : undefined;
};

const basesIn = (body: Syntax): readonly string[] => everyPart(body).flatMap(part => baseOfName(part) ?? []);

/** What displays, and formulas that open no rule, say that names are. */
const definedBy = (blocks: readonly Block[], read: ReadFormula): readonly Rule[] =>
  blocks
    .flatMap((block): readonly Formula[] => {
      if (block.kind === "display") return [block.formula];
      return block.kind === "prose"
        ? block.pieces.flatMap(piece => (piece.kind === "formula" ? [piece.formula] : []))
        : [];
    })
    .flatMap(formula => read(formula))
    .flatMap(({ body }) => {
      const [left, right] = body.kind === "relations" && body.operators[0]?.spelling === "=" ? body.members : [];
      return left && right && isLeftSide(left) ? [{ left, right }] : [];
    });

const textOfRule = ({ left, right }: Rule): string => `${textOf(left)} = ${textOf(right)}`;

/**
 * The blocks that are rules: below a heading that says so, or where several give one name several values that rest on nothing
 * the note computes. What is said "for L = …" and then for another one is a choice, and no rule; nor is what repeats an equation.
 */
export const rulesIn = (blocks: readonly Block[], read: ReadFormula): ReadonlySet<Block> => {
  const rules = new Map(
    blocks.flatMap(block => {
      const rule = ruleOf(block, read);
      return rule ? [[block, rule] as const] : [];
    }),
  );
  if (rules.size === 0) return new Set();
  const defined = definedBy(
    blocks.filter(block => !rules.has(block)),
    read,
  );
  const stated = new Set(defined.map(textOfRule));
  const computed = new Set(defined.flatMap(({ left }) => baseOfName(left) ?? []));
  const values = new Map<string, Set<string>>();
  for (const { left, right } of rules.values())
    values.set(textOf(left), (values.get(textOf(left)) ?? new Set()).add(textOf(right)));
  return new Set(
    [...rules].flatMap(([block, rule]) => {
      const isHeaded = block.headings.some(heading => HEADING.test(heading));
      const isSeveral = (values.get(textOf(rule.left))?.size ?? 0) > 1;
      const isOwn = !basesIn(rule.right).some(base => computed.has(base));
      return (isHeaded || (isSeveral && isOwn)) && !stated.has(textOfRule(rule)) ? [block] : [];
    }),
  );
};
