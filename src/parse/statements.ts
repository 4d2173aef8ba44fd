import { type Diagnostic, DiagnosticError } from "../base/diagnostic.ts";
import { cover, type Span } from "../base/source.ts";
import { asCondition, isCondition } from "./conditions.ts";
import type { Row } from "./frame.ts";
import type { Lexicon } from "./lexicon.ts";
import { readList } from "./structure.ts";
import type { ProseSyntax, RelationsSyntax, Statement, Syntax } from "./syntax.ts";
import { beginsOperand, type Token } from "./token.ts";

/** What stands between two commas, wide spaces or words of a row. */
interface Segment {
  readonly tokens: readonly Token[];
  /** A wide space or words stand before it: it is not a member of a list. */
  readonly apart: boolean;
  readonly before: readonly ProseSyntax[];
}

const hasRelation = (tokens: readonly Token[]): boolean => tokens.some(token => token.type === "relation");

const continuesRow = (row: Row, before: Row): boolean => {
  const first = row.tokens.find(token => token.type !== "gap");
  const last = before.tokens.findLast(token => token.type !== "gap");
  if (first === undefined || last === undefined) return false;
  if (last.type === "relation") return first.type !== "relation";
  if (last.type === "sign" || last.type === "times" || last.type === "slash") return !hasRelation(row.tokens);
  if (first.type === "times" || first.type === "slash") return true;
  return first.type === "sign" && (first.operator?.spelling !== "-" || !hasRelation(row.tokens));
};

/** Rows that begin or break off with an operator belong to the row before: sums over several lines. */
const joinRows = (rows: readonly Row[]): { readonly row: Row; readonly index: number }[] => {
  const joined: { readonly row: Row; readonly index: number }[] = [];
  rows.forEach((row, index) => {
    const before = joined[joined.length - 1];
    if (
      before !== undefined &&
      row.problems.length === 0 &&
      before.row.problems.length === 0 &&
      continuesRow(row, before.row)
    ) {
      for (const token of row.tokens) before.row.tokens.push(token);
      before.row.tag ??= row.tag;
    } else if (row.tokens.length > 0 || row.problems.length > 0) joined.push({ row, index });
  });
  return joined;
};

const segmentsOf = (tokens: readonly Token[]): { segments: Segment[]; after: readonly ProseSyntax[] } => {
  const segments: Segment[] = [];
  let current: Token[] = [];
  let apart = true;
  let before: ProseSyntax[] = [];
  const flush = (): void => {
    if (current.length === 0) return;
    segments.push({ tokens: current, apart, before });
    current = [];
    before = [];
    apart = false;
  };
  for (const token of tokens) {
    if (token.type === "comma") flush();
    else if (token.type === "gap") {
      flush();
      apart = true;
    } else if (token.type === "prose") {
      flush();
      apart = true;
      if (token.node?.kind === "prose") before.push(token.node);
    } else current.push(token);
  }
  flush();
  return { segments, after: before };
};

/** (1) in front of an equation; what it says without the brackets. */
const numbering = (segments: Segment[], text: string, base: number): { text: string; span: Span } | null => {
  const first = segments[0];
  const token = first?.tokens[0];
  const node = token?.node;
  if (
    first === undefined ||
    token?.type !== "group" ||
    node?.kind !== "group" ||
    node.open !== "(" ||
    node.close !== ")"
  )
    return null;
  const label = text
    .slice(node.span.start - base, node.span.end - base)
    .replace(/^[^(（]*[(（]|[)）]$/gu, "")
    .replace(/\\right|\s/gu, "");
  if (!/^(?:\d{1,3}(?:\.\d{1,2})?[a-z]?'*|[a-zA-Z]\d?'*|[ivx]{1,4})$/u.test(label)) return null;
  if (
    first.tokens.length === 1
      ? segments.length === 1
      : !(beginsOperand(first.tokens[1]) || first.tokens[1]?.type === "sign")
  )
    return null;
  if (first.tokens.length === 1) {
    segments.shift();
    const next = segments[0] as Segment;
    segments[0] = { ...next, apart: true, before: [...first.before, ...next.before] };
  } else segments[0] = { ...first, tokens: first.tokens.slice(1) };
  return { text: label, span: node.span };
};

interface Draft {
  readonly main: Segment;
  readonly names: readonly Segment[];
  readonly more: Segment[];
}

/** Decides of each segment without a relation whether it is a member of the statement before, of the one behind, or alone. */
const drafts = (segments: readonly Segment[]): Draft[] => {
  const out: Draft[] = [];
  let names: Segment[] = [];
  segments.forEach((segment, at) => {
    if (hasRelation(segment.tokens)) {
      out.push({ main: segment, names, more: [] });
      names = [];
      return;
    }
    let ahead = at + 1;
    while (
      ahead < segments.length &&
      !(segments[ahead] as Segment).apart &&
      !hasRelation((segments[ahead] as Segment).tokens)
    )
      ahead++;
    const next = segments[ahead];
    const leads = next !== undefined && !next.apart && hasRelation(next.tokens);
    const declares =
      leads &&
      /^(?:\\in|\\subset|\\subseteq|:|\\sim)$/u.test(
        next.tokens.find(token => token.type === "relation")?.operator?.spelling ?? "",
      );
    const current = out[out.length - 1];
    if (leads && (declares || segment.apart || names.length > 0 || current === undefined)) names.push(segment);
    else if (current !== undefined && !segment.apart) current.more.push(segment);
    else out.push({ main: segment, names: [], more: [] });
  });
  return out;
};

const listOf = (items: readonly Syntax[]): Syntax =>
  items.length === 1
    ? (items[0] as Syntax)
    : { kind: "list", items, span: cover((items[0] as Syntax).span, (items[items.length - 1] as Syntax).span) };

/** Reads the rows of a formula as statements; what fails is told, the rest stands. */
export const readStatements = (
  rows: readonly Row[],
  text: string,
  base: number,
  lexicon: Lexicon,
): { readonly statements: Statement[]; readonly diagnostics: Diagnostic[] } => {
  const statements: Statement[] = [];
  const diagnostics: Diagnostic[] = [];
  const read = (tokens: readonly Token[]): Syntax =>
    readList(tokens, lexicon, "chain", tokens[tokens.length - 1]?.end ?? base) ?? {
      kind: "prose",
      text: "",
      span: { start: base, end: base },
    };

  for (const { row, index } of joinRows(rows)) {
    if (row.problems.length > 0) {
      diagnostics.push(row.problems[0] as Diagnostic);
      continue;
    }
    const { segments, after } = segmentsOf(row.tokens);
    const number = numbering(segments, text, base) ?? row.tag;
    const first = statements.length;
    for (const draft of drafts(segments)) {
      try {
        addDraft(draft, { statements, first, index, number, read });
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        diagnostics.push(error.diagnostic);
      }
    }
    const last = statements[statements.length - 1];
    if (last !== undefined && statements.length > first && after.length > 0)
      statements[statements.length - 1] = { ...last, after };
  }
  return { statements, diagnostics };
};

interface Context {
  readonly statements: Statement[];
  /** Statements before this row. */
  readonly first: number;
  readonly index: number;
  readonly number: Statement["number"];
  readonly read: (tokens: readonly Token[]) => Syntax;
}

const addDraft = (draft: Draft, context: Context): void => {
  const { statements, first, index, number, read } = context;
  const { main } = draft;
  const relation = main.tokens[0]?.type === "relation" && main.tokens.length > 1 ? main.tokens[0].operator : null;
  const rest = relation === null ? main.tokens : main.tokens.slice(1);
  const { tokens, condition } = asCondition(rest);
  const conditions: Syntax[] = condition === null ? [] : [condition];
  let body = read(tokens);
  if (draft.names.length > 0) {
    const names = draft.names.map(segment => read(segment.tokens));
    body = replaceMember(body, 0, member => listOf([...names, member]));
  }
  if (draft.more.length > 0) {
    const more = draft.more.map(segment => read(segment.tokens));
    body = replaceMember(body, -1, member => listOf([member, ...more]));
  }
  const before = [...(draft.names[0]?.before ?? []), ...main.before];
  const previous = statements[statements.length - 1];
  if (statements.length > first && previous !== undefined && relation === null) {
    const proviso = isCondition(body, before);
    if (proviso !== null) {
      const span = cover(previous.span, body.span);
      statements[statements.length - 1] = { ...previous, conditions: [...previous.conditions, proviso], span };
      return;
    }
  }
  const end = condition === null ? body.span.end : condition.span.end + 1;
  const span = {
    start: Math.min(body.span.start, relation?.span.start ?? body.span.start),
    end: Math.max(end, body.span.end),
  };
  const shared = { number: statements.length === first ? number : null, row: index };
  const parts = relation === null ? systemOf(body) : null;
  if (parts === null) {
    statements.push({ body, continues: relation, conditions, before, after: [], span, ...shared });
    return;
  }
  for (const part of parts) {
    statements.push({
      body: part.body,
      continues: null,
      conditions: [...part.conditions, ...conditions],
      before: [],
      after: [],
      span: part.body.span,
      ...shared,
    });
  }
};

const replaceMember = (body: Syntax, at: 0 | -1, change: (member: Syntax) => Syntax): Syntax => {
  if (body.kind !== "relations") return change(body);
  const index = at === 0 ? 0 : body.members.length - 1;
  const members = body.members.map((member, place) => (place === index ? change(member) : member));
  return { ...body, members, span: cover((members[0] as Syntax).span, (members[members.length - 1] as Syntax).span) };
};

/** A brace or an environment around equations: each row is a statement. */
const systemOf = (
  body: Syntax,
): { readonly body: RelationsSyntax; readonly conditions: readonly Syntax[] }[] | null => {
  const matrix = body.kind === "group" && body.open === "\\{" && body.close === "." ? body.body : body;
  if (matrix?.kind !== "matrix") return null;
  const parts: { body: RelationsSyntax; conditions: readonly Syntax[] }[] = [];
  for (const row of matrix.rows) {
    const [head, ...rest] = row;
    if (head?.kind !== "relations") return null;
    parts.push({ body: head, conditions: rest.filter(cell => cell.kind !== "prose") });
  }
  return parts;
};
