// Each row of the tables by which Einstein products become matrices means what its letters say, entry by entry.
import { describe, expect, test } from "vitest";
import { equalTerms } from "../../src/exact/equal.ts";
import { type Node, normalShape, rowsAndColumns, Scope, symbol } from "../../src/expr/node.ts";
import { named, type Polynomial } from "../../src/expr/polynomial.ts";
import { toLatex } from "../../src/latex/print.ts";
import { call } from "../../src/ops/call.ts";
import { einsteinMapOf } from "../../src/tensor/einstein.ts";
import { matrixOf } from "../../src/tensor/matrix.ts";
import { CONTRACTIONS, ENDINGS } from "../../src/tensor/patterns.ts";
import { build } from "../../src/tensor/products.ts";
import { readTerm } from "../../src/term/read.ts";

const NAMES = ["P", "Q"];

/** Symbols over the letters of each factor, and the row's term with them put in. */
const instanceOf = (factors: string, term: string) => {
  const scope = new Scope();
  const texts = factors === "" ? [] : factors.split(",");
  const sizes = (letters: string): Polynomial[] => [...letters].map(letter => named(letter));
  const nodes = texts.map((letters, i) => symbol(scope, NAMES[i] as string, sizes(letters)));
  const shapes = Object.fromEntries(texts.map((letters, i) => [NAMES[i] as string, [...letters].join(" ") || "1"]));
  const integers = Object.fromEntries([..."abcij"].map(letter => [letter, named(letter)]));
  return {
    scope,
    texts,
    nodes,
    term: build(term, shapes, Object.fromEntries(nodes.map((n, i) => [NAMES[i], n])), integers),
  };
};

/** Whether a term is the sum of products that letters describe: paired with probes over the letters of the result. */
const means = (texts: readonly string[], nodes: readonly Node[], result: string, term: Node, scope: Scope): boolean => {
  const probe = (letter: string): Node => symbol(scope, `x_${letter}`, [named(letter)]);
  const letters = [...new Set([...texts.join(""), ...result])];
  // Σ over all letters of the factors' entries and the probes' entries: the whole product as a scalar.
  const { rows, columns } = { rows: result[0], columns: result[1] };
  let left: Node = term;
  if (rows !== undefined && columns !== undefined) {
    left = call("matmul", [call("transpose", [probe(rows)]), call("matmul", [term, probe(columns)])]);
  } else if (rows !== undefined) {
    const column = term.shape.length === 2 ? call("transpose", [term]) : term;
    left = call("inner", [column, probe(rows)]);
  }
  return equalTerms(left, bruteSum(texts, nodes, [...result], letters, scope)).equal === true;
};

/** The same scalar by contraction of one letter after the other, with diagonal matrices: no row of the tables is used. */
const bruteSum = (
  texts: readonly string[],
  nodes: readonly Node[],
  free: readonly string[],
  letters: readonly string[],
  scope: Scope,
): Node => {
  const weight = new Map(letters.map(letter => [letter, undefined as Node | undefined]));
  const weigh = (letter: string, by: Node): void => {
    const known = weight.get(letter);
    weight.set(letter, known ? call("hadamard", [known, by]) : by);
  };
  for (const letter of free) weigh(letter, symbol(scope, `x_${letter}`, [named(letter)]));
  let matrices: { of: Node; row: string; column: string }[] = [];
  for (const [i, text] of texts.entries()) {
    const node = nodes[i] as Node;
    if (text.length === 1) weigh(text, node);
    else if (text[0] === text[1]) weigh(text[0] as string, call("diagonal", [node]));
    else matrices.push({ of: node, row: text[0] as string, column: text[1] as string });
  }
  const [first, second] = matrices;
  if (first && second && first.row === second.row && first.column === second.column)
    matrices = [{ ...first, of: call("hadamard", [first.of, second.of]) }];
  const vectorOf = (letter: string): Node =>
    weight.get(letter) ?? readTerm(`ones(${letter}, 1)`, { symbols: new Map(), functions: new Map() });
  const used = new Set<string>();
  let scalar: Node | undefined;
  const times = (node: Node): void => {
    scalar = scalar ? call("scale", [scalar, node]) : node;
  };
  if (matrices.length === 2 && first && second) {
    const chain = call("matmul", [call("matmul", [first.of, call("diag", [vectorOf(first.column)])]), second.of]);
    times(call("matmul", [call("transpose", [vectorOf(first.row)]), call("matmul", [chain, vectorOf(second.column)])]));
    for (const letter of [first.row, first.column, second.column]) used.add(letter);
  } else if (matrices[0]) {
    const { of, row, column } = matrices[0];
    times(call("matmul", [call("transpose", [vectorOf(row)]), call("matmul", [of, vectorOf(column)])]));
    used.add(row).add(column);
  }
  for (const letter of letters) if (!used.has(letter)) times(call("total", [vectorOf(letter)]));
  return scalar as Node;
};

describe.each(CONTRACTIONS.map(row => [row.id, row] as const))("%s", (_, row) => {
  test("means the sum of products of its letters, and a spoiled term does not", () => {
    const { scope, texts, nodes, term } = instanceOf(row.factors, row.term);
    expect(rowsAndColumns(term.shape)).toHaveLength(2);
    expect(means(texts, nodes, row.result, term, scope)).toBe(true);
    expect(means(texts, nodes, row.result, call("negate", [term]), scope)).toBe(false);
  });

  test("leaves fewer factors, or fewer axes", () => {
    const before = row.factors.replace(",", "").length + row.factors.split(",").length;
    expect(row.result.length + 1).toBeLessThan(before);
  });
});

describe.each(ENDINGS.map(row => [row.id, row] as const))("%s", (_, row) => {
  test("is a matrix with its rows and columns, and means its factors there", () => {
    const { scope, texts, nodes, term } = instanceOf(row.factors, row.term);
    const size = (letter: string): Polynomial => named(letter);
    const shape = [row.rows === "" ? 1 : size(row.rows), row.columns === "" ? 1 : size(row.columns)].map(each =>
      typeof each === "number" ? named("one").key : each.key,
    );
    const found = rowsAndColumns(term.shape).map(each => (each.key === "1" ? "one" : each.key));
    expect(found).toEqual(shape);
    if (row.rows === row.columns) {
      // A unit tensor: the diagonal is what the factors say, and the matrix is diagonal.
      expect(equalTerms(term, call("diag", [call("diagonal", [term])])).equal).toBe(true);
      expect(means(texts, nodes, row.rows, call("diagonal", [term]), scope)).toBe(true);
    } else {
      expect(means(texts, nodes, row.rows + row.columns, term, scope)).toBe(true);
      expect(means(texts, nodes, row.rows + row.columns, call("negate", [term]), scope)).toBe(false);
    }
  });
});

test("a chain of layers is one chain of matrices, its unit tensors never multiplied", () => {
  const scope = new Scope();
  const [m, n, p] = ["m", "n", "p"].map(named) as [Polynomial, Polynomial, Polynomial];
  const [U, W, a, b, V] = [
    symbol(scope, "U", [p, m]),
    symbol(scope, "W", [m, n]),
    symbol(scope, "a", [p]),
    symbol(scope, "b", [m]),
    symbol(scope, "V", normalShape([n])),
  ];
  const term = readTerm("a .* (U * (b .* (W * V)))", {
    symbols: new Map([U, W, a, b, V].map(node => [node.name, node])),
    functions: new Map(),
  });
  const map = einsteinMapOf(term, V);
  expect("products" in map && map.products.map(({ factors }) => factors.map(({ of }) => of))).toEqual([[a, U, b, W]]);
  const matrix = "products" in map ? matrixOf(map) : undefined;
  expect(
    equalTerms(
      matrix as Node,
      build("diag(a) * U * diag(b) * W", { a: "p", U: "p m", b: "m", W: "m n" }, { a, U, b, W }),
    ).equal,
  ).toBe(true);
});

test.each([
  ["V .* V", "it is not linear"],
  ["exp(V)", "it is not linear"],
  ["V + A", "it is not linear"],
])("%s is no map: %s", (text, obstacle) => {
  const scope = new Scope();
  const [n, m] = [named("n"), named("m")];
  const [V, A] = [symbol(scope, "V", [n, m]), symbol(scope, "A", [n, m])];
  const term = readTerm(text, {
    symbols: new Map([
      ["V", V],
      ["A", A],
    ]),
    functions: new Map(),
  });
  expect(einsteinMapOf(term, V)).toEqual({ obstacle });
});

// Maps between matrices, by their vecs: the claim T vec(V) = vec(term).
describe.each([
  ["A * V * B", "kronecker", "B^\\top \\otimes A"],
  ["A * V", "kronecker with a unit", "I_q \\otimes A"],
  ["V * b", "of a matrix to a vector", "b^\\top \\otimes I_p"],
  ["C .* V", "weighted", "\\operatorname{diag}(\\operatorname{vec}(C))"],
  ["D .* (A * V * B)", "weighted rows", "\\operatorname{diag}(\\operatorname{vec}(D)) (B^\\top \\otimes A)"],
  ["A * (C .* V) * B", "weighted columns", "(B^\\top \\otimes A) \\operatorname{diag}(\\operatorname{vec}(C))"],
  ["E * V' * F", "turned", "(F^\\top \\otimes E) K_{p,q}"],
  ["V' * c", "turned, to a vector", "I_q \\otimes c^\\top"],
  ["inner(C, V) * D", "outer", "\\operatorname{vec}(D) \\operatorname{vec}(C)^\\top"],
  ["inner(C, V)", "to a scalar", "\\operatorname{vec}(C)^\\top"],
  ["c' * V * b", "to a scalar by vectors", "b^\\top \\otimes c^\\top"],
])("%s", (text, _, latex) => {
  const scope = new Scope();
  const sizes: Readonly<Record<string, string>> = {
    A: "m p",
    V: "p q",
    B: "q n",
    C: "p q",
    D: "m n",
    E: "k q",
    F: "p n",
    b: "q",
    c: "p",
  };
  const symbols = new Map(
    Object.entries(sizes).map(([name, shape]) => [
      name,
      symbol(
        scope,
        name,
        shape.split(" ").map(size => named(size)),
      ),
    ]),
  );
  const V = symbols.get("V") as Node;
  const term = readTerm(text, { symbols, functions: new Map() });
  const map = einsteinMapOf(term, V);
  const matrix = "products" in map ? (matrixOf(map) as Node) : undefined;

  test("is a matrix that takes vec(V) to the vec of the term, and no other", () => {
    const image = call("matmul", [matrix as Node, call("vec", [V])]);
    const whole = term.shape.length === 0 ? term : call("vec", [term]);
    expect(equalTerms(image, whole).equal).toBe(true);
    expect(equalTerms(call("negate", [image]), whole).equal).toBe(false);
  });

  test("is written as in textbooks", () => expect(toLatex(matrix as Node)).toBe(latex));
});

test.each(["A * diag(V)", "diagonal(A * V)", "A * diag(diagonal(V * B))"])(
  "%s stays in index notation or is right",
  text => {
    const scope = new Scope();
    const [A, B] = [symbol(scope, "A", [named("n"), named("n")]), symbol(scope, "B", [named("n"), named("n")])];
    const V = symbol(scope, "V", text.includes("diag(V)") ? [named("n")] : [named("n"), named("n")]);
    const term = readTerm(text, {
      symbols: new Map([
        ["A", A],
        ["B", B],
        ["V", V],
      ]),
      functions: new Map(),
    });
    const map = einsteinMapOf(term, V);
    const matrix = "products" in map ? matrixOf(map) : undefined;
    if (!matrix) return;
    const column = V.shape.length === 1 ? V : call("vec", [V]);
    const whole = term.shape.length === 1 ? term : call("vec", [term]);
    expect(equalTerms(call("matmul", [matrix, column]), whole).equal).toBe(true);
  },
);
