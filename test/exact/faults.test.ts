// What is said of each kind of mistake in a derivation, and of a derivation without one.
import { describe, expect, test } from "vitest";
import { withClosedForms } from "../../src/derive/closed/index.ts";
import { truncationOf, withWindow } from "../../src/derive/closed/truncated.ts";
import { derive } from "../../src/derive/index.ts";
import type {
  ClaimedContribution,
  ClaimedDerivation,
  ClaimedForm,
  ClaimedGradient,
  ClaimedPiece,
} from "../../src/exact/claims.ts";
import { type CheckOptions, checkDerivation } from "../../src/exact/derivation.ts";
import type { Fault } from "../../src/exact/outcome.ts";
import { domain } from "../../src/expr/domain.ts";
import type { Node } from "../../src/expr/node.ts";
import { minus, plus } from "../../src/expr/polynomial.ts";
import { familyOf } from "../../src/expr/system.ts";
import { call } from "../../src/ops/call.ts";
import { readTerm } from "../../src/term/read.ts";
import { readSystem } from "../../src/term/system.ts";
import { BLOCKS, SOLVED } from "../closed/systems.ts";

const P = 2n ** 61n - 1n;
const QUICK: CheckOptions = { longest: 3, assignments: 1, seeds: [1] };

const SYSTEM = readSystem(`
  system s
  horizon T
  function phi elementwise
  A: n n parameter
  c: 1 parameter
  x[t]: n data for t = 1..T
  h[t]: n for t = 0..T
  L: 1
  h[t] = A * h[t-1] + c * x[t] for t = 1..T
  L = sum(t, 1, T, squarednorm(h[t]))
  objective L
`);
const derived: ClaimedDerivation = derive(SYSTEM);
const symbols = new Map([...SYSTEM.symbols].map(([name, { node }]) => [name, node]));
const term = (text: string): Node => readTerm(text, { symbols, functions: SYSTEM.functions });

/** The derivation with the gradient by one symbol changed. */
const changed = (name: string, change: (gradient: ClaimedGradient) => Partial<ClaimedGradient>): ClaimedDerivation => ({
  ...derived,
  gradients: derived.gradients.map(gradient =>
    familyOf(gradient.wrt).name === name ? { ...gradient, ...change(gradient) } : gradient,
  ),
});
const withPiece = (
  name: string,
  part: string,
  change: (piece: ClaimedPiece) => Partial<ClaimedPiece>,
): ClaimedDerivation =>
  changed(name, ({ pieces }) => ({
    pieces: pieces.map(piece => (piece.part === part ? { ...piece, ...change(piece) } : piece)),
  }));
const withValue = (name: string, part: string, value: string): ClaimedDerivation =>
  withPiece(name, part, () => ({ value: term(value) }));
const withContribution = (
  name: string,
  which: number,
  change: (contribution: ClaimedContribution) => Partial<ClaimedContribution>,
): ClaimedDerivation =>
  changed(name, ({ contributions }) => ({
    contributions: contributions.map((own, i) => (i === which ? { ...own, ...change(own) } : own)),
  }));

const faultsOf = (derivation: ClaimedDerivation, options = QUICK): readonly Fault[] => {
  const outcome = checkDerivation(derivation, options);
  if (outcome.verdict !== "disagrees") throw new Error(outcome.verdict);
  return outcome.faults;
};
const faultOf = (...given: Parameters<typeof faultsOf>): Fault => {
  const [fault, ...more] = faultsOf(...given);
  expect(more).toEqual([]);
  return fault as Fault;
};

describe("a wrong piece", () => {
  test("is named with its member, its place and both values", () => {
    const fault = faultOf(withValue("h", "interior", "2 * (A' * partial(L, h[t + 1]) + 2 * h[t])"));
    const { expected, found, wrt, ...rest } = fault;
    expect(wrt).toBe(symbols.get("h"));
    expect((2n * BigInt(expected) - BigInt(found)) % P).toBe(0n);
    expect(rest).toEqual({
      subject: "piece",
      index: [1],
      which: 1,
      contributions: [],
      at: { T: 2, n: 3 },
      seed: 1010,
      entry: 0,
      message: "the gradient by h[1] is wrong at T = 2, n = 3",
    });
  });
  test("is named with its first wrong entry", () => {
    const fault = faultOf(withValue("h", "boundary", "2 * h[T] + unit(n, 2)"));
    expect(fault).toMatchObject({ index: [1], which: 0, entry: 1, at: { T: 1, n: 2 } });
    expect(BigInt(fault.found) - BigInt(fault.expected)).toBe(1n);
  });
  test("is judged with the true gradients of all others", () => {
    // The gradient by A reads that by h.
    expect(faultsOf(withValue("h", "boundary", "h[T]")).map(({ wrt }) => wrt.name)).toEqual(["h"]);
    expect(faultOf(withValue("A", "all", "sum(t, 1, T, h[t - 1] * partial(L, h[t])')"))).toMatchObject({
      subject: "piece",
      index: [],
      which: 0,
      message: "the gradient by A is wrong at T = 1, n = 2",
    });
  });
  test("may take roots that the system does not take", () => {
    // So many numbers are never all squares in the prime field.
    const many: CheckOptions = { ...QUICK, longest: 1, dimension: 12 };
    const rooted = (factor: number) =>
      checkDerivation(withValue("h", "boundary", `${factor} * (sqrt(h[T]) .* sqrt(h[T]))`), many);
    expect([rooted(2).verdict, rooted(3).verdict]).toEqual(["agrees", "disagrees"]);
  });
  test("and another one are both named", () => {
    const both = {
      ...derived,
      gradients: [
        ...withValue("A", "all", "zeros(n, n)").gradients.filter(({ wrt }) => familyOf(wrt).name === "A"),
        ...withValue("c", "all", "c").gradients.filter(({ wrt }) => familyOf(wrt).name !== "A"),
      ],
    };
    expect(faultsOf(both).map(({ wrt, subject }) => `${subject} ${wrt.name}`)).toEqual(["piece A", "piece c"]);
  });
  test("may have no value", () => {
    expect(faultOf(withValue("h", "interior", "A' * partial(L, h[t + 1]) + 2 * x[t + 2]"))).toMatchObject({
      subject: "piece",
      at: { T: 2 },
      entry: 0,
      expected: "a value",
      found: "x[3] lies outside of the index domain",
      reason: "outside",
      message: "the gradient by h[1]: x[3] lies outside of the index domain",
    });
    expect(faultOf(withValue("c", "all", "inner(partial(L, x[1]), x[1])"))).toMatchObject({
      found: "there is no gradient of x",
      message: "the gradient by c: there is no gradient of x",
    });
    expect(checkDerivation(withValue("c", "all", "c / (c - c)"), QUICK)).toEqual({
      verdict: "cannot-tell",
      reason: "a divisor is 0 at this draw",
    });
  });
  test("may be missing at a member, or one of several", () => {
    expect(
      faultOf(changed("h", ({ pieces }) => ({ pieces: pieces.filter(({ part }) => part !== "initial") }))),
    ).toMatchObject({
      subject: "cover",
      index: [0],
      entry: 0,
      expected: "1",
      found: "0",
      message: "no piece holds at h[0]",
    });
    expect(faultOf(changed("h", ({ pieces }) => ({ pieces: [...pieces, ...pieces.slice(0, 1)] })))).toMatchObject({
      subject: "cover",
      index: [1],
      found: "2",
      message: "several pieces hold at h[1]",
    });
  });
  test("does not count at horizons that are too short for it", () => {
    const wrong = withValue("h", "boundary", "h[T]");
    const from = (least: number): ClaimedDerivation => ({
      ...wrong,
      gradients: wrong.gradients.map(gradient => ({ ...gradient, validFrom: new Map([["T", least]]) })),
    });
    expect(faultOf(from(1)).at).toMatchObject({ T: 1 });
    expect(faultOf(from(3))).toMatchObject({ subject: "piece", at: { T: 3 } });
    expect(checkDerivation(from(4), { ...QUICK, lines: "none" }).verdict).toBe("agrees");
    // Then the sum of the contributions is what counts.
    const less = withContribution("h", 0, () => ({ value: term("zeros(n, 1)") }));
    const late = {
      ...less,
      gradients: less.gradients.map(gradient => ({ ...gradient, validFrom: new Map([["T", 4]]) })),
    };
    expect(faultOf(late)).toMatchObject({ subject: "contributions", contributions: [0], index: [0], at: { T: 1 } });
  });
});

describe("wrong paths", () => {
  test("are named where the pieces are right", () => {
    expect(faultOf(withContribution("h", 1, () => ({ value: term("3 * h[t]") })))).toMatchObject({
      subject: "contributions",
      wrt: { name: "h" },
      index: [1],
      contributions: [1],
      at: { T: 1, n: 2 },
      message: "the sum of the paths to h[1] is wrong at T = 1, n = 2",
    });
    expect(faultOf(withContribution("h", 0, () => ({ value: term("A * partial(L, h[t + 1])") })))).toMatchObject({
      contributions: [0],
      index: [0],
      at: { T: 1, n: 2 },
    });
    expect(faultOf(withContribution("A", 0, () => ({ value: term("zeros(n, n)") })))).toMatchObject({
      wrt: { name: "A" },
      index: [],
      contributions: [0],
    });
  });
  test("may be too few, or have no value", () => {
    expect(faultOf(changed("h", ({ contributions }) => ({ contributions: contributions.slice(1) })))).toMatchObject({
      subject: "contributions",
      contributions: [],
      index: [0],
      at: { T: 1 },
    });
    expect(faultOf(withContribution("h", 1, () => ({ value: term("2 * x[t + 1]") })))).toMatchObject({
      subject: "contributions",
      reason: "outside",
      message: "the sum of the paths to h[1]: x[2] lies outside of the index domain",
    });
  });
  test("of a piece must add up to it", () => {
    const fault = faultOf(
      withPiece("h", "interior", ({ contributions }) => ({ contributions: contributions.slice(1) })),
    );
    expect(fault).toMatchObject({ subject: "contributions", which: 1, at: { T: 3 } });
    expect(fault.contributions).toBeUndefined();
  });
});

test("gradients that are counted twice do not add up", () => {
  const twice = { ...derived, gradients: [...derived.gradients, ...derived.gradients.slice(-1)] };
  const { expected, ...fault } = faultOf(twice);
  expect(expected).toMatch(/^-?\d+$/u);
  expect(fault).toEqual({
    subject: "sum",
    wrt: symbols.get("h"),
    index: [],
    at: { T: 1, n: 2 },
    seed: 1009,
    entry: 0,
    found: "another sum",
    message: "every gradient agrees by itself, but not all together",
  });
});

test("a gradient that is not there is missed before anything is tried", () => {
  const without = (name: string) => ({
    ...derived,
    gradients: derived.gradients.filter(({ wrt }) => familyOf(wrt).name !== name),
  });
  expect(checkDerivation(without("c"), QUICK)).toEqual({
    verdict: "disagrees",
    faults: [
      {
        subject: "missing",
        wrt: symbols.get("c"),
        index: [],
        at: {},
        seed: 0,
        entry: 0,
        expected: "a gradient",
        found: "none",
        message: "the objective depends on c, but there is no gradient by it",
      },
    ],
    certificate: {
      method: "forward mode over the field of 2^61 - 1 elements",
      horizons: [],
      sizes: [],
      seeds: [],
      samples: 0,
      bound: 0,
    },
  });
  expect(checkDerivation(without("c"), { ...QUICK, wrt: ["A"] }).verdict).toBe("agrees");
  expect(checkDerivation(without("c"), { ...QUICK, wrt: ["A", "c"] }).verdict).toBe("disagrees");
  // What is defined has a gradient, whatever was asked for.
  expect(faultOf(without("h"), { ...QUICK, wrt: ["A", "c"] })).toMatchObject({
    subject: "missing",
    wrt: { name: "h" },
  });
});

describe("lines between", () => {
  const chained = (chain: string) => withContribution("h", 0, () => ({ chain: term(chain) }));
  test("wrong chain rules are named", () => {
    expect(faultOf(chained("prod(partial(L, h[T]), immediate(h[t + 1], h[t]))"))).toMatchObject({
      subject: "chain",
      wrt: { name: "h" },
      index: [0],
      which: 0,
      at: { T: 3, n: 2 },
      message: "the chain-rule line of h[0] is wrong at T = 3, n = 2",
    });
  });
  test("wrong chain rules of a piece are named", () => {
    const wrong = withPiece("h", "interior", ({ contributions }) => ({
      contributions: contributions.map(own =>
        own.chain ? { ...own, chain: term("prod(partial(L, h[T]), immediate(h[t + 1], h[t]))") } : own,
      ),
    }));
    expect(faultOf(wrong)).toMatchObject({ subject: "chain", index: [1], which: 0 });
  });
  test("stand for all reads of an equation that meet in one member", () => {
    const system = readSystem(`
      system s
      horizon T
      A: n n parameter
      x[t]: n data for t = 1..T
      h[t]: n for t = 1..T
      y[t]: n for t = 1..T
      L: 1
      h[t] = A * x[t] for t = 1..T
      y[t] = h[t] .* h[1] for t = 1..T
      L = sum(t, 1, T, squarednorm(y[t]))
      objective L
    `);
    const own = new Map([...system.symbols].map(([name, { node }]) => [name, node]));
    const chains = [
      "sum(t, 1, T, prod(partial(L, y[t]), immediate(y[t], h[1])))",
      "prod(partial(L, y[t]), immediate(y[t], h[t]))",
    ].map(text => readTerm(text, { symbols: own, functions: system.functions }));
    const meeting: ClaimedDerivation = derive(system);
    const linked = (
      change: (contribution: ClaimedContribution, i: number) => ClaimedContribution,
    ): ClaimedDerivation => ({
      ...meeting,
      gradients: meeting.gradients.map(gradient =>
        familyOf(gradient.wrt).name === "h"
          ? { ...gradient, contributions: gradient.contributions.map(change) }
          : gradient,
      ),
    });
    const every: CheckOptions = { ...QUICK, lines: "every" };
    const chained = linked((each, i) => ({ ...each, chain: chains[i] as Node }));
    expect(checkDerivation(chained, every).verdict).toBe("agrees");
    // Each for itself both lines say too much.
    const apart = linked((each, i) => ({ ...each, equation: { ...each.equation }, chain: chains[i] as Node }));
    expect(faultOf(apart, every)).toMatchObject({ subject: "chain", index: [1], at: { T: 1 } });
  });
  const stepped = (before: string, after: string) =>
    withPiece("h", "interior", () => ({ steps: [{ rule: "made-up", before: term(before), after: term(after) }] }));
  test("wrong steps are named", () => {
    expect(faultOf(stepped("2 * h[t]", "2 * h[1]"))).toMatchObject({
      subject: "step",
      wrt: { name: "h" },
      index: [2],
      rule: "made-up",
      at: { T: 3, n: 2 },
      message: "a step towards the gradient by h[2] is wrong at T = 3, n = 2",
    });
    expect(faultOf(stepped("h[t]", "h[t + 3]"))).toMatchObject({ subject: "step", index: [1], reason: "outside" });
    expect(checkDerivation(stepped("h[t] / (c - c)", "h[t]"), QUICK).verdict).toBe("cannot-tell");
    // Where the left side has no value nothing is said.
    expect(checkDerivation(stepped("h[t + 3]", "h[t]"), QUICK).verdict).toBe("agrees");
    expect(checkDerivation(stepped("h[t + 2]", "h[t + 2]"), QUICK).verdict).toBe("agrees");
    expect(
      faultOf(
        withContribution("h", 0, () => ({ steps: [{ rule: "made-up", before: term("x[1]"), after: term("x[T]") }] })),
      ),
    ).toMatchObject({
      subject: "step",
    });
  });
  test("are looked at at the longest horizon, at every one, or not at all", () => {
    const wrong = stepped("2 * h[t]", "3 * h[t]");
    expect(faultOf(wrong).at).toMatchObject({ T: 3 });
    expect(faultOf(wrong, { ...QUICK, lines: "every" }).at).toMatchObject({ T: 2 });
    expect(checkDerivation(wrong, { ...QUICK, lines: "none" }).verdict).toBe("agrees");
  });
});

describe("a closed form", () => {
  const form = (value: string, rest: Partial<ClaimedForm> = {}) =>
    changed("h", ({ pieces }) => ({
      closedForms: [
        { form: "right", over: (pieces[0] as ClaimedPiece).over, value: term("2 * h[t]"), base: [], induction: [] },
        {
          form: "made-up",
          over: (pieces[1] as ClaimedPiece).over,
          value: term(value),
          base: [],
          induction: [],
          ...rest,
        },
      ],
    }));
  test("is compared with the gradient at its members", () => {
    expect(checkDerivation(form("2 * sum(s, t, T, (A')^(s - t) * h[s])"), QUICK).verdict).toBe("agrees");
    expect(faultOf(form("2 * sum(s, t, T, A^(s - t) * h[s])"))).toMatchObject({
      subject: "closed form",
      wrt: { name: "h" },
      index: [1],
      which: 1,
      at: { T: 2, n: 3 },
      message: "the closed form of the gradient by h[1] is wrong at T = 2, n = 3",
    });
  });
  test("may have another shape", () => {
    expect(faultOf(form("ones(1, n)"))).toMatchObject({
      entry: 0,
      expected: "3 × 1",
      found: "1 × 3",
      message: "the closed form of the gradient by h[1] is wrong at T = 2, n = 3",
    });
    expect(faultOf(form("ones(n, n)"))).toMatchObject({ expected: "3 × 1", found: "3 × 3" });
  });
  test("has its steps, of which those of the induction may hold elsewhere", () => {
    const value = "2 * sum(s, t, T, (A')^(s - t) * h[s])";
    const wrong = [{ rule: "made-up", before: term("h[t]"), after: term("h[1]") }];
    expect(faultOf(form(value, { base: wrong }))).toMatchObject({ subject: "step", index: [2] });
    expect(faultOf(form(value, { induction: wrong }))).toMatchObject({ subject: "step", index: [2] });
    const nowhere = derived.gradients[0]?.pieces[2]?.over as ClaimedPiece["over"];
    const first = [{ rule: "made-up", before: term("h[t]"), after: term("h[0]") }];
    expect(checkDerivation(form(value, { induction: first, inductionOver: nowhere }), QUICK).verdict).toBe("agrees");
    expect(faultOf(form(value, { induction: first }))).toMatchObject({ subject: "step", index: [1] });
  });
  test("may suppose that a function is the identity", () => {
    const text = (f: string) =>
      `system s\nhorizon T\nfunction phi elementwise\nA: n n parameter\nh[t]: n for t = 0..T\nL: 1\nh[t] = ${f} for t = 1..T\nL = squarednorm(h[T])\nobjective L`;
    const own: ClaimedDerivation = withClosedForms(derive(readSystem(text("phi(A * h[t-1])"))));
    const forms = own.gradients.flatMap(({ closedForms }) => closedForms);
    expect(forms.some(({ assumes }) => assumes?.function === "phi")).toBe(true);
    expect(checkDerivation(own, QUICK).verdict).toBe("agrees");
    const unsaid = {
      ...own,
      gradients: own.gradients.map(gradient => ({
        ...gradient,
        closedForms: gradient.closedForms.map(({ assumes: _, ...rest }) => ({ ...rest, base: [], induction: [] })),
      })),
    };
    expect(faultsOf(unsaid)[0]).toMatchObject({ subject: "closed form" });
    expect(checkDerivation(unsaid, { ...QUICK, suppose: { identities: new Set(["phi"]) } }).verdict).toBe("agrees");
  });
  test("may collect what other gradients give", () => {
    const { over } = derived.gradients[0]?.pieces[1] ?? (derived.gradients[0] as never);
    const collected = (value: string, after = "h[t]") =>
      changed("h", () => ({
        collected: { over, value: term(value), steps: [{ rule: "made-up", before: term("h[t]"), after: term(after) }] },
      }));
    expect(checkDerivation(collected("2 * sum(s, t, T, (A')^(s - t) * h[s])"), QUICK).verdict).toBe("agrees");
    expect(faultOf(collected("2 * h[t]"))).toMatchObject({ subject: "closed form", which: 0 });
    expect(faultOf(collected("2 * sum(s, t, T, (A')^(s - t) * h[s])", "h[1]"))).toMatchObject({ subject: "step" });
  });
});

describe("a gradient by a symmetric or diagonal matrix", () => {
  const plain = readSystem(
    "system s\n x: n data\n B: n n data\n A: n n parameter\n L: 1\n L = x' * A * B * x\n objective L",
  );
  const of = (
    structure: "symmetric" | "diagonal",
    convention: "symmetric-part" | "pairs" | "diagonal" | "independent",
    text: string,
    after = text,
    among = plain,
  ) => {
    const entry = among.symbols.get("A");
    if (!entry) throw new Error("no A");
    const system = { ...among, symbols: new Map([...among.symbols, ["A", { ...entry, structure }]]) };
    const own: ClaimedDerivation = derive(system);
    const names = new Map([...system.symbols].map(([name, { node }]) => [name, node]));
    const value = (formula: string): Node => readTerm(formula, { symbols: names, functions: system.functions });
    const steps = [{ rule: "made-up", before: value(text), after: value(after) }];
    return checkDerivation(
      {
        ...own,
        gradients: own.gradients.map(gradient => ({
          ...gradient,
          pieces: gradient.pieces.map(piece => ({ ...piece, structured: { convention, value: value(text), steps } })),
        })),
      },
      QUICK,
    );
  };
  const [ordinary, both] = ["x * (B * x)'", "x * (B * x)' + B * x * x'"];
  test("has half of both where every entry has its share", () => {
    expect(of("symmetric", "symmetric-part", `(${both}) / 2`).verdict).toBe("agrees");
    expect(of("symmetric", "symmetric-part", both)).toMatchObject({
      verdict: "disagrees",
      faults: [
        {
          subject: "structure",
          wrt: { name: "A" },
          index: [],
          which: 0,
          message: "the gradient under its convention by A is wrong at n = 2",
        },
      ],
    });
  });
  test("has the structure itself", () => {
    expect(of("symmetric", "symmetric-part", ordinary).verdict).toBe("disagrees");
    expect(of("diagonal", "diagonal", ordinary).verdict).toBe("disagrees");
  });
  test("has every pair of entries once", () => {
    expect(of("symmetric", "pairs", `${both} - (${ordinary}) .* identity(n)`).verdict).toBe("agrees");
    expect(of("symmetric", "pairs", both).verdict).toBe("disagrees");
    expect(of("symmetric", "pairs", `(${both}) / 2`).verdict).toBe("disagrees");
  });
  test("has a diagonal alone", () => {
    expect(of("diagonal", "diagonal", "diag(x .* (B * x))").verdict).toBe("agrees");
    expect(of("diagonal", "diagonal", "diag(x)").verdict).toBe("disagrees");
  });
  test("is that of one member among several", () => {
    const several = readSystem(
      "system s\n horizon T\n x: n data\n B: n n data\n A[t]: n n parameter for t = 1..T\n L: 1\n L = sum(t, 1, T, x' * A[t] * B * x)\n objective L",
    );
    expect(of("symmetric", "symmetric-part", `(${both}) / 2`, undefined, several).verdict).toBe("agrees");
    expect(of("symmetric", "symmetric-part", both, undefined, several)).toMatchObject({
      faults: [{ subject: "structure", index: [1], at: { T: 1 } }],
    });
  });
  test("says no more where its entries are independent", () => {
    expect(of("symmetric", "independent", "zeros(n, n)").verdict).toBe("agrees");
  });
  test("has steps of its own", () => {
    expect(of("diagonal", "diagonal", "diag(x .* (B * x))", "diag(x)")).toMatchObject({
      faults: [{ subject: "step" }],
    });
  });
});

test("a block form stands for the gradients of its states on top of each other", () => {
  const own: ClaimedDerivation = withClosedForms(derive(readSystem(BLOCKS.TWO_SIZES)));
  const [block] = own.blocks ?? [];
  if (!block) throw new Error("no block form");
  expect(checkDerivation(own, { ...QUICK, longest: 2 }).verdict).toBe("agrees");
  const spoiled = (form: Partial<ClaimedForm>) => ({
    ...own,
    blocks: [{ ...block, form: { ...block.form, ...form } }],
  });
  const twice = call("add", [block.form.value, block.form.value]);
  expect(faultOf(spoiled({ value: twice }), { ...QUICK, longest: 2, lines: "none" })).toMatchObject({
    subject: "closed form",
    wrt: familyOf(block.states[0] as never),
    which: 0,
    at: { T: 1 },
  });
  const [step] = block.form.induction;
  const induction = [{ rule: "made-up", before: step?.before as Node, after: twice }];
  expect(faultOf(spoiled({ induction }), { ...QUICK, longest: 2 })).toMatchObject({ subject: "step", rule: "made-up" });
});

describe("truncated gradients", () => {
  const { system, window } = withWindow(SYSTEM, "K");
  const whole = withClosedForms(derive(system));
  const own: ClaimedDerivation & { readonly truncation: NonNullable<ClaimedDerivation["truncation"]> } = {
    ...whole,
    truncation: truncationOf(whole, window),
  };
  const options: CheckOptions = { ...QUICK, lines: "none" };
  test("are compared with members further back held fixed", () => {
    expect(checkDerivation(own, options).verdict).toBe("agrees");
    expect(checkDerivation(own, { ...options, suppose: { zero: new Set(["h"]) } }).verdict).toBe("agrees");
    const { gradients } = own.truncation;
    for (const [which, { wrt }] of gradients.entries()) {
      const spoiled = gradients.map((each, i) =>
        i === which
          ? {
              ...each,
              forms: each.forms.map(form => ({
                ...form,
                value: own.gradients.find(g => g.wrt === wrt)?.pieces[0]?.value as Node,
              })),
            }
          : each,
      );
      const name = familyOf(wrt).name;
      expect(faultOf({ ...own, truncation: { ...own.truncation, gradients: spoiled } }, options)).toMatchObject({
        subject: "truncation",
        wrt: { name },
        index: [],
        message: expect.stringMatching(
          new RegExp(`^the truncated gradient by ${name} is wrong at T = \\d, n = \\d, K = \\d$`, "u"),
        ),
      });
    }
  });
  test("are tried at windows of three lengths, where nothing else says how long they are", () => {
    const longer = { ...own, truncation: { ...own.truncation, window: plus(window, 1) } };
    const windows = [1, 2, 3].map(
      seed => faultOf(longer, { ...options, shortest: 5, longest: 5, seeds: [seed] }).at["K"],
    );
    expect(windows).toEqual([2, 3, 1]);
    for (const steps of [0, 1]) {
      const fixed = withWindow(SYSTEM, steps);
      const solved = withClosedForms(derive(fixed.system));
      const found = checkDerivation({ ...solved, truncation: truncationOf(solved, fixed.window) }, options);
      expect(found.verdict).toBe("agrees");
    }
  });
  test("of states that run up go the other way", () => {
    const up = withWindow(readSystem(SOLVED.BACKWARDS), 1);
    const solved = withClosedForms(derive(up.system));
    const truncation = truncationOf(solved, up.window);
    expect(truncation.recurrences.map(({ direction }) => direction)).toEqual(["up"]);
    expect(checkDerivation({ ...solved, truncation }, options).verdict).toBe("agrees");
    const recurrences = truncation.recurrences.map(each => ({ ...each, direction: "down" as const }));
    expect(checkDerivation({ ...solved, truncation: { ...truncation, recurrences } }, options).verdict).not.toBe(
      "agrees",
    );
  });
  test("that agree one by one may be counted twice", () => {
    const twice = {
      ...own,
      truncation: { ...own.truncation, gradients: own.truncation.gradients.flatMap(each => [each, each]) },
    };
    expect(faultOf(twice, options)).toMatchObject({
      subject: "truncation",
      wrt: familyOf(own.truncation.gradients[0]?.wrt as never),
    });
  });
  test("may be none", () => {
    expect(checkDerivation({ ...own, truncation: { ...own.truncation, gradients: [] } }, options).verdict).toBe(
      "agrees",
    );
  });
});

describe("an answer", () => {
  test("of agreement says what was tried", () => {
    expect(checkDerivation(derived, { longest: 2, assignments: 1 })).toEqual({
      verdict: "agrees",
      certificate: {
        method: "forward mode over the field of 2^61 - 1 elements",
        horizons: [1, 2],
        sizes: [
          { T: 1, n: 2 },
          { T: 2, n: 3 },
        ],
        seeds: [1009, 2019, 1011, 2021],
        samples: 4,
        bound: 6 / 2 ** 61,
      },
    });
    const { certificate } = checkDerivation(derived, { longest: 1, largestBound: Number.POSITIVE_INFINITY }) as never;
    expect(certificate).toMatchObject({ bound: Number.POSITIVE_INFINITY });
  });
  test("of disagreement says what was tried until then", () => {
    expect(checkDerivation(withValue("h", "interior", "2 * h[t]"), QUICK)).toMatchObject({
      certificate: {
        horizons: [1, 2],
        sizes: [
          { T: 1, n: 2 },
          { T: 2, n: 3 },
        ],
        seeds: [1009, 1010],
        samples: 2,
        bound: 0,
      },
    });
  });
  test("tries horizons that are long enough for every constant", () => {
    const longestOf = (derivation: ClaimedDerivation) => {
      const found = checkDerivation(derivation, { assignments: 1, seeds: [1], lines: "none" });
      return found.verdict === "agrees" && found.certificate.horizons.at(-1);
    };
    expect(longestOf(derived)).toBe(5);
    const { over } = derived.gradients[0]?.pieces[1] ?? (derived.gradients[0] as never);
    const later = domain([...over.where, minus("t", 4)]);
    const form = { form: "made-up", over: later, value: term("partial(L, h[t])"), base: [], induction: [] };
    expect(longestOf(changed("h", () => ({ closedForms: [form] })))).toBe(11);
    expect(longestOf(withValue("h", "interior", "A' * partial(L, h[t + 1]) + 2 * h[t] + 0 * sum(s, 5, T, h[s])"))).toBe(
      13,
    );
  });
  test("is none where there is nothing to try, or where it would say nothing", () => {
    expect(checkDerivation(derived, { shortest: 3, longest: 2 })).toEqual({
      verdict: "cannot-tell",
      reason: "there is no size to try",
    });
    expect(checkDerivation(derived, { longest: 1, largestBound: 0 })).toMatchObject({
      verdict: "cannot-tell",
      reason: expect.stringMatching(/^something wrong could agree with probability \d/u),
    });
  });
  test("takes sizes in another order where an array has no inverse", () => {
    const inverse = (X: string): ClaimedDerivation =>
      derive(
        readSystem(
          `system s\nX: m n data\ny: m data\nw: n parameter\nL: 1\nL = squarednorm(${X} * w - X' * y)\nobjective L`,
        ),
      );
    const found = checkDerivation(inverse("inverse(X' * X)"), QUICK);
    expect(found).toMatchObject({ verdict: "agrees", certificate: { sizes: [{ m: 3, n: 2 }] } });
    expect(checkDerivation(inverse("inverse(X' * X - X' * X)"), QUICK).verdict).toBe("cannot-tell");
    const wrong = inverse("inverse(X' * X)");
    const [first] = wrong.gradients.filter(({ wrt }) => familyOf(wrt).name === "w");
    const spoiled = {
      ...wrong,
      gradients: wrong.gradients.map(each =>
        each === first
          ? {
              ...each,
              pieces: each.pieces.map(piece => ({
                ...piece,
                value: (wrong.system.symbols.get("w") as { node: Node }).node,
              })),
            }
          : each,
      ),
    };
    expect(faultsOf(spoiled)[0]).toMatchObject({
      at: { m: 3, n: 2 },
      message: "the gradient by w is wrong at m = 3, n = 2",
    });
  });
});
