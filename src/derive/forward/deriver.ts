/** Works out the sensitivities by one variable in one form. */
import { domain, intersect } from "../../expr/domain.ts";
import { type AtNode, at, type Node, rowsAndColumns, type Shape, type SymbolNode } from "../../expr/node.ts";
import { named, ONE } from "../../expr/polynomial.ts";
import { type Equation, equationsOf, familyOf, indexOf, type SymbolEntry, type System } from "../../expr/system.ts";
import { readsIn } from "../../expr/walk.ts";
import { isScalar } from "../../ops/call.ts";
import { rewrite } from "../../rewrite/trace.ts";
import { DIRECTED } from "../../rules/directions.ts";
import type { Abbreviations } from "../abbreviations.ts";
import { linearIn } from "../closed/linear.ts";
import { identityOf, kroneckerOf, plusTerm, scaledBy, times, transposed } from "../closed/templates.ts";
import { wrapSums } from "../contributions.ts";
import { components } from "../order.ts";
import { membersOf } from "../pieces.ts";
import { pullBack } from "../pullback.ts";
import { splitRegions } from "../regions.ts";
import { sumOf, zeroOf } from "../terms.ts";
import { pushForward } from "./pushforward.ts";
import type { Form, Sensitivity, SensitivityEquation, Variable } from "./sensitivity.ts";
import { sift } from "./sift.ts";
import { directionOf, entriesOf, indicatorOf, isVec, lettersDomain, type Symbols, variableOf } from "./variable.ts";

/** A Jacobian does not fit a step of the net: a state is a matrix, or a matrix is multiplied entry by entry. */
export class NoJacobian extends Error {}

/**
 * c L X R with a Jacobian in the place of the direction X: each of its columns is a direction, that of a matrix as the
 * columns of vec X, and vec(L X R) = (Rᵀ ⊗ L) vec X.
 */
const spread = (pushed: Node, X: Node, tangent: Node): Node => {
  const summands = linearIn(pushed, X, false);
  if (typeof summands === "string") throw new NoJacobian(summands);
  const [rows, columns] = rowsAndColumns(X.shape);
  const isMatrix = rows.key !== "1" && columns.key !== "1";
  return summands
    .map(({ scalar, left, right }) => {
      const matrix =
        isMatrix && (left || right)
          ? kroneckerOf(right ? transposed(right) : identityOf(columns), left ?? identityOf(rows))
          : left;
      const own = matrix ? times(matrix, tangent) : tangent;
      return scalar ? scaledBy(scalar, own) : own;
    })
    .reduce(plusTerm);
};

/** The families that a family is computed from, itself included. */
export const upstream = (system: System, of: SymbolNode): ReadonlySet<SymbolNode> => {
  const reached = new Set([of]);
  const waiting = [of];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const read of equationsOf(system, next).flatMap(({ right }) => readsIn(right))) {
      const family = familyOf(read as SymbolNode | AtNode);
      if (reached.has(family)) continue;
      reached.add(family);
      waiting.push(family);
    }
  }
  return reached;
};

/** The families that depend on a variable. */
const downstream = (system: System, wrt: SymbolNode): ReadonlySet<SymbolNode> => {
  const reached = new Set([wrt]);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const { left, right } of system.equations) {
      if (readsIn(right).some(read => reached.has(familyOf(read as SymbolNode | AtNode)))) reached.add(familyOf(left));
    }
  }
  return reached;
};

/** Everything that the sensitivities by one variable share. */
export class Deriver {
  readonly variable: Variable;
  readonly families: readonly SymbolNode[];
  readonly #tangents = new Map<SymbolNode, SymbolNode>();
  readonly #suppositions: { readonly sizes: ReadonlySet<string> };

  constructor(
    readonly system: System,
    readonly symbols: Symbols,
    readonly abbreviations: Abbreviations,
    wrt: SymbolNode,
    form: Form,
    readonly of: SymbolNode,
    letters: readonly string[] = [],
  ) {
    this.variable = variableOf(symbols, wrt, form, letters);
    this.#suppositions = { sizes: new Set(system.sizes.keys()) };
    const [above, below] = [upstream(system, of), downstream(system, wrt)];
    this.families = [...new Set(system.equations.map(({ left }) => familyOf(left)))].filter(
      family => above.has(family) && below.has(family),
    );
    for (const family of this.families) {
      const entry = this.entry(family);
      const own = {
        indices: [...entry.indices, ...this.variable.letters],
        domain: intersect(entry.domain, lettersDomain(system, this.variable)),
      };
      this.#tangents.set(
        family,
        symbols.make(
          `d_${family.name}_d_${isVec(this.variable) ? "vec_" : ""}${wrt.name}`,
          this.#shapeOf(family),
          own,
          {
            kind: "sensitivity",
            of: family,
            wrt,
            form,
          },
        ),
      );
    }
  }

  entry(family: SymbolNode): SymbolEntry {
    return this.system.symbols.get(family.name) as SymbolEntry;
  }

  #shapeOf(family: SymbolNode): Shape {
    const { form, wrt } = this.variable;
    if (form !== "jacobian") return family.shape;
    if (family.shape.length > 1 && family.shape[0]?.key !== "1") throw new NoJacobian("a state is a matrix");
    return [
      isScalar(family.shape) ? ONE : (family.shape.find(size => size.key !== "1") as Shape[number]),
      entriesOf(wrt),
    ];
  }

  /** ∂u[f]/∂w. */
  tangentOf(read: SymbolNode | AtNode): Node | undefined {
    const symbol = this.#tangents.get(familyOf(read));
    if (!symbol) return undefined;
    const index = [...indexOf(read), ...this.variable.letters.map(named)];
    return index.length > 0 ? at(symbol, index) : symbol;
  }

  /** The tangent of an equation's right side, for chosen seeds. */
  push(
    original: Equation,
    seed: (read: SymbolNode | AtNode) => Node | undefined,
  ): { readonly tangent: Node; readonly rules: readonly string[] } | undefined {
    const place = { equation: original, original, sums: [] };
    const isOpen = (node: Node): boolean => node.free.some(name => name.startsWith("~"));
    return pushForward(original.right, {
      seed: read => seed(read as SymbolNode | AtNode),
      result: node => (isOpen(node) ? node : this.abbreviations.result(node, place)),
      argument: (call, argument) => (isOpen(argument) ? argument : this.abbreviations.argument(call, argument, place)),
      scope: this.system.scope,
      ...(this.variable.form === "jacobian" ? { spread } : {}),
      ...(original.span ? { span: original.span } : {}),
    });
  }

  /** The tangent of what an equation reads: the direction for w itself. */
  readonly seed = (read: SymbolNode | AtNode): Node | undefined => this.tangentOf(read) ?? this.ownChange(read);

  /** The change of w itself, which is 0 but for the member that varies; undefined for everything else. */
  ownChange(member: SymbolNode | AtNode): Node | undefined {
    if (familyOf(member) !== this.variable.wrt) return undefined;
    const direction = directionOf(this.variable);
    const here = indicatorOf(this.variable, indexOf(member));
    return here ? (isScalar(direction.shape) ? here : scaledBy(here, direction)) : direction;
  }

  /** What changes at an equation's left side: by what the right side reads, and by itself where it is w. */
  pushed(
    original: Equation,
    seed: (read: SymbolNode | AtNode) => Node | undefined,
    own = true,
  ): ReturnType<Deriver["push"]> {
    const found = this.push(original, seed);
    const change = own ? this.ownChange(original.left) : undefined;
    if (!change) return found;
    return { tangent: found ? sumOf([found.tangent, change]) : change, rules: found?.rules ?? [] };
  }

  simplify(node: Node): ReturnType<typeof rewrite> {
    return rewrite(node, DIRECTED, this.#suppositions);
  }

  #equation(original: Equation): SensitivityEquation {
    const left = this.tangentOf(original.left) as SymbolNode | AtNode;
    const indices = [...original.indices, ...this.variable.letters];
    const over = intersect(original.over, lettersDomain(this.system, this.variable));
    const pushed = this.pushed(original, this.seed);
    if (!pushed) return { original, left, indices, over, rules: [], steps: [], right: zeroOf(left.shape) };
    const plain = this.simplify(pushed.tangent);
    const one = this.variable.members.length > 0 ? sift(plain.node, over, this.system.sizes) : plain.node;
    const again = one === plain.node ? undefined : this.simplify(one);
    const right = again?.node ?? plain.node;
    const steps = again
      ? [...plain.steps, { rule: "sifted", before: plain.node, after: one }, ...again.steps]
      : plain.steps;
    return { original, left, indices, over, ...this.#chain(original), rules: pushed.rules, steps, right };
  }

  /** The line of the total derivative: a symbol for each path. */
  #chain(original: Equation): { readonly chain?: Node } {
    const { wrt, form, letters } = this.variable;
    const of = familyOf(original.left);
    // Of a w without equations: with them, its members are read as those of all families are.
    const isDirect = (read: SymbolNode | AtNode): boolean => familyOf(read) === wrt && !this.tangentOf(read);
    let names = 0;
    const reads = pullBack(original.right, original.left, {
      wanted: read => this.seed(read) !== undefined,
      result: node => node,
      argument: (_, argument) => argument,
      fresh: () => `$path${names++}`,
    });
    const tail = letters.map(named);
    const paths = reads.map(({ of: read, sums }) => {
      const through = familyOf(read);
      const index = [...indexOf(original.left), ...(isDirect(read) ? [] : indexOf(read)), ...tail];
      const known = this.entry(of).indices;
      const inner = isDirect(read) ? [] : this.entry(through).indices;
      const symbol = this.symbols.make(
        `${of.name}_path_${through.name}`,
        [],
        { indices: [...known, ...inner, ...letters], domain: domain([]) },
        isDirect(read) ? { kind: "immediate", of, wrt, form } : { kind: "path", of, through, wrt, form },
      );
      return wrapSums(index.length > 0 ? at(symbol, index) : symbol, sums);
    });
    const direct = (_: Node, i: number): boolean => isDirect((reads[i] as (typeof reads)[number]).of);
    const change = this.ownChange(original.left);
    const terms = [...paths.filter(direct), ...paths.filter((path, i) => !direct(path, i))];
    // Where w itself varies there is nothing to be written as a path.
    return change || terms.length === 0 ? {} : { chain: sumOf(terms) };
  }

  /** Members without an equation are given: they do not vary. */
  #given(family: SymbolNode): readonly SensitivityEquation[] {
    const { domain: whole, indices } = this.entry(family);
    if (indices.length === 0) return [];
    const ranges = equationsOf(this.system, family).map(equation => ({
      over: membersOf(equation, indices),
      item: equation,
    }));
    const own = lettersDomain(this.system, this.variable);
    const left = this.tangentOf(at(family, indices.map(named))) as AtNode;
    return splitRegions(whole, indices, ranges, this.system.sizes, new Map())
      .filter(({ items }) => items.length === 0)
      .map(({ over }) => ({
        left,
        indices: [...indices, ...this.variable.letters],
        over: intersect(over, own),
        rules: [],
        steps: [],
        right: this.ownChange(at(family, indices.map(named))) ?? zeroOf(left.shape),
      }));
  }

  /** In the order of evaluation, each with the families that it depends on mutually. */
  derive(): readonly { readonly sensitivity: Sensitivity; readonly group: ReadonlySet<SymbolNode> }[] {
    const { system, families } = this;
    const isOwn = new Set(families);
    const readsOf = (family: SymbolNode): readonly SymbolNode[] =>
      equationsOf(system, family)
        .flatMap(({ right }) => readsIn(right).map(read => familyOf(read as SymbolNode | AtNode)))
        .filter(read => isOwn.has(read));
    const groups = components(families, readsOf);
    return groups.flatMap(group => {
      const together = new Set(group);
      const ordered = families.filter(family => together.has(family));
      return ordered.map(family => {
        const symbol = this.#tangents.get(family) as SymbolNode;
        const recurrent = group.length > 1 || readsOf(family).includes(family);
        const sensitivity: Sensitivity = {
          of: family,
          symbol,
          indices: [...this.entry(family).indices, ...this.variable.letters],
          equations: [...this.#given(family), ...equationsOf(system, family).map(equation => this.#equation(equation))],
          recurrent,
          closedForms: [],
        };
        return { sensitivity, group: together };
      });
    });
  }
}
