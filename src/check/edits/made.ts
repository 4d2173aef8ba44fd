/** What an edit of the table makes of the parts that it is given. */
import { type Node, rowsAndColumns } from "../../expr/node.ts";
import { namesIn, type Polynomial } from "../../expr/polynomial.ts";
import { compileTemplates, instantiate, type Template } from "../../term/template.ts";
import type { TermEdit } from "./table.ts";

const templates = new Map<TermEdit, Template>();

const templateOf = (edit: TermEdit): Template => {
  let known = templates.get(edit);
  if (!known) {
    [known] = compileTemplates([edit.to], edit.where) as [Template];
    templates.set(edit, known);
  }
  return known;
};

/** Whether parts have the shapes that an edit speaks of: equal names, equal sizes. */
const fits = ({ metas }: Template, parts: ReadonlyMap<string, Node>): boolean => {
  const sizes = new Map<string, string>();
  for (const [name, meta] of metas) {
    const { shape } = parts.get(name) as Node;
    if (shape.length > 2) return false;
    const own = rowsAndColumns(shape);
    for (const [axis, wanted] of rowsAndColumns(meta.shape).entries()) {
      const found = (own[axis] as Polynomial).key;
      if (namesIn(wanted).length === 0 ? wanted.key !== found : (sizes.get(wanted.key) ?? found) !== found)
        return false;
      sizes.set(wanted.key, found);
    }
  }
  return true;
};

/** What the edit makes of the parts; undefined where their shapes do not fit. */
export const made = (edit: TermEdit, parts: ReadonlyMap<string, Node>): Node | undefined => {
  const template = templateOf(edit);
  return fits(template, parts) ? instantiate(template, { nodes: parts, integers: new Map() }) : undefined;
};
