/** Functions of whole square matrices, as they stand in generated files that use them. */
import type { Kernel, Scalar } from "../../ops/op.ts";

/** Elimination with the largest pivot of each column: stable for all but freak matrices. */
const PIVOTS = `/** Brings a (n by n) to echelon form in work by exchanging and subtracting rows; returns the sign of the exchanges. */
const eliminate = (n: number, a: Floats, work: Floats): number => {
  let sign = 1;
  for (let i = 0; i < n * n; i++) work[i] = a[i]!;
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(work[i * n + k]!) > Math.abs(work[p * n + k]!)) p = i;
    if (p !== k) {
      sign = -sign;
      for (let j = k; j < n; j++) {
        const kept = work[k * n + j]!;
        work[k * n + j] = work[p * n + j]!;
        work[p * n + j] = kept;
      }
    }
    const pivot = work[k * n + k]!;
    if (pivot === 0) continue;
    for (let i = k + 1; i < n; i++) {
      const factor = work[i * n + k]! / pivot;
      for (let j = k; j < n; j++) work[i * n + j]! -= factor * work[k * n + j]!;
    }
  }
  return sign;
};`;

const DETERMINANT = `/** The determinant of a (n by n). */
const determinantOf = (n: number, a: Floats, work: Floats): number => {
  let product = eliminate(n, a, work);
  for (let k = 0; k < n; k++) product *= work[k * n + k]!;
  return product;
};`;

const LOG_DETERMINANT = `/** The logarithm of the determinant of a (n by n), without over- or underflow; NaN where the determinant is negative. */
const logDeterminantOf = (n: number, a: Floats, work: Floats): number => {
  let sign = eliminate(n, a, work);
  let sum = 0;
  for (let k = 0; k < n; k++) {
    sign *= Math.sign(work[k * n + k]!);
    sum += Math.log(Math.abs(work[k * n + k]!));
  }
  return sign < 0 ? Number.NaN : sum;
};`;

const INVERSE = `/** Writes the inverse of a (n by n) to out; its entries are not finite where there is none. */
const inverseOf = (n: number, a: Floats, work: Floats, out: Floats): void => {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      work[i * n + j] = a[i * n + j]!;
      out[i * n + j] = i === j ? 1 : 0;
    }
  }
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(work[i * n + k]!) > Math.abs(work[p * n + k]!)) p = i;
    const pivot = work[p * n + k]!;
    for (let j = 0; j < n; j++) {
      const [left, right] = [work[k * n + j]!, out[k * n + j]!];
      work[k * n + j] = work[p * n + j]! / pivot;
      out[k * n + j] = out[p * n + j]! / pivot;
      if (p === k) continue;
      work[p * n + j] = left;
      out[p * n + j] = right;
    }
    for (let i = 0; i < n; i++) {
      const factor = work[i * n + k]!;
      if (i === k || factor === 0) continue;
      for (let j = 0; j < n; j++) {
        work[i * n + j]! -= factor * work[k * n + j]!;
        out[i * n + j]! -= factor * out[k * n + j]!;
      }
    }
  }
};`;

const LARGEST = `/** The largest of the n entries of a. */
const largestOf = (n: number, a: Floats): number => {
  let largest = a[0]!;
  for (let i = 1; i < n; i++) if (a[i]! > largest) largest = a[i]!;
  return largest;
};`;

const LARGEST_SLICES = `/** The largest of the n entries of each of count rows or columns: \`across\` is the way to the next, \`along\` that inside. */
const largestOfSlices = (count: number, n: number, across: number, along: number, a: Floats, out: Floats): void => {
  for (let s = 0; s < count; s++) {
    let largest = a[s * across]!;
    for (let i = 1; i < n; i++) largest = Math.max(largest, a[s * across + i * along]!);
    out[s] = largest;
  }
};`;

const MAXIMISER = `/** Writes 1 to the place of the largest of the n entries of a and 0 to all others; equal ones share the 1. */
const maximiserOf = (n: number, a: Floats, out: Floats): void => maximiserOfSlices(1, n, n, 1, a, out);`;

const MAXIMISER_SLICES = `/** The same for each of count rows or columns: \`across\` is the way to the next, \`along\` that inside. */
const maximiserOfSlices = (count: number, n: number, across: number, along: number, a: Floats, out: Floats): void => {
  for (let s = 0; s < count; s++) {
    let largest = a[s * across]!;
    let shared = 0;
    for (let i = 0; i < n; i++) {
      const entry = a[s * across + i * along]!;
      if (entry > largest) shared = 0;
      if (entry >= largest) {
        largest = entry;
        shared++;
      }
    }
    for (let i = 0; i < n; i++) out[s * across + i * along] = a[s * across + i * along]! === largest ? 1 / shared : 0;
  }
};`;

interface Code {
  readonly name: string;
  readonly parts: readonly string[];
}

const DENSITY = `/** The density of the standard normal distribution. */
const normalDensity = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);`;

const DISTRIBUTION = `/** The standard normal distribution function: a series near 0, a continued fraction in the tails. */
const normalDistribution = (x: number): number => {
  if (Math.abs(x) < 3) {
    let term = x;
    let sum = x;
    for (let i = 3, before = 0; sum !== before; i += 2) {
      before = sum;
      term *= (x * x) / i;
      sum += term;
    }
    return 0.5 + sum * normalDensity(x);
  }
  if (Number.isNaN(x)) return x;
  let below = Math.abs(x);
  for (let i = 80; i > 0; i--) below = Math.abs(x) + i / below;
  const tail = normalDensity(x) / below;
  return x < 0 ? tail : 1 - tail;
};`;

/** Kernels of vectors have code for all rows or columns of an array too. */
export const SLICED: Readonly<Partial<Record<Kernel, Code>>> = {
  largest: { name: "largestOfSlices", parts: [LARGEST_SLICES] },
  maximiser: { name: "maximiserOfSlices", parts: [MAXIMISER_SLICES] },
};

export const KERNELS: Readonly<Record<Kernel, Code>> = {
  inverse: { name: "inverseOf", parts: [INVERSE] },
  determinant: { name: "determinantOf", parts: [PIVOTS, DETERMINANT] },
  largest: { name: "largestOf", parts: [LARGEST] },
  maximiser: { name: "maximiserOf", parts: [MAXIMISER, MAXIMISER_SLICES] },
  "log-determinant": { name: "logDeterminantOf", parts: [PIVOTS, LOG_DETERMINANT] },
};

/** Functions of numbers that the language does not have, by their names in the closed list. */
export const SCALARS: Readonly<Partial<Record<Scalar, Code>>> = {
  density: { name: "normalDensity", parts: [DENSITY] },
  normal: { name: "normalDistribution", parts: [DENSITY, DISTRIBUTION] },
};

/** The code of the kernels and functions whose names are among the words of a program, each part once. */
export const kernelsIn = (words: ReadonlySet<string>): readonly string[] => [
  ...new Set(
    [...Object.values(KERNELS), ...Object.values(SLICED), ...Object.values(SCALARS)].flatMap(({ name, parts }) =>
      words.has(name) ? parts : [],
    ),
  ),
];
