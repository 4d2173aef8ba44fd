/**
 * Gradients by what is computed for each sample, of the sum of the samples' losses, beside gradients by parameters, of their mean:
 * dZ = A - Y, dW = 1/m dZ X^T. Where a note keeps to that throughout it is no slip.
 */
import type { StatedEquation } from "../exact/witness.ts";
import { callNode, integerNode, type Node } from "../expr/node.ts";
import { named } from "../expr/polynomial.ts";
import { familyOf, type System } from "../expr/system.ts";
import { transform } from "../expr/walk.ts";
import { call, isChainRule } from "../ops/call.ts";
import type { Court } from "./court.ts";
import type { Said } from "./said.ts";

const RIGHT: ReadonlySet<Said["verdict"]> = new Set(["holds", "proved", "convention"]);

const isOfSample = ({ symbols, objective }: System, node: Node | undefined): boolean =>
  node?.kind === "partial" && node.of === objective && symbols.get(familyOf(node.wrt).name)?.role !== "parameter";

/**
 * The equation with each gradient by a value of the samples taken as many times as there are samples; factors of the chain rule
 * are derivatives of something else, and where one is such a gradient, the whole product is.
 */
const scaledBy = (system: System, { left, right, ...rest }: StatedEquation, size: string): StatedEquation => {
  const count = integerNode(named(size));
  const scaled = (root: Node): Node =>
    transform(root, {
      leaf: node => (isOfSample(system, node) ? call("scale", [count, node]) : node),
      call: (op, args, { args: unscaled, attributes, shape }) => {
        if (!isChainRule(op)) return callNode(op, args, attributes, shape);
        const chain = callNode(op, [args[0], unscaled[1]] as Node[], attributes, shape);
        return isOfSample(system, unscaled[1]) ? call("scale", [count, chain]) : chain;
      },
    });
  return { ...rest, left: scaled(left), right: scaled(right) };
};

/** Gradients of the objective by the note's variables. */
const speaksOfGradients = (system: System, said: Said): said is Said & { readonly equation: StatedEquation } =>
  said.equation !== undefined &&
  !said.witness &&
  said.equation.left.kind === "partial" &&
  said.equation.left.of === system.objective;

/**
 * The links with what is right for such gradients called a convention: where a gradient by a parameter is right only for them,
 * and no other is right only in ours.
 */
export const settleSamplewise = (court: Court, links: readonly (readonly Said[])[]): readonly (readonly Said[])[] => {
  const { witness } = court;
  const { system } = witness;
  const gradients = links.flat().filter(said => speaksOfGradients(system, said));
  if (!gradients.some(({ verdict }) => verdict === "wrong")) return links;
  for (const size of system.sizes.keys()) {
    const holds = new Set<Said>();
    for (const said of gradients)
      if (witness.judge(scaledBy(system, said.equation, size), {}, "every").verdict === "equal") holds.add(said);
    const mended = gradients.filter(said => said.verdict === "wrong" && holds.has(said));
    const ofParameter = mended.some(({ equation: { left } }) => !isOfSample(system, left));
    const ofSample = mended.some(({ equation: { left } }) => isOfSample(system, left));
    if (!ofParameter || !ofSample) continue;
    if (gradients.some(said => RIGHT.has(said.verdict) && !holds.has(said))) continue;
    return links.map(chain =>
      chain.map(said => {
        if (!mended.some(each => each === said)) return said;
        const { under: _, ...rest } = said;
        return { ...rest, verdict: "convention", because: { id: "samplewise", of: [size] } };
      }),
    );
  }
  return links;
};
