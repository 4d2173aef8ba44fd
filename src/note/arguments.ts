/** L(a, y), J(w): a value with what it depends on written behind it, as a function that is never given anything else. */
import type { Factor, Syntax } from "../parse/syntax.ts";
import { replaceParts, textOf } from "./tree.ts";

/** What stands in the brackets behind a name. */
const argumentsIn = (group: Syntax): readonly Syntax[] | undefined => {
  if (group.kind !== "group" || group.open !== "(" || !group.body) return undefined;
  return group.body.kind === "list" ? group.body.items : [group.body];
};

/** A name without the brackets behind it, with what hangs on them: s(x)^\top is s^\top. */
const withoutBrackets = (
  name: Factor,
  brackets: Factor | undefined,
  isValue: (name: Syntax, args: readonly Syntax[]) => boolean,
): Factor | undefined => {
  if (!brackets?.call) return undefined;
  const { body } = brackets;
  const args = argumentsIn(body.kind === "scripted" ? body.base : body);
  if (!args || !isValue(name.body, args)) return undefined;
  if (body.kind !== "scripted") return name;
  const span = { start: name.body.span.start, end: body.span.end };
  const [base, own] = name.body.kind === "scripted" ? [name.body.base, name.body.scripts] : [name.body, []];
  return { ...name, body: { kind: "scripted", base, scripts: [...own, ...body.scripts], span } };
};

/** The formula with the brackets dropped behind each name that `isValue` says is no function of them. */
export const withoutArguments = (syntax: Syntax, isValue: (name: Syntax, args: readonly Syntax[]) => boolean): Syntax =>
  replaceParts(syntax, part => {
    if (part.kind !== "product") return undefined;
    const factors: Factor[] = [];
    for (let i = 0; i < part.factors.length; i++) {
      const factor = part.factors[i] as Factor;
      const name = withoutBrackets(factor, part.factors[i + 1], isValue);
      factors.push(name ?? factor);
      if (name) i++;
    }
    const [only, another] = factors;
    if (factors.length === part.factors.length || !only) return undefined;
    return another ? withoutArguments({ ...part, factors }, isValue) : only.body;
  });

/** The same names in the same order. */
export const sameArguments = (a: readonly Syntax[], b: readonly Syntax[]): boolean =>
  a.length === b.length && a.every((arg, i) => textOf(arg) === textOf(b[i] as Syntax));

/** J′ or J″, for a value J. */
const primed = (syntax: Syntax): { readonly value: Syntax; readonly times: number } | undefined => {
  if (syntax.kind !== "scripted" || syntax.scripts.length !== 1) return undefined;
  const [script] = syntax.scripts;
  return script?.position === "prime" && script.count <= 2 ? { value: syntax.base, times: script.count } : undefined;
};

/**
 * The formula in which a gradient without a variable is one by the only argument of its value: beside J(w) = … both ∇J and J′(w)
 * are ∇_w J, and both ∇²J and J″(w) are ∇²_w J.
 */
export const withVariables = (root: Syntax, variableOf: (name: Syntax) => Syntax | undefined): Syntax => {
  const gradient = (of: Syntax, times: number, span: Syntax["span"]): Syntax | undefined => {
    const variable = variableOf(of);
    return (
      variable && {
        kind: "derivative",
        form: "nabla",
        sign: "\\nabla",
        of,
        by: [{ variable, times }],
        order: times === 1 ? null : { kind: "number", text: String(times), fonts: [], accents: [], span },
        span,
      }
    );
  };
  return replaceParts(root, part => {
    if (part.kind === "derivative" && part.form === "nabla" && part.by.length === 0 && part.of) {
      const { order, of, span } = part;
      const times = order === null ? 1 : order.kind === "number" ? Number(order.text) : undefined;
      return times === undefined ? undefined : gradient(of, times, span);
    }
    const found = primed(part);
    return found && gradient(found.value, found.times, part.span);
  });
};
