import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "../check/outcome.ts";

const FORWARD = String.raw`$$a^{[1]} = \tanh(W^{[1]} x + b^{[1]})$$
$$a^{[2]} = \sigma(W^{[2]} a^{[1]} + b^{[2]})$$
$$J = \ell(a^{[2]})$$
`;

const outcomesOf = async (forward: string, ...claims: readonly string[]): Promise<readonly (string | undefined)[]> =>
  checkNote(await readNote(`${forward}\n## Backward pass\n\n${claims.map(claim => `$$${claim}$$`).join("\n\n")}\n`), {
    language: "en",
  })
    .equations.slice(-claims.length)
    .map(outcomeOf);

describe("what an activation is applied to has a name in the backward pass alone", () => {
  test.each([
    [String.raw`dz^{[2]} = da^{[2]} * \sigma'(z^{[2]})`, "holds"],
    [String.raw`dW^{[2]} = dz^{[2]} a^{[1]T}`, "holds"],
    [String.raw`dz^{[1]} = W^{[2]T} dz^{[2]} * (1 - a^{[1]} * a^{[1]})`, "holds"],
    [
      String.raw`\frac{\partial J}{\partial z^{[1]}} = \frac{\partial J}{\partial a^{[1]}} \odot (1 - a^{[1]} \odot a^{[1]})`,
      "holds",
    ],
    [String.raw`dz^{[1]} = W^{[2]T} dz^{[2]} * (1 - a^{[1]})`, "wrong"],
    [String.raw`dz^{[2]} = da^{[2]}`, "wrong"],
  ])("%s", async (claim, outcome) => {
    // The claim that names z^{[2]} for the others to read.
    const named = String.raw`db^{[2]} = dz^{[2]}`;
    expect(await outcomesOf(FORWARD, named, claim)).toEqual(["holds", outcome]);
  });

  test("over time, and with no index", async () => {
    const net = String.raw`$$h_t = \tanh(A x_t + B h_{t-1}), \quad J = \sum_{t=1}^{T} \ell(h_t)$$`;
    expect(
      await outcomesOf(
        net,
        String.raw`\frac{\partial J}{\partial z_t} = (1 - h_t^2) \odot \frac{\partial J}{\partial h_t}`,
      ),
    ).toEqual(["holds"]);
    const unit = String.raw`$$q = \tanh(w^\top x + c), \quad J = \frac{1}{2} (q - r)^2$$`;
    expect(await outcomesOf(unit, String.raw`\frac{\partial J}{\partial z} = (q - r)(1 - q^2)`)).toEqual(["holds"]);
  });

  test("two units with the same index leave it open", async () => {
    const net = String.raw`$$h_t = \tanh(A x_t), \quad g_t = \sigma(B x_t), \quad J = \sum_{t=1}^{T} \ell(h_t \odot g_t)$$`;
    const claim = String.raw`\frac{\partial J}{\partial z_t} = (1 - h_t^2) \odot \frac{\partial J}{\partial h_t}`;
    expect(await outcomesOf(net, claim)).toEqual(["undefined"]);
  });

  test("a remark says what it was taken for", async () => {
    const { diagnostics } = await readNote(`${FORWARD}\n## Backward pass\n\n$$db^{[2]} = dz^{[2]}$$\n`);
    expect(diagnostics.filter(({ code }) => code === "N019")).toHaveLength(1);
  });
});
