/** Derivatives by a power of a scalar: ∂ℓ/∂σ² is ∂ℓ/∂σ over 2σ. */
import type { Script, Syntax } from "../../parse/syntax.ts";
import { replaceParts } from "../tree.ts";

/** 2 of σ²; undefined for other scripts. */
const exponentIn = (script: Script | undefined): number | undefined =>
  script?.position === "sup" && script.body.kind === "number" && /^[2-9]$/u.test(script.body.text)
    ? Number(script.body.text)
    : undefined;

/** The formula with such derivatives as quotients. `isPower` says of a name that it is no name of the note but the power of a scalar one. */
export const withPowers = (root: Syntax, isPower: (power: Syntax, base: Syntax) => boolean): Syntax =>
  replaceParts(root, part => {
    if (part.kind !== "derivative" || part.order || part.by.length !== 1 || part.by[0]?.times !== 1) return undefined;
    const { variable } = part.by[0];
    if (variable.kind !== "scripted") return undefined;
    const exponent = exponentIn(variable.scripts.at(-1));
    const scripts = variable.scripts.slice(0, -1);
    const base: Syntax = scripts.length > 0 ? { ...variable, scripts } : variable.base;
    if (exponent === undefined || !isPower(variable, base)) return undefined;
    const { span } = variable;
    const number = (value: number): Syntax => ({ kind: "number", text: String(value), fonts: [], accents: [], span });
    const lower: Syntax =
      exponent === 2
        ? base
        : { kind: "scripted", base, scripts: [{ position: "sup", body: number(exponent - 1), span }], span };
    const bottom: Syntax = {
      kind: "product",
      factors: [number(exponent), lower].map(body => ({ operator: null, body, call: false })),
      span,
    };
    return {
      kind: "fraction",
      form: "frac",
      top: { ...part, by: [{ variable: base, times: 1 }] },
      bottom,
      span: part.span,
    };
  });
