/**
 * Masks: M_{ij} = 0 for j ≤ i and −∞ elsewhere, which is added to scores before a softmax. Such a matrix is given, by its
 * places, and no number of it is computed; \tilde S_{ij} = S_{ij} for j ≤ i and −∞ elsewhere is S + M for such an M.
 */
import { minus, namesIn, negative, type Polynomial, plus } from "../expr/polynomial.ts";
import type { MatrixSyntax, Script, SumSyntax, SymbolSyntax, Syntax } from "../parse/syntax.ts";
import { OTHERWISE } from "./cases.ts";
import { integerOf } from "./integers.ts";
import { soleLetter } from "./names.ts";
import { isName, takeApart } from "./scripts.ts";
import type { Definition, Statements } from "./statements.ts";
import { everyPart, textOf } from "./tree.ts";

export interface NoteMask {
  /** The letter of the matrix, without its places. */
  readonly base: string;
  /** The letters that count its rows and columns, from 1. */
  readonly letters: readonly [string, string];
  /** The entries at which every one of these is ≥ 0 are 0, the others −∞. */
  readonly keeps: readonly Polynomial[];
}

const ENVIRONMENTS: ReadonlySet<string> = new Set(["cases", "dcases", "rcases"]);
/** Letters for a mask that the note leaves without a name. */
const LETTERS = ["M", "C", "B", "D", "Z"];

const isInfinite = (value: Syntax): boolean => {
  const [term, more] = value.kind === "sum" ? value.terms : [];
  return term?.sign?.spelling === "-" && !more && textOf(term.body) === "infty";
};

const STRICT: Readonly<Record<string, 0 | 1>> = {
  "\\le": 0,
  "\\leq": 0,
  "\\leqslant": 0,
  "<=": 0,
  "<": 1,
  "\\lt": 1,
};
const TURNED: Readonly<Record<string, 0 | 1>> = {
  "\\ge": 0,
  "\\geq": 0,
  "\\geqslant": 0,
  ">=": 0,
  ">": 1,
  "\\gt": 1,
};

/** What a condition asks to be ≥ 0; "otherwise", or undefined where it is no inequality of places. */
const conditionOf = (cells: readonly Syntax[]): readonly Polynomial[] | "otherwise" | undefined => {
  const parts = cells.flatMap(cell => (cell.kind === "list" ? cell.items : [cell]));
  const relations = parts.filter(part => part.kind !== "prose");
  if (parts.some(part => part.kind === "prose" && OTHERWISE.test(part.text)))
    return relations.length === 0 ? "otherwise" : undefined;
  const found: Polynomial[] = [];
  for (const relation of relations) {
    if (relation.kind !== "relations") return undefined;
    const values = relation.members.map(integerOf);
    for (const [k, { spelling }] of relation.operators.entries()) {
      const [left, right] = [values[k], values[k + 1]];
      const [up, down] = [STRICT[spelling], TURNED[spelling]];
      if (!left || !right) return undefined;
      if (up !== undefined) found.push(plus(minus(right, left), -up));
      else if (down !== undefined) found.push(plus(minus(left, right), -down));
      else return undefined;
    }
  }
  return found.length > 0 ? found : undefined;
};

const complementOf = (condition: Polynomial): Polynomial => plus(negative(condition), -1);

/** The value that is kept and where, of two cases of which the other is −∞. */
const caseIn = ({
  rows,
}: MatrixSyntax): { readonly value: Syntax; readonly keeps: readonly Polynomial[] } | undefined => {
  if (rows.length !== 2) return undefined;
  const cases = rows.map(([value, ...cells]) => ({ value, condition: conditionOf(cells) }));
  const masked = cases.find(({ value }) => value && isInfinite(value));
  const kept = cases.find(each => each !== masked);
  if (!masked?.condition || !kept?.condition || !kept.value || isInfinite(kept.value)) return undefined;
  if (kept.condition === "otherwise") {
    const [only, more] = masked.condition === "otherwise" ? [] : masked.condition;
    return only && !more ? { value: kept.value, keeps: [complementOf(only)] } : undefined;
  }
  const { condition: keeps } = kept;
  if (masked.condition !== "otherwise") {
    // Both are written out: then the one must be what the other leaves.
    const [own, other] = [keeps, masked.condition];
    const isRest = own.length === 1 && other.length === 1 && complementOf(own[0] as Polynomial).key === other[0]?.key;
    if (!isRest) return undefined;
  }
  return { value: kept.value, keeps };
};

/** The two letters below a name, and nothing else. */
const placesOf = (left: Syntax): readonly [string, string] | undefined => {
  if (left.kind !== "scripted" || left.scripts.length !== 1 || left.scripts[0]?.position !== "sub") return undefined;
  const { body } = left.scripts[0] as Script & { body: Syntax };
  const items =
    body.kind === "list"
      ? body.items
      : body.kind === "product" && body.factors.every(({ operator }) => !operator)
        ? body.factors.map(factor => factor.body)
        : [];
  const letters = items.map(item => (item.kind === "symbol" ? soleLetter(item) : undefined));
  const [rows, columns] = letters;
  return letters.length === 2 && rows && columns && rows !== columns ? [rows, columns] : undefined;
};

const readMask = (
  definition: Definition,
  unused: () => string | undefined,
): { readonly mask: NoteMask; readonly definition?: Definition } | undefined => {
  const { left, right } = definition;
  const letters = placesOf(left);
  const cut = right.kind === "matrix" && ENVIRONMENTS.has(right.environment) ? caseIn(right) : undefined;
  if (!cut || !letters || left.kind !== "scripted") return undefined;
  const { value, keeps } = cut;
  const others = keeps.flatMap(namesIn).filter(name => !letters.includes(name));
  if (others.some(name => /^[a-z]$/u.test(name) && keeps.some(each => namesIn(each).length < 2))) return undefined;
  if (value.kind === "number" && Number(value.text) === 0) {
    const { core } = takeApart(left);
    return isName(core) ? { mask: { base: textOf(left.base), letters, keeps } } : undefined;
  }
  const name = unused();
  if (name === undefined) return undefined;
  const symbol: SymbolSyntax = { kind: "symbol", name, form: "letter", fonts: [], accents: [], span: right.span };
  // Of whole arrays, where the value has the same places: \tilde S = S + M.
  const isWhole =
    value.kind === "scripted" && value.scripts.length === 1 && textOf({ ...value, base: left.base }) === textOf(left);
  const [own, added]: readonly [Syntax, Syntax] = isWhole
    ? [value.base, symbol]
    : [value, { ...left, base: symbol, span: right.span }];
  const sum: SumSyntax = {
    kind: "sum",
    terms: [
      { sign: null, body: own },
      { sign: { spelling: "+", op: "add", span: right.span }, body: added },
    ],
    span: right.span,
  };
  return {
    mask: { base: name, letters, keeps },
    definition: { ...definition, left: isWhole ? left.base : left, right: sum },
  };
};

/** The statements with masks as given matrices in the place of what defines them by cases. */
export const withMasks = (
  statements: Statements,
): { readonly statements: Statements; readonly masks: readonly NoteMask[] } => {
  const masks: NoteMask[] = [];
  const taken = new Set(
    [
      ...statements.definitions.flatMap(({ left, right }) => [left, right]),
      ...statements.declarations.map(({ name }) => name),
    ].flatMap(root => everyPart(root).flatMap(part => (part.kind === "symbol" ? [part.name] : []))),
  );
  const unused = (): string | undefined => {
    const name = LETTERS.find(letter => !taken.has(letter));
    if (name !== undefined) taken.add(name);
    return name;
  };
  const definitions = statements.definitions.flatMap(each => {
    const found = readMask(each, unused);
    if (!found) return [each];
    masks.push(found.mask);
    return found.definition ? [found.definition] : [];
  });
  return masks.length === 0 ? { statements, masks } : { statements: { ...statements, definitions }, masks };
};
