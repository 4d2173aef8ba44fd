/** Steps of an iteration: w ← w - η ∂J/∂w, w_{t+1} = w_t - η ∂J/∂w, Δw = -η ∂J/∂w. They say where to go, not what a derivative is. */
import { zeroOf } from "../derive/terms.ts";
import { domain } from "../expr/domain.ts";
import { type Node, over, partial, type SymbolNode } from "../expr/node.ts";
import { namesIn } from "../expr/polynomial.ts";
import { toLatex } from "../latex/print.ts";
import { INCREMENT } from "../note/claims/adjoints.ts";
import type { Chain } from "../note/claims/chains.ts";
import { withoutMarks } from "../note/claims/marked.ts";
import type { ReadClaim } from "../note/claims/reading.ts";
import { baseOfName, readNames } from "../note/occurrences.ts";
import { everyPart, replaceParts, textOf } from "../note/tree.ts";
import { call } from "../ops/call.ts";
import type { Syntax } from "../parse/syntax.ts";
import type { Court } from "./court.ts";
import { givenOf, memberOf, valuesOf } from "./known.ts";
import { differenceOf, isMultiple, isUphill, withoutDecay } from "./multiples.ts";
import type { Said } from "./said.ts";

/** A learning rate and a momentum: names that only the step has. */
const MOST_FACTORS = 2;

/** w of Δw, which as a gradient would be the one by w. */
const changeOf = (left: Syntax): Syntax | undefined =>
  left.kind === "derivative" && left.sign === INCREMENT ? left.by[0]?.variable : undefined;

const oneAt = ({ span }: Syntax): Syntax => ({ kind: "number", text: "1", fonts: [], accents: [], span });

/** The members as terms, names that nothing explains taken for 1. */
const readWithFactors = (court: Court, members: readonly Syntax[]): ReadClaim | undefined => {
  let now = members;
  for (let tries = 0; tries <= MOST_FACTORS; tries++) {
    const reading = court.reader.read(now, []);
    if (reading.kind === "read") return reading.claim;
    if (reading.kind !== "unknown") return undefined;
    const name = textOf(reading.name);
    now = now.map(member =>
      replaceParts(member, part =>
        textOf(part) === name && part.kind === reading.name.kind ? oneAt(part) : undefined,
      ),
    );
  }
  return undefined;
};

const ITERATION: readonly Said[] = [{ verdict: "definition", because: { id: "iteration" } }];

/** What is said of a step by a multiple of the gradient; undefined for everything else. */
export const sayUpdate = (
  court: Court,
  { defines }: Chain,
  members: readonly Syntax[],
): readonly Said[] | undefined => {
  const [left, right, more] = members;
  if (defines || !left || !right || more) return undefined;
  const reads = readNames(right).map(baseOfName);
  const isIterated = (base: string | undefined): boolean => base !== undefined && court.iterated.has(base);
  if (isIterated(baseOfName(left)) && reads.some(isIterated) && !court.reader.isGiven(left)) return ITERATION;
  const names = valuesOf(court, givenOf);
  const change = changeOf(left);
  const [from, to] = [change ?? left, right].map(member => withoutMarks(member, "step", names)) as [Syntax, Syntax];
  const parameter = givenOf(court, from) ?? memberOf(court, from);
  if (!parameter) return undefined;
  if (!change && !isAssigned(from, to)) return undefined;
  if (reads.some(isIterated)) return ITERATION;
  const claim = readWithFactors(court, change ? [to] : [from, to]);
  const value = claim?.members.at(-1);
  const own = new Set(parameter.free);
  const [index, another] = (claim?.indices ?? []).filter(each => !own.has(each));
  if (!claim || !value || another !== undefined) return undefined;
  const where = {
    indices: claim.indices.filter(each => own.has(each)),
    over: domain(claim.over.where.filter(condition => index === undefined || !namesIn(condition).includes(index))),
  };
  const one = change ? value : differenceOf(value, parameter);
  // A step for one sample: those of all samples together are along the gradient.
  const step = index === undefined ? one : over("sum", index, claim.over, one);
  const gradient = partial(court.witness.system.objective, parameter);
  const of = [toLatex(gradient, court.context)];
  const isAlong = step !== zeroOf(step.shape) && isMultiple(court.witness, step, gradient, where);
  if (!isAlong && parameter.kind === "symbol" && isNewton(court, step, parameter))
    return [{ verdict: "definition", because: { id: "newton", of } }];
  // ΔW may also be the gradient itself, or what a sample adds to it.
  if (change && (!isAlong || isUphill(court.witness, step, gradient, where))) return undefined;
  const back = differenceOf(zeroOf(step.shape), step);
  if (change && index !== undefined && !isUphill(court.witness, back, gradient, where)) return undefined;
  const rest = isAlong ? undefined : withoutDecay(court.witness, step, parameter, gradient, where);
  if (rest && !isUphill(court.witness, rest, gradient, where))
    return [{ verdict: "definition", because: { id: "decay", of } }];
  if (!isAlong) return [{ verdict: "cannot-tell", because: { id: "no-step", of } }];
  return isUphill(court.witness, step, gradient, where)
    ? [{ verdict: "cannot-tell", because: { id: "uphill", of } }]
    : [
        {
          verdict: "definition",
          because: index === undefined ? { id: "downhill", of } : { id: "downhill-each", of: [...of, index] },
        },
      ];
};

/** Newton's method: times the Hessian the step is against the gradient. */
const isNewton = ({ witness, reader }: Court, step: Node, parameter: SymbolNode): boolean => {
  const slopes = reader.told.gradients?.get(parameter);
  if (!slopes || parameter.shape.length > 1) return false;
  const hessian = partial(slopes, parameter);
  const turned = call(parameter.shape.length === 0 ? "scale" : "matmul", [hessian, step]);
  const gradient = partial(witness.system.objective, parameter);
  return isMultiple(witness, turned, gradient) && !isUphill(witness, turned, gradient);
};

/** w ← w - …: what stands on the left stands on the right as well, marks of the step left out. */
const isAssigned = (left: Syntax, right: Syntax): boolean =>
  right.kind === "sum" && everyPart(right).some(part => textOf(part) === textOf(left));
