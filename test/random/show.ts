/** A system in the inside notation: what a failing run prints. */
import { boundsOf, type Domain } from "../../src/expr/domain.ts";
import type { System } from "../../src/expr/system.ts";
import { showTerm } from "../../src/term/show.ts";

const rangeOf = (indices: readonly string[], domain: Domain): string => {
  if (indices.length === 0) return "";
  const ranges = indices.map(index => {
    const { lower, upper } = boundsOf(domain, index);
    return `${index} = ${lower.map(({ key }) => key).join("|")}..${upper.map(({ key }) => key).join("|")}`;
  });
  return ` for ${ranges.join(", ")}`;
};

export const showSystem = (system: System): string => {
  const lines = [`system ${system.name}`];
  for (const { name, role } of system.sizes.values()) if (role === "horizon") lines.push(`horizon ${name}`);
  for (const { name, kind, arity, result, definition } of system.functions.values()) {
    if (definition) lines.push(`function ${name}(u) = ${showTerm(definition.body).replaceAll(`${name}.u`, "u")}`);
    else if (kind === "elementwise") lines.push(`function ${name} elementwise`);
    else lines.push(`function ${name}(${arity}) -> ${result.map(({ key }) => key).join(" ") || "1"}`);
  }
  for (const { node, role, indices, domain } of system.symbols.values()) {
    const shape = node.shape.map(({ key }) => key).join(" ") || "1";
    lines.push(
      `${node.name}${indices.length > 0 ? `[${indices.join(", ")}]` : ""}: ${shape} ${role}${rangeOf(indices, domain)}`,
    );
  }
  for (const { left, right, indices, over } of system.equations)
    lines.push(`${showTerm(left)} = ${showTerm(right)}${rangeOf(indices, over)}`);
  return [...lines, `objective ${system.objective.name}`].join("\n");
};
