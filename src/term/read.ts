/** Reads terms: the inverse of show.ts. For our own tables and tests; mistakes throw InternalError. */
import { InternalError } from "../base/diagnostic.ts";
import { domain } from "../expr/domain.ts";
import {
  type AtNode,
  type Attributes,
  at,
  type Fold,
  integerNode,
  integerValue,
  NO_ATTRIBUTES,
  type Node,
  number,
  over,
  partial,
  rowsAndColumns,
  type SymbolNode,
} from "../expr/node.ts";
import { minus, named, type Polynomial, plus, times } from "../expr/polynomial.ts";
import { rational, readRational } from "../expr/rational.ts";
import type { FunctionEntry } from "../expr/system.ts";
import { along } from "../ops/along.ts";
import { call, fit, isScalar } from "../ops/call.ts";
import { findOp, OPS } from "../ops/index.ts";
import type { Op, TermForm } from "../ops/op.ts";
import type { TermSyntax } from "../parse/term.build.ts";
import { readTermSyntax } from "../parse/term.ts";
import { readSignature } from "../shape/signature.ts";

/** What the names in a term stand for. Names that are none of these are integers: indices, sizes, horizons. */
export interface Names {
  readonly symbols: ReadonlyMap<string, SymbolNode>;
  readonly functions: ReadonlyMap<string, Pick<FunctionEntry, "kind" | "result">>;
}

export const FOLD_NAMES: Readonly<Record<Fold, string>> = {
  sum: "sum",
  product: "product",
  "reversed-product": "reversedproduct",
};

/** size(h) is the size h as a value, where a symbol is called h too. */
export const SIZE = "size";

const FOLDS: ReadonlyMap<string, Fold> = new Map(
  Object.entries(FOLD_NAMES).map(([fold, name]) => [name, fold as Fold]),
);

const candidates = (spelling: TermForm["spelling"]): readonly (readonly [Op, TermForm])[] =>
  OPS.flatMap(op => (op.term ?? []).filter(form => form.spelling === spelling).map(form => [op, form] as const));

const BY_SPELLING = new Map<string, readonly (readonly [Op, TermForm])[]>();

/** The op that a spelling means for these arguments: the first in the list that fits; scalar-only meanings come before the others. */
export const resolveSpelling = (spelling: TermForm["spelling"], args: readonly Node[]): Op | undefined => {
  let found = BY_SPELLING.get(spelling);
  if (!found) {
    found = [...candidates(spelling)].sort(
      ([, a], [, b]) => Number(b.scalarOnly ?? false) - Number(a.scalarOnly ?? false),
    );
    BY_SPELLING.set(spelling, found);
  }
  const first = args[0];
  return found.find(
    ([op, form]) => (!form.scalarOnly || (first && isScalar(first.shape))) && !("kind" in fit(op, args)),
  )?.[0];
};

/** Integers and numbers combine into one leaf: T - i, 2*n, 1/3. Show writes other calls on such arguments as op(…). */
export const foldIntegers = (spelling: string, left: Node, right: Node): Node | undefined => {
  const [a, b] = [integerValue(left), integerValue(right)];
  if (spelling === "/" && left.kind === "number" && right.kind === "number" && right.value.numerator !== 0n) {
    return number(
      rational(left.value.numerator * right.value.denominator, left.value.denominator * right.value.numerator),
    );
  }
  if (!a || !b) return undefined;
  if (spelling === "+") return integerNode(plus(a, b));
  if (spelling === "-") return integerNode(minus(a, b));
  if (spelling === "*") return integerNode(times(a, b));
  return undefined;
};

/** More levels than this no table and no test has; deeper terms are refused before the stack ends. */
export const DEEPEST = 400;

const isMember = (node: Node | undefined): node is SymbolNode | AtNode =>
  node?.kind === "symbol" || node?.kind === "at";

/** Reads a term. Free names that are neither symbols nor functions are indices and sizes. */
export const readTerm = (text: string, names: Names): Node => {
  const bound: string[] = [];
  let depth = 0;
  const wrong = (message: string, { start }: Pick<TermSyntax, "start">): never => {
    throw new InternalError(`${message} at ${start} in "${text.slice(0, 200)}"`);
  };
  const checked = (name: string, args: readonly Node[], attributes: Attributes, place: TermSyntax): Node => {
    const op = findOp(name);
    if (!op) return wrong(`unknown op or function ${name}`, place);
    if ("kind" in fit(op, args, attributes)) wrong(`${name} does not fit its arguments`, place);
    return call(name, args, attributes);
  };

  const applyFunction = (
    name: string,
    fn: Pick<FunctionEntry, "kind" | "result">,
    args: readonly Node[],
    order: number,
    place: TermSyntax,
  ): Node => {
    if (fn.kind === "elementwise") return checked("elementwise", args, { function: name, order }, place);
    if (order > 0) wrong(`${name} takes several arguments and has no prime`, place);
    return checked("apply", args, { function: name, result: fn.result }, place);
  };

  const functionNamed = (
    syntax: TermSyntax | undefined,
    whole: TermSyntax,
  ): { name: string; fn: Pick<FunctionEntry, "kind" | "result"> } => {
    const name = syntax?.kind === "name" ? syntax.name : "";
    const fn = names.functions.get(name) ?? wrong(`"${name}" is not a function`, syntax ?? whole);
    return { name, fn };
  };

  const literal = (syntax: TermSyntax | undefined, whole: TermSyntax): number =>
    syntax?.kind === "number" && /^\d{1,9}$/u.test(syntax.text)
      ? Number(syntax.text)
      : wrong("a literal whole number is missing", syntax ?? whole);

  /** An index, a bound, an exponent, a size: names mean integers here, also those that are symbols elsewhere. */
  const readInteger = (syntax: TermSyntax, what: string): Polynomial => {
    if (++depth > DEEPEST) wrong(`more than ${DEEPEST} levels of nesting`, syntax);
    const value = integerIn(syntax, what);
    depth--;
    return value;
  };
  const integerIn = (syntax: TermSyntax, what: string): Polynomial => {
    switch (syntax.kind) {
      case "number":
        return integerValue(read(syntax)) ?? wrong(`${what} is not an integer expression`, syntax);
      case "name":
        return named(syntax.name);
      case "minus":
        return minus(0, readInteger(syntax.of, what));
      case "infix": {
        const combine = { "+": plus, "-": minus, "*": times }[syntax.spelling];
        if (combine) return combine(readInteger(syntax.left, what), readInteger(syntax.right, what));
        break;
      }
      case "application":
        if (syntax.name === SIZE && syntax.args.length === 1) return readInteger(syntax.args[0] as TermSyntax, what);
    }
    return wrong(`${what} is not an integer expression`, syntax);
  };

  /** Arguments of an op by name: where its signature asks for an integer, names mean integers. */
  const readArguments = (op: Op, args: readonly TermSyntax[]): readonly Node[] => {
    const patterns = typeof op.shape === "string" ? readSignature(op.shape).args : [];
    return args.map((arg, i) =>
      patterns[i]?.kind === "integer" ? integerNode(readInteger(arg, `argument ${i + 1} of ${op.name}`)) : read(arg),
    );
  };

  // Terms of tables and tests are shallow but for long sums; terms of notes never pass through here.
  const read = (syntax: TermSyntax): Node => {
    if (++depth > DEEPEST) wrong(`more than ${DEEPEST} levels of nesting`, syntax);
    const node = syntax.kind === "infix" ? readInfix(syntax) : readOther(syntax);
    depth--;
    return node;
  };

  /** a + b - c …: the left operands in a loop. */
  const readInfix = (last: TermSyntax & { kind: "infix" }): Node => {
    const spine = [last];
    for (let left = last.left; left.kind === "infix"; left = left.left) spine.push(left);
    let node = read((spine.at(-1) as TermSyntax & { kind: "infix" }).left);
    for (const syntax of spine.reverse()) {
      const isPower = syntax.spelling === "^" || syntax.spelling === ".^";
      const right = isPower ? integerNode(readInteger(syntax.right, "an exponent")) : read(syntax.right);
      node =
        foldIntegers(syntax.spelling, node, right) ??
        callBySpelling(syntax.spelling as TermForm["spelling"], [node, right], syntax);
    }
    return node;
  };

  const readOther = (syntax: Exclude<TermSyntax, { kind: "infix" }>): Node => {
    switch (syntax.kind) {
      case "number":
        return number(readRational(syntax.text) ?? wrong(`unreadable number ${syntax.text.slice(0, 40)}`, syntax));
      case "name": {
        const found = bound.includes(syntax.name) ? undefined : names.symbols.get(syntax.name);
        if (found && found.rank > 0) wrong(`the family ${syntax.name} needs indices`, syntax);
        return found ?? integerNode(named(syntax.name));
      }
      case "minus": {
        const of = read(syntax.of);
        if (of.kind === "number") return number(rational(-of.value.numerator, of.value.denominator));
        const value = integerValue(of);
        return value ? integerNode(minus(0, value)) : callBySpelling("unary-", [of], syntax);
      }
      case "transpose":
        return callBySpelling("'", [read(syntax.of)], syntax);
      case "member": {
        const family = names.symbols.get(syntax.name) ?? wrong(`unknown family ${syntax.name}`, syntax);
        if (family.rank !== syntax.index.length)
          wrong(`the family ${syntax.name} has ${family.rank} indices, not ${syntax.index.length}`, syntax);
        return at(
          family,
          syntax.index.map(entry => readInteger(entry, "an index")),
        );
      }
      case "application":
        return application(syntax);
    }
  };

  const callBySpelling = (spelling: TermForm["spelling"], args: readonly Node[], place: TermSyntax): Node => {
    const op = resolveSpelling(spelling, args) ?? wrong(`${spelling} does not fit its arguments`, place);
    return call(op.name, args);
  };

  const application = (syntax: TermSyntax & { kind: "application" }): Node => {
    const { name, args } = syntax;
    const fold = FOLDS.get(name);
    if (fold) {
      const [index, lo, hi, body, ...conditions] = args;
      if (index?.kind !== "name" || !lo || !hi || !body)
        return wrong(`${name} needs an index, two bounds and a body`, syntax);
      const bounds = [
        ...boundsFrom("max", lo).map(p => minus(index.name, p)),
        ...boundsFrom("min", hi).map(p => minus(p, index.name)),
      ];
      bound.push(index.name);
      const inner = read(body);
      const guards = conditions.map(c => readInteger(c, "a condition"));
      bound.pop();
      const [rows, columns] = rowsAndColumns(inner.shape);
      if (fold !== "sum" && rows.key !== columns.key) wrong(`a ${name} needs a square body`, body);
      return over(fold, index.name, domain([...bounds, ...guards]), inner);
    }
    const fn = names.functions.get(name);
    if (fn) return applyFunction(name, fn, args.map(read), 0, syntax);
    if (name === "partial" || name === "immediate") {
      const [of, wrt, more] = args.map(read);
      if (!isMember(of) || !isMember(wrt) || more) return wrong(`${name} needs two symbols or members`, syntax);
      return partial(of, wrt, name === "partial" ? "total" : "immediate");
    }
    if (name === "prime") {
      const { name: fnName, fn: which } = functionNamed(args[0], syntax);
      return applyFunction(fnName, which, args.slice(2).map(read), literal(args[1], syntax), syntax);
    }
    if (name === "rows" || name === "columns") {
      const lifted = args[0]?.kind === "name" ? findOp(args[0].name) : undefined;
      if (!lifted) return wrong(`${name} needs an op of vectors`, syntax);
      return checked(lifted.name, readArguments(lifted, args.slice(1)), along(name), syntax);
    }
    if (name === "gradient" || name === "pull" || name === "jacobian") {
      const { name: fnName, fn: which } = functionNamed(args[0], syntax);
      const attributes: Attributes = { function: fnName, result: which.result, slot: literal(args[1], syntax) };
      return checked(name, args.slice(2).map(read), attributes, syntax);
    }
    if (name === SIZE && args.length === 1) return integerNode(readInteger(args[0] as TermSyntax, "a size"));
    const op = findOp(name) ?? wrong(`unknown op or function ${name}`, syntax);
    return checked(name, readArguments(op, args), NO_ATTRIBUTES, syntax);
  };

  const boundsFrom = (several: "max" | "min", syntax: TermSyntax): readonly Polynomial[] =>
    (syntax.kind === "application" && syntax.name === several ? syntax.args : [syntax]).map(part =>
      readInteger(part, "a bound"),
    );

  return read(readTermSyntax(text));
};
