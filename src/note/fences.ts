/** What stands between two fences: norms, inner products, absolute values. */

/** Norms may carry a subscript that says which one; these are the Euclidean and Frobenius ones. */
export const EUCLIDEAN = new Set(["2", "F", "Fro", "mathrmF"]);
export const NORM = "\\lVert";
export const FENCES: ReadonlyMap<string, string> = new Map([
  ["\\|", NORM],
  ["\\lVert", NORM],
  ["\\langle", "\\langle"],
  ["|", "\\lvert"],
  ["\\lvert", "\\lvert"],
]);
