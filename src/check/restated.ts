/**
 * Formulas that say in one piece what the forward equations compute step by step. Where the two agree but for one part,
 * such as √d in place of d, the note contradicts itself, and the part is another definition of what it stands for.
 */
import { Witness } from "../exact/witness.ts";
import { type Node, sameShape } from "../expr/node.ts";
import { type Equation, familyOf, type System } from "../expr/system.ts";
import { readsIn } from "../expr/walk.ts";
import { Aliases } from "../note/claims/aliases.ts";
import { ClaimReader } from "../note/claims/reader.ts";
import type { ReadClaim } from "../note/claims/reading.ts";
import { baseOfName, readNames } from "../note/occurrences.ts";
import type { NoteSystem } from "../note/read.ts";
import { DEFINES, type Definition } from "../note/statements.ts";
import { everyPart, speaksOfDerivatives } from "../note/tree.ts";
import type { Syntax } from "../parse/syntax.ts";

/** Another formula for what a definition of the note gives, and the definition in which it stands. */
export interface Restated {
  readonly first: Definition;
  readonly other: Syntax;
  readonly where: Definition;
}

/** Equations for no name of the system, or for one that was defined before. */
const formulasOf = ({ claims }: NoteSystem): readonly Definition[] =>
  claims.flatMap(({ statement, definition, continues }) => {
    if (definition) return [definition];
    if (!statement || continues || statement.body.kind !== "relations" || speaksOfDerivatives(statement.body))
      return [];
    const [left, right] = statement.body.members;
    if (!left || !right || !DEFINES.has(statement.body.operators[0]?.spelling ?? "")) return [];
    return [{ left, right, conditions: [], span: { start: left.span.start, end: right.span.end } }];
  });

/** The letters in it: enough to see what cannot be about the same. */
const lettersOf = (syntax: Syntax): string => [...new Set(readNames(syntax).map(baseOfName))].sort().join(" ");

/** Whether two terms are made of the same members and the same sizes. */
const sameLeaves = (a: Node, b: Node): boolean => {
  const [left, right] = [readsIn(a), new Set(readsIn(b))];
  return left.length === right.size && left.every(leaf => right.has(leaf)) && a.free.join() === b.free.join();
};

const isFormula = (syntax: Syntax): boolean => syntax.kind !== "symbol" && syntax.kind !== "scripted";

const isWithin = ({ indices }: ReadClaim, outer: readonly string[]): boolean =>
  indices.every(letter => outer.includes(letter));

/** Whether a term is what an equation computes, with every member as the system has it. */
const computes = (witness: Witness, { left, over, indices }: Equation, claim: ReadClaim): boolean => {
  const [right] = claim.members;
  if (!right || !sameShape(left.shape, right.shape) || !isWithin(claim, indices)) return false;
  const equation = { left, right, indices, over };
  return (["few", "every"] as const).every(effort => witness.judge(equation, {}, effort).verdict === "equal");
};

const withRight = (system: System, equation: Equation, right: Equation["right"]): System => ({
  ...system,
  equations: system.equations.map(each => (each === equation ? { ...each, right } : each)),
});

export const restatementsIn = (part: NoteSystem): readonly Restated[] => {
  const { forward, definitions } = part;
  if (!forward) return [];
  const { system } = forward.assembled;
  const formulas = formulasOf(part);
  const given = definitions.filter(definition => !formulas.some(({ span }) => span.start === definition.span.start));
  const reader = new ClaimReader(
    forward,
    formulas.map(({ right }) => right),
    new Aliases(),
  );
  const read = (syntax: Syntax): ReadClaim | undefined => {
    const reading = reader.read([syntax], []);
    return reading.kind === "read" ? reading.claim : undefined;
  };
  let plain: Witness | undefined;
  return formulas.flatMap((where): readonly Restated[] => {
    const parts = everyPart(where.right).filter(isFormula);
    const candidates = given.flatMap(first => {
      const letters = lettersOf(first.right);
      return parts.flatMap(other => (lettersOf(other) === letters ? [{ first, other }] : []));
    });
    if (candidates.length === 0) return [];
    const whole = read(where.right);
    plain ??= new Witness(system);
    if (!whole || system.equations.some(each => computes(plain as Witness, each, whole))) return [];
    return candidates
      .filter(({ first, other }) => {
        const family = reader.resolve(first.left)?.family;
        const node = family && reader.symbolOf(family);
        const [equation, more] = system.equations.filter(({ left }) => familyOf(left) === node);
        const claim = read(other);
        const [meaning] = claim?.members ?? [];
        if (!equation || more || !claim || !meaning || meaning === equation.right) return false;
        if (!sameShape(meaning.shape, equation.left.shape) || !isWithin(claim, equation.indices)) return false;
        if (!sameLeaves(meaning, equation.right)) return false;
        const amended = withRight(system, equation, meaning);
        const witness = new Witness(amended);
        return amended.equations.some(each => each.left !== equation.left && computes(witness, each, whole));
      })
      .slice(0, 1)
      .map(({ first, other }) => ({ first, other, where }));
  });
};
