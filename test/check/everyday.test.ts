import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check, readNote } from "../../src/index.ts";
import { outcomeOf } from "./outcome.ts";

/** Notes as people keep them, with the outcome of each equation behind it, and those of wrong variants. */
const read = (name: string): string => readFileSync(new URL(`everyday/${name}.md`, import.meta.url), "utf8");

const outcomesOf = async (text: string): Promise<readonly string[]> =>
  (await check(await readNote(text), { language: "en" })).equations.map(outcomeOf);

test.each([
  ["gaussian-mle", ["definition", "holds", "definition", "convention", "holds", "definition", "convention"]],
  [
    "two-layers-zh",
    [...Array(6).fill("definition"), "holds", "holds", "holds", "definition", "holds", "holds", "definition"],
  ],
  ["gaussian-variance", ["definition", "holds", "wrong"]],
  ["softmax-rows", ["definition", "definition", "definition", "convention", "convention"]],
  ["vae", [...Array(5).fill("definition"), ...Array(6).fill("holds")]],
  [
    "attention",
    [
      "definition",
      "definition",
      "definition",
      "holds",
      "definition",
      "holds",
      "holds",
      "cannot-tell",
      "holds",
      "holds",
      "holds",
    ],
  ],
  ["attention-sums", [...Array(4).fill("definition"), ...Array(5).fill("holds")]],
  ["elman", [...Array(4).fill("definition"), ...Array(3).fill("convention")]],
  ["layers", [...Array(4).fill("definition"), "holds", "holds", "holds", "holds"]],
  ["layers-by-entries", [...Array(4).fill("definition"), "holds", "holds", "holds", "holds", "holds"]],
  ["layers-by-number", [...Array(7).fill("definition"), "holds", "holds", "holds"]],
  ["layers-mixed", [...Array(4).fill("definition"), "holds", "holds", "holds-under", "holds", "holds"]],
  [
    "layers-in-brackets",
    [...Array(4).fill("definition"), "holds", "holds", "wrong", "holds", "wrong", "holds", "holds", "holds"],
  ],
  ["layers-below", [...Array(6).fill("definition"), "holds", "wrong", "holds", "holds", "cannot-tell"]],
  [
    "kronecker",
    [
      ...Array(2).fill("definition"),
      ...Array(7).fill("holds"),
      ...["wrong", "wrong", "holds", "wrong", "holds", "wrong", "holds", "cannot-tell"],
      ...Array(4).fill("holds"),
    ],
  ],
  ["kronecker-forward", ["definition", "definition", "holds", "holds", "wrong"]],
  ["kronecker-numbers", ["definition", "definition", "holds", "holds", "holds", "holds", "wrong"]],
  [
    "rows-and-columns",
    [
      ...Array(4).fill("definition"),
      ...Array(5).fill("holds"),
      ...["cannot-tell", "holds", "holds", "cannot-tell", "wrong", "holds", "unreadable", "holds"],
    ],
  ],
  [
    "embedding-rows",
    [...Array(4).fill("definition"), "convention", "convention", "convention", "wrong", "convention", "convention"],
  ],
  ["momentum", ["definition", "definition", "holds", ...Array(7).fill("definition")]],
  ["adam", [...Array(11).fill("definition"), "cannot-tell", ...Array(7).fill("definition")]],
  ["chosen-later", ["definition", "definition", "holds", "holds", "cannot-tell", "wrong"]],
  ["chosen-samples", ["definition", "definition", "definition", "holds", "holds", "wrong"]],
  ["bptt", ["definition", "definition", "definition", "convention", "wrong", "wrong", "wrong"]],
])("%s", async (name, outcomes) => {
  expect(await outcomesOf(read(name))).toEqual(outcomes);
});

test.each([
  ["gaussian-mle", String.raw`\frac{1}{n} \sum_{i=1}^n x_i`, String.raw`\sum_{i=1}^n x_i`, 3],
  ["gaussian-mle", String.raw`\hat{\sigma}^2 = \frac{1}{n}`, String.raw`\hat{\sigma}^2 = \frac{1}{2n}`, 6],
  ["two-layers-zh", String.raw`\hat{y} - y`, String.raw`y - \hat{y}`, 6],
  ["layers", String.raw`w^{l+1}_{kj}`, String.raw`w^{l}_{kj}`, 5],
  ["layers", String.raw`b^l_j} = \delta^l_j`, String.raw`b^l_j} = a^l_j \delta^l_j`, 6],
  ["layers", String.raw`a^{l-1}_k \delta^l_j`, String.raw`a^l_k \delta^l_j`, 7],
  ["layers-by-entries", String.raw`a^{l-1}_k \delta^l_j`, String.raw`a^{l-1}_j \delta^l_k`, 8],
  ["layers-by-number", String.raw`a^2_k\delta^3_j`, String.raw`a^2_j\delta^3_k`, 7],
  ["layers-by-number", String.raw`a^1_k\delta^2_j`, String.raw`a^2_k\delta^2_j`, 9],
  ["rows-and-columns", String.raw`W_{i,:}} = \delta_i x^T`, String.raw`W_{i,:}} = -\delta_i x^T`, 5],
  ["rows-and-columns", String.raw`W_{:,j}} = \delta x_j`, String.raw`W_{:,j}} = \delta y_j`, 4],
  ["softmax-rows", String.raw`X^T (P - Y)`, String.raw`X^T (Y - P)`, 4],
])("%s with %s spoiled to %s", async (name, from, to, at) => {
  const text = read(name);
  expect(text).toContain(from);
  expect((await outcomesOf(text.replace(from, () => to)))[at]).toBe("wrong");
});
