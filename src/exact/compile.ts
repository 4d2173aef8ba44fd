/** Compiles terms into plans. */
import { InternalError } from "../base/diagnostic.ts";
import {
  type AtNode,
  type CallNode,
  integerNode,
  integerValue,
  type Node,
  type OverNode,
  rowsAndColumns,
  Scope,
  type SymbolNode,
  symbol,
} from "../expr/node.ts";
import {
  coefficientOf,
  constantPart,
  minus,
  named,
  ONE,
  type Polynomial,
  soleName,
  times,
} from "../expr/polynomial.ts";
import { type FunctionEntry, familyOf, indexOf } from "../expr/system.ts";
import { postorder, readsIn } from "../expr/walk.ts";
import { axisOf, membersOf, stackedArguments } from "../ops/along.ts";
import { call, opOf } from "../ops/call.ts";
import type { Op, Scalar } from "../ops/op.ts";
import { type ArgumentPattern, readSignature } from "../shape/signature.ts";
import { expandMember } from "../term/template.ts";
import { NoValue } from "./arithmetic.ts";
import { type Einsum, readEinsum } from "./grid.ts";
import type {
  Condition,
  Definition,
  Formula,
  Functions,
  Instruction,
  Member,
  Memory,
  Places,
  Plan,
  Register,
  SizeSource,
} from "./plan.ts";

/** An op as a term in metavariables of its signature. */
const termOf = (op: Op, patterns: readonly ArgumentPattern[], body: (args: readonly Node[]) => Node): Definition => {
  const scope = new Scope();
  const metas: SymbolNode[] = [];
  const sources = new Map<string, SizeSource>();
  let integers = 0;
  const args = patterns.map((pattern, i): Node => {
    if (pattern.kind === "integer") {
      const isNatural = op.natural?.includes(op.args[i] as string) ?? false;
      sources.set(pattern.name, { from: "integer", argument: integers++, isNatural });
      return integerNode(named(pattern.name));
    }
    const argument = metas.length;
    for (const [from, size] of [
      ["rows", pattern.rows],
      ["columns", pattern.columns],
    ] as const) {
      const name = soleName(size);
      if (name !== undefined && !sources.has(name)) sources.set(name, { from, argument });
    }
    const meta = symbol(scope, op.args[i] as string, [pattern.rows, pattern.columns], 0, "meta");
    metas.push(meta);
    return meta;
  });
  const plan = planOf(body(args), new Map());
  const sizes = plan.names.map(({ name }) => {
    const source = sources.get(name);
    if (!source) throw new InternalError(`the definition of ${op.name} speaks of ${name}, which its signature lacks`);
    return source;
  });
  return { plan, metas, sizes };
};

const definitions = new Map<Op, Definition>();

const definitionOf = (op: Op): Definition => {
  const known = definitions.get(op);
  if (known) return known;
  if (typeof op.shape !== "string") throw new InternalError(`${op.name} is defined by a term but has no signature`);
  const definition = termOf(op, readSignature(op.shape).args, args => {
    const term = expandMember(op, args);
    if (!term) throw new InternalError(`${op.name} has no definition`);
    return term;
  });
  definitions.set(op, definition);
  return definition;
};

const singles = new Map<Op, Definition>();

/** One call of an op of vectors: what a lifted call does to every row or column. */
const singleOf = (op: Op): Definition => {
  const known = singles.get(op);
  if (known) return known;
  const members = membersOf(op);
  if (!members) throw new InternalError(`${op.name} is no op of vectors`);
  const single = termOf(op, members.args, args => call(op.name, args));
  singles.set(op, single);
  return single;
};

/** How many functions may stand in each other's formulas. */
const DEEPEST_FORMULA = 100;

/** Compiles a term. `functions` gives the formulas of elementwise functions that have one. */
export const planOf = (root: Node, functions: Functions, depth = 0): Plan => planner(functions, depth)(root);

/** Compiles one term after another, each distinct node once: the registers of one are those of all that follow. */
export const planner = (functions: Functions, depth = 0): ((root: Node) => Plan) => {
  const places = new Map<string, number>();
  const polynomials = new Map<string, Places>();
  const formulas = new Map<string, Formula | undefined>();
  const done = new Map<Node, Instruction>();
  const folded = new Set<Node>();
  const whole = new Set<Node>();
  const bound = new Set<string>();
  const scalars = new Set<Scalar>();
  const placeOf = (name: string): number => {
    let place = places.get(name);
    if (place === undefined) {
      place = places.size;
      places.set(name, place);
    }
    return place;
  };
  const compile = (value: Polynomial): Places => {
    let known = polynomials.get(value.key);
    if (!known) {
      known = {
        constant: constantPart(value),
        terms: value.monomials
          .filter(m => m.names.length > 0)
          .map(m => ({ coefficient: m.coefficient, places: m.names.map(placeOf) })),
      };
      polynomials.set(value.key, known);
    }
    return known;
  };
  const memoryOf = (node: Node): Memory => ({ node, places: node.free.map(placeOf) });
  const memberOf = (node: SymbolNode | AtNode): Member => ({ of: familyOf(node), index: indexOf(node).map(compile) });
  const formulaOf = (name: string): Formula | undefined => {
    if (formulas.has(name)) return formulas.get(name);
    const definition = functions.get(name)?.definition;
    const formula = definition && readFormula(name, definition, functions, depth + 1);
    formulas.set(name, formula);
    return formula;
  };

  const clearedBy = (node: OverNode): readonly number[] => {
    const registers: number[] = [];
    const seen = new Set<Node>([node.body]);
    const stack: Node[] = [node.body];
    while (stack.length > 0) {
      const top = stack.pop() as Node;
      if (!top.free.includes(node.index)) continue;
      registers.push((done.get(top) as Instruction).register);
      for (const child of belowFor(top, formulaOf)) {
        if (seen.has(child)) continue;
        seen.add(child);
        stack.push(child);
      }
    }
    return registers;
  };

  const instructionOf = (node: Node, register: number, args: readonly Instruction[]): Instruction => {
    const [rows, columns] = node.shape.length <= 2 ? rowsAndColumns(node.shape) : [ONE, ONE];
    const memory = whole.has(node) || node.kind === "over" || folded.has(node) ? memoryOf(node) : undefined;
    const base = { register, memory, rows: compile(rows), columns: compile(columns) };
    switch (node.kind) {
      case "number":
        return { ...base, kind: "number", value: node.value };
      case "integer":
        return { ...base, kind: "integer", value: compile(node.value) };
      case "symbol":
      case "at":
        return { ...base, kind: "read", member: memberOf(node) };
      case "partial":
        return { ...base, kind: "partial", of: memberOf(node.of), wrt: memberOf(node.wrt), reading: node.reading };
      case "over":
        return {
          ...base,
          kind: "over",
          fold: node.fold,
          place: placeOf(node.index),
          conditions: node.domain.where.map((condition): Condition => {
            const coefficient = coefficientOf(condition, node.index);
            if (coefficient === undefined) throw new InternalError(`${condition.key} is not affine in ${node.index}`);
            return { coefficient, rest: compile(minus(condition, times(coefficient, node.index))) };
          }),
          clear: clearedBy(node),
          args,
        };
      case "call":
        return callOf(node, base, args);
    }
  };

  const callOf = (node: CallNode, base: Register, args: readonly Instruction[]): Instruction => {
    const op = opOf(node.op);
    const { means } = op;
    // What there is most of is written out: a copy that gets more properties is slow to make.
    const { register, memory, rows, columns } = base;
    const axis = axisOf(node.attributes);
    if (axis !== undefined) {
      const stacked = stackedArguments(op, axis, node.args).filter((_, i) => !isInteger(node, i));
      const integers = integersOf(node).map(compile);
      return { ...base, kind: "along", axis, definition: singleOf(op), args, stacked, integers };
    }
    if ("einsum" in means)
      return { register, memory, rows, columns, kind: "einsum", einsum: einsumOf(op, means.einsum), args };
    if ("kernel" in means) return { ...base, kind: "kernel", kernel: means.kernel, args };
    if ("window" in means) {
      const [row, column] = integersOf(node) as [Polynomial, Polynomial];
      return { ...base, kind: "window", row: compile(row), column: compile(column), args };
    }
    if ("each" in means) {
      const name = means.each === "function" ? String(node.attributes.function) : undefined;
      const exponent = integersOf(node)[0];
      return {
        register,
        memory,
        rows,
        columns,
        kind: "each",
        scalar: means.each,
        args,
        exponent: exponent && compile(exponent),
        function: name === undefined ? undefined : { name, order: Number(node.attributes.order) },
        formula: name === undefined ? undefined : formulaOf(name),
      };
    }
    if ("define" in means) {
      const [definition, integers] = [definitionOf(op), integersOf(node).map(compile)];
      return { register, memory, rows, columns, kind: "define", definition, args, integers };
    }
    if (means.abstract === "chain") {
      const jacobian = node.args[1];
      if (jacobian?.kind !== "partial")
        throw new NoValue("undefined", "a chain needs a partial derivative as its second factor");
      const { of, wrt, reading } = jacobian;
      return { ...base, kind: "chain", args: args.slice(0, 1), of: memberOf(of), wrt: memberOf(wrt), reading };
    }
    return {
      ...base,
      kind: "general",
      face: means.abstract,
      function: String(node.attributes.function),
      slot: Number(node.attributes.slot ?? 0),
      args,
    };
  };

  return root => {
    const stack: Node[] = [root];
    whole.add(root);
    while (stack.length > 0) {
      const node = stack.at(-1) as Node;
      if (done.has(node)) {
        stack.pop();
        continue;
      }
      if (node.kind === "over") {
        folded.add(node.body);
        bound.add(node.index);
      }
      const below = belowFor(node, formulaOf);
      const waiting = below.filter(child => !done.has(child));
      if (waiting.length > 0) stack.push(...waiting);
      else {
        stack.pop();
        const args = below.map(child => done.get(child) as Instruction);
        const made = instructionOf(node, done.size, args);
        done.set(node, made);
        for (const scalar of scalarsOf(made)) scalars.add(scalar);
      }
    }
    return {
      root: done.get(root) as Instruction,
      registers: done.size,
      names: [...places].filter(([name]) => !bound.has(name)).map(([name, place]) => ({ name, place })),
      places: places.size,
      scalars,
    };
  };
};

const scalarsOf = (instruction: Instruction): readonly Scalar[] => {
  if (instruction.kind === "define" || instruction.kind === "along") return [...instruction.definition.plan.scalars];
  // The largest entry is found by signs of differences.
  if (instruction.kind === "kernel")
    return instruction.kernel === "largest" || instruction.kernel === "maximiser" ? ["step"] : [];
  if (instruction.kind !== "each") return [];
  return [instruction.scalar, ...(instruction.formula?.plan.scalars ?? [])];
};

const einsums = new Map<Op, Einsum>();

const einsumOf = (op: Op, text: string): Einsum => {
  let known = einsums.get(op);
  if (!known) {
    known = readEinsum(text);
    einsums.set(op, known);
  }
  return known;
};

/** Which arguments of a call are integers (exponents, sizes), not arrays. */
const isInteger = (node: CallNode, i: number): boolean => {
  const { shape } = opOf(node.op);
  return typeof shape === "string" && readSignature(shape).args[i]?.kind === "integer";
};

/** The integer arguments of a call: exponents and sizes. */
export const integersOf = (node: CallNode): readonly Polynomial[] =>
  node.args.flatMap((arg, i) => (isInteger(node, i) ? [integerValue(arg) ?? notAnInteger(node.op)] : []));

const notAnInteger = (op: string): never => {
  throw new InternalError(`${op} was given an argument that is not an integer`);
};

/** The nodes whose values an instruction needs: array arguments, then what a formula reads; a chain needs only its first factor. */
const belowFor = (node: Node, formulaOf: (name: string) => Formula | undefined): readonly Node[] => {
  if (node.kind === "over") return [node.body];
  if (node.kind !== "call") return [];
  const { means } = opOf(node.op);
  const args = node.args.filter((_, i) => !isInteger(node, i));
  if ("abstract" in means && means.abstract === "chain") return args.slice(0, 1);
  if (!("each" in means) || means.each !== "function") return args;
  return [...args, ...(formulaOf(String(node.attributes.function))?.reads ?? [])];
};

const readFormula = (
  name: string,
  definition: NonNullable<FunctionEntry["definition"]>,
  functions: Functions,
  depth: number,
): Formula => {
  const [parameter] = definition.parameters;
  if (!parameter || definition.parameters.length > 1) {
    throw new NoValue("undefined", `the formula of ${name} does not have one parameter`);
  }
  if (depth > DEEPEST_FORMULA) throw new NoValue("circular", `the formula of ${name} leads back to itself`);
  const plan = planOf(definition.body, functions, depth);
  const inner = functionsIn(definition.body).flatMap(other => {
    const nested = functions.get(other)?.definition;
    return nested ? readFormula(other, nested, functions, depth + 1).reads : [];
  });
  const own = readsIn(definition.body) as readonly (SymbolNode | AtNode)[];
  return { plan, parameter, reads: [...new Set([...own.filter(node => node !== parameter), ...inner])] };
};

/** The names of the elementwise functions that a term calls. */
const functionsIn = (root: Node): readonly string[] =>
  postorder(root).flatMap(node => {
    if (node.kind !== "call") return [];
    const { means } = opOf(node.op);
    return "each" in means && means.each === "function" ? [String(node.attributes.function)] : [];
  });
