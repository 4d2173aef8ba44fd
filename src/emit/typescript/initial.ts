/** What given arrays hold before the user sets them: masks by their places, the number π. */
import type { Buffer } from "../../schedule/program.ts";
import { wordOf } from "./names.ts";
import { type Printed, Printer, type Vocabulary } from "./print.ts";

/** The number π, which is given like any constant: what it is until the user says otherwise. */
export const isPi = ({ holds, symbol }: Buffer): boolean =>
  holds === "value" && symbol?.role === "constant" && symbol.latex === "\\pi";

/** Loops that fill a mask by its places. */
export const maskLines = (buffer: Buffer, vocabulary: Vocabulary): readonly string[] => {
  const mask = buffer.holds === "value" ? buffer.symbol?.mask : undefined;
  if (!mask || buffer.extents.length !== mask.letters.length) return [];
  const printer = new Printer(vocabulary, 1);
  const names = mask.letters.map(letter => vocabulary.names.take(wordOf(letter, "i")));
  for (const [place, letter] of mask.letters.entries()) printer.setIndex(letter, names[place] as string);
  const [rows, columns] = buffer.extents.map(({ extent }) => printer.polynomial(extent)) as [Printed, Printed];
  const [i, j] = names as [string, string];
  const kept = mask.keeps.map(condition => printer.condition(condition)).join(" && ");
  const width = columns.strength < 3 ? `(${columns.text})` : columns.text;
  for (const name of names) vocabulary.names.release(name);
  const array = vocabulary.buffer(buffer);
  return [
    `  // ${array} is 0 where ${kept}, and minus infinity elsewhere.`,
    `  for (let ${i} = 1; ${i} <= ${rows.text}; ${i}++) {`,
    `    for (let ${j} = 1; ${j} <= ${columns.text}; ${j}++) {`,
    `      ${array}[(${i} - 1) * ${width} + ${j} - 1] = ${kept} ? 0 : Number.NEGATIVE_INFINITY;`,
    "    }",
    "  }",
  ];
};
