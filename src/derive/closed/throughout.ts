/** Solved recurrences put into everything that reads them, directly or through what lies between. */
import { type Domain, implies, intersect, substituteDomain } from "../../expr/domain.ts";
import { type Node, type PartialNode, type SymbolNode, substituteIndices } from "../../expr/node.ts";
import type { Polynomial } from "../../expr/polynomial.ts";
import { familyOf, indexOf } from "../../expr/system.ts";
import { transform } from "../../expr/walk.ts";
import type { Suppositions } from "../../rewrite/law.ts";
import { rewrite } from "../../rewrite/trace.ts";
import { GATHER } from "../../rules/simplify.ts";
import type { ClosedForm, Contribution, Derivation, Gradient, Piece } from "../gradient.ts";
import { reduceDomain, type Sizes } from "../regions.ts";
import { sumOf } from "../terms.ts";
import { partialsIn } from "./recurrence.ts";

/** A formula for the adjoints of a family at the members of `over`, in the gradient's own index names. */
export type Formula = Pick<ClosedForm, "over" | "value">;

/** By family, formulas for its adjoints. */
export type Solved = ReadonlyMap<SymbolNode, readonly Formula[]>;

const at = (gradient: Gradient, { wrt }: PartialNode): ReadonlyMap<string, Polynomial> =>
  new Map(indexOf(wrt).map((value, place) => [gradient.indices[place] as string, value]));

/** Whether a formula speaks of every member that is read where `given` holds. */
const covers = (
  { over }: Formula,
  gradient: Gradient,
  reads: readonly PartialNode[],
  given: Domain,
  sizes: Sizes,
): boolean =>
  reads.every(read =>
    substituteDomain(over, at(gradient, read)).where.every(
      condition => implies(given, condition) || reduceDomain({ where: [condition] }, given, sizes).where.length === 0,
    ),
  );

/** The families whose adjoints depend on those of the given ones. */
export const dependentOn = (
  { gradients, system }: Derivation,
  sources: Iterable<SymbolNode>,
): ReadonlySet<SymbolNode> => {
  const reached = new Set(sources);
  for (let size = -1; size < reached.size; ) {
    size = reached.size;
    for (const { wrt, contributions } of gradients) {
      const reads = contributions.flatMap(({ pulled }) => partialsIn(pulled, system.objective));
      if (reads.some(read => reached.has(familyOf(read.wrt)))) reached.add(familyOf(wrt));
    }
  }
  return reached;
};

class Putting {
  readonly known: Map<SymbolNode, readonly Formula[]>;
  readonly #byFamily: ReadonlyMap<SymbolNode, Gradient>;
  readonly #suppositions: Suppositions;

  constructor(
    readonly derivation: Derivation,
    solved: Solved,
  ) {
    this.known = new Map(solved);
    this.#byFamily = new Map(derivation.gradients.map(gradient => [familyOf(gradient.wrt), gradient]));
    this.#suppositions = { sizes: new Set(derivation.system.sizes.keys()) };
  }

  /** A contribution with formulas for all that it reads and that is known; undefined where none covers what is read. */
  #contribution({ pulled, value, over, sums }: Contribution, piece: Piece): Node | undefined {
    const { objective, sizes } = this.derivation.system;
    const given = intersect(piece.over, over, ...sums.map(sum => sum.domain));
    const chosen = new Map<SymbolNode, { readonly gradient: Gradient; readonly formula: Formula }>();
    const reads = partialsIn(pulled, objective);
    for (const family of new Set(reads.map(({ wrt }) => familyOf(wrt)))) {
      const formulas = this.known.get(family);
      if (!formulas) continue;
      const gradient = this.#byFamily.get(family) as Gradient;
      const own = reads.filter(({ wrt }) => familyOf(wrt) === family);
      const formula = formulas.find(candidate => covers(candidate, gradient, own, given, sizes));
      if (!formula) return undefined;
      chosen.set(family, { gradient, formula });
    }
    return transform(value, {
      leaf: leaf => {
        const [read] = partialsIn(leaf, objective);
        const found = read && chosen.get(familyOf(read.wrt));
        return read && found ? substituteIndices(found.formula.value, at(found.gradient, read)) : leaf;
      },
    });
  }

  /** The formulas of one gradient, one for each piece. */
  formulas({ pieces, validFrom }: Gradient): readonly Formula[] | undefined {
    if (validFrom.size > 0) return undefined;
    const found: Formula[] = [];
    for (const piece of pieces) {
      const parts = piece.contributions.map(contribution => this.#contribution(contribution, piece));
      if (parts.some(part => part === undefined)) return undefined;
      const { node } = rewrite(sumOf(parts as readonly Node[]), GATHER, this.#suppositions);
      found.push({ over: piece.over, value: node });
    }
    return found;
  }
}

/**
 * Formulas for the adjoints of everything that depends on the solved families, these included; families for which there is
 * none, because what they read is not solved on all of its range, are left out.
 */
export const putThroughout = (derivation: Derivation, solved: Solved): Solved => {
  const { gradients, system } = derivation;
  const dependent = dependentOn(derivation, solved.keys());
  const putting = new Putting(derivation, solved);
  const { known } = putting;
  const failed = new Set<SymbolNode>();
  const isReady = ({ contributions }: Gradient): boolean =>
    contributions
      .flatMap(({ pulled }) => partialsIn(pulled, system.objective))
      .every(({ wrt }) => !dependent.has(familyOf(wrt)) || known.has(familyOf(wrt)));
  const waiting = gradients.filter(({ wrt }) => dependent.has(familyOf(wrt)) && !known.has(familyOf(wrt)));
  for (let next = waiting.find(isReady); next; next = waiting.find(isReady)) {
    waiting.splice(waiting.indexOf(next), 1);
    const formulas = putting.formulas(next);
    if (formulas) known.set(familyOf(next.wrt), formulas);
    else failed.add(familyOf(next.wrt));
  }
  return known;
};
