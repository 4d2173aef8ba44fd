import { describe, expect, test } from "vitest";
import { withClosedForms } from "../../src/derive/closed/index.ts";
import { derive } from "../../src/derive/index.ts";
import type { Block } from "../../src/emit/document/block.ts";
import { displayLatex } from "../../src/emit/document/block.ts";
import { documentOf, writeDocument } from "../../src/emit/document/document.ts";
import { writeJson } from "../../src/emit/document/json.ts";
import type { Node } from "../../src/expr/node.ts";
import type { Equation } from "../../src/expr/system.ts";
import { ADJOINT_NOTATIONS } from "../../src/latex/names.ts";
import { call } from "../../src/ops/call.ts";
import { renderMath } from "../../src/render/math.ts";
import { readSystem } from "../../src/term/system.ts";
import { SYSTEMS } from "./systems.ts";

const CHECKED = { method: "prime field", horizons: [1, 5], sizes: 3, bound: 1e-14 } as const;

const written = (text: string) => ({ derivation: withClosedForms(derive(readSystem(text))), checked: CHECKED });

const known = new Map<string, boolean>();

/** Formulas occur in many documents; each is set once. */
const isSet = (latex: string, display: boolean): boolean => {
  const key = `${display} ${latex}`;
  if (!known.has(key)) known.set(key, renderMath(latex, display, "mathml").ok);
  return known.get(key) ?? false;
};

/** Every formula of a document, with whether it is displayed. */
const formulasOf = (blocks: readonly Block[]): readonly (readonly [latex: string, display: boolean])[] =>
  blocks.flatMap((block): readonly (readonly [string, boolean])[] => {
    if (block.kind === "equation" || block.kind === "chain") return [[displayLatex(block), true]];
    const texts =
      block.kind === "list"
        ? block.items
        : block.kind === "table"
          ? [...block.head, ...block.rows.flat()]
          : [block.text];
    return texts.flat().flatMap(part => ("math" in part ? [[part.math, false]] : []));
  });

describe.each(Object.entries(SYSTEMS))("the document of %s", (_, text) => {
  const systems = [written(text)];

  describe.each(["en", "zh"] as const)("in %s", language => {
    test.each(ADJOINT_NOTATIONS)("in the notation %s has formulas that are set without a warning", notation => {
      const { blocks } = documentOf(systems, { language, notation });
      expect(formulasOf(blocks).filter(([latex, display]) => !isSet(latex, display))).toEqual([]);
    });

    test("numbers its equations in order, each once", () => {
      const { blocks } = documentOf(systems, { language });
      const tags = blocks.flatMap(block =>
        block.kind === "equation" || block.kind === "chain" ? (block.tag ?? []) : [],
      );
      expect(tags).toEqual(tags.map((__, i) => String(i + 1)));
    });

    test("is LaTeX with its groups and environments closed in order", () => {
      const tex = writeDocument(documentOf(systems, { language }), "tex");
      const open: string[] = [];
      for (const [whole, kind, name = ""] of tex.matchAll(/\\(?:(begin|end)\{([^}]*)\}|.)|[{}]/gsu)) {
        if (kind === "begin") open.push(name);
        else if (kind === "end") expect(open.pop()).toBe(name);
        else if (whole === "{") open.push("{");
        else if (whole === "}") expect(open.pop()).toBe("{");
      }
      expect(open).toEqual([]);
      expect(tex).toMatch(/\\documentclass/u);
    });

    test("shows no name that the deriver made for itself", () => {
      expect(writeDocument(documentOf(systems, { language }), "md").replace(/\$\$?[^$]*\$\$?/gu, "")).not.toMatch(
        /[~#$]\d/u,
      );
    });
  });

  test("is the same every time", () => {
    const [first, second] = [written(text), written(text)].map(system => writeDocument(documentOf([system]), "md"));
    expect(first).toBe(second);
  });
});

describe("the recurrent net", () => {
  const markdown = writeDocument(documentOf([written(SYSTEMS.rnn as string)]), "md");

  test("has the note's chain line, with each path named", () => {
    expect(markdown).toContain(
      "\\frac{\\partial L}{\\partial h_t} &= \\underbrace{\\operatorname{prod}\\left(\\frac{\\partial L}{\\partial h_{t+1}}, \\frac{\\partial h_{t+1}}{\\partial h_t}\\right)}_{\\substack{\\text{error from }t+1\\text{,} \\\\ \\text{back through time}}}" +
        " + \\underbrace{\\operatorname{prod}\\left(\\frac{\\partial L}{\\partial o_t}, \\frac{\\partial o_t}{\\partial h_t}\\right)}_{\\text{error from }t}",
    );
  });

  test.each([
    "\\frac{1}{T} \\frac{\\partial \\ell(o_t, y_t)}{\\partial o_t}",
    "W_{yh}^\\top \\frac{\\partial L}{\\partial o_T} & t = T",
    "W_{hh}^\\top \\left(\\frac{\\partial L}{\\partial h_{t+1}} \\odot \\phi'(z_{t+1})\\right) + W_{yh}^\\top \\frac{\\partial L}{\\partial o_t} & 1 \\le t \\lt T",
    "\\sum_{t=1}^{T} \\left(\\frac{\\partial L}{\\partial h_t} \\odot \\phi'(z_t)\\right) x_t^\\top",
    "\\sum_{t=1}^{T} \\left(\\frac{\\partial L}{\\partial h_t} \\odot \\phi'(z_t)\\right) h_{t-1}^\\top",
    "\\sum_{t=1}^{T} \\frac{\\partial L}{\\partial o_t} h_t^\\top",
  ])("has %s", formula => {
    expect(markdown).toContain(formula);
  });

  test("says how the recursion runs and what was checked", () => {
    expect(markdown).toContain("Evaluated recursively from $\\partial L / \\partial h_T$ on, with $t$ falling.");
    expect(markdown).toContain("and horizons 1 to 5");
  });
});

describe("the closed form of the recurrent net", () => {
  const markdown = writeDocument(documentOf([written(SYSTEMS.rnn as string)]), "md");

  test.each([
    "\\sum_{i=t}^{T} \\left[\\prod_{j=t+1}^{i} (W_{hh}^\\top \\operatorname{diag}(\\phi'(z_j)))\\right] W_{yh}^\\top \\frac{\\partial L}{\\partial o_i}",
    "\\sum_{i=t}^{T} (W_{hh}^\\top)^{T-i} W_{yh}^\\top \\frac{\\partial L}{\\partial o_{T+t-i}}",
    "If $\\phi$ is the identity",
    "The factor with $j = t+1$ of the product stands leftmost.",
    "Base case $t = T$:",
    "Induction step, for $1 \\le t \\lt T$",
  ])("has %s", formula => {
    expect(markdown).toContain(formula);
  });
});

describe("the perceptron", () => {
  const markdown = writeDocument(documentOf([written(SYSTEMS.mlp as string)]), "md");

  test.each([
    "&= 1 \\cdot \\frac{\\partial L}{\\partial o}",
    "&= \\frac{\\partial J}{\\partial o} h^\\top + \\lambda W_{2}",
    "&= \\frac{\\partial J}{\\partial h} \\odot \\phi'(z)",
  ])("has %s", formula => {
    expect(markdown).toContain(formula);
  });
});

test("kinks are listed where the ops that have them occur", () => {
  const gates = writeDocument(
    documentOf([written(SYSTEMS["gates and rectifiers"] as string)], { language: "zh" }),
    "md",
  );
  expect(gates).toContain("函数不可导之处");
  expect(gates).toContain("| $\\operatorname{relu}(Z)$ | $Z_{ij} = 0$ | $0$ |");
  expect(writeDocument(documentOf([written(SYSTEMS.rnn as string)]), "md")).not.toContain("has no derivative");
});

test("horizons from which on the cases hold are given when they are longer than one", () => {
  expect(writeDocument(documentOf([written(SYSTEMS["loss at the ends"] as string)]), "md")).toContain("$T \\ge 2$");
});

test("what nothing reads has no gradient, and the document says so", () => {
  const idle = writeDocument(documentOf([written(SYSTEMS["a parameter that nothing reads"] as string)]), "md");
  expect(idle).toContain("$L$ does not depend on $V$");
});

test("two systems have headings and one row of numbers", () => {
  const { blocks } = documentOf([written(SYSTEMS.mlp as string), written(SYSTEMS.rnn as string)]);
  expect(blocks.flatMap(block => (block.kind === "heading" && block.level === 2 ? block.text : []))).toEqual([
    { text: "mlp" },
    { text: "rnn" },
  ]);
  const tags = blocks.flatMap(block => (block.kind === "equation" || block.kind === "chain" ? (block.tag ?? []) : []));
  expect(new Set(tags).size).toBe(tags.length);
});

describe("an equation that shares its parts many times over", () => {
  const small = readSystem(`
    system shared
    W: n n parameter
    x: n data
    h: n
    L: 1
    h = W * x
    L = squarednorm(h)
    objective L
  `);
  let right = small.equations[0]?.right as Node;
  for (let i = 0; i < 12; i++) right = call("hadamard", [call("tanh", [right]), call("add", [right, right])]);
  const [first, second] = small.equations;
  const system = { ...small, equations: [{ ...(first as Equation), right }, second as Equation] };
  const derivation = derive(system);

  test("is written with names for them, and every formula is set", () => {
    const { blocks } = documentOf([{ derivation }]);
    expect(formulasOf(blocks).filter(([latex, display]) => !isSet(latex, display))).toEqual([]);
    expect(blocks).toContainEqual({ kind: "paragraph", text: [{ text: "where" }] });
    expect(writeDocument(documentOf([{ derivation }]), "md").length).toBeLessThan(40_000);
  });

  test("leaves terms out of JSON that would be longer than anybody reads", () => {
    const json = writeJson([{ derivation }]);
    expect(json.length).toBeLessThan(100_000);
    expect(JSON.parse(json).systems[0].equations[0].term).toBeUndefined();
  });
});

test("a Chinese name makes any LaTeX document one that sets Chinese", () => {
  const { derivation } = written(SYSTEMS.mlp as string);
  const named = { ...derivation, system: { ...derivation.system, name: "多层感知机" } };
  expect(writeDocument(documentOf([{ derivation: named }]), "tex")).toContain("{ctexart}");
  expect(writeDocument(documentOf([{ derivation }]), "tex")).toContain("{article}");
});
