/** What the front matter says of a system, in the terms of the note reader. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { readEquation } from "../parse/equation.ts";
import type { Syntax } from "../parse/syntax.ts";
import type { Entry, FrontMatter } from "./blocks/frontmatter.ts";
import { lexiconOfOps, readingsOf } from "./readings.ts";
import type { Declaration } from "./statements.ts";
import type { StructureRemark } from "./structures.ts";
import type { Remark } from "./words.ts";

export interface Settings {
  readonly objective?: Named;
  readonly parameters?: readonly Named[];
  readonly shapes: readonly Declaration[];
  readonly remarks: readonly Remark[];
  readonly structures: readonly StructureRemark[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Named {
  readonly name: Syntax;
  readonly entry: Entry<string>;
}

const ELEMENTWISE = /^(?:element-?wise|abstract)$/u;

/** The front matter of the note with the overrides for one system. */
export const settingsOf = (front: FrontMatter | null, system: string): Settings => {
  const diagnostics: Diagnostic[] = [];
  const lexicon = lexiconOfOps();
  const read = (entry: Entry<string>, text = entry.value): Syntax | undefined => {
    const result = readEquation(text, lexicon, { base: entry.span.start });
    const [statement] = result.ok ? result.value.statements : [];
    if (statement) return statement.body;
    diagnostics.push({
      code: "N012",
      severity: "error",
      message: `"${text}" is no name`,
      spans: [{ span: entry.span, label: "written as in the formulas" }],
    });
    return undefined;
  };
  const own = front?.systems.get(system);
  const layers = [front, own].filter(layer => layer !== null && layer !== undefined);
  const shapes: Declaration[] = [];
  const remarks: Remark[] = [];
  const structures: StructureRemark[] = [];
  let objective: Named | undefined;
  let parameters: readonly Named[] | undefined;
  for (const layer of layers) {
    if (layer.objective) {
      const name = read(layer.objective);
      if (name) objective = { name, entry: layer.objective };
    }
    if (layer.parameters) {
      parameters = layer.parameters.flatMap(entry => {
        const name = read(entry);
        return name ? [{ name, entry }] : [];
      });
    }
    for (const [latex, entry] of layer.shapes) {
      const name = read({ value: latex, span: entry.span });
      const sizes = entry.value.map(size => read({ value: size, span: entry.span }));
      if (name && sizes.every(size => size !== undefined)) {
        shapes.push({ name, sizes: sizes as readonly Syntax[], span: entry.span, from: "front matter" });
      }
    }
    for (const structure of ["symmetric", "diagonal"] as const) {
      for (const entry of layer[structure] ?? []) {
        const name = read(entry);
        if (name) structures.push({ name, structure, span: entry.span });
      }
    }
    for (const [latex, entry] of layer.functions) {
      const name = read({ value: latex, span: entry.span });
      if (!name) continue;
      const spelling = [entry.value, `\\${entry.value}`].find(word =>
        [1, 2].some(count => readingsOf(word, count).length > 0),
      );
      if (spelling !== undefined) remarks.push({ name, says: { function: spelling }, span: entry.span });
      else if (ELEMENTWISE.test(entry.value)) remarks.push({ name, says: "elementwise", span: entry.span });
      else {
        diagnostics.push({
          code: "N001",
          severity: "error",
          message: `the operation ${entry.value} is not known`,
          spans: [{ span: entry.span, label: "named here" }],
          help: "Write the function by a formula in the note instead.",
        });
      }
    }
  }
  return {
    shapes,
    remarks,
    structures,
    diagnostics,
    ...(objective ? { objective } : {}),
    ...(parameters ? { parameters } : {}),
  };
};
