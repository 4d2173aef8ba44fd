/**
 * J = \frac{1}{m} \sum_i y^{(i)} \log a^{(i)} beside A = σ(Z): the sample i of what holds all of them, a column of A, or a row
 * where rows are as many as there are samples.
 */
import type { BigSyntax, Syntax } from "../parse/syntax.ts";
import { withSamples } from "./claims/samples.ts";
import { baseOfName, headed, valueNames } from "./occurrences.ts";
import { limitsOf } from "./ranges.ts";
import type { SystemText } from "./systemtext.ts";
import { everyPart, replaceParts, textOf } from "./tree.ts";

const isSample = (name: Syntax, letter: string): boolean =>
  name.kind === "scripted" &&
  name.scripts.length === 1 &&
  name.scripts[0]?.position === "sup" &&
  name.scripts[0].body.kind === "group" &&
  name.scripts[0].body.body !== null &&
  textOf(name.scripts[0].body.body) === letter;

/** The text with samples in sums over them taken from the arrays that the note has, where it has nothing else of that name. */
export const withSamplesTaken = (text: SystemText): SystemText => {
  const { definitions, declarations } = text.statements;
  const lefts = definitions.map(({ left }) => headed(left)?.name ?? left);
  const own = new Set([...lefts, ...declarations.map(({ name }) => name)].map(baseOfName));
  const whole = new Set(
    [...lefts, ...declarations.map(({ name }) => name), ...definitions.flatMap(({ right }) => valueNames(right))].map(
      textOf,
    ),
  );
  const rowsOf = new Map(declarations.map(({ name, sizes }) => [textOf(name), sizes.map(textOf)]));
  const taken = (sum: BigSyntax): Syntax | undefined => {
    const letter = limitsOf(sum)?.index;
    const end = sum.upper && textOf(sum.upper);
    if (letter === undefined) return undefined;
    const samples = everyPart(sum.body).filter(name => isSample(name, letter) && !own.has(baseOfName(name)));
    const body = samples.reduce((inner, sample) => {
      const matrix = (baseOfName(sample) ?? "").toUpperCase();
      const [rows, columns] = rowsOf.get(matrix) ?? [];
      const axis = rows === end && columns !== end ? "rows" : "columns";
      const isMatrix = (name: Syntax): boolean => textOf(name) === matrix && whole.has(matrix);
      return replaceParts(inner, part =>
        textOf(part) === textOf(sample) && isSample(part, letter)
          ? withSamples(part, axis, { isMatrix, isKnown: () => false })
          : undefined,
      );
    }, sum.body);
    return body === sum.body ? undefined : { ...sum, body };
  };
  const read = definitions.map(definition => {
    const right = replaceParts(definition.right, part => (part.kind === "big" ? taken(part) : undefined));
    return right === definition.right ? definition : { ...definition, right };
  });
  return read.every((each, i) => each === definitions[i])
    ? text
    : { ...text, statements: { ...text.statements, definitions: read } };
};
