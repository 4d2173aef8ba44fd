/** Functions that a note gives by the formula of an op, σ(u) = 1/(1 + e^{-u}), or by its name: they are the op, written as the note writes it. */
import { equalTerms } from "../exact/equal.ts";
import { callNode } from "../expr/node.ts";
import type { FunctionEntry, System } from "../expr/system.ts";
import { transform } from "../expr/walk.ts";
import { isEntrywise } from "../ops/along.ts";
import { call } from "../ops/call.ts";
import { OPS } from "../ops/index.ts";
import type { Op } from "../ops/op.ts";

const APPLIED = OPS.find(({ means }) => "each" in means && means.each === "function");

/** Functions of one real variable that are written with their name. */
export const NAMED = OPS.filter(
  op => op.args.length === 1 && isEntrywise(op) && "call" in op.latex.form && !("abstract" in op.means),
);

const recognised = ({ definition, kind }: FunctionEntry): Op | undefined => {
  const [parameter, ...more] = definition?.parameters ?? [];
  if (!definition || !parameter || more.length > 0 || kind !== "elementwise") return undefined;
  return NAMED.find(op => equalTerms(call(op.name, [parameter]), definition.body).equal === true);
};

/** The op of least cost that a word means. */
const opSpelled = (spelling: string): Op | undefined => NAMED.find(({ latex }) => latex.reads?.[spelling] === 0);

/** `named`: what the note's functions are called in words ("σ is the sigmoid"), by how they are written. */
export const withRecognisedFunctions = (system: System, named: ReadonlyMap<string, string>): System => {
  const ops = new Map<string, Op>();
  const spellings = new Map<string, string>(system.spellings);
  for (const [latex, spelling] of named) {
    const op = opSpelled(spelling);
    if (op && !spellings.has(op.name)) spellings.set(op.name, latex);
  }
  for (const entry of system.functions.values()) {
    const op = recognised(entry);
    if (!op || (spellings.get(op.name) ?? entry.latex) !== entry.latex) continue;
    ops.set(entry.name, op);
    spellings.set(op.name, entry.latex);
  }
  if (spellings.size === 0) return system;
  const equations = system.equations.map(equation => ({
    ...equation,
    right: transform(equation.right, {
      call: (name, args, original) => {
        const { function: applied, order } = original.attributes;
        const op = name === APPLIED?.name && order === 0 && typeof applied === "string" ? ops.get(applied) : undefined;
        return op ? call(op.name, args) : callNode(name, args, original.attributes, original.shape);
      },
    }),
  }));
  return { ...system, equations, spellings };
};
