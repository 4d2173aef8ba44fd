/** Shows terms: the inverse of read.ts. Shared subterms are written out each time; use it for small terms. */
import { InternalError } from "../base/diagnostic.ts";
import { boundsOf } from "../expr/domain.ts";
import { type CallNode, childrenOf, integerValue, type Node, type OverNode, open, type Scope } from "../expr/node.ts";
import { namesIn, type Polynomial } from "../expr/polynomial.ts";
import { showRational } from "../expr/rational.ts";
import { postorder } from "../expr/walk.ts";
import { axisOf } from "../ops/along.ts";
import { opOf } from "../ops/call.ts";
import type { Op, TermForm } from "../ops/op.ts";
import { readSignature } from "../shape/signature.ts";
import { DEEPEST, FOLD_NAMES, foldIntegers, resolveSpelling, SIZE } from "./read.ts";

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
    value.monomials.length > 1 ? SUM : value.key.includes("*") ? PRODUCT : value.key.startsWith("-") ? UNARY : ATOM,
});

const bracket = ({ text, strength }: Shown, least: number): string => (strength >= least ? text : `(${text})`);

const call = (name: string, args: readonly string[]): Shown => ({
  text: `${name}(${args.join(", ")})`,
  strength: ATOM,
});

/** How a call is spelled; undefined where reading the spelling would give another node, or none. */
const spellingOf = ({ op: name, args, attributes }: CallNode): TermForm["spelling"] | undefined => {
  if (attributes.function !== undefined || axisOf(attributes) !== undefined) return undefined;
  const op = opOf(name);
  const spelling = op.term?.find(form => resolveSpelling(form.spelling, args) === op)?.spelling;
  if (spelling === undefined) return undefined;
  const [a, b] = args as [Node, Node];
  if (args.length === 2 && foldIntegers(spelling, a, b) !== undefined) return undefined;
  return spelling === "unary-" && (a.kind === "number" || integerValue(a) !== undefined) ? undefined : spelling;
};

/**
 * The term as text that readTerm reads back to the same node. Fails (InternalError) where it is nested deeper than
 * readTerm takes: deep terms are shown piecewise by the printers.
 */
export const showTerm = (root: Node): string => showTermIn(root.scope, root);

/** The same for a reader who knows the symbols of a scope, also where the term has none. */
export const showTermIn = (scope: Scope, root: Node): string => {
  const symbols = new Set(postorder(root).flatMap(node => (node.kind === "symbol" ? node.name : [])));
  let depth = 0;
  // Symbols of the whole scope count: whoever reads the term may know them all.
  const showInteger = (value: Polynomial): Shown =>
    namesIn(value).some(name => scope.hasSymbol(name)) ? call(SIZE, [value.key]) : showPolynomial(value);
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
    if (++depth > DEEPEST) throw new InternalError(`a term of more than ${DEEPEST} levels is not shown`);
    const shown = showNode(node, taken);
    depth--;
    return shown;
  };
  /** a + b - c …: the left operands in a loop, for sums may be long. */
  const showInfix = (last: CallNode, taken: readonly string[]): Shown => {
    const spine: { node: CallNode; spelling: TermForm["spelling"] }[] = [];
    for (let node: Node = last; node.kind === "call"; node = node.args[0] as Node) {
      const spelling = spellingOf(node);
      const above = spine.at(-1);
      if (spelling === undefined || (STRENGTH[spelling] !== SUM && STRENGTH[spelling] !== PRODUCT)) break;
      if (above && STRENGTH[spelling] < STRENGTH[above.spelling]) break;
      spine.push({ node, spelling });
    }
    let shown = show((spine.at(-1) as (typeof spine)[number]).node.args[0] as Node, taken);
    for (const { node, spelling } of spine.reverse()) {
      const strength = STRENGTH[spelling];
      const right = bracket(show(node.args[1] as Node, taken), strength + 1);
      shown = { text: `${bracket(shown, strength)} ${spelling} ${right}`, strength };
    }
    return shown;
  };
  const showNode = (node: Node, taken: readonly string[]): Shown => {
    switch (node.kind) {
      case "symbol":
        return { text: node.name, strength: ATOM };
      case "number": {
        const text = showRational(node.value);
        return { text, strength: node.value.denominator !== 1n ? PRODUCT : node.value.numerator < 0n ? UNARY : ATOM };
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
        const axis = axisOf(attributes);
        const shown = (i: number): Shown => showArgument(op, i, args[i] as Node, taken);
        if (axis !== undefined) return call(axis, [op.name, ...args.map((_, i) => shown(i).text)]);
        const spelling = spellingOf(node);
        if (spelling === undefined) {
          return call(
            node.op,
            args.map((_, i) => shown(i).text),
          );
        }
        const strength = STRENGTH[spelling];
        if (spelling === "unary-") return { text: `-${bracket(shown(0), UNARY)}`, strength };
        if (spelling === "'") return { text: `${bracket(shown(0), POSTFIX)}'`, strength };
        if (strength === POWER)
          return { text: `${bracket(shown(0), POSTFIX)}${spelling}${bracket(shown(1), ATOM)}`, strength };
        return showInfix(node, taken);
      }
    }
  };
  return show(root, []).text;
};

/**
 * The term as text, unless it would be long: more than `most` operations, shared parts counted each time, or deeper than
 * can be read back.
 */
export const showShortTerm = (root: Node, most: number): string | undefined => {
  const measured = new Map<Node, { readonly size: number; readonly depth: number }>();
  for (const node of postorder(root)) {
    let [size, depth] = [1, 1];
    for (const child of childrenOf(node)) {
      const own = measured.get(child) ?? { size: 1, depth: 1 };
      size += own.size;
      depth = Math.max(depth, own.depth + 1);
    }
    if (size > most || depth > DEEPEST / 2) return undefined;
    measured.set(node, { size, depth });
  }
  return showTerm(root);
};
