import type { Words } from "./words.ts";

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const ENGLISH: Words = {
  title: name => `${name}, checked`,
  verdicts: {
    unreadable: "cannot be read",
    undefined: "has no value",
    definition: "definition",
    proved: "right",
    holds: "right",
    convention: "right, in another convention",
    incomplete: "right, but unfinished",
    repaired: "right, with a letter repaired",
    "holds-under": "holds only under an assumption",
    wrong: "wrong",
    "cannot-tell": "cannot tell",
  },
  equations: count => counted(count, "equation", "equations"),
  findings: count => `${counted(count, "equation", "equations")} to look at`,
  clean: "Nothing was found against any equation.",
  line: line => `line ${line}`,
  readAs: "Read as",
  repair: (from, to, evidence) => `${from} was read as ${to}: ${evidence}`,
  assumption: "It holds for",
  edit: (edit, unfinished) => `${unfinished ? "To finish it" : "To mend it"}, ${edit}`,
  mended: "Right is",
  supposing: "This supposes",
  general: "In general",
  counterexample: "Numbers that show it",
  quantity: "quantity",
  value: "value",
  leftSide: "left side",
  rightSide: "right side",
  checked: (samples, [shortest, longest]) =>
    longest > 1
      ? `Both sides were compared at ${counted(samples, "random point", "random points")}, with horizons from ${shortest} to ${longest}.`
      : `Both sides were compared at ${counted(samples, "random point", "random points")}.`,
  rests: "True values are put in; as the note stands, it rests on what is wrong in",
  diagnostics: "About the note as a whole",
  stop: ".",
};
