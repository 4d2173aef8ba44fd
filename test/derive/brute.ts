/**
 * Brute force for small systems: members are unrolled at concrete sizes, every entry a dual number a + bε over the
 * integers modulo a prime. It shares no code with the engine beyond the types: bounds, indices, shapes and ops are
 * evaluated here from scratch, so that a mistake there cannot hide.
 */
import type { Derivation, Gradient } from "../../src/derive/gradient.ts";
import type { Domain } from "../../src/expr/domain.ts";
import type { AtNode, Node, Shape, SymbolNode } from "../../src/expr/node.ts";
import type { Polynomial } from "../../src/expr/polynomial.ts";
import type { Equation, System } from "../../src/expr/system.ts";

const P = (1n << 61n) - 1n;
const mod = (a: bigint): bigint => ((a % P) + P) % P;

const inverse = (a: bigint): bigint => {
  let [result, base, exponent] = [1n, mod(a), P - 2n];
  if (base === 0n) throw new Error("brute: division by 0");
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % P;
    base = (base * base) % P;
  }
  return result;
};

interface Dual {
  readonly a: bigint;
  readonly b: bigint;
}
const dual = (a: bigint, b = 0n): Dual => ({ a: mod(a), b: mod(b) });
const ZERO = dual(0n);
const ONE = dual(1n);
const add = (x: Dual, y: Dual): Dual => dual(x.a + y.a, x.b + y.b);
const sub = (x: Dual, y: Dual): Dual => dual(x.a - y.a, x.b - y.b);
const mul = (x: Dual, y: Dual): Dual => dual(x.a * y.a, x.a * y.b + x.b * y.a);
const inv = (x: Dual): Dual => {
  const i = inverse(x.a);
  return dual(i, -x.b * ((i * i) % P));
};
const pow = (x: Dual, k: number): Dual => {
  let result = ONE;
  const base = k < 0 ? inv(x) : x;
  for (let i = 0; i < Math.abs(k); i++) result = mul(result, base);
  return result;
};

/** Pseudo-random field elements from text: values of what is given, coefficients of abstract functions. */
const hash = (text: string): bigint => {
  let h = 0xcbf29ce484222325n;
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < text.length; i++) h = ((h ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n) & 0xffffffffffffffffn;
    h ^= h >> 29n;
  }
  return mod(h * 0x9e3779b97f4a7c15n);
};

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly entries: readonly Dual[];
}
const matrix = (rows: number, columns: number, entry: (i: number, j: number) => Dual): Matrix => ({
  rows,
  columns,
  entries: Array.from({ length: rows * columns }, (_, k) => entry(Math.floor(k / columns), k % columns)),
});
const get = (m: Matrix, i: number, j: number): Dual => m.entries[i * m.columns + j] as Dual;
const scalar = (x: Dual): Matrix => ({ rows: 1, columns: 1, entries: [x] });
const unit = (n: number): Matrix => matrix(n, n, (i, j) => (i === j ? ONE : ZERO));
const each = (m: Matrix, f: (x: Dual) => Dual): Matrix => ({ ...m, entries: m.entries.map(f) });
const both = (x: Matrix, y: Matrix, f: (x: Dual, y: Dual) => Dual): Matrix => {
  if (x.rows !== y.rows || x.columns !== y.columns) throw new Error("brute: shapes differ");
  return { ...x, entries: x.entries.map((entry, i) => f(entry, y.entries[i] as Dual)) };
};
const total = (xs: readonly Dual[]): Dual => xs.reduce(add, ZERO);
const product = (x: Matrix, y: Matrix): Matrix => {
  if (x.columns !== y.rows) throw new Error("brute: inner sizes differ");
  return matrix(x.rows, y.columns, (i, j) =>
    total(Array.from({ length: x.columns }, (_, k) => mul(get(x, i, k), get(y, k, j)))),
  );
};
const inner = (x: Matrix, y: Matrix): Dual => total(both(x, y, mul).entries);

/** Σ c_k z^k: every abstract function of one variable is a cubic with coefficients of its own. */
const cubic = (name: string, order: number, z: Dual): Dual => {
  const coefficients = [1, 2, 3, 4].map(k => hash(`${name}/${k}`));
  let c: readonly bigint[] = coefficients;
  const derive = (of: readonly bigint[]): readonly bigint[] => of.slice(1).map((x, i) => mod(x * BigInt(i + 1)));
  for (let i = 0; i < order; i++) c = derive(c);
  const value = (of: readonly bigint[], x: bigint): bigint => of.reduceRight((sum, k) => mod(sum * x + k), 0n);
  return dual(value(c, z.a), mod(value(derive(c), z.a) * z.b));
};
/** u_r = Σ weights × entries of all arguments: every abstract function of several variables is u_r². */
const weight = (name: string, r: number, slot: number, i: number): Dual => dual(hash(`${name}/${r}/${slot}/${i}`));
const mixed = (name: string, r: number, args: readonly Matrix[]): Dual =>
  total(args.flatMap((arg, slot) => arg.entries.map((x, i) => mul(weight(name, r, slot + 1, i), x))));

export type Sizes = ReadonlyMap<string, number>;

export const integerAt = (value: Polynomial, at: Sizes): number =>
  value.monomials.reduce((sum, m) => {
    const factors = m.names.map(name => {
      const known = at.get(name);
      if (known === undefined) throw new Error(`brute: no value for ${name}`);
      return known;
    });
    return sum + factors.reduce((x, y) => x * y, m.coefficient);
  }, 0);

export const holds = (d: Domain, at: Sizes): boolean => d.where.every(c => integerAt(c, at) >= 0);

/** All values of one index in a domain whose other names have values; a name may stand in the conditions with any slope. */
const pointsOf = (d: Domain, index: string, at: Sizes): readonly number[] => {
  let [lo, hi] = [-Infinity, Infinity];
  for (const condition of d.where) {
    const [zero, one] = [0, 1].map(x => integerAt(condition, new Map([...at, [index, x]]))) as [number, number];
    const slope = one - zero;
    if (slope > 0) lo = Math.max(lo, Math.ceil(-zero / slope));
    else if (slope < 0) hi = Math.min(hi, Math.floor(zero / -slope));
    else if (zero < 0) return [];
  }
  if (!Number.isFinite(lo) || !Number.isFinite(hi)) throw new Error(`brute: ${index} is unbounded`);
  return Array.from({ length: Math.max(0, hi - lo + 1) }, (_, i) => lo + i);
};

/** All points of a domain of several indices, each of which some index bounds in turn. */
const allPoints = (d: Domain, indices: readonly string[], at: Sizes, reach = 40): readonly Sizes[] => {
  let points: Sizes[] = [at];
  for (const [i, index] of indices.entries()) {
    const later = new Set(indices.slice(i + 1));
    const own = { where: d.where.filter(c => !c.monomials.some(m => m.names.some(name => later.has(name)))) };
    const box = { where: [...own.where, ...edges(index, reach)] };
    points = points.flatMap(point => pointsOf(box, index, point).map(x => new Map([...point, [index, x]])));
  }
  return points;
};
const edges = (index: string, reach: number): readonly Polynomial[] =>
  [1, -1].map(coefficient => ({
    key: "",
    monomials: [
      { coefficient, names: [index] },
      { coefficient: reach, names: [] },
    ],
  }));

export interface Perturbation {
  readonly name: string;
  readonly index: readonly number[];
  readonly entry: number;
}

const nameOf = (node: SymbolNode | AtNode): string => (node.kind === "at" ? node.of.name : node.name);
const placeOf = (node: SymbolNode | AtNode): readonly Polynomial[] => (node.kind === "at" ? node.index : []);

class World {
  readonly #members = new Map<string, Matrix>();
  readonly #open = new Set<string>();
  readonly #adjoints = new Map<string, Matrix>();
  readonly #gradients = new Map<string, Gradient>();
  /** How many adjoint members were compared between pieces and contributions. */
  compared = 0;

  constructor(
    readonly system: System,
    readonly sizes: Sizes,
    readonly derivation?: Derivation,
    readonly perturbation?: Perturbation,
  ) {
    for (const gradient of derivation?.gradients ?? []) this.#gradients.set(nameOf(gradient.wrt), gradient);
  }

  #extent(shape: Shape): readonly [number, number] {
    const [rows, columns] = shape.map(size => integerAt(size, this.sizes));
    return [rows ?? 1, columns ?? 1];
  }

  /** The equation that defines a member, with the values of its indices. */
  #equationFor(name: string, index: readonly number[]): readonly [Equation, Sizes] | undefined {
    const all = [...this.system.equations, ...(this.derivation?.abbreviations ?? [])];
    const found = all.flatMap(equation => {
      if (nameOf(equation.left) !== name) return [];
      const at = new Map(this.sizes);
      for (const [i, place] of placeOf(equation.left).entries()) {
        const own = equation.indices.find(letter => place.key === letter);
        if (own !== undefined) at.set(own, index[i] as number);
      }
      const meant = placeOf(equation.left).every((place, i) => integerAt(place, at) === index[i]);
      return meant && holds(equation.over, at) ? [[equation, at] as const] : [];
    });
    if (found.length > 1) throw new Error(`brute: ${name}[${index}] is defined twice`);
    return found[0];
  }

  member(name: string, index: readonly number[]): Matrix {
    const key = `${name}[${index}]`;
    const known = this.#members.get(key);
    if (known) return known;
    if (this.#open.has(key)) throw new Error(`brute: ${key} depends on itself`);
    this.#open.add(key);
    const entry = this.system.symbols.get(name) ?? this.derivation?.system.symbols.get(name);
    if (!entry) throw new Error(`brute: no symbol ${name}`);
    const at = new Map([...this.sizes, ...entry.indices.map((letter, i) => [letter, index[i] as number] as const)]);
    if (!holds(entry.domain, at)) throw new Error(`brute: ${key} is outside its domain`);
    const equation = this.#equationFor(name, index);
    const [rows, columns] = this.#extent(entry.node.shape);
    let value = equation
      ? this.value(equation[0].right, equation[1])
      : matrix(rows, columns, (i, j) => dual(hash(`${key}/${i}/${j}`)));
    if (value.rows !== rows || value.columns !== columns) throw new Error(`brute: ${key} has another shape`);
    const { perturbation } = this;
    if (perturbation && key === `${perturbation.name}[${perturbation.index}]`)
      value = { ...value, entries: value.entries.map((x, i) => (i === perturbation.entry ? add(x, dual(0n, 1n)) : x)) };
    this.#open.delete(key);
    this.#members.set(key, value);
    return value;
  }

  value(node: Node, at: Sizes): Matrix {
    switch (node.kind) {
      case "symbol":
        return this.member(node.name, []);
      case "at":
        return this.member(
          node.of.name,
          node.index.map(place => integerAt(place, at)),
        );
      case "number":
        return scalar(dual(mod(node.value.numerator) * inverse(node.value.denominator)));
      case "integer":
        return scalar(dual(BigInt(integerAt(node.value, at))));
      case "over": {
        const [rows, columns] = this.#extent(node.shape);
        const values = pointsOf(node.domain, node.index, at).map(x =>
          this.value(node.body, new Map([...at, [node.index, x]])),
        );
        if (node.fold === "sum")
          return values.reduce(
            (x, y) => both(x, y, add),
            matrix(rows, columns, () => ZERO),
          );
        if (node.fold === "reversed-product") values.reverse();
        return values.reduce(product, unit(rows));
      }
      case "partial":
        if (node.reading !== "total") throw new Error("brute: an immediate partial has no value");
        return this.adjoint(
          nameOf(node.wrt),
          placeOf(node.wrt).map(place => integerAt(place, at)),
        );
      case "call":
        return this.#call(node, at);
    }
  }

  #call(node: Node & { kind: "call" }, at: Sizes): Matrix {
    const args = node.args.map(arg => this.value(arg, at));
    const [A, B] = args as [Matrix, Matrix];
    const whole = (i: number): number => {
      const arg = node.args[i] as Node;
      return arg.kind === "integer"
        ? integerAt(arg.value, at)
        : arg.kind === "number"
          ? Number(arg.value.numerator)
          : Number.NaN;
    };
    const name = String(node.attributes.function);
    const slot = Number(node.attributes.slot);
    switch (node.op) {
      case "add":
        return both(A, B, add);
      case "subtract":
        return both(A, B, sub);
      case "negate":
        return each(A, x => sub(ZERO, x));
      case "scale":
        return each(B, x => mul(get(A, 0, 0), x));
      case "matmul":
        return product(A, B);
      case "hadamard":
        return both(A, B, mul);
      case "divide":
        return each(A, x => mul(x, inv(get(B, 0, 0))));
      case "quotient":
        return both(A, B, (x, y) => mul(x, inv(y)));
      case "power":
        return each(A, x => pow(x, whole(1)));
      case "matpower":
        return Array.from({ length: whole(1) }, () => A).reduce(product, unit(A.rows));
      case "transpose":
        return matrix(A.columns, A.rows, (i, j) => get(A, j, i));
      case "inner":
        return scalar(inner(A, B));
      case "outer":
        return matrix(A.rows, B.rows, (i, j) => mul(get(A, i, 0), get(B, j, 0)));
      case "diag":
        return matrix(A.rows, A.rows, (i, j) => (i === j ? get(A, i, 0) : ZERO));
      case "diagonal":
        return matrix(A.rows, 1, i => get(A, i, i));
      case "identity":
        return unit(whole(0));
      case "ones":
        return matrix(whole(0), whole(1), () => ONE);
      case "zeros":
        return matrix(whole(0), whole(1), () => ZERO);
      case "squarednorm":
        return scalar(inner(A, A));
      case "squarederror":
      case "halfsquarederror": {
        const d = both(A, B, sub);
        return scalar(mul(inner(d, d), dual(node.op === "squarederror" ? 1n : inverse(2n))));
      }
      case "step":
        return each(A, x => dual(hash(`step/${x.a}`) & 1n));
      case "relu":
        return each(A, x => mul(x, dual(hash(`step/${x.a}`) & 1n)));
      case "elementwise": {
        const definition = this.system.functions.get(name)?.definition;
        if (definition) throw new Error("brute: functions with formulas are not unrolled");
        return each(A, z => cubic(name, Number(node.attributes.order), z));
      }
      case "apply": {
        const [rows, columns] = this.#extent(node.shape);
        return matrix(rows, columns, (i, j) => pow(mixed(name, i * columns + j, args), 2));
      }
      case "gradient": {
        const u = mul(dual(2n), mixed(name, 0, args));
        const arg = args[slot - 1] as Matrix;
        return { ...arg, entries: arg.entries.map((_, i) => mul(u, weight(name, 0, slot, i))) };
      }
      case "pull": {
        const [G, ...own] = args as [Matrix, ...Matrix[]];
        const us = G.entries.map((g, r) => mul(g, mul(dual(2n), mixed(name, r, own))));
        const arg = own[slot - 1] as Matrix;
        return {
          ...arg,
          entries: arg.entries.map((_, i) => total(us.map((u, r) => mul(u, weight(name, r, slot, i))))),
        };
      }
      default:
        throw new Error(`brute: ${node.op} is not unrolled`);
    }
  }

  /** The adjoint of a member as the derivation says, by its pieces and by its contributions; both must agree. */
  adjoint(name: string, index: readonly number[]): Matrix {
    const key = `${name}[${index}]`;
    const known = this.#adjoints.get(key);
    if (known) return known;
    if (name === this.system.objective.name) return scalar(ONE);
    const gradient = this.#gradients.get(name);
    const entry = this.system.symbols.get(name);
    if (!gradient || !entry) throw new Error(`brute: the derivation has no gradient by ${name}`);
    if (this.#open.has(`∂${key}`)) throw new Error(`brute: the adjoint of ${key} depends on itself`);
    this.#open.add(`∂${key}`);
    const at = new Map([...this.sizes, ...gradient.indices.map((letter, i) => [letter, index[i] as number] as const)]);
    if (!holds(entry.domain, at)) throw new Error(`brute: the adjoint of ${key}, outside its domain, is read`);
    const [rows, columns] = this.#extent(entry.node.shape);
    const byContributions = gradient.contributions
      .filter(c => holds(c.over, at))
      .map(c => this.value(c.value, at))
      .reduce(
        (x, y) => both(x, y, add),
        matrix(rows, columns, () => ZERO),
      );
    const pieces = this.piecesFor(gradient);
    if (pieces) {
      const here = pieces.filter(piece => holds(piece.over, at));
      if (here.length !== 1) throw new Error(`brute: ${here.length} pieces hold at ${key}`);
      const [piece] = here as [(typeof here)[number]];
      const place = placeOf(piece.wrt).map(p => integerAt(p, at));
      if (`${place}` !== `${index}`) throw new Error(`brute: the piece at ${key} speaks of [${place}]`);
      const byPiece = this.value(piece.value, at);
      if (!sameMatrix(byPiece, byContributions)) throw new Error(`brute: pieces and contributions of ${key} differ`);
      this.compared++;
    }
    this.#open.delete(`∂${key}`);
    this.#adjoints.set(key, byContributions);
    return byContributions;
  }

  /** The pieces that hold for these sizes, if the derivation has any. */
  piecesFor(gradient: Gradient): Gradient["pieces"] | undefined {
    if ([...gradient.validFrom].every(([name, least]) => (this.sizes.get(name) ?? 0) >= least)) return gradient.pieces;
    return gradient.short.find(({ at }) => [...at].every(([name, value]) => this.sizes.get(name) === value))?.pieces;
  }
}

const sameMatrix = (x: Matrix, y: Matrix): boolean =>
  x.rows === y.rows && x.columns === y.columns && x.entries.every((e, i) => e.a === (y.entries[i] as Dual).a);

/**
 * Compares every adjoint of a derivation with forward mode at the given sizes. Gives the number of entries compared
 * and of members whose pieces were; throws at the first difference. Of each family about `most`
 * members that get 0 and twice as many others are perturbed.
 */
export const compareWithForward = (
  system: System,
  derivation: Derivation,
  sizes: Sizes,
  most = Number.POSITIVE_INFINITY,
): { readonly entries: number; readonly nonZero: number; readonly pieces: number; readonly members: number } => {
  const backward = new World(system, sizes, derivation);
  const objective = system.objective.name;
  let [entries, nonZero, members] = [0, 0, 0];
  for (const gradient of derivation.gradients) {
    const name = nameOf(gradient.wrt);
    const entry = system.symbols.get(name);
    if (!entry || name === objective) continue;
    const all = allPoints(entry.domain, entry.indices, sizes);
    const share = Math.max(1, Math.round(all.length / most));
    let live = 0;
    for (const point of all) {
      const index = entry.indices.map(letter => point.get(letter) as number);
      const found = backward.adjoint(name, index);
      members++;
      // What is said to be 0 is perturbed at fewer members.
      const isZero = found.entries.every(e => e.a === 0n);
      if (isZero && hash(`sample/${name}/${index}`) % BigInt(share) !== 0n) continue;
      if (!isZero && ++live > 2 * most) continue;
      for (let i = 0; i < found.entries.length; i++) {
        const forward = new World(system, sizes, undefined, { name, index, entry: i });
        const expected = (forward.member(objective, []).entries[0] as Dual).b;
        entries++;
        if (expected !== 0n) nonZero++;
        if ((found.entries[i] as Dual).a !== expected)
          throw new Error(`brute: the adjoint of ${name}[${index}] differs at entry ${i}, sizes ${[...sizes]}`);
      }
    }
  }
  return { entries, nonZero, members, pieces: backward.compared };
};
