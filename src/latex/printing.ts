/** What the parts of the printer pass to each other. */
import type { Node, OverNode } from "../expr/node.ts";
import type { LatexContext } from "./names.ts";
import type { Piece } from "./piece.ts";

/** Letters of the bound indices around a node, by bound name. */
export interface Letters {
  readonly of: ReadonlyMap<string, string>;
  readonly key: string;
}

export interface Layout {
  readonly needs: readonly Node[];
  /** The letters under which the needs are printed, where they differ from the node's own. */
  readonly letters?: Letters;
  readonly build: (pieces: readonly Piece[]) => Piece;
}

export interface Printing {
  readonly context: LatexContext;
  /** Whether a node is written by a name of its own, so that it cannot join the factors around it. */
  readonly isNamed: (node: Node) => boolean;
  readonly open: (node: OverNode, letters: Letters) => Layout;
}
