import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";

/** A state that is raised again and again: its degree is the power of the horizon. */
const noteOf = (exponent: number, slope: string): string => String.raw`All names are scalars, $t = 1, \ldots, T$.

$$s_t = s_{t-1}^{${exponent}} + x_t$$

$$L = s_T$$

## Backward pass

$$${slope}$$
`;

const slopeOf = (exponent: number, factor: number): string =>
  String.raw`\frac{\partial s_{t+1}}{\partial s_{t-1}} = ${factor} s_t^{${exponent - 1}} s_{t-1}^{${exponent - 1}}`;

const reportOf = async (exponent: number, factor: number): Promise<EquationReport | undefined> =>
  checkNote(await readNote(noteOf(exponent, slopeOf(exponent, factor))), { language: "en" }).equations.at(-1);

/** How likely the reason says chance to be. */
const chanceIn = (report: EquationReport | undefined): number =>
  Number(/ with probability (\S+)$/u.exec(report?.because ?? "")?.[1]);

describe("agreement that degrees make likely says nothing", () => {
  test.each([
    ["low degrees", 2, 4, "holds"],
    ["degrees near the size of the field", 9, 81, "cannot-tell"],
    ["a difference shows all the same", 9, 80, "wrong"],
  ])("%s", async (_, exponent, factor, verdict) => expect((await reportOf(exponent, factor))?.verdict).toBe(verdict));

  test("a probability is said, which grows with the degree and is never more than 1", async () => {
    const [seventh, eighth, ninth] = await Promise.all([7, 8, 9].map(exponent => reportOf(exponent, exponent ** 2)));
    for (const report of [seventh, eighth, ninth]) {
      expect(report?.verdict).toBe("cannot-tell");
      expect(report).not.toHaveProperty("certificate");
    }
    expect(chanceIn(seventh)).toBeGreaterThan(0);
    expect(chanceIn(eighth)).toBeGreaterThan(chanceIn(seventh));
    expect(chanceIn(eighth)).toBeLessThan(1);
    expect(chanceIn(ninth)).toBe(1);
  });
});
