// Which draws are taken: others where one has no value, and made-up roots in the end.
import { describe, expect, test } from "vitest";
import { NoValue, type Reason } from "../../src/exact/arithmetic.ts";
import { faultsAt, redrawn } from "../../src/exact/draw.ts";

const none = (reason: Reason): never => {
  throw new NoValue(reason, `no value: ${reason}`);
};

describe("a draw", () => {
  test("is taken again, with another seed, until it has a value", () => {
    const seeds: number[] = [];
    const found = redrawn(false, 7, (_, seed) => {
      seeds.push(seed);
      return seeds.length < 4 ? none(seeds.length === 2 ? "no-root" : "division-by-zero") : "found";
    });
    expect(found).toBe("found");
    expect(seeds).toEqual([7, 1_000_010, 2_000_013, 3_000_016]);
  });
  test("is given up after sixteen others, and at once where no other can have a value", () => {
    const triesOf = (reason: Reason): number => {
      const seeds: number[] = [];
      const run = (_: unknown, seed: number): never => {
        seeds.push(seed);
        return none(reason);
      };
      expect(() => redrawn(true, 1, run)).toThrow(`no value: ${reason}`);
      return seeds.length;
    };
    expect((["no-root", "division-by-zero", "outside", "circular", "budget"] as const).map(triesOf)).toEqual([
      17, 17, 1, 1, 1,
    ]);
    let tries = 0;
    const broken = (): never => {
      tries++;
      throw new Error("a mistake of ours");
    };
    expect(() => redrawn(false, 1, broken)).toThrow("a mistake of ours");
    expect(tries).toBe(1);
  });
  test("has numbers of its own, with roots where they are asked for", () => {
    const shown = (roots: boolean, seed: number) => redrawn(roots, seed, a => a.show(a.random("x", 0)));
    expect(shown(false, 1)).not.toBe(shown(false, 2));
    expect(shown(true, 1)).toBe(shown(false, 1));
    expect(redrawn(true, 1, a => a.show(a.sqrt(a.integer(-1))))).toBe("0 + 1 ι");
  });
});

describe("faults", () => {
  // A root of a number with an imaginary part exists at half of the draws: of many at none.
  const many = (roots: boolean, faults: readonly string[]) =>
    faultsAt(roots, 3, a => {
      const root = a.sqrt(a.integer(-1));
      for (let i = 0; i < 40; i++) a.sqrt(a.add(a.random("x", i), root));
      return faults;
    });
  test("are none where made-up roots show none", () => expect(many(true, [])).toEqual([]));
  test("are not believed where roots are made up", () => {
    expect(() => many(true, ["wrong"])).toThrow("a root outside of the prime field");
  });
  test("are found without roots in the prime field alone", () => {
    expect(() => many(false, [])).toThrow("a number without a square root in the prime field");
    expect(faultsAt(true, 1, () => ["wrong"])).toEqual(["wrong"]);
  });
  test("of other reasons are not asked with made-up roots", () => {
    let tries = 0;
    const run = (): never => {
      tries++;
      return none("division-by-zero");
    };
    expect(() => faultsAt(true, 1, run)).toThrow("no value: division-by-zero");
    expect(tries).toBe(17);
  });
});
