/**
 * Derivatives of second order as they are written: ∂²J/∂w∂wᵀ, ∇²_w J, ∂/∂w_j (∂J/∂w_i), J″(w). They are derivatives of
 * gradients.
 */
import type { Span } from "../../base/source.ts";
import type { DerivativeSyntax, Syntax } from "../../parse/syntax.ts";
import { isTranspose } from "../scripts.ts";
import { everyPart } from "../tree.ts";

/** The gradient of `of` by `rows`, differentiated by `columns`. */
export interface SecondOrder {
  /** null: the loss, which a bare ∇² does not name. */
  readonly of: Syntax | null;
  readonly rows: Syntax;
  readonly columns: Syntax;
  /** A transpose says which of the two goes along the rows. */
  readonly laidOut: boolean;
  readonly span: Span;
}

/** w of wᵀ. */
const untransposed = (syntax: Syntax): Syntax | undefined => {
  if (syntax.kind !== "scripted" || !isTranspose(syntax.scripts.at(-1))) return undefined;
  const scripts = syntax.scripts.slice(0, -1);
  return scripts.length === 0 ? syntax.base : { ...syntax, scripts };
};

const unbracketed = (syntax: Syntax): Syntax =>
  syntax.kind === "group" && syntax.body ? unbracketed(syntax.body) : syntax;

const isTwo = (order: Syntax | null): boolean => order?.kind === "number" && order.text === "2";

/** The two names that a derivative is taken by, the first of them along the rows where no transpose says otherwise. */
const variablesOf = ({ by, order, form }: DerivativeSyntax): readonly [Syntax, Syntax] | undefined => {
  if (!isTwo(order)) return undefined;
  const [first, second, more] = by;
  if (!first || more) return undefined;
  if (second) return first.times === 1 && second.times === 1 ? [first.variable, second.variable] : undefined;
  if (first.times === 2) return [first.variable, first.variable];
  if (form !== "nabla" || first.times !== 1) return undefined;
  // \nabla^2_{xy}
  const { variable } = first;
  const factors = variable.kind === "product" ? variable.factors.map(({ body }) => body) : [];
  const [x, y, another] = factors;
  return x && y && !another ? [x, y] : [variable, variable];
};

/** ∂/∂w (∂J/∂v): the variable of the inner derivative goes along the rows, unless the inner nabla is a row. */
const nested = ({ of, by, order, form, span }: DerivativeSyntax): SecondOrder | undefined => {
  const inner = of && unbracketed(of);
  const [outer, more] = by;
  if (inner?.kind !== "derivative" || order || !outer || more || outer.times > 1) return undefined;
  const [own, another] = inner.by;
  if (!own || another || own.times > 1) return undefined;
  if (form === "nabla" && inner.order?.kind === "mark")
    return { of: inner.of, rows: outer.variable, columns: own.variable, laidOut: true, span };
  if (inner.order) return undefined;
  const columns = untransposed(outer.variable);
  return {
    of: inner.of,
    rows: own.variable,
    columns: columns ?? outer.variable,
    laidOut: columns !== undefined,
    span,
  };
};

/** A derivative of second order; undefined for one of another order. */
export const secondOrderOf = (syntax: DerivativeSyntax): SecondOrder | undefined => {
  const found = variablesOf(syntax);
  if (!found) return nested(syntax);
  const [rows, columns] = found;
  const { of, span } = syntax;
  const [row, column] = [untransposed(rows), untransposed(columns)];
  if (row && !column) return { of, rows: columns, columns: row, laidOut: true, span };
  return { of, rows: row ?? rows, columns: column ?? columns, laidOut: column !== undefined || rows === columns, span };
};

/** Whether formulas ask for a derivative of second order: ∂², ∇², J″ or one within another. */
export const namesSecondOrder = (members: readonly Syntax[]): boolean =>
  members
    .flatMap(member => everyPart(member))
    .some(part => {
      if (part.kind === "derivative")
        return isTwo(part.order) || (part.of !== null && unbracketed(part.of).kind === "derivative");
      return part.kind === "scripted" && part.scripts.some(script => script.position === "prime" && script.count === 2);
    });
