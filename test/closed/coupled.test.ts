import { describe, expect, test } from "vitest";
import { withClosedForms } from "../../src/derive/closed/index.ts";
import type { BlockForm, Derivation } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import { call } from "../../src/ops/call.ts";
import { findLaw } from "../../src/rules/index.ts";
import { showTerm } from "../../src/term/show.ts";
import { readSystem } from "../../src/term/system.ts";
import { BLOCKS } from "./systems.ts";

const solved = (text: string): Derivation => withClosedForms(derive(readSystem(text)));

const blockOf = ({ blocks = [] }: Derivation): BlockForm => {
  const [block] = blocks;
  if (!block || blocks.length > 1) throw new Error("not exactly one block form");
  return block;
};

/** The derivation with its block form changed. */
const spoiled = (derivation: Derivation, spoil: (block: BlockForm) => BlockForm): Derivation => ({
  ...derivation,
  blocks: [spoil(blockOf(derivation))],
});

test("states of different sizes stand on top of each other, each row with what every state hands on", () => {
  const { states, matrix, form } = blockOf(solved(BLOCKS.TWO_SIZES));
  expect(states.map(showTerm)).toEqual(["c[t]", "h[t]"]);
  expect(showTerm(matrix.right)).toBe(
    "stack(beside(identity(n) + A' * diag(prime(phi, 1, z_h[t - 1])) * (B' * diag(prime(phi, 1, z_c[t]))), A' * diag(prime(phi, 1, z_h[t - 1]))), beside(B' * diag(prime(phi, 1, z_c[t])), identity(m)))",
  );
  expect(showTerm(form.value)).toContain("sum(i, t, T, product(j, t + 1, i, M[j]) * stack(");
});

test("a state that runs up is carried by the matrices from the other side", () => {
  expect(showTerm(blockOf(solved(BLOCKS.COUPLED_BACKWARDS)).form.value)).toContain("reversedproduct");
});

describe.each(Object.entries(BLOCKS))("%s", (_, text) => {
  const derivation = solved(text);
  const options = { longest: 4, lines: "every" } as const;

  test("has a block form, each step of whose proof is exact", () => {
    expect(derivation.gradients.flatMap(({ noClosedForm }) => noClosedForm ?? [])).toEqual([]);
    expect(checkDerivation(derivation, options).verdict).toBe("agrees");
  });

  test("a wrong form, a wrong matrix and a wrong step are noticed", () => {
    const twice = <N extends BlockForm["matrix"]["right"]>(node: N) => call("add", [node, node]);
    const doubled = spoiled(derivation, block => ({
      ...block,
      form: { ...block.form, value: twice(block.form.value) },
    }));
    const steeper = spoiled(derivation, block => ({
      ...block,
      matrix: { ...block.matrix, right: twice(block.matrix.right) },
    }));
    const stepped = spoiled(derivation, block => ({
      ...block,
      form: {
        ...block.form,
        induction: block.form.induction.map(step => ({ ...step, after: twice(step.after) })),
      },
    }));
    for (const wrong of [doubled, steeper, stepped]) expect(checkDerivation(wrong, options).verdict).toBe("disagrees");
  });

  test("its proof is a chain, and every step has a reason", () => {
    const { base, induction, value } = blockOf(derivation).form;
    for (const steps of [base, induction]) {
      expect(steps.length).toBeGreaterThan(0);
      for (const [i, step] of steps.entries()) {
        if (i > 0) expect(step.before).toBe(steps[i - 1]?.after);
        expect(findLaw(step.rule)?.say.en, step.rule).toBeTruthy();
      }
    }
    expect(induction.at(-1)?.after).toBe(value);
  });
});
