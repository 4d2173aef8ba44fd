/** Failures of typing in words: what differs, where it was declared, and a suggestion that was tried. */
import type { Diagnostic, LabelledSpan } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { normalShape } from "../expr/node.ts";
import { describeShape } from "../shape/signature.ts";
import type { DeclaredShape } from "./declared.ts";
import type { Draft, OperationDraft } from "./draft.ts";
import type { Family } from "./names.ts";
import type { Prepared } from "./prepare.ts";
import type { Reading } from "./readings.ts";
import { showExtent } from "./showextent.ts";
import type { Extent } from "./sizes.ts";
import { suggestEdit } from "./suggest.ts";
import { type Failure, type Stuck, type TypedEquation, type Typing, type TypingOptions, typeSystem } from "./typing.ts";

const declarationOf = ({ declared }: Prepared, family: Family): DeclaredShape | undefined =>
  declared.find(shape => shape.family === family);

const declaredHere = (prepared: Prepared, families: readonly Family[]): readonly LabelledSpan[] =>
  [...new Set(families)].flatMap(family => {
    const shape = declarationOf(prepared, family);
    return shape ? [{ span: shape.span, label: "is declared here" }] : [];
  });

/** The names that an argument consists of, if it is a name or a product of few. */
const familiesIn = (equation: TypedEquation, span: Span): readonly Family[] =>
  equation.reads.filter(read => read.span.start >= span.start && read.span.end <= span.end).map(read => read.family);

/** Names whose declaration, left out, makes everything consistent. */
const wrongDeclaration = (
  prepared: Prepared,
  options: TypingOptions,
): { readonly shape: DeclaredShape; readonly fits: string } | undefined => {
  const found: { shape: DeclaredShape; fits: string }[] = [];
  for (const shape of prepared.declared) {
    const result = typeSystem(prepared, { ...options, trials: 20_000, without: new Set([shape.family]) });
    if (!result.ok) continue;
    const extent = result.typing.extents.get(shape.family);
    if (extent) found.push({ shape, fits: showExtent(result.typing.sizes, extent) });
    if (found.length > 1) return undefined;
  }
  return found[0];
};

const innerSizes = (reading: Reading | undefined): boolean => {
  const [a, b] = reading?.args ?? [];
  return a?.kind === "tensor" && b?.kind === "tensor" && a.columns.key === b.rows.key && a.rows.key !== a.columns.key;
};

const sameShapes = (reading: Reading | undefined): boolean => {
  const [a, b] = reading?.args ?? [];
  return a?.kind === "tensor" && b?.kind === "tensor" && a.rows.key === b.rows.key && a.columns.key === b.columns.key;
};

const explainOperation = (
  draft: OperationDraft,
  equation: TypedEquation,
  { drafts, sizes, prepared }: Stuck,
  options: TypingOptions,
  text: string,
): Diagnostic => {
  const [first] = draft.options;
  const args: readonly Draft[] = (first?.args ?? []).map(arg => drafts.at(arg));
  const shapes = args.map(arg => showExtent(sizes, arg.extent));
  const [left, right] = args;
  let message = `this does not fit: ${shapes.join(" and ")}`;
  if (left && right && innerSizes(first?.reading)) {
    const [inner, outer] = [sizes.known(left.extent.columns), sizes.known(right.extent.rows)];
    message =
      inner && outer && inner.key !== outer.key
        ? `the inner sizes of this product differ: ${inner.key} and ${outer.key}`
        : `this product does not fit what it is used for: ${shapes.join(" and ")}`;
  } else if (left && right && sameShapes(first?.reading))
    message = `the two sides of ${draft.spelling} differ in shape: ${shapes.join(" and ")}`;
  if (draft.spelling === "^")
    message = `there is no such power of ${shapes[0] === "a scalar" ? "a scalar" : `an array of size ${shapes[0]}`}`;
  const families = args.flatMap(arg => familiesIn(equation, arg.span));
  const spans: LabelledSpan[] = args.map((arg, i) => ({ span: arg.span, label: shapes[i] as string }));
  return {
    code: "S002",
    severity: "error",
    message,
    spans: [...(spans.length > 0 ? spans : [{ span: draft.span, label: "here" }]), ...declaredHere(prepared, families)],
    ...(draft.spelling === "^"
      ? { help: "Exponents of matrices are whole numbers from 0 on; inverses are not read yet." }
      : helpOf(
          prepared,
          equation,
          args.map(arg => arg.span),
          draft.span,
          options,
          text,
        )),
  };
};

const helpOf = (
  prepared: Prepared,
  equation: TypedEquation,
  parts: readonly Span[],
  whole: Span,
  options: TypingOptions,
  text: string,
): { readonly help?: string } => {
  const edit = suggestEdit(prepared, equation, parts, whole, options, text);
  if (edit !== undefined) return { help: edit };
  const wrong = wrongDeclaration(prepared, options);
  return wrong ? { help: `everything fits if ${wrong.shape.family.latex} is ${wrong.fits}` } : {};
};

const explainEquation = (
  equation: TypedEquation,
  { drafts, sizes, prepared, extents }: Stuck,
  options: TypingOptions,
  text: string,
): Diagnostic => {
  const own = extents.get(equation.family) as Extent;
  const root = drafts.at(equation.root);
  const [l, r] = [showExtent(sizes, own), showExtent(sizes, root.extent)];
  const families = [equation.family, ...familiesIn(equation, equation.right.span)];
  return {
    code: "S001",
    severity: "error",
    message: `the two sides of this equation differ in shape: ${l} and ${r}`,
    spans: [
      { span: equation.left.span, label: l },
      { span: equation.right.span, label: r },
      ...declaredHere(prepared, families),
    ],
    ...helpOf(prepared, equation, [equation.right.span], equation.right.span, options, text),
  };
};

const same = (a: number | undefined, b: number | undefined): boolean => a === b;

/** A tie between readings that mean different things is a question. */
const explainTie = ({ drafts, solution, ties, ranks, sizes, extents }: Typing): readonly Diagnostic[] => {
  for (const tie of ties) {
    for (const draft of drafts.all) {
      if (draft.kind !== "operation" && draft.kind !== "grouping") continue;
      const [a, b] = [solution.taken[draft.choice], tie.taken[draft.choice]];
      if (same(a, b) || a === undefined || b === undefined) continue;
      const say = (taken: number): string =>
        draft.kind === "grouping"
          ? taken === 0
            ? "from left to right"
            : "with what stands side by side first"
          : (draft.options[taken]?.reading.say ?? "").replace(/\.$/u, "");
      if (say(a) === say(b)) continue;
      return [
        {
          code: "S004",
          severity: "error",
          message: "this can be read in two ways",
          spans: [{ span: draft.span, label: `${say(a)}? or: ${say(b)}?` }],
          help:
            draft.kind === "grouping"
              ? "Set brackets."
              : draft.options[a]?.reading.axis
                ? 'Say it in words ("row-wise", "of each column") or by the name: \\operatorname{softmax}_{row}.'
                : "Declare the shapes of the names in it.",
        },
      ];
    }
    for (const family of ranks.keys()) {
      const choice = [...drafts.choices.keys()].find(
        at => drafts.draftOfChoice[at] === undefined && drafts.familyOfChoice.get(at) === family,
      );
      if (choice === undefined || same(solution.taken[choice], tie.taken[choice])) continue;
      const kinds = ["a scalar", "a column", "a row", "a matrix"];
      return [
        {
          code: "S004",
          severity: "error",
          message: `${family.latex} can be ${kinds[solution.taken[choice] as number]} or ${kinds[tie.taken[choice] as number]}`,
          spans: [{ span: family.span, label: showExtent(sizes, extents.get(family) as Extent) }],
          help: `Declare its shape, such as $${family.latex} \\in \\mathbb{R}^{n}$.`,
        },
      ];
    }
  }
  return [];
};

/** Puts a failure into words. `text` is the note. */
export const explain = (
  failure: Failure | { readonly kind: "tie"; readonly typing: Typing },
  options: TypingOptions,
  text: string,
): readonly Diagnostic[] => {
  switch (failure.kind) {
    case "tie":
      return explainTie(failure.typing);
    case "unreadable":
      return failure.diagnostics;
    case "operation":
      return [explainOperation(failure.draft, failure.equation, failure.typing, options, text)];
    case "equation":
      return [explainEquation(failure.equation, failure.typing, options, text)];
    case "declarations": {
      const show = ({ rows, columns }: DeclaredShape): string => describeShape(normalShape([rows, columns]));
      return [
        {
          code: "S003",
          severity: "error",
          message: `${failure.second.family.latex} is declared twice, as ${show(failure.first)} and as ${show(failure.second)}`,
          spans: [
            { span: failure.second.span, label: show(failure.second) },
            { span: failure.first.span, label: show(failure.first) },
          ],
          help: "Correct one of the two.",
        },
      ];
    }
    case "exhausted":
      return [
        {
          code: "B001",
          severity: "error",
          message: "the shapes of this system take too long to be found",
          spans: [{ span: failure.span, label: "given up" }],
          help: "Declare more shapes.",
        },
      ];
    case "inconsistent": {
      const span = failure.equation?.span ?? { start: 0, end: 1 };
      return [
        {
          code: "S005",
          severity: "error",
          message: "the shapes in this equation do not go together with those before it",
          spans: [{ span, label: "no consistent shapes" }],
          ...(failure.equation
            ? helpOf(
                failure.typing.prepared,
                failure.equation,
                [failure.equation.right.span],
                failure.equation.right.span,
                options,
                text,
              )
            : {}),
        },
      ];
    }
  }
};
