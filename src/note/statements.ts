/** What a statement of a note is: a declaration of shapes, a definition, a range of an index, or a claim. */
import type { Span } from "../base/source.ts";
import { constantValue, type Polynomial } from "../expr/polynomial.ts";
import { AXES } from "../ops/along.ts";
import type { Statement, Syntax } from "../parse/syntax.ts";
import { integerOf } from "./integers.ts";
import type { NamedAxis } from "./namedaxes.ts";
import { drawnIn } from "./random.ts";
import { enumerated, type Range, rangesOf } from "./ranges.ts";
import { readingsAlong, readingsOf } from "./readings.ts";
import { isName, shapeMark, takeApart } from "./scripts.ts";
import { type StructureRemark, saysSymmetric } from "./structures.ts";
import { everyPart, speaksOfDerivatives } from "./tree.ts";

/** x ∈ R^{h×d}: the sizes as written; an empty list is a scalar. */
export interface Declaration {
  readonly name: Syntax;
  readonly sizes: readonly Syntax[];
  readonly span: Span;
  readonly from: "declared" | "front matter";
}

/** A name that words call a class or a word, or that is one of several whole numbers: those from `low` to `high`. */
export interface LabelSaid {
  readonly name: Syntax;
  readonly ends?: { readonly low: Polynomial; readonly high: Syntax };
  readonly span: Span;
}

export interface Definition {
  readonly left: Syntax;
  readonly right: Syntax;
  readonly conditions: readonly Range[];
  readonly label?: string;
  /** "If $L = …$", one of several that the note goes through. */
  readonly isChoice?: true;
  readonly span: Span;
}

/** An equation that the forward pass does not rest on: unread, for the checker. */
export interface Claim {
  /** Absent for a definition that came second. */
  readonly statement?: Statement;
  readonly definition?: Definition;
  readonly system: string;
  readonly span: Span;
  /** It continues the statement before it: = W x. */
  readonly continues: boolean;
}

export interface Statements {
  readonly declarations: Declaration[];
  readonly definitions: Definition[];
  readonly ranges: Range[];
  readonly claims: Claim[];
  /** Names that are said to be whole numbers: k ∈ ℕ. */
  readonly integers: Syntax[];
  /** Names that are said to be one of several whole numbers, y ∈ {1, …, K}, or that words call a class. */
  readonly labels: LabelSaid[];
  readonly axes: NamedAxis[];
  /** Names that a distribution gives, m ∼ Bernoulli(p), or that words call masks or rates. */
  readonly given: Syntax[];
  /** Matrices that are said to equal their transposes: A = Aᵀ. */
  readonly structures: StructureRemark[];
  /** Equations whose left side is no name. */
  readonly odd: Syntax[];
  /** Names that stand alone: `\lambda`, `\phi(\cdot)`. */
  readonly mentions: Syntax[];
}

export const noStatements = (): Statements => ({
  declarations: [],
  definitions: [],
  ranges: [],
  claims: [],
  integers: [],
  labels: [],
  axes: [],
  given: [],
  structures: [],
  odd: [],
  mentions: [],
});

/** Relations that say that two things are one. */
export const DEFINES: ReadonlySet<string> = new Set([
  "=",
  ":=",
  "\\triangleq",
  "\\equiv",
  "\\doteq",
  "\\coloneqq",
  "\\colonequals",
  "\\leftarrow",
  "\\gets",
]);
const REAL_LETTER = new Set(["R"]);
const REAL_COMMAND = new Set(["\\R", "\\bR", "\\RR", "\\reals", "\\Reals"]);
const SET_FONTS = new Set(["mathbb", "mathds", "mathbbm", "Bbb", "mathbf", "vmathbb"]);

/** n x m with the letter x for the sign. */
const lettersAsCross = (body: Syntax): readonly Syntax[] | undefined => {
  const factors =
    body.kind === "product"
      ? body.factors.map(factor => factor.body)
      : body.kind === "symbol"
        ? (body.parts ?? [])
        : [];
  const [a, cross, b] = factors;
  return factors.length === 3 && a && b && cross?.kind === "symbol" && cross.name === "x" ? [a, b] : undefined;
};

/** The sizes of R^{h×d}; undefined if the set is not one of real arrays. */
export const sizesOfSet = (set: Syntax): readonly Syntax[] | undefined => {
  const { core } = takeApart(set);
  if (!isName(core)) return undefined;
  const real =
    REAL_COMMAND.has(core.name) || (REAL_LETTER.has(core.name) && core.fonts.some(font => SET_FONTS.has(font)));
  if (!real) return undefined;
  if (set.kind !== "scripted") return [];
  const [script, more] = set.scripts;
  if (!script || more || script.position !== "sup") return undefined;
  return shapeMark(script.body) ?? lettersAsCross(script.body) ?? [script.body];
};

/** ℕ, ℤ, and these with a mark. */
const isIntegerSet = (set: Syntax): boolean => {
  const { core } = takeApart(set);
  return (
    isName(core) &&
    (/^\\(?:N|Z|NN|ZZ)$/u.test(core.name) ||
      (/^[NZ]$/u.test(core.name) && core.fonts.some(font => SET_FONTS.has(font))))
  );
};

/** h \times d, (h, d) or (h \times d) beside a colon or in words. */
export const sizesOfMark = (mark: Syntax): readonly Syntax[] | undefined => {
  const marked = shapeMark(mark);
  if (marked) return marked;
  if (mark.kind !== "group" || !mark.body) return undefined;
  return mark.body.kind === "list" ? mark.body.items : shapeMark(mark.body);
};

/** Whether a formula can be the left side of a definition: a name, or a name with arguments. */
export const isLeftSide = (syntax: Syntax): boolean => {
  if (syntax.kind === "product") {
    const [name, argument] = syntax.factors;
    return syntax.factors.length === 2 && name !== undefined && argument?.call === true && isLeftSide(name.body);
  }
  return isName(takeApart(syntax).core);
};

/** A name with indices at most: no power, no transpose. */
const isPlainName = (syntax: Syntax): boolean =>
  isName(takeApart(syntax).core) &&
  (syntax.kind !== "scripted" ||
    syntax.scripts.every(
      script => script.position === "sub" || (script.position === "sup" && script.body.kind === "group"),
    ));

const listed = (syntax: Syntax): readonly Syntax[] => (syntax.kind === "list" ? syntax.items : [syntax]);

/** y ∈ {1, …, K}, w_t ∈ [V]: names of one of several places. */
const placesSaid = (body: Syntax): readonly LabelSaid[] => {
  if (body.kind === "list") return body.items.flatMap(placesSaid);
  if (body.kind !== "relations" || body.members.length !== 2 || body.operators[0]?.spelling !== "\\in") return [];
  const [subject, set] = body.members as [Syntax, Syntax];
  const ends = enumerated(set);
  return ends ? listed(subject).map(name => ({ name, ends, span: body.span })) : [];
};

/** Sorts one statement; `forward`: whether definitions count here. */
export const sortStatement = (statement: Statement, system: string, forward: boolean, into: Statements): void => {
  const { body, span } = statement;
  const claim = (): void => {
    into.claims.push({ statement, system, span, continues: statement.continues !== null });
  };
  if (statement.continues || speaksOfDerivatives(body)) {
    claim();
    return;
  }
  const ranges = rangesOf(body);
  into.labels.push(...placesSaid(body));
  into.given.push(...drawnIn(body));
  if (body.kind !== "relations") {
    if (ranges.length > 0) into.ranges.push(...ranges);
    else if (isLeftSide(body) || body.kind === "list") into.mentions.push(body);
    return;
  }
  const members: Syntax[] = [];
  const signs: string[] = [];
  let declared = false;
  for (const [i, member] of body.members.entries()) {
    const sign = i === 0 ? undefined : body.operators[i - 1]?.spelling;
    const subject = members.length === 1 ? (members.at(-1) as Syntax) : members[0];
    const sizes = sign === "\\in" ? sizesOfSet(member) : sign === ":" ? sizesOfMark(member) : undefined;
    if (sizes && subject) {
      for (const name of listed(subject)) into.declarations.push({ name, sizes, span, from: "declared" });
      declared = true;
      continue;
    }
    if (sign === "\\in" && subject && isIntegerSet(member)) {
      into.integers.push(...listed(subject));
      declared = true;
      continue;
    }
    members.push(member);
    if (sign !== undefined) signs.push(sign);
  }
  if (members.length < 2) {
    if (!declared && ranges.length > 0) into.ranges.push(...ranges);
    return;
  }
  if (ranges.length > 0 && members.length === body.members.length) {
    into.ranges.push(...ranges);
    return;
  }
  const [left, right] = members as [Syntax, Syntax];
  const symmetric = saysSymmetric(left, right) ? left : saysSymmetric(right, left) ? right : undefined;
  if (symmetric && members.length === 2 && signs[0] === "=") {
    into.structures.push({ name: symmetric, structure: "symmetric", span });
    return;
  }
  if (!forward || !DEFINES.has(signs[0] as string) || !isLeftSide(left)) {
    if (forward && DEFINES.has(signs[0] as string)) into.odd.push(left);
    claim();
    return;
  }
  // h = LeakyReLU(z) = \max(\alpha z, z): where one side is a word alone, the other says what it is.
  const spelt = namesUnknown(right) ? members.slice(2).find(member => !namesUnknown(member)) : undefined;
  if (spelt) {
    into.definitions.push(definitionOf(left, spelt, statement));
    if (members.length > 3) claim();
    return;
  }
  // y = a = σ(z) defines a, and y as another name of it.
  let links = 1;
  while (links < members.length - 1 && signs[links] === signs[0] && isPlainName(members[links] as Syntax)) links++;
  for (const [i, member] of members.slice(0, links).entries()) {
    const value = members[i + 1] as Syntax;
    into.definitions.push(definitionOf(member, value, statement));
  }
  // Further links of a chain are claims about what the first ones defined.
  if (members.length > links + 1) claim();
};

const definitionOf = (left: Syntax, right: Syntax, { conditions, number }: Statement): Definition => ({
  left,
  right,
  span: { start: left.span.start, end: right.span.end },
  conditions: conditions.flatMap(rangesOf),
  ...(number ? { label: number.text } : {}),
});

/** Whether a function in words is applied that no op is called by, with so many arguments. */
const namesUnknown = (side: Syntax): boolean =>
  everyPart(side).some(part => {
    if (part.kind === "apply") return !isSpelt(part.name.name, part.argument);
    if (part.kind !== "product") return false;
    return part.factors.some(({ body }, i) => {
      const next = part.factors[i + 1];
      return body.kind === "symbol" && body.form === "word" && next?.call === true && !isSpelt(body.name, next.body);
    });
  });

const isSpelt = (name: string, argument: Syntax): boolean => {
  const inner = argument.kind === "group" ? argument.body : argument;
  const count = inner?.kind === "list" ? inner.items.length : 1;
  return readingsAlong(name, count, AXES).length + readingsOf(name, count).length > 0;
};

/** T = 3, t = 1: a remark about a size or an index, no definition. */
export const isRemark = (
  { left, right }: Definition,
  isSize: (name: string) => boolean,
  isIndex: (name: string) => boolean,
): boolean => {
  const [name, value] = [integerOf(left), integerOf(right)];
  if (!name || !value) return false;
  return isIndex(name.key) || (constantValue(value) !== undefined && isSize(name.key));
};
