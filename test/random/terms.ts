/** Random well-typed terms: for a wanted shape, an op whose result has it, and arguments by the same means. */
import { interval } from "../../src/expr/domain.ts";
import { integerNode, type Node, number, over, SCALAR, type Shape, type Size, sameShape } from "../../src/expr/node.ts";
import { named, ONE, type Polynomial } from "../../src/expr/polynomial.ts";
import { rational } from "../../src/expr/rational.ts";
import { call, opOf } from "../../src/ops/call.ts";
import type { Chance } from "./chance.ts";
import { PRODUCTIONS } from "./productions.ts";
import { columnsOf, type Make, type Production, rowsOf, shapeOf, type TermSetting } from "./setting.ts";
import { admits, type Need, needsOf } from "./signatures.ts";

/** What nets are made of, with how often each stands in a term beside the others. All other ops stand in one as often as each other. */
const FRAME: Readonly<Record<string, number>> = {
  add: 3,
  subtract: 1,
  negate: 1,
  hadamard: 1,
  scale: 1,
  matmul: 4,
  transpose: 1,
  elementwise: 2,
  outer: 1,
  diag: 1,
};
/** How many ops of a term are of the frame, whatever else the table of ops holds. */
const FRAMED = 0.5;

const inFrame = [...PRODUCTIONS].filter(([op]) => FRAME[op] !== undefined);
const others = [...PRODUCTIONS].filter(([op]) => FRAME[op] === undefined);

const fitting = (productions: readonly Production[], shape: Shape, setting: TermSetting): readonly Production[] =>
  productions.filter(({ fits }) => fits(shape, setting));

/** An op of the frame or one of the others, and a way to make it. */
const drawn = (shape: Shape, setting: TermSetting): Production => {
  const { chance } = setting;
  const list = (chance.happens(FRAMED) ? inFrame : others).flatMap(([op, ways]) => {
    const fit = fitting(ways, shape, setting);
    return fit.length > 0 ? [{ weight: FRAME[op] ?? 1, fit }] : [];
  });
  let left = (chance.below(1 << 20) / (1 << 20)) * list.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, fit } of list) {
    left -= weight;
    if (left < 0) return chance.pick(fit);
  }
  throw new Error("no op makes such a shape");
};

/** The share of random terms whose setting has what an op needs: an op is asked for the more often the fewer admit it. */
const AVAILABLE: Readonly<Record<Need, number>> = { signs: 0.5, roots: 0.15, "no roots": 0.85 };

const SERVED = [...PRODUCTIONS.keys()].map(name => {
  const needs = needsOf(opOf(name));
  return { name, needs, weight: 1 / [...needs].reduce((share, need) => share * AVAILABLE[need], 1) };
});

/**
 * The op whose turn it is: every op of the table in proportion, whatever the table holds. Multiples of the golden ratio
 * cover an interval evenly, so consecutive turns are as even as a list that is gone through.
 */
export const opInTurn = (turn: number, setting: TermSetting): string => {
  const list = SERVED.filter(({ needs }) => admits(needs, setting));
  let left = ((turn * ((Math.sqrt(5) - 1) / 2)) % 1) * list.reduce((sum, { weight }) => sum + weight, 0);
  for (const { name, weight } of list) {
    left -= weight;
    if (left < 0) return name;
  }
  return (list.at(-1) as { name: string }).name;
};

/** A term of any shape inside one of the wanted shape. */
const within = (term: Node, wanted: Shape, make: Make, chance: Chance): Node => {
  if (sameShape(term.shape, wanted)) return call(chance.happens(0.5) ? "add" : "hadamard", [make(wanted, 0), term]);
  if (term.shape.length === 0) return call("scale", [term, make(wanted, 0)]);
  if (wanted.length === 0) return call("inner", [make(term.shape, 0), term]);
  const left = call("matmul", [make(shapeOf(rowsOf(wanted), rowsOf(term.shape)), 0), term]);
  if (sameShape(left.shape, wanted)) return left;
  return call("matmul", [left, make(shapeOf(columnsOf(term.shape), columnsOf(wanted)), 0)]);
};

const constant = (chance: Chance): Node => number(rational(1 + chance.below(9), 1 + chance.below(4)));

/** A term of a shape in which a given op stands. */
export const randomTerm = (shape: Shape, depth: number, setting: TermSetting, wantedOp: string): Node => {
  const { chance, leaves, integers } = setting;
  const own = { ...setting };
  const leaf = (wanted: Shape): Node | undefined => {
    const found = leaves.reads.filter(node => sameShape(node.shape, wanted));
    if (found.length > 0 && (wanted.length > 0 || chance.happens(0.5))) return chance.pick(found);
    if (wanted.length > 0) return undefined;
    if (integers.length > 0 && chance.happens(0.3)) return integerNode(named(chance.pick(integers)));
    return constant(chance);
  };
  const make: Make = (wanted, left) => {
    if (left <= 0) {
      const found = leaf(wanted);
      if (found) return found;
      const turned = leaf(shapeOf(columnsOf(wanted), rowsOf(wanted)));
      if (turned) return call("transpose", [turned]);
      return wanted.length === 0 ? constant(chance) : fallback(wanted);
    }
    if (chance.happens(0.16)) {
      const found = leaf(wanted);
      if (found) return found;
    }
    return drawn(wanted, own).make(wanted, left, make, own);
  };
  const fallback = (wanted: Shape): Node => {
    if (wanted.length === 1) {
      const matrix = leaves.reads.find(
        node => node.shape.length === 2 && sameShape([node.shape[0] as Size], [rowsOf(wanted)]),
      );
      if (matrix)
        return call("matmul", [matrix, call("ones", [integerNode(columnsOf(matrix.shape)), integerNode(ONE)])]);
    }
    return call("scale", [
      leaf(SCALAR) ?? constant(chance),
      call("ones", [integerNode(rowsOf(wanted)), integerNode(columnsOf(wanted))]),
    ]);
  };
  const ways = PRODUCTIONS.get(wantedOp) ?? [];
  const free = ways.filter(({ anyShape }) => anyShape);
  // Half of the terms are of the op at their root, where the shape admits it.
  const direct = fitting(ways, shape, own);
  if (direct.length > 0 && (free.length === 0 || chance.happens(0.5)))
    return within(chance.pick(direct).make(shape, depth - 1, make, own), shape, make, chance);
  if (free.length > 0) return within(chance.pick(free).anyShape?.(depth - 1, make, own) as Node, shape, make, chance);
  for (const other of [SCALAR, [own.dimensions[0] as Size], [own.dimensions[0] as Size, own.dimensions[0] as Size]]) {
    const [way] = fitting(ways, other, own);
    if (way) return within(way.make(other, depth, make, own), shape, make, chance);
  }
  throw new Error(`nothing makes ${wantedOp} here`);
};

/** Σ over lo ≤ index ≤ hi. */
export const sumOver = (
  index: string,
  lo: Polynomial | number | string,
  hi: Polynomial | number | string,
  body: Node,
): Node => over("sum", index, interval(index, lo, hi), body);
