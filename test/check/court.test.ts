// What the equations of a note are judged with: what is supposed, which names are known, what the loss depends on.
import { describe, expect, test } from "vitest";
import { type Court, courtFor, sliceOf } from "../../src/check/court.ts";
import type { Witness } from "../../src/exact/witness.ts";
import { familyOf } from "../../src/expr/system.ts";
import { NO_VALUES } from "../../src/latex/values.ts";
import { type Chain, chainsOf } from "../../src/note/claims/chains.ts";
import { readNote } from "../../src/note/read.ts";
import { textOf } from "../../src/note/tree.ts";
import type { Syntax } from "../../src/parse/syntax.ts";
import { stated } from "./stated.ts";

interface Called {
  readonly court: Court;
  readonly chains: readonly Chain[];
}

const call = async (forward: string, claims: readonly string[]): Promise<Called> => {
  const displays = claims.map(claim => `$$\n${claim}\n$$\n`).join("\n");
  const note = await readNote(`${forward}\n\n## Backward pass\n\n${displays}`);
  const [part] = note.parts;
  if (!part?.forward) throw new Error("the note is no system");
  const chains = chainsOf(part.definitions, part.claims);
  const options = { damaged: false, language: "en" } as const;
  return { court: courtFor(note.text, part.forward, part.definitions, chains, options), chains };
};

const courtOf = async (forward: string, ...claims: readonly string[]): Promise<Court> =>
  (await call(forward, claims)).court;

const names = (nodes: Iterable<{ readonly name: string }>): readonly string[] =>
  [...nodes].map(({ name }) => name).sort();

const CLASSES = String.raw`$r \in \mathbb{R}^{k}$, $A \in \mathbb{R}^{m \times k}$.

$$u = A r + b$$

$$p = \mathrm{softmax}(u)$$

$$J = -y^\top \log p$$`;
const CLAIM = String.raw`\frac{\partial J}{\partial u} = p - y`;

const LAYER = String.raw`$x \in \mathbb{R}^{k}$, $A \in \mathbb{R}^{m \times k}$, $B \in \mathbb{R}^{n \times m}$, $y \in \mathbb{R}^n$.

$$z = A x$$

$$h = \sigma(z)$$

$$p = \mathrm{softmax}(B h)$$

$$J = -y^\top \log p$$`;

const STEPS = String.raw`$$h_t = W x_t + U h_{t-1}$$

$$L = \sum_t \ell(h_t)$$`;

/** Whether two terms in the inside notation agree where a witness judges. */
const agree = (witness: Witness, left: string, right: string): boolean =>
  witness.judge(stated(witness.system, left, right), {}, "few").verdict === "equal";

describe("customs", () => {
  test("are kept by the witness, each with a witness that keeps all others", async () => {
    const { customs, spare, witness } = await courtOf(LAYER, CLAIM);
    expect(customs.map(({ because }) => because)).toEqual([
      { id: "distributions", of: ["y"] },
      { id: "called", of: ["\\sigma", "logistic"] },
    ]);
    expect(spare).toEqual([]);
    const [sum, slope] = [
      ["inner(y, ones(n, 1))", "1"],
      ["h", "logistic(z)"],
    ] as const;
    const [distributions, called] = customs.map(({ without }) => without.witness()) as [Witness, Witness];
    expect([witness, distributions, called].map(each => agree(each, ...sum))).toEqual([true, false, true]);
    expect([witness, distributions, called].map(each => agree(each, ...slope))).toEqual([true, true, false]);
    expect(customs.map(({ without }) => without.witness())).toEqual([distributions, called]);
    expect(customs[0]?.without.witness()).toBe(distributions);
  });
  test("that change no derived formula are spared, with a witness that keeps them", async () => {
    const { customs, spare, witness } = await courtOf(String.raw`$q \in \mathbb{R}^k$, $y \in \mathbb{R}^k$.

$$J = -y^\top \log q$$`);
    expect(customs).toEqual([]);
    expect(spare.map(({ because }) => because)).toEqual([{ id: "distributions", of: ["y"] }]);
    const kept = spare[0]?.with.witness() as Witness;
    expect(agree(kept, "inner(y, ones(k, 1))", "1")).toBe(true);
    expect(agree(witness, "inner(y, ones(k, 1))", "1")).toBe(false);
    expect(spare[0]?.with.witness()).toBe(kept);
  });
  test("tie entries to each other, by which no gradient is derived then", async () => {
    const families = (court: Court) => names((court.derivation?.gradients ?? []).map(({ wrt }) => familyOf(wrt)));
    expect(families(await courtOf(LAYER))).toEqual(["A", "B", "h", "p", "x", "y", "z"]);
    expect(families(await courtOf(CLASSES))).toEqual(["A", "b", "p", "r", "u"]);
    expect(families(await courtOf(LAYER.replace("\\sigma", "\\tanh")))).toEqual(["A", "B", "h", "p", "x", "z"]);
  });
});

describe("the derivation", () => {
  test("proves, and has closed forms", async () => {
    const { prover, derivation, closed } = await courtOf(STEPS);
    expect(prover).toBeDefined();
    const forms = derivation?.gradients.map(gradient => [familyOf(gradient.wrt).name, closed(gradient).length > 0]);
    expect(Object.fromEntries(forms ?? [])).toMatchObject({ h: true, W: true });
  });
  test("is missing where something has no derivative, and nothing is proved then", async () => {
    const strided = await courtOf(String.raw`$$z_t = \tanh(x_t) \quad t = 1, \ldots, 2T$$

$$h_t = W z_{2t} \quad t = 1, \ldots, T$$

$$L = \sum_{t=1}^T \ell(h_t)$$`);
    const { gradients } = (await courtOf(STEPS)).derivation as NonNullable<Court["derivation"]>;
    expect(strided.derivation).toBeUndefined();
    expect(strided).not.toHaveProperty("prover");
    const { closed } = await courtOf(STEPS);
    expect(() => closed({} as never)).toThrow(TypeError);
    expect(strided.closed(gradients[0] as (typeof gradients)[0])).toEqual([]);
  });
});

describe("the loss", () => {
  test("that an equation defines reaches nothing but what that says", async () => {
    const { implied, reached, leading } = await courtOf(LAYER, CLAIM);
    expect(implied).toBe(false);
    expect(names(reached)).toEqual([]);
    expect(names(leading)).toEqual(["A", "B", "J", "h", "p", "u", "x", "y", "z"]);
  });
  test("does not depend on what no equation leads from", async () => {
    const { leading } = await courtOf("$$h = W x$$\n\n$$g = U x$$\n\n$$L = h^\\top h$$");
    expect(names(leading)).toEqual(["L", "W", "h", "x"]);
  });
  test("that none defines is taken for a function of the members that come last", async () => {
    const forward = `$$h_t = W x_t + U h_{t-1}$$

$$o_t = V h_t$$`;
    const { implied, reached, leading } = await courtOf(
      forward,
      String.raw`\frac{\partial L}{\partial h_t} = V^\top \delta_t`,
    );
    expect(implied).toBe(true);
    expect(names(reached)).toEqual(["o"]);
    expect(names(leading)).toEqual(["L", "U", "V", "W", "h", "o", "x"]);
  });
});

describe("names", () => {
  /** What a claim about a name says on its left. */
  const leftOf = async (name: string): Promise<Syntax> =>
    (await call(STEPS, [`${name} = 7 x_t`])).chains.at(-1)?.members[0] as Syntax;
  test("are familiar by a letter of the forward equations, or if several claims use them", async () => {
    const { familiar } = await courtOf(STEPS, "e_t = x_t", "f_t = 2 e_t", "g_t = k_t + k_t");
    const known = async (texts: readonly string[]) => {
      const lefts = await Promise.all(texts.map(leftOf));
      return texts.filter((_, i) => familiar(lefts[i] as Syntax));
    };
    expect(await known(["h_t", "W", "x", "e", "e_1", "\\bar{h}", "\\mathbf{hx}"])).toHaveLength(7);
    expect(await known(["f", "g", "k", "q", "\\delta"])).toEqual([]);
  });
  test("are those of the forward equations, with the scripts that they carry there", async () => {
    const { glyphs, scripts, names: written } = await courtOf(STEPS, "e_t = x_t");
    expect([...glyphs.keys()].sort()).toEqual(["L", "U", "W", "\\ell", "h", "x"]);
    expect(scripts("h").map(textOf)).toContain("t-1");
    expect(scripts("q")).toEqual([]);
    expect(new Set(written.map(textOf))).toEqual(new Set(["h_t", "W", "x_t", "U", "h_t-1", "L"]));
  });
  test("are given and settled by nothing at first", async () => {
    const { given, settled, damaged, language } = await courtOf(STEPS);
    expect({ given, settled, damaged, language }).toEqual({ given: [], settled: [], damaged: false, language: "en" });
  });
});

describe("shapes are guessed", () => {
  test("where the note says none", async () => expect((await courtOf(STEPS)).guessed).toBe(true));
  test("and not where it says all", async () => expect((await courtOf(LAYER)).guessed).toBe(false));
  test("also where those of given names alone are", async () => expect((await courtOf(CLASSES)).guessed).toBe(true));
  test("and not where that of a computed name alone is", async () => {
    const mixed = String.raw`$$h_t = \tanh(c h_{t-1})$$

$$L = \sum_t \ell(h_t)$$

where $c \in \mathbb{R}$.`;
    expect((await courtOf(mixed)).guessed).toBe(false);
  });
  test("and not where scalars alone have none", async () => {
    const scalars = String.raw`$x \in \mathbb{R}^k$.

$$L = c x^\top x$$`;
    expect((await courtOf(scalars)).guessed).toBe(false);
  });
});

describe("what is added to a gradient is a sum", () => {
  test.each([
    [String.raw`\Delta W = \sum_t \delta_t x_t^\top`, true],
    [String.raw`\Delta U = \eta \sum_t \delta_t x_t^\top`, true],
    [String.raw`\Delta W = \delta_t x_t^\top`, false],
    [String.raw`\Delta W = \sum \delta_t x_t^\top`, false],
    [String.raw`\Delta b = \sum_t \delta_t`, true],
    [String.raw`\Delta W = G = \sum_t \delta_t x_t^\top`, true],
    [String.raw`U \Delta = \sum_t \delta_t x_t^\top`, false],
    [String.raw`W = \sum_t \delta_t x_t^\top`, false],
    [String.raw`d W = \sum_t \delta_t x_t^\top`, false],
  ])("in %s: %s", async (claim, adds) => expect((await courtOf(STEPS, "e = f", claim)).addsUp).toBe(adds));
});

test("what is shown of a claim keeps its values as it says them", async () => {
  const court = await courtOf(LAYER, CLAIM);
  expect(court.context.values).toBe(NO_VALUES);
  expect(sliceOf(court, { start: 0, end: 2 })).toBe("$x");
});
