/** Equations about a system in the inside notation, for tests of what judges and proves them. */
import type { StatedEquation } from "../../src/exact/witness.ts";
import { domain } from "../../src/expr/domain.ts";
import { minus } from "../../src/expr/polynomial.ts";
import type { System } from "../../src/expr/system.ts";
import { readSize } from "../../src/shape/signature.ts";
import { readTerm } from "../../src/term/read.ts";

/** The range of an index, both ends included, as sizes are written: ["t", "1", "T-1"]. */
type Range = readonly [index: string, low: string, high: string];

export const stated = (system: System, left: string, right: string, range?: Range): StatedEquation => {
  const symbols = new Map([...system.symbols].map(([name, { node }]) => [name, node]));
  const read = (text: string) => readTerm(text, { symbols, functions: system.functions });
  if (!range) return { left: read(left), right: read(right), indices: [], over: domain([]) };
  const [index, low, high] = range;
  const over = domain([minus(readSize(index), readSize(low)), minus(readSize(high), readSize(index))]);
  return { left: read(left), right: read(right), indices: [index], over };
};
