/**
 * The differential of one member as a linear term in that of another: the chain rule along every path, through the
 * equations between them. Values on the way keep their names, only differentials are put into one another.
 */
import { DiagnosticError } from "../base/diagnostic.ts";
import { type Domain, EVERYWHERE, implies, intersect, substituteDomain } from "../expr/domain.ts";
import { type AtNode, at, type Node, open, type SymbolNode, substituteIndices } from "../expr/node.ts";
import { constantValue, minus, named, type Polynomial, plus, soleName } from "../expr/polynomial.ts";
import { type Equation, familyOf, indexOf, type System } from "../expr/system.ts";
import { readsIn } from "../expr/walk.ts";
import { components } from "./order.ts";
import { reduceDomain } from "./regions.ts";
import { tangentOf } from "./tangent.ts";

export interface Chained {
  /** Of the shape of `of`, linear in the direction. */
  readonly tangent: Node;
  /** Where it holds, in the index names of `of`. */
  readonly over: Domain;
}

/** What a read is, seen from the variable: the range of shifts along each index by which paths lead to it. */
type Reach = readonly (readonly [least: number, most: number])[];

interface ReadAt {
  readonly of: SymbolNode | AtNode;
  /** The points at which the read stands: those of the equation and of the sums around it. */
  readonly over: Domain;
}

/** The reads of a term with their ranges; indices of sums around them are opened with fresh names. */
const readsAt = (root: Node, over: Domain): readonly ReadAt[] => {
  const found: ReadAt[] = [];
  let count = 0;
  const seen = new Map<Node, Set<string>>();
  const waiting: { node: Node; over: Domain }[] = [{ node: root, over }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node } = next;
    const key = next.over.where.map(condition => condition.key).join(";");
    const places = seen.get(node) ?? new Set<string>();
    if (places.has(key)) continue;
    seen.set(node, places.add(key));
    if (node.kind === "symbol" || node.kind === "at") found.push({ of: node, over: next.over });
    else if (node.kind === "call") for (const arg of node.args) waiting.push({ node: arg, over: next.over });
    else if (node.kind === "over") {
      const inner = open(node, `$r${count++}`);
      waiting.push({ node: inner.body, over: intersect(next.over, inner.domain) });
    }
  }
  return found;
};

const FAR = 1_000_000;

/** By family, how far along each index paths from it to the wanted family may lead: shifts added up, FAR where unbounded. */
const reachOf = (system: System, wanted: SymbolNode): ReadonlyMap<SymbolNode, Reach> => {
  const { rank } = wanted;
  const found = new Map<SymbolNode, Reach>([[wanted, Array.from({ length: rank }, () => [0, 0] as const)]]);
  const shift = (equation: Equation, read: SymbolNode | AtNode, place: number): readonly [number, number] => {
    const own = indexOf(equation.left)[place];
    const entry = indexOf(read)[place];
    const offset = own && entry ? constantValue(minus(entry, own)) : undefined;
    return offset === undefined ? [-FAR, FAR] : [offset, offset];
  };
  const clamp = (value: number): number => Math.max(-FAR, Math.min(FAR, value));
  // A bound that still moves after every family had its turn grows without end.
  const rounds = system.symbols.size + 2;
  for (let round = 0, moved = true; moved && round < 2 * rounds; round++) {
    moved = false;
    for (const equation of system.equations) {
      const family = familyOf(equation.left);
      for (const { of } of readsAt(equation.right, equation.over)) {
        const beyond = found.get(familyOf(of));
        if (!beyond) continue;
        const known = found.get(family);
        const next = beyond.map(([least, most], place): readonly [number, number] => {
          const [low, high] = shift(equation, of, place);
          const [oldLow, oldHigh] = known?.[place] ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
          const [newLow, newHigh] = [Math.min(oldLow, clamp(least + low)), Math.max(oldHigh, clamp(most + high))];
          const grows = round >= rounds && known !== undefined;
          return [grows && newLow < oldLow ? -FAR : newLow, grows && newHigh > oldHigh ? FAR : newHigh];
        });
        if (known && next.every((pair, i) => pair[0] === known[i]?.[0] && pair[1] === known[i]?.[1])) continue;
        found.set(family, next);
        moved = true;
      }
    }
  }
  return found;
};

/** The families that read themselves, directly or through others. */
const recurrentIn = (system: System): ReadonlySet<SymbolNode> => {
  const readsOf = new Map<SymbolNode, Set<SymbolNode>>();
  for (const { left, right } of system.equations) {
    const own = readsOf.get(familyOf(left)) ?? new Set<SymbolNode>();
    for (const read of readsIn(right)) own.add(familyOf(read as SymbolNode | AtNode));
    readsOf.set(familyOf(left), own);
  }
  const families = [...readsOf.keys()];
  const loops = components(families, family => [...(readsOf.get(family) ?? [])].filter(read => readsOf.has(read)));
  return new Set(loops.filter(([only, more]) => more !== undefined || (only && readsOf.get(only)?.has(only))).flat());
};

/** More members of one family than this on the way: a recurrence that is being unrolled. */
const MOST_MEMBERS = 16;

const refusal = (code: "D006" | "D007", message: string, equation: Equation | undefined): DiagnosticError =>
  new DiagnosticError({
    code,
    severity: "error",
    message,
    spans: equation?.span ? [{ span: equation.span, label: "in this equation" }] : [],
  });

/** An equation for a member: its right side there, and the points at which it holds. */
interface Instance {
  readonly equation: Equation;
  readonly right: Node;
  readonly holds: Domain;
}

const instanceOf = (equation: Equation, member: SymbolNode | AtNode): Instance | undefined => {
  const values = new Map<string, Polynomial>();
  for (const [place, entry] of indexOf(equation.left).entries()) {
    const name = soleName(entry);
    // An equation for one member alone, such as h[0] = …, is not the general one.
    if (name === undefined || !equation.indices.includes(name)) return undefined;
    values.set(name, indexOf(member)[place] as Polynomial);
  }
  return { equation, right: substituteIndices(equation.right, values), holds: substituteDomain(equation.over, values) };
};

interface Visit {
  readonly member: SymbolNode | AtNode;
  readonly over: Domain;
  readonly instance: Instance;
  readonly reads: readonly ReadAt[];
  next: number;
}

/**
 * The differential of `of` where `wrt` moves by `direction` (a symbol of its shape). `of` stands at its own index names, and
 * `wrt` at the same ones, shifted. What `names` define is called by its name in the result. Fails with D006 where a path runs through a recurrence, D007 where ranges or shifts decide
 * which formula holds.
 */
export const chainOfDifferentials = (
  system: System,
  of: SymbolNode | AtNode,
  wrt: SymbolNode | AtNode,
  direction: SymbolNode,
  names: readonly Equation[] = [],
): Chained | undefined => {
  const variable = familyOf(wrt);
  const reach = reachOf(system, variable);
  const tangents = new Map<Node, Node | undefined>();
  let over = system.symbols.get(familyOf(of).name)?.domain ?? { where: [] };
  const isConstant = variable.rank === 0;

  /** Whether some path may lead from a member to the variable; asked of members with constant shifts only. */
  const mayReach = (member: SymbolNode | AtNode): boolean => {
    const range = reach.get(familyOf(member));
    if (!range) return false;
    if (isConstant) return true;
    return range.every(([least, most], place) => {
      const own = indexOf(member)[place];
      const target = indexOf(wrt)[place];
      const shift = own && target ? constantValue(minus(target, own)) : undefined;
      return shift === undefined || (shift >= least && shift <= most);
    });
  };
  /** The member whose differential is worked out in place of a read's: all members are alike where the variable has no index. */
  const standsFor = (read: SymbolNode | AtNode): SymbolNode | AtNode => {
    if (!isConstant || read.kind !== "at") return read;
    const entry = system.symbols.get(read.of.name);
    return at(read.of, (entry?.indices ?? []).map(named));
  };
  const instanceFor = (
    member: SymbolNode | AtNode,
    given: Domain,
    needed: boolean,
    reader: Equation | undefined,
  ): Instance => {
    const all = system.equations
      .filter(equation => familyOf(equation.left) === familyOf(member))
      .flatMap(equation => instanceOf(equation, member) ?? []);
    const exact = all.find(({ holds }) => holds.where.every(condition => implies(given, condition)));
    if (exact) return exact;
    const [first] = all;
    if (!first || needed)
      throw refusal(
        "D007",
        `the differential of ${familyOf(member).name} has different formulas on parts of its range, and is not written as one`,
        reader,
      );
    return first;
  };
  const recurrent = isConstant ? recurrentIn(system) : new Set<SymbolNode>();
  const visits: Visit[] = [];
  const entered = new Map<SymbolNode, number>();
  const recurrence = (family: SymbolNode, reader: Equation | undefined): DiagnosticError =>
    refusal("D006", `the paths from ${variable.name} run through the recurrence of ${family.name}`, reader);
  const enter = (member: SymbolNode | AtNode, given: Domain, reader: Equation | undefined): void => {
    const family = familyOf(member);
    const count = (entered.get(family) ?? 0) + 1;
    entered.set(family, count);
    if (visits.some(visit => visit.member === member) || count > MOST_MEMBERS) throw recurrence(family, reader);
    const narrows = member.kind === "at" && !isConstant;
    const instance = instanceFor(member, given, !narrows && member !== of, reader);
    if (narrows || member === of) over = intersect(over, instance.holds);
    const own = intersect(given, instance.holds);
    visits.push({ member, over: own, instance, reads: readsAt(instance.right, own), next: 0 });
  };
  /** The differential of a visited member; its equation's own indices have names that nothing else has meanwhile. */
  const differentialAt = ({ member, instance: { equation } }: Visit): Node | undefined => {
    const own = equation.indices.map((_, i) => `$o${i}`);
    const renaming = new Map<string, Polynomial>(equation.indices.map((index, i) => [index, named(own[i] as string)]));
    const places = indexOf(equation.left).map(entry => soleName(entry) as string);
    const values = new Map<string, Polynomial>(
      places.map((index, i) => [own[equation.indices.indexOf(index)] as string, indexOf(member)[i] as Polynomial]),
    );
    const right = substituteIndices(equation.right, renaming);
    const known = new Map<Node, Node>(
      [...names, equation].map(each => [
        substituteIndices(each.right, renaming),
        substituteIndices(each.left, renaming),
      ]),
    );
    const name = (node: Node): Node => (node.kind === "call" ? (known.get(node) ?? node) : node);
    let count = 0;
    const tangent = tangentOf(right, {
      tangent: node => {
        const read = substituteIndices(node, values) as SymbolNode | AtNode;
        if (read === wrt) return direction;
        const general = standsFor(read);
        const found = tangents.get(general);
        if (!found || general === read) return found;
        const letters = indexOf(general).map(entry => soleName(entry) as string);
        return substituteIndices(found, new Map(letters.map((letter, i) => [letter, indexOf(read)[i] as Polynomial])));
      },
      result: name,
      argument: (_, argument) => (argument === right ? argument : name(argument)),
      fresh: () => `$c${visits.length}.${count++}`,
      ...(equation.span ? { span: equation.span } : {}),
    });
    return tangent && substituteIndices(tangent, values);
  };
  const isKnown = (read: SymbolNode | AtNode): boolean =>
    read === wrt || tangents.has(standsFor(read)) || !mayReach(read);

  if (of === wrt) return { tangent: direction, over };
  if (!mayReach(of)) return undefined;
  enter(of, over, undefined);
  for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
    const read = visit.reads[visit.next++];
    if (read) {
      if (isKnown(read.of)) continue;
      const { equation } = visit.instance;
      if (familyOf(read.of) === variable)
        throw refusal(
          "D007",
          `members of ${variable.name} other than the one differentiated by may be read here, depending on an index`,
          equation,
        );
      if (!system.equations.some(({ left }) => familyOf(left) === familyOf(read.of))) continue;
      if (isConstant && recurrent.has(familyOf(read.of))) throw recurrence(familyOf(read.of), equation);
      // All members stand for one: where it is read, its equation must hold.
      if (isConstant && read.of.kind === "at") instanceFor(read.of, read.over, true, equation);
      const member = standsFor(read.of);
      const domain = isConstant ? (system.symbols.get(familyOf(member).name)?.domain ?? visit.over) : visit.over;
      const holds = isConstant && member.kind === "at" ? equationDomain(system, member, domain) : domain;
      enter(member, holds, equation);
      continue;
    }
    visits.pop();
    tangents.set(visit.member, differentialAt(visit));
  }
  const tangent = tangents.get(of);
  return tangent && { tangent, over: reduceDomain(over, EVERYWHERE, system.sizes) };
};

/** The points at which the one general equation of a family holds, if it has one; all of its members else. */
const equationDomain = (system: System, member: AtNode, all: Domain): Domain => {
  const general = system.equations
    .filter(({ left }) => familyOf(left) === member.of)
    .flatMap(equation => instanceOf(equation, member) ?? []);
  return general.length === 1 ? intersect(all, (general[0] as Instance).holds) : all;
};

/** The members of two families at the same index names, the second shifted. */
export const shifted = (node: SymbolNode, names: readonly string[], by: readonly number[]): SymbolNode | AtNode =>
  node.rank === 0
    ? node
    : at(
        node,
        names.map((name, i) => plus(named(name), by[i] ?? 0)),
      );
