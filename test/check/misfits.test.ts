// Slips that make the shapes misfit: the mend undoes them, and the form it gives is right where it is put into the note.
import { describe, expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";

const LAYERS = String.raw`
$X \in \mathbb{R}^{n \times d}$, $A \in \mathbb{R}^{n \times n}$, $W_0 \in \mathbb{R}^{d \times h}$, $W_1 \in \mathbb{R}^{h \times c}$.

$$Z_0 = A X W_0$$
$$H = \tanh(Z_0)$$
$$Z_1 = H W_1$$
$$L = \ell(Z_1)$$
`;

/** The last equation of the note with these claims. */
const last = async (claims: readonly string[], language: "en" | "zh" = "en") => {
  const text = [LAYERS, ...claims.map(claim => `$$${claim}$$\n`)].join("\n");
  const { equations } = await check(await readNote(text), { language });
  const found = equations.at(-1);
  if (!found) throw new Error("no equation");
  return found;
};

/** Right equations, and what their factors are. */
const RIGHT: readonly (readonly [string, readonly string[]])[] = [
  ["dW_1", ["H^\\top", "dZ_1"]],
  ["dH", ["dZ_1", "W_1^\\top"]],
  ["dW_0", ["X^\\top", "A^\\top", "dZ_0"]],
  ["dX", ["A^\\top", "dZ_0", "W_0^\\top"]],
];

const toggled = (factor: string): string =>
  factor.endsWith("^\\top") ? factor.slice(0, -"^\\top".length) : `${factor}^\\top`;

const SLIPS = RIGHT.flatMap(([left, factors]) => [
  // A is square: without its transpose the shapes fit.
  ...factors.flatMap((factor, i) =>
    factor.startsWith("A")
      ? []
      : {
          left,
          slip: factors.map((each, at) => (at === i ? toggled(factor) : each)),
          edit: factor.endsWith("\\top") ? `transpose ${toggled(factor)}` : `do not transpose ${factor}`,
          factors,
        },
  ),
  ...factors.slice(1).map((factor, i) => ({
    left,
    slip: factors.map((each, at) => (at === i ? factor : at === i + 1 ? (factors[i] as string) : each)),
    edit: `exchange ${factor} and ${factors[i]}`,
    factors,
  })),
]);

describe("a transpose, or two neighbours", () => {
  test.each(SLIPS)("$left: $edit", async ({ left, slip, edit }) => {
    const found = await last([`${left} = ${slip.join(" ")}`]);
    expect(found.verdict).toBe("wrong");
    expect(found.mended?.edit).toBe(edit);
    const again = await last([found.mended?.latex ?? ""]);
    expect(["proved", "holds"]).toContain(again.verdict);
  });
});

test.each([
  // A factor too few, too many, and another one.
  ["dW_0 = A^\\top dZ_0", "insert X^\\top"],
  ["dW_0 = X^\\top A^\\top dZ_0 W_0^\\top", "leave out W_0^\\top"],
  ["dW_1 = X^\\top dZ_1", "read H^\\top in place of X^\\top"],
  // To another end.
  ["dW_0 = dZ_0 X^\\top A^\\top", "put dZ_0 behind A^\\top"],
  ["dX = dZ_0 W_0^\\top A^\\top", "put A^\\top before dZ_0"],
  // The kind of product.
  ["dZ_0 = dZ_1 \\odot W_1^\\top \\odot (1 - H^2)", "multiply dZ_1 and W_1^\\top as matrices"],
  // Two changes are written out.
  ["dX = W_0^\\top A^\\top dZ_0", "put W_0^\\top behind dZ_0"],
  ["dW_0 = X A dZ_0", "write X^\\top A^\\top dZ_0 in place of X A dZ_0"],
  // Brackets behind a name of an array are a factor; a product within a larger formula.
  ["dZ_0 = dZ_1 W_1 \\odot (1 - H^2)", "transpose W_1"],
  ["dW_0 = X^\\top A^\\top (dZ_1 W_1 \\odot (1 - H^2))", "transpose W_1"],
  ["dW_0 = 2 X (A^\\top dZ_0) - X^\\top A^\\top dZ_0", "transpose X"],
])("%s: %s", async (claim, edit) => {
  const found = await last([claim]);
  expect([found.verdict, found.mended?.edit]).toEqual(["wrong", edit]);
});

test("in Chinese", async () => {
  const found = await last(["dH = dZ_1 W_1"], "zh");
  expect(found.mended?.edit).toBe("将 W_1 转置");
});

test("what no such change mends takes the form that is derived", async () => {
  const found = await last(["dX = dZ_1 W_1"]);
  expect([found.verdict, found.mended?.edit]).toEqual(["wrong", "take the form that is derived"]);
});
