/** Laws made ready for use: read once, sorted by the operation at the root of the left side. */
import { InternalError } from "../base/diagnostic.ts";
import { integerValue, type Node, Scope, type SymbolNode, substituteIndices, symbol } from "../expr/node.ts";
import { integer, named, namesIn, type Polynomial, substitute } from "../expr/polynomial.ts";
import { postorder, transform } from "../expr/walk.ts";
import { call, opOf } from "../ops/call.ts";
import { readTerm } from "../term/read.ts";
import { type Binding, lookUp, type Sorts } from "./binding.ts";
import { buildTerm } from "./build.ts";
import type { Condition, Law, Match, Phase, Suppositions } from "./law.ts";
import { lawfulness, operandsOf } from "./spine.ts";

export interface Rule {
  readonly law: Law;
  readonly left: Node;
  readonly right: Node | ((match: Match) => Node | undefined);
  /** The right side for operands that stand the other way round: "(-A) .* B" for x .* (-y) gives -(x .* y). */
  readonly mirrored: Rule["right"];
  readonly sorts: Sorts;
  readonly conditions: readonly (Condition & { readonly polynomial?: Polynomial })[];
  /** The two operands of the left side, when its root is an associative operation. */
  readonly operands?: readonly [Node, Node];
}

/** The rules of a phase by the root of their left side. */
export interface Rules {
  readonly phase: Phase;
  /** For roots that are no spine, and for spines. */
  readonly direct: ReadonlyMap<string, readonly Rule[]>;
  readonly spine: ReadonlyMap<string, readonly Rule[]>;
}

const SORTS = new Set(["number", "integer"]);

/** The metavariables of a law, with their shapes. "A[t]" is a family with one index. */
export const metasOf = (where: Law["where"], scope = new Scope()): ReadonlyMap<string, SymbolNode> =>
  new Map(
    Object.entries(where).map(([key, shape]) => {
      const [, name = "", index] = /^(\w+)(\[\w+\])?$/u.exec(key) ?? [];
      if (name === "") throw new InternalError(`unreadable metavariable "${key}"`);
      const sizes = SORTS.has(shape)
        ? []
        : shape.split(/\s+/u).map(size => (/^\d/u.test(size) ? integer(Number(size)) : named(size)));
      return [name, symbol(scope, name, sizes, index ? 1 : 0, "meta")];
    }),
  );

/** Both sides of a law as terms over one set of metavariables. A computed right side is undefined. */
export const readSides = (law: Law, where = law.where): { readonly left: Node; readonly right: Node | undefined } => {
  const names = { symbols: metasOf(where), functions: new Map() };
  return {
    left: readTerm(law.left, names),
    right: typeof law.right === "string" ? readTerm(law.right, names) : undefined,
  };
};

export const rootKey = (node: Node): string | undefined =>
  node.kind === "call" ? `call ${node.op}` : node.kind === "over" ? `over ${node.fold}` : undefined;

/** The term with the operands of one commutative op exchanged. */
const mirror = (root: Node, op: string): Node =>
  transform(root, {
    call: (name, args, original) =>
      call(name, name === op && args.length === 2 ? [...args].reverse() : args, original.attributes),
  });

const compile = (law: Law, where: Law["where"]): Rule => {
  const { left, right } = readSides(law, where);
  const sorts = new Map(
    Object.entries(law.where).flatMap(([name, sort]) =>
      SORTS.has(sort) ? [[name, sort as "number" | "integer"] as const] : [],
    ),
  );
  const conditions = (law.if ?? []).map(condition => {
    if (!("nonNegative" in condition)) return condition;
    const polynomial = integerValue(readTerm(condition.nonNegative, { symbols: new Map(), functions: new Map() }));
    if (!polynomial) throw new InternalError(`"${condition.nonNegative}" is not an integer expression`);
    return { ...condition, polynomial };
  });
  const operands = left.kind === "call" && lawfulness(left.op, left.args).associative ? operandsOf(left) : undefined;
  const commutes = operands && left.kind === "call" && lawfulness(left.op, left.args).commutative;
  const base = {
    law,
    left,
    right: typeof law.right === "function" ? law.right : (right as Node),
    mirrored: typeof law.right === "function" ? law.right : commutes ? mirror(right as Node, left.op) : (right as Node),
    sorts,
    conditions,
  };
  return operands ? { ...base, operands: operands as unknown as readonly [Node, Node] } : base;
};

/**
 * The law for scalars, where some op in it obeys more laws then: "c * (-A)" also stands for a factor -a anywhere in a
 * product of scalars. None where a size is a value in the law, or where both sides are equal by the op's laws.
 */
const compileForScalars = (law: Law, general: Rule): Rule | undefined => {
  const nodes = postorder(general.left);
  const sizes = new Set([...metasOf(law.where).values()].flatMap(meta => meta.shape.flatMap(namesIn)));
  const values = [...general.left.free, ...(typeof general.right === "function" ? [] : general.right.free)];
  if (sizes.size === 0 || values.some(name => sizes.has(name))) return undefined;
  const gains = nodes.some(
    node => node.kind === "call" && opOf(node.op).lawsOnScalars && !lawfulness(node.op, node.args).associative,
  );
  if (!gains) return undefined;
  const where = Object.fromEntries(
    Object.entries(law.where).map(([name, shape]) => [name, SORTS.has(shape) ? shape : "1"]),
  );
  const rule = compile(law, where);
  if (rootKey(rule.left) !== rootKey(general.left)) return undefined;
  if (
    rule.operands?.every(operand => operand.kind === "symbol" && !rule.sorts.has(operand.name)) &&
    new Set(rule.operands).size === rule.operands.length
  ) {
    return undefined;
  }
  return rule;
};

const read = new WeakMap<Law, readonly Rule[]>();

/** A law is read once, whatever phases it stands in. */
const rulesOf = (law: Law): readonly Rule[] => {
  let rules = read.get(law);
  if (!rules) {
    const rule = compile(law, law.where);
    const scalar = compileForScalars(law, rule);
    rules = scalar ? [rule, scalar] : [rule];
    read.set(law, rules);
  }
  return rules;
};

const compiled = new WeakMap<Phase, Rules>();

export const compilePhase = (phase: Phase): Rules => {
  const known = compiled.get(phase);
  if (known) return known;
  const direct = new Map<string, Rule[]>();
  const spine = new Map<string, Rule[]>();
  const enter = (rule: Rule): void => {
    if (rule.operands && rule.operands.length !== 2)
      throw new InternalError(`${rule.law.id} has more than two operands at its root`);
    const key = rootKey(rule.left);
    if (key === undefined) throw new InternalError(`the left side of ${rule.law.id} is a single name`);
    const table = rule.operands ? spine : direct;
    table.set(key, [...(table.get(key) ?? []), rule]);
  };
  for (const law of phase.laws) for (const rule of rulesOf(law)) enter(rule);
  const rules: Rules = { phase, direct, spine };
  compiled.set(phase, rules);
  return rules;
};

/** Sizes are ≥ 1: enough that only the constant may be negative, and that the value is ≥ 0 where all sizes are 1. */
const isNonNegative = ({ monomials }: Polynomial, sizes: ReadonlySet<string>): boolean =>
  monomials.every(
    ({ coefficient, names }) => names.length === 0 || (coefficient > 0 && names.every(name => sizes.has(name))),
  ) && monomials.reduce((sum, { coefficient }) => sum + coefficient, 0) >= 0;

const holds = (rule: Rule, binding: Binding, suppositions: Suppositions): boolean =>
  rule.conditions.every(condition => {
    if ("symmetric" in condition) {
      const node = lookUp(binding, "node", condition.symmetric)?.node;
      if (node === undefined) return false;
      return suppositions.symmetric?.has(node.kind === "at" ? node.of : node) ?? false;
    }
    if ("distribution" in condition) {
      const node = lookUp(binding, "node", condition.distribution)?.node;
      const found = node && suppositions.distributions?.get(node.kind === "at" ? node.of : node);
      return (
        found === condition.of ||
        (found === "label" && condition.of === "vector") ||
        (found === "row labels" && condition.of === "rows")
      );
    }
    const values = new Map<string, Polynomial>();
    for (let entry = binding; entry; entry = entry.next)
      if (entry.kind === "integer") values.set(entry.name, entry.value);
    const polynomial = condition.polynomial as Polynomial;
    // Bounds of a domain that is no interval have no value.
    if (polynomial.monomials.some(m => m.names.some(name => !values.has(name)))) return false;
    return isNonNegative(substitute(polynomial, values), suppositions.sizes ?? new Set());
  });

const matchOf = (binding: Binding): Match => {
  const missing = (name: string): never => {
    throw new InternalError(`nothing is bound to ${name} in a law`);
  };
  return {
    node: name => lookUp(binding, "node", name)?.node ?? missing(name),
    member: (name, at) => {
      const entry = lookUp(binding, "member", name) ?? missing(name);
      return substituteIndices(entry.node, new Map([[entry.index, at]]));
    },
    integer: name => lookUp(binding, "integer", name)?.value ?? missing(name),
    domain: () => {
      for (let entry = binding; entry; entry = entry.next)
        if (entry.kind === "binder") return { index: entry.index, domain: entry.domain };
      return missing("a domain");
    },
  };
};

/** What a rule makes of a match; undefined if a side condition fails or a computation declines. */
export const applyRule = (
  rule: Rule,
  binding: Binding,
  suppositions: Suppositions,
  mirrored = false,
): Node | undefined => {
  if (!holds(rule, binding, suppositions)) return undefined;
  const right = mirrored ? rule.mirrored : rule.right;
  return typeof right === "function" ? right(matchOf(binding)) : buildTerm(right, binding);
};
