/** KaTeX's style sheet, cut down to the font faces that a page uses, with the fonts inside. */

/** What stands in KaTeX's folder: its style sheet, and its .woff2 fonts in base64 by file name ("KaTeX_Main-Regular"). */
export interface MathStyle {
  readonly css: string;
  readonly fonts: ReadonlyMap<string, string>;
}

/** Which classes of KaTeX's output need which face. The first two are needed by every formula. */
const FACES: readonly (readonly [classes: RegExp, face: string])[] = [
  [/\bkatex\b/u, "KaTeX_Main-Regular"],
  [/\bkatex\b/u, "KaTeX_Math-Italic"],
  [/\b(?:mathbf|textbf)\b/u, "KaTeX_Main-Bold"],
  [/\btextit\b|\bmathit\b/u, "KaTeX_Main-Italic"],
  [/\bboldsymbol\b/u, "KaTeX_Math-BoldItalic"],
  [/\b(?:amsrm|mathbb|textbb)\b/u, "KaTeX_AMS-Regular"],
  [/\bmathcal\b/u, "KaTeX_Caligraphic-Regular"],
  [/\b(?:mathscr|textscr)\b/u, "KaTeX_Script-Regular"],
  [/\b(?:mathfrak|textfrak)\b/u, "KaTeX_Fraktur-Regular"],
  [/\b(?:mathsf|textsf)\b/u, "KaTeX_SansSerif-Regular"],
  [/\b(?:mathtt|texttt)\b/u, "KaTeX_Typewriter-Regular"],
  [/\bsize1\b|\bsmall-op\b|\bdelim-size1\b/u, "KaTeX_Size1-Regular"],
  [/\bsize2\b|\blarge-op\b/u, "KaTeX_Size2-Regular"],
  [/\bsize3\b/u, "KaTeX_Size3-Regular"],
  [/\bsize4\b|\bdelim-size4\b/u, "KaTeX_Size4-Regular"],
];

/** The style sheet for a page: rules unchanged, faces that no formula uses left out. */
export const inlineStyle = ({ css, fonts }: MathStyle, html: string): string => {
  const classes = [
    ...new Set([...html.matchAll(/class="([^"]*)"/gu)].flatMap(match => (match[1] ?? "").split(" "))),
  ].join(" ");
  const faces = new Set(FACES.filter(([test]) => test.test(classes)).map(([, face]) => face));
  return css.replace(/@font-face\{[^}]*\}/gu, face => {
    const name = /url\([^)]*?(KaTeX_[A-Za-z0-9-]+)\.woff2\)/u.exec(face)?.[1];
    const data = name !== undefined && faces.has(name) ? fonts.get(name) : undefined;
    return data === undefined
      ? ""
      : face.replace(/src:[^;}]*/u, `src:url(data:font/woff2;base64,${data}) format("woff2")`);
  });
};
