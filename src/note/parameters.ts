/** Arguments of functions that are written out in place. */
import type { Syntax } from "../parse/syntax.ts";
import { type Element, takeApart } from "./scripts.ts";
import type { Surroundings } from "./surroundings.ts";
import { textOf } from "./tree.ts";

/** The argument that a name is: the name may have scripts, and others may hang on it. */
export const parameterIn = (
  syntax: Syntax,
  { parameters }: Surroundings,
): { readonly draft: number; readonly rest: readonly Element[] } | undefined => {
  if (parameters.size === 0) return undefined;
  const scripts = syntax.kind === "scripted" ? syntax.scripts : [];
  const base = syntax.kind === "scripted" ? syntax.base : syntax;
  for (let count = scripts.length; count >= 0; count--) {
    const name: Syntax =
      count === 0 ? base : { kind: "scripted", base, scripts: scripts.slice(0, count), span: syntax.span };
    const draft = parameters.get(textOf(name));
    if (draft === undefined) continue;
    const rest: Syntax = { kind: "scripted", base, scripts: scripts.slice(count), span: syntax.span };
    return { draft, rest: count === scripts.length ? [] : takeApart(rest).elements };
  }
  return undefined;
};
