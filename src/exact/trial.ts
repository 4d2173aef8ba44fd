/** A derivation at one sample: forward values in dual numbers, claimed gradients beside them. */
import type { SymbolNode } from "../expr/node.ts";
import { type Arithmetic, NoValue } from "./arithmetic.ts";
import { type Directions, type Dual, directions, dual, type Tangent } from "./dual.ts";
import { fillGrid, type Grid, innerProduct, mapGrid, zipGrids } from "./grid.ts";
import type { Pending } from "./pending.ts";
import type { Prepared, PreparedContribution, PreparedGradient } from "./prepared.ts";
import { environmentAt, type Routine } from "./program.ts";
import { isInside, pointsOf, polynomialAt, polytopeAt, type Region } from "./region.ts";
import {
  type Index,
  memberName,
  randomMember,
  Store,
  type Suppositions,
  SystemWorld,
  towardsEntries,
} from "./world.ts";

export interface TrialSetting<E> {
  readonly prepared: Prepared;
  readonly arithmetic: Arithmetic<E>;
  readonly sizes: ReadonlyMap<string, number>;
  readonly suppose?: Suppositions;
  /** True gradients to use in place of the claimed ones. */
  readonly truth?: Store<E>;
}

export class Trial<E> {
  readonly forward: SystemWorld<Dual<E>>;
  readonly backward: SystemWorld<E>;
  readonly #setting: TrialSetting<E>;
  readonly #adjoints = new Store<E>();

  constructor(setting: TrialSetting<E>) {
    this.#setting = setting;
    const { prepared, arithmetic, sizes, suppose, truth } = setting;
    const common = { program: prepared.program, sizes, ...(suppose ? { suppose } : {}) };
    this.forward = new SystemWorld<Dual<E>>({
      ...common,
      arithmetic: dual(arithmetic),
      perturb: (of, index, value) => {
        if (!prepared.byMember.has(of)) return value;
        const direction = this.direction(of, index);
        return zipGrids(
          value,
          mapGrid(direction, (slope): Dual<E> => ({ value: arithmetic.zero, slope })),
          (a, b) => ({
            value: a.value,
            slope: a.slope === undefined ? b.slope : arithmetic.add(a.slope, b.slope as E),
          }),
        );
      },
    });
    this.backward = new SystemWorld<E>({
      ...common,
      arithmetic,
      known: (of, index) => this.value(of, index),
      adjoint: (wrt, index) => truth?.get(wrt, index) ?? this.#adjoint(wrt, index),
    });
  }

  get isIdle(): boolean {
    return this.#adjoints.isIdle && this.forward.isIdle && this.backward.isIdle;
  }

  readonly size = (name: string): number | undefined => this.#setting.sizes.get(name);

  /** The value of a member that the forward pass has computed. */
  value(of: SymbolNode, index: Index): Grid<E> | undefined {
    const found = this.forward.stored(of, index);
    return found && mapGrid(found, ({ value }) => value);
  }

  direction(of: SymbolNode, index: Index): Grid<E> {
    return randomMember(this.#setting.arithmetic, "direction", of, index, this.size);
  }

  /** Whether the horizons are long enough for a gradient's pieces. */
  isPiecewise({ claim }: PreparedGradient): boolean {
    return [...claim.validFrom].every(([name, least]) => (this.size(name) ?? 0) >= least);
  }

  #adjoint(wrt: SymbolNode, index: Index): Grid<E> | Pending<E> {
    return this.#adjoints.get(wrt, index) ?? this.#adjoints.look(wrt, index, () => this.#start(wrt, index));
  }

  /** By the one piece that holds, or at short horizons by the sum of the contributions. */
  #start(wrt: SymbolNode, index: Index): Grid<E> | Pending<E> {
    const { prepared, arithmetic } = this.#setting;
    const gradient = prepared.byMember.get(wrt);
    if (!gradient) {
      if (wrt === prepared.program.system.objective) return { rows: 1, columns: 1, entries: [arithmetic.one] };
      throw new NoValue("undefined", `there is no gradient of ${wrt.name}`);
    }
    if (this.isPiecewise(gradient)) {
      const [routine, ...more] = this.piecesAt(gradient, index);
      if (!routine || more.length > 0) {
        throw new NoValue(
          "undefined",
          `${more.length > 0 ? "several pieces hold" : "no piece holds"} at ${memberName(wrt, index)}`,
        );
      }
      return this.#pending(routine, index, value => value);
    }
    const parts = this.contributionsAt(gradient, index).map(({ routine }) => routine);
    const rest = (sum: Grid<E>, next: number): Grid<E> | Pending<E> => {
      const routine = parts[next];
      return routine
        ? this.#pending(routine, index, value => rest(zipGrids(sum, value, arithmetic.add), next + 1))
        : sum;
    };
    return rest(this.#zero(wrt, index), 0);
  }

  #pending(routine: Routine, index: Index, finish: Pending<E>["finish"]): Pending<E> {
    return { plan: routine.plan, environment: environmentAt(routine, index, this.size), finish };
  }

  #zero(of: SymbolNode, index: Index): Grid<E> {
    const { rows, columns } = this.backward.member(of, index);
    return fillGrid(rows, columns, () => this.#setting.arithmetic.zero);
  }

  /** The members of a family in a region. */
  membersIn(of: SymbolNode, region: Region): readonly Index[] {
    const polytope = this.backward.polytope(region);
    return this.backward.members(of).filter(index => isInside(polytope, index));
  }

  piecesAt(gradient: PreparedGradient, index: Index): readonly Routine[] {
    return gradient.pieces
      .filter(({ routine }) => isInside(this.backward.polytope(routine.region), index))
      .map(({ routine }) => routine);
  }

  contributionsAt(gradient: PreparedGradient, index: Index): readonly PreparedContribution[] {
    return gradient.contributions.filter(({ routine }) => isInside(this.backward.polytope(routine.region), index));
  }

  /** The claimed gradient by a member. */
  adjoint(wrt: SymbolNode, index: Index): Grid<E> {
    return this.backward.force(this.#setting.truth?.get(wrt, index) ?? this.#adjoint(wrt, index));
  }

  /** The same, if there is one. */
  known(wrt: SymbolNode, index: Index): Grid<E> | undefined {
    const { prepared } = this.#setting;
    const has = prepared.byMember.has(wrt) || wrt === prepared.program.system.objective;
    return has ? this.adjoint(wrt, index) : undefined;
  }

  /** The sum of what the reads contribute to a member's gradient. */
  contributed(gradient: PreparedGradient, index: Index): Grid<E> {
    return this.contributionsAt(gradient, index).reduce(
      (sum, { routine }) => zipGrids(sum, this.backward.value(routine, index), this.#setting.arithmetic.add),
      this.#zero(gradient.wrt, index),
    );
  }

  /** dL by forward mode. */
  objectiveSlope(): E {
    const { prepared, arithmetic } = this.#setting;
    const { slope } = this.forward.member(prepared.program.system.objective, []).entries[0] as Dual<E>;
    return slope ?? arithmetic.zero;
  }

  /** Σ ⟨∂L/∂u, δu⟩ over every member of every family with a gradient. */
  claimedSlope(): E {
    const { prepared, arithmetic } = this.#setting;
    let sum = arithmetic.zero;
    for (const { wrt } of prepared.gradients) {
      for (const index of this.forward.members(wrt)) {
        sum = arithmetic.add(sum, innerProduct(arithmetic, this.adjoint(wrt, index), this.direction(wrt, index)));
      }
    }
    return sum;
  }

  /** The reading members of a contribution to the gradient of one member. */
  readers({ claim, sums }: PreparedContribution, indices: readonly string[], index: Index): readonly Index[] {
    const size = (name: string): number | undefined => {
      const position = indices.indexOf(name);
      return position >= 0 ? index[position] : this.size(name);
    };
    const reader = claim.reader;
    const points = pointsOf(polytopeAt(sums, size));
    return points.map(point => {
      const at = (name: string): number | undefined => {
        const position = sums.indices.indexOf(name);
        return position >= 0 ? point[position] : size(name);
      };
      return reader.kind === "at" ? reader.index.map(entry => polynomialAt(entry, at)) : [];
    });
  }

  /** Σ prod(∂L/∂v, ∂v/∂u) over given readers v, with immediate partial derivatives by forward mode. */
  contracted(reader: SymbolNode, at: readonly Index[], wrt: SymbolNode, index: Index): Grid<E> {
    const { add } = this.#setting.arithmetic;
    return at.reduce(
      (sum, point) => zipGrids(sum, this.backward.chain(this.adjoint(reader, point), reader, point, wrt, index), add),
      this.#zero(wrt, index),
    );
  }
}

/** The true gradients of every member: a forward pass for each, with each of its entries varied by itself. */
export const trueGradients = <E>({ prepared, arithmetic, sizes, suppose }: TrialSetting<E>): Store<E> => {
  const truth = new Store<E>();
  const { program } = prepared;
  const slopes = (of: SymbolNode, at: Index): Directions<E> => {
    const world = new SystemWorld<Tangent<E, Directions<E>>>({
      program,
      arithmetic: directions(arithmetic),
      sizes,
      ...(suppose ? { suppose } : {}),
      perturb: towardsEntries(arithmetic, of, at),
    });
    return world.member(program.system.objective, []).entries[0]?.slope ?? [];
  };
  const world = new SystemWorld<E>({ program, arithmetic, sizes });
  for (const { wrt } of prepared.gradients) {
    for (const index of world.members(wrt)) {
      const { rows, columns } = randomMember(arithmetic, "shape", wrt, index, name => sizes.get(name));
      const by = slopes(wrt, index);
      truth.look(wrt, index, () => fillGrid(rows, columns, entry => by[entry] ?? arithmetic.zero));
    }
  }
  return truth;
};
