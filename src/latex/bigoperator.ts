/** Sums and ordered products over an index. */
import { boundsOf } from "../expr/domain.ts";
import type { Fold, Node, OverNode } from "../expr/node.ts";
import { coefficientOf, named, type Polynomial, soleName } from "../expr/polynomial.ts";
import { isScalar } from "../ops/call.ts";
import { boundsInOrder } from "./integers.ts";
import { chooseLetter, indexLatex, type LatexContext } from "./names.ts";
import { atom, bracket, enclose, type Piece, signed } from "./piece.ts";
import type { Layout, Letters } from "./printing.ts";

/** How many nodes of a body are looked through for the families that an index runs over. */
const LOOK = 400;

/** The note's own index letters at the places where a bound index stands alone, then where it is shifted. */
const ownLetters = (context: LatexContext, node: OverNode): readonly string[] => {
  const alone: string[] = [];
  const shifted: string[] = [];
  const stack: Node[] = [node.body];
  const seen = new Set<Node>();
  while (stack.length > 0 && seen.size < LOOK) {
    const next = stack.pop() as Node;
    if (seen.has(next) || !next.free.includes(node.index)) continue;
    seen.add(next);
    if (next.kind === "at") {
      const own = context.symbols?.get(next.of.name)?.indices ?? [];
      next.index.forEach((entry, place) => {
        if (own[place] === undefined || !coefficientOf(entry, node.index)) return;
        (soleName(entry) === node.index ? alone : shifted).push(own[place]);
      });
    } else if (next.kind === "call") for (let i = next.args.length - 1; i >= 0; i--) stack.push(next.args[i] as Node);
    else if (next.kind === "over") stack.push(next.body);
    else if (next.kind === "partial") stack.push(next.wrt, next.of);
  }
  return [...new Set([...alone, ...shifted])].map(name => indexLatex(context, named(name)));
};

/** The sign of a fold; a product of matrices with the smallest index rightmost carries an arrow. */
const signOf = (fold: Fold, body: Node): string => {
  if (fold === "sum") return "\\sum";
  return fold === "product" || isScalar(body.shape) ? "\\prod" : "\\mathop{\\overset{\\leftarrow}{\\prod}}\\limits";
};

/** The letters of the note's own sums with this end. */
const countersOf = (context: LatexContext, upper: readonly Polynomial[]): readonly string[] => {
  const [end, more] = upper;
  const name = end && !more ? soleName(end) : undefined;
  const letters = name === undefined ? [] : (context.sizes?.get(name)?.counters ?? []);
  return letters.map(letter => indexLatex(context, named(letter)));
};

/** The last member of a family: T, n. */
const isSize = ({ sizes }: LatexContext, bound: Polynomial | undefined): boolean =>
  sizes?.has((bound && soleName(bound)) ?? "") === true;

/** The layout of a sum or product inside the letters around it; `taken` are the letters in use besides. */
export const bigOperator = (
  node: OverNode,
  around: Letters,
  context: LatexContext,
  taken: ReadonlySet<string>,
  prefer: readonly string[],
): Layout => {
  const { lower, upper, rest } = boundsOf(node.domain, node.index);
  const own = [...ownLetters(context, node), ...countersOf(context, upper), ...prefer];
  const letter = chooseLetter(context, own, new Set([...taken, ...around.of.values()]));
  const letters: Letters = {
    of: new Map([...around.of, [node.index, letter]]),
    key: `${around.key} ${node.index}=${letter}`,
  };
  const show = (value: Polynomial): string => indexLatex(context, value, letters.of);
  const several = (name: string, bounds: readonly Polynomial[]): string =>
    bounds.length === 1 ? show(bounds[0] as Polynomial) : `${name}(${boundsInOrder(bounds).map(show).join(", ")})`;
  const from = lower.length > 0 ? `${letter}=${several("\\max", lower)}` : letter;
  const guards = rest.where.map(condition => `${show(condition)} \\ge 0`);
  const isWhole =
    guards.length === 0 &&
    lower.length === 1 &&
    lower[0]?.key === "1" &&
    upper.length === 1 &&
    isSize(context, upper[0]);
  const isBare = isWhole && node.fold === "sum" && context.habits?.bareSums.has(letter) === true;
  const under = isBare ? letter : guards.length > 0 ? `\\substack{${[from, ...guards].join(" \\\\ ")}}` : from;
  const above = upper.length > 0 && !isBare ? `^{${several("\\min", upper)}}` : "";
  return {
    needs: [node.body],
    letters,
    build: ([piece]) => {
      const body = piece as Piece;
      const sum = node.fold === "sum";
      const written = sum
        ? body.level === "sum"
          ? enclose({ ...body, negative: false })
          : body.text
        : bracket(body, "power");
      return atom(`${signOf(node.fold, node.body)}_{${under}}${above} ${written}`, {
        level: "product",
        tall: true,
        open: true,
        big: true,
        negative: sum && body.level !== "sum" && body.negative,
        adjoint: body.adjoint,
        ...(sum && body.level === "sum" && body.negative
          ? { text: `${signOf(node.fold, node.body)}_{${under}}${above} \\left(${signed(body)}\\right)` }
          : {}),
      });
    },
  };
};
