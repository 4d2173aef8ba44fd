/** Eigenvalues, spectral radius and singular values of real matrices, by mathjs. */
import { create, eigsDependencies } from "mathjs";

const math = create({ ...eigsDependencies });

type Matrix = readonly (readonly number[])[];

export interface ComplexNumber {
  readonly re: number;
  readonly im: number;
}

const partOf = (value: unknown, part: "re" | "im"): number => {
  if (typeof value === "number") return part === "re" ? value : 0;
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined;
  return typeof found === "number" ? found : Number.NaN;
};

const isSquare = (matrix: Matrix): boolean =>
  matrix.length > 0 && matrix.every(row => row.length === matrix.length && row.every(Number.isFinite));

/**
 * The eigenvalues of a square matrix, largest modulus first. Undefined for other matrices, and where the iteration does
 * not converge.
 */
export const eigenvalues = (matrix: Matrix): readonly ComplexNumber[] | undefined => {
  if (!isSquare(matrix)) return undefined;
  try {
    const { values } = math.eigs(
      matrix.map(row => [...row]),
      { eigenvectors: false },
    );
    const list: readonly unknown[] = Array.isArray(values) ? values : values.toArray();
    const found = list.map((value): ComplexNumber => ({ re: partOf(value, "re"), im: partOf(value, "im") }));
    if (found.some(({ re, im }) => !Number.isFinite(re) || !Number.isFinite(im))) return undefined;
    return found.sort((a, b) => Math.hypot(b.re, b.im) - Math.hypot(a.re, a.im) || b.re - a.re || b.im - a.im);
  } catch {
    // mathjs says that it did not converge by throwing.
    return undefined;
  }
};

/** The largest modulus of an eigenvalue: what powers of the matrix grow with. */
export const spectralRadius = (matrix: Matrix): number | undefined => {
  const [largest] = eigenvalues(matrix) ?? [];
  return largest && Math.hypot(largest.re, largest.im);
};

/** The singular values of an m × n matrix, largest first: the roots of the eigenvalues of AᵀA. */
export const singularValues = (matrix: Matrix): readonly number[] | undefined => {
  const columns = matrix[0]?.length ?? 0;
  if (columns === 0 || matrix.some(row => row.length !== columns || !row.every(Number.isFinite))) return undefined;
  // The smaller of AᵀA and AAᵀ, scaled so that squares neither overflow nor vanish.
  const scale = Math.max(...matrix.flatMap(row => row.map(Math.abs)));
  const count = Math.min(matrix.length, columns);
  if (scale === 0) return new Array<number>(count).fill(0);
  const column = (j: number): readonly number[] => matrix.map(row => (row[j] as number) / scale);
  const vectors =
    columns <= matrix.length
      ? Array.from({ length: columns }, (_, j) => column(j))
      : matrix.map(row => row.map(entry => entry / scale));
  const gram = vectors.map(a => vectors.map(b => a.reduce((sum, entry, i) => sum + entry * (b[i] as number), 0)));
  return eigenvalues(gram)?.map(({ re }) => scale * Math.sqrt(Math.max(0, re)));
};
