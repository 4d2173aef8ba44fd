// Findings as SARIF: what the published schema requires of each object, positions and fixes.
import { beforeAll, expect, test } from "vitest";
import { check, type ReportedNote, readNote, reportSarif } from "../../src/index.ts";
import { violations } from "../document/schema.ts";
import { NOTE } from "./notes.ts";

const message = { type: "object", required: ["text"], properties: { text: { type: "string", minLength: 1 } } };
const region = {
  type: "object",
  required: ["startLine", "startColumn", "endLine", "endColumn"],
  properties: Object.fromEntries(
    ["startLine", "startColumn", "endLine", "endColumn"].map(name => [name, { type: "integer", minimum: 1 }]),
  ),
};
const artifactLocation = { type: "object", required: ["uri"], properties: { uri: { type: "string", minLength: 1 } } };
const level = { enum: ["none", "note", "warning", "error"] };

/** The required fields, types and vocabularies of sarif-schema-2.1.0.json (OASIS), of the objects that are written. */
const SCHEMA = {
  type: "object",
  required: ["version", "runs"],
  properties: {
    version: { const: "2.1.0" },
    runs: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["tool", "results"],
        properties: {
          tool: {
            type: "object",
            required: ["driver"],
            properties: {
              driver: {
                type: "object",
                required: ["name"],
                properties: {
                  name: { type: "string", minLength: 1 },
                  rules: {
                    type: "array",
                    items: {
                      type: "object",
                      required: ["id"],
                      properties: { id: { type: "string" }, shortDescription: message, fullDescription: message },
                    },
                  },
                },
              },
            },
          },
          columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
          artifacts: {
            type: "array",
            items: { type: "object", required: ["location"], properties: { location: artifactLocation } },
          },
          results: {
            type: "array",
            items: {
              type: "object",
              required: ["message", "ruleId", "ruleIndex", "level", "locations"],
              properties: {
                message,
                level,
                ruleIndex: { type: "integer", minimum: 0 },
                locations: {
                  type: "array",
                  minItems: 1,
                  items: {
                    type: "object",
                    required: ["physicalLocation"],
                    properties: {
                      physicalLocation: {
                        type: "object",
                        required: ["artifactLocation", "region"],
                        properties: { artifactLocation, region },
                      },
                    },
                  },
                },
                fixes: {
                  type: "array",
                  items: {
                    type: "object",
                    required: ["artifactChanges"],
                    properties: {
                      artifactChanges: {
                        type: "array",
                        minItems: 1,
                        items: {
                          type: "object",
                          required: ["artifactLocation", "replacements"],
                          properties: {
                            replacements: {
                              type: "array",
                              minItems: 1,
                              items: {
                                type: "object",
                                required: ["deletedRegion"],
                                properties: { deletedRegion: region },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: { readonly region: Region & { readonly snippet: { readonly text: string } } };
  }[];
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly replacements: readonly {
        readonly deletedRegion: Region;
        readonly insertedContent: { readonly text: string };
      }[];
    }[];
  }[];
}
interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endColumn: number;
}
interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly Result[];
    },
  ];
}

let notes: readonly ReportedNote[];
const log = (): Log => JSON.parse(JSON.stringify(reportSarif(notes, { version: "1.2.3" })));

beforeAll(async () => {
  const report = await check(await readNote(NOTE));
  notes = [
    { name: "notes/a b.md", text: NOTE, report },
    { name: "/notes/ü.md", text: NOTE, report },
  ];
});

test("has what the standard requires", () => {
  expect(violations(log(), SCHEMA)).toEqual([]);
  const { tool, results } = log().runs[0];
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
});

test("the structure notices a missing message and a level that is none", () => {
  const [run] = log().runs;
  const [first] = run.results;
  const { message: _, ...without } = first as Result;
  expect(violations({ ...log(), runs: [{ ...run, results: [without] }] }, SCHEMA)).not.toEqual([]);
  expect(violations({ ...log(), runs: [{ ...run, results: [{ ...first, level: "fatal" }] }] }, SCHEMA)).not.toEqual([]);
});

test("levels follow the verdicts, and right equations have no result", () => {
  const found = log().runs[0].results.map(({ ruleId, level: own }) => [ruleId, own]);
  const once = [
    ["V004", "error"],
    ["V004", "error"],
    ["V014", "warning"],
  ];
  expect(found.filter(([code]) => code?.startsWith("V"))).not.toEqual([]);
  for (const [code, own] of found) if (code === "V004") expect(own).toBe("error");
  for (const [code, own] of found) if (code === "V014") expect(own).toBe("warning");
  expect(found.length % 2).toBe(0);
  expect(found.slice(0, 2)).toEqual(once.slice(0, 2));
});

test("regions are the places in the text, and a fix replaces just that", () => {
  const lines = NOTE.split("\n");
  const fixed: string[] = [];
  for (const { locations, fixes } of log().runs[0].results) {
    const { startLine, startColumn, endColumn, snippet } = (locations[0] as (typeof locations)[0]).physicalLocation
      .region;
    expect(lines[startLine - 1]?.slice(startColumn - 1, endColumn - 1)).toBe(snippet.text);
    for (const fix of fixes ?? [])
      for (const { replacements } of fix.artifactChanges)
        for (const { deletedRegion: at, insertedContent } of replacements) {
          const line = lines[at.startLine - 1] ?? "";
          fixed.push(`${line.slice(0, at.startColumn - 1)}${insertedContent.text}${line.slice(at.endColumn - 1)}`);
        }
  }
  expect(fixed[0]).toBe(String.raw`$$\frac{\partial L}{\partial z} = 2 z = 2 z$$`);
});

test("paths are URIs", () => {
  expect(JSON.stringify(log())).toContain('"uri":"notes/a%20b.md"');
  expect(JSON.stringify(log())).toContain('"uri":"file:///notes/%C3%BC.md"');
});

test("messages hold no placeholder", () => {
  for (const { message: own } of log().runs[0].results) expect(own.text).not.toMatch(/(?<!\{)\{\d+\}(?!\})/u);
});

test.each(["en", "zh"] as const)("why an equation cannot be read is said once, in %s too", async language => {
  const text = "$$z = W x$$\n\n$$L = \\|z\\|^2$$\n\n## Backward\n\n$$\\frac{\\partial L}{\\partial z} = 2 z +$$\n";
  const report = await check(await readNote(text), { language });
  const { results } = JSON.parse(JSON.stringify(reportSarif([{ name: "a.md", text, report }], { version: "1" })))
    .runs[0];
  expect(report.equations.at(-1)?.verdict).toBe("unreadable");
  expect(results.filter((each: { level: string }) => each.level !== "note")).toHaveLength(1);
});
