/**
 * Sizes that are not known yet. A size is a variable or a known polynomial; variables are joined by unification,
 * and every change can be taken back, so that a search may try a reading and leave it again.
 */
import type { Size } from "../expr/node.ts";
import { constantValue } from "../expr/polynomial.ts";

/** A variable (by number) or a known size. */
export type SizeTerm = number | Size;

/** Rows and columns: every value is a matrix here; a scalar is 1 × 1, a vector n × 1. */
export interface Extent {
  readonly rows: SizeTerm;
  readonly columns: SizeTerm;
}

const isUnitSize = (size: Size): boolean => constantValue(size) === 1;

export class SizeStore {
  readonly #parent: number[] = [];
  readonly #value: (Size | undefined)[] = [];
  /** Known to be other than the literal 1: an axis of a vector or matrix. */
  readonly #wide: boolean[] = [];
  /** All variables joined with a root, at the root. */
  readonly #members: number[][] = [];
  readonly #trail: (() => void)[] = [];
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
    return typeof term === "number" ? (this.known(term) ?? this.#root(term)) : term;
  }

  /** Whether a term is the literal 1: undefined while both are possible. */
  isUnit(term: SizeTerm): boolean | undefined {
    const known = this.known(term);
    if (known) return isUnitSize(known);
    return typeof term === "number" && this.#wide[this.#root(term)] ? false : undefined;
  }

  isScalar({ rows, columns }: Extent): boolean | undefined {
    const [r, c] = [this.isUnit(rows), this.isUnit(columns)];
    if (r === false || c === false) return false;
    return r && c ? true : undefined;
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
