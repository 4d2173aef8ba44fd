/** The parts of a generated file that are the same in all. */

/** Every word that the frame uses, so that nothing else gets these names. */
export const WORDS: readonly string[] = [
  "create",
  "dims",
  "functions",
  "forward",
  "backward",
  "check",
  "checked",
  "loss",
  "parameters",
  "inputs",
  "values",
  "gradients",
  "wholeNumber",
  "layout",
  "ratio",
  "placeOf",
  "labels",
  "eliminate",
  "largestOf",
  "largestOfSlices",
  "maximiserOf",
  "maximiserOfSlices",
  "determinantOf",
  "logDeterminantOf",
  "inverseOf",
  "at",
  "sample",
];

export const CHECK_TYPES = `/** Tolerances of the gradient check, under the names and with the defaults of torch.autograd.gradcheck. */
export interface CheckOptions {
  readonly eps?: number;
  readonly atol?: number;
  readonly rtol?: number;
}

/** One entry: where it stands (the indices of its member, then its row and column from 0), and both derivatives. */
export interface CheckedEntry {
  readonly name: string;
  readonly at: readonly number[];
  readonly analytic: number;
  readonly numeric: number;
}

export interface CheckReport {
  readonly ok: boolean;
  readonly entries: number;
  /** The entries where the derivatives differ by more than atol + rtol |numeric|. */
  readonly failures: readonly CheckedEntry[];
  /** The entry where they differ most. */
  readonly worst: CheckedEntry | undefined;
}

interface Checked {
  readonly name: string;
  readonly values: Floats;
  readonly gradient: Floats;
  readonly lower: readonly number[];
  readonly shape: readonly number[];
  /** Whether the user sets the entry at a position; forward() computes the others. */
  readonly isGiven: (at: readonly number[]) => boolean;
}`;

export const SIZE = `const wholeNumber = (name: string, value: number, least: number): number => {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(\`\${name} must be a whole number of at least \${least}, not \${value}\`);
  }
  return value;
};`;

export const RATIO = `/** n / d in a derivative; 0 where d is 0. */
const ratio = (n: number, d: number): number => (d === 0 ? 0 : n / d);`;

export const PLACE = `/** The place, counted from 0, that a label names. */
const placeOf = (label: number, first: number, places: number): number => {
  const place = label - first;
  if (!(place >= 0 && place < places)) {
    throw new RangeError(\`a label must be one of \${first} to \${first + places - 1}, not \${label}\`);
  }
  return place;
};`;

/** Single precision cannot resolve differences of 1e-6. */
export const TOLERANCES = {
  f64: "eps = 1e-6, atol = 1e-5, rtol = 1e-3",
  f32: "eps = 1e-2, atol = 1e-2, rtol = 1e-2",
} as const;

export const CHECK = `  /** Compares every gradient entry with a central difference of the loss. */
  function check({ TOLERANCES }: CheckOptions = {}): CheckReport {
    forward();
    backward();
    const failures: CheckedEntry[] = [];
    let worst: CheckedEntry | undefined;
    let entries = 0;
    for (const { name, values, gradient, lower, shape, isGiven } of checked) {
      for (let offset = 0; offset < values.length; offset++) {
        const at: number[] = [];
        for (let axis = shape.length - 1, rest = offset; axis >= 0; axis--) {
          const extent = shape[axis]!;
          at.unshift((rest % extent) + lower[axis]!);
          rest = Math.floor(rest / extent);
        }
        if (!isGiven(at)) continue;
        const kept = values[offset]!;
        values[offset] = kept + eps;
        const high = values[offset]!;
        const above = forward();
        values[offset] = kept - eps;
        const low = values[offset]!;
        const below = forward();
        values[offset] = kept;
        const entry: CheckedEntry = { name, at, analytic: gradient[offset]!, numeric: (above - below) / (high - low) };
        const gap = Math.abs(entry.analytic - entry.numeric);
        if (!(gap <= atol + rtol * Math.abs(entry.numeric))) failures.push(entry);
        if (worst === undefined || !(gap <= Math.abs(worst.analytic - worst.numeric))) worst = entry;
        entries++;
      }
    }
    forward();
    return { ok: failures.length === 0, entries, failures, worst };
  }`;
