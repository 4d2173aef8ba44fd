/** Whether the members of families can be computed one after the other. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { constantValue, minus, named } from "../expr/polynomial.ts";
import type { Family } from "./names.ts";
import type { TypedEquation } from "./typing.ts";

interface Edge {
  readonly from: Family;
  readonly to: Family;
  /** What is read minus what is defined, by letter; undefined where that is no constant. */
  readonly offsets: ReadonlyMap<string, number | undefined>;
  readonly span: Span;
}

const components = (families: readonly Family[], edges: readonly Edge[]): ReadonlyMap<Family, number> => {
  // Kosaraju with explicit stacks.
  const out = new Map<Family, Family[]>(families.map(family => [family, []]));
  const back = new Map<Family, Family[]>(families.map(family => [family, []]));
  for (const { from, to } of edges) {
    out.get(from)?.push(to);
    back.get(to)?.push(from);
  }
  const order: Family[] = [];
  const seen = new Set<Family>();
  for (const root of families) {
    if (seen.has(root)) continue;
    seen.add(root);
    const stack: { family: Family; next: number }[] = [{ family: root, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1) as (typeof stack)[number];
      const next = out.get(top.family)?.[top.next++];
      if (!next) {
        order.push(top.family);
        stack.pop();
      } else if (!seen.has(next)) {
        seen.add(next);
        stack.push({ family: next, next: 0 });
      }
    }
  }
  const component = new Map<Family, number>();
  let count = 0;
  for (const root of order.reverse()) {
    if (component.has(root)) continue;
    const stack = [root];
    component.set(root, count);
    while (stack.length > 0) {
      for (const next of back.get(stack.pop() as Family) ?? []) {
        if (component.has(next)) continue;
        component.set(next, count);
        stack.push(next);
      }
    }
    count++;
  }
  return component;
};

const permutations = (letters: readonly string[]): readonly (readonly string[])[] =>
  letters.length <= 1
    ? [letters]
    : letters.flatMap(first => permutations(letters.filter(letter => letter !== first)).map(rest => [first, ...rest]));

/** Whether reads inside one loop all go to earlier members, if indices are compared in this order and direction. */
const ordered = (edges: readonly Edge[], order: readonly { letter: string; sign: number }[]): boolean => {
  const same: Edge[] = [];
  for (const edge of edges) {
    let settled = false;
    for (const { letter, sign } of order) {
      const offset = edge.offsets.get(letter);
      if (offset === undefined || offset * sign > 0) return false;
      if (offset !== 0) {
        settled = true;
        break;
      }
    }
    if (!settled) same.push(edge);
  }
  const families = [...new Set(same.flatMap(edge => [edge.from, edge.to]))];
  const component = components(families, same);
  return same.every(edge => edge.from !== edge.to && component.get(edge.from) !== component.get(edge.to));
};

/** Refuses a system in which some member would have to be known before it is computed. */
export const checkOrder = (equations: readonly TypedEquation[]): Diagnostic | undefined => {
  const defined = new Map<Family, TypedEquation>();
  for (const equation of equations)
    if (!defined.has(equation.family) || equation.bindings.length > 0) defined.set(equation.family, equation);
  const edges: Edge[] = [];
  for (const equation of equations) {
    for (const read of equation.reads) {
      const target = defined.get(read.family);
      if (!target) continue;
      const offsets = new Map<string, number | undefined>();
      read.index.forEach((value, i) => {
        const own = equation.places.find(place => place.index === target.places[i]?.index);
        const at = own?.fixed ?? (own ? named(own.index) : undefined);
        offsets.set(target.places[i]?.index ?? "", at ? constantValue(minus(value, at)) : undefined);
      });
      edges.push({ from: equation.family, to: read.family, offsets, span: read.span });
    }
  }
  const component = components([...defined.keys()], edges);
  const groups = new Map<number, Edge[]>();
  for (const edge of edges) {
    const group = component.get(edge.from) as number;
    if (group === component.get(edge.to)) groups.set(group, [...(groups.get(group) ?? []), edge]);
  }
  for (const group of groups.values()) {
    const letters = [...new Set(group.flatMap(edge => [...edge.offsets.keys()]))].sort();
    const signs =
      letters.length > 4
        ? []
        : Array.from({ length: 2 ** letters.length }, (_, bits) =>
            letters.map((_letter, i) => (bits & (1 << i) ? -1 : 1)),
          );
    const possible = permutations(letters.slice(0, 4)).some(order =>
      signs.some(sign =>
        ordered(
          group,
          order.map(letter => ({ letter, sign: sign[letters.indexOf(letter)] as number })),
        ),
      ),
    );
    if (possible) continue;
    const [first, ...others] = group;
    return {
      code: "I003",
      severity: "error",
      message: `${(first as Edge).to.latex} is read before it can be known`,
      spans: [
        { span: (first as Edge).span, label: "read here" },
        ...others.slice(0, 2).map(edge => ({ span: edge.span, label: "and here" })),
      ],
      help: "One of these reads must be of another member, such as t - 1.",
    };
  }
  return undefined;
};
