/** Reads a note: text to typed systems, with everything that was inferred and everything that is wrong. */
import { type Diagnostic, DiagnosticError } from "../base/diagnostic.ts";
import type { System } from "../expr/system.ts";
import type { FrontMatter, Layout, Notation } from "./blocks/frontmatter.ts";
import { readBlocks } from "./blocks/read.ts";
import { assemble } from "./assemble.ts";
import { explain } from "./explain.ts";
import { settingsOf } from "./front.ts";
import { gather, type SystemText } from "./gather.ts";
import type { Family } from "./names.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { reportOf, type SystemReport } from "./report.ts";
import type { Claim } from "./statements.ts";
import { typeSystem } from "./typing.ts";

export interface ReadNoteOptions {
  readonly format?: "md" | "tex";
  /** Reads only this system. */
  readonly system?: string;
}

/** What one part of a note was read as; `system` is absent where diagnostics say why. */
export interface NoteSystem {
  readonly name: string;
  readonly system?: System;
  readonly report?: SystemReport;
  /** Equations that the forward pass does not rest on, unread. */
  readonly claims: readonly Claim[];
}

export interface ReadNote {
  /** The systems that could be read, in the order of the note. */
  readonly systems: readonly System[];
  readonly parts: readonly NoteSystem[];
  readonly diagnostics: readonly Diagnostic[];
  readonly layout: Layout;
  readonly notation: Notation;
  readonly language: "en" | "zh";
}

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some(diagnostic => diagnostic.severity === "error");

interface Part {
  readonly part: NoteSystem;
  readonly diagnostics: readonly Diagnostic[];
}

const readPart = (text: SystemText, front: FrontMatter | null, note: string): Part => {
  const settings = settingsOf(front, text.name);
  const diagnostics: Diagnostic[] = [...settings.diagnostics];
  const fail = (claims: readonly Claim[]): Part => ({ part: { name: text.name, claims }, diagnostics });
  const claims: Claim[] = [...text.statements.claims];
  try {
    const prepared = prepare({ ...text, remarks: [...settings.remarks, ...text.remarks] }, settings.shapes);
    diagnostics.push(...prepared.diagnostics);
    for (const later of prepared.later) {
      claims.push({ system: text.name, span: later.span, continues: false, definition: later });
    }
    if (prepared.equations.length === 0) {
      return fail(claims);
    }
    const find = (named: { name: Parameters<Prepared["names"]["resolve"]>[0]; entry: { span: Diagnostic["spans"][number]["span"]; value: string } }): Family | undefined => {
      const found = prepared.names.resolve(named.name)?.family;
      const exists = found && prepared.names.occurs(found.base);
      if (!exists) {
        diagnostics.push({ code: "N012", severity: "error", message: `${named.entry.value} does not occur in the equations`, spans: [{ span: named.entry.span, label: "named here" }] });
      }
      return exists ? found : undefined;
    };
    const objective = settings.objective ? find(settings.objective) : undefined;
    const parameters = settings.parameters ? new Set(settings.parameters.flatMap(each => find(each) ?? [])) : undefined;
    const options = objective ? { objective: objective.key } : {};
    const result = typeSystem(prepared, options);
    if (!result.ok) {
      diagnostics.push(...explain(result.failure, options, note));
      return fail(claims);
    }
    diagnostics.push(...result.unread);
    if (hasErrors(diagnostics)) return fail(claims);
    const { typing } = result;
    const tie = explain({ kind: "tie", typing }, options, note);
    if (tie.length > 0) {
      diagnostics.push(...tie);
      return fail(claims);
    }
    const assembled = assemble(text.name, typing, { ...(objective ? { objective } : {}), ...(parameters ? { parameters } : {}) });
    return { part: { name: text.name, system: assembled.system, report: reportOf(typing, assembled), claims }, diagnostics };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    diagnostics.push(error.diagnostic);
    return fail(claims);
  }
};

const byPlace = (a: Diagnostic, b: Diagnostic): number => (a.spans[0]?.span.start ?? 0) - (b.spans[0]?.span.start ?? 0);

/**
 * Reads a note's forward equations as typed systems, one for each heading that has any. Mistakes in the note are
 * diagnostics; a part with an error yields no system. Claims (equations about derivatives, later definitions) are
 * handed over unread and never influence how the forward equations are read.
 *
 * Shapes: declared ones are hard; the rest follows from the operations, then from the letters by fixed costs.
 */
export const readNote = async (text: string, options: ReadNoteOptions = {}): Promise<ReadNote> => {
  const blocks = await readBlocks(text, options.format ?? "md");
  const gathered = gather(blocks);
  const diagnostics: Diagnostic[] = [...blocks.diagnostics, ...gathered.diagnostics];
  const parts: NoteSystem[] = [];
  const wanted = gathered.systems.filter(system => options.system === undefined || system.name === options.system);
  for (const system of wanted) {
    const { part, diagnostics: found } = readPart(system, blocks.frontMatter, text);
    parts.push(part);
    diagnostics.push(...found);
  }
  const systems = parts.flatMap(part => part.system ?? []);
  if (systems.length === 0 && !hasErrors(diagnostics)) {
    diagnostics.push({
      code: "N014", severity: "error", message: "no forward equations were found",
      spans: [{ span: { start: 0, end: Math.min(1, text.length) }, label: "nothing here defines a name" }], help: "A definition is a formula such as $z = W x$.",
    });
  }
  const front = blocks.frontMatter;
  return {
    systems, parts, diagnostics: diagnostics.toSorted(byPlace),
    layout: front?.layout ?? "denominator", notation: front?.notation ?? "prod", language: front?.language ?? "en",
  };
};
