import { describe, expect, test } from "vitest";
import type { Derivation, Piece } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import { CONVENTIONS, type Convention } from "../../src/derive/structured.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import { familyOf, type System } from "../../src/expr/system.ts";
import { derive as deriveChecked, readNote, toDocument } from "../../src/index.ts";
import { call } from "../../src/ops/call.ts";
import { showTerm } from "../../src/term/show.ts";

const systemOf = async (text: string): Promise<System> => {
  const { systems, diagnostics } = await readNote(text);
  const [error] = diagnostics.filter(({ severity }) => severity === "error");
  if (error || !systems[0]) throw new Error(error?.message ?? "no system");
  return systems[0];
};

const structureOf = async (text: string, name: string): Promise<string | undefined> =>
  (await systemOf(text)).symbols.get(name)?.structure;

const QUADRATIC =
  "$x \\in \\mathbb{R}^{n}$, $B \\in \\mathbb{R}^{n \\times n}$.\n\n$$f = x^\\top W x + x^\\top B W B x$$\n";

describe("a matrix is", () => {
  test.each([
    ["symmetric", "$W \\in \\mathbb{R}^{n \\times n}$ is symmetric, "],
    ["symmetric", "Let $W$ be symmetric, "],
    ["symmetric", "with a symmetric $W$, "],
    ["symmetric", "$W$ is a symmetric, positive definite matrix, "],
    ["symmetric", "$W = W^\\top$, "],
    ["symmetric", "where $W^T = W$, "],
    ["symmetric", "$W$ 是对称矩阵，"],
    ["symmetric", "对称矩阵 $W$，"],
    ["diagonal", "$W$ is diagonal, "],
    ["diagonal", "a diagonal matrix $W$, "],
    ["diagonal", "$W$ 为对角矩阵，"],
    [undefined, "$W$ is skew-symmetric, "],
    [undefined, "$W$ is asymmetric, "],
    [undefined, "if $W$ is symmetric much is simpler; "],
    [undefined, "$W$, of which the diagonal is not 0, "],
    [undefined, "$W$ 是反对称矩阵，"],
  ])("%s: %s", async (structure, words) => {
    expect(await structureOf(`${words}${QUADRATIC}`, "W")).toBe(structure);
  });

  test("symmetric where the front matter says so", async () => {
    const front = "---\ngradnote:\n  symmetric: [W]\n---\n";
    expect(await structureOf(`${front}${QUADRATIC}`, "W")).toBe("symmetric");
  });
});

test("a quadratic form in a symmetric matrix has the gradient 2 A x", async () => {
  const system = await systemOf(
    "$A \\in \\mathbb{R}^{n \\times n}$ is symmetric, $x \\in \\mathbb{R}^n$.\n\n$$f = x^\\top A x$$\n",
  );
  const { gradients } = derive(system, { wrt: ["x"] });
  expect(gradients.map(({ pieces }) => pieces.map(({ value }) => showTerm(value)))).toEqual([["2 * (A * x)"]]);
});

/** Every piece with a structured gradient, changed. */
const withStructured = (derivation: Derivation, change: (piece: Piece) => Piece): Derivation => ({
  ...derivation,
  gradients: derivation.gradients.map(gradient => ({
    ...gradient,
    pieces: gradient.pieces.map(piece => (piece.structured ? change(piece) : piece)),
  })),
});

describe.each([...CONVENTIONS.map(name => [name, "symmetric"] as const), ["symmetric-part", "diagonal"] as const])(
  "the convention %s, %s variable",
  (convention: Convention, structure) => {
    const text = `$W$ is ${structure}, ${QUADRATIC}`;

    test("agrees with forward mode along the variable's own directions, and a spoiled twin does not", async () => {
      const derivation = derive(await systemOf(text), { convention });
      expect(checkDerivation(derivation).verdict).toBe("agrees");
      if (convention === "independent") return;
      // The ordinary gradient of x' B W B x is not symmetric: it is none of the others.
      const ordinary = withStructured(derivation, piece => ({
        ...piece,
        structured: { ...(piece.structured as NonNullable<Piece["structured"]>), value: piece.value, steps: [] },
      }));
      expect(checkDerivation(ordinary)).toMatchObject({ verdict: "disagrees", faults: [{ subject: "structure" }] });
      const doubled = withStructured(derivation, piece => {
        const own = piece.structured as NonNullable<Piece["structured"]>;
        return { ...piece, structured: { ...own, value: call("add", [own.value, own.value]), steps: [] } };
      });
      expect(checkDerivation(doubled)).toMatchObject({ verdict: "disagrees", faults: [{ subject: "structure" }] });
    });

    test.each(["en", "zh"] as const)("is named in the document in %s", async language => {
      const derived = deriveChecked(await systemOf(text), { convention });
      if (!derived.ok) throw new Error("not derived");
      const written = await toDocument([derived.value], { language });
      expect(written).toMatch(
        language === "en" ? /\$W\$ is (?:symmetric|diagonal)[.;]/u : /\$W\$ 是(?:对称|对角)矩阵/u,
      );
    });
  },
);

test("conventions differ where they should", async () => {
  const system = await systemOf("$W$ is symmetric, $x \\in \\mathbb{R}^{n}$.\n\n$$f = x^\\top W x$$\n");
  const valueUnder = (convention: Convention): string => {
    const gradient = derive(system, { convention, wrt: ["W"] }).gradients.find(({ wrt }) => familyOf(wrt).name === "W");
    return showTerm(gradient?.pieces[0]?.structured?.value as never);
  };
  expect(CONVENTIONS.map(valueUnder)).toEqual(["x * x'", "2 * (x * x') - x * x' .* identity(n)", "x * x'"]);
});
