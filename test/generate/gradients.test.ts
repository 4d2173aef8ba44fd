import { describe, expect, test } from "vitest";
import { codeOf, fill, load, typeErrors } from "./model.ts";
import { SYSTEMS } from "./systems.ts";

describe.each(SYSTEMS.map(system => [system.name, system] as const))("%s", (_, { text, functions, sizes, range }) => {
  const code = codeOf(text, functions ? { functions } : {});
  const create = load(code);

  test.each(sizes.map(dims => [JSON.stringify(dims), dims] as const))(
    "every gradient entry at %s agrees with differences",
    (_, dims) => {
      const model = create(dims);
      fill(model, 7, range);
      const report = model.check({ rtol: 1e-5, atol: 1e-7 });
      expect(report.failures).toEqual([]);
      expect(report.entries).toBeGreaterThan(0);
      expect(Number.isFinite(model.loss)).toBe(true);
      const some = Object.values(model.gradients).some(array => array.some(entry => entry !== 0));
      expect(some).toBe(true);
    },
  );

  test("a second step gives the same numbers", () => {
    const model = create(sizes[0] ?? {});
    fill(model, 3, range);
    const numbers = (): unknown => {
      model.forward();
      model.backward();
      return JSON.stringify([model.loss, model.values, model.gradients]);
    };
    const first = numbers();
    expect(numbers()).toBe(first);
  });

  test("generating it again gives the same text", () => {
    expect(codeOf(text, functions ? { functions } : {})).toBe(code);
  });
});

test("the code of every system is strict", () => {
  const errors = SYSTEMS.filter((_, i) => i % 3 === 0).flatMap(({ text, functions, name }) =>
    typeErrors(codeOf(text, functions ? { functions } : {})).map(error => `${name} ${error}`),
  );
  expect(errors).toEqual([]);
});
