/** The functions that a program calls: formulas as bodies, and what is left for the user to give. */

import { InternalError } from "../base/diagnostic.ts";
import { derivativeOf } from "../derive/function.ts";
import type { SymbolNode } from "../expr/node.ts";
import type { System } from "../expr/system.ts";
import { lower, type Stores } from "../tensor/lower.ts";
import { type ScalarFunction, type Store, type Tensor, tensorsIn } from "../tensor/tensor.ts";
import type { ConcreteFunctions } from "./functions.ts";
import type { ExternalFunction, FunctionBody, Local } from "./program.ts";
import type { Storage } from "./stores.ts";
import type { Task } from "./task.ts";
import { Writer } from "./writer.ts";

const functionsIn = (roots: readonly Tensor[]): readonly ScalarFunction[] =>
  roots.flatMap(root =>
    tensorsIn(root).flatMap(tensor => (tensor.kind === "each" && tensor.function ? [tensor.function] : [])),
  );

/** Every elementwise function that the tasks call, in each derivative they call it in; called functions before callers. */
export const functionBodies = (
  tasks: readonly Task[],
  functions: ConcreteFunctions,
  storage: Storage,
  system: System,
): readonly FunctionBody[] => {
  const bodies = new Map<string, FunctionBody>();
  const open = [...functionsIn(tasks.map(task => task.value))];
  for (let called = open.shift(); called !== undefined; called = open.shift()) {
    const { name, order } = called;
    const key = `${order} ${name}`;
    if (bodies.has(key)) continue;
    const entry = functions.elementwise.get(name);
    if (!entry) throw new InternalError(`the function ${name} is not declared`);
    const argument: Local = { hint: "z" };
    const known = { function: called, latex: entry.latex, argument };
    const parameter = entry.definition?.parameters[0];
    const formula = order === 0 ? entry.definition?.body : derivativeOf(entry, order)?.node;
    if (!parameter || !formula) {
      bodies.set(key, known);
      continue;
    }
    const own: Store = { symbol: parameter, holds: "value", indices: [], domain: { where: [] }, sizes: [] };
    const stores: Stores = {
      value: (symbol: SymbolNode) => (symbol === parameter ? own : storage.value(symbol)),
      gradient: storage.gradient,
      prefix: storage.prefix,
      fresh: storage.fresh,
    };
    const root = lower(functions.rewrite(formula), stores, system.objective);
    const writer = new Writer({
      bufferOf: storage.bufferOf,
      temporary: () => {
        throw new InternalError("a formula of a scalar needs no array");
      },
      fresh: storage.fresh,
      localOf: store => (store === own ? argument : undefined),
      isDerivative: order > 0,
    });
    bodies.set(key, { ...known, body: writer.scalar(root) });
    open.push(...functionsIn([root]));
  }
  return [...bodies.values()].sort((a, b) => a.function.order - b.function.order);
};

/** Every function of whole arrays that the tasks call, with the faces they call. */
export const externalFunctions = (
  tasks: readonly Task[],
  functions: ConcreteFunctions,
): readonly ExternalFunction[] => {
  const found = new Map<string, Map<string, ExternalFunction["faces"][number]>>();
  const sort = (tensor: Tensor): "array" | "number" => (tensor.sizes.length > 0 ? "array" : "number");
  for (const task of tasks) {
    for (const tensor of tensorsIn(task.value)) {
      if (tensor.kind !== "external") continue;
      const { face, slot } = tensor;
      const faces = found.get(tensor.function) ?? new Map<string, ExternalFunction["faces"][number]>();
      faces.set(`${face} ${slot}`, { face, slot, args: tensor.args.map(sort), result: sort(tensor) });
      found.set(tensor.function, faces);
    }
  }
  return [...found].map(([name, faces]) => ({
    name,
    latex: functions.external.get(name)?.latex ?? name,
    faces: [...faces.values()],
  }));
};
