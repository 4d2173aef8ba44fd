/** Unknown shapes in words. */
import { normalShape } from "../expr/node.ts";
import { describeShape } from "../shape/signature.ts";
import type { Extent, SizeStore } from "./sizes.ts";

/** "h × d", "h", "a scalar"; "?" for a size that nothing fixes yet. */
export const showExtent = (sizes: SizeStore, { rows, columns }: Extent): string => {
  const [r, c] = [sizes.known(rows), sizes.known(columns)];
  if (r && c) return describeShape(normalShape([r, c]));
  const side = (size: typeof r): string => size?.key ?? "?";
  if (c?.key === "1") return side(r);
  return `${side(r)} × ${side(c)}`;
};
