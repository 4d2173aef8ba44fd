// Published gradients inside systems: each, put in the place of ours, passes the exact check, and its opposite does not.
import { describe, expect, test } from "vitest";
import type { Derivation, Piece } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import { checkDerivation } from "../../src/exact/derivation.ts";
import { domain, intersect } from "../../src/expr/domain.ts";
import type { Node } from "../../src/expr/node.ts";
import { minus, plus } from "../../src/expr/polynomial.ts";
import type { System } from "../../src/expr/system.ts";
import { readNote } from "../../src/note/read.ts";
import { readTerm } from "../../src/term/read.ts";
import cases from "./graph.json" with { type: "json" };

type Case = (typeof cases)[number];

/** The case as a note: declarations in a sentence, one display for each equation. */
const noteOf = ({ definitions, shapes }: Case): string => {
  const declared = Object.entries(shapes).map(([name, shape]) => {
    const sizes = shape.filter(size => size !== "1");
    return sizes.length === 0 ? `$${name}$ is a scalar` : `$${name} \\in \\mathbb{R}^{${sizes.join(" \\times ")}}$`;
  });
  return `Let ${declared.join(", ")}.\n\nFP:\n\n${definitions.map(line => `$$${line}$$`).join("\n\n")}\n`;
};

const systemOf = async (row: Case): Promise<System> => {
  const note = await readNote(noteOf(row));
  expect(note.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return note.systems[0] as System;
};

const termIn = (text: string, { symbols, functions }: System): Node =>
  readTerm(text, { symbols: new Map([...symbols].map(([name, entry]) => [name, entry.node])), functions });

/** The derivation with another value for the pieces of a gradient on the range that the case speaks of. */
const withValue = (derivation: Derivation, row: Case, value: Node): { derivation: Derivation; replaced: number } => {
  const family = row.wrt
    .replace(/_\{t\}$/u, "")
    .replace(/[{}()^]/gu, "")
    .replace(/^([A-Z])(\d)$/u, "$1_$2");
  let replaced = 0;
  const inner = "t" in row.where && (row.where as { t: readonly string[] }).t[1] === "T-1";
  const change = (piece: Piece): readonly Piece[] => {
    if (inner ? piece.part === "boundary" || piece.part === "initial" : piece.part === "initial") return [piece];
    replaced += 1;
    const own: Piece = { ...piece, contributions: [], value, steps: [] };
    if (!inner || piece.part === "interior") return [own];
    // The answer holds before T only; at T ours stays.
    const before = minus("T", plus("t", 1));
    return [
      { ...own, over: intersect(piece.over, domain([before])) },
      { ...piece, over: intersect(piece.over, domain([minus("t", "T")])), contributions: [], steps: [] },
    ];
  };
  const gradients = derivation.gradients.map(gradient => {
    const { wrt } = gradient;
    const name = wrt.kind === "at" ? wrt.of.name : wrt.name;
    return name === family ? { ...gradient, closedForms: [], pieces: gradient.pieces.flatMap(change) } : gradient;
  });
  return { derivation: { ...derivation, gradients }, replaced };
};

describe.each(cases.map(row => [row.id, row] as const))("%s", (_, row) => {
  test("the published answer holds, and its opposite does not", async () => {
    const system = await systemOf(row);
    const derivation = derive(system);
    expect(checkDerivation(derivation).verdict).toBe("agrees");
    const expected = withValue(derivation, row, termIn(row.expected, derivation.system));
    expect(expected.replaced).toBeGreaterThan(0);
    expect(checkDerivation(expected.derivation)).toMatchObject({ verdict: "agrees" });
    const opposite = withValue(derivation, row, termIn(`-(${row.expected})`, derivation.system));
    expect(checkDerivation(opposite.derivation).verdict).toBe("disagrees");
  });
});
