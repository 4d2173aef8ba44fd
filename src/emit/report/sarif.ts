/** Findings as SARIF 2.1.0 (OASIS standard, Static Analysis Results Interchange Format). */
import { CATALOGUE } from "../../base/catalogue.ts";
import { type Finding, findingsOf, type ReportedNote, regionOf, sourceOf } from "./finding.ts";
import { replacementOf } from "./mended.ts";
import { plainFormula } from "./plain.ts";

/** A path as a URI reference: relative ones stay relative. */
const uriOf = (name: string): string => {
  const path = name.replaceAll("\\", "/");
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${encoded}` : /^[A-Za-z]:\//u.test(path) ? `file:///${encoded}` : encoded;
};

/** The plain text of a message: braces and brackets mean placeholders and links there. */
const messageText = (text: string): string =>
  text
    .replaceAll("\\", "\\\\")
    .replaceAll("[", "\\[")
    .replaceAll("]", "\\]")
    .replaceAll("{", "{{")
    .replaceAll("}", "}}");

const ruleOf = (code: Finding["code"], level: Finding["level"]) => ({
  id: code,
  shortDescription: { text: messageText(plainFormula(CATALOGUE[code].title)) },
  fullDescription: { text: messageText(plainFormula(CATALOGUE[code].explanation)) },
  help: { text: messageText(plainFormula(CATALOGUE[code].explanation)) },
  defaultConfiguration: { level },
});

const fixOf = (note: ReportedNote, { equation, span }: Finding, artifact: object) => {
  const text = equation && replacementOf(equation);
  if (!equation || text === undefined) return [];
  return [
    {
      description: { text: messageText(equation.mended?.edit ?? "the mended form") },
      artifactChanges: [
        {
          artifactLocation: artifact,
          replacements: [{ deletedRegion: regionOf(sourceOf(note), span), insertedContent: { text } }],
        },
      ],
    },
  ];
};

export interface SarifOptions {
  /** The version of the program that is named. */
  readonly version: string;
}

/** One run over all notes. Equations that are right have no result. */
export const sarifReport = (notes: readonly ReportedNote[], { version }: SarifOptions): object => {
  const found = notes.map(note => findingsOf(note));
  const levels = new Map(found.flat().map(({ code, level }) => [code, level]));
  const rules = [...levels].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const results = notes.flatMap((note, index) => {
    const source = sourceOf(note);
    const artifact = { uri: uriOf(note.name), index };
    return (found[index] ?? []).map(finding => {
      const { code, level, verdict, id, message, span, equation } = finding;
      const fixes = fixOf(note, finding, artifact);
      return {
        ruleId: code,
        ruleIndex: rules.findIndex(([each]) => each === code),
        level,
        message: { text: messageText(message) },
        locations: [
          {
            physicalLocation: {
              artifactLocation: artifact,
              region: { ...regionOf(source, span), snippet: { text: source.slice(span) } },
            },
            ...(id === undefined ? {} : { logicalLocations: [{ name: id, fullyQualifiedName: id }] }),
          },
        ],
        ...(fixes.length > 0 ? { fixes } : {}),
        ...(equation ? { properties: { verdict, under: equation.under, readAs: equation.readAs } } : {}),
      };
    });
  });
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "gradnote", version, rules: rules.map(([code, level]) => ruleOf(code, level)) } },
        columnKind: "utf16CodeUnits",
        artifacts: notes.map(({ name }) => ({ location: { uri: uriOf(name) } })),
        results,
      },
    ],
  };
};
