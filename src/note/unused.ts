/** Equations of which the results lead nowhere. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { familyOf } from "../expr/system.ts";
import { readsIn } from "../expr/walk.ts";
import type { Assembled } from "./assemble.ts";
import type { Family } from "./names.ts";
import type { Typing } from "./typing.ts";

/** What is computed and does not lead to the objective, nor is differentiated itself. */
export const unusedIn = (
  { equations }: Typing,
  { system, idOf }: Assembled,
  counts: ReadonlyMap<Family, number>,
): readonly Diagnostic[] => {
  const reaches = new Set<Family>([...idOf].flatMap(([family, id]) => (id === system.objective.name ? [family] : [])));
  for (let size = -1; size !== reaches.size; ) {
    size = reaches.size;
    for (const equation of equations)
      if (reaches.has(equation.family)) for (const read of equation.reads) reaches.add(read.family);
  }
  const defined = new Set(equations.map(equation => equation.family));
  const readBySomething = new Set(
    equations.flatMap(equation =>
      equation.reads.filter(read => read.family !== equation.family).map(read => read.family),
    ),
  );
  const read = new Set(system.equations.flatMap(({ right }) => readsIn(right).map(familyOf)));
  const isPart = (family: Family): boolean => {
    const node = system.symbols.get(idOf.get(family) as string)?.node;
    return node !== undefined && read.has(node);
  };
  const given = [...reaches].filter(
    family => !defined.has(family) && system.symbols.get(idOf.get(family) as string)?.role !== "parameter",
  );
  return equations.flatMap((equation): readonly Diagnostic[] => {
    // The last of a chain that leads nowhere stands for the chain.
    if (reaches.has(equation.family) || readBySomething.has(equation.family) || isPart(equation.family)) return [];
    if (counts.has(equation.family)) return [];
    return [
      {
        code: "N015",
        severity: "warning",
        message: `${system.objective.name} does not depend on ${equation.family.latex}`,
        spans: [{ span: equation.left.span, label: "computed here, read nowhere" }],
        ...(given.length > 0
          ? { help: `Read, but nowhere defined: ${given.map(family => family.latex).join(", ")}.` }
          : {}),
      },
    ];
  });
};
