/**
 * The finite table by which Einstein products become matrices again: "ab,bc" closing b is P Q. A factor may be turned
 * (its transpose taken) to fit, unless the row says otherwise. Each row leaves fewer factors or fewer axes.
 */

/** Factors over axes become one factor: `P`, `Q` are arrays over the letters given, in this order. */
export interface Contraction {
  readonly id: string;
  readonly factors: string;
  /** The letters of what they become. */
  readonly result: string;
  /** Letters that are summed here: they occur in no other factor, nor in the result or the argument of the map. */
  readonly closes: string;
  readonly term: string;
  readonly turns: boolean;
}

/** In cross-country order: vectors before matrices, and no product of matrices while a vector can be taken in. */
export const CONTRACTIONS: readonly Contraction[] = [
  { id: "diagonal", factors: "aa", result: "a", closes: "", term: "diagonal(P)", turns: false },
  { id: "entries-vectors", factors: "a,a", result: "a", closes: "", term: "P .* Q", turns: false },
  { id: "entries", factors: "ab,ab", result: "ab", closes: "", term: "P .* Q", turns: true },
  { id: "inner", factors: "a,a", result: "", closes: "a", term: "P' * Q", turns: false },
  { id: "apply", factors: "ab,b", result: "a", closes: "b", term: "P * Q", turns: true },
  { id: "total", factors: "a", result: "", closes: "a", term: "total(P)", turns: false },
  { id: "row-sums", factors: "ab", result: "a", closes: "b", term: "P * ones(b, 1)", turns: true },
  { id: "scale-rows", factors: "a,ab", result: "ab", closes: "", term: "diag(P) * Q", turns: false },
  { id: "scale-columns", factors: "ab,b", result: "ab", closes: "", term: "P * diag(Q)", turns: false },
  { id: "product", factors: "ab,bc", result: "ac", closes: "b", term: "P * Q", turns: true },
];

/** What is left over the axes of the result and of the argument is a matrix with these rows and columns. */
export interface Ending {
  readonly id: string;
  readonly factors: string;
  readonly rows: string;
  readonly columns: string;
  readonly term: string;
}

export const ENDINGS: readonly Ending[] = [
  { id: "matrix", factors: "ij", rows: "i", columns: "j", term: "P" },
  { id: "diagonal-of", factors: "i", rows: "i", columns: "i", term: "diag(P)" },
  { id: "unit", factors: "", rows: "i", columns: "i", term: "identity(i)" },
  { id: "outer", factors: "i,j", rows: "i", columns: "j", term: "P * Q'" },
  { id: "same-columns", factors: "i", rows: "i", columns: "j", term: "P * ones(j, 1)'" },
  { id: "same-rows", factors: "j", rows: "i", columns: "j", term: "ones(i, 1) * P'" },
  { id: "ones", factors: "", rows: "i", columns: "j", term: "ones(i, j)" },
  { id: "column", factors: "i", rows: "i", columns: "", term: "P" },
  { id: "ones-column", factors: "", rows: "i", columns: "", term: "ones(i, 1)" },
  { id: "row", factors: "j", rows: "", columns: "j", term: "P'" },
  { id: "ones-row", factors: "", rows: "", columns: "j", term: "ones(j, 1)'" },
];

/**
 * Maps between matrices, as matrices between their vecs (columns one below the other). The result is over i, k and the
 * argument over j, l: rows and columns of each. Every factor belongs to one part; a part is a matrix by the table above.
 */
export interface VecPattern {
  readonly id: string;
  /** By letter, rows and columns of a part; an axis of literal size 1 is not there. */
  readonly parts: Readonly<Record<string, string>>;
  readonly term: string;
  /** Axes that must all be there, of size other than 1. */
  readonly needs: string;
  /** Axes that must not be there. */
  readonly lacks?: string;
}

export const VECS: readonly VecPattern[] = [
  { id: "kronecker", parts: { P: "ij", Q: "kl" }, needs: "", term: "kronecker(Q, P)" },
  { id: "kronecker-turned", parts: { P: "il", Q: "kj" }, needs: "ikjl", term: "kronecker(Q, P) * commutation(j, l)" },
  { id: "turned-column", parts: { P: "il", Q: "kj" }, needs: "jl", term: "kronecker(P, Q)" },
  { id: "turned-row", parts: { P: "il", Q: "kj" }, needs: "ik", term: "kronecker(Q, P)" },
  { id: "vec-row", parts: { P: "ik", Q: "jl" }, needs: "jl", lacks: "ik", term: "vec(Q)'" },
  { id: "vec-outer", parts: { P: "ik", Q: "jl" }, needs: "", term: "outer(vec(P), vec(Q))" },
  { id: "weighted", parts: { R: "ik", P: "ij", Q: "kl" }, needs: "ik", term: "diag(vec(R)) * kronecker(Q, P)" },
  { id: "weighs", parts: { R: "jl", P: "ij", Q: "kl" }, needs: "jl", term: "kronecker(Q, P) * diag(vec(R))" },
];
