import { CATALOGUE } from "../base/catalogue.ts";
import { findOp, OPS } from "../ops/index.ts";
import type { Op } from "../ops/op.ts";
import { LAWS } from "../rules/index.ts";
import { CLEAN, CommandFailure } from "./failure.ts";
import { wrap } from "./wrap.ts";

const explainOp = (op: Op): readonly string[] => [
  `${op.name}: ${op.doc}`,
  ...(typeof op.shape === "string" ? [`shapes    ${op.shape}`] : []),
  ...Object.entries(op.pullback ?? {}).flatMap(([argument, term]) =>
    typeof term === "string"
      ? [`pullback  to ${argument}: ${term}    (G is the adjoint of the result, Y the result)`]
      : [],
  ),
  ...("define" in op.means ? [`means     ${op.means.define}`] : []),
  ...(op.noDerivative ? [`no derivative: ${op.noDerivative}`] : []),
  ...(op.kinks ? [op.kinks.say] : []),
  ...(op.source ? [`source    ${op.source}`] : []),
];

/** The table of all points without a derivative, from the ops' own rows. */
const kinksTable = (): string => {
  const rows = OPS.flatMap(({ name, kinks }) => (kinks === undefined ? [] : [[name, kinks.say] as const]));
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows
    .map(([name, kinks]) => {
      const [first = "", ...more] = wrap(kinks, TEXT - width).split("\n");
      return [`${name.padEnd(width)}${first}`, ...more.map(line => `${" ".repeat(width)}${line}`)].join("\n");
    })
    .join("\n");
};

const TEXT = 80;

/** Prints the long text of a code, an op, a pullback or a law. */
export const explainCommand = (name: string): number => {
  const row = Object.hasOwn(CATALOGUE, name.toUpperCase())
    ? CATALOGUE[name.toUpperCase() as keyof typeof CATALOGUE]
    : undefined;
  const [kind, ofOp] = name.split("/");
  const op = findOp(kind === "pullback" && ofOp !== undefined ? ofOp : name);
  const law = LAWS.find(({ id }) => id === name);
  if (name === "kinks") {
    process.stdout.write(`Where operations have no derivative, and what is returned there:\n\n${kinksTable()}\n`);
    return CLEAN;
  }
  if (row) process.stdout.write(`${name.toUpperCase()}  ${row.title}\n\n${wrap(row.explanation)}\n`);
  else if (op)
    process.stdout.write(
      `${explainOp(op)
        .map(line => wrap(line))
        .join("\n")}\n`,
    );
  else if (law) {
    const right = typeof law.right === "string" ? law.right : "(worked out from the match)";
    const lines = [
      `${law.id}: ${law.say.en}`,
      `${law.left}  =  ${right}`,
      ...(law.source ? [`source    ${law.source}`] : []),
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
  } else
    throw new CommandFailure(
      `nothing is called "${name}": give a code such as S002, the name of an operation such as hadamard, the id of a law, or kinks for the table of points without a derivative`,
    );
  return CLEAN;
};
