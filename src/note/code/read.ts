/** The code of a note as statements beside those of its formulas. */

import type { CodeLine } from "../../parse/python.syntax.ts";
import { readPython } from "../../parse/python.ts";
import type { Statement } from "../../parse/syntax.ts";
import type { Block } from "../blocks/block.ts";

import { readNames } from "../occurrences.ts";
import type { SystemText } from "../systemtext.ts";
import { textOf } from "../tree.ts";
import { type Equation, numberOf } from "./formulas.ts";
import { linesOfCode, partsOfCode } from "./lines.ts";
import { Spellings } from "./names.ts";
import type { CodePass } from "./pass.ts";
import { readPasses } from "./passes.ts";

type CodeBlock = Extract<Block, { kind: "code" }>;

const PYTHON = /^(?:\{?\.?)?(?:python|py|numpy|python3|py3|ipython|ipython3|pycon)\b/iu;

/** Whether a line says something that only NumPy means. */
const saysNumpy = ({ statements, body }: CodeLine): boolean =>
  (statements ?? []).some(
    statement =>
      statement.kind === "assignment" &&
      [statement.target, statement.value]
        .flatMap(partsOfCode)
        .some(
          part =>
            (part.kind === "attribute" && part.of.kind === "name" && /^(?:np|numpy)$/u.test(part.of.name)) ||
            (part.kind === "attribute" && (part.name === "T" || part.name === "dot")) ||
            (part.kind === "infix" && part.operator === "@"),
        ),
  ) || body.some(saysNumpy);

/** The lines of a block of Python; none where it is of another language, or of none and no Python. */
const linesIn = ({ language, text, base }: CodeBlock): readonly CodeLine[] => {
  if (text === undefined || base === undefined || (language !== "" && !PYTHON.test(language))) return [];
  const lines = readPython(text, base);
  if (language !== "") return lines;
  const isPython = lines.every(({ statements }) => statements !== null) && lines.some(saysNumpy);
  return isPython ? lines : [];
};

/** The names that the formulas of a system write. */
const spellingsOf = ({ statements }: SystemText): Spellings => {
  const spellings = new Spellings();
  for (const { left } of statements.definitions) spellings.add(left);
  for (const { name } of statements.declarations) spellings.add(name);
  for (const name of statements.definitions.flatMap(({ right }) => readNames(right))) spellings.add(name);
  return spellings;
};

const claimed = ({ left, right, span, inherited }: Equation): Statement => ({
  body: { kind: "relations", members: [left, right], operators: [{ spelling: "=", span }], span },
  continues: null,
  number: null,
  conditions: [],
  before: [],
  after: [],
  row: 0,
  span,
  code: inherited ? "inherited" : "whole",
});

const put = ({ definitions, claims, shapes, axes, hints, labels, incomplete }: CodePass, text: SystemText): void => {
  const { statements } = text;
  for (const { left, right, span } of definitions) statements.definitions.push({ left, right, span, conditions: [] });
  for (const equation of claims)
    statements.claims.push({ statement: claimed(equation), system: text.name, span: equation.span, continues: false });
  for (const { name, sizes, span } of shapes) statements.declarations.push({ name, sizes, span, from: "declared" });
  statements.axes.push(...axes);
  for (const { name, lies, span } of hints) {
    if (lies === "scalar") text.remarks.push({ name, says: lies, span });
    else
      statements.axes.push({
        name,
        axis: lies === "matrix" ? "both" : lies,
        size: numberOf("1", span),
        supposed: true,
      });
  }
  for (const name of labels) statements.structures.push({ name, structure: "row labels", span: name.span });
  if (incomplete) text.incomplete = true;
};

/** What is said of all systems beside the equations of one. */
const copied = (text: SystemText, name: string): SystemText => ({
  name,
  statements: {
    ...text.statements,
    declarations: [...text.statements.declarations],
    structures: [...text.statements.structures],
    definitions: [],
    claims: [],
    axes: [],
    odd: [],
    mentions: [],
  },
  remarks: [...text.remarks],
  axisWords: text.axisWords,
  gradientAccents: text.gradientAccents,
  vectors: text.vectors,
  unread: [],
  ...(text.scalars ? { scalars: text.scalars } : {}),
});

const isEmpty = ({ definitions, claims }: CodePass): boolean => definitions.length === 0 && claims.length === 0;

/**
 * Adds what the code below the headings of one system says: to the system where both speak of the same names, as systems of
 * their own otherwise, one for each forward pass that a backward pass follows.
 */
export const readCode = (
  blocks: readonly Block[],
  text: SystemText,
  diagnostics: CodePass["diagnostics"][number][],
): readonly SystemText[] => {
  const code = blocks.flatMap(block =>
    block.kind === "code" ? [{ lines: linesIn(block), backward: block.section === "backward" }] : [],
  );
  if (code.every(({ lines }) => lines.length === 0)) return [];
  const spellings = spellingsOf(text);
  const apart: SystemText[] = [];
  const written = new Set(text.statements.definitions.map(({ left }) => textOf(left)));
  for (const pass of linesOfCode(code).flatMap(each => readPasses(each, spellings))) {
    if (isEmpty(pass)) continue;
    diagnostics.push(...pass.diagnostics);
    const own = pass.definitions.flatMap(({ left, right }) => [left, ...readNames(right)]).map(textOf);
    const isOther = apart.length > 0 || (written.size > 0 && own.length > 0 && !own.some(name => written.has(name)));
    if (!isOther && !text.code) {
      text.code = true;
      put(pass, text);
      continue;
    }
    const system = copied(text, `${text.name} ${apart.length + 2}`);
    put(pass, system);
    apart.push(system);
  }
  return apart;
};
