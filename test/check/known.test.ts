// What the names of a note stand for.
import { expect, test } from "vitest";
import { type Court, courtFor } from "../../src/check/court.ts";
import { givenOf, isNumberOf, matricesOf, valuesOf } from "../../src/check/known.ts";
import { chainsOf } from "../../src/note/claims/chains.ts";
import { readNote } from "../../src/note/read.ts";
import type { Syntax } from "../../src/parse/syntax.ts";

const FORWARD = String.raw`$X \in \mathbb{R}^{n \times d}$ is the input, $w \in \mathbb{R}^{d}$ and $C \in \mathbb{R}^{d \times d}$ are parameters. $y_i$ and $b$
are scalars, $i = 1, \ldots, n$.

$$z = X C w$$

$$D = 2 C$$

$$q_i = b y_i$$

$$L = \frac{1}{2} \|z\|^2 + \sum_{i=1}^n q_i^2 + \mathrm{tr}(D)$$`;

const NAMES = ["X", "w", "C", "b", "z", "D", "L", "y_i", "q_i", "w_1", "w^2", "y_i^2", "k", "k_i"];

/** The names of which something is so. */
const which = async (isSo: (court: Court, name: Syntax) => boolean): Promise<readonly string[]> => {
  const note = await readNote(`${FORWARD}\n\n## Backward pass\n\n${NAMES.map(name => `$$${name} = 0$$\n`).join("\n")}`);
  const [part] = note.parts;
  if (!part?.forward) throw new Error("the note is no system");
  const chains = chainsOf(part.definitions, part.claims);
  const court = courtFor(note.text, part.forward, part.definitions, chains, { damaged: false, language: "en" });
  const names = chains.slice(-NAMES.length).map(({ members }) => members[0] as Syntax);
  return NAMES.filter((_, i) => isSo(court, names[i] as Syntax));
};

test("given is what no equation defines, as a whole", async () => {
  expect(await which((court, name) => givenOf(court, name) !== undefined)).toEqual(["X", "w", "C", "b"]);
});

test("members of families of numbers are numbers", async () => {
  expect(await which(isNumberOf)).toEqual(["y_i", "q_i"]);
});

test("the best value is one of a parameter, if nothing else is asked for", async () => {
  expect(await which((court, name) => valuesOf(court).isGiven(name))).toEqual(["w", "C", "b"]);
  expect(await which((court, name) => valuesOf(court, givenOf).isGiven(name))).toEqual(["X", "w", "C", "b"]);
});

test("values are known by whole names, with their indices and nothing else", async () => {
  const known = ["X", "w", "C", "b", "z", "D", "L", "y_i", "q_i"];
  expect(await which((court, name) => valuesOf(court).isKnown(name))).toEqual(known);
});

test("samples are taken from matrices that are given", async () => {
  expect(await which((court, name) => matricesOf(court).isMatrix(name))).toEqual(["X", "C"]);
  const known = await which((court, name) => matricesOf(court).isKnown(name));
  expect(known).toContain("w_1");
  expect(known).not.toContain("w^2");
  expect(known).not.toContain("k_i");
});
