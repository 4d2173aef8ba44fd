/** Parts of a right side that fit nothing by themselves: whatever holds one of them fits nothing either. */
import { valuesIn } from "../../note/tree.ts";
import type { Operator, SumSyntax, Syntax } from "../../parse/syntax.ts";

/** A part that can be read by itself. */
interface Piece {
  readonly part: Syntax;
  /** What is read for it. */
  readonly sides: readonly Syntax[];
  /** The next larger one that it stands in. */
  readonly within: Piece | undefined;
}

const isPlain = (sign: Operator | null): sign is Operator => sign?.spelling === "+" || sign?.spelling === "-";

/** A sum of the left side and a summand: a number fits beside arrays, though it is none. */
const besideLeft = (left: Syntax, body: Syntax, { terms, span }: SumSyntax): Syntax | undefined => {
  const sign = terms.map(term => term.sign).find(isPlain);
  return (
    sign && { kind: "sum", terms: [null, sign].map((own, i) => ({ sign: own, body: i === 0 ? left : body })), span }
  );
};

/** Brackets of products and sums, and the summands of the whole beside the left side; outer ones first. */
const piecesOf = (left: Syntax, right: Syntax): readonly Piece[] => {
  const pieces: Piece[] = [];
  const stack: { readonly syntax: Syntax; readonly within: Piece | undefined }[] = [
    { syntax: right, within: undefined },
  ];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { syntax, within } = top;
    if (syntax.kind !== "sum" && syntax.kind !== "product" && syntax.kind !== "group") continue;
    // What stands in brackets behind a name may be its argument, which is not read with it.
    const below =
      syntax.kind === "product" ? syntax.factors.flatMap(({ call, body }) => (call ? [] : [body])) : valuesIn(syntax);
    for (const part of below) {
      const beside = syntax.kind === "sum" && syntax === right ? besideLeft(left, part, syntax) : undefined;
      const sides = part.kind === "group" && part.body ? [part.body] : beside && [left, beside];
      const piece = sides && { part, sides, within };
      if (piece) pieces.push(piece);
      stack.push({ syntax: part, within: piece ?? within });
    }
  }
  return pieces;
};

/** Asks of one right side after the other whether a part of it fits nothing; of parts that they share, once. */
export class Misfits {
  readonly #left: Syntax;
  readonly #isMisfit: (sides: readonly Syntax[]) => boolean;
  readonly #known = new Map<Syntax, boolean>();

  constructor(left: Syntax, isMisfit: (sides: readonly Syntax[]) => boolean) {
    this.#left = left;
    this.#isMisfit = isMisfit;
  }

  #isStuck({ part, sides }: Piece): boolean {
    const stuck = this.#known.get(part) ?? this.#isMisfit(sides);
    this.#known.set(part, stuck);
    return stuck;
  }

  holdsOne(right: Syntax): boolean {
    const pieces = piecesOf(this.#left, right);
    // Inner ones are read faster.
    return pieces.some(({ part }) => this.#known.get(part)) || pieces.toReversed().some(piece => this.#isStuck(piece));
  }

  /** Whether two of them stand beside each other: no change of one place leaves neither. */
  holdsSeveral(right: Syntax): boolean {
    const stuck = piecesOf(this.#left, right).filter(piece => this.#isStuck(piece));
    const isOuter = ({ within }: Piece): boolean => {
      for (let around = within; around; around = around.within) if (stuck.includes(around)) return false;
      return true;
    };
    return stuck.filter(isOuter).length > 1;
  }
}
