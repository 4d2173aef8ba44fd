// In which layouts the links of a chain are right, and whether one is enough to see it.
import { describe, expect, test } from "vitest";
import { courtFor } from "../../src/check/court.ts";
import { judge } from "../../src/check/judge.ts";
import { inLayouts } from "../../src/check/layouts.ts";
import type { Said } from "../../src/check/said.ts";
import { chainsOf } from "../../src/note/claims/chains.ts";
import type { ReadClaim } from "../../src/note/claims/reading.ts";
import { readNote } from "../../src/note/read.ts";

const NET = String.raw`$x \in \mathbb{R}^{d}$, $h_t, b \in \mathbb{R}^{n}$, $W \in \mathbb{R}^{n \times n}$, $U \in \mathbb{R}^{n \times d}$, $t = 1, \ldots, T$.

$$h_t = \tanh(W h_{t-1} + b)$$

$$u = U x$$

$$L = \ell(h_T) + m(u)$$`;

/** What cannot be read in ours. */
const UNFIT: Said = { verdict: "wrong", because: { id: "misfit" } };

/** How many readings have been judged. */
let read = 0;

const laidOut = async (claim: string, link: Said = UNFIT, quick = false): Promise<readonly Said[]> => {
  const note = await readNote(`${NET}\n\n## Backward pass\n\n$$${claim}$$\n`);
  const [part] = note.parts;
  if (!part?.forward) throw new Error("the note is no system");
  const chains = chainsOf(part.definitions, part.claims);
  const court = courtFor(note.text, part.forward, part.definitions, chains, { damaged: false, language: "en" });
  const say = ({ members: [left, ...others], indices, over }: ReadClaim): readonly Said[] => {
    read++;
    return others.map((right): Said => {
      if (!left) throw new Error("nothing stands on the left");
      const equation = { left, right, indices, over };
      const { kind } = judge(court.witness, equation, quick);
      return {
        verdict: kind === "equal" ? "holds" : "wrong",
        because: { id: "differ" },
        equation,
        readAs: () => "read",
      };
    });
  };
  const chain = chains.at(-1);
  if (!chain) throw new Error("nothing is claimed");
  const members = chain.members.map(member => court.reader.adjoints(member));
  return inLayouts(court, { ...chain, members }, Array(members.length - 1).fill(link), say, quick);
};

const J = String.raw`\frac{\partial h_t}{\partial h_{t-1}}`;
const by = (name: string): string => String.raw`\frac{\partial L}{\partial ${name}}`;

describe("lines of the chain rule are rows by themselves", () => {
  test.each([
    ["a product", `${by("x")} = ${by("u")} \\frac{\\partial u}{\\partial x}`],
    ["the whole past, the last step first", `${by("h_0")} = ${by("h_T")} \\prod_{t=1}^T ${J}`],
    ["a sum over steps", `${by("b")} = \\sum_{t=1}^T ${by("h_t")} \\frac{\\partial h_t}{\\partial b}`],
    [
      "both",
      `${by("b")} = \\sum_{k=1}^T ${by("h_T")} \\left(\\prod_{t=k+1}^T ${J}\\right) \\frac{\\partial h_k}{\\partial b}`,
    ],
    ["a sum of two", `${by("x")} = ${by("u")} \\frac{\\partial u}{\\partial x} + ${by("x")} - ${by("x")}`],
  ])("%s", async (_, claim) => {
    const [link] = await laidOut(claim);
    expect(link?.convention).toMatchObject({ because: { id: "numerator" }, alone: true });
    expect(link?.convention?.read?.readAs?.()).toBe("read");
    expect(link?.convention?.read?.equation).toBeDefined();
    expect([link?.verdict, link?.equation]).toEqual(["wrong", undefined]);
  });
});

test("a result in rows is right in its layout, where the note keeps to it", async () => {
  const [link] = await laidOut(`${by("x")} = ${by("u")} U`);
  expect(link?.convention).toMatchObject({ because: { id: "numerator" }, alone: false });
});

test("a Jacobian before a gradient is right in columns", async () => {
  const [link] = await laidOut(`${by("x")} = \\frac{\\partial u}{\\partial x} ${by("u")}`);
  expect(link?.convention).toMatchObject({ because: { id: "denominator" }, alone: true });
});

test.each([
  ["a factor too many", `${by("x")} = 2 ${by("u")} \\frac{\\partial u}{\\partial x}`],
  ["the first step left out", `${by("h_0")} = ${by("h_T")} \\prod_{t=2}^T ${J}`],
])("%s is right in none", async (_, claim) => {
  expect((await laidOut(claim))[0]?.convention).toBeUndefined();
});

test("what is right as it stands, or undefined, is left as it is", async () => {
  const claim = `${by("x")} = ${by("u")} \\frac{\\partial u}{\\partial x}`;
  for (const verdict of ["holds", "convention", "undefined", "unreadable"] as const) {
    const link: Said = { verdict, because: { id: "equal" } };
    expect(await laidOut(claim, link)).toEqual([link]);
  }
});

test("a convention in which it is right already stays", async () => {
  const link: Said = { ...UNFIT, convention: { because: { id: "layout" }, alone: false } };
  expect(await laidOut(`${by("x")} = ${by("u")} \\frac{\\partial u}{\\partial x}`, link)).toEqual([link]);
});

test("one link that is right does not keep the others from other layouts", async () => {
  const links = await laidOut(
    `${by("x")} = ${by("u")} \\frac{\\partial u}{\\partial x} = 2 ${by("u")} U = ${by("u")} U`,
  );
  expect(links.map(({ convention }) => convention?.because.id)).toEqual(["numerator", undefined, "numerator"]);
});

test("what is right, or has a convention, is read in no other layout", async () => {
  const claim = `${by("x")} = ${by("u")} \\frac{\\partial u}{\\partial x}`;
  const before = read;
  await laidOut(claim, { verdict: "holds", because: { id: "equal" } });
  await laidOut(claim, { ...UNFIT, convention: { because: { id: "layout" }, alone: false } });
  expect(read).toBe(before);
  await laidOut(claim);
  expect(read).toBeGreaterThan(before);
});

describe("what fits no shapes as it stands", () => {
  const misfit: Said = { verdict: "cannot-tell", because: { id: "misfit" } };
  const J_LAST = String.raw`\frac{\partial h_{t-1}}{\partial h_{t-2}}`;

  test("is wrong where it is the chain rule, and wrong in every layout that it can be read in", async () => {
    const [link] = await laidOut(`${by("h_{t-2}")} = ${by("h_t")} ${J_LAST} ${J}`, misfit);
    expect([link?.verdict, link?.convention]).toEqual(["wrong", undefined]);
  });
  test("stays open where results stand in it", async () => {
    const [link] = await laidOut(`${by("h_{t-1}")} = \\operatorname{diag}(1 - h_t^2) W^\\top ${by("h_t")}`, misfit);
    expect(link).toEqual(misfit);
  });
  test("stays open where it is right in one", async () => {
    const [link] = await laidOut(`${by("h_{t-2}")} = ${by("h_t")} ${J} ${J_LAST}`, misfit);
    expect([link?.verdict, link?.convention?.because.id]).toEqual(["cannot-tell", "numerator"]);
  });
  test("is wrong where it is so of numbers, whatever stands in it", async () => {
    const [link] = await laidOut(`${by("h_{t-1}")} = 2 \\operatorname{diag}(1 - h_t^2) W^\\top ${by("h_t")}`, misfit);
    expect(link?.verdict).toBe("wrong");
  });
  test.each([
    ["the chain rule", `${by("h_{t-2}")} = ${by("h_t")} ${J_LAST} ${J}`],
    ["a factor too many", `${by("x")} = 2 ${by("u")} \\frac{\\partial u}{\\partial x}`],
  ])("stays open in haste: %s", async (_, claim) => expect(await laidOut(claim, misfit, true)).toEqual([misfit]));
});
