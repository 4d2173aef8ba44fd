import { CATALOGUE } from "../base/catalogue.ts";
import { findOp } from "../ops/index.ts";
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
  ...(op.kinks ? [op.kinks] : []),
  ...(op.source ? [`source    ${op.source}`] : []),
];

/** Prints the long text of a code, an op, a pullback or a law. */
export const explainCommand = (name: string): number => {
  const row = Object.hasOwn(CATALOGUE, name.toUpperCase())
    ? CATALOGUE[name.toUpperCase() as keyof typeof CATALOGUE]
    : undefined;
  const [kind, ofOp] = name.split("/");
  const op = findOp(kind === "pullback" && ofOp !== undefined ? ofOp : name);
  const law = LAWS.find(({ id }) => id === name);
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
      `nothing is called "${name}": give a code such as S002, the name of an operation such as hadamard, or the id of a law`,
    );
  return CLEAN;
};
