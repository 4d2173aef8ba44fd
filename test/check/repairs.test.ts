// Misread letters: what a letter is taken for, what it is not, and that nothing more is tried than has to be.
import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { courtFor } from "../../src/check/court.ts";
import { repairChain } from "../../src/check/repairs/claim.ts";
import type { Said } from "../../src/check/said.ts";
import type { EquationReport } from "../../src/check/verdict.ts";
import { chainsOf } from "../../src/note/claims/chains.ts";
import { readNote } from "../../src/note/read.ts";
import { textOf } from "../../src/note/tree.ts";
import { outcomeOf } from "./outcome.ts";

const claimOf = (forward: string, claim: string): string => `${forward}\n\n## Backward pass\n\n$$${claim}$$\n`;

const reportsOf = async (forward: string, claim: string): Promise<readonly EquationReport[]> =>
  checkNote(await readNote(claimOf(forward, claim)), { language: "en" }).equations;

describe("a name whose scripts were left out", () => {
  const forward = String.raw`$x \in \mathbb{R}^{n}$, $W_1 \in \mathbb{R}^{m \times n}$.

$$u = W_1 x$$

$$v = W_1^\top u$$

$$L = m(v)$$`;

  test("is the name, without the sign of an operation that stands behind it elsewhere", async () => {
    const found = (
      await reportsOf(forward, String.raw`\frac{\partial L}{\partial u} = W \frac{\partial L}{\partial v}`)
    ).at(-1);
    expect(found?.verdict).toBe("repaired");
    expect(found?.repairs.map(({ from, to }) => [from, to])).toEqual([["W", "W_{1}"]]);
  });

  test("is the name also where another member stays strange", async () => {
    const strange = String.raw`\frac{\partial L}{\partial u} = W \frac{\partial L}{\partial v} = \kappa \frac{\partial L}{\partial v}`;
    expect((await reportsOf(forward, strange)).slice(3).map(outcomeOf)).toEqual(["repaired", "undefined"]);
  });
});

const PRODUCTS = String.raw`$x \in \mathbb{R}^{n}$, $v, w \in \mathbb{R}^{n}$.

$$u = v \odot x$$

$$q = w \odot u$$

$$L = m(q)$$`;
const by = (factor: string): string => String.raw`${factor} \odot \frac{\partial L}{\partial q}`;
const U = String.raw`\frac{\partial L}{\partial u}`;

describe("a letter that would be another one only to leave an equation wrong", () => {
  test.each([
    ["alone", `${U} = ${by("2 \\omega")}`, ["undefined"]],
    ["before a right member", `${U} = ${by("2 \\omega")} = ${by("w")}`, ["undefined", "holds"]],
    ["behind a right member", `${U} = ${by("w")} = ${by("2 \\omega")}`, ["holds", "undefined"]],
    ["unless it is right so", `${U} = ${by("\\omega")} = ${by("w")}`, ["repaired", "holds"]],
  ])("is defined nowhere: %s", async (_, claim, verdicts) =>
    expect((await reportsOf(PRODUCTS, claim)).slice(3).map(outcomeOf)).toEqual(verdicts),
  );
});

describe("large letters for small ones that leave an equation wrong", () => {
  test.each([
    ["one of them is read so", `${U} = 2 ${by("W")}`, ["wrong"]],
    ["two of them prove nothing", `${U} = V \\odot ${by("W")}`, ["undefined"]],
  ])("%s", async (_, claim, verdicts) =>
    expect((await reportsOf(PRODUCTS, claim)).slice(3).map(outcomeOf)).toEqual(verdicts),
  );
});

describe("a letter that makes one member right is taken for another", () => {
  test.each([
    ["behind a member that says nothing", `${U} = ${U} = ${by("\\omega")}`, ["holds", "repaired"]],
    [
      "before a member with a name that stays strange",
      `${U} = ${by("\\omega")} = ${by("\\kappa")}`,
      ["repaired", "undefined"],
    ],
  ])("%s", async (_, claim, verdicts) =>
    expect((await reportsOf(PRODUCTS, claim)).slice(3).map(outcomeOf)).toEqual(verdicts),
  );
});

/** The right sides that are tried for a claim of one link, which is right if it reads so. */
const triedFor = async (forward: string, claim: string, right: string): Promise<readonly string[]> => {
  const note = await readNote(claimOf(forward, claim));
  const [part] = note.parts;
  if (!part?.forward) throw new Error("the note is no system");
  const chains = chainsOf(part.definitions, part.claims);
  const court = courtFor(note.text, part.forward, part.definitions, chains, { damaged: false, language: "en" });
  const chain = chains.at(-1);
  if (!chain) throw new Error("nothing is claimed");
  const tried: string[] = [];
  const open = ["W", "U", "phi"];
  repairChain(court, chain, ({ members: [, member] }): readonly Said[] => {
    if (!member) throw new Error("nothing stands on the right");
    tried.push(textOf(member).replaceAll(/[{}\s]/gu, ""));
    const names = member.kind === "product" ? member.factors.map(({ body }) => body) : [member];
    const unknown = names.find(name => open.includes(textOf(name)));
    if (unknown) return [{ verdict: "undefined", because: { id: "unknown" }, unknown }];
    return [{ verdict: tried.at(-1) === right ? "holds" : "cannot-tell", because: { id: "differ" } }];
  });
  return tried;
};

describe("once everything is right, nothing else is tried", () => {
  test("of letters that look alike", async () => {
    const forward = String.raw`$$q = \varphi \odot \rho \odot x$$

$$L = m(q)$$`;
    expect(await triedFor(forward, "g = \\phi", "varphi")).toEqual(["phi", "varphi"]);
    expect(await triedFor(forward, "g = \\phi", "rho")).toEqual(["phi", "varphi", "rho"]);
  });

  test("of scripts that were left out, for several names", async () => {
    const forward = String.raw`$$q = W_1 \odot W_2 \odot U_1 \odot U_2$$

$$L = m(q)$$`;
    const tried = await triedFor(forward, "g = W \\odot U", "W_1U_1");
    expect(tried).toEqual(["WU", "W_1U", "W_2U", "W_1U_1", "W_1U_2"]);
  });
});
