/** Transposes of whole formulas, written out where that leaves fewer of them. */
import type { CallNode, Node } from "../expr/node.ts";
import { call, isScalar } from "../ops/call.ts";
import type { Law } from "../rewrite/law.ts";
import { factorsOf } from "./factors.ts";

/** Larger formulas are left as they stand: looking through them for each transpose would take too long. */
const LARGEST = 200;

/** How the transpose of an operation is made of those of its arguments; what is not listed is transposed as a whole. */
const THROUGH: Readonly<Record<string, (node: CallNode, transposed: readonly Node[]) => Node>> = {
  add: (_, args) => call("add", args),
  subtract: (_, args) => call("subtract", args),
  negate: (_, args) => call("negate", args),
  hadamard: (_, args) => call("hadamard", args),
  scale: ({ args }, [, inner]) => call("scale", [args[0] as Node, inner as Node]),
  matmul: (_, args) => call("matmul", [...args].reverse()),
};

/** What is as good as its transpose: arrays of ones and zeros. */
const TURNED: ReadonlySet<string> = new Set(["ones", "zeros"]);

/** A row of ones is written as a transpose. */
const isRow = ({ shape }: Node): boolean => shape[0]?.key === "1";

/** The transpose pushed to the leaves, and how many transposes that and the formula itself hold; undefined for large ones. */
const pushed = (root: Node): { readonly node: Node; readonly before: number; readonly after: number } | undefined => {
  const done = new Map<Node, { node: Node; before: number; after: number }>();
  const stack: Node[] = [root];
  for (let steps = 0; stack.length > 0; steps++) {
    if (steps > LARGEST) return undefined;
    const top = stack.at(-1) as Node;
    if (done.has(top)) {
      stack.pop();
      continue;
    }
    const inside = top.kind === "call" && top.op === "transpose" ? (top.args[0] as Node) : undefined;
    const through = top.kind === "call" ? THROUGH[top.op] : undefined;
    if (inside) done.set(top, { node: inside, before: 1, after: 0 });
    else if (top.kind === "call" && TURNED.has(top.op))
      done.set(top, { node: call(top.op, [...top.args].reverse()), before: isRow(top) ? 1 : 0, after: 0 });
    else if (isScalar(top.shape)) done.set(top, { node: top, before: 0, after: 0 });
    else if (!through) done.set(top, { node: call("transpose", [top]), before: 0, after: 1 });
    else {
      const call_ = top as CallNode;
      const waiting = call_.args.filter(arg => !done.has(arg));
      if (waiting.length > 0) {
        stack.push(...waiting);
        continue;
      }
      const parts = call_.args.map(arg => done.get(arg) as { node: Node; before: number; after: number });
      const count = (of: "before" | "after"): number => parts.reduce((sum, part) => sum + part[of], 0);
      done.set(top, { node: through(call_, parts.map(({ node }) => node)), before: count("before"), after: count("after") });
    }
  }
  return done.get(root);
};

/** The transpose of a product of matrices that are nothing but names, as Aᵀ Xᵀ Bᵀ stands beside Bᵀ Xᵀ Aᵀ. */
const ofMatrices = (root: Node): Node | undefined => {
  const factors = factorsOf(root);
  const isMatrix = (node: Node): boolean =>
    (node.kind === "symbol" || node.kind === "at") && node.shape.length === 2 && node.shape.every(({ key }) => key !== "1");
  if (!factors?.every(isMatrix)) return undefined;
  return factors.map(factor => call("transpose", [factor])).reduce((right, left) => call("matmul", [left, right]));
};

/** Ends: every use leaves fewer transposes, or fewer products under a transpose. */
export const WRITTEN_OUT: readonly Law[] = [
  { id: "transpose-of-sum", where: { A: "m n", B: "m n" }, left: "(A + B)'",
    right: ({ node }) => fewer(call("add", [node("A"), node("B")])), example: "(A' + B')'", say: { en: "the transpose of a sum is the sum of the transposes", zh: "和的转置等于转置的和" } },
  { id: "transpose-of-difference", where: { A: "m n", B: "m n" }, left: "(A - B)'",
    right: ({ node }) => fewer(call("subtract", [node("A"), node("B")])), example: "(A' - B')'", say: { en: "the transpose of a difference is the difference of the transposes", zh: "差的转置等于转置的差" } },
  { id: "transpose-of-long-product", where: { A: "m k", B: "k n" }, left: "(A * B)'",
    right: ({ node }) => written(call("matmul", [node("A"), node("B")])), example: "(A * B)'", say: { en: "the transpose of a product reverses it", zh: "乘积的转置次序相反" } },
];

const fewer = (formula: Node): Node | undefined => {
  const found = pushed(formula);
  return found && found.after < found.before + 1 ? found.node : undefined;
};

const written = (product: Node): Node | undefined => fewer(product) ?? ofMatrices(product);
