import { findWord, type Lexicon } from "./lexicon.ts";
import { refuse } from "./problem.ts";
import type { SymbolSyntax, Syntax } from "./syntax.ts";
import { atom, attach, beginsOperand, spanOf, type Token } from "./token.ts";

/** Signs that may stand one behind the other: they nest in the tree. */
const MOST_SIGNS = 200;

/** Brackets that can hold arguments or indices; a norm behind a name is a factor. */
const CALLING: ReadonlySet<string> = new Set(["(", "[", "\\{"]);

/** A single plain letter; scripts are allowed where they end a run of letters. */
const letter = (token: Token): SymbolSyntax | null => {
  const node = token.node?.kind === "scripted" && !token.closed ? token.node.base : token.node;
  return token.type === "atom" &&
    node?.kind === "symbol" &&
    node.form === "letter" &&
    node.accents.length === 0 &&
    /^[A-Za-z]$/u.test(node.name)
    ? node
    : null;
};

/** The innermost symbol or number that carries a token's scripts and accents. */
const carrier = (node: Syntax | null): Syntax | null => {
  let inner = node;
  while (inner?.kind === "scripted" || inner?.kind === "accent")
    inner = inner.kind === "scripted" ? inner.base : inner.body;
  return inner;
};

/** Whether a bracket that follows belongs to the token: names do take arguments or indices, decorated numbers (the indicator 𝟙) too. */
const takesBracket = (token: Token | undefined): boolean => {
  if (token?.type !== "atom") return false;
  const node = carrier(token.node);
  return node?.kind === "symbol" || (node?.kind === "number" && node.fonts.length > 0);
};

/** A name made of what stood for a function, ∂ or ∇ and has no argument here. */
const asAtom = (token: Token): Token => {
  const spelling = token.operator?.spelling ?? "";
  const node: Syntax = token.node ?? {
    kind: "symbol",
    name: spelling.replace(/^\\operatorname\{(.*)\}$/u, "$1"),
    form: spelling === "d" ? "letter" : spelling.startsWith("\\operatorname") ? "word" : "command",
    fonts: spelling === "d" ? ["mathrm"] : [],
    accents: [],
    ...(token.operator?.op === undefined ? {} : { op: token.operator.op }),
    span: token.operator?.span ?? spanOf(token),
  };
  const made = atom(node);
  for (const script of token.scripts) attach(made, script);
  return made;
};

/** Replaces runs of letters that the lexicon knows as one word: softmax(z), loss. */
const joinWords = (tokens: readonly Token[], lexicon: Lexicon): readonly Token[] => {
  let joined: Token[] | null = null;
  for (let from = 0; from < tokens.length; ) {
    const first = letter(tokens[from] as Token);
    let to = from + 1;
    if (first !== null) {
      for (let last = tokens[from] as Token; to < tokens.length && last.node?.kind === "symbol"; to++) {
        const next = tokens[to] as Token;
        const name = letter(next);
        if (name === null || next.start !== last.end || name.fonts.join() !== first.fonts.join()) break;
        last = next;
      }
    }
    const run = tokens.slice(from, to);
    const word = to - from < 2 ? "" : run.map(token => letter(token)?.name ?? "").join("");
    const entry = word === "" ? undefined : findWord(lexicon, word);
    const bracketed = tokens[to]?.type === "group";
    const known =
      entry !== undefined &&
      (entry.class === "name" ||
        ((entry.class === "function" || entry.class === "limits") && (word.length > 2 || bracketed)));
    if (known && joined === null) joined = tokens.slice(0, from);
    if (joined !== null) {
      if (known) joined.push(wordToken(run, word, entry.class as "name" | "function" | "limits", entry.op));
      else for (const token of run) joined.push(token);
    }
    from = to;
  }
  return joined ?? tokens;
};

const wordToken = (
  run: readonly Token[],
  word: string,
  kind: "name" | "function" | "limits",
  op: string | undefined,
): Token => {
  const last = run[run.length - 1] as Token;
  const start = (run[0] as Token).start;
  const base = last.node?.kind === "scripted" ? last.node.base : last.node;
  const span = { start, end: base?.span.end ?? last.end };
  const scripts = last.node?.kind === "scripted" ? last.node.scripts : [];
  const fonts = letter(run[0] as Token)?.fonts ?? [];
  const node: Syntax = {
    kind: "symbol",
    name: word,
    form: "word",
    fonts,
    accents: [],
    ...(op === undefined ? {} : { op }),
    span,
  };
  const made: Token =
    kind === "name"
      ? atom(node)
      : {
          type: kind,
          ...span,
          node: null,
          operator: { spelling: `\\operatorname{${word}}`, ...(op === undefined ? {} : { op }), span },
          scripts: [],
          closed: false,
        };
  for (const script of scripts) attach(made, script);
  return made;
};

/**
 * Settles by their neighbours the tokens that are not of one class: brackets (behind a name or not),
 * functions and ∂, ∇ (with an argument or without), \max with and without limits. Gaps go.
 */
export const arrange = (all: readonly Token[], lexicon: Lexicon): readonly Token[] => {
  const tokens = joinWords(
    all.some(token => token.type === "gap") ? all.filter(token => token.type !== "gap") : all,
    lexicon,
  );
  const out: Token[] = [];
  let signs = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    signs = token.type === "sign" ? signs + 1 : 0;
    if (signs > MOST_SIGNS)
      refuse(
        "R003",
        `more than ${MOST_SIGNS} signs stand one behind the other`,
        spanOf(token),
        "the first one too many",
      );
    const next = tokens[at + 1];
    switch (token.type) {
      case "group": {
        const bracket = carrier(token.node);
        const calls = bracket?.kind === "group" && CALLING.has(bracket.open) && takesBracket(out[out.length - 1]);
        out.push({ ...token, type: calls ? "call" : "atom" });
        break;
      }
      case "prose":
        out.push({ ...token, type: "atom" });
        break;
      case "limits": {
        const limited = token.scripts.some(script => script.position === "sub");
        out.push(!beginsOperand(next) ? asAtom(token) : { ...token, type: limited ? "big" : "named" });
        break;
      }
      case "function":
        out.push(beginsOperand(next) ? { ...token, type: "named" } : asAtom(token));
        break;
      case "nabla":
      case "partial":
        out.push(beginsOperand(next) ? { ...token, type: "prefix" } : bare(token));
        break;
      case "atom":
        // \frac{\partial}{\partial x} waits for what it is taken of.
        out.push(
          token.node?.kind === "derivative" && token.node.of === null && beginsOperand(next)
            ? { ...token, type: "prefix" }
            : token,
        );
        break;
      default:
        out.push(token);
    }
  }
  return out;
};

/** ∇_x and ∂_x with nothing behind them; ∂ without a subscript is a sign of its own. */
const bare = (token: Token): Token => {
  const sub = token.scripts.find(script => script.position === "sub");
  const sup = token.scripts.find(script => script.position === "sup");
  const spelling = token.operator?.spelling ?? "";
  if (sub?.position !== "sub" || token.scripts.length > 2 || token.scripts.some(script => script.position === "prime"))
    return asAtom(token);
  return atom({
    kind: "derivative",
    form: spelling === "\\nabla" ? "nabla" : "operator",
    sign: spelling,
    of: null,
    by: [{ variable: sub.body, times: 1 }],
    order: sup?.position === "sup" ? sup.body : null,
    span: spanOf(token),
  });
};
