// The public derivatives as claims in LaTeX, as a note would write them: each is found right, and what is not equal to it is not.
import { describe, expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";
import { type MatrixCase, noteOf } from "./case.ts";
import { CASES } from "./judge.ts";

/** What `check` reads as a derivative of first order; a Jacobian stands in a note that has a loss besides. */
const KINDS = ["gradient", "graph", "gradient_sym", "gradient_diag", "jacobian", "by_scalar"];

/** A function that words name and no forward equation uses is not read in claims yet: such a claim is never called wrong. */
const UNREAD: ReadonlySet<string> = new Set(["ml-18"]);

const ROWS = CASES.filter(({ kind }) => KINDS.includes(kind));

const subjectOf = ({ definitions, wrt }: MatrixCase): string => {
  const of = definitions?.at(-1)?.split("=")[0]?.trim() ?? "f";
  return `\\frac{\\partial ${of}}{\\partial ${wrt}}`;
};

const rangeOf = ({ where = {} }: MatrixCase): string =>
  Object.entries(where)
    .map(([index, [first, last]]) => `\\quad (${first} \\le ${index} \\le ${last})`)
    .join("");

/** The case as a note with one claim, and what is said of that. */
const verdictOf = async (row: MatrixCase, answer: string): Promise<string | undefined> => {
  const open = /jacobian|by_scalar/u.test(row.kind) ? "\n$$\\Lambda = \\ell(f)$$\n" : "";
  const sigma = answer.includes("\\sigma") ? "\n$\\sigma$ is the logistic function.\n" : "";
  const claim = `${subjectOf(row)} = ${answer}${rangeOf(row)}`;
  const text = `${noteOf(row)}${open}${sigma}\n## Backward pass\n\n$$${claim}$$\n`;
  return (await check(await readNote(text))).equations.at(-1)?.verdict;
};

/** In the conventions for symmetric and diagonal matrices a note has to say so; elsewhere our gradient is the only one. */
const rightsOf = ({ id, kind }: MatrixCase): readonly string[] =>
  UNREAD.has(id)
    ? ["undefined"]
    : kind === "gradient_sym" || kind === "gradient_diag"
      ? ["convention"]
      : ["proved", "holds"];

const WRONG: readonly (readonly [name: string, of: (answer: string) => string])[] = [
  ["its opposite", answer => `-(${answer})`],
  ["twice that", answer => `2 (${answer})`],
  ["half of that", answer => `\\frac{1}{2} (${answer})`],
];

describe.each(ROWS.map((row, i) => [row.id, row, WRONG[i % WRONG.length] as (typeof WRONG)[number]] as const))(
  "%s",
  (_, row, [name, of]) => {
    test("the published answer is right", async () =>
      expect(rightsOf(row)).toContain(await verdictOf(row, row.expected_latex)));

    test(`${name} is not`, async () => {
      const verdict = await verdictOf(row, of(row.expected_latex));
      expect(UNREAD.has(row.id) ? ["undefined"] : ["wrong", "holds-under"]).toContain(verdict);
    });
  },
);

test("most of the cases are such claims", () => expect(ROWS.length).toBeGreaterThan(90));
