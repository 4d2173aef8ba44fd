// What is reported of an equation beside its verdict: names, places, readings, and whether the note is clean.
import { describe, expect, test } from "vitest";
import { type CheckedNote, checkNote } from "../../src/check/check.ts";
import { VERDICTS } from "../../src/check/verdict.ts";
import { readNote } from "../../src/note/read.ts";

const FORWARD = String.raw`$x \in \mathbb{R}^{d}$, $A \in \mathbb{R}^{n \times d}$, $B \in \mathbb{R}^{q \times n}$.

$$z = A x$$

$$h = \phi(z)$$

$$o = B h$$

$$L = \ell(o)$$`;
const RIGHT = String.raw`\frac{\partial L}{\partial h} = B^\top \frac{\partial L}{\partial o}`;
const WRONG = String.raw`\frac{\partial L}{\partial h} = 2 B^\top \frac{\partial L}{\partial o}`;
const LINEAR = String.raw`\frac{\partial L}{\partial x} = A^\top B^\top \frac{\partial L}{\partial o}`;
const TWO_LINKS = String.raw`\frac{\partial L}{\partial x} = A^\top \frac{\partial L}{\partial z} = 2 A^\top \frac{\partial L}{\partial z}`;

const check = async (text: string): Promise<CheckedNote> => checkNote(await readNote(text));
const checked = (...claims: readonly string[]): Promise<CheckedNote> =>
  check(`# Net\n\n${FORWARD}\n\n## Backward pass\n\n${claims.map(claim => `$$${claim}$$`).join("\n\n")}\n`);
const claimsOf = ({ equations }: CheckedNote) => equations.filter(({ verdict }) => verdict !== "definition");

describe("a report", () => {
  test("has the equation as it stands and as it was read, and its verdict's code", async () => {
    const [report] = claimsOf(await checked(RIGHT));
    expect(report).toMatchObject({
      latex: RIGHT,
      verdict: "proved",
      code: VERDICTS.proved.code,
      under: [],
      repairs: [],
    });
    expect(report?.readAs).toBe(RIGHT);
    expect(report).not.toHaveProperty("mended");
    expect(report).not.toHaveProperty("counterexample");
  });
  test("has an id of its own, by its place in a chain of several links", async () => {
    const reports = claimsOf(await checked(RIGHT, TWO_LINKS));
    const [one, first, second] = reports.map(({ id }) => id);
    expect(one).not.toContain("#");
    expect([first, second].map(id => id?.split("#")[1])).toEqual(["1", "2"]);
    expect(reports[1]?.group).toBe(reports[2]?.group);
    expect(first?.split("#")[0]).toBe(reports[1]?.group);
    expect(reports.map(({ verdict }) => verdict)).toEqual(["proved", "proved", "wrong"]);
  });
  test("has its system's name, and its number or else its place", async () => {
    const passes = String.raw`$$\frac{\partial L}{\partial h} = B^\top \frac{\partial L}{\partial o} \tag{4b}$$

$$\frac{\partial L}{\partial z} = \frac{\partial L}{\partial h} \odot \phi'(z) \tag{4b}$$

$$\frac{\partial L}{\partial A} = \frac{\partial L}{\partial z} x^\top$$`;
    const ids = async (title: string) =>
      claimsOf(await check(`# ${title}\n\n${FORWARD}\n\n## Backward pass\n\n${passes}\n`)).map(({ id }) => id);
    expect(await ids("A net, (gated) & small!")).toEqual(
      ["4b", "4b.2", "e7"].map(place => `a-net-gated-small/${place}`),
    );
    expect(await ids("Netz für Müller")).toContain("netz-für-müller/4b");
    expect(await ids("…")).toContain("note/4b");
  });
  test("has the equation in terms, with what it supposes", async () => {
    const [right, under] = claimsOf(await checked(RIGHT, LINEAR));
    expect(right?.stated?.equation.left.kind).toBe("partial");
    expect(right?.stated).not.toHaveProperty("suppose");
    expect(under).toMatchObject({ verdict: "holds-under", under: ["\\phi = \\mathrm{id}"] });
    expect(under?.stated?.suppose).toEqual({ identities: new Set(["phi"]) });
    expect(under?.stated?.system.objective).toBe(right?.stated?.system.objective);
  });
  test("has numbers and a mended form where it is wrong", async () => {
    const [report] = claimsOf(await checked(WRONG));
    expect(report).toMatchObject({ verdict: "wrong", mended: { latex: RIGHT } });
    expect(report?.counterexample).toBeDefined();
  });
});

describe("a note", () => {
  test("is clean where all of it is right", async () => expect((await checked(RIGHT)).clean).toBe(true));
  test("is not where something is wrong or holds under an assumption alone", async () => {
    expect((await checked(RIGHT, WRONG)).clean).toBe(false);
    expect((await checked(RIGHT, LINEAR)).clean).toBe(false);
  });
  test("is clean where it is told what was supposed, or that something is not used", async () => {
    const supposed = await check(
      `${FORWARD.replace(String.raw`$$L = \ell(o)$$`, "")}\n\n## Backward pass\n\n$$${RIGHT}$$\n`,
    );
    expect(supposed.diagnostics.map(({ severity }) => severity)).toEqual(["information"]);
    expect(supposed.clean).toBe(true);
    const unused = await check(`${FORWARD}\n\n$$q = A^\\top z$$\n\n## Backward pass\n\n$$${RIGHT}$$\n`);
    expect(unused.diagnostics.map(({ severity, code }) => [severity, code])).toEqual([["warning", "N015"]]);
    expect(unused.clean).toBe(true);
  });
  test.each([
    ["of the backward pass", `$$${RIGHT}$$\n\n$$\\frac{\\partial L}{\\partial z} = ( h$$`],
    ["in words behind it", `$$${RIGHT}$$\n\n## Remarks\n\n$$\\frac{\\partial L}{\\partial z} = ( h$$`],
  ])("is not where a formula %s could not be read", async (_, claims) => {
    const { equations, clean } = await check(`${FORWARD}\n\n## Backward pass\n\n${claims}\n`);
    expect(new Set(equations.map(({ verdict }) => verdict))).toEqual(new Set(["definition", "proved", "unreadable"]));
    expect(clean).toBe(false);
  });
  test("is not where another system is refused", async () => {
    const refused = String.raw`$u \in \mathbb{R}^{3}$, $v \in \mathbb{R}^{4}$.

$$L = u^\top (u + v)$$`;
    const text = `# First\n\n## Forward\n\n${FORWARD}\n\n## Backward\n\n$$${RIGHT}$$\n\n# Second\n\n## Forward\n\n${refused}\n`;
    const { equations, diagnostics, clean } = await check(text);
    expect(new Set(equations.map(({ verdict }) => verdict))).toEqual(new Set(["definition", "proved"]));
    expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    expect(clean).toBe(false);
  });
  test("counts each verdict", async () => {
    const { summary, equations } = await checked(RIGHT, WRONG, LINEAR);
    expect(summary).toMatchObject({ proved: 1, wrong: 1, "holds-under": 1, repaired: 0, definition: 4 });
    expect(Object.values(summary).reduce((a, b) => a + b, 0)).toBe(equations.length);
    expect(Object.keys(summary)).toEqual(Object.keys(VERDICTS));
  });
});
