// Equations of forward mode in a small system, held to forward passes: what is said of each kind of mistake.
import { describe, expect, test } from "vitest";
import type { Sampling } from "../../src/exact/sample.ts";
import {
  type ClaimedForward,
  type ClaimedSensitivity,
  type ClaimedSensitivityEquation,
  checkForward,
} from "../../src/exact/sensitivities.ts";
import { type Domain, domain } from "../../src/expr/domain.ts";
import type { Node, SymbolNode } from "../../src/expr/node.ts";
import { minus } from "../../src/expr/polynomial.ts";
import { readSize } from "../../src/shape/signature.ts";
import { readTerm } from "../../src/term/read.ts";
import { readSystem } from "../../src/term/system.ts";

const SYSTEM = readSystem(`
  system s
  horizon T
  function phi elementwise
  W: m n parameter
  A: m m data
  c: 1 parameter
  v: m parameter
  b[t]: m parameter for t = 1..T
  x[t]: n data for t = 1..T
  z[t]: m for t = 1..T
  h[t]: m for t = 0..T
  r[t]: m for t = 1..T
  g[t, s]: m for t = 0..T, s = 1..T
  L: 1
  zW[t, i, j]: m data for t = 1..T, i = 1..m, j = 1..n
  zJ[t]: m m*n data for t = 1..T
  zb[t, s]: m m data for t = 1..T, s = 1..T
  hc[t]: m data for t = 0..T
  hv[t, i]: m data for t = 0..T, i = 1..m
  ze[t, s, i]: m data for t = 1..T, s = 1..T, i = 1..m
  rW[t, i, j]: m data for t = 1..T, i = 1..m, j = 1..n
  LW[i, j]: 1 data for i = 1..m, j = 1..n
  z[t] = W * x[t] + b[t] for t = 1..T
  h[t] = A * phi(h[t-1]) + c * v for t = 1..T
  r[t] = sqrt(z[t]) for t = 1..T
  g[t, s] = A * (g[t-1, s] .* g[t-1, s]) for t = 1..T, s = 1..T
  L = sum(t, 1, T, inner(z[t], h[t]))
  objective L
`);
const symbols = new Map([...SYSTEM.symbols].map(([name, { node }]) => [name, node]));
const term = (text: string): Node => readTerm(text, { symbols, functions: SYSTEM.functions });
const symbolOf = (name: string): SymbolNode => symbols.get(name) as SymbolNode;

const WITHOUT_ROOTS = {
  system: { ...SYSTEM, equations: SYSTEM.equations.filter(({ left }) => left.kind !== "at" || left.of.name !== "r") },
};

const ENTRIES = "1 <= i, i <= m, 1 <= j, j <= n";
const TIME = "1 <= t, t <= T";
const over = (conditions: string): Domain =>
  domain(
    conditions
      .split(", ")
      .filter(Boolean)
      .map(condition => condition.split(" <= ").map(text => readSize(text)))
      .map(([low, high]) => minus(high as never, low as never)),
  );

type Step = readonly [rule: string, before: string, after: string];
const stepsOf = (steps: readonly Step[]) =>
  steps.map(([rule, before, after]) => ({ rule, before: term(before), after: term(after) }));

const equation = (
  indices: string,
  right: string,
  where: string,
  steps: readonly Step[] = [],
): ClaimedSensitivityEquation => ({
  left: symbolOf("L"),
  indices: indices.split(" ").filter(Boolean),
  over: over(where),
  steps: stepsOf(steps),
  right: term(right),
});

type Part = ClaimedForward["parts"][number];
const part = (
  [wrt, form]: readonly [string, Part["variable"]["form"]],
  [of, symbol, indices]: readonly [string, string, string],
  equations: readonly ClaimedSensitivityEquation[],
  rest: Partial<ClaimedSensitivity> & {
    readonly members?: readonly string[];
    readonly entries?: readonly string[];
  } = {},
): Part => {
  const { members = [], entries = [], ...more } = rest;
  return {
    variable: { wrt: symbolOf(wrt), form, members, entries },
    sensitivities: [
      {
        of: symbolOf(of),
        symbol: symbolOf(symbol),
        indices: indices.split(" ").filter(Boolean),
        equations,
        closedForms: [],
        ...more,
      },
    ],
  };
};

const QUICK: Sampling = { longest: 2, assignments: 1 };
const judged = (parts: readonly Part[], options = QUICK, more: Partial<ClaimedForward> = {}) =>
  checkForward({ system: SYSTEM, abbreviations: [], transitions: [], parts, ...more }, options);
const verdictOf = (...parts: readonly Part[]) => judged(parts).verdict;

/** ∂z_t/∂W_ij, by its entries. */
const byEntry = (
  right: string,
  where = `${TIME}, ${ENTRIES}`,
  rest: Partial<ClaimedSensitivity> = {},
  steps: readonly Step[] = [],
) =>
  part(["W", "entries"], ["z", "zW", "t i j"], [equation("t i j", right, where, steps)], {
    entries: ["i", "j"],
    ...rest,
  });
const RIGHT = "entry(x[t], j) * unit(m, i)";

describe("a sensitivity", () => {
  test("by entries of a matrix", () => {
    expect(verdictOf(byEntry(RIGHT))).toBe("agrees");
    expect(judged([byEntry("entry(x[t], j) * unit(m, 1)")])).toEqual({
      verdict: "disagrees",
      message: expect.stringMatching(/^the equation of zW\[1, 2, \d\] is wrong at T = 1, m = 2, n = 3$/u),
    });
    expect(verdictOf(byEntry("entry(x[1], j) * unit(m, i)"))).toBe("disagrees");
    expect(verdictOf(byEntry("entry(x[t], 1) * unit(m, i)"))).toBe("disagrees");
  });
  test("by all entries of a matrix, column by column", () => {
    const whole = (right: string) => part(["W", "jacobian"], ["z", "zJ", "t"], [equation("t", right, TIME)]);
    expect(verdictOf(whole("kronecker(x[t]', identity(m))"))).toBe("agrees");
    expect(verdictOf(whole("kronecker(identity(m), x[t]')"))).toBe("disagrees");
    expect(judged([whole("2 * kronecker(x[t]', identity(m))")])).toEqual({
      verdict: "disagrees",
      message: "the equation of zJ[1] is wrong at T = 1, m = 2, n = 3",
    });
    expect(verdictOf(whole("x[t] * x[t]'"))).toBe("disagrees");
  });
  test("by members of a family", () => {
    const member = (right: string) =>
      part(["b", "jacobian"], ["z", "zb", "t s"], [equation("t s", right, `${TIME}, 1 <= s, s <= T`)], {
        members: ["s"],
      });
    expect(verdictOf(member("sum(k, s, s, 1) * 0 * identity(m)"))).toBe("disagrees");
    const pieces = (own: string) =>
      part(
        ["b", "jacobian"],
        ["z", "zb", "t s"],
        [
          equation("t s", own, `${TIME}, s <= t, t <= s`),
          equation("t s", "zeros(m, m)", `${TIME}, 1 <= s, s <= t-1`),
          equation("t s", "zeros(m, m)", `1 <= t, t+1 <= s, s <= T`),
        ],
        { members: ["s"] },
      );
    expect(verdictOf(pieces("identity(m)"))).toBe("agrees");
    expect(judged([pieces("s * identity(m)")])).toMatchObject({
      message: "the equation of zb[2, 2] is wrong at T = 2, m = 3, n = 4",
    });
  });
  test("by entries of members of a family", () => {
    const where = "1 <= i, i <= m";
    const pieces = (own: string) =>
      part(
        ["b", "entries"],
        ["z", "ze", "t s i"],
        [
          equation("t s i", own, `${TIME}, s <= t, t <= s, ${where}`),
          equation("t s i", "zeros(m, 1)", `${TIME}, 1 <= s, s <= t-1, ${where}`),
          equation("t s i", "zeros(m, 1)", `1 <= t, t+1 <= s, s <= T, ${where}`),
        ],
        { members: ["s"], entries: ["i"] },
      );
    expect(verdictOf(pieces("unit(m, i)"))).toBe("agrees");
    expect(verdictOf(pieces("unit(m, s)"))).toBe("disagrees");
  });
  test("by a scalar and by entries of a vector, along a recurrence", () => {
    const scalar = (start: string, right: string) =>
      part(["c", "scalar"], ["h", "hc", "t"], [equation("t", start, "0 <= t, t <= 0"), equation("t", right, TIME)]);
    const next = "A * (prime(phi, 1, h[t-1]) .* hc[t-1])";
    expect(verdictOf(scalar("zeros(m, 1)", `${next} + v`))).toBe("agrees");
    expect(judged([scalar("zeros(m, 1)", `${next} + t * v`)])).toMatchObject({
      message: "the equation of hc[2] is wrong at T = 2, m = 3, n = 4",
    });
    expect(judged([scalar("ones(m, 1)", `${next} + v`)])).toMatchObject({
      message: "the equation of hc[0] is wrong at T = 1, m = 2, n = 3",
    });
    const vector = (right: string) =>
      part(
        ["v", "entries"],
        ["h", "hv", "t i"],
        [
          equation("t i", "zeros(m, 1)", "0 <= t, t <= 0, 1 <= i, i <= m"),
          equation("t i", right, `${TIME}, 1 <= i, i <= m`),
        ],
        { entries: ["i"] },
      );
    expect(verdictOf(vector("A * (prime(phi, 1, h[t-1]) .* hv[t-1, i]) + c * unit(m, i)"))).toBe("agrees");
    expect(verdictOf(vector("A * (prime(phi, 1, h[t-1]) .* hv[t-1, i]) + c * unit(m, 1)"))).toBe("disagrees");
  });
  test("that reads another one reads its true value", () => {
    const reading = (right: string): Part => {
      const inner = byEntry("2 * entry(x[t], j) * unit(m, i)");
      const outer = part(["W", "entries"], ["L", "LW", "i j"], [equation("i j", right, ENTRIES)], {
        entries: ["i", "j"],
      });
      return { ...outer, sensitivities: [...outer.sensitivities, ...inner.sensitivities] };
    };
    expect(judged([reading("sum(t, 1, T, inner(h[t], zW[t, i, j]))")])).toMatchObject({
      message: expect.stringMatching(/^the equation of zW/u),
    });
    expect(judged([reading("2 * sum(t, 1, T, inner(h[t], zW[t, i, j]))")])).toMatchObject({
      message: expect.stringMatching(/^the equation of LW/u),
    });
  });
  test("of roots, of which so many are never all in the prime field", () => {
    const many: Sampling = { ...QUICK, dimension: 12 };
    const root = (right: string) =>
      judged(
        [
          part(["W", "entries"], ["r", "rW", "t i j"], [equation("t i j", right, `${TIME}, ${ENTRIES}`)], {
            entries: ["i", "j"],
          }),
        ],
        many,
      ).verdict;
    expect(root("(entry(x[t], j) * unit(m, i)) ./ (2 * r[t])")).toBe("agrees");
    expect(root("(entry(x[t], j) * unit(m, i)) ./ r[t]")).toBe("disagrees");
    const claimed = (right: string) => judged([byEntry(right)], many, WITHOUT_ROOTS).verdict;
    expect(claimed("entry(sqrt(x[t]) .* sqrt(x[t]), j) * unit(m, i)")).toBe("agrees");
    expect(claimed("entry(sqrt(x[t]), j) * unit(m, i)")).toBe("disagrees");
  });
  test("without a value is wrong, with the reason", () => {
    expect(judged([byEntry("entry(x[t+1], j) * unit(m, i)")])).toMatchObject({
      verdict: "disagrees",
      message: expect.stringMatching(/^the equation of zW\[1, \d, \d\]: x\[2\] lies outside of the index domain$/u),
    });
  });
  test("whose equation has other letters is a mistake of ours", () => {
    const other = part(
      ["W", "entries"],
      ["z", "zW", "t i j"],
      [equation("t i k", RIGHT.replace("j", "k"), `${TIME}, 1 <= i, i <= m, 1 <= k, k <= n`)],
    );
    expect(() => judged([other])).toThrow("an equation of a sensitivity has other letters than its family");
  });
});

describe("every member has one equation", () => {
  const pieces = (...domains: readonly string[]) =>
    judged([
      part(
        ["W", "entries"],
        ["z", "zW", "t i j"],
        domains.map(where => equation("t i j", RIGHT, `${where}, ${ENTRIES}`)),
        { entries: ["i", "j"] },
      ),
    ]);
  test("and not several", () => {
    expect(pieces(TIME, "2 <= t, t <= T")).toEqual({
      verdict: "disagrees",
      message: "not exactly one equation gives zW[2, 1, 1]",
    });
  });
  test("or none", () => {
    expect(pieces("2 <= t, t <= T")).toMatchObject({ message: "not exactly one equation gives zW[1, 1, 1]" });
    expect(pieces("1 <= t, t <= T-1", "T <= t, t <= T").verdict).toBe("agrees");
  });
});

describe("beside its equation", () => {
  const form = (value: string, rest = {}) => ({
    closedForms: [
      { form: "made-up", over: over(`${TIME}, ${ENTRIES}`), value: term(value), base: [], induction: [], ...rest },
    ],
  });
  test("the equation with the states put in", () => {
    const put = (right: string) => ({ putIn: { right: term(right), steps: [] } });
    expect(verdictOf(byEntry(RIGHT, undefined, put("entry(x[t], j) * unit(m, i)")))).toBe("agrees");
    expect(judged([byEntry(RIGHT, undefined, put("zeros(m, 1)"))])).toMatchObject({
      message: expect.stringMatching(
        /^the equation with the states put in of zW\[1, \d, \d\] is wrong at T = 1, m = 2, n = 3$/u,
      ),
    });
  });
  test("closed forms", () => {
    expect(verdictOf(byEntry(RIGHT, undefined, form(RIGHT)))).toBe("agrees");
    expect(judged([byEntry(RIGHT, undefined, form(`t * (${RIGHT})`))])).toMatchObject({
      message: expect.stringMatching(/^the closed form of zW\[2, \d, \d\] is wrong at T = 2, m = 3, n = 4$/u),
    });
    const later = { over: over(`2 <= t, t <= T, ${ENTRIES}`) };
    expect(verdictOf(byEntry(RIGHT, undefined, form(`(t - 1) * (${RIGHT})`, later)))).toBe("agrees");
  });
  test("closed forms that suppose something", () => {
    const constant = (value: string, assumes: object) =>
      part(
        ["c", "scalar"],
        ["h", "hc", "t"],
        [
          equation("t", "zeros(m, 1)", "0 <= t, t <= 0"),
          equation("t", "A * (prime(phi, 1, h[t-1]) .* hc[t-1]) + v", TIME),
        ],
        {
          closedForms: [
            { form: "constant", over: over(TIME), value: term(value), base: [], induction: [], ...assumes },
          ],
        },
      );
    const identity = { assumes: { function: "phi", is: "identity" } };
    expect(verdictOf(constant("sum(s, 1, t, A^(t - s)) * v", identity))).toBe("agrees");
    expect(verdictOf(constant("sum(s, 1, t, A^(t - s)) * v", {}))).toBe("disagrees");
    expect(verdictOf(constant("sum(s, 2, t, A^(t - s)) * v", identity))).toBe("disagrees");
    // What a step says may hold under the supposition alone.
    const step = (assumes: object) => {
      const induction = stepsOf([["made-up", "phi(v)", "v"]]);
      return constant("hc[t]", { ...assumes, induction });
    };
    expect(verdictOf(step(identity))).toBe("agrees");
    expect(judged([step({})])).toMatchObject({
      message: 'the step "made-up" towards hc[1] is wrong at T = 2, m = 3, n = 4',
    });
  });
  test("steps, at the last sample", () => {
    const stepped = (after: string) => byEntry(RIGHT, undefined, {}, [["made-up", RIGHT, after]]);
    expect(verdictOf(stepped("unit(m, i) * entry(x[t], j)"))).toBe("agrees");
    expect(judged([stepped("unit(m, i) * entry(x[1], j)")])).toMatchObject({
      message: expect.stringMatching(/^the step "made-up" towards zW\[2, \d, \d\] is wrong at T = 2, m = 3, n = 4$/u),
    });
    const induction = (after: string, rest = {}) =>
      form(RIGHT, { induction: stepsOf([["grow", "x[t]", after]]), ...rest });
    const last = judged([stepped("unit(m, i) * entry(x[1], j)")], { ...QUICK, longest: 3 });
    expect(last).toMatchObject({ message: expect.stringMatching(/T = 3/u) });
    expect(verdictOf(byEntry(RIGHT, undefined, induction("x[t]")))).toBe("agrees");
    expect(verdictOf(byEntry(RIGHT, undefined, induction("t * x[t]")))).toBe("disagrees");
    const first = { inductionOver: over(`1 <= t, t <= 1, ${ENTRIES}`) };
    expect(verdictOf(byEntry(RIGHT, undefined, induction("t * x[t]", first)))).toBe("agrees");
  });
});

describe("a few entries at each sample", () => {
  test("are together all", () => {
    const options: Sampling = { longest: 5 };
    expect(judged([byEntry(RIGHT)], options).verdict).toBe("agrees");
    for (const i of [1, 2])
      for (const j of [1, 2, 3]) {
        // Wrong at one entry alone.
        const wrong = `${RIGHT} + entry(unit(m, ${i}), i) * entry(unit(n, ${j}), j) * ones(m, 1)`;
        expect(judged([byEntry(wrong)], options).verdict, `${i}, ${j}`).toBe("disagrees");
      }
  });
});

describe("of many entries", () => {
  const seeds = [1, 2, 3, 4, 5, 6];
  /** At which seeds a mistake is found. */
  const found = (wrong: Part, options: Sampling = {}) =>
    seeds.filter(
      seed => judged([wrong], { longest: 1, assignments: 1, seeds: [seed], ...options }).verdict === "disagrees",
    );
  const wrongAt = (i: number, j: number) =>
    byEntry(`${RIGHT} + entry(unit(m, ${i}), i) * entry(unit(n, ${j}), j) * ones(m, 1)`);
  test("four are looked at in one sample, others in others", () => {
    for (const i of [1, 2]) for (const j of [1, 2, 3]) expect(found(wrongAt(i, j)).length).toBe(4);
    const [first, second] = [found(wrongAt(1, 1)), found(wrongAt(1, 2))];
    expect(first).not.toEqual(second);
  });
  test("all are, where they are four", () => {
    const vector = (i: number) =>
      part(
        ["v", "entries"],
        ["h", "hv", "t i"],
        [
          equation("t i", `entry(unit(m, ${i}), i) * ones(m, 1)`, "0 <= t, t <= 0, 1 <= i, i <= m"),
          equation("t i", "A * (prime(phi, 1, h[t-1]) .* hv[t-1, i]) + c * unit(m, i)", `${TIME}, 1 <= i, i <= m`),
        ],
        { entries: ["i"] },
      );
    for (const i of [1, 2, 3, 4]) expect(found(vector(i), { dimension: 4 })).toEqual(seeds);
  });
});

describe("an answer", () => {
  test("of agreement says what was tried", () => {
    expect(judged([byEntry(RIGHT)])).toEqual({
      verdict: "agrees",
      certificate: {
        method: "forward mode over the field of 2^61 - 1 elements",
        horizons: [1, 2],
        sizes: [
          { T: 1, m: 2, n: 3 },
          { T: 2, m: 3, n: 4 },
        ],
        seeds: [1009, 1010],
        samples: 2,
        bound: 2 / 2 ** 61,
      },
    });
    const found = judged([byEntry(RIGHT)], { longest: 1, assignments: 2, seeds: [3] });
    expect(found).toMatchObject({ certificate: { horizons: [1], seeds: [3027, 3028] } });
  });
  test("tries horizons that are long enough", () => {
    const later = part(
      ["W", "entries"],
      ["z", "zW", "t i j"],
      [
        equation("t i j", RIGHT, `4 <= t, t <= T, ${ENTRIES}`),
        equation("t i j", "entry(x[t], j) * unit(m, i)", `1 <= t, t <= T, t <= 3, ${ENTRIES}`),
      ],
      { entries: ["i", "j"] },
    );
    const found = judged([later], { assignments: 1 });
    expect(found.verdict === "agrees" && found.certificate.horizons.at(-1)).toBe(11);
    const late = readSystem(
      "system s\n horizon T\n c: 1 parameter\n a[t]: 1 for t = 3..T\n L: 1\n Lc: 1 data\n a[t] = c for t = 3..T\n L = sum(t, 3, T, a[t])\n objective L",
    );
    const all = judged([], { assignments: 1 }, { system: late });
    expect(all.verdict === "agrees" && all.certificate.horizons.at(-1)).toBe(9);
  });
  test("without a horizon names none", () => {
    const still = readSystem(
      "system s\n c: 1 parameter\n x: n data\n f: n\n L: 1\n fc: n data\n f = c * x\n L = total(f)\n objective L",
    );
    const [of, symbol, wrt] = ["f", "fc", "c"].map(name => still.symbols.get(name)?.node) as [
      SymbolNode,
      SymbolNode,
      SymbolNode,
    ];
    const own = (right: string) => ({
      variable: { wrt, form: "scalar" as const, members: [], entries: [] },
      sensitivities: [
        {
          of,
          symbol,
          indices: [],
          equations: [
            {
              left: symbol,
              indices: [],
              over: domain([]),
              steps: [],
              right: still.symbols.get(right)?.node as Node,
            },
          ],
          closedForms: [],
        },
      ],
    });
    expect(judged([own("x")], QUICK, { system: still })).toMatchObject({
      verdict: "agrees",
      certificate: { horizons: [], sizes: [{ n: 2 }], samples: 1 },
    });
    expect(judged([own("f")], QUICK, { system: still })).toEqual({
      verdict: "disagrees",
      message: "the equation of fc is wrong at n = 2",
    });
  });
  test("is none where there is nothing to try, or where it would say nothing", () => {
    expect(judged([], { shortest: 4, longest: 3 })).toEqual({
      verdict: "cannot-tell",
      reason: "there is no size to try",
    });
    const steep = byEntry(`${RIGHT} + (c^70368744177664 - c^70368744177664) * ones(m, 1)`);
    expect(judged([steep])).toMatchObject({
      verdict: "cannot-tell",
      reason: expect.stringMatching(/^something wrong could agree with probability 0.0/u),
    });
    expect(judged([byEntry(`${RIGHT} / (c - c)`)])).toEqual({
      verdict: "cannot-tell",
      reason: "a divisor is 0 at this draw",
    });
  });
});

describe("a change of one state to a later one", () => {
  const judge = (value: string, transpose?: string, conditions = "0 <= k, k+1 <= t, t <= T", options = QUICK) =>
    judged([], options, {
      transitions: [
        {
          of: symbolOf("h"),
          indices: ["t"],
          place: 0,
          letter: "k",
          former: readSize("k"),
          over: over(conditions),
          value: term(value),
          ...(transpose ? { transpose: term(transpose) } : {}),
        },
      ],
    });
  const value = "reversedproduct(i, k + 1, t, A * diag(prime(phi, 1, h[i - 1])))";
  const transposed = "product(i, k + 1, t, diag(prime(phi, 1, h[i - 1])) * A')";
  test("passes every state between", () => {
    expect(judge(value, transposed).verdict).toBe("agrees");
    expect(judge(value).verdict).toBe("agrees");
    expect(judge(transposed)).toEqual({
      verdict: "disagrees",
      message: "the derivative of h[1] by h[0] is wrong at T = 1, m = 2, n = 3",
    });
    expect(judge(value, value).verdict).toBe("disagrees");
    expect(judge(value.replace("k + 1", "1"))).toMatchObject({
      message: "the derivative of h[2] by h[1] is wrong at T = 2, m = 3, n = 4",
    });
  });
  test("is wrong where it has no value", () => {
    expect(judge("A * diag(prime(phi, 1, h[k - 1]))")).toEqual({
      verdict: "disagrees",
      message: "the derivative of h[1] by h[0]: h[-1] lies outside of the index domain",
    });
  });
  test("of one of several families runs along its own index", () => {
    const several = (text: string) =>
      judged([], QUICK, {
        transitions: [
          {
            of: symbolOf("g"),
            indices: ["t", "s"],
            place: 0,
            letter: "k",
            former: readSize("k"),
            over: over("0 <= k, k+1 <= t, t <= T, 1 <= s, s <= T"),
            value: term(text),
          },
        ],
      });
    expect(several("reversedproduct(i, k + 1, t, 2 * A * diag(g[i - 1, s]))").verdict).toBe("agrees");
    expect(several("reversedproduct(i, k + 1, t, 2 * A * diag(g[i - 1, 1]))")).toMatchObject({
      message: expect.stringMatching(/^the derivative of g\[\d, 2\] by g\[\d, 2\] is wrong at T = 2, m = 3, n = 4$/u),
    });
  });
  test("is looked at between few states in one sample, and between others in others", () => {
    const pairs = [1, 2, 3, 4, 5].flatMap(t => Array.from({ length: t }, (_, k) => [k, t] as const));
    for (const [k, t] of pairs) {
      const there = (name: string, at: number) => `sum(s, ${at}, ${name}, 1) * sum(s, ${name}, ${at}, 1)`;
      const wrong = `${value} + (${there("k", k)} * ${there("t", t)}) * identity(m)`;
      const found = [1, 2, 3, 4].filter(
        seed =>
          judge(wrong, undefined, undefined, { longest: 5, shortest: 5, assignments: 1, seeds: [seed] }).verdict ===
          "disagrees",
      );
      expect(found.length, `${k} ${t}`).toBe(1);
    }
  });
  test("is looked at between a few states at each sample, and between all in the end", () => {
    const zero = "zeros(m, m)";
    for (const [low, high] of [
      [0, 1],
      [1, 2],
      [0, 3],
      [2, 4],
      [3, 4],
    ] as const) {
      const wrong = `${value} + sum(s, ${high}, t, sum(r, k, ${low}, identity(m))) - sum(s, ${high + 1}, t, sum(r, k, ${low}, identity(m)))`;
      expect(judge(wrong, undefined, undefined, { longest: 4 }).verdict, `${low} ${high}`).toBe("disagrees");
    }
    expect(judge(`${value} + ${zero}`, undefined, undefined, { longest: 4 }).verdict).toBe("agrees");
  });
});
