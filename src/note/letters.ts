/** Which letters vary: bound by sums, shifted in scripts, given a range, or counting the left sides of definitions. */
import { coefficientOf, degree, namesIn, type Polynomial } from "../expr/polynomial.ts";
import type { Syntax } from "../parse/syntax.ts";
import { integerOf } from "./integers.ts";
import { COUNTERS, soleLetter } from "./names.ts";
import { limitsOf, type Range } from "./ranges.ts";
import { baseOf, takeApart } from "./scripts.ts";
import type { Statements } from "./statements.ts";
import { everyPart, textOf } from "./tree.ts";

/** The letters of an index expression such as t - 1 or i + k - 1, without capital ones (horizons). */
const shiftedLetters = (syntax: Syntax): readonly string[] => {
  if (syntax.kind !== "sum") return [];
  const value = integerOf(syntax);
  if (!value || degree(value) !== 1) return [];
  return namesIn(value).filter(name => !/^[A-Z]/u.test(name) && coefficientOf(value, name) !== undefined);
};

const scriptsIn = (
  root: Syntax,
): readonly {
  readonly base: string;
  readonly position: "sub" | "sup";
  readonly bracketed: boolean;
  readonly body: Syntax;
}[] =>
  everyPart(root).flatMap(part => {
    if (part.kind !== "scripted") return [];
    const { core, accents, elements } = takeApart(part);
    const base = baseOf(core, accents);
    if (base === undefined) return [];
    return elements.flatMap(element =>
      element.kind === "item"
        ? [{ base, position: element.position, bracketed: element.wrap !== "", body: element.body }]
        : [],
    );
  });

/** Letters that count entries; time and layers are no axes of an array. */
export const ENTRY_LETTERS: ReadonlySet<string> = new Set(["i", "j", "k", "m", "n"]);

/** The two letters of W_{ij}; none where one of them is no counter of entries. */
const pairIn = (body: Syntax): readonly string[] => {
  const factors =
    body.kind === "product" ? body.factors : body.kind === "list" ? body.items.map(item => ({ body: item })) : [];
  const letters = factors.flatMap(factor =>
    "operator" in factor && factor.operator ? [] : (soleLetter(factor.body) ?? []),
  );
  return factors.length === 2 && letters.length === 2 && letters.every(letter => ENTRY_LETTERS.has(letter))
    ? letters
    : [];
};

/** Letters in scripts, and those that sums bind. */
const placedLetters = ({ definitions, declarations, claims }: Statements): ReadonlySet<string> => {
  const formulas = [
    ...definitions.flatMap(({ left, right }) => [left, right]),
    ...declarations.map(({ name }) => name),
    ...claims.flatMap(({ statement }) => statement?.body ?? []),
  ];
  return new Set(
    formulas
      .flatMap(formula => everyPart(formula))
      .flatMap(part => {
        if (part.kind === "big") return limitsOf(part)?.index ?? [];
        if (part.kind !== "scripted") return [];
        return part.scripts.flatMap(script =>
          script.position === "prime"
            ? []
            : everyPart(script.body).flatMap(each => (each.kind === "symbol" ? textOf(each) : [])),
        );
      }),
  );
};

/** The T of t ≤ T, which says where t ends and not that T counts: one letter bounds another, and one of the two varies. */
const endsIn = (ranges: readonly Range[]): ReadonlySet<string> => {
  const bounds = (name: string, ...sides: readonly ("low" | "high")[]): readonly Polynomial[] =>
    ranges.flatMap(range => (range.index === name ? sides.flatMap(side => range[side] ?? []) : []));
  const isBetween = (name: string): boolean => bounds(name, "low").length > 0 && bounds(name, "high").length > 0;
  const names = [...new Set(ranges.map(({ index }) => index))];
  return new Set(
    names.filter(name => {
      const others = bounds(name, "low", "high").flatMap(namesIn);
      // 1 ≤ i ≤ n tells i from n, i ≤ N tells them by their size, i ≤ n does not.
      const isEnd = (other: string): boolean => isBetween(other) || (/^[A-Z]/u.test(name) && /^[a-z]/u.test(other));
      return !isBetween(name) && others.length > 0 && others.every(isEnd);
    }),
  );
};

/** Without ranges that are none: λ > 0 bounds a value, for λ counts nothing, and t ≤ T is a range of t alone. */
export const withoutBounds = (statements: Statements): Statements => {
  const isOneSided = ({ low, high }: Range): boolean => low === undefined || high === undefined;
  const all = [...statements.ranges, ...statements.definitions.flatMap(({ conditions }) => conditions)];
  if (!all.some(isOneSided)) return statements;
  const placed = placedLetters(statements);
  const ends = endsIn(all);
  const counts = (range: Range): boolean => !isOneSided(range) || (placed.has(range.index) && !ends.has(range.index));
  return {
    ...statements,
    ranges: statements.ranges.filter(counts),
    definitions: statements.definitions.map(each => ({ ...each, conditions: each.conditions.filter(counts) })),
  };
};

export const indexLetters = ({ definitions, declarations, ranges }: Statements): ReadonlySet<string> => {
  const letters = new Set<string>();
  for (const range of [...ranges, ...definitions.flatMap(definition => definition.conditions)])
    letters.add(range.index);
  const lefts: { base: string; letter: string }[] = [];
  /** Subscripts that are no counters, by base: the f and o of a family of gates b_f, b_i, b_o. */
  const siblings = new Set<string>();
  for (const { left, right } of definitions) {
    for (const part of everyPart(right)) {
      const limits = part.kind === "big" ? limitsOf(part) : undefined;
      if (limits) letters.add(limits.index);
    }
    for (const script of [...scriptsIn(left), ...scriptsIn(right)]) {
      if (script.position === "sub" || script.bracketed)
        for (const letter of shiftedLetters(script.body)) letters.add(letter);
    }
    // K_{ij} = (x_i - x_j)^2 and Y_{ij} = 1(y_i = j): two letters that count, both of which count on the right.
    for (const pair of scriptsIn(left).map(script => pairIn(script.body))) {
      const equated = everyPart(right).flatMap(part => (part.kind === "relations" ? part.members : []));
      const subscripts = scriptsIn(right).map(({ body }) => body);
      const counted = new Set([...subscripts, ...equated].flatMap(body => soleLetter(body) ?? pairIn(body)));
      if (pair.every(letter => counted.has(letter))) for (const letter of pair) letters.add(letter);
    }
    for (const script of scriptsIn(left)) {
      if (script.position === "sup" && !script.bracketed)
        for (const letter of shiftedLetters(script.body)) letters.add(letter);
      const letter = soleLetter(script.body);
      if (letter !== undefined && COUNTERS.has(letter)) lefts.push({ base: script.base, letter });
      else if (letter !== undefined && /^[a-z]/u.test(letter)) siblings.add(script.base);
    }
  }
  for (const { name } of declarations) {
    for (const { base, body, position } of scriptsIn(name)) {
      const letter = soleLetter(body);
      if (position === "sub" && letter !== undefined && /^[a-z]/u.test(letter) && !COUNTERS.has(letter))
        siblings.add(base);
    }
  }
  for (const { base, letter } of lefts) if (!siblings.has(base)) letters.add(letter);
  // x_t ∈ R^d and y_t ∈ R^q: a counter that several declared names share.
  const declared = new Map<string, Set<string>>();
  for (const { name } of declarations) {
    for (const script of scriptsIn(name)) {
      // x^k and y^k: a mark of one sample, unless something binds it.
      if (script.position === "sup" && !script.bracketed) continue;
      const letter = soleLetter(script.body);
      if (letter !== undefined && COUNTERS.has(letter) && !siblings.has(script.base)) {
        declared.set(letter, (declared.get(letter) ?? new Set()).add(script.base));
      }
    }
  }
  for (const [letter, bases] of declared) if (bases.size > 1) letters.add(letter);
  return letters;
};
