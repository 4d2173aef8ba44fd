/** Names in formulas: as values, with arguments, on left sides. */
import type { Factor, Syntax } from "../parse/syntax.ts";
import { baseOf, isName, takeApart } from "./scripts.ts";
import { everyPart, valuesIn } from "./tree.ts";

export const baseOfName = (syntax: Syntax): string | undefined => {
  const { core, accents } = takeApart(syntax);
  return baseOf(core, accents);
};

/** φ(u) on the left: the name and its arguments. */
export const headed = (left: Syntax): { name: Syntax; args: readonly Syntax[] } | undefined => {
  if (left.kind !== "product") return undefined;
  const [name, argument] = left.factors as readonly [Factor, Factor];
  const group = argument.body;
  if (group.kind !== "group" || !group.body) return undefined;
  return { name: name.body, args: group.body.kind === "list" ? group.body.items : [group.body] };
};

/** Names applied to a bracket: φ(z). */
export const applicationsIn = (root: Syntax): readonly { name: Syntax; args: readonly Syntax[] }[] =>
  everyPart(root, valuesIn).flatMap(part =>
    part.kind !== "product"
      ? []
      : part.factors.flatMap((factor, i) => {
          const next = part.factors[i + 1];
          if (!next?.call || !isName(takeApart(factor.body).core)) return [];
          const { core } = takeApart(next.body);
          const body = core.kind === "group" ? core.body : undefined;
          const args = body?.kind === "list" ? body.items : body ? [body] : [];
          // W [x, h] joins two arrays; f(x, h) takes two arguments.
          if (args.length > 1 && core.kind === "group" && core.open !== "(") return [];
          return [{ name: factor.body, args }];
        }),
  );

/** Names in value position, without those that are applied. */
export const valueNames = (root: Syntax): readonly Syntax[] => {
  const found: Syntax[] = [];
  const stack: Syntax[] = [root];
  while (stack.length > 0) {
    const top = stack.pop() as Syntax;
    if ((top.kind === "symbol" || top.kind === "scripted" || top.kind === "accent") && isName(takeApart(top).core)) {
      found.push(top);
      const { core } = takeApart(top);
      if (core.kind === "symbol" && core.parts) stack.push(...core.parts);
      continue;
    }
    stack.push(...[...valuesIn(top)].reverse());
    if (top.kind === "scripted") {
      // The exponent of e^{-u} holds values.
      for (const script of top.scripts) if (script.position === "sup") stack.push(script.body);
    }
  }
  return found;
};

/** The values in a definition, the exponents of e among them. */
export const readNames = (root: Syntax): readonly Syntax[] =>
  valueNames(root).flatMap(name => {
    const { core, elements } = takeApart(name);
    if (!isName(core) || core.name !== "e") return [name];
    return [
      name,
      ...elements.flatMap(element =>
        element.kind === "item" && element.position === "sup" ? valueNames(element.body) : [],
      ),
    ];
  });

export const addTo = (set: Set<string>, value: string | undefined): void => {
  if (value !== undefined) set.add(value);
};
