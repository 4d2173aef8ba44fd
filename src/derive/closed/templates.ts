/** The terms that closed forms are made of, as templates: an engine names no op. */
import { InternalError } from "../../base/diagnostic.ts";
import { type Node, rowsAndColumns, type Shape } from "../../expr/node.ts";
import type { Polynomial } from "../../expr/polynomial.ts";
import { isScalar } from "../../ops/call.ts";
import { compileTemplates, instantiate, type Template } from "../../term/template.ts";

const one = (text: string, where: Readonly<Record<string, string>>): Template => {
  const [template] = compileTemplates([text], where);
  if (!template) throw new InternalError("a template of closed forms is missing");
  return template;
};

const PRODUCT = one("A * B", { A: "m k", B: "k n" });
const SCALED = one("c * A", { c: "1", A: "m n" });
const TRANSPOSED = one("A'", { A: "m n" });
const NEGATIVE = one("-A", { A: "m n" });
const SUM = one("A + B", { A: "m n", B: "m n" });
const DIAG = one("diag(v)", { v: "n" });
const INVERSE_ENTRIES = one("ones(m, n) ./ A", { A: "m n" });
const POWER = one("A^k", { A: "n n" });
const SCALAR_POWER = one("c .^ k", { c: "1" });
const IDENTITY = one("identity(n)", {});
const ZEROS = one("zeros(m, n)", {});
const ABOVE = one("stack(A, B)", { A: "m n", B: "k n" });
const BESIDE = one("beside(A, B)", { A: "m n", B: "m k" });
const KRONECKER = one("kronecker(A, B)", { A: "m n", B: "p q" });
const ONES = one("ones(m, n)", {});

const fill = (
  template: Template,
  nodes: Readonly<Record<string, Node>>,
  integers: Readonly<Record<string, Polynomial>> = {},
): Node =>
  instantiate(template, { nodes: new Map(Object.entries(nodes)), integers: new Map(Object.entries(integers)) });

/** A B; a scalar factor scales. */
export const times = (A: Node, B: Node): Node =>
  isScalar(A.shape)
    ? fill(SCALED, { c: A, A: B })
    : isScalar(B.shape) && !isRowTimesColumn(A)
      ? fill(SCALED, { c: B, A })
      : fill(PRODUCT, { A, B });

const isRowTimesColumn = (A: Node): boolean => rowsAndColumns(A.shape)[1].key !== "1";

export const scaledBy = (c: Node, A: Node): Node => fill(SCALED, { c, A });
export const transposed = (A: Node): Node => fill(TRANSPOSED, { A });
export const negative = (A: Node): Node => fill(NEGATIVE, { A });
export const plusTerm = (A: Node, B: Node): Node => fill(SUM, { A, B });
/** A ⊗ B. */
export const kroneckerOf = (A: Node, B: Node): Node => fill(KRONECKER, { A, B });
export const diagOf = (v: Node): Node => fill(DIAG, { v });
export const identityOf = (n: Polynomial): Node => fill(IDENTITY, {}, { n });

/** One over every entry. */
export const inverseEntries = (A: Node): Node => {
  const [m, n] = rowsAndColumns(A.shape);
  return fill(INVERSE_ENTRIES, { A }, { m, n });
};

/** The power of a square matrix or of a scalar. */
export const powerOf = (A: Node, k: Polynomial): Node =>
  isScalar(A.shape) ? fill(SCALAR_POWER, { c: A }, { k }) : fill(POWER, { A }, { k });

export const onesOf = (shape: Shape): Node => {
  const [m, n] = rowsAndColumns(shape);
  return fill(ONES, {}, { m, n });
};

export const zerosOf = (m: Polynomial, n: Polynomial): Node => fill(ZEROS, {}, { m, n });

/** Arrays on top of each other. */
export const onTop = (parts: readonly Node[]): Node => parts.reduce((A, B) => fill(ABOVE, { A, B }));

/** Arrays beside each other. */
export const sideBySide = (parts: readonly Node[]): Node => parts.reduce((A, B) => fill(BESIDE, { A, B }));
