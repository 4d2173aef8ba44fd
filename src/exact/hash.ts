/** Keyed pseudo-random numbers: 61 bits out of a seed, names and numbers. Not for secrets. */

/** Two 32-bit lanes that everything is mixed into. */
export interface Lanes {
  a: number;
  b: number;
}

export const lanes = (seed: number): Lanes => ({
  a: Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b),
  b: Math.imul(seed + 0x7f4a7c15, 0xc2b2ae35),
});

/** Mixes a 32-bit number in; both lanes see every bit. */
export const mix = (state: Lanes, value: number): void => {
  let { a, b } = state;
  a = Math.imul(a ^ value, 0xcc9e2d51);
  a = (a << 15) | (a >>> 17);
  b = Math.imul(b + value, 0x1b873593) ^ a;
  b = (b << 13) | (b >>> 19);
  state.a = (Math.imul(a, 5) + b) | 0;
  state.b = (Math.imul(b, 5) + 0xe6546b64 + a) | 0;
};

export const mixText = (state: Lanes, text: string): void => {
  for (let i = 0; i < text.length; i++) mix(state, text.charCodeAt(i));
  mix(state, text.length);
};

/** The last stirring: every bit in reaches every bit out. */
export const settle = (state: Lanes): void => {
  mix(state, 0x52dce729);
  let { a, b } = state;
  a ^= a >>> 16;
  a = Math.imul(a, 0x85ebca6b);
  b ^= b >>> 15;
  b = Math.imul(b, 0x2c1b3c6d);
  a ^= (a >>> 13) ^ b;
  a = Math.imul(a, 0xc2b2ae35);
  b ^= (b >>> 12) ^ a;
  b = Math.imul(b, 0x297a2d39);
  state.a = a ^ (a >>> 16);
  state.b = b ^ (b >>> 15);
};
