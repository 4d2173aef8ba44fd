/** Prints expressions and statements of the loop program as TypeScript. */
import { InternalError } from "../../base/diagnostic.ts";
import type { Affine } from "../../expr/domain.ts";
import {
  constantPart,
  type Monomial,
  minus,
  negative,
  type Polynomial,
  plus,
  polynomial,
} from "../../expr/polynomial.ts";
import type { Scalar } from "../../ops/op.ts";
import type { Buffer, Expression, Local, Place, Statement } from "../../schedule/program.ts";
import { SAMPLE } from "../../schedule/stores.ts";
import type { ScalarFunction } from "../../tensor/tensor.ts";
import { KERNELS, SCALARS, SLICED } from "./kernels.ts";
import { type Names, safeText, wordOf } from "./names.ts";

/** Binding strengths of what is printed. */
const SUM = 1;
const PRODUCT = 2;
const UNARY = 3;
const ATOM = 4;

export interface Printed {
  readonly text: string;
  readonly strength: number;
}

const atom = (text: string): Printed => ({ text, strength: ATOM });

const bracket = ({ text, strength }: Printed, least: number): string => (strength >= least ? text : `(${text})`);

/** The scalar functions that JavaScript has operators for, with the strengths that their operands need. */
const INFIX: Readonly<
  Record<Extract<Scalar, "add" | "subtract" | "multiply" | "divide">, readonly [string, number, number]>
> = {
  add: ["+", SUM, SUM],
  subtract: ["-", SUM, PRODUCT],
  multiply: ["*", PRODUCT, PRODUCT],
  divide: ["/", PRODUCT, UNARY],
};

/** What the printer must know of names that last longer than a block. */
export interface Vocabulary {
  readonly names: Names;
  readonly size: (name: string) => string | undefined;
  readonly buffer: (buffer: Buffer) => string;
  readonly function: (called: ScalarFunction) => string;
  readonly external: (name: string) => string;
}

const ENTRY_LETTERS = ["i", "j", "k", "m", "p", "r"];
const INDEX_LETTERS = ["t", "s", "r", "u", "l"];

export class Printer {
  readonly #lines: string[] = [];
  readonly #indices = new Map<string, string>();
  readonly #locals = new Map<Local, string>();
  readonly #blocks: string[][] = [[]];

  constructor(
    readonly vocabulary: Vocabulary,
    readonly depth: number,
  ) {}

  get text(): string {
    return this.#lines.join("\n");
  }

  line(text: string): void {
    this.#lines.push(text === "" ? "" : `${"  ".repeat(this.depth + this.#blocks.length - 1)}${text}`);
  }

  /** Gives a name for the block being printed. */
  #take(wanted: string): string {
    const name = this.vocabulary.names.take(wanted);
    this.#blocks.at(-1)?.push(name);
    return name;
  }

  /** Gives an index a name that is no identifier of the block: at[0]. */
  setIndex(index: string, text: string): void {
    this.#indices.set(index, text);
  }

  /** Gives back every name of the outermost block. */
  release(): void {
    for (const name of this.#blocks[0]?.splice(0) ?? []) this.vocabulary.names.release(name);
  }

  bindLocal(local: Local, wanted: string): string {
    const name = this.#take(wanted);
    this.#locals.set(local, name);
    return name;
  }

  #block(head: string, body: () => void): void {
    this.line(`${head} {`);
    this.#blocks.push([]);
    body();
    for (const name of this.#blocks.pop() ?? []) this.vocabulary.names.release(name);
    this.line("}");
  }

  #integer(name: string): string {
    const found = this.#indices.get(name) ?? this.vocabulary.size(name);
    if (found === undefined) throw new InternalError(`the index or size ${name} has no name here`);
    return found;
  }

  #monomial({ coefficient, names }: Monomial): Printed {
    const factors = names.map(name => this.#integer(name));
    const magnitude = Math.abs(coefficient);
    const all = magnitude === 1 && factors.length > 0 ? factors : [String(magnitude), ...factors];
    return { text: all.join(" * "), strength: all.length > 1 ? PRODUCT : ATOM };
  }

  polynomial(value: Polynomial): Printed {
    // Positive parts first: T - t, not -t + T.
    const sorted = [...value.monomials].sort((a, b) => Number(a.coefficient < 0) - Number(b.coefficient < 0));
    const [first, ...rest] = sorted;
    if (!first) return atom("0");
    const head = this.#monomial(first);
    const start: Printed = first.coefficient < 0 ? { text: `-${bracket(head, UNARY)}`, strength: UNARY } : head;
    if (rest.length === 0) return start;
    const text = rest.reduce(
      (sum, m) => `${sum} ${m.coefficient < 0 ? "-" : "+"} ${this.#monomial(m).text}`,
      start.text,
    );
    return { text, strength: SUM };
  }

  /** p ≥ 0 as a comparison without minus signs. */
  condition(p: Affine): string {
    const [above, below] = [p.monomials.filter(m => m.coefficient > 0), p.monomials.filter(m => m.coefficient < 0)];
    const part = (monomials: readonly Monomial[]): Polynomial => ({ key: "", monomials });
    return `${this.polynomial(negative(part(below))).text} <= ${this.polynomial(part(above)).text}`;
  }

  /** The position of an entry in its row-major buffer. */
  #offset(buffer: Buffer, at: readonly Polynomial[]): string {
    let offset: Printed | undefined;
    for (const [place, { lower, extent }] of buffer.extents.entries()) {
      const position = this.polynomial(minus(at[place] ?? polynomial(0), lower));
      const isZero = position.text === "0";
      if (offset === undefined) {
        offset = isZero ? undefined : position;
        continue;
      }
      const stride = `${bracket(offset, PRODUCT)} * ${bracket(this.polynomial(extent), UNARY)}`;
      offset = isZero
        ? { text: stride, strength: PRODUCT }
        : { text: `${stride} + ${bracket(position, SUM)}`, strength: SUM };
    }
    return offset?.text ?? "0";
  }

  #entry(buffer: Buffer, at: readonly Polynomial[]): string {
    return `${this.vocabulary.buffer(buffer)}[${this.#offset(buffer, at)}]`;
  }

  #local(local: Local): string {
    const name = this.#locals.get(local);
    if (name === undefined) throw new InternalError("a local is used before it is declared");
    return name;
  }

  #number(value: number): Printed {
    if (Number.isNaN(value)) return atom("Number.NaN");
    if (!Number.isFinite(value)) return atom(value > 0 ? "Number.POSITIVE_INFINITY" : "Number.NEGATIVE_INFINITY");
    return value < 0 || Object.is(value, -0) ? { text: `-${Math.abs(value)}`, strength: UNARY } : atom(String(value));
  }

  expression(e: Expression): Printed {
    switch (e.kind) {
      case "number":
        return this.#number(e.value);
      case "integer":
        return this.polynomial(e.value);
      case "entry":
        return atom(this.#entry(e.buffer, e.at));
      case "local":
        return atom(this.#local(e.local));
      case "ratio":
        return atom(`ratio(${e.args.map(arg => this.expression(arg).text).join(", ")})`);
      case "power":
        return atom(`Math.pow(${this.expression(e.base).text}, ${this.polynomial(e.exponent).text})`);
      case "function":
        return atom(`${this.vocabulary.function(e.function)}(${this.expression(e.argument).text})`);
      case "diagonal": {
        const [left, right] = [this.polynomial(e.left).text, this.polynomial(e.right).text];
        return atom(`(${left} === ${right} ? ${this.expression(e.on).text} : 0)`);
      }
      case "chosen": {
        const { first } = e.label.labels as NonNullable<Buffer["labels"]>;
        return atom(`(${this.#entry(e.label, e.at)} === ${this.polynomial(plus(e.position, first)).text} ? 1 : 0)`);
      }
      case "within": {
        const conditions = e.conditions.map(c => this.condition(c)).join(" && ");
        return atom(`(${conditions} ? ${this.expression(e.on).text} : 0)`);
      }
      case "apply": {
        const [a, b] = e.args.map(arg => this.expression(arg)) as [Printed, Printed];
        switch (e.scalar) {
          case "add":
          case "subtract":
          case "multiply":
          case "divide": {
            const [sign, strength, right] = INFIX[e.scalar];
            return { text: `${bracket(a, strength)} ${sign} ${bracket(b, right)}`, strength };
          }
          case "negate":
            return { text: `-${bracket(a, ATOM)}`, strength: UNARY };
          case "step":
            return atom(`(${bracket(a, SUM)} > 0 ? 1 : 0)`);
          case "raise":
            return atom(`Math.pow(${a.text}, ${b.text})`);
          default:
            return atom(`${SCALARS[e.scalar]?.name ?? `Math.${e.scalar}`}(${a.text})`);
        }
      }
    }
  }

  #place(to: Place): string {
    return to.kind === "entry" ? this.#entry(to.buffer, to.at) : this.#local(to.local);
  }

  #bound(lists: readonly (readonly Polynomial[])[], inner: "max" | "min"): string {
    const outer = inner === "max" ? "min" : "max";
    const several = (name: string, texts: readonly string[]): string =>
      texts.length === 1 ? (texts[0] as string) : `Math.${name}(${texts.join(", ")})`;
    return several(
      outer,
      lists.map(list =>
        several(
          inner,
          list.map(p => this.polynomial(p).text),
        ),
      ),
    );
  }

  #wanted(index: string, startsAtZero: boolean): string {
    if (index === SAMPLE) return "sample";
    if (!/^[~$]/u.test(index)) return wordOf(index.split("~")[0] ?? "", "index");
    const letters = startsAtZero ? ENTRY_LETTERS : INDEX_LETTERS;
    return letters.find(letter => !this.vocabulary.names.has(letter)) ?? (letters[0] as string);
  }

  #for(s: Extract<Statement, { kind: "for" }>): void {
    const [from, to] = [this.#bound(s.from, "max"), this.#bound(s.to, "min")];
    const startsAtZero = from === "0";
    const outer = this.#indices.get(s.index);
    const name = this.vocabulary.names.take(this.#wanted(s.index, startsAtZero));
    const [only] = s.to.length === 1 && s.to[0]?.length === 1 ? s.to[0] : [];
    const last =
      only && constantPart(only) === -1 ? `${name} < ${this.polynomial(plus(only, 1)).text}` : `${name} <= ${to}`;
    const head =
      s.direction === "up"
        ? `for (let ${name} = ${from}; ${last}; ${name}++)`
        : `for (let ${name} = ${to}; ${name} >= ${from}; ${name}--)`;
    this.#indices.set(s.index, name);
    this.#block(head, () => {
      this.statements(s.body);
    });
    this.vocabulary.names.release(name);
    if (outer === undefined) this.#indices.delete(s.index);
    else this.#indices.set(s.index, outer);
  }

  #assign(s: Extract<Statement, { kind: "assign" }>): void {
    const to = this.#place(s.to);
    const isNegative = s.mode === "add" && s.value.kind === "apply" && s.value.scalar === "negate";
    const value = isNegative && s.value.kind === "apply" ? (s.value.args[0] as Expression) : s.value;
    this.line(`${to} ${s.mode === "set" ? "=" : isNegative ? "-=" : "+="} ${this.expression(value).text};`);
  }

  #external(s: Extract<Statement, { kind: "external" }>): void {
    const argument = (arg: Buffer | Local): string =>
      "extents" in arg ? this.vocabulary.buffer(arg) : this.#local(arg);
    const args = s.args.map(argument);
    const callee = `functions.${this.vocabulary.external(s.function)}.${faceName(s.face, s.slot)}`;
    if ("extents" in s.to) this.line(`${callee}(${[...args, this.vocabulary.buffer(s.to)].join(", ")});`);
    else this.line(`const ${this.bindLocal(s.to, s.to.hint)} = ${callee}(${args.join(", ")});`);
  }

  #kernel({ kernel, extent, of, work, slices, to }: Extract<Statement, { kind: "kernel" }>): void {
    if (slices) {
      const code = SLICED[kernel];
      if (!code || !("extents" in to)) throw new InternalError(`${kernel} has no code along an axis`);
      const [count, length] = [this.polynomial(slices.count).text, this.polynomial(extent).text];
      const steps = slices.axis === "rows" ? [length, "1"] : ["1", count];
      const buffers = [of, to].map(buffer => this.vocabulary.buffer(buffer));
      this.line(`${code.name}(${[count, length, ...steps, ...buffers].join(", ")});`);
      return;
    }
    const buffers = work ? [of, work] : [of];
    const args = [this.polynomial(extent).text, ...buffers.map(buffer => this.vocabulary.buffer(buffer))];
    const { name } = KERNELS[kernel];
    if ("extents" in to) this.line(`${name}(${[...args, this.vocabulary.buffer(to)].join(", ")});`);
    else this.line(`const ${this.bindLocal(to, to.hint)} = ${name}(${args.join(", ")});`);
  }

  statements(list: readonly Statement[]): void {
    for (const s of list) {
      switch (s.kind) {
        case "for":
          this.#for(s);
          break;
        case "place": {
          const { places, first } = s.label.labels as NonNullable<Buffer["labels"]>;
          const args = [this.#entry(s.label, s.at), String(first), this.polynomial(places).text];
          const name = this.#take(`at_${this.vocabulary.buffer(s.label)}`);
          this.line(`const ${name} = placeOf(${args.join(", ")});`);
          this.#indices.set(s.index, name);
          this.statements(s.body);
          break;
        }
        case "if":
          this.#block(`if (${s.conditions.map(c => this.condition(c)).join(" && ")})`, () => {
            this.statements(s.body);
          });
          break;
        case "constant":
        case "variable": {
          const value = this.expression(s.value).text;
          this.line(`${s.kind === "constant" ? "const" : "let"} ${this.bindLocal(s.local, s.local.hint)} = ${value};`);
          break;
        }
        case "assign":
          this.#assign(s);
          break;
        case "fill":
          this.line(`${this.vocabulary.buffer(s.buffer)}.fill(0);`);
          break;
        case "external":
          this.#external(s);
          break;
        case "kernel":
          this.#kernel(s);
          break;
        case "remark":
          for (const text of s.lines) this.line(`// ${safeText(text)}`);
          break;
      }
    }
  }
}

/** The method of a user's function: value, gradient1, pull2. */
export const faceName = (face: "value" | "gradient" | "pull" | "jacobian", slot: number): string =>
  face === "value" ? face : `${face}${slot}`;
