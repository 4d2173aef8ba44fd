/** Arrays of numbers that carry a derivative along, and what can be done with them. */
import type { Term } from "./certificate.ts";
import { type Numbers, Unknown } from "./numbers.ts";

/** A value and its derivative in the direction of the pass. */
export type Pair<E> = readonly [value: E, slope: E];
export interface Matrix<E> {
  readonly rows: number;
  readonly columns: number;
  readonly entries: readonly Pair<E>[];
}

export class Arrays<E> {
  readonly zero: E;
  readonly one: E;

  constructor(readonly numbers: Numbers<E>) {
    this.zero = numbers.fraction(0n, 1n);
    this.one = numbers.fraction(1n, 1n);
  }

  constant(value: E): Pair<E> {
    return [value, this.zero];
  }
  whole(value: number): Pair<E> {
    return this.constant(this.numbers.fraction(BigInt(value), 1n));
  }
  add([a, s]: Pair<E>, [b, t]: Pair<E>): Pair<E> {
    return [this.numbers.add(a, b), this.numbers.add(s, t)];
  }
  subtract([a, s]: Pair<E>, [b, t]: Pair<E>): Pair<E> {
    return [this.numbers.subtract(a, b), this.numbers.subtract(s, t)];
  }
  multiply([a, s]: Pair<E>, [b, t]: Pair<E>): Pair<E> {
    const { add, multiply } = this.numbers;
    return [multiply(a, b), add(multiply(a, t), multiply(s, b))];
  }
  divide([a, s]: Pair<E>, [b, t]: Pair<E>): Pair<E> {
    const { subtract, multiply, divide } = this.numbers;
    const quotient = divide(a, b);
    return [quotient, divide(subtract(s, multiply(quotient, t)), b)];
  }

  /** The derivative of each named function, from its value. */
  named(name: string, [a, s]: Pair<E>): Pair<E> {
    const { named, multiply, subtract, divide } = this.numbers;
    const value = named(name, a);
    const one = this.one;
    const slopes: Readonly<Record<string, () => E>> = {
      exp: () => value,
      log: () => divide(one, a),
      sqrt: () => divide(one, this.numbers.add(value, value)),
      tanh: () => subtract(one, multiply(value, value)),
      sin: () => named("cos", a),
      cos: () => subtract(this.zero, named("sin", a)),
      abs: () => named("sign", a),
      sign: () => this.zero,
      step: () => this.zero,
      normal: () => named("density", a),
      density: () => subtract(this.zero, multiply(a, value)),
    };
    const slope = slopes[name];
    if (!slope) throw new Unknown(name);
    return [value, this.numbers.isZero(s) ? this.zero : multiply(slope(), s)];
  }

  power(a: Pair<E>, exponent: number): Pair<E> {
    let result = this.whole(1);
    for (let i = 0; i < Math.abs(exponent); i++) result = this.multiply(result, a);
    return exponent < 0 ? this.divide(this.whole(1), result) : result;
  }

  fill(rows: number, columns: number, entry: (row: number, column: number) => Pair<E>): Matrix<E> {
    const entries = Array.from({ length: rows * columns }, (_, i) => entry(Math.floor(i / columns), i % columns));
    return { rows, columns, entries };
  }
  einsum(spec: string, args: readonly Matrix<E>[], [rows, columns]: readonly [number, number]): Matrix<E> {
    const [left = "", result = ""] = spec.split("->");
    const inputs = args.length === 0 ? [] : left.split(",");
    if (inputs.length !== args.length) throw new Unknown("a product with other arguments");
    const lengths = new Map<string, number>();
    const measure = (letters: string, extent: readonly number[]): void => {
      for (const [i, letter] of [...letters].entries()) {
        const length = extent[i] as number;
        if ((lengths.get(letter) ?? length) !== length) throw new Unknown("sizes that do not fit");
        lengths.set(letter, length);
      }
      for (let i = letters.length; i < 2; i++) if (extent[i] !== 1) throw new Unknown("sizes that do not fit");
    };
    for (const [i, letters] of inputs.entries()) measure(letters, [args[i]?.rows ?? 1, args[i]?.columns ?? 1]);
    measure(result, [rows, columns]);
    const names = [...lengths.keys()];
    const sums = this.fill(rows, columns, () => this.whole(0)).entries.slice();
    const total = names.reduce((all, name) => all * (lengths.get(name) as number), 1);
    for (let point = 0; point < total; point++) {
      let rest = point;
      const at = new Map<string, number>();
      for (const name of names) {
        const length = lengths.get(name) as number;
        at.set(name, rest % length);
        rest = Math.floor(rest / length);
      }
      const placeIn = (letters: string, width: number): number =>
        (at.get(letters[0] ?? "") ?? 0) * width + (at.get(letters[1] ?? "") ?? 0);
      const product = args.reduce(
        (all, { columns: width, entries }, i) =>
          this.multiply(all, entries[placeIn(inputs[i] as string, width)] as Pair<E>),
        this.whole(1),
      );
      const place = placeIn(result, columns);
      sums[place] = this.add(sums[place] as Pair<E>, product);
    }
    return { rows, columns, entries: sums };
  }

  /** Gauss–Jordan elimination. */
  kernel(name: string, { rows, columns, entries }: Matrix<E>): Matrix<E> {
    if (rows !== columns || (name !== "inverse" && name !== "determinant")) throw new Unknown(name);
    const left = Array.from({ length: rows }, (_, i) => entries.slice(i * columns, (i + 1) * columns));
    const right = left.map((_, i) => left.map((_, j) => this.whole(i === j ? 1 : 0)));
    let determinant = this.whole(1);
    for (let k = 0; k < rows; k++) {
      const pivot = left.findIndex((row, i) => i >= k && !this.numbers.isZero((row[k] as Pair<E>)[0]));
      if (pivot < 0) throw new Unknown("a singular matrix");
      if (pivot !== k) {
        for (const matrix of [left, right])
          [matrix[k], matrix[pivot]] = [matrix[pivot] as Pair<E>[], matrix[k] as Pair<E>[]];
        determinant = this.subtract(this.whole(0), determinant);
      }
      const head = (left[k] as Pair<E>[])[k] as Pair<E>;
      determinant = this.multiply(determinant, head);
      for (const matrix of [left, right]) matrix[k] = (matrix[k] as Pair<E>[]).map(x => this.divide(x, head));
      for (let i = 0; i < rows; i++) {
        if (i === k) continue;
        const factor = (left[i] as Pair<E>[])[k] as Pair<E>;
        for (const matrix of [left, right])
          matrix[i] = (matrix[i] as Pair<E>[]).map((x, j) =>
            this.subtract(x, this.multiply(factor, (matrix[k] as Pair<E>[])[j] as Pair<E>)),
          );
      }
    }
    return name === "determinant" ? this.fill(1, 1, () => determinant) : { rows, columns, entries: right.flat() };
  }

  general(
    { face, function: name, slot }: Term & { is: "general" },
    args: readonly Matrix<E>[],
    [rows, columns]: readonly [number, number],
  ): Matrix<E> {
    const own = face === "pull" ? args.slice(1) : args;
    const flat = own.flatMap(({ entries }) => entries);
    const values = flat.map(([value]) => value);
    const { general, multiply, add, isZero } = this.numbers;
    const entry = (which: number, by: readonly number[]): Pair<E> => [
      general(name, which, by, values),
      flat.reduce((sum, [, slope], k) => {
        if (isZero(slope)) return sum;
        const both = [...by, k].sort((a, b) => a - b);
        return add(sum, multiply(general(name, which, both, values), slope));
      }, this.zero),
    ];
    if (face === "value") return this.fill(rows, columns, (i, j) => entry(i * columns + j, []));
    const before = own.slice(0, slot - 1).reduce((sum, { entries }) => sum + entries.length, 0);
    if (face === "jacobian") {
      // Row by row in the list of entries, column by column in the Jacobian.
      const { rows: height, columns: width } = own[slot - 1] as Matrix<E>;
      return this.fill(rows, columns, (i, j) => entry(i, [before + (j % height) * width + Math.floor(j / height)]));
    }
    const cotangent = face === "pull" ? (args[0]?.entries ?? []) : [this.whole(1)];
    return this.fill(rows, columns, (i, j) =>
      cotangent.reduce(
        (sum, g, which) => this.add(sum, this.multiply(g, entry(which, [before + i * columns + j]))),
        this.whole(0),
      ),
    );
  }
}
