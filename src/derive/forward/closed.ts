/** Closed forms of recurrent sensitivities: Σ_i [∏_{j>i} ∂⁺h_j/∂h_{j-1}] ∂⁺h_i/∂w, by the solver of the backward pass. */
import { domain, EVERYWHERE, intersect, substituteDomain } from "../../expr/domain.ts";
import { type AtNode, at, type Node, type SymbolNode, substituteIndices } from "../../expr/node.ts";
import { constantValue, minus, named, ONE, type Polynomial, plus } from "../../expr/polynomial.ts";
import { type Equation, equationsOf, familyOf, indexOf } from "../../expr/system.ts";
import { postorder } from "../../expr/walk.ts";
import { isScalar } from "../../ops/call.ts";
import { bracketLeft } from "../../rewrite/order.ts";
import { functionOf, supposeIdentity } from "../closed/identity.ts";
import { linearIn } from "../closed/linear.ts";
import { addLinear, applyLinear, propagatorOf } from "../closed/operator.ts";
import { type NoClosedForm, noClosedForm } from "../closed/reason.ts";
import type { Recurrence } from "../closed/recurrence.ts";
import { solve } from "../closed/solve.ts";
import { identityOf } from "../closed/templates.ts";
import type { ClosedForm } from "../gradient.ts";
import { turn } from "../numerator.ts";
import { reduceDomain } from "../regions.ts";
import { one } from "../terms.ts";
import type { Deriver } from "./deriver.ts";
import type { Sensitivity, Transition } from "./sensitivity.ts";
import { siftWhole } from "./sift.ts";
import { freeLetters, lettersDomain } from "./variable.ts";

/** What an equation adds for the reads of its own family, or for all others, other families of the group put in. */
const partOf = (
  deriver: Deriver,
  equation: Equation,
  family: SymbolNode,
  group: ReadonlySet<SymbolNode>,
  own: boolean,
): Node | NoClosedForm | undefined => {
  let obstacle: NoClosedForm | undefined;
  const inner = (current: Equation, passed: ReadonlySet<SymbolNode>): Node | undefined =>
    deriver.pushed(
      current,
      (read): Node | undefined => {
        const of = familyOf(read);
        if (of === family) return own ? deriver.tangentOf(read) : undefined;
        if (!group.has(of)) return own ? undefined : deriver.seed(read);
        const [only, ...more] = equationsOf(deriver.system, of);
        if (!only || more.length > 0 || passed.has(of)) {
          obstacle ??= noClosedForm(passed.has(of) ? "coupled" : "several-equations");
          return undefined;
        }
        // One level for each family of the group.
        const value = inner(only, new Set([...passed, of]));
        const renaming = new Map<string, Polynomial>(
          indexOf(read).map((place, i) => [indexOf(only.left)[i]?.monomials[0]?.names[0] as string, place]),
        );
        return value && substituteIndices(value, renaming);
      },
      !own,
    )?.tangent;
  const found = inner(equation, new Set());
  if (obstacle) return obstacle;
  return found && deriver.simplify(found).node;
};

const isReason = (found: Node | NoClosedForm | undefined): found is NoClosedForm =>
  found !== undefined && "obstacle" in found;

/** The recurrence of one family's sensitivity; its reads of itself must all be one step away along one index. */
const recurrenceOf = (
  deriver: Deriver,
  { of, symbol, indices }: Sensitivity,
  group: ReadonlySet<SymbolNode>,
): Recurrence | NoClosedForm => {
  const { system, variable } = deriver;
  const [equation, ...more] = equationsOf(system, of);
  if (!equation || more.length > 0) return noClosedForm("several-equations");
  const step = partOf(deriver, equation, of, group, true);
  const source = partOf(deriver, equation, of, group, false);
  if (isReason(step)) return step;
  if (isReason(source)) return source;
  if (!step || !source) return noClosedForm("range");
  const reads = [
    ...new Set(postorder(step).filter((node): node is AtNode => node.kind === "at" && node.of === symbol)),
  ];
  const [neighbour, ...others] = reads;
  if (!neighbour || others.length > 0) return noClosedForm(others.length > 0 ? "lag" : "range");
  if (neighbour.free.some(name => !equation.indices.includes(name) && !variable.letters.includes(name)))
    return noClosedForm("windowed");
  const offsets = equation.indices.map((index, place) =>
    constantValue(minus(neighbour.index[place] as Polynomial, index)),
  );
  const moved = offsets.flatMap((offset, place) => (offset === 0 ? [] : [{ offset, place }]));
  const [only, second] = moved;
  if (second) return noClosedForm("two-indices");
  if (!only || (only.offset !== 1 && only.offset !== -1)) return noClosedForm("lag");
  const linear = linearIn(step, neighbour);
  if (typeof linear === "string") return noClosedForm(linear);
  const operator = addLinear(linear, symbol.shape, { sizes: new Set(system.sizes.keys()) });
  if (!operator) return noClosedForm("sum-of-two-sided");
  const index = equation.indices[only.place] as string;
  const over = intersect(equation.over, lettersDomain(system, variable));
  const next = plus(named(index), only.offset);
  const wrt = at(symbol, indices.map(named));
  return {
    gradient: {
      wrt,
      indices,
      pieces: [],
      contributions: [],
      validFrom: new Map(),
      short: [],
      recursion: [{ index, direction: only.offset === 1 ? "down" : "up" }],
      closedForms: [],
    },
    index,
    direction: only.offset === 1 ? "down" : "up",
    numberedByOwn: true,
    neighbour,
    step,
    operator,
    // Where the neighbour is given, its sensitivity is 0.
    stepOver: reduceDomain(intersect(over, substituteDomain(over, new Map([[index, next]]))), EVERYWHERE, system.sizes),
    sources: [{ value: source, over }],
    over,
  };
};

/**
 * ∂h_t/∂h_k = ∏_{j=k+1}^{t} ∂⁺h_j/∂h_{j-1}, for columns and scalars; where all steps are alike also ∂h_t/∂h_{t-m}, a power. It
 * does not depend on what is varied; nothing where a step has factors on the right.
 */
const transitionsOf = (deriver: Deriver, { of }: Sensitivity, recurrence: Recurrence): readonly Transition[] => {
  const { index, direction, operator } = recurrence;
  const indices = deriver.entry(of).indices;
  const [rows = ONE, columns = ONE] = of.shape;
  if (operator.right || columns.key !== "1" || equationsOf(deriver.system, of).length !== 1) return [];
  const [earlier] = freeLetters(deriver.system, 1, ["k", "s", "r", "j"]) as [string];
  const [t, k] = [named(index), named(earlier)];
  const after = direction === "up" ? plus(k, 1) : minus(k, 1);
  const propagator = propagatorOf(operator, index, direction, true);
  const [equation] = equationsOf(deriver.system, of) as [Equation];
  const jacobian = applyLinear(propagator.from(t, k), of.shape.length === 0 ? one() : identityOf(rows));
  const transition: Transition = {
    of,
    indices,
    place: indices.indexOf(index),
    letter: earlier,
    former: k,
    over: intersect(
      equation.over,
      substituteDomain(equation.over, new Map([[index, after]])),
      domain([direction === "up" ? minus(minus(t, 1), k) : minus(k, plus(t, 1))]),
    ),
    value: bracketLeft(deriver.simplify(jacobian).node),
  };
  if (!propagator.isConstant) return [withTranspose(transition)];
  const [letter] = freeLetters(
    deriver.system,
    1,
    ["m", "d", "q", "r"].filter(free => free !== earlier),
  ) as [string];
  const former = direction === "up" ? minus(t, named(letter)) : plus(t, named(letter));
  const at = new Map([[earlier, former]]);
  const value = deriver.simplify(substituteIndices(transition.value, at)).node;
  const byLag = { ...transition, letter, former, over: substituteDomain(transition.over, at), value };
  return [withTranspose(transition), withTranspose(byLag)];
};

const withTranspose = (transition: Transition): Transition =>
  isScalar(transition.of.shape) ? transition : { ...transition, transpose: turn(transition.value) };

/** What a state leaves to later ones, as a form of its own sensitivity. */
const asForm = (
  { system, variable }: Deriver,
  { letter, former, value, over, indices }: Transition,
): readonly ClosedForm[] => {
  const [own, more] = variable.members;
  if (own === undefined || more !== undefined || indices.length > 1 || former.key !== letter) return [];
  const at = new Map([[letter, named(own)]]);
  const form = value.kind === "over" ? "ordered-product" : "constant";
  const members = reduceDomain(substituteDomain(over, at), EVERYWHERE, system.sizes);
  return [{ form, over: members, value: substituteIndices(value, at), base: [], induction: [] }];
};

/** By one member, one term of the sum: at the members that it reaches. */
const sifted = (deriver: Deriver, form: ClosedForm): ClosedForm => {
  const { system, variable } = deriver;
  const found = variable.members.length > 0 ? siftWhole(form.value, form.over, system.sizes) : undefined;
  if (!found) return form;
  const { inductionOver: _, ...rest } = form;
  const value = bracketLeft(deriver.simplify(found.value).node);
  const over = reduceDomain(intersect(form.over, found.where), EVERYWHERE, system.sizes);
  return { ...rest, over, value, base: [], induction: [] };
};

/** The sensitivity with its closed forms: in general, and where its function is the identity. */
export const withClosedForm = (
  deriver: Deriver,
  sensitivity: Sensitivity,
  group: ReadonlySet<SymbolNode>,
): Sensitivity => {
  const { system, variable } = deriver;
  const suppositions = { sizes: new Set(system.sizes.keys()) };
  const recurrence = recurrenceOf(deriver, sensitivity, group);
  if ("obstacle" in recurrence) return { ...sensitivity, noClosedForm: recurrence };
  const transitions = transitionsOf(deriver, sensitivity, recurrence);
  if (sensitivity.of === deriver.variable.wrt)
    return { ...sensitivity, closedForms: transitions.slice(0, 1).flatMap(own => asForm(deriver, own)), transitions };
  const general = solve(recurrence, system.sizes, suppositions);
  if ("obstacle" in general) return { ...sensitivity, noClosedForm: general };
  const name = functionOf(recurrence.operator, system);
  const special =
    name === undefined
      ? undefined
      : solve(supposeIdentity(recurrence, name, suppositions), system.sizes, suppositions, {
          function: name,
          is: "identity",
        });
  const forms: readonly ClosedForm[] = [
    ...general.forms,
    // By a whole scalar or vector, as textbooks write it; by the entries of a matrix it says nothing more.
    ...(general.apart && variable.wrt.shape.length < 2 && variable.members.length === 0 ? [general.apart] : []),
    ...(special && !("obstacle" in special) ? special.forms : []),
  ].filter(({ form }) => form !== "constant-reindexed");
  return { ...sensitivity, closedForms: forms.map(form => sifted(deriver, form)), transitions };
};
