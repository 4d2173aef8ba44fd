/**
 * Formulas under a derivative: ∂ log π_a/∂θ, ∇_w ‖w‖², ∂/∂w [½(y − t)²]. Each is made a name of its own, defined by it, so that it is
 * differentiated like everything that the forward pass computes.
 */
import { at, isFree, symbol } from "../../expr/node.ts";
import { named } from "../../expr/polynomial.ts";
import type { Equation, SymbolEntry } from "../../expr/system.ts";
import { postorder } from "../../expr/walk.ts";
import type { DerivativeSyntax, Factor, Syntax } from "../../parse/syntax.ts";
import type { Forward } from "../read.ts";
import { isName, takeApart } from "../scripts.ts";
import { everyPart, replaceParts } from "../tree.ts";
import type { ClaimReading, NamedFormula, NamedFormulas } from "./reading.ts";

export const NO_FORMULAS: NamedFormulas = new Map();

/** A formula as it is read, wherever it stands. */
const keyOf = (of: Syntax): string => JSON.stringify(of, (key, value) => (key === "span" ? undefined : value));

export const formulaAbove = (formulas: NamedFormulas, of: Syntax): NamedFormula | undefined =>
  formulas.size > 0 ? formulas.get(keyOf(of)) : undefined;

const isNumber = (syntax: Syntax): boolean =>
  syntax.kind === "number" || (syntax.kind === "fraction" && isNumber(syntax.top) && isNumber(syntax.bottom));

/** The derivative of all factors behind the operator, where the first is none that anything changes. */
const gathered = (factors: readonly Factor[], changes: (name: Syntax) => boolean): Syntax | undefined => {
  const place = factors.findIndex(({ body }) => body.kind === "derivative" && body.form === "operator");
  const operator = factors[place]?.body;
  const rest = factors.slice(place + 1);
  if (operator?.kind !== "derivative" || !operator.of || rest.length === 0) return undefined;
  const { of } = operator;
  if (!isNumber(of) && !(isName(takeApart(of).core) && !changes(of))) return undefined;
  const end = (rest.at(-1) as Factor).body.span.end;
  const all: Syntax = {
    kind: "product",
    factors: [{ operator: null, body: of, call: false }, ...rest],
    span: { start: of.span.start, end },
  };
  const whole: DerivativeSyntax = { ...operator, of: all, span: { start: operator.span.start, end } };
  const before = factors.slice(0, place);
  if (before.length === 0) return whole;
  const start = (before[0] as Factor).body.span.start;
  return {
    kind: "product",
    factors: [...before, { ...(factors[place] as Factor), body: whole }],
    span: { start, end },
  };
};

/** ∂/∂w ½ (y − t)²: the operator stands before all that follows it, not before the ½ alone. */
export const withWholeOperands = (syntax: Syntax, changes: (name: Syntax) => boolean): Syntax =>
  replaceParts(syntax, part => (part.kind === "product" ? gathered(part.factors, changes) : undefined));

/** Words, commands and single letters. */
const TOKENS = /\\(?:text\w*|mathrm|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z]/gu;

/** The formula with the places of its indices in place of their letters, in braces unless it has some there. */
const withPlaces = (latex: string, indices: readonly string[]): string =>
  latex.replace(TOKENS, (token, at: number) => {
    const place = indices.indexOf(token);
    if (place < 0) return token;
    const sign = String.fromCharCode(place + 1);
    return latex[at - 1] === "{" && latex[at + 1] === "}" ? sign : `{${sign}}`;
  });

export interface FormulasFound {
  readonly forward: Forward;
  readonly formulas: NamedFormulas;
}

export interface FormulaReader {
  /** Whether it is a name of the system, or one of its functions with arguments. */
  readonly isMember: (of: Syntax) => boolean;
  /** Reads a formula by itself. */
  readonly read: (formula: Syntax) => ClaimReading;
  /** As the note writes it. */
  readonly latexOf: (formula: Syntax) => string;
}

/** The system with the formulas that claims differentiate. */
export const withFormulas = (
  forward: Forward,
  claims: readonly Syntax[],
  { isMember, read, latexOf }: FormulaReader,
): FormulasFound => {
  const formulas = new Map<string, NamedFormula>();
  const symbols = new Map<string, SymbolEntry>();
  const equations: Equation[] = [];
  const { scope } = forward.assembled.system;
  for (const part of claims.flatMap(claim => everyPart(claim))) {
    if (part.kind !== "derivative" || !part.of || isMember(part.of)) continue;
    const key = keyOf(part.of);
    const reading = formulas.has(key) ? undefined : read(part.of);
    const [right] = reading?.kind === "read" ? reading.claim.members : [];
    if (reading?.kind !== "read" || !right || postorder(right).some(node => node.kind === "partial")) continue;
    const { indices, over } = reading.claim;
    let id = `formula_${formulas.size + 1}`;
    while (forward.assembled.system.symbols.has(id) || !isFree(scope, id, right.shape, indices.length)) id += "_";
    const node = symbol(scope, id, right.shape, indices.length);
    const index = indices.map(named);
    const latex = latexOf(part.of);
    symbols.set(id, {
      node,
      latex,
      ...(indices.length > 0 ? { memberLatex: withPlaces(latex, indices) } : {}),
      role: "defined",
      indices,
      domain: over,
      shapeFrom: "named",
    });
    equations.push({ left: indices.length > 0 ? at(node, index) : node, right, indices, over });
    formulas.set(key, { symbol: node, index });
  }
  if (equations.length === 0) return { forward, formulas };
  const extended = (system: Forward["system"]): Forward["system"] => ({
    ...system,
    symbols: new Map([...system.symbols, ...symbols]),
    equations: [...system.equations, ...equations],
  });
  const { assembled, system } = forward;
  return {
    forward: { ...forward, system: extended(system), assembled: { ...assembled, system: extended(assembled.system) } },
    formulas,
  };
};
