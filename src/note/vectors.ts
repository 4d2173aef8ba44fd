/** What a note says of vectors: that all lie as rows or columns, that a name is one. */
import type { Axis } from "../ops/along.ts";

const ALL = String.raw`\b(?:all|every|everything|vectors?|both)\b[^.;:]{0,60}`;
const WORDS: readonly (readonly [Axis, RegExp])[] = [
  [
    "rows",
    new RegExp(
      String.raw`${ALL}\b(?:are|is|as|in)\s+(?:written\s+(?:as|in)\s+)?rows?\b(?!\s+of)|(?:都|均|全)(?:是|为)?行向量|向量(?:都|均|全)?(?:是|为)行向量|вс[её][^.;:]{0,40}строк`,
      "iu",
    ),
  ],
  [
    "columns",
    new RegExp(
      String.raw`${ALL}\b(?:are|is|as|in)\s+(?:written\s+(?:as|in)\s+)?columns?\b(?!\s+of)|(?:都|均|全)(?:是|为)?列向量|向量(?:都|均|全)?(?:是|为)列向量|вс[её][^.;:]{0,40}столб`,
      "iu",
    ),
  ],
];

/** "All vectors are rows": which way they lie, as words say. */
export const vectorsIn = (text: string): readonly Axis[] =>
  WORDS.flatMap(([axis, pattern]) => (pattern.test(text) ? [axis] : []));

/** What is said, if it is one thing. */
export const saidOfVectors = (words: readonly Axis[]): Axis | undefined => {
  const [axis, ...more] = new Set(words);
  return more.length === 0 ? axis : undefined;
};

/** How a name lies that is called a vector. */
export type Lying = Axis | "any";

const NOUN = String.raw`(?:(?<way>row|column)[\s-]+)?vectors?\b(?!-)|(?<zh>行|列)?向量`;
/** "are column vectors", "is the hidden state vector", "是列向量". */
const BEHIND = new RegExp(
  String.raw`^\s*[,，]?\s*(?:(?:is|are)\s+(?:[\w-]+\s+){0,4}?|(?:都|均)?(?:是|为)[^,，。.;；]{0,6}?)(?:${NOUN})`,
  "iu",
);
/** "the input vector", "column vectors", "列向量". */
const AHEAD = new RegExp(String.raw`(?:${NOUN})\s*$`, "iu");
const OTHERWISE = /\b(?:matri(?:x|ces)|not|of|if|whose|rows|columns)\b|矩阵|不是|不为|若|如果/iu;

const lyingIn = (groups: Readonly<Record<string, string | undefined>>): Lying => {
  const way = groups.way?.toLowerCase() ?? groups.zh;
  if (way === undefined) return "any";
  return /^(?:row|行)$/u.test(way) ? "rows" : "columns";
};

/** What words say of the names before them and of the name behind: that these are vectors. */
export const lyingOf = (text: string): { readonly behind?: Lying; readonly ahead?: Lying } => {
  const behind = BEHIND.exec(text);
  const rest = behind ? text.slice(behind[0].length) : text;
  const ahead = AHEAD.exec(rest);
  const isPlain = (words: string): boolean => !OTHERWISE.test(words);
  return {
    ...(behind?.groups && isPlain(behind[0]) ? { behind: lyingIn(behind.groups) } : {}),
    ...(ahead?.groups && isPlain(rest.slice(Math.max(0, ahead.index - 12))) ? { ahead: lyingIn(ahead.groups) } : {}),
  };
};
