/** The one home of KaTeX: TeX in, HTML or a diagnostic out, never an exception. */
import katex from "katex";
import type { Diagnostic, Result } from "../base/diagnostic.ts";
import { failure, success } from "../base/diagnostic.ts";

/** Longer formulas and deeper groups are refused before KaTeX sees them: it overflows and swells. */
export const LIMITS = { characters: 20_000, depth: 200, output: 4_000_000 } as const;

const refused = (message: string, at: number, end: number): Result<string> => {
  const diagnostic: Diagnostic = {
    code: "R010",
    severity: "warning",
    message,
    spans: [{ span: { start: at, end: Math.max(at, end) }, label: "here" }],
  };
  return failure(diagnostic);
};

/** Where groups, \left and environments, and the scripts that nest without braces, stand deeper than the limit. */
const tooDeep = (tex: string): number | undefined => {
  let depth = 0;
  let scripts = 0;
  for (let i = 0; i < tex.length; i++) {
    const character = tex[i];
    if (character === "\\") {
      if (/^\\(?:left(?![a-z])|begin)/u.test(tex.slice(i, i + 6))) depth++;
      else if (/^\\(?:right(?![a-z])|end)/u.test(tex.slice(i, i + 7))) depth--;
      else i++;
      scripts++;
    } else if (character === "{" || character === "[" || character === "(") depth++;
    else if (character === "}" || character === "]" || character === ")") depth--;
    else if (character === "^" || character === "_") scripts++;
    if (character !== "\\" && character !== "^" && character !== "_" && character !== "{") scripts = 0;
    if (depth > LIMITS.depth || scripts > LIMITS.depth) return i;
  }
  return undefined;
};

interface ParsingFault {
  readonly position: number;
  readonly length: number;
  readonly rawMessage: string;
}

const isFault = (error: unknown): error is ParsingFault =>
  typeof error === "object" && error !== null && "rawMessage" in error && typeof error.rawMessage === "string";

/**
 * A formula as HTML with MathML, in display style or inline. What KaTeX would only warn of is a diagnostic too. The
 * spans of diagnostics are offsets into `tex`. Links, images, HTML and styles of a formula's own are refused.
 */
export const renderMath = (tex: string, display: boolean, output: "html" | "mathml" = "html"): Result<string> => {
  if (tex.length > LIMITS.characters) {
    return refused(
      `the formula has ${tex.length} characters; up to ${LIMITS.characters} are set`,
      LIMITS.characters,
      tex.length,
    );
  }
  const deep = tooDeep(tex);
  if (deep !== undefined) return refused(`the formula is nested more than ${LIMITS.depth} levels deep`, deep, deep + 1);
  let wanted: string | undefined;
  // KaTeX asks before it makes a link, an image, HTML or a style: the formula is refused instead.
  const trust = ({ command }: { readonly command: string }): boolean => {
    wanted = command;
    return false;
  };
  try {
    const html = katex.renderToString(tex, {
      displayMode: display,
      throwOnError: true,
      trust,
      strict: "error",
      maxSize: 20,
      maxExpand: 500,
      output: output === "html" ? "htmlAndMathml" : "mathml",
    });
    if (wanted !== undefined)
      return refused(`the command ${wanted} is not allowed`, Math.max(0, tex.indexOf(wanted)), tex.length);
    return html.length > LIMITS.output ? refused("the formula is set in too many boxes", 0, tex.length) : success(html);
  } catch (error) {
    if (!isFault(error)) return refused("the formula cannot be set", 0, tex.length);
    const at = Math.min(Math.max(0, error.position ?? 0), tex.length);
    return refused(
      `the formula cannot be set: ${error.rawMessage}`,
      at,
      Math.min(at + (error.length || 1), tex.length),
    );
  }
};
