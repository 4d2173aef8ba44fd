/** The forward equations and a claim's terms, evaluated entry by entry; every number carries its derivative along. */
import { Arrays, type Matrix, type Pair } from "./arrays.ts";
import type { Certificate, CertifiedEquation, CertifiedSymbol, Extent, Place, Poly, Term } from "./certificate.ts";
import { type Numbers, Unknown } from "./numbers.ts";

type Environment = Readonly<Record<string, number>>;

/** A member that does not exist is read. */
export class Outside extends Error {}

const valueAt = (poly: Poly, at: Environment): number =>
  poly.reduce((sum, [coefficient, ...names]) => {
    const product = names.reduce((all, name) => {
      const value = at[name];
      if (value === undefined) throw new Unknown(`${name} has no value`);
      return all * value;
    }, coefficient);
    return sum + product;
  }, 0);
const holds = (where: readonly Poly[], at: Environment): boolean => where.every(poly => valueAt(poly, at) >= 0);

/** All points of a domain, found by trying every whole number that is not too large. */
export const pointsOf = (indices: readonly string[], where: readonly Poly[], at: Environment): Environment[] => {
  const reach = Math.max(0, ...Object.values(at)) + 12;
  let points: Environment[] = [at];
  for (const [i, index] of indices.entries()) {
    const open = new Set(indices.slice(i + 1));
    const ready = where.filter(poly => !poly.some(([, ...names]) => names.some(name => open.has(name))));
    points = points.flatMap(point =>
      Array.from({ length: 2 * reach + 1 }, (_, k) => ({ ...point, [index]: k - reach })).filter(each =>
        holds(ready, each),
      ),
    );
  }
  return points.filter(point => holds(where, point));
};

/** What varies in a pass: one entry of one member; `only`: nothing but that member itself (the immediate derivative). */
interface Direction {
  readonly member: string;
  readonly entry: number;
  readonly only?: boolean;
}

export class Evaluator<E> {
  readonly #symbols: ReadonlyMap<string, CertifiedSymbol>;
  readonly #members = new Map<string, Matrix<E>>();
  readonly #arrays: Arrays<E>;

  constructor(
    readonly certificate: Certificate,
    readonly numbers: Numbers<E>,
    readonly sizes: Environment,
    readonly supposing: boolean,
  ) {
    this.#symbols = new Map(certificate.symbols.map(entry => [entry.name, entry]));
    this.#arrays = new Arrays(numbers);
  }

  /** φ or φ′ of an open function, of one with a formula, or of one that is supposed to be the identity. */
  #function(name: string, order: number, [a, s]: Pair<E>): Pair<E> {
    const { open, multiply } = this.numbers;
    if (this.supposing && this.certificate.suppose.identities.includes(name))
      return order === 0 ? [a, s] : this.#arrays.whole(order === 1 ? 1 : 0);
    const formula = this.certificate.formulas.find(each => each.name === name);
    if (!formula) return [open(name, order, a), multiply(open(name, order + 1, a), s)];
    const at = (slope: E): Pair<E> => {
      const parameter: Matrix<E> = { rows: 1, columns: 1, entries: [[a, slope]] };
      return this.#run(formula.body, this.sizes, undefined, new Map([[formula.parameter, parameter]]))
        .entries[0] as Pair<E>;
    };
    if (order === 0) return at(s);
    if (order > 1 || !this.numbers.isZero(s)) throw new Unknown("a second derivative of a formula");
    return this.#arrays.constant(at(this.#arrays.one)[1]);
  }

  /** A member's value; `direction` says what varies. */
  member(at: Place, environment: Environment, direction?: Direction): Matrix<E> {
    const [name, polys] = at;
    const symbol = this.#symbols.get(name);
    if (!symbol) throw new Unknown(`${name} is no symbol`);
    const index = polys.map(poly => valueAt(poly, environment));
    const own: Environment = {
      ...this.sizes,
      ...Object.fromEntries(symbol.indices.map((letter, i) => [letter, index[i] as number])),
    };
    if (!holds(symbol.where, own)) throw new Outside(`${name}[${index.join()}] does not exist`);
    const key = index.length === 0 ? name : `${name}[${index.join(", ")}]`;
    const varied = direction?.member === key;
    if (direction?.only && !varied) return this.#still(this.member(at, environment));
    const pass = direction && !direction.only ? `${key} / ${direction.member} ${direction.entry}` : key;
    let value = direction?.only ? this.member(at, environment) : this.#members.get(pass);
    if (!value) {
      const equation = this.#equationOf(name, index);
      value = equation
        ? this.#run(equation.equation.right, equation.environment, direction)
        : this.#given(symbol, key, own);
      if (varied && direction) value = this.#seeded(value, direction.entry);
      this.#members.set(pass, value);
    } else if (direction?.only) value = this.#seeded(this.#still(value), direction.entry);
    return value;
  }

  #still({ entries, ...extent }: Matrix<E>): Matrix<E> {
    return { ...extent, entries: entries.map(([value]) => this.#arrays.constant(value)) };
  }
  #seeded({ entries, ...extent }: Matrix<E>, entry: number): Matrix<E> {
    const one = this.#arrays.one;
    return {
      ...extent,
      entries: entries.map(([value, slope], i) => [value, i === entry ? this.numbers.add(slope, one) : slope]),
    };
  }

  #equationOf(name: string, index: readonly number[]) {
    const found = this.certificate.equations.flatMap((equation: CertifiedEquation) => {
      const environment: Environment = {
        ...this.sizes,
        ...Object.fromEntries(equation.indices.map((letter, i) => [letter, index[i] as number])),
      };
      return equation.of === name && holds(equation.where, environment) ? [{ equation, environment }] : [];
    });
    return found[0];
  }

  #given({ name, extent, structure }: CertifiedSymbol, key: string, at: Environment): Matrix<E> {
    const { suppose } = this.certificate;
    const [rows, columns] = extent.map(poly => valueAt(poly, at)) as [number, number];
    const symmetric = structure === "symmetric" || (this.supposing && suppose.symmetric.includes(name));
    const zero = this.supposing && suppose.zero.includes(name);
    return this.#arrays.fill(rows, columns, (i, j) => {
      if (zero || (structure === "diagonal" && i !== j)) return this.#arrays.whole(0);
      const [row, column] = symmetric && i > j ? [j, i] : [i, j];
      return this.#arrays.constant(this.numbers.given(key, row * columns + column));
    });
  }

  #extent(extent: Extent, at: Environment): readonly [number, number] {
    return [valueAt(extent[0], at), valueAt(extent[1], at)];
  }

  /** A term at sizes and indices. Arguments stand before it in the list, so one run through the list evaluates it. */
  value(root: number, environment: Environment): Matrix<E> {
    return this.#run(root, environment);
  }

  #run(
    root: number,
    environment: Environment,
    direction?: Direction,
    parameters: ReadonlyMap<string, Matrix<E>> = new Map(),
  ): Matrix<E> {
    const wanted = new Set([root]);
    for (let id = root; id >= 0; id--)
      if (wanted.has(id)) for (const arg of argumentsOf(this.#term(id))) wanted.add(arg);
    const values = new Map<number, Matrix<E>>();
    const of = (id: number): Matrix<E> => {
      const value = values.get(id);
      if (!value) throw new Unknown("a term comes before its arguments");
      return value;
    };
    for (const id of [...wanted].sort((a, b) => a - b))
      values.set(id, this.#step(this.#term(id), environment, of, direction, parameters));
    return of(root);
  }

  #term(id: number): Term {
    const term = this.certificate.terms[id];
    if (!term) throw new Unknown(`there is no term ${id}`);
    return term;
  }

  #step(
    term: Term,
    at: Environment,
    of: (id: number) => Matrix<E>,
    direction: Direction | undefined,
    parameters: ReadonlyMap<string, Matrix<E>>,
  ): Matrix<E> {
    switch (term.is) {
      case "number":
        return this.#arrays.fill(1, 1, () =>
          this.#arrays.constant(this.numbers.fraction(BigInt(term.numerator), BigInt(term.denominator))),
        );
      case "integer":
        return this.#arrays.fill(1, 1, () => this.#arrays.whole(valueAt(term.value, at)));
      case "read":
        return parameters.get(term.at[0]) ?? this.member(term.at, at, direction);
      case "partial":
        return this.#partial(term.of, term.by, at, term.reading === "immediate");
      case "einsum":
        return this.#arrays.einsum(term.letters, term.args.map(of), this.#extent(term.extent, at));
      case "each":
        return this.#each(term, term.args.map(of), at);
      case "window": {
        const [row, column] = [valueAt(term.row, at), valueAt(term.column, at)];
        const { rows, columns, entries } = of(term.arg);
        return this.#arrays.fill(...this.#extent(term.extent, at), (i, j) => {
          const [r, c] = [i + row, j + column];
          const inside = r >= 0 && c >= 0 && r < rows && c < columns;
          return inside ? (entries[r * columns + c] as Pair<E>) : this.#arrays.whole(0);
        });
      }
      case "kernel":
        return this.#arrays.kernel(term.name, of(term.arg));
      case "general":
        return this.#arrays.general(term, term.args.map(of), this.#extent(term.extent, at));
      case "chain": {
        const gradient = of(term.arg).entries;
        const variable = this.member(term.by, at);
        return this.#arrays.fill(variable.rows, variable.columns, (i, j) => {
          const slopes = this.#slopes(term.of, term.by, at, i * variable.columns + j, term.total === true);
          if (slopes.length !== gradient.length) throw new Unknown("a chain whose parts do not fit");
          return slopes.reduce(
            (sum, slope, k) =>
              this.#arrays.add(sum, this.#arrays.multiply(gradient[k] as Pair<E>, this.#arrays.constant(slope))),
            this.#arrays.whole(0),
          );
        });
      }
      case "over": {
        const [rows, columns] = this.#extent(term.extent, at);
        const points = pointsOf([term.index], term.where, at);
        const members = points.map(point => this.#run(term.body, point, direction, parameters));
        if (term.fold === "sum")
          return this.#arrays.fill(rows, columns, (i, j) =>
            members.reduce(
              (sum, { entries }) => this.#arrays.add(sum, entries[i * columns + j] as Pair<E>),
              this.#arrays.whole(0),
            ),
          );
        const ordered = term.fold === "product" ? members : members.toReversed();
        const identity = this.#arrays.fill(rows, columns, (i, j) => this.#arrays.whole(i === j ? 1 : 0));
        return ordered.reduce(
          (all, member) => this.#arrays.einsum("ik,kj->ij", [all, member], [rows, columns]),
          identity,
        );
      }
    }
  }

  /** The slopes of a member when one entry of another varies: along every path, or through its one equation. */
  #slopes(of: Place, by: Place, at: Environment, entry: number, total: boolean): readonly E[] {
    const key = by[1].map(poly => valueAt(poly, at));
    const member = key.length === 0 ? by[0] : `${by[0]}[${key.join(", ")}]`;
    if (total) return this.member(of, at, { member, entry }).entries.map(([, slope]) => slope);
    const index = of[1].map(poly => valueAt(poly, at));
    const found = this.#equationOf(of[0], index);
    if (!found) throw new Unknown(`${of[0]} has no equation`);
    const pass = this.#run(found.equation.right, found.environment, { member, entry, only: true });
    return pass.entries.map(([, slope]) => slope);
  }

  /** The gradient of a scalar in the shape of the variable; otherwise the entries of `of` as rows. */
  #partial(of: Place, by: Place, at: Environment, immediate: boolean): Matrix<E> {
    const variable = this.member(by, at);
    const { rows, columns, entries: own } = this.member(of, at);
    const slopes = variable.entries.map((_, entry) => this.#slopes(of, by, at, entry, !immediate));
    const slope = (row: number, entry: number): Pair<E> =>
      this.#arrays.constant((slopes[entry] as readonly E[])[row] as E);
    if (own.length === 1)
      return this.#arrays.fill(variable.rows, variable.columns, (i, j) => slope(0, i * variable.columns + j));
    if (variable.entries.length === 1) return this.#arrays.fill(rows, columns, (i, j) => slope(i * columns + j, 0));
    return this.#arrays.fill(own.length, variable.entries.length, slope);
  }

  #each(term: Term & { is: "each" }, args: readonly Matrix<E>[], at: Environment): Matrix<E> {
    const [first, second] = args;
    if (!first) throw new Unknown(term.name);
    if (args.some(({ rows, columns }) => rows !== first.rows || columns !== first.columns))
      throw new Unknown("sizes that do not fit");
    const two = (f: (a: Pair<E>, b: Pair<E>) => Pair<E>): Matrix<E> => {
      if (!second) throw new Unknown(term.name);
      return { ...first, entries: first.entries.map((a, i) => f(a, second.entries[i] as Pair<E>)) };
    };
    const one = (f: (a: Pair<E>) => Pair<E>): Matrix<E> => ({ ...first, entries: first.entries.map(f) });
    switch (term.name) {
      case "add":
        return two((a, b) => this.#arrays.add(a, b));
      case "subtract":
        return two((a, b) => this.#arrays.subtract(a, b));
      case "multiply":
        return two((a, b) => this.#arrays.multiply(a, b));
      case "divide":
        return two((a, b) => this.#arrays.divide(a, b));
      case "negate":
        return one(a => this.#arrays.subtract(this.#arrays.whole(0), a));
      case "pow":
        return one(a => this.#arrays.power(a, valueAt(term.exponent ?? [], at)));
      case "function":
        return one(a => this.#function(term.function ?? "", term.order ?? 0, a));
      default:
        return one(a => this.#arrays.named(term.name, a));
    }
  }
}

const argumentsOf = (term: Term): readonly number[] => ("args" in term ? term.args : "arg" in term ? [term.arg] : []);
