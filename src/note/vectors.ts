/** Whether a note says of all its vectors that they are rows, or columns. */
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
