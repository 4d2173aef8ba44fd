/**
 * Names that a note gives to parts of its equations: s = W x + b beside h = tanh(W x + b). Nothing reads s, and yet gradients by
 * it are asked for: the equations read the name where they have the part.
 */
import type { Domain } from "../expr/domain.ts";
import { type Node, sameShape } from "../expr/node.ts";
import { type Equation, familyOf, type System } from "../expr/system.ts";
import { postorder, readsIn, replaceNodes } from "../expr/walk.ts";
import { canonical } from "../rules/canonical.ts";

const isRead = (system: System, { left }: Equation): boolean =>
  system.equations.some(({ right }) => readsIn(right).some(node => familyOf(node) === familyOf(left)));

const sameDomain = (a: Domain, b: Domain): boolean => {
  const keys = ({ where }: Domain): string =>
    where
      .map(({ key }) => key)
      .sort()
      .join();
  return keys(a) === keys(b);
};

/** The parts of a term that mean the same as another term. */
const partsLike = (root: Node, model: Node): readonly Node[] => {
  const form = canonical(model);
  return postorder(root).filter(
    node =>
      node.kind === model.kind &&
      sameShape(node.shape, model.shape) &&
      node.free.join() === model.free.join() &&
      canonical(node) === form,
  );
};

/** The system whose equations read such names, each before what reads it. */
export const withNamedParts = (system: System): System => {
  let { equations } = system;
  for (const equation of system.equations) {
    const { left, right, indices, over } = equation;
    if (right.kind !== "call" || familyOf(left) === system.objective || isRead(system, equation)) continue;
    const readers = equations.map((other): Equation => {
      if (other === equation || other.indices.join() !== indices.join() || !sameDomain(other.over, over)) return other;
      const parts = partsLike(other.right, right);
      return parts.length === 0
        ? other
        : { ...other, right: replaceNodes(other.right, new Map(parts.map(part => [part, left]))) };
    });
    const first = readers.findIndex((other, i) => other !== equations[i]);
    if (first < 0) continue;
    const others = readers.filter(other => other !== equation);
    const at = Math.min(first, equations.indexOf(equation));
    equations = [...others.slice(0, at), equation, ...others.slice(at)];
  }
  return equations === system.equations ? system : { ...system, equations };
};
