import type { Block, Piece, Place, Section } from "./block.ts";

type Unplaced<B> = B extends unknown ? Omit<B, keyof Place> : never;
/** A block before it is known to which system it belongs. */
export type Draft = Unplaced<Block> & {
  /** It stands in a list, or begins with a bullet: it may name a system. */
  readonly bullet?: boolean;
};

const FORWARD =
  /^(?:fp|forward(?:[ -](?:pass|propagation|equations?|computation|model))?|forwardprop|feed[ -]?forward|前向(?:传播|计算|过程)?|正向(?:传播|计算|过程)?)$/iu;
const BACKWARD =
  /^(?:bp|bptt|backward(?:s)?(?:[ -](?:pass|propagation|equations?|computation))?|back[ -]?prop(?:agation)?(?:[ -]through[ -]time)?|gradients?|derivatives|反向(?:传播|计算|过程)?|后向(?:传播|计算|过程)?|梯度|误差反传)$/iu;
/** The same words inside a longer heading, "Backward pass of the LSTM". */
const LOOSE_FORWARD =
  /\b(?:fp|forward(?:[ -](?:pass|propagation|equations?))?)\b|前向(?:传播|计算|过程)?|正向(?:传播|计算|过程)?/iu;
const LOOSE_BACKWARD =
  /\b(?:bp|bptt|backward(?:[ -](?:pass|propagation|equations?))?|back[ -]?prop(?:agation)?(?:[ -]through[ -]time)?)\b|反向(?:传播|计算|过程)?|后向(?:传播|计算|过程)?/iu;

const BULLET = /^[\s•●▪◦‣·○■□*+-]+(?=\S)/u;
const NUMBERING =
  /^(?:(?:\d{1,2}(?:\.\d{1,2})*|[一二三四五六七八九十]+|[A-Za-z])[.、)）]|\d{1,2}(?:\.\d{1,2})+|[（(]\d{1,2}[)）])\s*/u;
const EXAMPLE = /^(?:例(?:子|如)?|示例|example|ex\.?|case)\s*\d*\s*[:：.]\s*/iu;

const words = (pieces: readonly Piece[]): string =>
  pieces
    .map(piece => (piece.kind === "text" ? piece.text : piece.formula.text))
    .join("")
    .replace(/\s+/gu, " ")
    .trim();

/** A title without its bullet, number, emphasis and closing colon. */
const title = (text: string): string =>
  text
    .replace(BULLET, "")
    .replace(/[*_`#]+/gu, "")
    .trim()
    .replace(NUMBERING, "")
    .replace(EXAMPLE, "")
    .replace(/\s*[:：.。]\s*$/u, "")
    .trim();

/** The section that words announce; null if they do not. */
const sectionOf = (text: string): Section | null =>
  FORWARD.test(text) ? "forward" : BACKWARD.test(text) ? "backward" : null;

interface Mark {
  readonly section: Section | null;
  /** A name for a system: of a heading, a bullet, a line that is all emphasis. */
  readonly name: string | null;
}

const markOf = (draft: Draft): Mark => {
  if (draft.kind !== "heading" && draft.kind !== "prose") return { section: null, name: null };
  const text = words(draft.pieces);
  if (draft.kind === "heading") {
    const name = title(text);
    const whole = sectionOf(name);
    if (whole !== null) return { section: whole, name: null };
    const loose = LOOSE_BACKWARD.test(name) ? "backward" : LOOSE_FORWARD.test(name) ? "forward" : null;
    if (loose === null) return { section: null, name };
    const rest = name
      .replace(LOOSE_BACKWARD, "")
      .replace(LOOSE_FORWARD, "")
      .replace(/^\W*\b(?:of|for|in|the|and|through|time)\b|\b(?:of|for|in|the|and|through|time)\b\W*$/giu, "")
      .replace(/^(?:的|与|和)|(?:的|与|和)$/gu, "")
      .replace(/^[\s:：—–-]+|[\s:：—–-]+$/gu, "")
      .trim();
    return {
      section: loose,
      name: /[\p{L}\p{N}]/u.test(rest) ? rest.replace(/^(?:of|for|in|the)\s+(?:the\s+)?/iu, "") : null,
    };
  }
  const first = draft.pieces[0];
  const opening = first?.kind === "text" ? first.text : "";
  const label = /^([^:：\n]{1,40})[:：]/u.exec(opening.trim());
  const announced = sectionOf(title(label?.[1] ?? "")) ?? sectionOf(title(text));
  if (announced !== null) return { section: announced, name: null };
  const emphasised = /^\s*(?:\*\*|__)[^*_]+(?:\*\*|__)\s*$/u.test(opening) && draft.pieces.length === 1;
  const bulleted = draft.bullet === true || /^\s*[•●▪◦‣·○■□]/u.test(opening);
  const bare = title(text);
  if (
    (emphasised || bulleted) &&
    draft.pieces.every(piece => piece.kind === "text") &&
    bare.length > 0 &&
    bare.length <= 60 &&
    !/[.。;；!?？]$/u.test(text)
  )
    return { section: null, name: bare };
  return { section: null, name: null };
};

/** A line inside a paragraph that is a mark begins a paragraph of its own: "… ends here.\nFP:". */
const splitAtMarks = (drafts: readonly Draft[]): readonly Draft[] =>
  drafts.flatMap(draft => {
    if (draft.kind !== "prose" || !draft.pieces.some(piece => piece.kind === "text" && piece.text.includes("\n")))
      return [draft];
    const groups: Piece[][] = [[]];
    for (const piece of draft.pieces) {
      if (piece.kind !== "text") {
        groups[groups.length - 1]?.push(piece);
        continue;
      }
      let from = 0;
      for (let end = 0; end <= piece.text.length; end = next(piece.text, end)) {
        const line = piece.text.slice(end, next(piece.text, end) - 1);
        const label = /^([^:：\n]{1,40})[:：]/u.exec(line.trim());
        const startsLine = end > 0 && piece.text[end - 1] === "\n";
        if (!startsLine || (sectionOf(title(label?.[1] ?? "")) === null && sectionOf(title(line)) === null)) continue;
        groups[groups.length - 1]?.push({
          kind: "text",
          text: piece.text.slice(from, end),
          span: { start: piece.span.start + from, end: piece.span.start + end },
        });
        groups.push([]);
        from = end;
      }
      groups[groups.length - 1]?.push({
        kind: "text",
        text: piece.text.slice(from),
        span: { start: piece.span.start + from, end: piece.span.end },
      });
    }
    return groups
      .filter(pieces => pieces.some(piece => piece.kind === "formula" || /\S/u.test(piece.text)))
      .map(
        (pieces, at): Draft => ({
          ...draft,
          pieces,
          bullet: draft.bullet === true && at === 0,
          span: { start: (pieces[0] as Piece).span.start, end: (pieces[pieces.length - 1] as Piece).span.end },
        }),
      );
  });

/** The offset behind the next line break, or behind the text. */
const next = (text: string, from: number): number => {
  const at = text.indexOf("\n", from);
  return at < 0 ? text.length + 1 : at + 1;
};

/** "Backpropagation through time" with a heading "Forward pass" below it is a title, no mark. */
const titled = (drafts: readonly Draft[], marks: readonly Mark[]): readonly Mark[] =>
  marks.map((mark, at): Mark => {
    const draft = drafts[at] as Draft;
    if (draft.kind !== "heading" || mark.section === null) return mark;
    for (let below = at + 1; below < drafts.length; below++) {
      const other = drafts[below] as Draft;
      if (other.kind !== "heading") continue;
      if (other.level <= draft.level) return mark;
      const { section } = marks[below] as Mark;
      if (section === "forward") return { section: null, name: title(words(draft.pieces)) };
      if (section === "backward") return mark;
    }
    return mark;
  });

interface Heading {
  readonly level: number;
  readonly name: string;
}

/**
 * Gives every block its system and section. A system begins at the heading, bullet or emphasised line
 * that stands nearest above a mark (FP:, BP:, "Forward pass", 反向传播 …); a second FP: behind a BP: without
 * a name of its own begins one too. A note without marks, or with marks of one system only, is one system.
 * `known` are systems that the front matter names: their headings always begin one.
 */
export const placeBlocks = (
  unsplit: readonly Draft[],
  known: ReadonlySet<string>,
): { readonly blocks: readonly Block[]; readonly systems: readonly string[] } => {
  const drafts = splitAtMarks(unsplit);
  const marks = titled(drafts, drafts.map(markOf));
  // Where each system begins, and its name.
  const begins = new Map<number, string>();
  const names = new Set<string>();
  const fresh = (name: string): string => {
    if (!names.has(name)) return name;
    for (let number = 2; ; number++) if (!names.has(`${name} (${number})`)) return `${name} (${number})`;
  };
  let seen: Section = "other";
  /** A system without a name comes before the first one with a name. */
  let unnamed = false;
  let current: string | null = null;
  let candidate: { at: number; name: string; level: number } | null = null;
  const headings: { at: number; name: string; level: number }[] = [];
  marks.forEach((mark, at) => {
    const draft = drafts[at] as Draft;
    const level = draft.kind === "heading" ? draft.level : 7;
    if (draft.kind === "heading")
      while (headings.length > 0 && (headings[headings.length - 1]?.level ?? 0) >= level) headings.pop();
    if (mark.section === null) {
      if (mark.name === null) return;
      if (known.has(mark.name)) {
        current = mark.name;
        names.add(current);
        unnamed ||= begins.size === 0;
        begins.set(at, current);
        seen = "other";
        candidate = null;
        return;
      }
      if (draft.kind === "heading") headings.push({ at, name: mark.name, level });
      candidate = { at, name: mark.name, level };
      return;
    }
    // A heading that is a mark belongs to the heading above it; other marks to the nearest name.
    let owner: { at: number; name: string } | null = candidate;
    if (draft.kind === "heading") {
      owner = mark.name !== null ? { at, name: mark.name } : (headings[headings.length - 1] ?? null);
      if (owner !== null && owner.at !== at && begins.has(owner.at)) owner = null;
      if (mark.name !== null && names.has(mark.name) && (mark.section === "backward" || mark.name === current)) {
        if (mark.name !== current) begins.set(at, mark.name);
        current = mark.name;
        owner = null;
      }
    }
    if (owner !== null) {
      current = fresh(owner.name);
      names.add(current);
      begins.set(owner.at, current);
    } else if (mark.section === "forward" && seen === "backward") {
      current = fresh(`System ${names.size + (unnamed ? 2 : 1)}`);
      names.add(current);
      begins.set(at, current);
    } else if (begins.size === 0) unnamed = true;
    seen = mark.section;
    candidate = null;
  });

  const single = new Set(begins.values()).size + (unnamed ? 1 : 0) < 2;
  const onlyName = single ? ([...begins.values()][0] ?? "") : "";
  const blocks: Block[] = [];
  const systems: string[] = [];
  const path: Heading[] = [];
  let system = single ? onlyName : "";
  let section: Section = "other";
  drafts.forEach((draft, at) => {
    const begun = begins.get(at);
    if (begun !== undefined) {
      if (begun !== system || !single) section = "other";
      system = begun;
    }
    const mark = marks[at] as Mark;
    if (mark.section !== null) section = mark.section;
    else if (draft.kind === "heading" && mark.name !== null && endsSection(path, draft.level)) section = "other";
    if (draft.kind === "heading") {
      while (path.length > 0 && (path[path.length - 1] as Heading).level >= draft.level) path.pop();
    }
    const { bullet: _, ...block } = draft;
    blocks.push({ ...block, system, section, headings: path.map(heading => heading.name) } as Block);
    if (draft.kind === "heading") path.push({ level: draft.level, name: title(words(draft.pieces)) });
    if (!systems.includes(system)) systems.push(system);
  });
  return { blocks, systems };
};

/** A heading of at least the rank of the one that announced the section ends it. */
const endsSection = (path: readonly Heading[], level: number): boolean =>
  path.some(
    heading =>
      heading.level >= level &&
      (sectionOf(heading.name) !== null || LOOSE_FORWARD.test(heading.name) || LOOSE_BACKWARD.test(heading.name)),
  );
