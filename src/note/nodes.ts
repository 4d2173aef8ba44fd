/** From drafts to nodes, once all choices are made. */
import { InternalError } from "../base/diagnostic.ts";
import { interval } from "../expr/domain.ts";
import {
  at,
  integerNode,
  type Node,
  normalShape,
  number,
  over,
  type Shape,
  type SymbolNode,
  sameShape,
} from "../expr/node.ts";
import { integer } from "../expr/polynomial.ts";
import { call } from "../ops/call.ts";
import { describeShape } from "../shape/signature.ts";
import type { Interval } from "./domains.ts";
import type { Binding, Draft } from "./draft.ts";
import type { Family } from "./names.ts";
import type { Extent } from "./sizes.ts";
import { problem } from "./surroundings.ts";
import type { Typing } from "./typing.ts";

const ONE = integer(1);

export const shapeOf = ({ sizes }: Typing, { rows, columns }: Extent): Shape =>
  normalShape([sizes.known(rows) ?? ONE, sizes.known(columns) ?? ONE]);

/** Factors of one shape can be multiplied with each other only if that is square. */
const requireSquare = (shape: Shape, { span }: Binding): void => {
  if (shape.length === 0 || (shape.length === 2 && shape[0]?.key === shape[1]?.key)) return;
  problem(
    "S002",
    "the factors of a product do not fit each other",
    span,
    `each is ${describeShape(shape)}`,
    "The factors of \\prod are scalars or square matrices; a product entry by entry is written out with \\odot.",
  );
};

export class Builder {
  readonly nodes: (Node | undefined)[] = [];
  constructor(
    readonly typing: Typing,
    readonly symbols: ReadonlyMap<Family, SymbolNode>,
    readonly functionIds: ReadonlyMap<string, string>,
    readonly parameters: ReadonlyMap<string, SymbolNode>,
    readonly rangeOf: (binding: Binding, body: Node) => Interval,
  ) {}

  /** Builds all drafts that the solution uses, children first. */
  run(): void {
    for (const [id, draft] of this.typing.drafts.all.entries()) this.nodes[id] = this.#build(draft);
  }

  #build(draft: Draft): Node | undefined {
    const { solution, sizes, drafts } = this.typing;
    switch (draft.kind) {
      case "number":
        return number(draft.value);
      case "integer":
        return integerNode(draft.value);
      case "parameter":
        return this.parameters.get(draft.fn);
      case "read": {
        const of = this.symbols.get(draft.family);
        return of && (draft.index.length === 0 ? of : at(of, draft.index));
      }
      case "grouping": {
        const taken = solution.taken[draft.choice];
        return taken === undefined ? undefined : this.nodes[draft.options[taken] as number];
      }
      case "operation": {
        const taken = solution.taken[draft.choice];
        const option = taken === undefined ? undefined : draft.options[taken];
        if (!option) return undefined;
        const args = option.args.flatMap((arg, i) =>
          option.reading.args[i]?.kind === "integer" ? [] : [this.nodes[arg]],
        );
        if (args.some(arg => arg === undefined)) return undefined;
        const integers = new Map([...option.sizes].map(([name, term]) => [name, sizes.known(term) ?? ONE] as const));
        return option.reading.build(args as readonly Node[], integers);
      }
      case "application": {
        const args = draft.args.map(arg => this.nodes[arg]);
        const fn = this.typing.prepared.functions.find(draft.fn);
        if (!fn || args.some(arg => arg === undefined)) return undefined;
        const id = this.functionIds.get(draft.fn) as string;
        const kind = this.typing.kinds.get(fn);
        if (kind === "elementwise")
          return call("elementwise", args as readonly Node[], { function: id, order: draft.order });
        const result = shapeOf(this.typing, draft.extent);
        if (draft.order === 0) return call("apply", args as readonly Node[], { function: id, result });
        // ℓ′(z) of a number ℓ(z) is its gradient.
        if (kind !== "scalar" || draft.order > 1 || args.length > 1 || !sameShape((args[0] as Node).shape, result))
          problem("V021", "this derivative of a function is not read", draft.span, "write it out");
        return call("gradient", args as readonly Node[], { function: id, result: [], slot: 1 });
      }
      case "made": {
        const args = draft.args.map(arg => this.nodes[arg]);
        return args.some(arg => arg === undefined) ? undefined : draft.build(args as readonly Node[]);
      }
      case "fold": {
        const body = this.nodes[draft.body];
        if (!body) return undefined;
        if (draft.fold !== "sum") requireSquare(body.shape, draft.binding);
        const { low, high } = this.rangeOf(draft.binding, body);
        return over(draft.fold, draft.binding.index, interval(draft.binding.index, low, high), body);
      }
    }
    throw new InternalError(`a draft of unknown kind: ${drafts.all.length}`);
  }
}
