/**
 * How a term depends linearly on one of its parts X: as c L X R with a scalar c and matrices L and R. What an op does
 * to an argument is read off from its meaning: from an Einstein sum, or from the scalar function it applies.
 */
import { type CallNode, type Node, number, rowsAndColumns } from "../../expr/node.ts";
import { contains } from "../../expr/walk.ts";
import { axisOf } from "../../ops/along.ts";
import { isScalar, opOf } from "../../ops/call.ts";
import { readSignature } from "../../shape/signature.ts";
import { expandDefinition } from "../../term/faces.ts";
import type { Obstacle } from "./reason.ts";
import { diagOf, inverseEntries, negative, scaledBy, times, transposed } from "./templates.ts";

/** One op on the way from X to the term. */
type Action =
  | { readonly kind: "left" | "right" | "entrywise" | "scalar"; readonly factor: Node }
  | { readonly kind: "transpose" | "negate" };

/** c L X R; what is absent is one, or the identity. */
export interface Linear {
  readonly scalar?: Node;
  readonly left?: Node;
  readonly right?: Node;
}

type Letters = readonly [row: string, column: string];

/** The letters of an argument's rows and columns; "" for an axis that is not there or has one entry. */
const lettersOf = (text: string, node: Node): Letters => {
  const sizes = rowsAndColumns(node.shape);
  const [row, column] = [0, 1].map(axis => (sizes[axis]?.key === "1" ? "" : (text[axis] ?? ""))) as [string, string];
  return [row, column];
};

const set = (letters: Letters): string =>
  [...letters]
    .filter(letter => letter !== "")
    .sort()
    .join("");

/** `factor` as a matrix with the given letters for rows and columns. */
const oriented = (factor: Node, has: Letters, wanted: Letters): Node | undefined => {
  if (has[0] === wanted[0] && has[1] === wanted[1]) return factor;
  return has[0] === wanted[1] && has[1] === wanted[0] ? transposed(factor) : undefined;
};

const actionsOfEinsum = (einsum: string, call: CallNode, slot: number): readonly Action[] | undefined => {
  const [inputs = "", output = ""] = einsum.split("->");
  const texts = inputs.split(",");
  const X = call.args[slot] as Node;
  const x = lettersOf(texts[slot] ?? "", X);
  const out = lettersOf(output, call);
  if (call.args.length === 1) {
    if (x[0] === out[0] && x[1] === out[1]) return [];
    return x[0] === out[1] && x[1] === out[0] ? [{ kind: "transpose" }] : undefined;
  }
  const factor = call.args[1 - slot] as Node;
  const other = lettersOf(texts[1 - slot] ?? "", factor);
  for (const turned of [false, true]) {
    const [row, column] = turned ? [x[1], x[0]] : x;
    const before: readonly Action[] = turned ? [{ kind: "transpose" }] : [];
    const keepsRow = row === out[0];
    const keepsColumn = column === out[1];
    if (keepsRow && keepsColumn && set(other) === "") return [{ kind: "scalar", factor }, ...before];
    if (keepsRow && keepsColumn && set(other) === set(out) && other[0] === out[0])
      return [{ kind: "entrywise", factor }, ...before];
    if (keepsColumn && set(other) === set([out[0], row]) && !(column !== "" && set(other).includes(column))) {
      const matrix = oriented(factor, other, [out[0], row]);
      if (matrix) return [{ kind: "left", factor: matrix }, ...before];
    }
    if (keepsRow && set(other) === set([column, out[1]]) && !(row !== "" && set(other).includes(row))) {
      const matrix = oriented(factor, other, [column, out[1]]);
      if (matrix) return [{ kind: "right", factor: matrix }, ...before];
    }
  }
  return undefined;
};

/** What a call does to the argument in a slot, outermost first; "sum" for ops that add their arguments. */
const actionsOf = (call: CallNode, slot: number): readonly Action[] | "sum" | "expand" | undefined => {
  const op = opOf(call.op);
  const other = call.args[1 - slot];
  if (axisOf(call.attributes) !== undefined) return "expand";
  if ("einsum" in op.means)
    return typeof op.shape === "string" && readSignature(op.shape).args.length === call.args.length
      ? actionsOfEinsum(op.means.einsum, call, slot)
      : undefined;
  if ("define" in op.means) return "expand";
  if (!("each" in op.means)) return undefined;
  switch (op.means.each) {
    case "negate":
      return [{ kind: "negate" }];
    case "add":
      return "sum";
    case "subtract":
      return "sum";
    case "multiply":
      return other && [isScalar(call.shape) ? { kind: "scalar", factor: other } : { kind: "entrywise", factor: other }];
    case "divide":
      if (slot !== 0 || !other) return undefined;
      return [
        isScalar(call.shape)
          ? { kind: "scalar", factor: inverseEntries(other) }
          : { kind: "entrywise", factor: inverseEntries(other) },
      ];
    default:
      return undefined;
  }
};

/** c L X R of a chain of actions, innermost first; with `keepsShape`, only where that has the shape of X. */
const compose = (actions: readonly Action[], X: Node, keepsShape: boolean): Linear | Obstacle => {
  let scalar: Node | undefined;
  let left: Node | undefined;
  let right: Node | undefined;
  let turned = false;
  let negated = false;
  let [rows, columns] = rowsAndColumns(X.shape);
  const join = (a: Node | undefined, b: Node | undefined): Node | undefined => (a && b ? times(a, b) : (a ?? b));
  for (const action of actions) {
    switch (action.kind) {
      case "negate":
        negated = !negated;
        break;
      case "scalar":
        scalar = scalar ? scaledBy(scalar, action.factor) : action.factor;
        break;
      case "left":
        left = join(action.factor, left);
        rows = rowsAndColumns(action.factor.shape)[0];
        break;
      case "right":
        right = join(right, action.factor);
        columns = rowsAndColumns(action.factor.shape)[1];
        break;
      case "transpose":
        [left, right] = [right && transposed(right), left && transposed(left)];
        [rows, columns] = [columns, rows];
        turned = !turned;
        break;
      case "entrywise":
        if (columns.key === "1") left = join(diagOf(action.factor), left);
        else if (rows.key === "1") right = join(right, diagOf(transposed(action.factor)));
        else return "entrywise-on-matrix";
    }
  }
  const own = rowsAndColumns(X.shape);
  if (keepsShape && (rows.key !== own[0].key || columns.key !== own[1].key)) return "not-linear";
  if (!keepsShape && own[0].key !== "1" && own[1].key !== "1") {
    if (turned) return "transposed-state";
    const factor = negated ? negative(scalar ?? number(1)) : scalar;
    return { ...(factor ? { scalar: factor } : {}), ...(left ? { left } : {}), ...(right ? { right } : {}) };
  }
  if (!keepsShape) {
    // A row counts as the column of its entries: M x with one matrix.
    if (rows.key !== "1" && columns.key !== "1") return "not-linear";
    const fromRight = turned !== (own[1].key !== "1");
    const [matrix, other] = fromRight ? [right && transposed(right), left] : [left, right];
    const both = other && !isScalar(other.shape) ? (matrix ? undefined : transposed(other)) : matrix;
    if (other && !isScalar(other.shape) && !both) return "not-linear";
    const factor = other && isScalar(other.shape) ? join(scalar, other) : scalar;
    return {
      ...(factor || (negated && !both)
        ? { scalar: negated && !both ? negative(factor ?? number(1)) : (factor as Node) }
        : {}),
      ...(both ? { left: negated ? negative(both) : both } : {}),
    };
  }
  if (turned && rows.key !== "1" && columns.key !== "1") return "transposed-state";
  // For a column x: L x' R = (L R') x, and a factor on the right is a scalar; for a row the other way round.
  if (columns.key === "1" && rows.key !== "1") {
    if (turned) left = join(left, right && transposed(right));
    else if (right) scalar = join(scalar, right);
    right = undefined;
  } else if (rows.key === "1" && columns.key !== "1") {
    if (turned) right = join(left && transposed(left), right);
    else if (left) scalar = join(scalar, left);
    left = undefined;
  } else if (rows.key === "1") {
    scalar = join(scalar, join(left, right));
    left = right = undefined;
  }
  if (negated) {
    if (scalar || !(left || right)) scalar = negative(scalar ?? number(1));
    else if (left) left = negative(left);
    else if (right) right = negative(right);
  }
  return { ...(scalar ? { scalar } : {}), ...(left ? { left } : {}), ...(right ? { right } : {}) };
};

/** Terms with more summands than this in X are given up: nobody reads their closed form. */
const MOST_SUMMANDS = 64;

/**
 * The summands c L X R whose sum is the term; the obstacle, where it is no such sum. Unless `keepsShape` is false the term
 * must have the shape of X; if it is false and X is a row or a column, so is the term, and it is c L X.
 */
export const linearIn = (term: Node, X: Node, keepsShape = true): readonly Linear[] | Obstacle => {
  const found: Linear[] = [];
  /** Actions on the way, outermost first. */
  const waiting: { node: Node; actions: readonly Action[] }[] = [{ node: term, actions: [] }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, actions } = next;
    if (node === X) {
      const linear = compose([...actions].reverse(), X, keepsShape);
      if (typeof linear === "string") return linear;
      found.unshift(linear);
      if (found.length > MOST_SUMMANDS) return "not-linear";
      continue;
    }
    if (node.kind === "over") return contains(node, part => part === X) ? "windowed" : "not-linear";
    if (node.kind !== "call") return "not-linear";
    const slots = node.args.flatMap((arg, slot) => (contains(arg, part => part === X) ? [slot] : []));
    const [slot, more] = slots;
    if (slot === undefined) return "not-linear";
    const action = actionsOf(node, slot);
    if (action === undefined) return "abstract" in opOf(node.op).means ? "abstract-operator" : "not-linear";
    if (action === "expand") {
      const definition = expandDefinition(opOf(node.op), node.args, node.attributes);
      if (!definition) return "not-linear";
      waiting.push({ node: definition, actions });
    } else if (action === "sum") {
      if (slots.length !== node.args.length) return "not-linear";
      const { means } = opOf(node.op);
      const isDifference = "each" in means && means.each === "subtract";
      for (const [i, arg] of node.args.entries()) {
        waiting.push({ node: arg, actions: isDifference && i > 0 ? [...actions, { kind: "negate" }] : actions });
      }
    } else {
      if (more !== undefined) return "not-linear";
      waiting.push({ node: node.args[slot] as Node, actions: [...actions, ...action] });
    }
  }
  return found;
};
