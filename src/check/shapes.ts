/** Words about shapes. */
import type { Shape } from "../expr/node.ts";

export const isSquare = (shape: Shape): boolean => shape.length === 2 && shape[0]?.key === shape[1]?.key;
