import katex from "katex";
import { readBlocks } from "../src/note/blocks/read.ts";
import { readEquation } from "../src/parse/equation.ts";
import type { Suite } from "./measure.ts";

const RNN =
  "\\frac{\\partial L}{\\partial h_t} = W_{hh}^\\top \\left(\\frac{\\partial L}{\\partial h_{t+1}} \\odot \\phi'(z_{t+1})\\right) + W_{yh}^\\top \\frac{\\partial L}{\\partial o_t}";
const TERM = " + W_{hh}^\\top \\left(\\frac{\\partial L}{\\partial h_{t+1}} \\odot \\phi'(z_{t+1})\\right)";
const long = (terms: number): string => `L = a${TERM.repeat(terms)}`;
/** The same 65,536 characters in every run, out of pieces of LaTeX in no order. */
const nonsense = ((): string => {
  const pieces = [
    "\\frac",
    "{",
    "}",
    "x",
    "^",
    "_",
    "+",
    "=",
    "(",
    ")",
    "\\left",
    "\\right",
    "&",
    "\\\\",
    "\\sum",
    "\\partial",
    " ",
    "2",
  ];
  let state = 1;
  let text = "";
  while (text.length < 65_536) {
    state = (state * 48_271) % 2_147_483_647;
    text += pieces[state % pieces.length];
  }
  return text;
})();
const note = `# Net\n\nFP:\n\n$$${RNN}$$\n\nLet $W \\in \\mathbb{R}^{h \\times d}$.\n\nBP:\n\n$$${RNN}$$\n\n`.repeat(
  20,
);

const WORDS = new Map();
const read = (text: string) => (): unknown => readEquation(text, WORDS);
// KaTeX's own parser, without rendering, is what a reader of formulas is compared with.
const peer = (text: string) => (): unknown =>
  (katex as unknown as { __parse: (text: string, options: object) => unknown }).__parse(text, {
    strict: "ignore",
    maxExpand: 1000,
  });
const characters = (text: string): { count: number; of: string } => ({ count: text.length, of: "characters" });

const medium = long(100);
const large = long(2_000);
const deep = "(".repeat(100_000);

export const suite: Suite = {
  title: "reading",
  cases: [
    { name: "recurrent net's equation, KaTeX's parser", run: peer(RNN), amount: characters(RNN) },
    {
      name: "recurrent net's equation",
      run: read(RNN),
      against: "recurrent net's equation, KaTeX's parser",
      amount: characters(RNN),
    },
    { name: "equation of 100 terms, KaTeX's parser", run: peer(medium), amount: characters(medium) },
    {
      name: "equation of 100 terms",
      run: read(medium),
      against: "equation of 100 terms, KaTeX's parser",
      amount: characters(medium),
    },
    { name: "equation of 2,000 terms", run: read(large), against: "equation of 100 terms", amount: characters(large) },
    { name: "100,000 open parentheses", run: read(deep), amount: characters(deep) },
    { name: "64 kB of nonsense", run: read(nonsense), amount: characters(nonsense) },
    { name: "blocks of a Markdown note", run: () => readBlocks(note, "md"), amount: characters(note) },
  ],
};
