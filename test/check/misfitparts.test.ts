// Parts of a right side that fit nothing by themselves, as the search for mends asks of them.
import { describe, expect, test } from "vitest";
import { Misfits } from "../../src/check/edits/misfits.ts";
import { textOf } from "../../src/note/tree.ts";
import { readEquation } from "../../src/parse/equation.ts";
import type { Syntax } from "../../src/parse/syntax.ts";

/** Both sides of an equation. */
const sidesOf = (text: string): readonly Syntax[] => {
  const result = readEquation(text, new Map());
  const body = result.ok ? result.value.statements[0]?.body : undefined;
  if (body?.kind !== "relations") throw new Error(`${text} is no equation`);
  return body.members;
};

/** What is asked of an equation where the given products fit nothing. */
const askedOf = (text: string, stuck: readonly string[]) => {
  const [left, right] = sidesOf(text) as [Syntax, Syntax];
  const asked: string[] = [];
  const misfits = new Misfits(left, sides => {
    const said = sides.map(textOf).join(" = ");
    asked.push(said);
    return stuck.some(product => said.includes(product));
  });
  return { misfits, right, asked };
};

describe("a right side holds a misfit", () => {
  test("in brackets, which are read by themselves", () => {
    const { misfits, right, asked } = askedOf("y = (A B) C", ["AB"]);
    expect(misfits.holdsOne(right)).toBe(true);
    expect(asked).toEqual(["AB"]);
    expect(misfits.holdsSeveral(right)).toBe(false);
  });
  test("in a summand, which is read beside the left side", () => {
    const { misfits, right, asked } = askedOf("y = A B + 1", ["AB"]);
    expect(misfits.holdsOne(right)).toBe(true);
    expect(misfits.holdsSeveral(right)).toBe(false);
    expect(asked).toEqual(["y = y+1", "y = y+AB"]);
  });
  test("not where all of its parts fit, or where there are none", () => {
    const fitting = askedOf("y = (A B) C + 1", []);
    expect(fitting.misfits.holdsOne(fitting.right)).toBe(false);
    const { misfits, right, asked } = askedOf("y = A B", ["AB"]);
    expect(misfits.holdsOne(right)).toBe(false);
    expect(asked).toEqual([]);
  });
  test("not in the brackets behind a name", () => {
    const { misfits, right, asked } = askedOf("y = f(A B)", ["AB"]);
    expect(misfits.holdsOne(right)).toBe(false);
    expect(asked).toEqual([]);
  });
});

describe("a right side holds several", () => {
  test("only where they stand beside each other", () => {
    const several = (text: string, ...stuck: string[]): boolean => {
      const { misfits, right } = askedOf(text, stuck);
      return misfits.holdsSeveral(right);
    };
    expect(several("y = (A B) C + (D E) F", "AB", "DE")).toBe(true);
    expect(several("y = (A B) C + (D E) F", "AB")).toBe(false);
    expect(several("y = (A B) C + D E", "AB")).toBe(false);
  });
  test("and what they share is asked once", () => {
    const { misfits, right, asked } = askedOf("y = (A B) C + D", []);
    misfits.holdsSeveral(right);
    misfits.holdsOne(right);
    expect(new Set(asked).size).toBe(asked.length);
  });
});
