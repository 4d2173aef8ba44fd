/** Which wrong lines spoil which right ones: a formula is right by itself, and gives wrong numbers when it is fed by them. */
import type { Node, SymbolNode } from "../expr/node.ts";
import { familyOf } from "../expr/system.ts";
import { postorder } from "../expr/walk.ts";
import type { Said } from "./said.ts";

const FLAGGED: ReadonlySet<Said["verdict"]> = new Set(["wrong", "holds-under", "undefined"]);
const RIGHT: ReadonlySet<Said["verdict"]> = new Set(["holds", "proved", "convention", "incomplete"]);

/** The families by whose members a term reads derivatives. */
const derivativesIn = (root: Node): ReadonlySet<SymbolNode> =>
  new Set(
    postorder(root).flatMap(node => (node.kind === "partial" && node.reading === "total" ? [familyOf(node.wrt)] : [])),
  );

/** By the id of a right link, those of the wrong ones that it reads. */
export const spoiledBy = (
  chains: readonly (readonly Said[])[],
  idOf: (chain: number, link: number) => string,
): ReadonlyMap<string, readonly string[]> => {
  const wrong: { readonly family: SymbolNode; readonly id: string; readonly chain: number }[] = [];
  for (const [chain, links] of chains.entries()) {
    for (const [link, { verdict, equation }] of links.entries()) {
      const left = equation?.left;
      if (FLAGGED.has(verdict) && left?.kind === "partial")
        wrong.push({ family: familyOf(left.wrt), id: idOf(chain, link), chain });
    }
  }
  const found = new Map<string, readonly string[]>();
  for (const [chain, links] of chains.entries()) {
    for (const [link, { verdict, equation }] of links.entries()) {
      if (!RIGHT.has(verdict) || !equation) continue;
      const read = derivativesIn(equation.right);
      const by = wrong.filter(each => each.chain !== chain && read.has(each.family)).map(({ id }) => id);
      if (by.length > 0) found.set(idOf(chain, link), by);
    }
  }
  return found;
};
