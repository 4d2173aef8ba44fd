/** Divergences as people write them, and what is said of their gradients. */
import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { showTerm } from "../../src/term/show.ts";
import { outcomeOf } from "./outcome.ts";

const losses = async (note: string): Promise<readonly string[]> => {
  const { systems } = await readNote(note);
  return systems.flatMap(system => system.equations.map(({ right }) => showTerm(right)));
};

const VECTORS = "$p, q \\in \\mathbb{R}^n$.\n\n";

describe("the divergence of two distributions", () => {
  test.each([
    "\\mathrm{KL}(q \\| p)",
    "\\operatorname{KL}\\left(q \\,\\middle\\|\\, p\\right)",
    "D_{KL}(q \\| p)",
    "D_{\\mathrm{KL}}[q \\,\\|\\, p]",
    "D_\\text{KL}(q \\parallel p)",
    "\\mathbb{D}_{KL}(q \\Vert p)",
    "KL(q || p)",
    "KL(q, p)",
  ])("%s is read", async formula => {
    expect(await losses(`${VECTORS}$$L = ${formula}$$`)).toEqual(["kldivergence(q, p)"]);
  });

  test("beside other factors and terms", async () => {
    const note = `${VECTORS}$\\beta$ is a scalar.\n\n$$L = \\|q\\|^2 + \\beta D_{KL}(q \\| p)$$`;
    expect(await losses(note)).toEqual(["squarednorm(q) + beta * kldivergence(q, p)"]);
  });

  test("of two scalars it is that of two coins", async () => {
    expect(await losses("All names are scalars.\n\n$$L = \\mathrm{KL}(\\rho \\| q)$$")).toEqual([
      "bernoullidivergence(rho, q)",
    ]);
  });
});

describe("the divergence of Gaussians", () => {
  const SHAPES = "$\\mu, \\sigma, m, s \\in \\mathbb{R}^k$.\n\n";
  test.each([
    ["\\mathcal{N}(\\mu, \\operatorname{diag}(\\sigma^2)) \\| \\mathcal{N}(0, I)", "standarddivergence(mu, sigma.^2)"],
    [
      "\\mathcal{N}(\\mathbf{0}, I) \\| \\mathcal{N}(m, \\operatorname{diag}(s))",
      "gaussiandivergence(zeros(k, 1), ones(k, 1), m, s)",
    ],
    ["\\mathcal{N}(z; \\mu, \\sigma^2) \\| \\mathcal{N}(z; 0, I)", "standarddivergence(mu, sigma.^2)"],
    ["N(\\mu, \\mathrm{diag}(\\sigma^2)) \\| N(m, \\mathrm{diag}(s^2))", "gaussiandivergence(mu, sigma.^2, m, s.^2)"],
  ])("%s is read", async (formula, term) => {
    expect(await losses(`${SHAPES}$$L = D_{KL}(${formula})$$`)).toEqual([term]);
  });

  test.each([
    ["\\mathcal{N}(\\mu, \\Sigma) \\| \\mathcal{N}(0, I)", "standardfulldivergence(mu, Sigma)"],
    ["\\mathcal{N}(\\mu, \\Sigma) \\| \\mathcal{N}(m, S)", "fulldivergence(mu, Sigma, m, S)"],
  ])("%s is read with its covariances", async (formula, term) => {
    const shapes = "$\\mu, m \\in \\mathbb{R}^k$, $\\Sigma, S \\in \\mathbb{R}^{k \\times k}$.\n\n";
    expect(await losses(`${shapes}$$L = D_{KL}(${formula})$$`)).toEqual([term]);
  });

  test("gradients by covariances are judged", async () => {
    const claims = [
      ["\\frac{\\partial L}{\\partial \\Sigma} = \\frac12 (S^{-1} - \\Sigma^{-1})", "holds"],
      ["\\frac{\\partial L}{\\partial \\mu} = S^{-1} (\\mu - m)", "holds"],
      [
        "\\frac{\\partial L}{\\partial S} = \\frac12 (S^{-1} - S^{-1} (\\Sigma + (\\mu - m) (\\mu - m)^\\top) S^{-1})",
        "holds",
      ],
      ["\\frac{\\partial L}{\\partial \\Sigma} = \\frac12 (\\Sigma^{-1} - S^{-1})", "wrong"],
    ] as const;
    const note = `$\\mu, m \\in \\mathbb{R}^k$, $\\Sigma \\in \\mathbb{R}^{k \\times k}$ is symmetric, $S \\in \\mathbb{R}^{k \\times k}$ is symmetric.\n\n$$L = D_{KL}(\\mathcal{N}(\\mu, \\Sigma) \\| \\mathcal{N}(m, S))$$\n\n## Backward\n\n${claims.map(([claim]) => `$$${claim}$$`).join("\n\n")}\n`;
    const { equations } = checkNote(await readNote(note), { language: "en" });
    expect(equations.slice(1).map(outcomeOf)).toEqual(claims.map(([, verdict]) => verdict));
  });

  test("with one variance for all entries", async () => {
    const note =
      "$\\mu \\in \\mathbb{R}^k$, $c$ is a scalar.\n\n$$L = D_{KL}(\\mathcal{N}(\\mu, c I) \\| \\mathcal{N}(0, I))$$";
    expect(await losses(note)).toEqual(["standarddivergence(mu, c * ones(k, 1))"]);
  });

  test("a value that the note works out itself is that value, whatever its brackets hold", async () => {
    const note =
      "$\\mu, s \\in \\mathbb{R}^k$.\n\n$$D_{KL}(q(z|x) \\| p(z)) = \\frac12 \\|\\mu\\|^2$$\n\n$$L = 2 D_{KL}(q(z|x) \\| p(z))$$";
    expect(await losses(note)).toEqual(["1/2 * squarednorm(mu)", expect.stringMatching(/^2 \* D/u)]);
  });

  test("gradients by means and deviations are judged", async () => {
    const note = `All names are scalars. Parameters: $a$, $s$, $b$, $r$.

$$L = D_{KL}\\left(\\mathcal{N}(a, s^2) \\,\\|\\, \\mathcal{N}(b, r^2)\\right)$$

## Backward

$$\\frac{\\partial L}{\\partial a} = \\frac{a - b}{r^2}$$

$$\\frac{\\partial L}{\\partial s} = \\frac{s}{r^2} - \\frac{1}{s}$$

$$\\frac{\\partial L}{\\partial r} = \\frac{1}{r} - \\frac{s^2 + (a - b)^2}{r^3}$$

$$\\frac{\\partial L}{\\partial r} = \\frac{1}{r} + \\frac{s^2 + (a - b)^2}{r^3}$$
`;
    const { equations } = checkNote(await readNote(note), { language: "en" });
    expect(equations.map(outcomeOf)).toEqual(["definition", "holds", "holds", "holds", "wrong"]);
  });
});
