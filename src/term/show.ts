/** Shows terms: the inverse of read.ts. Shared subterms are written out each time; use it for small terms. */
import { boundsOf } from "../expr/domain.ts";
import { integerValue, type Node, type OverNode, open } from "../expr/node.ts";
import { namesIn, type Polynomial } from "../expr/polynomial.ts";
import { showRational } from "../expr/rational.ts";
import { postorder } from "../expr/walk.ts";
import { opOf } from "../ops/call.ts";
import type { Op, TermForm } from "../ops/op.ts";
import { readSignature } from "../shape/signature.ts";
import { FOLD_NAMES, foldIntegers, resolveSpelling, SIZE } from "./read.ts";

/** Binding strengths, as in term.ne. */
const SUM = 1;
const PRODUCT = 2;
const UNARY = 3;
const POWER = 4;
const POSTFIX = 5;
const ATOM = 6;

const STRENGTH: Readonly<Record<TermForm["spelling"], number>> = {
  "+": SUM,
  "-": SUM,
  "*": PRODUCT,
  ".*": PRODUCT,
  "/": PRODUCT,
  "./": PRODUCT,
  "unary-": UNARY,
  "^": POWER,
  ".^": POWER,
  "'": POSTFIX,
};

interface Shown {
  readonly text: string;
  readonly strength: number;
}

const LETTERS = ["t", "i", "j", "k", "s", "r", "q", "p"];

/** An index letter that is free nowhere in the node. */
const freshLetter = (node: OverNode, taken: readonly string[]): string => {
  for (let round = 0; ; round++) {
    for (const letter of LETTERS) {
      const name = round === 0 ? letter : `${letter}${round}`;
      if (!node.free.includes(name) && !taken.includes(name)) return name;
    }
  }
};

const showPolynomial = (value: Polynomial): Shown => ({
  text: value.key,
  strength:
    value.monomials.length > 1 ? SUM : value.key.startsWith("-") ? UNARY : value.key.includes("*") ? PRODUCT : ATOM,
});

const bracket = ({ text, strength }: Shown, least: number): string => (strength >= least ? text : `(${text})`);

const call = (name: string, args: readonly string[]): Shown => ({
  text: `${name}(${args.join(", ")})`,
  strength: ATOM,
});

/** The term as text that readTerm reads back to the same node. */
export const showTerm = (root: Node): string => {
  // The depth of a shown term is bounded by what a person can read; deep terms are shown piecewise by the printers.
  const symbols = new Set(postorder(root).flatMap(node => (node.kind === "symbol" ? node.name : [])));
  const showInteger = (value: Polynomial): Shown =>
    namesIn(value).some(name => symbols.has(name)) ? call(SIZE, [value.key]) : showPolynomial(value);
  const showArgument = (op: Op, i: number, arg: Node, taken: readonly string[]): Shown => {
    const pattern = typeof op.shape === "string" ? readSignature(op.shape).args[i] : undefined;
    return pattern?.kind === "integer" && arg.kind === "integer" ? showPolynomial(arg.value) : show(arg, taken);
  };
  const showOver = (node: OverNode, taken: readonly string[]): Shown => {
    const letter = freshLetter(node, [...taken, ...symbols]);
    const { domain, body } = open(node, letter);
    const { lower, upper, rest } = boundsOf(domain, letter);
    const several = (name: string, bounds: readonly Polynomial[]): string =>
      bounds.length === 1 ? (bounds[0] as Polynomial).key : `${name}(${bounds.map(b => b.key).join(", ")})`;
    return call(FOLD_NAMES[node.fold], [
      letter,
      several("max", lower),
      several("min", upper),
      show(body, [...taken, letter]).text,
      ...rest.where.map(c => c.key),
    ]);
  };
  const show = (node: Node, taken: readonly string[]): Shown => {
    switch (node.kind) {
      case "symbol":
        return { text: node.name, strength: ATOM };
      case "number": {
        const text = showRational(node.value);
        return { text, strength: node.value.numerator < 0n ? UNARY : node.value.denominator === 1n ? ATOM : PRODUCT };
      }
      case "integer":
        return showInteger(node.value);
      case "at":
        return { text: `${node.of.name}[${node.index.map(entry => entry.key).join(", ")}]`, strength: ATOM };
      case "partial":
        return call(node.reading === "total" ? "partial" : "immediate", [
          show(node.of, taken).text,
          show(node.wrt, taken).text,
        ]);
      case "over":
        return showOver(node, taken);
      case "call": {
        const { args, attributes } = node;
        const texts = (): readonly string[] => args.map(arg => show(arg, taken).text);
        const fn = attributes.function;
        if (fn !== undefined) {
          if (attributes.slot !== undefined) return call(node.op, [String(fn), String(attributes.slot), ...texts()]);
          return attributes.order
            ? call("prime", [String(fn), String(attributes.order), ...texts()])
            : call(String(fn), texts());
        }
        const op = opOf(node.op);
        const shown = args.map((arg, i) => showArgument(op, i, arg, taken));
        const form = op.term?.find(f => resolveSpelling(f.spelling, args) === op);
        const folded =
          args.length === 2 && foldIntegers(form?.spelling ?? "", args[0] as Node, args[1] as Node) !== undefined;
        const foldsMinus =
          form?.spelling === "unary-" && (args[0]?.kind === "number" || integerValue(args[0] as Node) !== undefined);
        if (!form || folded || foldsMinus)
          return call(
            node.op,
            shown.map(({ text }) => text),
          );
        const strength = STRENGTH[form.spelling];
        const [a, b] = shown as [Shown, Shown];
        if (form.spelling === "unary-") return { text: `-${bracket(a, UNARY)}`, strength };
        if (form.spelling === "'") return { text: `${bracket(a, POSTFIX)}'`, strength };
        if (strength === POWER) return { text: `${bracket(a, POSTFIX)}${form.spelling}${bracket(b, ATOM)}`, strength };
        return { text: `${bracket(a, strength)} ${form.spelling} ${bracket(b, strength + 1)}`, strength };
      }
    }
  };
  return show(root, []).text;
};
