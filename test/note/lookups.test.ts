import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { showTerm } from "../../src/term/show.ts";
import { outcomeOf } from "../check/outcome.ts";

const note = (
  x: string,
  E = "V \\times d",
  said = "",
): string => `$E \\in \\mathbb{R}^{${E}}$ holds the embeddings, $w_t \\in \\{1, \\dots, V\\}$ is the word at position $t$, $W \\in \\mathbb{R}^{m \\times d}$ and $y_t \\in \\mathbb{R}^m$.${said}

For $t = 1, \\dots, T$:

$$x_t = ${x}$$

$$o_t = W x_t$$

$$L = \\sum_{t=1}^{T} \\tfrac12 \\|o_t - y_t\\|^2$$
`;

const lookUp = async (text: string): Promise<string> => {
  const { diagnostics, systems } = await readNote(text);
  expect(diagnostics.filter(({ severity }) => severity !== "information")).toEqual([]);
  const [system] = systems;
  expect(system?.symbols.get("w")).toMatchObject({ role: "label", distribution: "label", latex: "e_{w}" });
  expect(system?.symbols.get("w")?.node.shape.map(size => size.key)).toEqual(["V"]);
  expect(system?.sizes.get("V")).toMatchObject({ role: "dimension" });
  return showTerm(system?.equations[0]?.right as NonNullable<typeof system>["equations"][number]["right"]);
};

describe("a row of a matrix of embeddings is looked up", () => {
  test.each([
    "E_{w_t}",
    "E[w_t]",
    "E[w_t, :]",
    "E_{w_t,:}^\\top",
    "E^\\top \\mathbf{1}_{w_t}",
    "E^\\top \\mathbb{1}_{w_t}",
    "E^\\top e_{w_t}",
    "E^\\top \\mathrm{onehot}(w_t)",
    "E^\\top \\operatorname{one\\_hot}(w_t)",
    "E^\\top \\text{one-hot}(w_t)",
  ])("%s", async written => {
    expect(await lookUp(note(written))).toBe("E' * w[t]");
  });

  test("as a row, where rows are multiplied from the left", async () => {
    const rows = note("E_{w_t,:}").replace("W x_t", "x_t W^\\top").replace("o_t - y_t", "o_t - y_t^\\top");
    expect(await lookUp(rows)).toBe("w[t]' * E");
  });

  test("columns where the shape says that they are the words", async () => {
    for (const written of ["E_{w_t}", "E_{:,w_t}", "E[:, w_t]", "E \\mathbf{1}_{w_t}", "E\\,\\mathrm{onehot}(w_t)"])
      expect(await lookUp(note(written, "d \\times V"))).toBe("E * w[t]");
  });

  test("places counted from 0 are as many", async () => {
    const text = note("E_{w_t}").replace("\\{1, \\dots, V\\}", "\\{0, 1, \\dots, V - 1\\}");
    expect(await lookUp(text)).toBe("E' * w[t]");
  });

  test("and from [V]", async () => {
    expect(await lookUp(note("E_{w_t}").replace("\\{1, \\dots, V\\}", "[V]"))).toBe("E' * w[t]");
  });
});

test("a bracket with a value of the note is no look-up", async () => {
  const { systems } = await readNote(
    "$W \\in \\mathbb{R}^{h \\times h}$\n\n$$z_t = W [h_{t-1}]$$\n\n$$h_t = \\tanh(z_t)$$\n\n$$L = \\sum_{t=1}^{T} \\|h_t\\|^2$$\n",
  );
  expect(showTerm(systems[0]?.equations[0]?.right as never)).toBe("W * h[t - 1]");
});

const classes = (said: string, loss: string, claims: readonly string[]): string =>
  `$z = W x + b$ with $W \\in \\mathbb{R}^{K \\times d}$, $p = \\operatorname{softmax}(z)$, and ${said}

$$L = ${loss}$$

## Backward

${claims.map(claim => `$$${claim}$$`).join("\n\n")}
`;

const verdicts = async (text: string): Promise<readonly string[]> =>
  checkNote(await readNote(text), { language: "en" })
    .equations.slice(3)
    .map(outcomeOf);

describe("a letter that is said to be a class is a label", () => {
  const RIGHT = [
    "\\frac{\\partial L}{\\partial z} = p - e_c",
    "\\frac{\\partial L}{\\partial z} = p - \\mathbf{1}_c",
    "\\frac{\\partial L}{\\partial z} = p - \\mathrm{onehot}(c)",
    "\\frac{\\partial L}{\\partial z_k} = p_k - \\mathbb{1}[k = c]",
    "\\frac{\\partial L}{\\partial W} = (p - e_c) x^\\top",
  ];
  test.each(["for the correct class $c$", "the label $c \\in \\{1, \\dots, K\\}$", "$c$ is the true class,"])(
    "%s",
    async said => {
      expect(await verdicts(classes(said, "-\\log p_c", RIGHT))).toEqual(RIGHT.map(() => "holds"));
    },
  );

  test("what is wrong about it is wrong", async () => {
    const wrong = [
      "\\frac{\\partial L}{\\partial z} = e_c - p",
      "\\frac{\\partial L}{\\partial W} = (p + e_c) x^\\top",
    ];
    expect(await verdicts(classes("for the correct class $c$", "-\\log p_c", wrong))).toEqual(["wrong", "wrong"]);
  });

  test("a letter below a parameter that is called a class of anything else is a mark", async () => {
    const { systems } = await readNote(
      "$x \\in \\mathbb{R}^d$, for the class $c$ with its weights $W_c$\n\n$$z = W_c x$$\n\n$$L = \\|z\\|^2$$\n",
    );
    expect([...(systems[0]?.symbols.keys() ?? [])]).toEqual(["z", "W_c", "x", "L"]);
  });
});

test("gradients by embeddings are judged, and what adds to other rows is wrong", async () => {
  const claims = [
    "\\frac{\\partial L}{\\partial E} = \\sum_{t=1}^T \\mathbf{1}_{w_t} \\left(\\frac{\\partial L}{\\partial x_t}\\right)^\\top",
    "\\frac{\\partial L}{\\partial E} = \\sum_{t=1}^T \\mathrm{onehot}(w_t) (o_t - y_t)^\\top W",
    "\\frac{\\partial L}{\\partial E} = \\sum_{t=1}^T e_{w_t} (y_t - o_t)^\\top W",
    "\\frac{\\partial L}{\\partial E} = \\sum_{t=1}^T \\mathbf{1}_V \\left(\\frac{\\partial L}{\\partial x_t}\\right)^\\top",
  ];
  const text = `${note("E_{w_t}")}\n## Backward\n\n${claims.map(claim => `$$${claim}$$`).join("\n\n")}\n`;
  expect(await verdicts(text)).toEqual(["holds", "holds", "wrong", "wrong"]);
});
