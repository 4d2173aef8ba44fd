/** The recurrence of one family by itself: ū[t] = M(t) ū[t ± 1] + Σ b(t), its coupled families eliminated. */
import { type Domain, EVERYWHERE, intersect, substituteDomain } from "../../expr/domain.ts";
import { type AtNode, type Node, type PartialNode, type SymbolNode, substituteIndices } from "../../expr/node.ts";
import { constantValue, minus, named, type Polynomial } from "../../expr/polynomial.ts";
import { type Equation, familyOf, indexOf } from "../../expr/system.ts";
import { postorder, replaceNodes } from "../../expr/walk.ts";
import type { Suppositions } from "../../rewrite/law.ts";
import { simplify } from "../../rules/simplify.ts";
import type { Contribution, Derivation, Gradient } from "../gradient.ts";
import { reduceDomain } from "../regions.ts";
import { sumOf } from "../terms.ts";
import { type Linear, linearIn } from "./linear.ts";
import { addLinear } from "./operator.ts";
import { type NoClosedForm, noClosedForm } from "./reason.ts";

/** Something added to the adjoints of the members in `over`. */
export interface Source {
  readonly value: Node;
  readonly over: Domain;
}

export interface Recurrence {
  readonly gradient: Gradient;
  /** The recurrent index, and whether the adjoint at t reads the one at t + 1 (`down`) or at t - 1 (`up`). */
  readonly index: string;
  readonly direction: "down" | "up";
  /** Factors of its products are numbered by the members that obey it, not by those that they take their argument from. */
  readonly numberedByOwn?: true;
  /** The neighbour: ∂L/∂h[t+1]. */
  readonly neighbour: Node;
  /** What is done to the neighbour, as a term in it, and as c L X R. */
  readonly step: Node;
  readonly operator: Linear;
  /** Where the neighbour is read. */
  readonly stepOver: Domain;
  readonly sources: readonly Source[];
  /** The defining equation's members, in the gradient's index names. */
  readonly over: Domain;
  /** The recurrence as derived, before other families were eliminated; undefined if there were none. */
  readonly coupled?: Node;
}

/** How often one family may be put into another before the coupling counts as cyclic. */
const MOST_SUBSTITUTIONS = 64;

export const partialsIn = (term: Node, objective: SymbolNode): readonly PartialNode[] =>
  postorder(term).flatMap(node =>
    node.kind === "partial" && node.reading === "total" && node.of === objective ? [node] : [],
  );

/** The member's adjoint as its contributions give it, at other indices. */
const contributionsAt = (gradient: Gradient, member: SymbolNode | AtNode): readonly { value: Node; over: Domain }[] => {
  const indices = new Map<string, Polynomial>(
    indexOf(member).map((value, place) => [gradient.indices[place] as string, value]),
  );
  return gradient.contributions.map(({ value, over }) => ({
    value: substituteIndices(value, indices),
    over: substituteDomain(over, indices),
  }));
};

/** Families that depend on each other's adjoints, the given one included. */
export const coupledWith = (derivation: Derivation, family: SymbolNode): ReadonlySet<SymbolNode> => {
  const { objective } = derivation.system;
  const reads = new Map<SymbolNode, ReadonlySet<SymbolNode>>(
    derivation.gradients.map(({ wrt, contributions }) => [
      familyOf(wrt),
      new Set(contributions.flatMap(({ value }) => partialsIn(value, objective).map(node => familyOf(node.wrt)))),
    ]),
  );
  const reachable = (from: SymbolNode): ReadonlySet<SymbolNode> => {
    const seen = new Set<SymbolNode>();
    const stack = [...(reads.get(from) ?? [])];
    for (let next = stack.pop(); next; next = stack.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      stack.push(...(reads.get(next) ?? []));
    }
    return seen;
  };
  const below = reachable(family);
  return new Set([family, ...[...below].filter(other => reachable(other).has(family))]);
};

/** The contributions to a family with the adjoints put in that `isPutIn` names, which belong to its component. */
export const eliminate = (
  derivation: Derivation,
  gradient: Gradient,
  isPutIn: (node: PartialNode) => boolean,
  suppositions: Suppositions,
): readonly Source[] | NoClosedForm => {
  const { objective } = derivation.system;
  const family = familyOf(gradient.wrt);
  const byFamily = new Map(derivation.gradients.map(other => [familyOf(other.wrt), other]));
  const members = derivation.system.symbols.get(family.name)?.domain ?? EVERYWHERE;
  const done: Source[] = [];
  const waiting: (Source & { readonly through: ReadonlySet<SymbolNode> })[] = gradient.contributions
    .map(({ value, over }) => ({ value, over, through: new Set<SymbolNode>() }))
    .reverse();
  let substitutions = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, over, through } = next;
    const other = partialsIn(value, objective).find(isPutIn);
    if (!other) {
      done.push({ value, over: reduceDomain(intersect(over, members), EVERYWHERE, derivation.system.sizes) });
      continue;
    }
    const eliminated = familyOf(other.wrt);
    const source = byFamily.get(eliminated);
    if (!source || through.has(eliminated) || ++substitutions > MOST_SUBSTITUTIONS) return noClosedForm("coupled");
    const passed = new Set([...through, eliminated]);
    for (const part of [...contributionsAt(source, other.wrt)].reverse()) {
      const put = simplify(replaceNodes(value, new Map<Node, Node>([[other, part.value]])), suppositions).node;
      waiting.push({ value: put, over: intersect(over, part.over), through: passed });
    }
  }
  return done;
};

/** The offset of the read member along the recurrent index; undefined where other indices differ or it is no constant. */
export const offsetOf = (gradient: Gradient, member: SymbolNode | AtNode, index: string): number | undefined => {
  let offset: number | undefined;
  for (const [place, value] of indexOf(member).entries()) {
    const own = gradient.indices[place] as string;
    const difference = constantValue(minus(value, own));
    if (difference === undefined || (own !== index && difference !== 0)) return undefined;
    if (own === index) offset = difference;
  }
  return offset;
};

export const sameDomains = (domains: readonly Domain[]): boolean =>
  domains.every(d => d.where.map(c => c.key).join(";") === domains[0]?.where.map(c => c.key).join(";"));

/** Whether the adjoints of a family are read at members that are no fixed distance away. */
const readsRange = (gradient: Gradient, objective: SymbolNode, family: SymbolNode): boolean =>
  gradient.contributions.some(
    ({ reader, value }) => familyOf(reader) === family && partialsIn(value, objective).length > 0,
  );

/** The recurrence that a gradient obeys, or what stands against writing it as one; undefined where there is none. */
export const recurrenceOf = (
  derivation: Derivation,
  gradient: Gradient,
  equations: readonly Equation[],
  suppositions: Suppositions,
): Recurrence | NoClosedForm | undefined => {
  const { objective } = derivation.system;
  const family = familyOf(gradient.wrt);
  const [first, second] = gradient.recursion;
  if (!first) return readsRange(gradient, objective, family) ? noClosedForm("windowed") : undefined;
  if (second) return noClosedForm("two-indices");
  const { index } = first;
  const component = coupledWith(derivation, family);
  if (!component.has(family)) return undefined;
  const isPutIn = ({ wrt }: PartialNode): boolean => familyOf(wrt) !== family && component.has(familyOf(wrt));
  const parts = eliminate(derivation, gradient, isPutIn, suppositions);
  if ("obstacle" in parts) return parts;
  const own = parts.filter(({ value }) => partialsIn(value, objective).some(node => familyOf(node.wrt) === family));
  if (own.length === 0) return undefined;
  const sources = parts.filter(part => !own.includes(part));
  const offsets = new Set<number>();
  const neighbours = new Set<PartialNode>();
  for (const { value } of own) {
    for (const node of partialsIn(value, objective)) {
      if (familyOf(node.wrt) !== family) continue;
      const offset = offsetOf(gradient, node.wrt, index);
      if (offset === undefined) return noClosedForm("windowed");
      offsets.add(offset);
      neighbours.add(node);
    }
  }
  const [offset] = offsets;
  const [neighbour] = neighbours;
  if (neighbours.size !== 1 || !neighbour || (offset !== 1 && offset !== -1)) return noClosedForm("lag");
  const [equation, ...otherEquations] = equations;
  if (!equation || otherEquations.length > 0 || !sameDomains(own.map(part => part.over)))
    return noClosedForm("several-equations");
  const linear: Linear[] = [];
  for (const { value } of own) {
    const found = linearIn(value, neighbour);
    if (typeof found === "string") return noClosedForm(found);
    linear.push(...found);
  }
  const operator = addLinear(linear, family.shape, suppositions);
  if (!operator) return noClosedForm("sum-of-two-sided");
  const over = substituteDomain(
    equation.over,
    new Map(equation.indices.map((name, place) => [name, named(gradient.indices[place] as string)])),
  );
  return {
    gradient,
    index,
    direction: offset === 1 ? "down" : "up",
    neighbour,
    step: sumOf(own.map(part => part.value)),
    operator,
    stepOver: (own[0] as Source).over,
    sources,
    over,
    ...(component.size > 1
      ? { coupled: sumOf(gradient.contributions.filter(c => isOwn(c, component)).map(c => c.value)) }
      : {}),
  };
};

const isOwn = (contribution: Contribution, component: ReadonlySet<SymbolNode>): boolean =>
  component.has(familyOf(contribution.reader));
