/**
 * Names that a note gives to parts of its equations: s = W x + b beside h = tanh(W x + b). The loss does not depend on s, and yet gradients by
 * it are asked for: the equations read the name where they have the part, and its entries where sums have those.
 */
import type { Domain } from "../expr/domain.ts";
import { type Node, open, over, sameShape } from "../expr/node.ts";
import { named } from "../expr/polynomial.ts";
import { type Equation, familyOf, type System } from "../expr/system.ts";
import { postorder, readsIn, replaceNodes, transform } from "../expr/walk.ts";
import { canonical } from "../rules/canonical.ts";
import { entryAt, entryOf } from "../rules/entrywise.ts";

/** Whether the loss depends on what an equation defines; of a system without a loss, whether anything does. */
const isRead = ({ objective }: System, equations: readonly Equation[], { left }: Equation): boolean => {
  const found = new Set([objective]);
  const defined = equations.some(each => familyOf(each.left) === objective);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const each of equations)
      if (!defined || found.has(familyOf(each.left))) for (const node of readsIn(each.right)) found.add(familyOf(node));
  }
  return found.has(familyOf(left));
};

const sameDomain = (a: Domain, b: Domain): boolean => {
  const keys = ({ where }: Domain): string =>
    where
      .map(({ key }) => key)
      .sort()
      .join();
  return keys(a) === keys(b);
};

/** The parts of a term that mean the same as another term, among those whose free names fit. */
const partsLike = (root: Node, model: Node, fits: (free: readonly string[]) => boolean): readonly Node[] => {
  const form = canonical(model);
  return postorder(root).filter(
    node =>
      node.kind === model.kind && sameShape(node.shape, model.shape) && fits(node.free) && canonical(node) === form,
  );
};

/** The index of a sum, as it is called while what stands below it is looked at. */
const INSIDE = "$entry";

/** The right side with the entries of a column read by its name where a sum over the places has them: g(Σ_j A_ij x_j) is z_i. */
const withNamedEntries = (root: Node, { left, right }: Equation): Node => {
  if (right.shape.length !== 1) return root;
  const place = [named(INSIDE)];
  const model = entryOf(right, place);
  if (model?.kind !== "call") return root;
  const name = entryAt(left, place);
  return transform(root, {
    inserts: [INSIDE],
    over: (fold, index, domain, body, original) => {
      const opened = over(fold, index, domain, body);
      if (opened.kind !== "over") return original;
      const inside = open(opened, INSIDE);
      const parts = partsLike(inside.body, model, free => free.includes(INSIDE));
      return parts.length === 0
        ? opened
        : over(fold, INSIDE, inside.domain, replaceNodes(inside.body, new Map(parts.map(part => [part, name]))));
    },
  });
};

/** The system whose equations read such names, each before what reads it. */
export const withNamedParts = (system: System): System => {
  let { equations } = system;
  for (const equation of system.equations) {
    const { left, right, indices, over } = equation;
    if (right.kind !== "call" || familyOf(left) === system.objective || isRead(system, equations, equation)) continue;
    const readers = equations.map((other): Equation => {
      if (other === equation || other.indices.join() !== indices.join() || !sameDomain(other.over, over)) return other;
      const parts = partsLike(other.right, right, free => free.join() === right.free.join());
      const whole = replaceNodes(other.right, new Map(parts.map(part => [part, left])));
      const read = withNamedEntries(whole, equation);
      return read === other.right ? other : { ...other, right: read };
    });
    const first = readers.findIndex((other, i) => other !== equations[i]);
    if (first < 0) continue;
    const others = readers.filter(other => other !== equation);
    const at = Math.min(first, equations.indexOf(equation));
    equations = [...others.slice(0, at), equation, ...others.slice(at)];
  }
  return equations === system.equations ? system : { ...system, equations };
};
