/** Failures of typing in words: what differs, where it was declared, and a suggestion that was tried. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Failure, Typing, TypingOptions } from "./typing.ts";

export const explain = (failure: Failure | { readonly kind: "tie"; readonly typing: Typing }, _options: TypingOptions): readonly Diagnostic[] => {
  if (failure.kind === "tie") return [];
  if (failure.kind === "unreadable") return failure.diagnostics;
  if (failure.kind === "operation") return [{ code: "S002", severity: "error", message: "does not fit", spans: [{ span: failure.draft.span, label: "here" }] }];
  if (failure.kind === "equation") return [{ code: "S001", severity: "error", message: "sides differ", spans: [{ span: failure.equation.span, label: "here" }] }];
  return [{ code: "S005", severity: "error", message: failure.kind, spans: [{ span: { start: 0, end: 1 }, label: "here" }] }];
};
