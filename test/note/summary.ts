/** A system as text, so that two of them can be compared and a difference can be read. */
import { domainKey } from "../../src/expr/domain.ts";
import type { System } from "../../src/expr/system.ts";
import { showTerm } from "../../src/term/show.ts";

const shape = (sizes: readonly { readonly key: string }[]): string =>
  sizes.map(size => size.key).join(" × ") || "scalar";

export const summaryOf = (system: System): readonly string[] => [
  ...[...system.symbols]
    .map(
      ([id, entry]) =>
        `${id}[${entry.indices.join()}]: ${shape(entry.node.shape)} ${entry.role} where ${domainKey(entry.domain)}`,
    )
    .sort(),
  ...[...system.functions]
    .map(
      ([id, fn]) =>
        `${id}(${fn.arity}) ${fn.kind} -> ${shape(fn.result)}${fn.definition ? ` = ${showTerm(fn.definition.body)}` : ""}`,
    )
    .sort(),
  ...[...system.sizes].map(([id, size]) => `${id}: ${size.role}`).sort(),
  ...system.equations.map(({ left, right, over }) => `${showTerm(left)} = ${showTerm(right)} where ${domainKey(over)}`),
  `objective ${system.objective.name}`,
];
