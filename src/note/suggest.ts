/** Small edits of an equation that make the whole system consistent: tried before they are suggested. */
import type { Span } from "../base/source.ts";
import type { Factor, Syntax } from "../parse/syntax.ts";
import { exchange } from "./exchange.ts";
import type { PreparedEquation } from "./leftside.ts";
import type { Family } from "./names.ts";
import { checkOrder } from "./order.ts";
import type { Prepared } from "./prepare.ts";
import { showExtent } from "./showextent.ts";
import { everyPart } from "./tree.ts";
import { type TypedEquation, type TypingOptions, typeSystem } from "./typing.ts";

const MOST_TRIALS = 24;
const SEARCH = 20_000;

const sameSpan = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;

interface Edit {
  readonly right: Syntax;
  readonly at: Span;
  readonly text: string;
  readonly family?: Family;
}

const isNamed = (syntax: Syntax): boolean =>
  syntax.kind === "symbol" || syntax.kind === "scripted" || syntax.kind === "accent";

const transposed = (syntax: Syntax): Syntax => ({
  kind: "scripted",
  base: syntax,
  span: syntax.span,
  scripts: [
    { position: "sup", span: syntax.span, body: { kind: "mark", spelling: "\\top", body: null, span: syntax.span } },
  ],
});

/** Other names that could stand in a place: those that the equations never read come first. */
const otherNames = (
  prepared: Prepared,
  equation: PreparedEquation,
  old: Syntax,
): readonly { syntax: Syntax; family: Family; unread: boolean }[] => {
  const own = prepared.names.resolve(old);
  const found = new Map<Family, { syntax: Syntax; family: Family; unread: boolean }>();
  const read = new Set<Family>();
  const defined = new Set(prepared.equations.map(each => each.family));
  const bound = new Set(equation.bindings.map(binding => binding.letter));
  for (const { right } of prepared.equations) {
    for (const part of everyPart(right))
      if (isNamed(part)) {
        const family = prepared.names.resolve(part)?.family;
        if (family) read.add(family);
      }
  }
  for (const { syntax } of prepared.names.occurrences) {
    const name = prepared.names.resolve(syntax);
    if (!name || name.family === own?.family || name.family === equation.family || name.tail.length > 0 || name.mark)
      continue;
    if (prepared.functions.isFunction(syntax)) continue;
    const letters = name.index.flatMap(value => value.monomials.flatMap(monomial => monomial.names));
    if (!letters.every(letter => bound.has(letter))) continue;
    const unread = !read.has(name.family);
    // What is defined and never read is a result, not an input.
    if (unread && defined.has(name.family)) continue;
    if (!found.has(name.family)) found.set(name.family, { syntax, family: name.family, unread });
  }
  return [...found.values()];
};

/** "x_t has size d; did you mean W_{hx} x_t?", or undefined if no small edit makes everything fit. */
export const suggestEdit = (
  prepared: Prepared,
  equation: TypedEquation,
  parts: readonly Span[],
  whole: Span,
  options: TypingOptions,
  text: string,
): string | undefined => {
  const nodes = parts.flatMap(span => everyPart(equation.right).find(part => sameSpan(part.span, span)) ?? []);
  const edits: Edit[] = [];
  const later: Edit[] = [];
  for (const node of [...nodes].reverse()) {
    if (!isNamed(node)) continue;
    for (const { syntax, family, unread } of otherNames(prepared, equation, node)) {
      const edit: Edit = {
        right: exchange(equation.right, node, syntax),
        at: node.span,
        text: text.slice(syntax.span.start, syntax.span.end),
        family,
      };
      (unread ? edits : later).push(edit);
    }
  }
  for (const node of nodes) {
    const written = text.slice(node.span.start, node.span.end);
    const simple =
      node.kind === "symbol" || (node.kind === "scripted" && node.scripts.every(script => script.position === "sub"));
    edits.push({
      right: exchange(equation.right, node, transposed(node)),
      at: node.span,
      text: simple ? `${written}^\\top` : `(${written})^\\top`,
    });
  }
  const [a, b] = nodes;
  const product = everyPart(equation.right).find(
    part => part.kind === "product" && a !== undefined && part.factors.some(factor => factor.body === a),
  );
  if (a && b && product?.kind === "product" && product.factors.some(factor => factor.body === b)) {
    const factors = product.factors.map(
      (factor): Factor =>
        factor.body === a ? { ...factor, body: b } : factor.body === b ? { ...factor, body: a } : factor,
    );
    const [first, second] = [text.slice(a.span.start, a.span.end), text.slice(b.span.start, b.span.end)];
    edits.push({
      right: exchange(equation.right, product, { ...product, factors }),
      at: { start: a.span.start, end: b.span.end },
      text: `${second}${text.slice(a.span.end, b.span.start)}${first}`,
    });
  }
  for (const edit of [...edits, ...later].slice(0, MOST_TRIALS)) {
    const equations = prepared.equations.map(each =>
      each.left === equation.left ? { ...each, right: edit.right } : each,
    );
    const result = typeSystem({ ...prepared, equations }, { ...options, trials: SEARCH });
    if (!result.ok || result.unread.length > 0 || result.typing.ties.length > 0 || checkOrder(result.typing.equations))
      continue;
    const edited = `${text.slice(whole.start, edit.at.start)}${edit.text}${text.slice(edit.at.end, whole.end)}`;
    const extent = edit.family && result.typing.extents.get(edit.family);
    const because = extent ? `${edit.text} has ${sizeWords(showExtent(result.typing.sizes, extent))}; ` : "";
    return `${because}did you mean ${edited}?`;
  }
  return undefined;
};

const sizeWords = (shape: string): string => (shape === "a scalar" ? "one entry" : `size ${shape}`);
