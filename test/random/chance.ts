/** A small generator of pseudo-random numbers (xorshift), so that a printed seed gives the same systems everywhere. */
export class Chance {
  #state: number;
  constructor(seed: number) {
    this.#state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x6a09e667) | 0 || 1;
    for (let i = 0; i < 4; i++) this.below(2);
  }
  below(count: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (Math.imul(x, 0x2c9277b5) >>> 0) % count;
  }
  happens(probability: number): boolean {
    return this.below(10_000) < probability * 10_000;
  }
  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new Error("nothing to pick from");
    return from[this.below(from.length)] as T;
  }
}
