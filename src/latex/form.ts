/** The way in which a call is written: its op's form, where the form depends on shapes the one that applies. */
import type { CallNode, Node } from "../expr/node.ts";
import { isScalar, opOf } from "../ops/call.ts";
import type { Circumstance, Form } from "../ops/op.ts";

/** A form that depends on nothing any more. */
export type Settled = Exclude<Form, { readonly when: unknown }>;

const isColumn = ({ shape }: Node): boolean => shape.length === 1;

const APPLIES: Readonly<Record<Circumstance, (node: CallNode) => boolean>> = {
  scalar: node => isScalar(node.shape),
  column: isColumn,
  row: ({ shape }) => shape.length === 2 && shape[0]?.key === "1",
  "of scalars": ({ args }) => args.every(arg => isScalar(arg.shape)),
  "of columns": ({ args }) => args.every(arg => isColumn(arg) || isScalar(arg.shape)),
};

const settle = (node: CallNode, form: Form): Settled => {
  let settled = form;
  while ("when" in settled)
    settled = settled.when.find(([circumstance]) => APPLIES[circumstance](node))?.[1] ?? settled.otherwise;
  return settled;
};

export const formOf = (node: CallNode): Settled => settle(node, opOf(node.op).latex.form);
