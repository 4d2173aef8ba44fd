import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "../check/outcome.ts";

const shapesOf = async (note: string): Promise<Readonly<Record<string, string>>> => {
  const { systems, diagnostics } = await readNote(note);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return Object.fromEntries(
    systems.flatMap(({ symbols }) =>
      [...symbols.values()].map(({ node, latex }) => [latex, node.shape.map(({ key }) => key).join(" ")]),
    ),
  );
};

describe("a transpose says that what it hangs on is an array", () => {
  test.each([
    ["$$q = w^\\top x + c, \\quad L = \\ell(q)$$", { w: "n_w", x: "n_w", q: "", c: "" }],
    ["$x \\in \\mathbb{R}^{k}$\n\n$$q = \\tanh(w^\\top x), \\quad L = q^2$$", { w: "k", q: "" }],
    ["$$q = W^\\top x + c, \\quad L = \\ell(q)$$", { W: "n_x n_q", c: "n_q" }],
  ])("%s", async (note, shapes) => expect(await shapesOf(note)).toMatchObject(shapes));
});

const ROWS = String.raw`$$h_t = \tanh(x_t W_{xh} + h_{t-1} W_{hh} + b_h)$$

$$o_t = h_t W_{ho} + b_o, \qquad p_t = \mathrm{softmax}(o_t)$$

$$L = \sum_{t=1}^{T} L_t, \qquad L_t = -\log p_{t, k_t}$$`;

describe("rows", () => {
  test("have functions of vectors applied to them, and entries that labels choose", async () => {
    expect(await shapesOf(ROWS)).toMatchObject({ p: "1 n_o", o: "1 n_o", x: "1 n_x", "b_{h}": "1 n_h" });
  });

  test.each([
    [String.raw`\frac{\partial L}{\partial o_t} = p_t - e_{k_t}`, "holds"],
    [String.raw`\frac{\partial L}{\partial o_t} = e_{k_t} - p_t`, "wrong"],
    [String.raw`\frac{\partial L}{\partial W_{ho}} = \sum_{t=1}^T h_t^\top (p_t - e_{k_t})`, "holds"],
    [String.raw`\frac{\partial L}{\partial b_o} = \sum_{t=1}^T p_t`, "wrong"],
  ])("%s", async (claim, verdict) => {
    const { equations } = checkNote(await readNote(`${ROWS}\n\n## Backward pass\n\n$$${claim}$$`), { language: "en" });
    expect(outcomeOf(equations.at(-1))).toBe(verdict);
  });
});

describe("a bias beside samples", () => {
  test.each([
    ["$$Z = W X + b, \\quad L = \\ell(Z)$$", { Z: "n_Z n_X", b: "n_Z" }],
    ["$$Z = X W + b, \\quad L = \\ell(Z)$$", { Z: "n_X n_Z", b: "1 n_Z" }],
  ])("is one of theirs: %s", async (note, shapes) => {
    const found = await shapesOf(note);
    const sizes = new Map<string, string>();
    // Sizes may be named otherwise; which of them are equal may not.
    for (const [name, shape] of Object.entries(shapes)) {
      const own = (found[name] ?? "").split(" ");
      for (const [i, size] of shape.split(" ").entries()) {
        expect(sizes.get(size) ?? own[i]).toBe(own[i]);
        sizes.set(size, own[i] as string);
      }
      expect(own).toHaveLength(shape.split(" ").length);
    }
  });
});
