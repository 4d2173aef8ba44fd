import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { codeOf, fill, load } from "./model.ts";

const net = (
  a: string,
): string => `$W \\in \\mathbb{R}^{h \\times d}$, $U \\in \\mathbb{R}^{q \\times h}$, $x \\in \\mathbb{R}^d$

$$z = W x$$

$$a = ${a}$$

$$L = \\tfrac12 \\|U a - y\\|^2$$
`;

const INNER = "\\sqrt{2/\\pi} (z + 0.044715 z^3)";

describe.each([
  `0.5 z (1 + \\tanh(${INNER}))`,
  `0.5 z \\odot (1 + \\tanh(${INNER}))`,
  "\\frac{1}{2} z \\left(1 + \\tanh\\left[\\sqrt{\\frac{2}{\\pi}} \\left(z + 0.044715 z^3\\right)\\right]\\right)",
])("a = %s", a => {
  test("generated gradients agree with differences, and π is π", async () => {
    const { systems, diagnostics } = await readNote(net(a));
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const [system] = systems;
    if (!system) throw new Error("no system");
    expect(system.symbols.get("pi")).toMatchObject({ role: "constant" });
    const model = load(codeOf(system))({ h: 3, d: 2, q: 2 });
    expect([...(model.inputs.pi ?? [])]).toEqual([Math.PI]);
    fill(model, 3);
    model.inputs.pi?.fill(Math.PI);
    expect(model.check({ rtol: 1e-5, atol: 1e-7 }).failures).toEqual([]);
  });
});

test("its derivative as people write it is right, and wrong with another number", async () => {
  const claim = (number: string): string =>
    `\\frac{\\partial L}{\\partial z} = \\frac{\\partial L}{\\partial a} \\odot \\left(0.5 (1 + \\tanh(${INNER})) + 0.5 z \\odot (1 - \\tanh^2(${INNER})) \\sqrt{2/\\pi} \\odot (1 + ${number} z^2)\\right)`;
  const verdictOf = async (number: string): Promise<string | undefined> => {
    const note = `${net(`0.5 z \\odot (1 + \\tanh(${INNER}))`)}\n## Backward\n\n$$${claim(number)}$$\n`;
    return checkNote(await readNote(note), { language: "en" }).equations.at(-1)?.verdict;
  };
  expect(await verdictOf("0.134145")).toMatch(/^(?:holds|proved)$/u);
  expect(await verdictOf("0.134")).toBe("wrong");
});
