import type { Document, Node, Pair, YAMLMap } from "yaml";
import { type Diagnostic, DiagnosticError, failure, type Result, success } from "../../base/diagnostic.ts";
import type { Span } from "../../base/source.ts";

export type Layout = "denominator" | "numerator";
export type Convention = "symmetric-part" | "pairs" | "independent";
export type Notation = "prod" | "plain" | "nabla" | "delta" | "differential";

/** How entry-by-entry products are written, beside the gradient first and ⊙ between: see `ProductHabit` of the printer. */
export type Products = "gradient-last" | "diagonal" | "powers";

export interface Entry<T> {
  readonly value: T;
  readonly span: Span;
}

/** What the note says of itself under `gradnote:`. Names are LaTeX as written; spans are in the note. */
export interface FrontMatter {
  readonly objective?: Entry<string>;
  readonly parameters?: readonly Entry<string>[];
  readonly shapes: ReadonlyMap<string, Entry<readonly string[]>>;
  readonly functions: ReadonlyMap<string, Entry<string>>;
  readonly symmetric?: readonly Entry<string>[];
  readonly diagonal?: readonly Entry<string>[];
  readonly convention?: Convention;
  readonly mode?: "reverse" | "forward";
  /** Errors go back at most so many steps. */
  readonly truncate?: number | string;
  /** 2: second derivatives too. */
  readonly order?: 1 | 2;
  readonly layout?: Layout;
  readonly notation?: Notation;
  readonly products?: readonly Products[];
  readonly language?: "en" | "zh";
  /** Overrides for one system, by its heading. */
  readonly systems: ReadonlyMap<string, FrontMatter>;
  readonly span: Span;
}

/** What matrices are said to be, under these keys. */
const STRUCTURES = ["symmetric", "diagonal"] as const;
const ORDERS: readonly string[] = ["1", "2"];
const MODES: readonly string[] = ["reverse", "forward"];
const CONVENTIONS: readonly string[] = ["symmetric-part", "pairs", "independent"];
const LAYOUTS: readonly string[] = ["denominator", "numerator"];
const NOTATIONS: readonly string[] = ["prod", "plain", "nabla", "delta", "differential"];
const PRODUCTS: readonly string[] = ["gradient-last", "diagonal", "powers"];
const LANGUAGES: readonly string[] = ["en", "zh"];

/** The line with every bare name in it quoted: what the writer meant. */
const quoted = (line: string): string | null => {
  const parts = /^(\s*(?:-\s+)?(?:[^:[\]]+:\s*)?)(\[?)(.*?)(\]?)\s*$/u.exec(line);
  if (parts === null) return null;
  const [, head = "", open = "", body = "", close = ""] = parts;
  const quote = (name: string): string => {
    const plain = name
      .trim()
      .replace(/^(["'])(.*)\1$/u, "$2")
      .replace(/^["']|["']$/gu, "");
    return /^[\w./-]+$/u.test(plain) ? plain : `'${plain.replace(/'/gu, "''")}'`;
  };
  if (open === "") return body === "" ? null : `${head}${quote(body)}`;
  const items: string[] = [];
  let depth = 0;
  let item = "";
  for (const character of body) {
    if (character === "," && depth === 0) {
      items.push(item);
      item = "";
      continue;
    }
    if (character === "{") depth++;
    else if (character === "}") depth--;
    item += character;
  }
  items.push(item);
  return `${head}[${items.map(quote).join(", ")}]${close === "" ? "" : ""}`;
};

const damaged = (message: string, span: Span, label: string, help?: string): Diagnostic => ({
  code: "R005",
  severity: "error",
  message,
  spans: [{ span, label }],
  ...(help === undefined ? {} : { help }),
});

/** Reads the YAML block of a note; success(null) if it holds nothing under `gradnote`. */
export const readFrontMatter = async (note: string, block: Span): Promise<Result<FrontMatter | null>> => {
  const { parseDocument, isMap, isScalar, isSeq, LineCounter } = await import("yaml");
  const bodyStart = note.indexOf("\n", block.start) + 1;
  const bodyEnd = Math.max(bodyStart, note.lastIndexOf("\n", block.end - 1) + 1);
  const source = note.slice(bodyStart, bodyEnd);
  if (source.length > 100_000)
    return failure(
      damaged(
        "the front matter is longer than 100 000 characters",
        { start: block.start, end: block.start + 3 },
        "this block",
      ),
    );
  const lineAt = (offset: number): Span => {
    const start = note.lastIndexOf("\n", Math.max(bodyStart, offset) - 1) + 1;
    const end = note.indexOf("\n", start);
    return { start, end: end < 0 ? note.length : end };
  };
  const fail = (message: string, offset: number): Diagnostic => {
    const line = lineAt(Math.min(offset, Math.max(bodyStart, bodyEnd - 2)));
    const better = quoted(note.slice(line.start, line.end).replace(/\r$/u, ""));
    const original = note.slice(line.start, line.end).trimEnd();
    return damaged(
      message,
      line,
      "in this line",
      better === null || better === original ? undefined : `quote the names: ${better.trim()}`,
    );
  };

  let document: Document.Parsed;
  try {
    document = parseDocument(source, {
      lineCounter: new LineCounter(),
      prettyErrors: false,
      strict: true,
      uniqueKeys: true,
    });
  } catch {
    return failure(damaged("the front matter is not YAML", { start: block.start, end: block.start + 3 }, "this block"));
  }
  const first = document.errors[0];
  if (first !== undefined)
    return failure(fail(`the front matter is not YAML: ${first.message.split("\n")[0]}`, bodyStart + first.pos[0]));
  if (!isMap(document.contents)) return success(null);

  const spanOf = (node: unknown, fallback: Span): Span => {
    const range = (node as Node | null)?.range;
    return range == null ? fallback : { start: bodyStart + range[0], end: bodyStart + range[1] };
  };
  const refuse = (message: string, span: Span): never => {
    throw new DiagnosticError(fail(message, span.start));
  };
  const text = (node: unknown, what: string, fallback: Span): Entry<string> => {
    const span = spanOf(node, fallback);
    if (!isScalar(node) || node.value === null || typeof node.value === "object")
      return refuse(`${what} must be a name or a number`, span);
    return { value: typeof node.value === "string" ? node.value : (node.source ?? String(node.value)), span };
  };
  const list = (node: unknown, what: string, fallback: Span): readonly Entry<string>[] => {
    if (!isSeq(node))
      return isScalar(node) ? [text(node, what, fallback)] : refuse(`${what} must be a list`, spanOf(node, fallback));
    return node.items.map(item => text(item, `a member of ${what}`, spanOf(node, fallback)));
  };
  const entries = (node: unknown, what: string, fallback: Span): { key: string; span: Span; value: unknown }[] => {
    if (!isMap(node)) return refuse(`${what} must be a list of "name: …"`, spanOf(node, fallback));
    return (node as YAMLMap).items.map((pair: Pair) => {
      const key = text(pair.key, `a name in ${what}`, fallback);
      return { key: key.value, span: key.span, value: pair.value };
    });
  };
  const oneOf = (node: unknown, what: string, allowed: readonly string[], fallback: Span): string => {
    const { value, span } = text(node, what, fallback);
    return allowed.includes(value) ? value : refuse(`${what} must be one of ${allowed.join(", ")}`, span);
  };

  const read = (node: unknown, span: Span, inner: boolean): FrontMatter => {
    const known: { -readonly [K in keyof FrontMatter]: FrontMatter[K] } = {
      shapes: new Map(),
      functions: new Map(),
      systems: new Map(),
      span,
    };
    for (const { key, span: place, value } of entries(node, inner ? "a system" : "gradnote", span)) {
      const structure = STRUCTURES.find(name => name === key);
      if (structure) {
        known[structure] = list(value, key, place);
        continue;
      }
      switch (key) {
        case "objective":
          known.objective = text(value, key, place);
          break;
        case "parameters":
          known.parameters = list(value, key, place);
          break;
        case "shapes":
          known.shapes = new Map(
            entries(value, key, place).map(one => [
              one.key,
              { value: list(one.value, `the shape of ${one.key}`, one.span).map(size => size.value), span: one.span },
            ]),
          );
          break;
        case "functions":
          known.functions = new Map(
            entries(value, key, place).map(one => [one.key, text(one.value, `the meaning of ${one.key}`, one.span)]),
          );
          break;
        case "mode":
          known.mode = oneOf(value, key, MODES, place) === "forward" ? "forward" : "reverse";
          break;
        case "truncate": {
          const { value: steps } = text(value, key, place);
          known.truncate = /^\d{1,6}$/u.test(steps) ? Number(steps) : steps;
          break;
        }
        case "order":
          known.order = oneOf(value, key, ORDERS, place) === "2" ? 2 : 1;
          break;
        case "convention":
          known.convention = oneOf(value, key, CONVENTIONS, place) as Convention;
          break;
        case "layout":
          known.layout = oneOf(value, key, LAYOUTS, place) as Layout;
          break;
        case "notation":
          known.notation = oneOf(value, key, NOTATIONS, place) as Notation;
          break;
        case "products":
          known.products = list(value, key, place).map(each =>
            PRODUCTS.includes(each.value)
              ? (each.value as Products)
              : refuse(`a member of ${key} must be one of ${PRODUCTS.join(", ")}`, each.span),
          );
          break;
        case "language":
          known.language = oneOf(value, key, LANGUAGES, place) as "en" | "zh";
          break;
        case "systems":
          if (inner) refuse("systems do not stand inside a system", place);
          known.systems = new Map(entries(value, key, place).map(one => [one.key, read(one.value, one.span, true)]));
          break;
        default:
          refuse(`the front matter has no field ${key}`, place);
      }
    }
    return known;
  };

  try {
    const own = document.contents.items.find(pair => isScalar(pair.key) && pair.key.value === "gradnote");
    return success(own === undefined || own.value === null ? null : read(own.value, spanOf(own.key, block), false));
  } catch (error) {
    if (error instanceof DiagnosticError) return failure(error.diagnostic);
    throw error;
  }
};
