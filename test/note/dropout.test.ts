import { describe, expect, test } from "vitest";
import { readNote } from "../../src/note/read.ts";

const net = (
  dropout: string,
  said = "",
): string => `$W_1 \\in \\mathbb{R}^{h \\times d}$, $W_2 \\in \\mathbb{R}^{q \\times h}$, $x \\in \\mathbb{R}^d$${said}

$$h = \\tanh(W_1 x)$$

$$\\tilde h = ${dropout}$$

$$L = \\tfrac12 \\|W_2 \\tilde h - y\\|^2$$
`;

describe("dropout without a mask is refused, with what to write", () => {
  test.each([
    "\\mathrm{dropout}(h)",
    "\\operatorname{Dropout}(h, p)",
    "\\text{dropout}_p(h)",
    "\\mathrm{Dropout}_{0.5}(h)",
  ])("%s", async dropout => {
    const { diagnostics } = await readNote(net(dropout));
    expect(diagnostics.find(({ code }) => code === "N001")).toMatchObject({
      message: expect.stringContaining("random"),
      help: expect.stringContaining("m \\odot h / (1 - p)"),
    });
  });
});

describe("a mask that is given is no parameter", () => {
  test.each([
    ["m \\odot h / (1 - p)", ", with a dropout mask $m$ and the dropout rate $p$"],
    ["\\frac{m \\odot h}{1 - p}", ", $m \\sim \\operatorname{Bernoulli}(1 - p)$ and $p$ is the dropout probability"],
    ["\\frac{1}{1 - p} m \\odot h", ", a mask $m \\in \\{0, 1\\}^h$ and a drop probability $p$"],
  ])("%s%s", async (dropout, said) => {
    const { systems, diagnostics } = await readNote(net(dropout, said));
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(systems[0]?.symbols.get("m")).toMatchObject({ role: "data" });
    expect(systems[0]?.symbols.get("p")).toMatchObject({ role: "constant" });
  });
});

test("a function of the note that is called so and has a formula is read", async () => {
  const { diagnostics } = await readNote(`$$\\mathrm{dropout}(u) = m \\odot u$$\n\n${net("\\mathrm{dropout}(h)")}`);
  expect(diagnostics.filter(({ code }) => code === "N001")).toEqual([]);
});
