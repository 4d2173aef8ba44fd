/** \operatorname{diag}(\mu_1, \dots, \mu_n): all members of one name between brackets are the array of them. */
import type { Syntax } from "../parse/syntax.ts";
import { type SystemText, withFormulas } from "./systemtext.ts";
import { replaceParts, textOf } from "./tree.ts";

/** What is applied to an array as a whole. */
const OF_ARRAYS = /^(?:operatorname\{)?(?:diag|softmax|max|min)\}?$/u;

/** μ, of μ_1, …, μ_n. */
const arrayOf = (list: Syntax): Syntax | undefined => {
  if (list.kind !== "list" || !list.items.some(({ kind }) => kind === "dots")) return undefined;
  const [first, ...others] = list.items.filter(({ kind }) => kind !== "dots");
  const last = others.at(-1);
  if (first?.kind !== "scripted" || last?.kind !== "scripted") return undefined;
  const members = [first, ...others];
  const isMember = (item: Syntax): boolean =>
    item.kind === "scripted" &&
    item.scripts.length === 1 &&
    item.scripts[0]?.position === "sub" &&
    textOf(item.base) === textOf(first.base);
  return members.every(isMember) && first.scripts[0]?.position === "sub" && textOf(first.scripts[0].body) === "1"
    ? first.base
    : undefined;
};

const withArrays = (root: Syntax): Syntax =>
  replaceParts(root, part => {
    const [name, group] =
      part.kind === "product" && part.factors.length === 2 && part.factors[1]?.call
        ? part.factors.map(({ body }) => body)
        : part.kind === "apply"
          ? [part.name, part.argument]
          : [];
    if (!name || group?.kind !== "group" || !group.body || !OF_ARRAYS.test(textOf(name))) return undefined;
    const array = arrayOf(group.body);
    if (!array) return undefined;
    return replaceParts(part, each => (each === group ? { ...group, body: array } : undefined));
  });

/** The text with such arrays by their names. */
export const withEnumeratedArrays = (text: SystemText): SystemText => withFormulas(text, withArrays);
