/** Expressions of Python with NumPy as formulas. What has no row, and what mixes such things in, gives nothing. */
import type { Span } from "../../base/source.ts";
import type { Code } from "../../parse/python.syntax.ts";
import type { Syntax } from "../../parse/syntax.ts";
import { complementOf, type Given, meaningOfCall, meaningOfUsual } from "./calls.ts";
import {
  applied,
  combined,
  indicatorOf,
  negativeOf,
  numberOf,
  powerOf,
  rootOf,
  symbolOf,
  transposeOf,
} from "./formulas.ts";

/** A function of the note that only returns an expression, perhaps of a few local names. */
export interface ShortFunction {
  readonly parameters: readonly string[];
  readonly locals: readonly { readonly name: string; readonly value: Code }[];
  readonly returns: Code;
}

/** What is known around an expression. */
export interface Around {
  /** The formula that a name stands for; undefined where it has no value. */
  readonly read: (identifier: string, span: Span) => Syntax | undefined;
  /** The size of an axis of an array, counted from 0. */
  readonly sizeOf: (identifier: string, axis: number, span: Span) => Syntax | undefined;
  /** Says that an axis has a size. */
  readonly named: (identifier: string, axis: number, size: Code) => void;
  readonly functions: ReadonlyMap<string, ShortFunction>;
  /** Whether the line is about a gradient. */
  readonly claim: boolean;
}

const DEEPEST = 8;
const MODULES: ReadonlySet<string> = new Set(["np", "numpy", "jnp", "cp"]);
const ORDERS: ReadonlyMap<string, string> = new Map([
  ["<", "<"],
  [">", ">"],
  ["<=", "\\le"],
  [">=", "\\ge"],
]);

/** The name that is meant: W1, self.W1, params["W1"]; grads["W1"] is dW1. */
export const identifierOf = (code: Code): string | undefined => {
  if (code.kind === "name") return code.name;
  if (code.kind === "attribute")
    return code.of.kind === "name" && code.of.name === "self" && code.name !== "T" ? code.name : undefined;
  if (code.kind !== "subscript" || code.of.kind === "subscript") return undefined;
  const [key, more] = code.places;
  const from = identifierOf(code.of);
  if (from === undefined || key?.kind !== "text" || more || !/^[A-Za-z]\w*$/u.test(key.text)) return undefined;
  return /grad/iu.test(from) && !/^(?:d|grad)/u.test(key.text) ? `d${key.text}` : key.text;
};

/** 0.001 for 1e-3: formulas have no exponents of ten. */
const decimal = (text: string): string => {
  const [, digits = "0", fraction = "", power = "0"] = /^(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/u.exec(text) ?? [];
  const shift = Number(power);
  if (Math.abs(shift) > 40) return text;
  const all = `${"0".repeat(Math.max(0, -shift))}${digits}${fraction}${"0".repeat(Math.max(0, shift))}`;
  const point = Math.max(0, -shift) + digits.length + shift;
  const whole = all.slice(0, point).replace(/^0+(?=\d)/u, "") || "0";
  const rest = all.slice(point).replace(/0+$/u, "");
  return rest === "" ? whole : `${whole}.${rest}`;
};

const isAll = (code: Code | undefined): boolean => code?.kind === "slice" && code.parts.every(part => part === null);
const isNew = (code: Code | undefined): boolean =>
  (code?.kind === "name" && code.name === "None") || (code?.kind === "attribute" && code.name === "newaxis");

/** The n of range(n), np.arange(n), list(range(n)). */
const rangeOf = (code: Code | undefined): Code | undefined => {
  if (code?.kind !== "call" || code.args.length !== 1) return undefined;
  const name = code.of.kind === "name" || code.of.kind === "attribute" ? code.of.name : "";
  if (name === "list") return rangeOf(code.args[0]);
  return name === "range" || name === "arange" || name === "xrange" ? code.args[0] : undefined;
};

/** The axis whose size is asked for: X.shape[0], len(X). */
export const sizeAt = (code: Code): { readonly identifier: string; readonly axis: number } | undefined => {
  if (code.kind === "call") {
    const [array, more] = code.args;
    const identifier =
      array && !more && code.of.kind === "name" && code.of.name === "len" ? identifierOf(array) : undefined;
    return identifier === undefined ? undefined : { identifier, axis: 0 };
  }
  if (code.kind !== "subscript" || code.of.kind !== "attribute" || code.of.name !== "shape") return undefined;
  const [place, more] = code.places;
  const identifier = identifierOf(code.of.of);
  const axis = place?.kind === "number" && !more ? Number(place.text) : undefined;
  return identifier === undefined || (axis !== 0 && axis !== 1) ? undefined : { identifier, axis };
};

/** The labels by which y picks one entry of each row: A[range(n), y], np.eye(k)[y]. */
export const labelsIn = (places: readonly Code[]): Code | undefined => {
  const [rows, labels, more] = places;
  return labels && !more && rangeOf(rows) && identifierOf(labels) !== undefined ? labels : undefined;
};

/** The arguments of a call as far as they are plain. */
const plain = (code: Code): string | undefined => {
  if (code.kind === "name") return code.name;
  if (code.kind === "number") return code.text;
  if (code.kind === "attribute") return code.name;
  return code.kind === "prefix" && code.of.kind === "number" ? `${code.operator}${code.of.text}` : undefined;
};

export class ExpressionReader {
  readonly #around: Around;
  /** Names that pick an entry of each row. */
  readonly labels: Syntax[] = [];
  #depth = 0;

  constructor(around: Around) {
    this.#around = around;
  }

  formula(code: Code): Syntax | undefined {
    const { span } = code;
    switch (code.kind) {
      case "number":
        return numberOf(decimal(code.text), span);
      case "name":
        return this.#around.read(code.name, span);
      case "prefix":
        return this.#prefix(code.operator, code.of, span);
      case "infix":
        return this.#infix(code.operator, code.left, code.right, span);
      case "attribute":
        return this.#attribute(code, span);
      case "call":
        return this.#call(code, span);
      case "subscript":
        return this.#subscript(code, span);
      default:
        return undefined;
    }
  }

  #prefix(operator: string, of: Code, span: Span): Syntax | undefined {
    const inner = this.formula(of);
    if (!inner || operator === "+") return inner;
    if (operator === "-") return negativeOf(inner, span);
    return operator === "~" || operator === "not" ? complementOf(inner, span) : undefined;
  }

  #infix(operator: string, a: Code, b: Code, span: Span): Syntax | undefined {
    const left = this.formula(a);
    const right = left && this.formula(b);
    if (!left || !right) return undefined;
    const order = ORDERS.get(operator);
    if (order !== undefined) return indicatorOf(left, order, right, span);
    return combined(operator, left, right, span);
  }

  #attribute(code: Code & { kind: "attribute" }, span: Span): Syntax | undefined {
    const own = identifierOf(code);
    if (own !== undefined) return this.#around.read(own, span);
    if (code.name !== "T")
      return code.of.kind === "name" && MODULES.has(code.of.name) && code.name === "pi"
        ? symbolOf("\\pi", span)
        : undefined;
    const inner = this.formula(code.of);
    return inner && transposeOf(inner, span);
  }

  #given(args: readonly Code[], span: Span, first?: Code): Given {
    const all = first ? [first, ...args] : args;
    const values: (Syntax | undefined)[] = [];
    const written: (string | undefined)[] = [];
    const named = new Map<string, string>();
    for (const arg of all) {
      if (arg.kind === "keyword") {
        named.set(arg.name, plain(arg.value) ?? "?");
        continue;
      }
      values.push(this.formula(arg));
      written.push(plain(arg));
    }
    return { values, named, written, span, claim: this.#around.claim };
  }

  #call({ of, args }: Code & { kind: "call" }, span: Span): Syntax | undefined {
    if (of.kind === "name" || (of.kind === "attribute" && of.of.kind === "name" && of.of.name === "self")) {
      const short = this.#around.functions.get(of.name);
      if (short) return this.#inlined(short, args);
      const counted = sizeAt({ kind: "call", of, args, span });
      if (counted) return this.#around.sizeOf(counted.identifier, counted.axis, span);
      if (/^(?:float|int|list)$/u.test(of.name)) return args.length === 1 ? this.formula(args[0] as Code) : undefined;
      return meaningOfUsual(of.name, this.#given(args, span));
    }
    if (of.kind !== "attribute") return undefined;
    const isModule = of.of.kind === "name" && MODULES.has(of.of.name);
    if (isNorm(of)) return this.#norm(args, span);
    return meaningOfCall(of.name, isModule ? this.#given(args, span) : this.#given(args, span, of.of));
  }

  /** The Euclidean norm of all entries. */
  #norm(args: readonly Code[], span: Span): Syntax | undefined {
    const [only, more] = args;
    const value = only && !more ? this.formula(only) : undefined;
    const squares = value && powerOf(value, numberOf("2", span), span);
    return squares && rootOf(applied("sum", [squares], span, "all"), span);
  }

  #inlined({ parameters, locals, returns }: ShortFunction, args: readonly Code[]): Syntax | undefined {
    if (this.#depth >= DEEPEST || args.length !== parameters.length) return undefined;
    const values = new Map<string, Syntax>();
    for (const [i, arg] of args.entries()) {
      const value = arg.kind === "keyword" ? undefined : this.formula(arg);
      if (!value) return undefined;
      values.set(parameters[i] as string, value);
    }
    const inner = new ExpressionReader({
      ...this.#around,
      read: name => values.get(name),
      sizeOf: () => undefined,
      named: () => undefined,
    });
    inner.#depth = this.#depth + 1;
    for (const { name, value } of locals) {
      const formula = inner.formula(value);
      if (!formula) return undefined;
      values.set(name, formula);
    }
    return inner.formula(returns);
  }

  #subscript(code: Code & { kind: "subscript" }, span: Span): Syntax | undefined {
    const own = identifierOf(code);
    if (own !== undefined) return this.#around.read(own, span);
    const counted = sizeAt(code);
    if (counted) return this.#around.sizeOf(counted.identifier, counted.axis, span);
    const labels = labelsIn(code.places);
    const [first, second, more] = code.places;
    if (isIdentity(code.of) && first && !second && identifierOf(first) !== undefined) return this.label(first);
    const inner = this.formula(code.of);
    if (!inner || more) return undefined;
    if (labels) {
      const [rows, array] = [rangeOf(first), identifierOf(code.of)];
      if (rows && array !== undefined) this.#around.named(array, 0, rows);
      const label = this.label(labels);
      return label && applied("[n,_]", [inner, label], span);
    }
    if (isAll(first) && isNew(second)) return transposeOf(inner, span);
    return isNew(first) && isAll(second) ? inner : undefined;
  }

  /** Labels, which stand for rows with a single one. */
  label(code: Code): Syntax | undefined {
    const name = identifierOf(code);
    const label = name === undefined ? undefined : this.#around.read(name, code.span);
    if (label) this.labels.push(label);
    return label;
  }
}

const isNorm = (of: Code & { kind: "attribute" }): boolean =>
  /^norm$/u.test(of.name) && of.of.kind === "attribute" && of.of.name === "linalg";

/** np.eye(k) */
const isIdentity = (code: Code): boolean =>
  code.kind === "call" && code.of.kind === "attribute" && /^(?:eye|identity)$/u.test(code.of.name);
