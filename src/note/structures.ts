/** Symmetric and diagonal matrices: said in words, by A = Aᵀ, or in the front matter. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { rowsAndColumns } from "../expr/node.ts";
import type { SymbolEntry, System } from "../expr/system.ts";
import type { Statement, Syntax } from "../parse/syntax.ts";
import { isName, takeApart } from "./scripts.ts";
import { textOf } from "./tree.ts";

export type Structure = NonNullable<SymbolEntry["structure"]>;

/** What is said of a name. */
export interface StructureRemark {
  readonly name: Syntax;
  readonly structure: Structure;
  readonly span: Span;
}

const WORDS: readonly (readonly [Structure, RegExp])[] = [
  ["symmetric", /(?<!skew[\s-]?|anti[\s-]?|a)\bsymmetric\b|(?<!反|斜|不)对称/iu],
  ["diagonal", /(?<!off[\s-]?|the )\bdiagonal\b(?!\s+(?:of|entr|element|term|part|sum))|对角(?=矩阵|阵|的$|的矩阵)/iu],
];

/** Between a name and what is said of it: "is a square", "are both", "(". */
const AFTER_NAME =
  /^\s*(?:[(（]|(?:[,，]?\s*)(?:is|are|be|being|is taken to be|是|为|均为|都是))?(?:\s|[,，、]|\b(?:a|an|the|and|both|all|real|square|positive|semi-?definite|definite|invertible)\b|一个|正定|半正定|可逆|实|方)*$/iu;
/** Between what is said and the name that it is said of: "positive definite matrices". */
const BEFORE_NAME =
  /^(?:\s|[,，、]|\b(?:and|real|square|positive|semi-?definite|definite|invertible|matrix|matrices)\b|正定|半正定|可逆|实|方阵|矩阵|阵|的)*$/iu;
/** "if A is symmetric" says nothing of this A. */
const CONDITIONAL = /\b(?:if|when|whenever|unless|for)\s*(?:the\s+)?(?:matrix\s+)?$|(?:若|当|如果)\s*(?:矩阵)?\s*$/iu;

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
    const isBehind = AFTER_NAME.test(before) && !/^\s*[,，、;；]\s*$/u.test(before) && earlier !== undefined;
    if (isBehind) return CONDITIONAL.test(earlier) ? [] : [{ structure, of: "before" }];
    return BEFORE_NAME.test(after) && !CONDITIONAL.test(before) ? [{ structure, of: "after" }] : [];
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
    if (rows.key !== columns.key) {
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
