import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { filesUnder } from "../../scripts/files.ts";
import { readNote } from "../../src/note/read.ts";
import { codeOf, fill, load } from "./model.ts";

/** Any loss of any arguments: the sum of sines of all entries, each a little apart from the one before. */
const LOSS = new Proxy(
  {},
  {
    get: (_, face: string) => {
      if (face === "value")
        return (...args: Float64Array[]) =>
          args.flatMap(arg => [...arg]).reduce((sum, x, i) => sum + Math.sin(x + i), 0);
      return (...given: Float64Array[]) => {
        const out = given.pop() as Float64Array;
        const before = given
          .slice(0, Number(face.slice("gradient".length)) - 1)
          .reduce((sum, arg) => sum + arg.length, 0);
        const own = given[Number(face.slice("gradient".length)) - 1] as Float64Array;
        for (let i = 0; i < out.length; i++) out[i] = Math.cos((own[i] as number) + before + i);
      };
    },
  },
);
const GIVEN = new Proxy({}, { get: () => LOSS });

const NOTES = [...filesUnder("test/notes"), ...filesUnder("derivations")].filter(
  path =>
    // Notes with an annotated copy are there to be judged.
    (path.endsWith("/note.md") && !existsSync(path.replace(/\.md$/u, ".check.html"))) ||
    (path.startsWith("test/notes/") && path.endsWith(".md")),
);

describe.each(NOTES)("%s", async path => {
  const { systems, diagnostics } = await readNote(readFileSync(path, "utf8"));

  test("is read without an error", () => {
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(systems.length).toBeGreaterThan(0);
  });

  test.each(systems.map(system => [system.name, system] as const))(
    "%s: generated gradients agree with differences",
    (_, system) => {
      const open = [...system.functions.values()].filter(
        ({ kind, definition }) => kind === "elementwise" && !definition,
      );
      const functions = Object.fromEntries(open.map(({ name }) => [name, "tanh"]));
      const create = load(codeOf(system, { functions }));
      for (const horizon of [1, 2, 5]) {
        let next = 2;
        const sizes = [...system.sizes.values()].map(
          ({ name, latex, role, least }) =>
            [name, latex, role === "horizon" ? Math.max(horizon, least) : next++] as const,
        );
        // The code asks for sizes by the words of their LaTeX, which for one-letter sizes are their names.
        const model = create(
          Object.fromEntries(
            sizes.flatMap(([name, latex, size]) => [
              [name, size],
              [latex, size],
            ]),
          ),
          GIVEN,
        );
        fill(model, horizon);
        // Logarithms want positive numbers.
        if (!Number.isFinite(model.forward())) fill(model, horizon, [0.1, 0.9]);
        const report = model.check({ rtol: 1e-5, atol: 1e-7 });
        expect(report.failures).toEqual([]);
        expect(report.entries).toBeGreaterThan(0);
      }
    },
  );
});
