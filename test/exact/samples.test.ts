// At which samples an equation is judged: how far horizons reach, and how often each size is drawn.
import { describe, expect, test } from "vitest";
import { type StatedEquation, Witness } from "../../src/exact/witness.ts";
import { domain } from "../../src/expr/domain.ts";
import { over } from "../../src/expr/node.ts";
import { integer, minus } from "../../src/expr/polynomial.ts";
import { readSize } from "../../src/shape/signature.ts";
import { readSystem } from "../../src/term/system.ts";
import { stated } from "../check/stated.ts";

type System = ReturnType<typeof readSystem>;

test("horizons reach to where a given family begins, although no equation says it", () => {
  const late = readSystem(`
    system late
    horizon T
    x[t]: n data for t = 12..T
    L: 1
    L = squarednorm(x[T])
    objective L
  `);
  const witness = new Witness(late);
  const found = witness.judge(stated(late, "x[T] + x[T]", "2 * x[T]"));
  expect(found).toMatchObject({ verdict: "equal", shortest: 12 });
  expect(witness.judge(stated(late, "x[T] + x[T]", "3 * x[T]")).verdict).toBe("different");
});

describe("one draw of each size is as good as many", () => {
  const system = (value: string, y = "1 data"): System =>
    readSystem(`system s\n x: n parameter\n y: ${y}\n L: 1\n L = ${value}\n objective L`);
  const countOf = (of: System, left: string, right: string): number =>
    new Witness(of).samples(stated(of, left, right)).length;
  const plain = system("y * squarednorm(x)");
  const once = countOf(plain, "L", "y * x' * x");

  test.each([
    ["the system takes a root", system("y * norm(x)"), "x", "x"],
    ["the equation takes a root", plain, "norm(x)", "norm(x)"],
    ["both do", system("y * norm(x)"), "L", "y * norm(x)"],
  ])("but each is drawn twice where %s", (_, of, left, right) => expect(countOf(of, left, right)).toBe(2 * once));

  test.each([
    ["the system takes a sign", system("y * squarednorm(relu(x))"), "x", "x"],
    ["the equation takes a sign", plain, "relu(x)", "relu(x)"],
  ])("and more often where %s", (_, of, left, right) => expect(countOf(of, left, right)).toBeGreaterThan(2 * once));
});

describe("one witness", () => {
  const both = readSystem("system s\n x: n parameter\n L: 1\n L = squarednorm(x)\n objective L");

  test("tells an equation that takes a sign from one that takes a root", () => {
    const witness = new Witness(both);
    const root = witness.samples(stated(both, "norm(x)", "norm(x)"));
    expect(witness.samples(stated(both, "relu(x)", "relu(x)")).length).toBeGreaterThan(root.length);
    expect(witness.samples(stated(both, "norm(x)", "norm(x)"))).toBe(root);
  });

  test("names the point of a difference by the indices of its own equation", () => {
    const steps = readSystem(
      "system s\n horizon T\n x[t]: n data for t = 1..T\n L: 1\n L = sum(t, 1, T, squarednorm(x[t]))\n objective L",
    );
    const witness = new Witness(steps);
    const { left, right, over: where } = stated(steps, "x[t]", "(2 - t) * x[t]", ["t", "1", "T"]);
    const s = readSize("s");
    const two = domain([...where.where, minus(s, integer(1)), minus(integer(1), s)]);
    for (const indices of [
      ["t", "s"],
      ["s", "t"],
    ])
      expect(witness.judge({ left, right, indices, over: two })).toMatchObject({ at: { index: { s: 1, t: 2 } } });
  });
});

describe("a condition that does not name the index of its sum", () => {
  const steps = readSystem(`
    system steps
    horizon T
    x[t]: n data for t = 1..T
    L: 1
    L = sum(t, 1, T, squarednorm(x[t]))
    objective L
  `);
  const whole = stated(steps, "L", "sum(t, 1, T, squarednorm(x[t]))");
  const [t, T] = [readSize("t"), readSize("T")];
  /** The sum over all steps where T ≥ 3. */
  const late: StatedEquation = {
    ...whole,
    right: over(
      "sum",
      "t",
      domain([minus(t, integer(1)), minus(T, t), minus(T, integer(3))]),
      stated(steps, "x[t]' * x[t]", "0", ["t", "1", "T"]).left,
    ),
  };
  const nothing: StatedEquation = { ...late, left: stated(steps, "0", "0").left };

  test.each([
    [2, "different", "equal"],
    [3, "equal", "different"],
    [5, "equal", "different"],
  ])("lets all of it be, or nothing: T = %i", (length, all, none) => {
    const witness = new Witness(steps);
    expect(witness.judge(late, {}, "every", length).verdict).toBe(all);
    expect(witness.judge(nothing, {}, "every", length).verdict).toBe(none);
  });
});
