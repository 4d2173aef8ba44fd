/**
 * Names that look like gradients: dW, \mathbf{do}_i, d_{W_o}, δ_{z_t}. Where the rest of the name is one of the system's,
 * and the whole is not, it stands for the derivative of the objective by it.
 */
import type { DerivativeSyntax, Factor, Script, SymbolSyntax, Syntax } from "../../parse/syntax.ts";
import { accentedName } from "../overbars.ts";
import { replaceParts } from "../tree.ts";

/** Letters that stand before or above what is differentiated by. */
interface Prefix {
  readonly name: string;
  /** dW side by side, \mathbf{dW} under one font, d_W below the letter. */
  readonly as: readonly ("beside" | "run" | "subscript")[];
}

/** The letter of errors, which may be derivatives by what a function is applied to. */
export const ERROR = "\\delta";

/** The letter of what is added to a gradient. */
export const INCREMENT = "\\Delta";

/** Of errors by what has a name here alone: the input of a unit. */
export const INPUT_ERROR = "\\delta input";

const PREFIXES: readonly Prefix[] = [
  { name: "d", as: ["beside", "run", "subscript"] },
  { name: ERROR, as: ["beside", "subscript"] },
  { name: INCREMENT, as: ["beside", "subscript"] },
  { name: "\\nabla", as: ["beside", "subscript"] },
  { name: "g", as: ["subscript"] },
];

/** What is known of names. */
export interface KnownNames {
  /** Whether the name is one of the system's, with nothing but indices hanging on it. */
  readonly isMember: (syntax: Syntax) => boolean;
  /** Whether the letter means something by itself. */
  readonly isTaken: (symbol: Syntax) => boolean;
  /** Accents that stand for gradients: \bar{v}. */
  readonly accents: ReadonlySet<string>;
}

const prefixOf = (syntax: Syntax, as: Prefix["as"][number], { isTaken }: KnownNames): boolean =>
  syntax.kind === "symbol" &&
  PREFIXES.some(prefix => prefix.name === syntax.name && prefix.as.includes(as)) &&
  !isTaken(syntax);

const derivativeBy = (variable: Syntax, span: Syntax["span"], sign = "\\nabla"): DerivativeSyntax => ({
  kind: "derivative",
  form: "nabla",
  sign,
  of: null,
  by: [{ variable, times: 1 }],
  order: null,
  span,
});

const withScripts = (base: Syntax, scripts: readonly Script[], span: Syntax["span"]): Syntax =>
  scripts.length === 0 ? base : { kind: "scripted", base, scripts, span };

/** The derivative by as much of a scripted name as is one; transposes and powers stay outside. */
const byName = (
  base: Syntax,
  scripts: readonly Script[],
  span: Syntax["span"],
  names: KnownNames,
  sign?: string,
): Syntax | undefined => {
  for (let count = scripts.length; count >= 0; count--) {
    const variable = withScripts(base, scripts.slice(0, count), span);
    if (names.isMember(variable)) return withScripts(derivativeBy(variable, span, sign), scripts.slice(count), span);
  }
  return undefined;
};

/** \mathbf{dKV}: the letters behind the first, as one name. */
const restOf = (run: SymbolSyntax): Syntax | undefined => {
  const [, ...rest] = run.parts ?? [];
  const [only] = rest;
  if (rest.length === 1) return only;
  if (rest.length === 0 || rest.some(part => part.kind !== "symbol")) return undefined;
  const letters = rest as readonly SymbolSyntax[];
  return { ...run, name: letters.map(({ name }) => name).join(""), parts: letters };
};

/** o_t in z_{ot}, where z_{ot} is no member: the input of the unit, named by it. */
const unitOf = (variable: Syntax, { isMember }: KnownNames): Syntax | undefined => {
  if (variable.kind !== "scripted") return undefined;
  const [below, more] = variable.scripts;
  if (below?.position !== "sub" || more || below.body.kind !== "product") return undefined;
  const [unit, index, another] = below.body.factors;
  if (!unit || !index || another || index.operator !== null) return undefined;
  const { span } = variable;
  const named: Syntax = { kind: "scripted", base: unit.body, scripts: [{ ...below, body: index.body }], span };
  return isMember(named) ? named : undefined;
};

const ofName = (syntax: Syntax, names: KnownNames): Syntax | undefined => {
  const scripts = syntax.kind === "scripted" ? syntax.scripts : [];
  const base = syntax.kind === "scripted" ? syntax.base : syntax;
  // \\bar{dq} is something made of dq.
  if (base.kind !== "symbol" || (base.form === "run" && base.accents.length > 0)) return undefined;
  const [first] = base.parts ?? [];
  const rest = base.form === "run" && first && prefixOf(first, "run", names) ? restOf(base) : undefined;
  if (rest) return byName(rest, scripts, syntax.span, names);
  const [below, ...others] = scripts;
  if (below?.position !== "sub" || !prefixOf(base, "subscript", names)) return undefined;
  // d_p is no gradient where the forward equations have a d_p.
  if (names.isMember(withScripts(base, [below], syntax.span)) || names.isMember(syntax)) return undefined;
  const variable = below.body;
  if (names.isMember(variable)) return withScripts(derivativeBy(variable, syntax.span, base.name), others, syntax.span);
  const unit = base.name === ERROR ? unitOf(variable, names) : undefined;
  return unit && withScripts(derivativeBy(unit, syntax.span, INPUT_ERROR), others, syntax.span);
};

/** \overline{v} for ∂L/∂v. */
const underAccent = (syntax: Syntax, names: KnownNames): Syntax | undefined => {
  const scripts = syntax.kind === "scripted" ? syntax.scripts : [];
  const base = syntax.kind === "scripted" ? syntax.base : syntax;
  const found = accentedName(base);
  return found && names.accents.has(found.accent) && !names.isTaken(syntax)
    ? byName(found.bare, scripts, syntax.span, names)
    : undefined;
};

/** {dz}^{[l]}: what hangs on the braces hangs on the name behind the d. */
const inBraces = (value: Syntax, names: KnownNames): Syntax | undefined => {
  if (value.kind !== "scripted" || value.base.kind !== "product") return undefined;
  const [sign, name, more] = value.base.factors;
  if (!sign || !name || more || name.operator !== null || name.call) return undefined;
  if (name.body.kind !== "symbol" || !prefixOf(sign.body, "beside", names)) return undefined;
  return (
    byName(name.body, value.scripts, value.span, names) ??
    derivativeBy(withScripts(name.body, value.scripts, value.span), value.span)
  );
};

/** A letter with scripts, which may be misread or unknown: the sign before it is a differential all the same. */
const isPlainName = (syntax: Syntax): boolean =>
  syntax.kind === "scripted" &&
  syntax.base.kind === "symbol" &&
  syntax.scripts.every(({ position }) => position !== "prime");

/** d and the name behind it, side by side in a product. */
const inProduct = (factors: readonly Factor[], names: KnownNames): readonly Factor[] | undefined => {
  const joined: Factor[] = [];
  let changed = false;
  for (let i = 0; i < factors.length; i++) {
    const factor = factors[i] as Factor;
    const next = factors[i + 1];
    if (next && next.operator === null && prefixOf(factor.body, "beside", names)) {
      const { body } = next;
      const scripts = body.kind === "scripted" ? body.scripts : [];
      const span = { start: factor.body.span.start, end: body.span.end };
      const sign = factor.body.kind === "symbol" && factor.body.name === INCREMENT ? INCREMENT : undefined;
      const found =
        byName(body.kind === "scripted" ? body.base : body, scripts, span, names, sign) ??
        (next.call !== true && isPlainName(body) ? derivativeBy(body, span) : undefined);
      if (found) {
        joined.push({ ...factor, body: found });
        changed = true;
        i++;
        continue;
      }
    }
    joined.push(factor);
  }
  return changed ? joined : undefined;
};

/** The formula with gradient names read as derivatives. */
export const readAdjointNames = (syntax: Syntax, names: KnownNames): Syntax =>
  replaceParts(syntax, part => {
    switch (part.kind) {
      case "derivative":
        return part;
      case "symbol":
        return underAccent(part, names) ?? ofName(part, names) ?? part;
      case "accent":
        return underAccent(part, names);
      case "scripted":
        return underAccent(part, names) ?? ofName(part, names) ?? inBraces(part, names);
      case "product": {
        const factors = inProduct(part.factors, names);
        const [only, more] = factors ?? [];
        if (!factors || !only) return undefined;
        return more ? readAdjointNames({ ...part, factors }, names) : only.body;
      }
      default:
        return undefined;
    }
  });
