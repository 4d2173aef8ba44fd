import ts from "typescript";
import { describe, expect, test } from "vitest";
import { derive } from "../../src/derive/index.ts";
import { generateTypeScript } from "../../src/emit/typescript/generate.ts";
import { keyOf, safeText, wordOf } from "../../src/emit/typescript/names.ts";
import { at, callNode, Scope, type SymbolNode, symbol } from "../../src/expr/node.ts";
import { familyOf, indexOf, type SymbolEntry, type System } from "../../src/expr/system.ts";
import { transform } from "../../src/expr/walk.ts";
import { readSystem } from "../../src/term/system.ts";
import { RNN } from "../systems/rnn.ts";

const PARTS = [
  "'",
  '"',
  "`",
  "*/",
  "/*",
  "//",
  "\n",
  "\r",
  "\u2028",
  "\u2029",
  "\0",
  "\u202e",
  "\ufeff",
  "$".concat("{alert(1)}"),
  "\\u0061",
  "\\",
  "</script>",
  "<!--",
  "__proto__",
  "constructor",
  "toString",
  "prototype",
  "eval",
  "arguments",
  "await",
  "yield",
  "class",
  "import('fs')",
  "process.exit()",
  "globalThis",
  "require",
  "0x10",
  "NaN",
  "Infinity",
  "undefined",
  "this",
  "null",
  "@ts-ignore",
  "# sourceMappingURL=x",
  "🜁",
  "权重",
  "é",
  "α",
  ";",
  "};",
  ")",
  "]",
  "=>",
  "[0]",
  "in",
  "of",
  "do",
  "if",
  "as",
  "is",
  "create",
  "forward",
  "loss",
  "dims",
  "Math",
  "Float64Array",
];

/** Hostile names, all different. */
const hostile = (n: number): string => {
  const [a, b, c] = [
    PARTS[n % PARTS.length],
    PARTS[Math.floor(n / PARTS.length) % PARTS.length],
    PARTS[(n * 7 + 3) % PARTS.length],
  ];
  return n < PARTS.length ? (a as string) : `${a}${b}${c}${n % 3 === 0 ? n : ""}${" ".repeat(n % 5)}`;
};

/** The system with every symbol, function and index label under another name. */
const renamed = (system: System, nameOf: (n: number) => string): System => {
  const scope = new Scope();
  const symbols = new Map<string, SymbolEntry>();
  const nodes = new Map<SymbolNode, SymbolNode>();
  let count = 0;
  for (const entry of system.symbols.values()) {
    const text = nameOf(count++);
    const name = symbols.has(text) ? `${text} ${count}` : text;
    const node = symbol(scope, name, entry.node.shape, entry.node.rank);
    nodes.set(entry.node, node);
    symbols.set(name, { ...entry, node, latex: name });
  }
  const functionNames = new Map([...system.functions.keys()].map(name => [name, nameOf(count++)] as const));
  const put = <N extends SymbolNode | ReturnType<typeof at>>(node: N): SymbolNode | ReturnType<typeof at> => {
    const family = nodes.get(familyOf(node)) as SymbolNode;
    return node.kind === "at" ? at(family, indexOf(node)) : family;
  };
  return {
    ...system,
    name: nameOf(count++),
    scope,
    symbols,
    functions: new Map(
      [...system.functions].map(([key, entry]) => {
        const name = functionNames.get(key) as string;
        return [name, { ...entry, name, latex: name }] as const;
      }),
    ),
    sizes: new Map([...system.sizes].map(([key, size]) => [key, { ...size, latex: nameOf(count++) }] as const)),
    equations: system.equations.map(equation => ({
      ...equation,
      label: nameOf(count++),
      left: put(equation.left),
      right: transform(equation.right, {
        leaf: node => (node.kind === "symbol" || node.kind === "at" ? put(node) : node),
        call: (op, args, original) => {
          const name = functionNames.get(String(original.attributes.function));
          return callNode(
            op,
            args,
            name === undefined ? original.attributes : { ...original.attributes, function: name },
            original.shape,
          );
        },
      }),
    })),
    objective: nodes.get(system.objective) as SymbolNode,
  };
};

const codeOf = (system: System): { readonly text: string; readonly names: ReadonlyMap<string, string> } => {
  const { files, names, diagnostics } = generateTypeScript(derive(system));
  expect(diagnostics).toEqual([]);
  return { text: files[0]?.text ?? "", names };
};

interface Token {
  readonly kind: ts.SyntaxKind;
  readonly text: string;
}

/** The parsed code, parents first: kinds, and the text of identifiers and literals. */
const tokensOf = (code: string): readonly Token[] => {
  const file = ts.createSourceFile("model.ts", code, ts.ScriptTarget.ES2022, false);
  const tokens: Token[] = [];
  const open: ts.Node[] = [file];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const text = ts.isIdentifier(node) || ts.isLiteralExpression(node) || ts.isTemplateHead(node) ? node.text : "";
    tokens.push({ kind: node.kind, text });
    ts.forEachChild(node, child => {
      open.push(child);
    });
  }
  return tokens;
};

const WIDE = [
  "system wide",
  ...Array.from({ length: 200 }, (_, i) => `p${i}: n parameter`),
  "L: 1",
  `L = ${Array.from({ length: 200 }, (_, i) => `squarednorm(p${i})`).join(" + ")}`,
  "objective L",
].join("\n");

describe("names", () => {
  test("10,000 hostile names change no token but our own identifiers", () => {
    const wide = readSystem(WIDE);
    const plain = tokensOf(codeOf(wide).text);
    const words = new Set(plain.map(token => token.text));
    for (let round = 0; round < 50; round++) {
      const system = renamed(wide, n => hostile(round * 203 + n));
      const { text, names } = codeOf(system);
      const sizes = [...system.sizes.values()].map(({ latex }) => keyOf(latex, "size"));
      const own = [
        ...[...names.values()].flatMap(name => [name, `d_${name}`]),
        ...sizes.flatMap(name => [name, `n_${name}`]),
      ];
      expect(own.filter(name => !/^[A-Za-z][A-Za-z0-9_]*$/u.test(name))).toEqual([]);
      const allowed = new Set([...words, ...own]);
      const tokens = tokensOf(text);
      expect(tokens.length).toBe(plain.length);
      expect(tokens.filter((token, i) => token.kind !== plain[i]?.kind || !allowed.has(token.text))).toEqual([]);
      // Comments and strings too are made of plain characters.
      expect(text).toMatch(/^[\n -~]*$/u);
    }
  });

  test("a recurrent net with hostile names computes the same program", () => {
    const system = readSystem(RNN);
    const plain = tokensOf(codeOf(system).text);
    for (let round = 0; round < 40; round++) {
      const tokens = tokensOf(codeOf(renamed(system, n => hostile(round * 29 + n))).text);
      expect(tokens.map(token => token.kind)).toEqual(plain.map(token => token.kind));
    }
  });

  test.each([
    ["W_{hx}", "W_hx"],
    ["\\mathbf{W}^{(1)}", "W_1"],
    ["\\hat{y}", "y_hat"],
    ["\\phi", "phi"],
    ["\\mathcal{L}", "L"],
    ["eval", "v_eval"],
    ["\\operatorname{loss}", "v_loss"],
    ["__proto__", "v_proto"],
    ["constructor", "v_constructor"],
    ["in", "v_in"],
    ["", "v"],
    ["🜁", "v"],
    ["x".repeat(100), "v"],
  ])("%s becomes %s", (latex, word) => {
    expect(wordOf(latex, "v")).toBe(word);
  });

  test.each([
    ["count", "count"],
    ["n_h", "n_h"],
    ["constructor", "size_constructor"],
    ["__proto__", "proto"],
    ["2", "size_2"],
    ["\u2028", "size"],
  ])("the size %j is asked for as %s", (latex, word) => {
    expect(keyOf(latex, "size")).toBe(word);
  });

  test.each(["*/ alert(1) /*", "a\u2028alert(1)", "a\nalert(1)", "\u0000", "*\\/ x"])(
    "%j is harmless in a comment",
    text => {
      const source = `// ${safeText(text)}\n/** ${safeText(text)} */\nconst a = 1;`;
      expect(
        tokensOf(source)
          .filter(token => token.kind === ts.SyntaxKind.Identifier)
          .map(token => token.text),
      ).toEqual(["a"]);
    },
  );
});
