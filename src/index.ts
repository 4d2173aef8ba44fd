/**
 * gradnote's public names. Mistakes in a note come back as diagnostics; an exception is a bug of ours.
 *
 *     const note = await readNote(text);
 *     const derived = derive(note.systems[0]);
 *     if (derived.ok) console.log(await toDocument([derived.value]));
 */
import type { Result } from "./base/diagnostic.ts";
import type { CheckedNote, CheckNoteOptions } from "./check/check.ts";
import type { CheckedDerivation } from "./derive/checked.ts";
import type { CheckedForward } from "./derive/forward/checked.ts";
import type { CheckedHessians, CheckedJacobians } from "./derive/higher.ts";
import type { Written } from "./emit/document/document.ts";
import type { JsonOptions } from "./emit/document/json.ts";
import type { CheckReport } from "./emit/document/sentences.ts";
import type { Fixed } from "./emit/report/fix.ts";
import type { AnnotateOptions } from "./emit/report/page/annotate.ts";
import type { Generated, GenerateOptions } from "./emit/typescript/generate.ts";
import type { Certificate } from "./exact/outcome.ts";
import type { System } from "./expr/system.ts";
import type { AdjointNotation, ProductHabit } from "./latex/names.ts";
import type { ReadNote, ReadNoteOptions } from "./note/read.ts";
import type { MathStyle } from "./render/style.ts";

export type { Diagnostic, LabelledSpan, Result } from "./base/diagnostic.ts";
export { type Position, Source, type Span } from "./base/source.ts";
export type { CheckedNote } from "./check/check.ts";
export { type EquationReport, levelOf, type Verdict } from "./check/verdict.ts";
export { type CheckedDerivation, deriveChecked as derive } from "./derive/checked.ts";
export { type CheckedForward, forwardChecked as deriveForward } from "./derive/forward/checked.ts";
export type { Sensitivity, SensitivityEquation } from "./derive/forward/sensitivity.ts";
export type { Contribution, Derivation, Gradient, Piece } from "./derive/gradient.ts";
export {
  type CheckedHessians,
  type CheckedJacobians,
  type DerivedMap,
  deriveHessians as hessian,
  deriveJacobian as jacobian,
} from "./derive/higher.ts";
export { certificatesOf as certificates } from "./emit/certificate/certificate.ts";
export type { ReportedNote } from "./emit/report/finding.ts";
export type { Fixed } from "./emit/report/fix.ts";
export { githubReport as reportGithub } from "./emit/report/github.ts";
export { reportJson } from "./emit/report/json.ts";
export type { AnnotateOptions } from "./emit/report/page/annotate.ts";
export { prettyReport as reportPretty } from "./emit/report/pretty.ts";
export { sarifReport as reportSarif } from "./emit/report/sarif.ts";
export type { Generated, GenerateOptions } from "./emit/typescript/generate.ts";
export type { Equation, FunctionEntry, SymbolEntry, System } from "./expr/system.ts";
export { contextOf, type LatexContext } from "./latex/names.ts";
export { toLatex } from "./latex/print.ts";
export type { ReadNote, ReadNoteOptions } from "./note/read.ts";
export type { Certificate } from "./replay/certificate.ts";
export { type Replayed, replay } from "./replay/replay.ts";

/**
 * Reads a note's forward equations as typed systems, one for each part of the note that has any, with everything that was
 * inferred and a diagnostic for everything that could not be read.
 */
export const readNote = async (text: string, options: ReadNoteOptions = {}): Promise<ReadNote> =>
  (await import("./note/read.ts")).readNote(text, options);

/**
 * A verdict for every equation of a note that `readNote` has read: right, right under an assumption, wrong with the edit
 * that mends it, undefined or unreadable. Each is judged with the true values of everything that it names.
 */
export const check = async (note: ReadNote, options: CheckNoteOptions = {}): Promise<CheckedNote> =>
  (await import("./check/check.ts")).checkNote(note, options);

/**
 * A copy of the note with misread letters repaired and wrong equations mended, as far as nothing can then be said against
 * them; everything else is as it was, byte for byte. `options` are those that the note was read with.
 */
export const fix = async (note: ReadNote, report: CheckedNote, options: ReadNoteOptions = {}): Promise<Fixed> =>
  (await import("./emit/report/fix.ts")).fixNote(note, report, options);

/**
 * A copy of the note as one HTML file, with the verdict of each equation, its reason, mended form and counterexample beside
 * it. Needs no script and makes no request; what stands in the note is text in it, never markup.
 */
export const toAnnotated = async (
  note: ReadNote,
  report: CheckedNote,
  options: AnnotateOptions = {},
): Promise<string> => (await import("./emit/report/page/annotate.ts")).annotate(note, report, options);

/** How a document is written. */
export interface ToDocumentOptions extends Omit<JsonOptions, "language"> {
  readonly format?: "md" | "html" | "tex" | "json";
  readonly language?: "en" | "zh";
  readonly notation?: AdjointNotation;
  /** How entry-by-entry products are written: the gradient last, with diagonal matrices, squares as powers. */
  readonly products?: readonly ProductHabit[];
  /** Gradients as columns for columns (denominator), or as rows with products reversed (numerator). */
  readonly layout?: "denominator" | "numerator";
  readonly title?: string;
  /** KaTeX's style sheet and fonts, for a page that needs nothing else; without it HTML carries MathML. */
  readonly style?: MathStyle;
}

/**
 * The document of one or several derivations, Hessians or Jacobians of a note: Markdown, HTML, LaTeX or JSON. Derivations of forward mode
 * make a document of their own kind; the two are not mixed.
 */
export const toDocument = async (
  derivations: readonly (CheckedDerivation | CheckedHessians | CheckedJacobians)[] | readonly CheckedForward[],
  options: ToDocumentOptions = {},
): Promise<string> => {
  const { format = "md", notation, products, layout, title, language, style, ...json } = options;
  const languageOption = language ? { language } : {};
  const forward = derivations.flatMap(derivation =>
    "parts" in derivation
      ? [{ forward: derivation, checked: reportOf(derivation.certificate, derivation.system) }]
      : [],
  );
  if (forward.length > 0) {
    if (format === "json")
      return (await import("./emit/document/sensitivities/json.ts")).writeForwardJson(forward, {
        ...json,
        ...languageOption,
      });
    const { writeDocument } = await import("./emit/document/document.ts");
    const { forwardDocumentOf } = await import("./emit/document/sensitivities/document.ts");
    return writeDocument(forwardDocumentOf(forward, { ...languageOption, ...(title ? { title } : {}) }), format, style);
  }
  const { inNumeratorLayout } = await import("./derive/numerator.ts");
  const systems = derivations.flatMap((derivation): readonly Written[] => {
    if ("parts" in derivation) return [];
    // Jacobians are in numerator layout as they are; second derivatives are written beside columns.
    const turned = layout === "numerator" && !("maps" in derivation) && !("gradient" in derivation);
    return [turned ? { ...written(inNumeratorLayout(derivation)), layout } : written(derivation)];
  });
  if (format === "json")
    return (await import("./emit/document/json.ts")).writeJson(systems, { ...json, ...languageOption });
  const { documentOf, writeDocument } = await import("./emit/document/document.ts");
  const document = documentOf(systems, {
    ...languageOption,
    ...(notation ? { notation } : {}),
    ...(products ? { products } : {}),
    ...(title ? { title } : {}),
  });
  return writeDocument(document, format, style);
};

const reportOf = ({ method, horizons, sizes, bound, signs }: Certificate, system: System): CheckReport => {
  const dimensions = sizes.map(assignment =>
    Object.entries(assignment).filter(([name]) => system.sizes.get(name)?.role !== "horizon"),
  );
  const range = [horizons[0] ?? 1, horizons.at(-1) ?? 1] as const;
  const tried = new Set(dimensions.map(entries => JSON.stringify(entries))).size;
  return { method, horizons: range, sizes: tried, bound, ...(signs === undefined ? {} : { signs }) };
};

const written = (derived: CheckedDerivation | CheckedHessians | CheckedJacobians): Written => {
  const { certificate, system } = derived;
  const checked = reportOf(certificate, system);
  if ("maps" in derived) return { jacobians: derived, checked };
  if (!("gradient" in derived)) return { derivation: derived, growth: derived.growth, checked };
  const { gradient } = derived;
  return { derivation: gradient, growth: gradient.growth, checked, second: derived };
};

/**
 * TypeScript for the forward pass, the loss and all gradients of a system, with its own gradient check. Sizes, horizon and
 * batch are arguments of the generated `create`.
 */
export const generate = async (
  derivation: CheckedDerivation,
  options: GenerateOptions & { readonly target?: "ts" } = {},
): Promise<Generated> => (await import("./emit/typescript/generate.ts")).generateTypeScript(derivation, options);

/** A derivation, or why there is none. */
export type Derived = Result<CheckedDerivation>;
