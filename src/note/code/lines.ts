/** The assignments of a note's code in the order in which they run: loops opened, blocks that may not run left out. */
import type { Span } from "../../base/source.ts";
import type { Code, CodeLine, CodeStatement } from "../../parse/python.syntax.ts";
import { identifierOf, type ShortFunction } from "./expression.ts";

export interface Assigned {
  readonly identifier: string;
  /** What is assigned in place: dscores[range(n), y]. */
  readonly places?: readonly Code[];
  readonly operator: string;
  /** Absent where it is not one expression of its own. */
  readonly value?: Code;
  readonly span: Span;
  readonly comment: string;
  /** Below a heading of the backward pass. */
  readonly backward: boolean;
}

/** What a line is about: the forward pass, a gradient, what gradients are made of, a step of training. */
export type Line = Assigned & { readonly kind: "forward" | "gradient" | "helper" | "update" };

export interface CodeText {
  readonly lines: readonly Assigned[];
  readonly functions: ReadonlyMap<string, ShortFunction>;
  /** Names that count the turns of loops. */
  readonly counters: ReadonlySet<string>;
}

/** Directly below an expression, and the expression itself, in reading order. */
export const partsOfCode = (root: Code): readonly Code[] => {
  const found: Code[] = [];
  const stack: Code[] = [root];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    found.push(top);
    stack.push(...[...belowCode(top)].reverse());
  }
  return found;
};

const belowCode = (code: Code): readonly Code[] => {
  switch (code.kind) {
    case "tuple":
    case "list":
    case "conditional":
      return code.items;
    case "infix":
      return [code.left, code.right];
    case "prefix":
    case "attribute":
      return [code.of];
    case "call":
      return [code.of, ...code.args];
    case "subscript":
      return [code.of, ...code.places];
    case "slice":
      return code.parts.filter(part => part !== null);
    case "keyword":
      return [code.value];
    default:
      return [];
  }
};

/** The names that an expression reads. */
export const readIn = (code: Code): ReadonlySet<string> => {
  const found = new Set<string>();
  const stack: Code[] = [code];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const own = identifierOf(top);
    if (own !== undefined) found.add(own);
    else if (top.kind === "call" && top.of.kind === "name") stack.push(...top.args);
    else stack.push(...belowCode(top));
  }
  return found;
};

type Head = Extract<CodeStatement, { kind: "def" }>;

/** A function whose body only names values and returns one. */
const shortFunction = ({ parameters }: Head, body: readonly CodeLine[]): ShortFunction | undefined => {
  const names = parameters.map(each => (each.kind === "name" ? each.name : undefined));
  if (names.some(name => name === undefined)) return undefined;
  const locals: { name: string; value: Code }[] = [];
  for (const { statements, word } of body) {
    // What it says of itself.
    if (statements === null && /^[rbuf]*["']/u.test(word)) continue;
    for (const statement of statements ?? [undefined]) {
      if (statement?.kind === "return")
        return statement.value.kind === "tuple"
          ? undefined
          : { parameters: names as readonly string[], locals, returns: statement.value };
      if (statement?.kind !== "assignment" || statement.operator !== "=" || statement.target.kind !== "name")
        return undefined;
      locals.push({ name: statement.target.name, value: statement.value });
    }
  }
  return undefined;
};

const COMPUTES = /^(?:dot|matmul|exp|log|tanh|maximum|sum|mean|square|sqrt)$/u;

/** Whether an expression is more than data and settings. */
const computes = (code: Code): boolean =>
  partsOfCode(code).some(
    part => (part.kind === "infix" && part.operator === "@") || (part.kind === "attribute" && COMPUTES.test(part.name)),
  );

/** What one function or the top of a note holds. */
interface Body {
  readonly name: string;
  readonly lines: Assigned[];
}

/** layer_forward and layer_backward: two passes that share their names, and unpack what one hands to the other. */
const pairedIn = (bodies: readonly Body[]): readonly (readonly Assigned[])[] =>
  bodies.flatMap(({ name, lines }) => {
    const back = name.replace(/forward/iu, found => (found.startsWith("F") ? "Backward" : "backward"));
    const other = back === name ? undefined : bodies.find(each => each.name === back);
    return other ? [[...lines, ...other.lines.filter(({ value }) => value !== undefined)]] : [];
  });

/**
 * The code of one system, from blocks of lines, each with whether it stands below a heading of the backward pass: what is one
 * text, then each pair of functions that is one by itself.
 */
export const linesOfCode = (
  blocks: readonly { readonly lines: readonly CodeLine[]; readonly backward: boolean }[],
): readonly CodeText[] => {
  const functions = new Map<string, ShortFunction>();
  const counters = new Set<string>();
  const top: Body = { name: "", lines: [] };
  const long: Body[] = [];
  const walk = (lines: readonly CodeLine[], into: Body, backward: boolean, certain: boolean): void => {
    for (const { statements, word, body, comment, span } of lines) {
      const head = statements?.[0];
      if (statements === null) {
        walk(body, into, backward, certain && (word === "with" || word === "class"));
      } else if (head?.kind === "def") {
        const short = shortFunction(head, body);
        if (short) functions.set(head.name, short);
        else {
          const own: Body = { name: head.name, lines: [] };
          long.push(own);
          walk(body, own, backward, certain);
        }
      } else if (head?.kind === "for" || head?.kind === "while") {
        if (head.kind === "for") for (const name of head.names) counters.add(name);
        walk(body, into, backward, certain);
      } else
        for (const statement of statements)
          if (statement.kind === "assignment")
            into.lines.push(...assignedBy(statement, comment, span, backward, certain));
    }
  };
  for (const { lines, backward } of blocks) walk(lines, top, backward, true);
  // The one function that holds all of the mathematics is read as if it stood by itself; several share names that mean different things.
  const [only, more] = long;
  const isAll = only && !more && !top.lines.some(({ value }) => value && computes(value));
  const all = isAll ? [[...top.lines, ...only.lines]] : [top.lines, ...pairedIn(long)];
  return all.map(lines => ({ lines, functions, counters }));
};

const assignedBy = (
  { target, operator, value }: Extract<CodeStatement, { kind: "assignment" }>,
  comment: string,
  span: Span,
  backward: boolean,
  certain: boolean,
): readonly Assigned[] => {
  const all = { operator, comment, span, backward };
  if (target.kind === "tuple") {
    const shape = value.kind === "attribute" && value.name === "shape";
    // N, D = X.shape
    const sizes = target.items.map(
      (_, i): Code => ({
        kind: "subscript",
        of: value,
        places: [{ kind: "number", text: `${i}`, span: value.span }],
        span: value.span,
      }),
    );
    const items = value.kind === "tuple" ? value.items : shape ? sizes : [];
    const values = items.length === target.items.length ? items : undefined;
    // a, b = b, a needs both old values.
    const apart = values?.every((each, i) =>
      [...readIn(each)].every(name => target.items.slice(0, i).every(item => identifierOf(item) !== name)),
    );
    return target.items.flatMap((item, i): readonly Assigned[] => {
      const identifier = identifierOf(item);
      const own = apart && certain ? values?.[i] : undefined;
      return identifier === undefined ? [] : [{ ...all, identifier, ...(own ? { value: own } : {}) }];
    });
  }
  const identifier = identifierOf(target);
  // A1 = cache["A1"]
  if (identifier !== undefined && operator === "=" && identifierOf(value) === identifier) return [];
  if (identifier !== undefined) return [{ ...all, identifier, ...(certain ? { value } : {}) }];
  const whole = target.kind === "subscript" ? identifierOf(target.of) : undefined;
  if (target.kind !== "subscript" || whole === undefined) return [];
  return [{ ...all, identifier: whole, places: target.places, ...(certain ? { value } : {}) }];
};

/** A number as it is written. */
export const isNumber = (code: Code | undefined): boolean =>
  code?.kind === "number" || (code?.kind === "prefix" && code.of.kind === "number");

/** Whether a line changes what its name had before. */
export const extendsItself = ({ identifier, places, operator, value }: Assigned): boolean =>
  places !== undefined || operator !== "=" || (value !== undefined && readIn(value).has(identifier));

/** The names that a line reads. */
export const readsOf = ({ value, places = [] }: Assigned): ReadonlySet<string> =>
  new Set([value ?? [], ...places].flat().flatMap(code => [...readIn(code)]));

const written = (line: Assigned): string =>
  JSON.stringify([line.operator, line.places, line.value], (key, value) => (key === "span" ? undefined : value));

/** A line that stands there again, which says nothing new unless it changes its own value. */
export const isSameLine = (a: Assigned, b: Assigned): boolean => !extendsItself(a) && written(a) === written(b);

/** Names without a value of their own. */
export const NOTHING: ReadonlySet<string> = new Set(["None", "True", "False", "np", "numpy", "range", "len", "self"]);
