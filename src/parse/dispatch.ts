import { closeBrace, closeBracket, closeLeft, openBar, openBracket, openLeft } from "./brackets.ts";
import { beginEnvironment, breakRow, endEnvironment, nextCell } from "./environments.ts";
import {
  ACCENTS,
  BRACES,
  BRACKET_NAMES,
  BRACKETS,
  CHARACTERS,
  DOTS,
  DROPPED,
  FONTS,
  FRACTIONS,
  GAPS,
  IGNORED,
  RAISED,
  SWITCHES,
  TEXTS,
  TRANSPARENT,
  UPRIGHT,
} from "./latex.ts";
import { addLetter, addOperator } from "./letters.ts";
import { refuse } from "./problem.ts";
import type { Lexeme } from "./scan.ts";
import type { State } from "./state.ts";
import { atom, attach, beginsOperand, sign, type Token } from "./token.ts";
import { addSymbol, addText, differential, isWord } from "./words.ts";

type Handler = (state: State, lexeme: Lexeme) => void;

/** Commands that say nothing about the mathematics. */
const nothing: Handler = () => undefined;
const gap: Handler = (state, lexeme) => {
  if (state.top.kind === "root")
    state.add(sign("gap", { spelling: lexeme.text, span: { start: lexeme.start, end: lexeme.end } }));
};
const takes =
  (needs: number): Handler =>
  (state, lexeme) => {
    state.open("command", lexeme.text, { start: lexeme.start, end: lexeme.end }, { needs });
  };
const drop: Handler = (state, lexeme) => {
  state.need(lexeme);
};

const font: Handler = (state, lexeme) => {
  const upright = UPRIGHT.has(lexeme.text.slice(1));
  const before = state.at;
  if (upright && state.next?.text === "{") {
    const { text, span } = state.need(lexeme);
    if (isWord(text)) {
      addText(state, lexeme.text, text, { start: lexeme.start, end: span.end });
      return;
    }
    state.at = before;
  }
  const frame = state.open("command", lexeme.text, { start: lexeme.start, end: lexeme.end }, { needs: 1 });
  frame.fonts = [...frame.fonts, lexeme.text.slice(1)];
};

const text: Handler = (state, lexeme) => {
  if (state.next?.text === "*") state.at++;
  const before = state.at;
  const { text: content, span } = state.need(lexeme);
  if (
    /[\\{}]/u.test(content.replace(/\\_/gu, "")) &&
    (lexeme.text === "\\mathop" || lexeme.text.startsWith("\\operatorname"))
  ) {
    // \mathop{\mathrm{argmax}}: the inner command says what it is.
    state.at = before;
    state.open("command", "\\mathop", { start: lexeme.start, end: lexeme.end }, { needs: 1 });
    return;
  }
  addText(state, lexeme.text, content, { start: lexeme.start, end: span.end });
};

const stacked: Handler = (state, lexeme) => {
  const label = state.need(lexeme);
  state.open("command", lexeme.text, { start: lexeme.start, end: lexeme.end }, { needs: 1, label });
};

const arrow: Handler = (state, lexeme) => {
  let end = lexeme.end;
  if (state.next?.text === "[") {
    while (state.at < state.lexemes.length && state.lexemes[state.at++]?.text !== "]");
  }
  const label = state.need(lexeme);
  end = label.span.end;
  state.add(sign("relation", { spelling: lexeme.text, label: label.text, span: { start: lexeme.start, end } }));
};

/** ^ and _: the script belongs to what stands before it. */
const script: Handler = (state, lexeme) => {
  const { top, last } = state;
  const span = { start: lexeme.start, end: lexeme.end };
  const braces = last?.node?.kind === "labelled" && last.node.label === null ? last.node : undefined;
  if (
    last !== undefined &&
    braces !== undefined &&
    BRACES.get(`\\${braces.command}`) === (lexeme.text === "_" ? "sub" : "sup")
  ) {
    const first = state.need(lexeme);
    // _\text{data loss}: a command that takes its argument along.
    const rest =
      first.text.startsWith("\\") && state.next?.text === "{" && !state.next.expanded ? state.need(lexeme) : null;
    const end = rest?.span.end ?? first.span.end;
    const text = rest === null ? first.text : `${first.text}{${rest.text}}`;
    last.node = {
      ...braces,
      label: { kind: "prose", text: text.trim(), span: { start: first.span.start, end } },
      span: { start: braces.span.start, end },
    };
    last.end = end;
    return;
  }
  if (last === undefined || !canCarry(last)) {
    refuse(
      "R001",
      `this ${lexeme.text} has nothing before it to stand at`,
      span,
      top.tokens.length === 0 ? "expected a symbol, a number or a bracket" : "an operator cannot carry it",
    );
  }
  state.open("command", lexeme.text, span, { needs: 1, script: true });
};

const canCarry = (token: Token): boolean => beginsOperand(token) && token.type !== "prefix";

const prime: Handler = (state, lexeme) => {
  const { last } = state;
  if (last === undefined || !canCarry(last))
    refuse("R001", "this prime has nothing before it to stand at", lexeme, "expected a symbol before it");
  const count = [...lexeme.text].reduce(
    (sum, character) => sum + (character === "″" ? 2 : character === "‴" ? 3 : 1),
    0,
  );
  attach(last as Token, { position: "prime", count, span: { start: lexeme.start, end: lexeme.end } });
};

const dot: Handler = (state, lexeme) => {
  const next = state.next;
  // The end of a sentence, unless something follows at once: Wᵀ.dZ, np.sum(x).
  if (
    next === undefined ||
    !state.afterOperand ||
    /^(?:\\\\|\\end|\\quad|\\qquad|&|\}|[)\]]|[=+\-,.])$/u.test(next.text) ||
    GAPS.has(next.text) ||
    IGNORED.has(next.text)
  )
    return;
  const span = { start: lexeme.start, end: lexeme.end };
  state.add(sign(next.spaced ? "comma" : "times", { spelling: ".", span }));
};

const colon: Handler = (state, lexeme) => {
  const span = { start: lexeme.start, end: lexeme.end };
  const inside = state.top.script || state.stack.some(frame => frame.kind === "bracket" || frame.kind === "left");
  state.add(sign(inside ? "colon" : "relation", { spelling: ":", span }));
};

const words = (list: Iterable<string>, handler: Handler): [string, Handler][] => [...list].map(word => [word, handler]);

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ...words(IGNORED, nothing),
  ...words(GAPS, gap),
  ...words(DROPPED, drop),
  ...words(FRACTIONS, takes(2)),
  ...words(ACCENTS, takes(1)),
  ...words(BRACES.keys(), takes(1)),
  ...words(TRANSPARENT, takes(1)),
  ...words(FONTS, font),
  ...words(TEXTS, text),
  ...words(BRACKETS.keys(), openBracket),
  ...words(BRACKETS.values(), closeBracket),
  ...words(["\\binom", "\\dbinom", "\\tbinom"], (state, lexeme) => {
    state.open("command", "\\binom", { start: lexeme.start, end: lexeme.end }, { needs: 2 });
  }),
  ...words(["\\stackrel", "\\overset", "\\textcolor", "\\colorbox"], (state, lexeme) => {
    if (!lexeme.text.includes("color")) return stacked(state, lexeme);
    state.need(lexeme);
    return takes(1)(state, lexeme);
  }),
  ...words(["\\xrightarrow", "\\xleftarrow", "\\xlongequal", "\\xRightarrow", "\\xmapsto"], arrow),
  ...words(["|", "\\|"], openBar),
  ...words(["&"], nextCell),
  ...words(["\\\\", "\\newline", "\\cr"], breakRow),
  ["{", (state, lexeme) => void state.open("brace", "{", { start: lexeme.start, end: lexeme.end })],
  ["}", closeBrace],
  ["^", script],
  ["_", script],
  [".", dot],
  [":", colon],
  ["\\colon", colon],
  ["~", nothing],
  [
    "\\hspace",
    (state, lexeme) => {
      if (state.next?.text === "*") state.at++;
      state.need(lexeme);
      gap(state, lexeme);
    },
  ],
  ["\\color", drop],
  ["\\substack", takes(1)],
  ["\\underset", takes(2)],
  [
    "\\sqrt",
    (state, lexeme) => {
      state.open(
        "command",
        "\\sqrt",
        { start: lexeme.start, end: lexeme.end },
        { needs: state.next?.text === "[" ? 2 : 1 },
      );
    },
  ],
  ["\\left", openLeft],
  ["\\right", closeLeft],
  [
    "\\middle",
    (state, lexeme) => {
      state.at++;
      state.settleBars();
      state.add(sign("bar", { spelling: "|", span: { start: lexeme.start, end: lexeme.end } }));
    },
  ],
  [
    "\\mid",
    (state, lexeme) => {
      state.settleBars();
      state.add(sign("bar", { spelling: "\\mid", span: { start: lexeme.start, end: lexeme.end } }));
    },
  ],
  ["\\begin", beginEnvironment],
  ["\\end", endEnvironment],
  [
    "\\tag",
    (state, lexeme) => {
      if (state.next?.text === "*") state.at++;
      const { text: content, span } = state.need(lexeme);
      state.row.tag ??= { text: content.replace(/[$()]/gu, "").trim(), span: { start: lexeme.start, end: span.end } };
    },
  ],
  [
    "\\not",
    (state, lexeme) => {
      state.negated = lexeme;
    },
  ],
  [
    "\\over",
    (state, lexeme) => {
      const frame = state.top;
      if (frame.kind !== "brace" || frame.over !== null)
        refuse("R001", "\\over stands between braces, once", lexeme, "not here");
      frame.over = frame.tokens;
      frame.tokens = [];
    },
  ],
  ["\\partial", (state, lexeme) => state.add(differential("\\partial", { start: lexeme.start, end: lexeme.end }))],
  [
    "\\nabla",
    (state, lexeme) =>
      state.add({ ...differential("\\nabla", { start: lexeme.start, end: lexeme.end }), type: "nabla" }),
  ],
  ["/", (state, lexeme) => state.add(sign("slash", { spelling: "/", span: { start: lexeme.start, end: lexeme.end } }))],
  [",", (state, lexeme) => state.add(sign("comma", { spelling: ",", span: { start: lexeme.start, end: lexeme.end } }))],
  [";", (state, lexeme) => state.add(sign("comma", { spelling: ";", span: { start: lexeme.start, end: lexeme.end } }))],
  ...words(["\\forall", "\\exists", "\\because", "\\therefore"], (state, lexeme) => {
    const span = { start: lexeme.start, end: lexeme.end };
    if (state.top.kind === "root") state.add(atom({ kind: "prose", text: lexeme.text, span }, "prose"));
    else addSymbol(state, lexeme.text, "command", span);
  }),
  ...words(DOTS, (state, lexeme) => {
    const spelling = /^\.+$/u.test(lexeme.text) ? "\\dots" : lexeme.text;
    state.add(atom({ kind: "dots", spelling, span: { start: lexeme.start, end: lexeme.end } }));
  }),
]);

/** Deals with one lexeme in the frame that is open. */
export const dispatch = (state: State, lexeme: Lexeme): void => {
  if (lexeme.type === "number") {
    state.add(
      atom({
        kind: "number",
        text: lexeme.text,
        fonts: state.top.fonts,
        accents: [],
        span: { start: lexeme.start, end: lexeme.end },
      }),
    );
    return;
  }
  const spelling = BRACKET_NAMES.get(lexeme.text) ?? CHARACTERS.get(lexeme.text) ?? lexeme.text;
  const handler = HANDLERS.get(spelling);
  if (handler !== undefined) {
    handler(state, spelling === lexeme.text ? lexeme : { ...lexeme, text: spelling });
    return;
  }
  const span = { start: lexeme.start, end: lexeme.end };
  const raised = RAISED.get(lexeme.text);
  if (raised !== undefined) {
    const base = state.last;
    if (base === undefined || !canCarry(base))
      refuse("R001", `this ${lexeme.text} has nothing before it to stand at`, span, "expected a symbol before it");
    const body = raised.startsWith("\\")
      ? ({ kind: "mark", spelling: raised, body: null, span } as const)
      : /\d/u.test(raised)
        ? ({ kind: "number", text: raised, fonts: [], accents: [], span } as const)
        : ({ kind: "symbol", name: raised, form: "letter", fonts: [], accents: [], span } as const);
    attach(base as Token, { position: "sup", body, span });
    return;
  }
  const fonts = SWITCHES.get(spelling);
  if (fonts !== undefined) {
    state.top.fonts = [...state.top.fonts, fonts];
    return;
  }
  if (lexeme.type === "prime") prime(state, lexeme);
  else if (lexeme.type === "words") addText(state, "\\text", lexeme.text, span);
  else if (!addOperator(state, spelling, span)) addLetter(state, { ...lexeme, text: spelling });
};
