import { expect, test } from "vitest";
import { Source } from "../../src/base/source.ts";
import { checkNote } from "../../src/check/check.ts";
import { prettyReport } from "../../src/emit/report/pretty.ts";
import { readNote } from "../../src/note/read.ts";

const NOTE = String.raw`$r \in \mathbb{R}^{k}$, $A \in \mathbb{R}^{m \times k}$.

$$u = A r + b$$

$$p = \mathrm{softmax}(u)$$

$$J = -y^\top \log p$$

## Backward pass

$$\frac{\partial J}{\partial u} = p - y$$

$$\frac{\partial J}{\partial A} = 2 (p - y) r^\top$$
`;

const reported = async (language: "en" | "zh"): Promise<string> => {
  const report = checkNote(await readNote(NOTE), { language });
  return prettyReport(new Source("note.md", NOTE), report, { colours: false });
};

test("a slip has numbers that show it, what mends it and the right form, without LaTeX", async () => {
  const text = await reported("en");
  const below = text.slice(text.indexOf("V004"));
  expect(below).toMatch(/Numbers that show it: .*y = .*: left side .*,\s+right\s+side /su);
  expect(below).toContain("To mend it, remove 2");
  expect(below).toContain("Right is ∂J/∂A = (p - y) r^⊤");
});

test("a convention is said beside what is right in it", async () => {
  expect(await reported("en")).toMatch(/convention.*\n\s+right where the entries of y sum to one/u);
  expect(await reported("zh")).toMatch(/convention.*\n\s+若 y 的各分量之和为 1/u);
});

test("no line is wider than a terminal", async () => {
  for (const line of (await reported("en")).split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});
