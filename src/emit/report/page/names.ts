/** How the names of an engine's numbers stand in the note: "h[0]" is h_0. */
import type { System } from "../../../expr/system.ts";
import { nameOfIndex } from "../../../latex/names.ts";
import type { NameLatex } from "./remarks.ts";

const memberOf = (system: System, name: string, indices: readonly string[]): string | undefined => {
  const entry = system.symbols.get(name);
  if (!entry) return undefined;
  if (indices.length === 0) return entry.latex;
  if (entry.memberLatex === undefined) return `{${entry.latex}}_{${indices.join(",")}}`;
  return indices.reduce((latex, index, i) => latex.replaceAll(String.fromCharCode(i + 1), index), entry.memberLatex);
};

export const namesOf =
  (systems: readonly System[]): NameLatex =>
  name => {
    const [, base = name, index] = /^([^[\]]+)\[([^[\]]*)\]$/u.exec(name) ?? [];
    const indices = index === undefined ? [] : index.split(",").map(each => each.trim());
    for (const system of systems) {
      const known =
        memberOf(system, base, indices) ?? system.functions.get(base)?.latex ?? system.sizes.get(base)?.latex;
      if (known !== undefined) return known;
    }
    return /^[A-Za-z]$/u.test(name) ? nameOfIndex(name) : undefined;
  };
