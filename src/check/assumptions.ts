/** What a note may have assumed without saying so. The weakest that makes an equation true is named. */
import type { Suppositions } from "../exact/world.ts";
import type { FunctionEntry, System } from "../expr/system.ts";
import { isSquare } from "./shapes.ts";

export interface Assumption {
  /** As a document writes it: φ = id. */
  readonly latex: string;
  readonly suppose: Suppositions;
}

export interface AssumptionRow {
  readonly id: string;
  /** The instances of a system, in the order of its names. */
  readonly of: (system: System) => readonly Assumption[];
}

const abstract = ({ kind, definition }: FunctionEntry): boolean => kind === "elementwise" && !definition;

/** From weak to strong: the first row with an instance that suffices is reported. */
export const ASSUMPTIONS: readonly AssumptionRow[] = [
  {
    id: "initial-zero",
    of: ({ symbols }) =>
      [...symbols.values()]
        .filter(({ role, node }) => role === "defined" && node.rank > 0)
        .map(({ node, memberLatex, latex }) => ({
          latex: `${(memberLatex ?? latex).replaceAll("\u0001", "0")} = 0`,
          suppose: { zero: new Set([node.name]) },
        })),
  },
  {
    id: "symmetric",
    of: ({ symbols }) =>
      [...symbols.values()]
        .filter(({ node, role }) => role !== "defined" && isSquare(node.shape))
        .map(({ node, latex }) => ({
          latex: `${latex} = ${latex}^\\top`,
          suppose: { symmetric: new Set([node.name]) },
        })),
  },
  {
    id: "identity-function",
    of: ({ functions }) =>
      [...functions.values()]
        .filter(abstract)
        .map(({ name, latex }) => ({ latex: `${latex} = \\mathrm{id}`, suppose: { identities: new Set([name]) } })),
  },
];
