// Every single edit of some short terms, in the order in which they are tried: cost, what is said, the edited term.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Candidate, candidatesFor, insertionsInto } from "../../src/check/edits/candidates.ts";
import type { Node } from "../../src/expr/node.ts";
import { readTerm } from "../../src/term/read.ts";
import { showTerm } from "../../src/term/show.ts";
import { readSystem } from "../../src/term/system.ts";

const SYSTEM = readSystem(`
  system steps
  horizon T
  function phi elementwise
  W: n n parameter
  V: n n parameter
  r: 1 constant
  p: m data
  q[t]: 1 data for t = 1..T
  x[t]: n data for t = 1..T
  y[l,t]: m data for l = 1..2, t = 1..T
  h[t]: n for t = 0..T
  s: n
  L: 1
  h[t] = phi(W * h[t-1] + x[t]) for t = 1..T
  s = phi(V * h[T])
  L = s' * s
  objective L
`);

const { functions, symbols: entries } = SYSTEM;
const symbols = new Map([...entries].map(([name, { node }]) => [name, node]));
const read = (text: string): Node => readTerm(text, { symbols, functions });

const show = ({ term, cost, say, parts, bound }: Candidate): string => {
  const sentence = say.en.replace(/#(\w)/gu, (_, name: string) => showTerm(parts.get(name) as Node));
  return `  ${cost} ${sentence}${bound.length > 0 ? ` (within ${bound.join()})` : ""}: ${showTerm(term)}`;
};

const GOLDEN = new URL("candidates.txt", import.meta.url);
const blocks = readFileSync(GOLDEN, "utf8").trim().split(/\n\n+/u);

describe("the edits of", () => {
  test.each(blocks)("%s", block => {
    const [head = "", ...lines] = block.split("\n");
    const [, how, free, text = "", ...told] =
      /^(edits|insertions)(?: with ([\w,]+))?: (.*?)(?: \| (.*))?$/u.exec(head) ?? [];
    const more = (told[0] ?? "").split(" | ").filter(each => each !== "");
    const of = (word: string): readonly Node[] =>
      more.flatMap(each => (each.startsWith(word) ? [read(each.slice(word.length))] : []));
    const names = free === undefined ? [] : free.split(",");
    const found =
      how === "edits"
        ? candidatesFor(read(text), SYSTEM, names, of("path "), of("form "))
        : insertionsInto(read(text), SYSTEM, names);
    expect([...found].map(show)).toEqual(lines);
  });
});
