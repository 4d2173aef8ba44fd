import { cover, type Span } from "../base/source.ts";
import { differentiate } from "./derivative.ts";
import type { Frame } from "./frame.ts";
import { ACCENTS, BRACES, FONTS, FRACTIONS, TRANSPARENT, UPRIGHT } from "./latex.ts";
import { refuse } from "./problem.ts";
import type { State } from "./state.ts";
import type { NumberSyntax, SymbolSyntax, Syntax } from "./syntax.ts";
import { atom, attach, type Token, unwrap } from "./token.ts";

/** Puts together a command that has all its arguments. */
export const complete = (state: State, command: Frame): void => {
  const name = command.open;
  const last = command.args[command.args.length - 1];
  const span = cover(command.span, last?.span ?? command.span);
  if (name === "^" || name === "_") completeScript(state, command, span);
  else if (FRACTIONS.has(name))
    state.add(atom(differentiate(argument(state, command, 0), argument(state, command, 1), "frac", span)));
  else if (FONTS.has(name)) completeFont(state, command, span);
  else if (ACCENTS.has(name)) completeAccent(state, command, span);
  else if (name === "\\sqrt") {
    const body = argument(state, command, command.args.length - 1);
    state.add(atom({ kind: "root", degree: command.args.length > 1 ? argument(state, command, 0) : null, body, span }));
  } else if (BRACES.has(name)) {
    state.add(atom({ kind: "labelled", command: name.slice(1), body: argument(state, command, 0), label: null, span }));
  } else if (name === "\\binom") {
    state.add(
      atom({
        kind: "matrix",
        environment: "binom",
        rows: [[argument(state, command, 0)], [argument(state, command, 1)]],
        span,
      }),
    );
  } else if (name === "\\substack") {
    const body = argument(state, command, 0);
    state.add({ ...atom(body), start: span.start, end: span.end });
  } else if (TRANSPARENT.has(name) || name === "\\mathop") splice(state, command.args[0]?.tokens ?? [], span);
  else completeStacked(state, command, span);
};

/** An argument as a tree; it may not be empty. */
const argument = (state: State, command: Frame, index: number): Syntax => {
  const given = command.args[index];
  const place: Span = given?.span ?? command.span;
  return (
    state.read(given?.tokens ?? [], "inside", place.end) ??
    refuse("R001", `an argument of ${command.open} is empty`, place, "something is missing here")
  );
};

/** Tokens that keep their own roles in the list around the command. */
const splice = (state: State, tokens: readonly Token[], span: Span): void => {
  for (const token of unwrap(tokens, span)) state.top.tokens.push(token);
  state.closeSingles();
};

const completeScript = (state: State, command: Frame, span: Span): void => {
  const given = command.args[0];
  const base = state.last;
  if (base === undefined) return;
  const only = given?.tokens.length === 1 ? given.tokens[0]?.node : undefined;
  if (command.open === "^" && (only?.kind === "mark" || only?.kind === "scripted") && isPrimes(only)) {
    attach(base, { position: "prime", count: given?.tokens.length ?? 1, span });
    return;
  }
  if (
    command.open === "^" &&
    given !== undefined &&
    given.tokens.length > 1 &&
    given.tokens.every(token => token.node !== null && isPrimes(token.node))
  ) {
    attach(base, { position: "prime", count: given.tokens.length, span });
    return;
  }
  const body = argument(state, command, 0);
  attach(base, { position: command.open === "^" ? "sup" : "sub", body, span });
};

const isPrimes = (node: Syntax): boolean => node.kind === "mark" && node.spelling === "\\prime";

const completeFont = (state: State, command: Frame, span: Span): void => {
  const tokens = command.args[0]?.tokens ?? [];
  const parts: (SymbolSyntax | NumberSyntax)[] = [];
  for (const { node, type } of tokens) {
    if (type !== "atom") break;
    if (node?.kind === "symbol" && (node.form === "letter" || node.form === "command") && node.accents.length === 0)
      parts.push(node);
    else if (node?.kind === "number" && parts.length > 0 && node.accents.length === 0) parts.push(node);
    else break;
  }
  if (tokens.length < 2 || parts.length < tokens.length) {
    splice(state, tokens, span);
    return;
  }
  let name = "";
  for (const part of parts) {
    const text = part.kind === "symbol" ? part.name : part.text;
    name += /\\[A-Za-z]+$/u.test(name) && /^[A-Za-z]/u.test(text) ? ` ${text}` : text;
  }
  const { fonts } = parts[0] as SymbolSyntax;
  const upright = UPRIGHT.has(command.open.slice(1));
  state.add(atom({ kind: "symbol", name, form: upright ? "word" : "run", fonts, accents: [], parts, span }));
};

const completeAccent = (state: State, command: Frame, span: Span): void => {
  const accent = command.open.slice(1);
  const body = argument(state, command, 0);
  if (body.kind === "symbol" || body.kind === "number")
    state.add(atom({ ...body, accents: [accent, ...body.accents], span }));
  else state.add(atom({ kind: "accent", accent, body, span }));
};

/** \stackrel{label}{=}, \overset, \underset, \textcolor: what they stand on keeps its role. */
const completeStacked = (state: State, command: Frame, span: Span): void => {
  const tokens = command.args[command.args.length - 1]?.tokens ?? [];
  const only = tokens[0];
  if (command.args.length === 2 && tokens.length === 1 && (only?.type === "big" || only?.type === "limits")) {
    // \underset{\theta}{\min}: a limit.
    const body = argument(state, command, 0);
    state.add({
      ...only,
      start: span.start,
      end: span.end,
      scripts: [...only.scripts, { position: "sub", body, span: body.span }],
    });
    return;
  }
  const under = command.args.length === 2 ? (command.args[0]?.span ?? null) : null;
  const label =
    under === null
      ? command.label
      : {
          text: state.text.slice(under.start - state.base, under.end - state.base).replace(/^\{|\}$/gu, ""),
          span: under,
        };
  if (tokens.length === 1 && only?.operator != null && only.node === null && label !== null) {
    state.add({
      ...only,
      start: span.start,
      end: span.end,
      operator: { ...only.operator, label: label.text.trim(), span },
    });
  } else if (label === null) splice(state, tokens, span);
  else {
    const body = argument(state, command, command.args.length - 1);
    state.add(
      atom({
        kind: "labelled",
        command: command.open.slice(1),
        body,
        label: { kind: "prose", text: label.text.trim(), span: label.span },
        span,
      }),
    );
  }
};
