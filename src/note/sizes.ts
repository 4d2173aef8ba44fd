/**
 * Sizes that are not known yet. A size is a variable or a known polynomial; variables are joined by unification,
 * and every change can be taken back, so that a search may try a reading and leave it again.
 */
import type { Size } from "../expr/node.ts";
import {
  coefficientOf,
  constantValue,
  minus,
  named,
  namesIn,
  type Polynomial,
  substitute,
  times,
} from "../expr/polynomial.ts";

/** A variable (by number) or a known size. */
export type SizeTerm = number | Size;

/** Rows and columns: every value is a matrix here; a scalar is 1 × 1, a vector n × 1. */
export interface Extent {
  readonly rows: SizeTerm;
  readonly columns: SizeTerm;
}

/** total = value, where the names of `value` are `terms`. */
interface Relation {
  readonly total: SizeTerm;
  readonly value: Polynomial;
  readonly terms: ReadonlyMap<string, SizeTerm>;
  /** The total and the terms. */
  readonly all: readonly SizeTerm[];
  /** All its sizes are known, and it was found to hold. */
  holds: boolean;
  /** What follows from it, by what is known of the total and of the terms: a search comes back to the same again and again. */
  readonly found: Map<string, Consequence>;
}

/** What a relation says of its sizes: whether it holds, that nothing follows yet, or what its one open size is. */
type Consequence = boolean | "open" | { readonly root: number; readonly size: Size };

/** What may be a size: not a number below 1, nor less than nothing. */
const isPossible = (size: Size): boolean => {
  const constant = constantValue(size);
  return constant === undefined ? size.monomials.some(m => m.coefficient > 0) : constant >= 1;
};

/** The name of an open size while a relation is solved; no note can write it. */
const OPEN = "?";

const isUnitSize = (size: Size): boolean => constantValue(size) === 1;

/** What follows from a relation where so much is known of its total and of its terms. */
const consequenceOf = ({ value, terms }: Relation, [total, ...tops]: readonly SizeTerm[]): Consequence => {
  const sizeOf = (top: SizeTerm | undefined): Polynomial => (typeof top === "object" ? top : named(`${OPEN}${top}`));
  const known = substitute(value, new Map([...terms.keys()].map((name, i) => [name, sizeOf(tops[i])] as const)));
  const difference = minus(known, sizeOf(total));
  const [name, another] = namesIn(difference).filter(each => each.startsWith(OPEN));
  if (name === undefined) return difference.monomials.length === 0;
  const coefficient = coefficientOf(difference, name);
  if (another !== undefined || coefficient === undefined || Math.abs(coefficient) !== 1) return "open";
  const size = times(-coefficient, minus(difference, times(coefficient, name)));
  return isPossible(size) && { root: Number(name.slice(OPEN.length)), size };
};

export class SizeStore {
  readonly #parent: number[] = [];
  readonly #value: (Size | undefined)[] = [];
  /** Known to be other than the literal 1: an axis of a vector or matrix. */
  readonly #wide: boolean[] = [];
  /** All variables joined with a root, at the root. */
  readonly #members: number[][] = [];
  readonly #trail: (() => void)[] = [];
  readonly #relations: Relation[] = [];
  /** The relations that speak of a variable. */
  readonly #speaking: (Relation[] | undefined)[] = [];
  /** Variables of which more became known, since the log was last cut; the search reads and cuts it. */
  readonly log: number[] = [];

  fresh(): number {
    const variable = this.#parent.length;
    this.#parent.push(variable);
    this.#value.push(undefined);
    this.#wide.push(false);
    this.#members.push([variable]);
    return variable;
  }

  freshExtent(): Extent {
    return { rows: this.fresh(), columns: this.fresh() };
  }

  /** A point to return to with `undo`. */
  mark(): number {
    return this.#trail.length;
  }

  undo(mark: number): void {
    while (this.#trail.length > mark) (this.#trail.pop() as () => void)();
  }

  #root(variable: number): number {
    let at = variable;
    while (this.#parent[at] !== at) at = this.#parent[at] as number;
    return at;
  }

  /** The known size of a term; undefined while it is open. */
  known(term: SizeTerm): Size | undefined {
    return typeof term === "number" ? this.#value[this.#root(term)] : term;
  }

  /** One number or size for all terms that were unified. */
  representative(term: SizeTerm): SizeTerm {
    if (typeof term !== "number") return term;
    const root = this.#root(term);
    return this.#value[root] ?? root;
  }

  /** Whether a term is the literal 1: undefined while both are possible. */
  isUnit(term: SizeTerm): boolean | undefined {
    const top = this.representative(term);
    if (typeof top !== "number") return isUnitSize(top);
    return this.#wide[top] ? false : undefined;
  }

  isScalar({ rows, columns }: Extent): boolean | undefined {
    const unit = this.isUnit(rows);
    if (unit === false) return false;
    const other = this.isUnit(columns);
    return other === false ? false : unit && other;
  }

  /**
   * All that is known of some terms and of what relations tie to them: which are equal, wide, or known, and nothing of
   * how that came to be.
   */
  describe(terms: readonly SizeTerm[]): string {
    const numbers = new Map<number, number>();
    const show = (term: SizeTerm): string => {
      const top = this.representative(term);
      if (typeof top !== "number") return top.key;
      const seen = numbers.get(top) ?? numbers.size;
      numbers.set(top, seen);
      return `${OPEN}${seen}${this.#wide[top] ? "+" : ""}`;
    };
    const words = terms.map(show);
    // Relations that no open term leads to say nothing here.
    const far = new Set(this.#relations);
    for (let before = -1; before !== far.size; ) {
      before = far.size;
      for (const relation of far) {
        const own = relation.all;
        if (!own.some(term => numbers.has(this.representative(term) as number))) continue;
        far.delete(relation);
        words.push(`${relation.value.key}:${[...relation.terms.keys()].join()}:${own.map(show).join()}`);
      }
    }
    return words.join(" ");
  }

  #bind(root: number, size: Size): boolean {
    if (this.#wide[root] && isUnitSize(size)) return false;
    this.#value[root] = size;
    this.log.push(...(this.#members[root] as number[]));
    this.#trail.push(() => {
      this.#value[root] = undefined;
    });
    return true;
  }

  /** Makes two terms equal; false if they cannot be. The caller returns to a mark after a failure. */
  unify(a: SizeTerm, b: SizeTerm): boolean {
    const from = this.log.length;
    return this.#join(a, b) && (this.#relations.length === 0 || this.#follow(from));
  }

  /**
   * Makes a term equal to a polynomial in others: m + k, b − a + 1. It is solved for one open size as soon as the others
   * are known, where that size has coefficient ±1. False if it cannot hold.
   */
  relate(total: SizeTerm, value: Polynomial, terms: ReadonlyMap<string, SizeTerm>): boolean {
    const all = [total, ...terms.values()];
    const relation: Relation = { total, value, terms, all, holds: false, found: new Map() };
    const own = [...new Set(all)].filter(term => typeof term === "number");
    this.#relations.push(relation);
    for (const variable of own) {
      const speaking = this.#speaking[variable] ?? [];
      this.#speaking[variable] = speaking;
      speaking.push(relation);
    }
    this.#trail.push(() => {
      this.#relations.pop();
      for (const variable of own) this.#speaking[variable]?.pop();
    });
    const isSum = value.monomials.length > 1 && value.monomials.every(m => m.coefficient > 0);
    const from = this.log.length;
    return (!isSum || this.widen(total)) && this.#solve(relation) && this.#follow(from);
  }

  /** Whether a term is open and the sum of others that are open too: those are named first. */
  isSum(term: SizeTerm): boolean {
    const top = this.representative(term);
    return typeof top === "number" && this.#relations.some(({ total }) => this.representative(total) === top);
  }

  /** Solves the relations of which more is known since the log was so long, as far as that leads. */
  #follow(from: number): boolean {
    const { log } = this;
    for (let at = from; at < log.length; at++) {
      const speaking = this.#speaking[log[at] as number];
      if (!speaking) continue;
      for (const relation of speaking) if (!this.#solve(relation)) return false;
    }
    return true;
  }

  /** Whether two sizes at least are open that cannot cancel each other: then nothing follows yet. */
  #isFar({ all }: Relation): boolean {
    const open: number[] = [];
    for (const term of all) {
      const top = this.representative(term);
      if (typeof top !== "number") continue;
      if (open.includes(top)) return false;
      open.push(top);
    }
    return open.length > 1;
  }

  #solve(relation: Relation): boolean {
    if (relation.holds || this.#isFar(relation)) return true;
    const tops = relation.all.map(term => this.representative(term));
    const key = tops.map(top => (typeof top === "number" ? `${OPEN}${top}` : top.key)).join();
    let consequence = relation.found.get(key);
    if (consequence === undefined) {
      consequence = consequenceOf(relation, tops);
      relation.found.set(key, consequence);
    }
    if (consequence === "open") return true;
    if (typeof consequence === "object") return this.#join(consequence.root, consequence.size);
    relation.holds = consequence;
    if (consequence)
      this.#trail.push(() => {
        relation.holds = false;
      });
    return consequence;
  }

  #join(a: SizeTerm, b: SizeTerm): boolean {
    const [x, y] = [this.representative(a), this.representative(b)];
    if (typeof x !== "number" && typeof y !== "number") return x.key === y.key;
    if (typeof x !== "number") return this.#bind(y as number, x);
    if (typeof y !== "number") return this.#bind(x, y);
    if (x === y) return true;
    // The smaller class joins the larger; what was known of the larger stays as it was, unless it becomes wide.
    const [small, large] =
      this.#count(x) < this.#count(y) || (this.#count(x) === this.#count(y) && x > y) ? [x, y] : [y, x];
    const wide = this.#wide[large] as boolean;
    const [joined, host] = [this.#members[small] as number[], this.#members[large] as number[]];
    this.log.push(...joined);
    if (!wide && this.#wide[small]) this.log.push(...host);
    const size = host.length;
    this.#parent[small] = large;
    this.#wide[large] = wide || (this.#wide[small] as boolean);
    host.push(...joined);
    this.#trail.push(() => {
      this.#parent[small] = small;
      this.#wide[large] = wide;
      host.length = size;
    });
    return true;
  }

  #count(root: number): number {
    return (this.#members[root] as number[]).length;
  }

  unifyExtents(a: Extent, b: Extent): boolean {
    return this.unify(a.rows, b.rows) && this.unify(a.columns, b.columns);
  }

  /** Excludes the literal 1; false if the term is it. */
  widen(term: SizeTerm): boolean {
    const top = this.representative(term);
    if (typeof top !== "number") return !isUnitSize(top);
    if (!this.#wide[top]) {
      this.#wide[top] = true;
      this.log.push(...(this.#members[top] as number[]));
      this.#trail.push(() => {
        this.#wide[top] = false;
      });
    }
    return true;
  }
}
