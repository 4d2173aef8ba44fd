import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrange } from "../../src/parse/arrange.ts";
import { build } from "../../src/parse/build.ts";
import { readLong } from "../../src/parse/cut.ts";
import grammar from "../../src/parse/equation.grammar.ts";
import { readEquation } from "../../src/parse/equation.ts";
import { LATEX } from "../../src/parse/latex.ts";
import { ListReader } from "../../src/parse/list.ts";
import { scan } from "../../src/parse/scan.ts";
import { Structure } from "../../src/parse/structure.ts";
import { show, showStatement } from "./show.ts";

const SEED = 20_180_731;

const DEPTH = fc.createDepthIdentifier();

/** Sentences of the dialect by its own grammar; each reads, and nearley finds one reading (more are an InternalError). */
const { sentence, sum } = fc.letrec<{
  sentence: string;
  sum: string;
  term: string;
  product: string;
  factor: string;
  atom: string;
  group: string;
  script: string;
}>(tie => ({
  sentence: fc
    .tuple(
      tie("sum"),
      fc.array(fc.tuple(fc.constantFrom("=", ":=", "\\leq", "\\in", "\\Rightarrow", "<"), tie("sum")), {
        maxLength: 2,
      }),
    )
    .map(([first, rest]) => first + rest.map(([sign, next]) => ` ${sign} ${next}`).join("")),
  sum: fc
    .tuple(
      fc.constantFrom("", "", "-", "+"),
      tie("term"),
      fc.array(fc.tuple(fc.constantFrom("+", "-", "\\pm", "- -"), tie("term")), { maxLength: 2 }),
    )
    .map(([sign, first, rest]) => `${sign} ${first}${rest.map(([joint, next]) => ` ${joint} ${next}`).join("")}`),
  term: fc.oneof(
    { depthIdentifier: DEPTH, maxDepth: 3, withCrossShrink: true },
    tie("product"),
    fc
      .tuple(
        tie("product"),
        fc.constantFrom("", "\\cdot", "/"),
        fc.constantFrom("\\sum_{t=1}^T", "\\prod_j", "\\max_i", "\\log \\sum_k"),
        tie("product"),
      )
      .map(parts => parts.join(" ")),
    fc.tuple(fc.constantFrom("\\sum_i", "\\lim_{i \\to 0}"), tie("product")).map(parts => parts.join(" ")),
  ),
  product: fc
    .tuple(
      tie("factor"),
      fc.array(fc.tuple(fc.constantFrom("", "", "\\odot", "\\cdot", "*", "/", "\\times", "\\cdot -"), tie("factor")), {
        maxLength: 3,
      }),
    )
    .map(([first, rest]) => first + rest.map(([sign, next]) => ` ${sign} ${next}`).join("")),
  factor: fc.oneof(
    { depthIdentifier: DEPTH, maxDepth: 3, withCrossShrink: true },
    tie("atom"),
    fc
      .tuple(
        fc.constantFrom(
          "\\tanh",
          "\\log",
          "\\nabla_x",
          "\\operatorname{diag}",
          "\\exp^2",
          "\\partial",
          "\\partial_w",
          "\\frac{\\partial}{\\partial x}",
        ),
        tie("atom"),
      )
      .map(parts => parts.join(" ")),
    fc.tuple(fc.constantFrom("f", "\\phi'", "\\ell", "softmax"), tie("group")).map(parts => parts.join("")),
  ),
  atom: fc.oneof(
    { depthIdentifier: DEPTH, maxDepth: 3, withCrossShrink: true },
    fc
      .tuple(
        fc.constantFrom("a", "x", "W", "\\lambda", "\\mathbf{b}", "\\hat y", "2", "0.5", "\\text{act}", "\\dots"),
        tie("script"),
      )
      .map(parts => parts.join("")),
    fc.tuple(tie("group"), tie("script")).map(parts => parts.join("")),
    fc.tuple(tie("sum"), tie("sum")).map(([top, bottom]) => `\\frac{${top}}{${bottom}}`),
    tie("sum").map(inner => `\\sqrt{${inner}}`),
    fc.tuple(tie("atom"), tie("atom")).map(([top, bottom]) => `\\frac{\\partial ${top}}{\\partial ${bottom}}`),
  ),
  group: fc
    .tuple(
      fc.constantFrom(["(", ")"], ["[", "]"], ["\\left(", "\\right)"], ["\\lVert", "\\rVert"], ["\\{", "\\}"]),
      fc.array(tie("sum"), { minLength: 1, maxLength: 2 }),
    )
    .map(([[open, close], inner]) => `${open} ${inner.join(", ")} ${close}`),
  script: fc.constantFrom("", "", "_t", "_{t-1}", "^{(2)}", "^\\top", "^{(2)T}", "_{hh}^T", "'", "^{-1}_i", "_{i,j}"),
}));

const reading = (text: string): readonly string[] => {
  const result = readEquation(text, new Map());
  return result.ok
    ? result.value.statements.map(showStatement)
    : result.diagnostics.map(one => `${one.code}: ${one.message} at ${one.spans[0]?.span.start}`);
};

describe("generated sentences", () => {
  test("each has exactly one reading", () => {
    fc.assert(
      fc.property(sentence, text => {
        const result = readEquation(text, new Map());
        expect(result.ok ? result.value.diagnostics : result.diagnostics).toEqual([]);
        expect(result.ok && result.value.statements.length).toBe(1);
      }),
      { numRuns: 3_000, seed: SEED },
    );
  });

  test("white space changes nothing", () => {
    fc.assert(
      fc.property(sentence, text => {
        const wide = text.replace(/ /gu, " \n\t ").replace(/([=+(])/gu, "$1\\, ");
        expect(reading(wide)).toEqual(reading(text));
      }),
      { numRuns: 500, seed: SEED },
    );
  });

  test("each inner sum reads in brackets as it does alone", () => {
    fc.assert(
      fc.property(sum, text => {
        expect(reading(`(${text})`)).toEqual([`(${reading(text)[0]})`]);
      }),
      { numRuns: 500, seed: SEED },
    );
  });

  test("lists that are read in pieces have the trees of lists that are read whole", () => {
    const reader = new ListReader(grammar as unknown as ConstructorParameters<typeof ListReader>[0]);
    fc.assert(
      fc.property(
        fc.array(sentence, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(" , ", " \\mid "),
        (sentences, joint) => {
          const text = sentences.join(joint);
          const row = new Structure(text, 0, scan(text, 0), LATEX).run()[0];
          const tokens = arrange(row?.tokens ?? [], LATEX);
          expect(show(build(readLong(reader, tokens, "inside", text.length, 1)))).toBe(
            show(build(reader.read(tokens, "inside", text.length))),
          );
        },
      ),
      { numRuns: 1_000, seed: SEED },
    );
  });
});
