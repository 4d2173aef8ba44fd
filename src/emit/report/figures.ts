/** Numbers of counterexamples, short and yet so that the two sides are seen to differ. */
export type Rows = readonly (readonly number[])[];

/** So many digits tell two sides apart, or as many more as they need; what is smaller than the last of them is rounding. */
const DIGITS = 4;
const MOST_DIGITS = 12;
const ROUNDING = 1e-12;

export const figure = (value: number, digits = DIGITS): string =>
  String(Math.abs(value) < ROUNDING ? 0 : Number(value.toPrecision(digits))).replace("-", "−");

const textOf = (rows: Rows, digits: number): string =>
  rows
    .flat()
    .map(value => figure(value, digits))
    .join(" ");

/** How many digits show that two arrays differ. */
export const digitsApart = (left: Rows, right: Rows): number => {
  let digits = DIGITS;
  while (digits < MOST_DIGITS && textOf(left, digits) === textOf(right, digits)) digits++;
  return digits;
};
