/** Equations that are written out for a few steps, where the note's horizon stays open: they may be meant for that many. */
import type { StatedEquation } from "../exact/witness.ts";
import { domainNames } from "../expr/domain.ts";
import type { Node } from "../expr/node.ts";
import { constantValue, namesIn } from "../expr/polynomial.ts";
import { postorder } from "../expr/walk.ts";
import type { Court } from "./court.ts";
import type { Reason } from "./reasons.ts";

/** The largest step that both sides name, where they name no horizon and no index; one step alone is not written out. */
const lastStep = ({ left, right, indices }: StatedEquation, horizon: string): number | undefined => {
  if (indices.length > 0) return undefined;
  let last = 0;
  const see = (node: Node): boolean => {
    if (node.kind === "over") return !domainNames(node.domain).includes(horizon);
    if (node.kind === "integer") return !namesIn(node.value).includes(horizon);
    const places = node.kind === "at" ? node.index : [];
    for (const place of places) last = Math.max(last, constantValue(place) ?? 0);
    return !places.some(place => namesIn(place).includes(horizon));
  };
  return [left, right].every(side => postorder(side).every(see)) && last > 1 ? last : undefined;
};

/** Why an equation that is wrong in general is right as it is written out: the horizon is the last step that it names. */
export const unrolled = ({ witness, context }: Court, equation: StatedEquation): Reason | undefined => {
  const [horizon, another] = [...witness.system.sizes.values()].filter(({ role }) => role === "horizon");
  if (!horizon || another) return undefined;
  const length = lastStep(equation, horizon.name);
  if (length === undefined || length < horizon.least) return undefined;
  const { verdict } = witness.judge(equation, {}, "every", length);
  const latex = context.sizes?.get(horizon.name)?.latex ?? horizon.latex;
  return verdict === "equal" ? { id: "unrolled", of: [`${latex} = ${length}`] } : undefined;
};
