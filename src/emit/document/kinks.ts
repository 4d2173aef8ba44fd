/** The table of points without a derivative: one row for each op of a system that has any, as the op's own row says. */
import { type Node, Scope, symbol } from "../../expr/node.ts";
import type { System } from "../../expr/system.ts";
import { postorder } from "../../expr/walk.ts";
import { printTerm } from "../../latex/print.ts";
import { call } from "../../ops/call.ts";
import { OPS } from "../../ops/index.ts";
import type { Op } from "../../ops/op.ts";
import { readSignature } from "../../shape/signature.ts";
import type { Block } from "./block.ts";
import { math, type Prose } from "./prose.ts";
import type { Writing } from "./writing.ts";

/** The op of arguments with the names that its row gives them. */
const sampleOf = ({ name, args, shape }: Op): Node | undefined => {
  if (typeof shape !== "string") return undefined;
  const scope = new Scope();
  const patterns = readSignature(shape).args;
  const symbols = patterns.flatMap((pattern, i) =>
    pattern.kind === "tensor" ? [symbol(scope, args[i] as string, [pattern.rows, pattern.columns])] : [],
  );
  return symbols.length === patterns.length ? call(name, symbols) : undefined;
};

/** In the order of the list of ops; empty where every op has a derivative everywhere. */
export const kinksTable = ({ sentences, context }: Writing, system: System): readonly Block[] => {
  const used = new Set(
    system.equations.flatMap(({ right }) => postorder(right).flatMap(node => (node.kind === "call" ? [node.op] : []))),
  );
  const rows = OPS.flatMap((op): readonly (readonly Prose[])[] => {
    const sample = op.kinks && used.has(op.name) ? sampleOf(op) : undefined;
    if (!op.kinks || !sample) return [];
    const { where, returns } = op.kinks;
    // The arguments are named by the row, whatever the note calls by these names.
    const { latex } = printTerm(sample, context.spellings ? { spellings: context.spellings } : {});
    return [[[math(latex)], [math(where)], [returns === undefined ? { text: sentences.undefined } : math(returns)]]];
  });
  if (rows.length === 0) return [];
  const { function: of, where, returns } = sentences.kinkColumns;
  return [
    { kind: "paragraph", text: sentences.kinksLead },
    { kind: "table", head: [of, where, returns].map((text): Prose => [{ text }]), rows },
  ];
};
