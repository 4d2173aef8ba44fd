/** The index points of a claim. */
import { type Domain, domain, intersect, substituteDomain } from "../../expr/domain.ts";
import type { AtNode, Node } from "../../expr/node.ts";
import { minus, namesIn, type Polynomial } from "../../expr/polynomial.ts";
import type { System } from "../../expr/system.ts";
import { postorder } from "../../expr/walk.ts";
import type { Range } from "../ranges.ts";
import type { Forward } from "../read.ts";
import type { ReadClaim } from "./reading.ts";

/** As the claim says, else every point at which all that it reads outside of sums exists. */
export const placed = (
  { typing, assembled }: Forward,
  letters: ReadonlySet<string>,
  members: readonly Node[],
  conditions: readonly Range[],
): ReadClaim => {
  const free = new Set(members.flatMap(node => node.free));
  const indices = [...letters].filter(letter => free.has(letter)).sort();
  const said = conditions.filter(({ index }) => indices.includes(index));
  const parts = indices.map((index): Domain => {
    const own = said.filter(range => range.index === index);
    const general = typing.prepared.letters.has(index)
      ? assembled.ranges.ofLetter(index, { start: 0, end: 0 })
      : undefined;
    const low = own.find(range => range.low)?.low ?? general?.low;
    const high = own.find(range => range.high)?.high ?? general?.high;
    return domain([...(low ? [minus(index, low)] : []), ...(high ? [minus(high, index)] : [])]);
  });
  const stated = new Set(said.map(({ index }) => index));
  const natural = members.flatMap(node => naturalDomains(assembled.system, node, indices, stated));
  return { members, indices, over: intersect(...parts, ...natural), stated: said.length > 0 };
};

/** Where the members that are read outside of any sum exist. Indices whose range is stated are taken at their word. */
const naturalDomains = (
  system: System,
  root: Node,
  indices: readonly string[],
  stated: ReadonlySet<string>,
): readonly Domain[] => {
  const found: Domain[] = [];
  const see = (node: AtNode): void => {
    const entry = system.symbols.get(node.of.name);
    if (!entry) return;
    const names = node.index.flatMap(namesIn);
    if (!names.some(name => indices.includes(name)) || names.some(name => stated.has(name) || name.startsWith("#")))
      return;
    found.push(
      substituteDomain(entry.domain, new Map(entry.indices.map((index, i) => [index, node.index[i] as Polynomial]))),
    );
  };
  for (const node of postorder(root)) if (node.kind === "at") see(node);
  return found;
};
