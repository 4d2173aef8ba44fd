/** The standard normal distribution in doubles. */

/** exp(-x²/2) / √(2π). */
export const normalDensity = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/**
 * The probability of a value up to x: near 0 a series, and in the tails, which subtraction would lose, a continued fraction.
 * Marsaglia 2004, Evaluating the normal distribution, Journal of Statistical Software 11(4).
 */
export const normalDistribution = (x: number): number => {
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
  let below = Math.abs(x);
  for (let i = 80; i > 0; i--) below = Math.abs(x) + i / below;
  const tail = normalDensity(x) / below;
  return x < 0 ? tail : 1 - tail;
};
