/** Random well-typed terms of all ops, some of them with names that are taken twice: sizes called like symbols. */
import fc from "fast-check";
import { domain, intersect, interval } from "../../src/expr/domain.ts";
import {
  type Attributes,
  at,
  integerNode,
  type Node,
  number,
  over,
  partial,
  Scope,
  symbol,
} from "../../src/expr/node.ts";
import { minus, named, type Polynomial, plus, times } from "../../src/expr/polynomial.ts";
import { rational } from "../../src/expr/rational.ts";
import { AXES, along, membersOf } from "../../src/ops/along.ts";
import { call, fit as fitted } from "../../src/ops/call.ts";
import { OPS } from "../../src/ops/index.ts";
import { readSignature } from "../../src/shape/signature.ts";
import type { Names } from "../../src/term/read.ts";

export const scope = new Scope();
const [m, n] = [named("m"), named("n")];
const symbols = [
  symbol(scope, "A", [m, n]),
  symbol(scope, "S", [n, n]),
  symbol(scope, "R", [n, m]),
  symbol(scope, "v", [n]),
  symbol(scope, "n", [m]),
  symbol(scope, "t"),
  symbol(scope, "k"),
  symbol(scope, "c"),
  symbol(scope, "L"),
  symbol(scope, "h", [n], 1),
  symbol(scope, "i", [n, n], 2),
];
export const names: Names = {
  symbols: new Map(symbols.map(s => [s.name, s])),
  functions: new Map([
    ["phi", { kind: "elementwise", result: [] }],
    ["ell", { kind: "general", result: [] }],
    ["f", { kind: "general", result: [n] }],
  ]),
};

/** Random choices from a list of numbers that fast-check shrinks. */
export const terms: fc.Arbitrary<Node> = fc.array(fc.nat(1_000_000), { minLength: 30, maxLength: 90 }).map(choices => {
  let next = 0;
  const below = (limit: number): number => (choices[next++ % choices.length] as number) % limit;
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const polynomial = (): Polynomial => {
    const parts = Array.from({ length: 1 + below(2) }, () => {
      const part = times(below(5) - 2, pick(["t", "s", "T", "n", "m"]));
      return below(4) === 0 ? times(part, pick(["T", "n"])) : part;
    });
    return plus(...parts, below(5) - 2);
  };
  const leaf = (): Node => {
    const member = (): Node =>
      pick([at(symbols[9] as never, [polynomial()]), at(symbols[10] as never, [polynomial(), polynomial()])]);
    switch (below(6)) {
      case 0:
        return number(rational(below(13) - 6, 1 + below(3)));
      case 1:
        return integerNode(polynomial());
      case 2:
        return member();
      case 3:
        return partial(symbols[8] as never, pick([symbols[0], member()]) as never, pick(["total", "immediate"]));
      default:
        return pick(symbols.slice(0, 9));
    }
  };
  const stock: Node[] = [...symbols.slice(0, 8), ...Array.from({ length: 4 }, leaf)];
  const integers = (): Node =>
    integerNode(below(3) === 0 ? polynomial() : pick([named("n"), named("m"), plus(below(4)), minus("T", 1)]));
  for (let step = 0; step < 24; step++) {
    const op = pick(OPS);
    let args: readonly Node[] = [];
    let attributes: Attributes = {};
    if (typeof op.shape === "string") {
      args = readSignature(op.shape).args.map(pattern => (pattern.kind === "integer" ? integers() : pick(stock)));
      if ("each" in op.means && op.means.each === "function") attributes = { function: "phi", order: below(3) };
      if (membersOf(op) && below(2) === 0) attributes = along(pick(AXES));
    } else {
      const fn = pick(["ell", "f"]);
      const own = Array.from({ length: 1 + below(3) }, () => pick(stock));
      attributes = { function: fn, result: fn === "f" ? [n] : [] };
      if ("abstract" in op.means && (op.means.abstract === "gradient" || op.means.abstract === "jacobian"))
        attributes = { ...attributes, slot: 1 + below(own.length) };
      if ("abstract" in op.means && op.means.abstract === "pull") {
        attributes = { ...attributes, slot: 1 + below(own.length) };
        own.unshift(pick(stock));
      }
      if ("abstract" in op.means && op.means.abstract === "chain") attributes = {};
      args = own;
    }
    if (!("kind" in fitted(op, args, attributes))) stock.push(call(op.name, args, attributes));
    if (below(6) === 0) {
      const body = pick(stock);
      const index = pick(["t", "s", "k"]);
      const isSquare =
        body.shape.length === 0 || (body.shape.length === 2 && body.shape[0]?.key === body.shape[1]?.key);
      const range = interval(
        index,
        pick([polynomial(), plus(1)].filter(p => !p.monomials.some(x => x.names.includes(index))).concat(plus(1))),
        "T",
      );
      const guarded = below(3) === 0 ? intersect(range, domain([minus("n", 2), plus(named(index), -2)])) : range;
      stock.push(over(isSquare ? pick(["sum", "product", "reversed-product"]) : "sum", index, guarded, body));
    }
  }
  return pick(stock.slice(12).concat(stock.at(-1) as Node));
});
