import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Span } from "../../base/source.ts";
import type { Draft } from "./sections.ts";

export interface TexNote {
  readonly drafts: readonly Draft[];
  readonly diagnostics: readonly Diagnostic[];
}

export const readTex = (_text: string, _definitions: readonly Span[]): TexNote => ({ drafts: [], diagnostics: [] });
