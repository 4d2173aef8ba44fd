/**
 * Names for the stages of an equation that the note writes in one line: O = softmax(Q Kᵀ) V becomes S = Q Kᵀ,
 * P = softmax(S) and O = P V, so that ∂L/∂P and ∂L/∂S are equations of their own, as they would be at a blackboard,
 * and nothing long is written twice. Stages are the calls along rows or columns and what these are applied to.
 */
import { EVERYWHERE } from "../expr/domain.ts";
import { at, type CallNode, isFree, type Node, type SymbolNode, symbol } from "../expr/node.ts";
import { named } from "../expr/polynomial.ts";
import type { Equation, SymbolEntry, System } from "../expr/system.ts";
import { transform } from "../expr/walk.ts";
import { axisOf } from "../ops/along.ts";
import { call } from "../ops/call.ts";

const LETTERS = {
  /** What a function is applied to. */
  argument: ["S", "Z", "M", "F", "C", "D"],
  /** What it gives. */
  result: ["P", "A", "R", "H", "G", "N", "B"],
} as const;

const isLifted = (node: Node): node is CallNode => node.kind === "call" && axisOf(node.attributes) !== undefined;

/** What is worth a name: it is computed, has many entries, and belongs to no sum around it. */
const isStage = (node: Node): boolean =>
  (node.kind === "call" || node.kind === "over") &&
  node.shape.length > 0 &&
  !node.free.some(name => name.startsWith("#") || name.startsWith("~"));

class Stages {
  readonly symbols: Map<string, SymbolEntry>;
  readonly #taken: Set<string>;
  readonly #heads: Set<string>;

  constructor(readonly system: System) {
    this.symbols = new Map(system.symbols);
    this.#taken = new Set([...system.symbols.keys(), ...system.functions.keys(), ...system.sizes.keys()]);
    for (const { indices } of system.equations) for (const index of indices) this.#taken.add(index);
    this.#heads = new Set([...this.#taken].map(name => name.split("_")[0] as string));
  }

  /** A letter that the note has not, else the first with a number. */
  #freeName(
    kind: keyof typeof LETTERS,
    rank: number,
    { shape }: Node,
  ): { readonly name: string; readonly latex: string } {
    const { scope } = this.system;
    const isUsable = (name: string): boolean => !this.#taken.has(name) && isFree(scope, name, shape, rank);
    const letter = LETTERS[kind].find(each => !this.#heads.has(each) && isUsable(each));
    if (letter !== undefined) {
      this.#heads.add(letter);
      this.#taken.add(letter);
      return { name: letter, latex: letter };
    }
    const [head] = LETTERS[kind];
    let n = 2;
    while (!isUsable(`${head}_${n}`)) n++;
    this.#taken.add(`${head}_${n}`);
    return { name: `${head}_${n}`, latex: `${head}^{(${n})}` };
  }

  /** The equations that an equation becomes, stages first. */
  split(equation: Equation): readonly Equation[] {
    const stages: Equation[] = [];
    const named_ = new Map<Node, Node>();
    const nameOf = (node: Node, kind: keyof typeof LETTERS): Node => {
      const known = named_.get(node);
      if (known || !isStage(node)) return known ?? node;
      const indices = equation.indices.some(index => node.free.includes(index)) ? equation.indices : [];
      const { name, latex } = this.#freeName(kind, indices.length, node);
      const family: SymbolNode = symbol(this.system.scope, name, node.shape, indices.length);
      const member = indices.length > 0 ? at(family, indices.map(named)) : family;
      const marks = indices.map((_, i) => String.fromCharCode(i + 1)).join(",");
      const over = indices.length > 0 ? equation.over : EVERYWHERE;
      stages.push({ left: member, right: node, indices, over, ...(equation.span ? { span: equation.span } : {}) });
      this.symbols.set(name, {
        node: family,
        latex,
        ...(indices.length > 0 ? { memberLatex: `${latex}_{${marks}}` } : {}),
        role: "defined",
        indices,
        domain: over,
        shapeFrom: "named",
      });
      named_.set(node, member);
      return member;
    };
    const right = transform(equation.right, {
      call: (op, args, original) => {
        const rebuilt = (own: readonly Node[]): Node =>
          own.every((arg, i) => arg === original.args[i]) ? original : call(op, own, original.attributes);
        if (!isLifted(original)) return rebuilt(args);
        const made = rebuilt(args.map(arg => nameOf(arg, "argument")));
        return original === equation.right ? made : nameOf(made, "result");
      },
    });
    return [...stages, right === equation.right ? equation : { ...equation, right }];
  }
}

/** The system with its stages as equations of their own; the same object where there are none. */
export const staged = (system: System): System => {
  const stages = new Stages(system);
  const equations = system.equations.flatMap(equation => stages.split(equation));
  return equations.length === system.equations.length ? system : { ...system, equations, symbols: stages.symbols };
};
