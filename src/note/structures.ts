/** Symmetric and diagonal matrices: said in words, by A = Aᵀ, or in the front matter; one-hot labels and probabilities. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { rowsAndColumns } from "../expr/node.ts";
import type { Distribution, SymbolEntry, System } from "../expr/system.ts";
import { postorder } from "../expr/walk.ts";
import { axisOf } from "../ops/along.ts";
import type { Statement, Syntax } from "../parse/syntax.ts";
import { isName, takeApart } from "./scripts.ts";
import { textOf } from "./tree.ts";

/** A matrix of distributions has them as its rows or columns, where the words say which; labels in code choose one entry of each row. */
export type Structure = NonNullable<SymbolEntry["structure"]> | "distribution" | "rows" | "columns" | "row labels";

/** What is said of a name. */
export interface StructureRemark {
  readonly name: Syntax;
  readonly structure: Structure;
  readonly span: Span;
}

/** One-hot labels and probabilities have entries that sum to one. */
const DISTRIBUTION =
  /(?<!not |non-)\bone[\s-]?hot\b|\b(?:a|exactly one) single (?:one|1)\b|\bprobability (?:vector|distribution)s?\b|\b(?:sums?|adds? up|summing) to (?:one|1)\b|独热|概率(?:向量|分布)|之?和为\s*(?:1|一)/iu;

const WORDS: readonly (readonly [Structure, RegExp])[] = [
  ["distribution", DISTRIBUTION],
  ["symmetric", /(?<!skew[\s-]?|anti[\s-]?|a)\bsymmetric\b|(?<!反|斜|不)对称/iu],
  ["diagonal", /(?<!off[\s-]?|the )\bdiagonal\b(?!\s+(?:of|entr|element|term|part|sum))|对角(?=矩阵|阵|的$|的矩阵)/iu],
];

/** Between a name and what is said of it: "is a square", "are both", "(". */
const AFTER_NAME =
  /^\s*(?:[(（]|(?:[,，]?\s*)(?:is|are|be|being|is taken to be|是|为|均为|都是))?(?:\s|[,，、]|\b(?:a|an|the|and|both|all|real|square|positive|semi-?definite|definite|invertible)\b|一个|正定|半正定|可逆|实|方)*$/iu;
/** Between what is said and the name that it is said of: "positive definite matrices". */
const BEFORE_NAME =
  /^(?:\s|[,，、]|\b(?:and|real|square|positive|semi-?definite|definite|invertible|matrix|matrices)\b|正定|半正定|可逆|实|方阵|矩阵|阵|的)*$/iu;
/** The same of labels and probabilities: "one-hot labels y", "Y with one-hot rows". */
const AFTER_LABELS =
  /^\s*(?:[(（]|[,，]?\s*)(?:\s|[,，、]|\b(?:is|are|be|with|whose|which|as|a|an|the|both|all|each|every|rows?|columns?|entries|of)\b|是|为|均为|都是|一个|每|一|行|列|其|各|元素|的)*$/iu;
const BEFORE_LABELS =
  /^(?:\s|[,，、]|\b(?:and|vectors?|labels?|targets?|class|encod(?:ed|ings?)|rows?|columns?)\b|向量|标签|目标|编码|的)*$/iu;
/** Between "one-hot" and the name of what is so: "p = …, with one-hot labels y" speaks of y. */
const LABELS = /^\s*(?:class\s+)?(?:labels?|targets?|encodings?|vectors?|标签|目标|编码|向量)\s*$/iu;
/** "if A is symmetric" says nothing of this A. */
const CONDITIONAL = /\b(?:if|when|whenever|unless|for)\s*(?:the\s+)?(?:matrix\s+)?$|(?:若|当|如果)\s*(?:矩阵)?\s*$/iu;

/** So many characters beside a name speak of it. */
const NEAR = 24;

const axisIn = (text: string): "rows" | "columns" | undefined => {
  const [rows, columns] = [/\brows?\b|行/iu.test(text), /\bcolumns?\b|列/iu.test(text)];
  return rows === columns ? undefined : rows ? "rows" : "columns";
};

export interface Said {
  readonly structure: Structure;
  /** Of the name before the words, or of the one behind them. */
  readonly of: "before" | "after";
}

/** What words say of the names beside them; `earlier` are the words before the name before. */
export const structuresIn = (text: string, earlier: string | undefined): readonly Said[] =>
  WORDS.flatMap(([structure, pattern]): readonly Said[] => {
    const match = pattern.exec(text);
    if (!match) return [];
    const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
    const isOfLabels = structure === "distribution";
    const [behind, ahead] = isOfLabels ? [AFTER_LABELS, BEFORE_LABELS] : [AFTER_NAME, BEFORE_NAME];
    const speaksOn = isOfLabels && /^\s*[,，、]|\bwith\b/iu.test(before) && LABELS.test(after);
    const isBehind = !speaksOn && behind.test(before) && !/^\s*[,，、;；]\s*$/u.test(before) && earlier !== undefined;
    // "the rows of Y are one-hot", "with one-hot rows": which of both the words beside say.
    const axis = isOfLabels ? axisIn(`${isBehind ? before : ""} ${after.slice(0, NEAR)}`) : undefined;
    if (isBehind)
      return CONDITIONAL.test(earlier)
        ? []
        : [{ structure: axis ?? (isOfLabels ? axisIn(earlier.slice(-NEAR)) : undefined) ?? structure, of: "before" }];
    return ahead.test(after) && !CONDITIONAL.test(before) ? [{ structure: axis ?? structure, of: "after" }] : [];
  });

/** The names in a formula that words beside it speak of: A, W_{hh} ∈ ℝ^{h×h}, a list of names. */
export const namedIn = ({ body }: Statement): readonly Syntax[] => {
  const first = body.kind === "relations" ? (body.members[0] as Syntax) : body;
  const items = first.kind === "list" ? first.items : [first];
  return items.every(item => isName(takeApart(item).core)) ? items : [];
};

/** A = Aᵀ says that A is symmetric; it does not define A. */
export const saysSymmetric = (left: Syntax, right: Syntax): boolean => {
  if (right.kind !== "scripted") return false;
  const script = right.scripts.at(-1);
  if (!script) return false;
  const isTranspose =
    script.position === "prime" ||
    (script.position === "sup" && /^\\?(?:top|intercal|T|t|prime|⊤)$/u.test(textOf(script.body)));
  if (!isTranspose) return false;
  const scripts = right.scripts.slice(0, -1);
  const bare = scripts.length > 0 ? { ...right, scripts } : right.base;
  return textOf(bare) === textOf(left);
};

/** Which entries sum to one: of a matrix, those along the axis that the words name, or else the only one that functions act along. */
const distributionOf = (
  { equations }: System,
  { node: { shape, rank } }: SymbolEntry,
  said: "distribution" | "rows" | "columns" | "row labels",
): Distribution | undefined => {
  if (shape.length === 1) return said === "row labels" ? "label" : "vector";
  if (shape.length === 0) return rank === 1 && said === "distribution" ? "members" : undefined;
  if (said !== "distribution") return said;
  const axes = new Set(
    equations.flatMap(({ right }) =>
      postorder(right).flatMap(node => (node.kind === "call" ? (axisOf(node.attributes) ?? []) : [])),
    ),
  );
  const [axis, ...more] = axes;
  return more.length === 0 ? axis : undefined;
};

/** Targets of which nothing is said, taken for distributions; undefined where there are none. */
export const withDistributions = (
  system: System,
): { readonly system: System; readonly targets: readonly SymbolEntry[] } | undefined => {
  const symbols = new Map(system.symbols);
  const targets = [...symbols.values()].filter(entry => {
    if ((entry.role !== "label" && entry.role !== "target") || entry.distribution) return false;
    const distribution = distributionOf(system, entry, "distribution");
    if (distribution) symbols.set(entry.node.name, { ...entry, distribution });
    return distribution !== undefined;
  });
  return targets.length > 0 ? { system: { ...system, symbols }, targets } : undefined;
};

/** The system with what is said of its given matrices. A computed matrix is what its equation makes it. */
export const withStructures = (
  system: System,
  remarks: readonly StructureRemark[],
  symbolOf: (name: Syntax) => string | undefined,
): { readonly system: System; readonly diagnostics: readonly Diagnostic[] } => {
  const diagnostics: Diagnostic[] = [];
  const symbols = new Map(system.symbols);
  for (const { name, structure, span } of remarks) {
    const entry = symbols.get(symbolOf(name) ?? "");
    if (!entry || entry.role === "defined") continue;
    const [rows, columns] = rowsAndColumns(entry.node.shape);
    if (structure !== "symmetric" && structure !== "diagonal") {
      const distribution = distributionOf(system, entry, structure);
      if (distribution) symbols.set(entry.node.name, { ...entry, distribution });
    } else if (rows.key !== columns.key) {
      diagnostics.push({
        code: "S008",
        severity: "error",
        message: `${textOf(name)} is said to be ${structure}, and is ${rows.key} × ${columns.key}`,
        spans: [{ span, label: `${structure} matrices are square` }],
        help: "Give it two equal sizes, or leave the word out.",
      });
    } else symbols.set(entry.node.name, { ...entry, structure });
  }
  return { system: { ...system, symbols }, diagnostics };
};
