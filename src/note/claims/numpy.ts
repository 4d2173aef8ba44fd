/**
 * Lines of code among formulas: np.sum(dZ, axis=1, keepdims=True), np.dot(W.T, dz). What NumPy means by them is written
 * as the formula that says the same; a call that has no row here stays as it is.
 */
import { cover, type Span } from "../../base/source.ts";
import type { Factor, Script, SymbolSyntax, Syntax } from "../../parse/syntax.ts";
import { replaceParts, textOf } from "../tree.ts";

interface Arguments {
  readonly values: readonly Syntax[];
  readonly named: ReadonlyMap<string, string>;
  readonly span: Span;
}

interface CallRow {
  readonly name: string;
  /** Undefined where these arguments are not understood. */
  readonly means: (args: Arguments) => Syntax | undefined;
}

const bracketed = (body: Syntax): Syntax => ({ kind: "group", open: "(", close: ")", body, span: body.span });

const word = (name: string, span: Span): SymbolSyntax => ({
  kind: "symbol",
  name,
  form: "word",
  fonts: [],
  accents: [],
  span,
});

/** The axis along which NumPy adds up is the one that goes. */
const AXES: ReadonlyMap<string, string> = new Map([
  ["0", "column"],
  ["1", "row"],
  ["-1", "row"],
]);

const KEYWORDS = new Set(["axis", "keepdims"]);

const folded =
  (op: string) =>
  ({ values, named, span }: Arguments): Syntax | undefined => {
    const [value, second, third] = values;
    const axis = named.get("axis") ?? (second && textOf(second));
    const along = axis === undefined ? "all" : AXES.get(axis);
    if (!value || third || along === undefined) return undefined;
    if ([...named.keys()].some(key => !KEYWORDS.has(key))) return undefined;
    const scripts: readonly Script[] = along === undefined ? [] : [{ position: "sub", body: word(along, span), span }];
    const name: SymbolSyntax = { ...word(`\\operatorname{${op}}`, span), form: "command" };
    return { kind: "apply", name, op: op === "sum" ? "total" : op, scripts, argument: bracketed(value), span };
  };

/** What is left of a matrix whose entries are added up along an axis, as NumPy counts them. */
export const addedUp = (value: Syntax, axis: "0" | "1"): Syntax | undefined =>
  folded("sum")({ values: [value], named: new Map([["axis", axis]]), span: value.span });

/** The mean of all entries. */
export const averaged = (value: Syntax): Syntax | undefined =>
  folded("mean")({ values: [value], named: new Map(), span: value.span });

const joined =
  (spelling: string) =>
  ({ values, named, span }: Arguments): Syntax | undefined => {
    const [a, b, more] = values;
    if (!a || !b || more || named.size > 0) return undefined;
    return {
      kind: "product",
      factors: [
        { operator: null, call: false, body: bracketed(a) },
        { operator: { spelling, span }, call: false, body: bracketed(b) },
      ],
      span,
    };
  };

/** Functions of NumPy whose names mean something else, or nothing, in a formula. */
const CALLS: readonly CallRow[] = [
  { name: "sum", means: folded("sum") },
  { name: "mean", means: folded("mean") },
  { name: "dot", means: joined("\\cdot") },
  { name: "matmul", means: joined("\\cdot") },
  { name: "multiply", means: joined("\\odot") },
];

const MODULES = new Set(["np", "numpy"]);

const argumentsOf = (argument: Syntax): Arguments | undefined => {
  if (argument.kind !== "group" || argument.open !== "(" || !argument.body) return undefined;
  const items = argument.body.kind === "list" ? argument.body.items : [argument.body];
  const named = new Map<string, string>();
  const values: Syntax[] = [];
  for (const item of items) {
    if (item.kind !== "relations") values.push(item);
    else {
      const [key, value, more] = item.members.map(textOf);
      if (key === undefined || value === undefined || more !== undefined) return undefined;
      named.set(key, value);
    }
  }
  return { values, named, span: argument.span };
};

const isLetter = ({ body, operator, call }: Factor): boolean =>
  body.kind === "symbol" && body.form === "letter" && operator === null && !call;

/** The letters from a place on, as long as they stand side by side without a sign. */
const lettersFrom = (factors: readonly Factor[], from: number): number => {
  let to = from + 1;
  while (to < factors.length && isLetter(factors[to] as Factor)) to++;
  return to;
};

const wordOf = (factors: readonly Factor[]): string => factors.map(({ body }) => textOf(body)).join("");

/** np.name(…) from a place on: what it means, and where it ends. */
const callAt = (factors: readonly Factor[], from: number): { body: Syntax; end: number } | undefined => {
  const first = factors[from] as Factor;
  if (first.body.kind !== "symbol" || first.body.form !== "letter") return undefined;
  const dot = lettersFrom(factors, from);
  const named = factors[dot];
  if (named?.operator?.spelling !== "." || !MODULES.has(wordOf(factors.slice(from, dot)))) return undefined;
  const { body } = named;
  const span = (to: Span): Span => cover(first.body.span, to);
  if (body.kind === "apply") {
    const name = textOf(body.name).replace(/^operatorname\{(.*)\}$/u, "$1");
    const args = argumentsOf(body.argument);
    const row = CALLS.find(each => each.name === name);
    if (!row) return body.scripts.length === 0 ? { body, end: dot + 1 } : undefined;
    const meaning = args && row.means({ ...args, span: span(body.span) });
    return meaning && { body: meaning, end: dot + 1 };
  }
  const end = lettersFrom(factors, dot);
  const argument = factors[end];
  const row = CALLS.find(each => each.name === wordOf(factors.slice(dot, end)));
  const args = argument?.call ? argumentsOf(argument.body) : undefined;
  const meaning = args && row?.means({ ...args, span: span(args.span) });
  return meaning && { body: meaning, end: end + 1 };
};

/** W.T */
const isTransposition = ({ operator, body }: Factor): boolean =>
  operator?.spelling === "." && body.kind === "symbol" && body.name === "T";

const transposed = ({ body, ...factor }: Factor, { body: sign }: Factor): Factor => {
  const script: Script = {
    position: "sup",
    body: { kind: "mark", spelling: "\\top", body: null, span: sign.span },
    span: sign.span,
  };
  const span = cover(body.span, sign.span);
  return body.kind === "scripted"
    ? { ...factor, body: { ...body, scripts: [...body.scripts, script], span } }
    : { ...factor, body: { kind: "scripted", base: body, scripts: [script], span } };
};

const inProduct = (factors: readonly Factor[]): readonly Factor[] => {
  const read: Factor[] = [];
  for (let i = 0; i < factors.length; i++) {
    const factor = factors[i] as Factor;
    const last = read.at(-1);
    const found = callAt(factors, i);
    if (found) {
      read.push({ operator: factor.operator, call: false, body: found.body });
      i = found.end - 1;
    } else if (last && isTransposition(factor)) read[read.length - 1] = transposed(last, factor);
    else read.push(factor);
  }
  return read.length === factors.length ? factors : read;
};

/** The formula that says the same. */
export const readNumpy = (syntax: Syntax): Syntax =>
  replaceParts(syntax, part => {
    const factors = part.kind === "product" ? inProduct(part.factors) : undefined;
    if (!factors || part.kind !== "product" || factors === part.factors) return undefined;
    const [only, more] = factors;
    return readNumpy(only && !more ? only.body : { ...part, factors });
  });
