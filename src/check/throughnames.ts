/**
 * prod(∂L/∂z, ∂z/∂s) where z = μ + exp(s/2) ⊙ ε and the note calls exp(s/2) r elsewhere: the checked system reads r in the equation
 * of z, and by the equation as the note writes it, what goes through r belongs to the product.
 */
import { callNode, type Node, partial, type SymbolNode, substituteIndices } from "../expr/node.ts";
import { type Polynomial, soleName } from "../expr/polynomial.ts";
import { type Equation, equationsOf, familyOf, indexOf, type System } from "../expr/system.ts";
import { readsIn, transform } from "../expr/walk.ts";
import { call, isChainRule } from "../ops/call.ts";

type Member = ReturnType<typeof readsIn>[number];

/** The letters of an equation's left side at a member; undefined where it gives others. */
const lettersAt = ({ left }: Equation, member: Member): ReadonlyMap<string, Polynomial> | undefined => {
  const letters = new Map<string, Polynomial>();
  for (const [i, place] of indexOf(left).entries()) {
    const index = indexOf(member)[i];
    const letter = soleName(place);
    if (index && letter !== undefined) letters.set(letter, index);
    else if (place.key !== index?.key) return undefined;
  }
  return letters;
};

/** What the equations of a member read. */
const readsOf = (system: System, member: Member): readonly Member[] =>
  equationsOf(system, familyOf(member)).flatMap(equation => {
    const letters = lettersAt(equation, member);
    return letters ? readsIn(substituteIndices(equation.right, letters)) : [];
  });

/** The members that the equation of another reads for parts that the note does not name there. */
const namedFor = (written: System, system: System, of: Member): readonly Member[] => {
  const own = new Set<SymbolNode>(readsOf(written, of).map(familyOf));
  const reads = new Set(readsOf(system, of));
  return [...reads].filter(read => !own.has(familyOf(read)));
};

/** A chain-rule product with what goes through such members; undefined where nothing does. */
const through = (written: System, system: System, first: Node, of: Member, wrt: Member): Node | undefined => {
  const paths = namedFor(written, system, of).flatMap(read => {
    const error = call("prod", [first, partial(of, read, "immediate")]);
    const reads = readsOf(system, read).some(node => familyOf(node) === familyOf(wrt));
    const direct = reads ? call("prod", [error, partial(read, wrt, "immediate")]) : undefined;
    return [direct, through(written, system, error, read, wrt)].filter(path => path !== undefined);
  });
  return paths.length === 0 ? undefined : paths.reduce((sum, path) => call("add", [sum, path]));
};

/** The members of a claim with every product of the chain rule by the equations as they are written: `written` and checked ones. */
export const throughNames = (written: System, system: System, members: readonly Node[]): readonly Node[] =>
  members.map(root =>
    transform(root, {
      call: (op, args, { args: [, jacobian], attributes, shape }) => {
        const [first] = args;
        if (!isChainRule(op) || !first || jacobian?.kind !== "partial") return callNode(op, args, attributes, shape);
        const plain = callNode(op, [first, jacobian], attributes, shape);
        const { of, wrt, reading } = jacobian;
        const more = reading === "immediate" ? through(written, system, first, of, wrt) : undefined;
        return more ? call("add", [plain, more]) : plain;
      },
    }),
  );
