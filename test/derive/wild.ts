/**
 * Random systems that stress index maps: several indices, windows, triangular and nested sums, reversed time, constant
 * indices, ordered products, initial members on both sides, families of several equations, sizes that are horizons.
 */

/** A small generator of pseudo-random numbers (mulberry32). */
class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below(n: number): number {
    return Math.floor(this.next() * n);
  }
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
  chance(p: number): boolean {
    return this.next() < p;
  }
}

interface Family {
  readonly name: string;
  /** "n m", "n" or "1". */
  readonly shape: string;
  readonly rank: number;
}

/** Reads of the family that is being defined which are evaluated earlier. */
interface Own {
  readonly shape: string;
  readonly reads: readonly string[];
}
const NO_READS: Own = { shape: "", reads: [] };

/** An index in scope; `reach` is the horizon that bounds it above, from 1 or 0 on. */
interface Letter {
  readonly name: string;
  readonly reach: string;
}

/** Names that objects of the language have, letters that are indices elsewhere, constants of other systems. */
const NAMES = [
  "constructor",
  "toString",
  "valueOf",
  "e",
  "pi",
  "E",
  "a",
  "b",
  "c",
  "x",
  "y",
  "v",
  "w",
  "z",
  "u",
  "hasOwnProperty",
  "f",
  "g",
  "h",
  "q",
  "r",
  "p",
  "isPrototypeOf",
  "A",
  "B",
  "C",
  "D",
  "W",
  "U",
  "V",
];
const INDICES = ["t", "i", "s", "k", "j", "l"];

export interface WildSystem {
  readonly text: string;
  readonly horizons: readonly string[];
}

export const wildSystem = (seed: number): WildSystem => {
  const dice = new Dice(seed);
  const two = dice.chance(0.35);
  const horizons = two ? ["T", "K"] : [dice.pick(["T", "N"])];
  const main = horizons[0] as string;
  const names = [...NAMES].sort(() => 0);
  const takeName = (): string => names.splice(dice.below(names.length), 1)[0] as string;
  const sizes = ["n", "m", ...(dice.chance(0.2) ? [main] : [])];
  const shapes = (): string =>
    dice.pick([
      "1",
      sizes[0],
      sizes[0],
      sizes[0],
      sizes[1],
      `${sizes[0]} ${sizes[0]}`,
      `${sizes[0]} ${dice.pick(sizes)}`,
    ] as string[]);
  const lines: string[] = [];
  const families: Family[] = [];
  const edge = dice.chance(0.5) ? 4 : 7;
  const rangeOf = (name: string): string =>
    `${name} = -${edge + 5}..${horizons.length > 1 ? `${main} + K + ${main} + K` : `2*${main}`} + ${edge + 5}`;
  const declare = (role: string, shape: string, rank: number): Family => {
    const name = takeName();
    const start = dice.below(INDICES.length);
    const letters = Array.from({ length: rank }, (_, i) => INDICES[(start + 2 * i) % INDICES.length] as string);
    const family = { name, shape, rank };
    const indices = rank === 0 ? "" : `[${letters.join(", ")}]`;
    lines.push(`${name}${indices}: ${shape} ${role}${rank === 0 ? "" : ` for ${letters.map(rangeOf).join(", ")}`}`);
    families.push(family);
    return family;
  };

  const indexMap = (scope: readonly Letter[]): string => {
    const c = dice.below(5) - 2;
    const offset = c === 0 ? "" : c > 0 ? ` + ${c}` : ` - ${-c}`;
    const roll = dice.next();
    if (scope.length === 0 || roll < 0.15)
      return dice.pick([`${dice.below(4)}`, `${main}${offset}`, `${main}`, "1", "0"]);
    const one = dice.pick(scope);
    if (roll < 0.55) return `${one.name}${offset}`;
    if (roll < 0.7) return `${one.reach} + 1 - ${one.name}`;
    const other = dice.pick(scope);
    if (other === one) return `${one.name}${offset}`;
    return roll < 0.85 ? `${one.name} + ${other.name}${offset}` : `${one.name} - ${other.name}${offset}`;
  };
  const read = (family: Family, scope: readonly Letter[]): string =>
    family.rank === 0
      ? family.name
      : `${family.name}[${Array.from({ length: family.rank }, () => indexMap(scope)).join(", ")}]`;

  const sides = (shape: string): readonly [string, string] => {
    const [rows = "1", columns = "1"] = shape === "1" ? ["1", "1"] : shape.split(" ");
    return [rows, columns];
  };
  const join = (rows: string, columns: string): string => (columns === "1" ? rows : `${rows} ${columns}`);

  let budget = 0;
  /** A term of a shape; `own` are reads of the family being defined that are allowed. */
  const term = (shape: string, scope: readonly Letter[], depth: number, own: Own): string => {
    budget++;
    const fits = families.filter(f => f.shape === shape);
    const [rows, columns] = sides(shape);
    const again = (of: string = shape): string => term(of, scope, depth - 1, own);
    if (depth <= 0 || budget > 40) {
      if (own.shape === shape && own.reads.length > 0 && dice.chance(0.5)) return dice.pick(own.reads);
      if (fits.length > 0) return read(dice.pick(fits), scope);
      return shape === "1" ? dice.pick(["2", "3", main]) : `ones(${rows}, ${columns})`;
    }
    const letter = (): string => INDICES.find(name => !scope.some(l => l.name === name)) as string;
    const roll = dice.next();
    if (roll < 0.16) return `(${again()} + ${again()})`;
    if (roll < 0.22) return `(${again()} - ${again()})`;
    if (roll < 0.3) return `(${again()} .* ${again()})`;
    if (roll < 0.35) return `phi(${again()})`;
    if (roll < 0.39) return `(${again("1")} * ${again()})`;
    if (roll < 0.6) {
      const name = letter();
      const reach = dice.pick(horizons);
      const range =
        scope.length > 0 && dice.chance(0.5)
          ? dice.pick([
              [dice.pick(scope).name, reach],
              ["1", dice.pick(scope).name],
              [`max(1, ${dice.pick(scope).name} - 2)`, `min(${reach}, ${dice.pick(scope).name} + 1)`],
              ["0", `${dice.pick(scope).name} - 1`],
            ] as const)
          : dice.pick([
              ["1", reach],
              ["1", reach],
              ["2", reach],
              ["0", `${reach} - 1`],
              ["1", "2"],
            ] as const);
      if (scope.length >= 3) return again();
      const inner = [...scope, { name, reach }];
      const guard = scope.length > 0 && dice.chance(0.12) ? `, ${dice.pick(scope).name} - 2` : "";
      return `sum(${name}, ${range[0]}, ${range[1]}, ${term(shape, inner, depth - 1, own)}${guard})`;
    }
    if (roll < 0.66 && rows === columns && scope.length < 2) {
      const name = letter();
      const hi = scope.length > 0 && dice.chance(0.5) ? (scope[0] as Letter).name : main;
      return `${dice.pick(["product", "reversedproduct"])}(${name}, ${dice.pick(["1", "2"])}, ${hi}, ${term(shape, [...scope, { name, reach: main }], 1, own)})`;
    }
    if (roll < 0.7 && rows === columns && rows !== "1")
      return `(${again()})^${dice.pick(["2", "3", ...scope.slice(0, 1).map(l => `(${l.name} + 1)`)])}`;
    if (roll < 0.75) return `(${again(join(columns, rows))})'`;
    if (roll < 0.79 && shape === "1")
      return `inner(${term("n", scope, depth - 1, own)}, ${term("n", scope, depth - 1, own)})`;
    if (roll < 0.82 && shape === "1") return `squarednorm(${term("n", scope, depth - 1, own)})`;
    if (roll < 0.85 && shape === "1")
      return `ell(${term("n", scope, depth - 1, own)}, ${term("n", scope, depth - 1, own)})`;
    if (roll < 0.87 && columns === "1" && rows !== "1") return `diagonal(${again(`${rows} ${rows}`)})`;
    if (roll < 0.89 && shape === "n") return `fun(${again()}, ${again("1")})`;
    if (roll < 0.91) return `(${again()} / ${main})`;
    if (roll < 0.93) return `-(${again()})`;
    const middle = dice.pick(["n", "m"]);
    return `(${again(join(rows, middle))} * ${again(join(middle, columns))})`;
  };

  for (let i = 2 + dice.below(3); i > 0; i--) declare("parameter", shapes(), dice.pick([0, 0, 1, 1, 2]));
  if (dice.chance(0.5)) declare("data", shapes(), 1);
  const equations: string[] = [];
  for (let i = 1 + dice.below(3); i > 0; i--) {
    const rank = dice.pick([0, 1, 1, 1, 2]);
    const shape = dice.pick(["n", "n", "1", "n n"]);
    const before = families.length;
    const { name } = declare("defined", shape, rank);
    const [self] = families.splice(before, 1) as [Family];
    budget = 0;
    if (rank === 0) equations.push(`${name} = ${term(shape, [], 3, NO_READS)}`);
    else {
      // The equation's index letters need not be those of the declaration.
      const letters = [...INDICES].slice(dice.below(3)).slice(0, rank);
      const reaches = letters.map(() => dice.pick(horizons));
      const scope = letters.map((letter, k) => ({ name: letter, reach: reaches[k] as string }));
      const up = dice.chance(0.25);
      const step = (k: number): string => `${letters[0]} ${up ? "+" : "-"} ${k}`;
      const rest = letters.slice(1).map(letter => dice.pick([letter, `${letter} - 1`, `${letter} + 1`, "1"]));
      const reads = dice.chance(0.75)
        ? [1, ...(dice.chance(0.3) ? [2] : [])].map(k => `${name}[${[step(k), ...rest].join(", ")}]`)
        : [];
      const own: Own = { shape, reads };
      const several = rank === 1 && reads.length > 0 && dice.chance(0.3);
      const range = letters.map(
        (letter, k) => `${letter} = ${k === 1 && dice.chance(0.3) ? letters[0] : "1"}..${reaches[k]}`,
      );
      equations.push(
        `${name}[${letters.join(", ")}] = ${reads.length > 0 ? `${dice.pick(reads)} .* ` : ""}${term(shape, scope, 2, own)} + ${term(shape, scope, 3, own)} for ${range.join(", ")}`,
      );
      if (several) {
        budget = 0;
        const [letter, reach] = [letters[0] as string, reaches[0] as string];
        if (dice.chance(0.5)) equations.push(`${name}[${up ? `${reach} + 1` : "0"}] = ${term(shape, [], 2, NO_READS)}`);
        else {
          const [lo, hi] = up ? [`${reach} + 1`, `${reach} + 2`] : ["-1", "0"];
          equations.push(
            `${name}[${letter}] = ${term(shape, [{ name: letter, reach }], 2, own)} for ${letter} = ${lo}..${hi}`,
          );
        }
      }
    }
    families.push(self);
  }
  budget = 0;
  const used = families.filter(f => !lines.some(line => line.startsWith(`${f.name}:`) && line.endsWith("data")));
  const last = used.at(-1) as Family;
  const ends = (family: Family): string => {
    const seen = read(family, family.rank > 0 ? [{ name: "t", reach: main }] : []);
    const squared = family.shape === "1" ? seen : `squarednorm(${seen})`;
    return family.rank > 0 ? `sum(t, 1, ${main}, ${squared})` : squared;
  };
  equations.push(
    `L = ${term("1", [], 4, NO_READS)} + ${ends(last)} + ${ends(dice.pick(used))} + sum(t, 1, ${main}, ${term("1", [{ name: "t", reach: main }], 3, NO_READS)})`,
  );
  const text = [
    "system wild",
    `horizon ${horizons.join(" ")}`,
    "function phi elementwise",
    "function ell(2) -> 1",
    "function fun(2) -> n",
    "unused: n m data",
    ...lines,
    "L: 1",
    ...equations,
    "objective L",
  ].join("\n");
  return { text, horizons };
};
