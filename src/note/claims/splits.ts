/** Names of entries and the names of their arrays: δ^l of δ^l_j, δ_2 of δ_{2,j}. */
import type { Node } from "../../expr/node.ts";
import { named } from "../../expr/polynomial.ts";
import type { Script, Syntax } from "../../parse/syntax.ts";
import { compileTemplates, instantiate } from "../../term/template.ts";
import type { Named } from "../names.ts";
import type { Alias, Aliases } from "./aliases.ts";

/** A name without the last places of its subscript, and these, axis by axis. */
export interface Split {
  readonly whole: Syntax;
  readonly axes: readonly Syntax[];
}

/** An array has two axes at most. */
const MOST_AXES = 2;

/** The places of a subscript, those of W_{2,ij} one by one. */
const placesIn = (body: Syntax): readonly Syntax[] => {
  if (body.kind === "list") return body.items.flatMap(placesIn);
  return body.kind === "product" && body.factors.every(({ operator }) => !operator)
    ? body.factors.map(factor => factor.body)
    : [body];
};

/** Every way in which the last places of the subscript may be those of an entry. */
export const splitsOf = (name: Syntax): readonly Split[] => {
  if (name.kind !== "scripted") return [];
  const at = name.scripts.findLastIndex(({ position }) => position === "sub");
  const script = name.scripts[at];
  if (!script || script.position === "prime") return [];
  const places = placesIn(script.body);
  return Array.from({ length: Math.min(places.length, MOST_AXES) }, (_, i): Split => {
    const [rest, axes] = [places.slice(0, -1 - i), places.slice(-1 - i)];
    const { span } = script.body;
    const [only, more] = rest;
    const body: Syntax | undefined = more
      ? { kind: "list", items: rest, separators: rest.slice(1).map(() => ","), span }
      : only;
    const scripts = name.scripts.flatMap((each, place): readonly Script[] =>
      place !== at ? [each] : body ? [{ ...script, body }] : [],
    );
    return { whole: scripts.length > 0 ? { ...name, scripts } : name.base, axes };
  });
};

const [ENTRY] = compileTemplates(["entry(x, i)"], { x: "n" });
const [ELEMENT] = compileTemplates(["element(x, i, j)"], { x: "m n" });

/** The array of which a value is the entry at these indices: x of x_j, W of W_{jk}. */
export const arrayOf = (value: Node, letters: readonly string[]): Node | undefined => {
  const [array] = value.kind === "call" ? value.args : [];
  const entry = letters.length === 1 ? ENTRY : ELEMENT;
  if (!array || !entry || array.shape.length !== letters.length) return undefined;
  const integers = new Map(letters.map((letter, i) => ["ij".charAt(i), named(letter)]));
  const isEntry = instantiate(entry, { nodes: new Map([["x", array]]), integers }) === value;
  return isEntry && !array.free.some(name => letters.includes(name)) ? array : undefined;
};

/** A name that a claim has given to an array, and a place in it. */
interface AliasEntry {
  readonly alias: Alias;
  readonly found: Named;
  readonly axes: readonly Syntax[];
}

/** Of δ^l_j, where a claim has said what δ^l is. */
export const entryOfAlias = (
  name: Syntax,
  aliases: Aliases,
  resolve: (name: Syntax) => Named | undefined,
): AliasEntry | undefined => {
  for (const { whole, axes } of splitsOf(name)) {
    const found = resolve(whole);
    const alias = found && found.tail.length === 0 && !found.part ? aliases.find(found.family) : undefined;
    if (found && alias && alias.at(found.index).shape.length === axes.length) return { alias, found, axes };
  }
  return undefined;
};
