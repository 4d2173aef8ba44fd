/**
 * Gradients by symmetric and by diagonal matrices. With G for the gradient in which every entry varies by itself:
 *
 * - symmetric part: (G + Gᵀ)/2, the gradient among the symmetric matrices with the inner product ⟨A, B⟩ = Σ A_ij B_ij
 * - in pairs: G + Gᵀ − G ⊙ I, where a_ij and a_ji are one variable
 * - diagonal: G ⊙ I
 *
 * Sources: Petersen and Pedersen 2012, The Matrix Cookbook, §2.8; Srinivasan and Panda 2020, "What is the gradient of a
 * scalar function of a symmetric matrix?".
 */
import { type Node, rowsAndColumns } from "../expr/node.ts";
import type { SymbolEntry } from "../expr/system.ts";
import type { Suppositions } from "../rewrite/law.ts";
import type { Step } from "../rewrite/step.ts";
import { rewrite } from "../rewrite/trace.ts";
import { STRUCTURED } from "../rules/structures.ts";
import { compileTemplates, instantiate, type Template } from "../term/template.ts";

/** How the entries of a symmetric variable are taken to vary. */
export type Convention = "symmetric-part" | "pairs" | "independent";

export const CONVENTIONS: readonly Convention[] = ["symmetric-part", "pairs", "independent"];

export interface StructuredGradient {
  readonly convention: Convention | "diagonal";
  readonly value: Node;
  /** From the ordinary gradient put into the convention's formula to `value`. */
  readonly steps: readonly Step[];
}

const [SUM, HALF, LESS_DIAGONAL, DIAGONAL, TRANSPOSE, TWO] = compileTemplates(
  ["G + G'", "1/2 * S", "S - G .* identity(n)", "G .* identity(n)", "G'", "G + S"],
  { G: "n n", S: "n n" },
);

/** The templates with the ordinary gradient put in, and S where they speak of it. */
const filling =
  (G: Node) =>
  (template: Template | undefined, S: Node = G): Node =>
    instantiate(template as Template, {
      nodes: new Map([
        ["G", G],
        ["S", S],
      ]),
      integers: new Map([["n", rowsAndColumns(G.shape)[0]]]),
    });

/** Rounds of rewriting: parts that stood in G and in Gᵀ are opened once they stand in one of them only. */
const ROUNDS = 3;

const settled = (start: Node, suppositions: Suppositions): { readonly node: Node; readonly steps: readonly Step[] } => {
  let node = start;
  const steps: Step[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const next = rewrite(node, STRUCTURED, suppositions);
    if (next.node === node) break;
    node = next.node;
    steps.push(...next.steps);
  }
  return { node, steps };
};

/** What each convention makes of the ordinary gradient by a structured variable, not simplified. */
export const structuredForms = (
  { structure }: Pick<SymbolEntry, "structure">,
  G: Node,
): readonly { readonly convention: "symmetric-part" | "pairs" | "diagonal"; readonly value: Node }[] => {
  if (!structure) return [];
  const fill = filling(G);
  if (structure === "diagonal") return [{ convention: "diagonal", value: fill(DIAGONAL) }];
  const sum = fill(SUM);
  return [
    { convention: "pairs", value: fill(LESS_DIAGONAL, sum) },
    { convention: "symmetric-part", value: fill(HALF, sum) },
  ];
};

/** The gradient by a structured variable from the ordinary one; undefined for variables without a structure. */
export const structuredGradient = (
  { structure }: SymbolEntry,
  G: Node,
  convention: Convention,
  suppositions: Suppositions,
): StructuredGradient | undefined => {
  if (!structure) return undefined;
  if (convention === "independent") return { convention, value: G, steps: [] };
  const fill = filling(G);
  if (structure === "diagonal") {
    const { node, steps } = settled(fill(DIAGONAL), suppositions);
    return { convention: "diagonal", value: node, steps };
  }
  // A gradient that is symmetric as it stands is its own symmetric part.
  const [own, mirrored] = [settled(G, suppositions), settled(fill(TRANSPOSE), suppositions)];
  if (convention === "symmetric-part" && mirrored.node === own.node) {
    const both = (first: Node, second: Node): Node => fill(HALF, filling(first)(TWO, second));
    const lifted = (steps: readonly Step[], around: (node: Node) => Node): readonly Step[] =>
      steps.map(({ rule, before, after }) => ({ rule, before: around(before), after: around(after) }));
    const rest = settled(both(own.node, own.node), suppositions);
    const steps = [
      ...lifted(mirrored.steps, node => both(G, node)),
      ...lifted(own.steps, node => both(node, own.node)),
      ...rest.steps,
    ];
    if (rest.node === own.node) return { convention, value: own.node, steps };
  }
  // First G + Gᵀ by itself, then what is made of it.
  const sum = settled(fill(SUM), suppositions);
  const whole = (S: Node): Node => fill(convention === "pairs" ? LESS_DIAGONAL : HALF, S);
  const rest = settled(whole(sum.node), suppositions);
  const inner = sum.steps.map(
    ({ rule, before, after }): Step => ({ rule, before: whole(before), after: whole(after) }),
  );
  return { convention, value: rest.node, steps: [...inner, ...rest.steps] };
};
