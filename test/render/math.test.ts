import { describe, expect, test } from "vitest";
import { LIMITS, renderMath } from "../../src/render/math.ts";
import { inlineStyle } from "../../src/render/style.ts";
import { HOSTILE } from "../payloads/hostile.ts";
import { strangers } from "../payloads/strangers.ts";

test.each([
  ["\\frac{\\partial L}{\\partial h_t}", false],
  ["\\begin{aligned} a &= b \\\\ &= c \\end{aligned} \\tag{1}", true],
  ["\\underbrace{x}_{\\substack{\\text{error from } t+1 \\\\ \\text{back through time}}}", true],
  ["\\begin{cases} \\displaystyle x & t = T \\\\[1ex] y & t < T \\end{cases}", true],
])("%s is set", (tex, display) => {
  expect(renderMath(tex, display)).toMatchObject({ ok: true, value: expect.stringContaining('class="katex') });
  expect(renderMath(tex, display, "mathml")).toMatchObject({ ok: true, value: expect.stringContaining("<math") });
});

test.each([
  ["\\frac{1}", "a missing group"],
  ["x^^", "two superscripts"],
  ["\\nosuchcommand x", "an unknown command"],
  ["$", "a dollar sign"],
  ["%", "a comment that never ends"],
  ["損", "a letter that KaTeX would only warn of"],
  ["\\href{javascript:alert(1)}{x}", "a link"],
  ["\\includegraphics{x.png}", "an image"],
  ["\\htmlClass{a}{b}", "a class of its own"],
  ["\\def\\x{\\x\\x}\\x", "an endless macro"],
  ["x".repeat(LIMITS.characters + 1), "too many characters"],
  ["{".repeat(1000) + "}".repeat(1000), "too many levels"],
  [`${"x^".repeat(1000)}x`, "too many scripts"],
  [`${"\\sqrt".repeat(5000)}x`, "too many roots"],
  ["\\left(".repeat(1000) + "\\right)".repeat(1000), "too many brackets"],
])("%.40s is refused with a place in the text: %s", tex => {
  const result = renderMath(tex, true);
  expect(result).toMatchObject({ ok: false, diagnostics: [{ code: "R010", severity: "warning" }] });
  if (result.ok) return;
  const span = result.diagnostics[0]?.spans[0]?.span;
  expect(span?.start).toBeGreaterThanOrEqual(0);
  expect(span?.end).toBeLessThanOrEqual(tex.length);
});

describe("10,000 formulas of chance", () => {
  const SEED = 41;
  let state = SEED;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const PIECES = [
    ..."abxyTW012+-=()[]{}^_&'|,.<>%$#~\\ \n",
    "\\frac",
    "\\sqrt",
    "\\sum",
    "\\prod",
    "\\left(",
    "\\right)",
    "\\begin{aligned}",
    "\\end{aligned}",
    "\\\\",
    "\\tag{1}",
    "\\underbrace",
    "\\text{",
    "\\partial",
    "\\odot",
    "\\top",
    "\\operatorname{diag}",
    "\\rule{500em}{500em}",
    "\\kern1000em",
    "\\color{red}",
    "\\verb|",
    "\\char`a",
    "\\mathbb",
    "\\overset",
    "\\limits",
    "\\displaystyle",
    "\\hspace{99999em}",
    "\\newcommand{\\a}{\\a\\a}",
    "\\a",
    "\\begin{array}{c}",
    "\\cr",
    "\\hline",
    "\\middle|",
    "é",
    "损",
    "\u0000",
    ...HOSTILE,
  ];

  test(`never throw, and what is set is our markup (seed ${SEED})`, () => {
    let set = 0;
    for (let i = 0; i < 10_000; i++) {
      const tex = Array.from({ length: 1 + next(12) }, () => PIECES[next(PIECES.length)] ?? "").join("");
      const result = renderMath(tex, next(2) === 0, next(2) === 0 ? "html" : "mathml");
      if (!result.ok) continue;
      set++;
      expect(strangers(result.value), tex).toEqual([]);
    }
    expect(set).toBeGreaterThan(500);
  });
});

test("a style sheet keeps the faces that a page uses, with the font inside, and drops the others", () => {
  const face = (name: string): string =>
    `@font-face{font-family:${name};src:url(fonts/${name}.woff2) format("woff2"),url(fonts/${name}.ttf) format("truetype")}`;
  const css = `${face("KaTeX_Main-Regular")}${face("KaTeX_Fraktur-Regular")}.katex{font:normal 1em KaTeX_Main}`;
  const fonts = new Map([
    ["KaTeX_Main-Regular", "AAAA"],
    ["KaTeX_Fraktur-Regular", "BBBB"],
  ]);
  const style = inlineStyle({ css, fonts }, '<span class="katex"><span class="mord">x</span></span>');
  expect(style).toBe(
    '@font-face{font-family:KaTeX_Main-Regular;src:url(data:font/woff2;base64,AAAA) format("woff2")}.katex{font:normal 1em KaTeX_Main}',
  );
});
