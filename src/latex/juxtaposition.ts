/** Products written side by side, and divisions, which join them. */
import { type CallNode, childrenOf, type Node } from "../expr/node.ts";
import { isScalar } from "../ops/call.ts";
import { formOf } from "./form.ts";
import { atom, bracket, type Piece, productOf, signed, superscript } from "./piece.ts";
import type { Layout, Printing } from "./printing.ts";

const isJuxtaposed = (node: Node): node is CallNode => node.kind === "call" && "juxtapose" in formOf(node);

/** Small scalars without fractions or big operators stand above a fraction's bar. */
const fitsAboveBar = (root: Node): boolean => {
  if (!isScalar(root.shape)) return false;
  const stack: Node[] = [root];
  for (let count = 0; stack.length > 0; count++) {
    const node = stack.pop() as Node;
    if (count > 12 || node.kind === "over" || node.kind === "partial") return false;
    if (node.kind === "number" && node.value.denominator !== 1n) return false;
    if (node.kind !== "call") continue;
    const form = formOf(node);
    if ("fraction" in form || ("abstract" in form && form.abstract !== "value" && form.abstract !== "prime"))
      return false;
    if ("template" in form && form.template.includes("\\frac")) return false;
    stack.push(...node.args);
  }
  return true;
};

const isNegation = (node: Node): node is CallNode => {
  const form = node.kind === "call" ? formOf(node) : undefined;
  return form !== undefined && "prefix" in form && form.prefix === "-";
};

interface Factor {
  readonly node: Node;
  /** What it carries behind it: ^\top. */
  readonly post: string;
  /** Stands below a bar, with 1 above. */
  readonly below: boolean;
  /** What a root below a bar is of: written as a power, above the bar of the factor behind it if there is one. */
  readonly root?: "alone" | "above";
}

const isRoot = (node: Node): node is CallNode => {
  const form = node.kind === "call" ? formOf(node) : undefined;
  return form !== undefined && "template" in form && form.template === "\\sqrt{#1}";
};

/** What is divided by: whole, or for a note that writes 1/√a as a power the root apart from the rest. */
const divisors = (below: Node, { context, isNamed }: Printing): readonly Factor[] => {
  const whole: readonly Factor[] = [{ node: below, post: "", below: true }];
  if (context.habits?.rootExponent === undefined || isNamed(below)) return whole;
  const parts = isJuxtaposed(below) ? below.args : [below];
  const [root, ...more] = parts.filter(isRoot);
  const rest = parts.filter(part => part !== root);
  if (!root || more.length > 0 || isNamed(root)) return whole;
  return [
    { node: root.args[0] as Node, post: "", below: false, root: rest.length > 0 ? "above" : "alone" },
    ...rest.map((node): Factor => ({ node, post: "", below: true })),
  ];
};

/** Nodes in which the form is a fraction that is written as a factor in front, or with a root in it as a power. */
export const isDivided = (node: Node, printing: Printing): boolean =>
  node.kind === "call" &&
  "fraction" in formOf(node) &&
  (!fitsAboveBar(node.args[0] as Node) || divisors(node.args[1] as Node, printing).some(({ root }) => root));

/** The factors of a juxtaposed product: scalars, then arrays in order. `minus`: an odd number of negations was taken out. */
const juxtaposedFactors = (root: Node, printing: Printing): { scalars: Factor[]; arrays: Factor[]; minus: boolean } => {
  const { isNamed } = printing;
  const scalars: Factor[] = [];
  const arrays: Factor[] = [];
  let minus = false;
  const stack: { node: Node; front: boolean; post?: string }[] = [{ node: root, front: false }];
  const allScalar = (node: CallNode): boolean => node.args.every(arg => isScalar(arg.shape));
  while (stack.length > 0) {
    const { node, front, post = "" } = stack.pop() as (typeof stack)[number];
    const leaf = node !== root && isNamed(node);
    if (post !== "") arrays.push({ node, post, below: false });
    else if (!leaf && isNegation(node) && node.args[0]) {
      minus = !minus;
      stack.push({ node: node.args[0], front });
    } else if (!leaf && isDivided(node, printing)) {
      const [above, below] = childrenOf(node) as [Node, Node];
      scalars.push(...divisors(below, printing));
      stack.push({ node: above, front });
    } else if (!leaf && isJuxtaposed(node) && (!front || allScalar(node))) {
      const [a, b] = node.args as [Node, Node];
      const form = formOf(node);
      const posts = "juxtapose" in form ? form.posts : undefined;
      if (posts)
        stack.push({ node: b, front: false, post: posts[1] ?? "" }, { node: a, front: false, post: posts[0] ?? "" });
      else if (isScalar(a.shape)) stack.push({ node: b, front }, { node: a, front: true });
      else if (isScalar(b.shape) && !isJuxtaposed(b)) stack.push({ node: a, front }, { node: b, front: true });
      else stack.push({ node: b, front: false }, { node: a, front: false });
    } else (isScalar(node.shape) ? scalars : arrays).push({ node, post: "", below: false });
  }
  return { scalars, arrays, minus };
};

/** G ⊙ (c v) for c (G ⊙ v): the gradient first, then what it is multiplied by. */
const behindGradient = (scalars: readonly Piece[], arrays: readonly Piece[]): readonly Piece[] => {
  const [only, ...more] = arrays;
  const [gradient, first, ...others] = only?.factors ?? [];
  if (scalars.length === 0 || more.length > 0 || !only || !gradient || !first) return [...scalars, ...arrays];
  return [productOf([gradient, productOf([...scalars, first], ""), ...others], only.sign ?? "")];
};

/** ∂f(x) over T ∂x, for a note that writes a mean's gradient so: one divisor joins the derivative that follows it. */
const joined = (
  [fraction, ...more]: readonly Piece[],
  [first, ...rest]: readonly Piece[],
): readonly Piece[] | undefined => {
  if (fraction?.divisor === undefined || more.length > 0 || !first?.derivative) return undefined;
  const { above, under } = first.derivative;
  const text = `\\frac{${above}}{${fraction.divisor} \\cdot ${under}}`;
  return [atom(text, { level: "power", tall: true, negative: first.negative }), ...rest];
};

/** 2/N for 2 · 1/N: a whole number in front of one over something stands above the bar. */
const above = (
  numbers: readonly Piece[],
  fractions: readonly Piece[],
): readonly [readonly Piece[], readonly Piece[]] => {
  const [number, ...more] = numbers;
  const [fraction, ...others] = fractions;
  if (!number || !fraction?.divisor || more.length > 0 || number.text === "1" || !fraction.text.startsWith("\\frac{1}"))
    return [numbers, fractions];
  const text = `\\frac{${number.text}}${fraction.text.slice("\\frac{1}".length)}`;
  const { divisor: _, ...rest } = fraction;
  return [[], [{ ...rest, text, negative: number.negative !== fraction.negative }, ...others]];
};

/** A product written side by side: numbers, one over the divisors, sizes, other scalars, then the arrays in order. */
export const juxtaposition = (node: Node, printing: Printing): Layout => {
  const { scalars, arrays, minus } = juxtaposedFactors(node, printing);
  const factors = [...scalars, ...arrays];
  return {
    needs: factors.map(factor => factor.node),
    build: pieces => {
      const power = (radicand: Piece): Piece =>
        superscript(radicand, printing.context.habits?.rootExponent ?? "", false);
      const written = pieces.map((piece, i) => {
        const { post, below, root } = factors[i] as Factor;
        if (root === "alone") return power(piece);
        if (root === "above") {
          const text = `\\frac{${power(piece).text}}{${signed(pieces[i + 1] as Piece)}}`;
          return atom(text, { level: "power", tall: true, figure: "fraction" });
        }
        if (below && factors[i - 1]?.root === "above") return atom("");
        if (below)
          return atom(`\\frac{1}{${signed(piece)}}`, {
            level: "power",
            tall: true,
            figure: "fraction",
            divisor: bracket(piece, "product"),
          });
        return post === "" ? piece : superscript(piece, post.slice(1), true);
      });
      const isAbsent = (_: Piece, i: number): boolean => factors[i - 1]?.root === "above";
      const front = written.slice(0, scalars.length);
      const figureOf = (piece: Piece): Piece["figure"] => (piece.level === "sum" ? "none" : piece.figure);
      const [numbers, fractions] = above(
        front.filter(piece => figureOf(piece) === "number"),
        front.filter(piece => figureOf(piece) === "fraction"),
      );
      const isSize = (_: Piece, i: number): boolean => factors[i]?.node.kind === "integer" && !factors[i].below;
      const sizes = front.filter(isSize);
      const plain = front.filter((piece, i) => figureOf(piece) === "none" && !isSize(piece, i) && !isAbsent(piece, i));
      // What follows a sum would seem to be summed.
      const others = [...plain.filter(piece => !piece.big), ...plain.filter(piece => piece.big)];
      const leading = others.filter(piece => piece.adjoint > 0 && !piece.big);
      const rest = [
        ...leading,
        ...behindGradient(
          others.filter(piece => !leading.includes(piece)),
          written.slice(scalars.length),
        ),
      ];
      const product = productOf(
        [
          ...numbers,
          ...((printing.context.habits?.joinedDivisors ? joined(fractions, [...sizes, ...rest]) : undefined) ?? [
            ...fractions,
            ...sizes,
            ...rest,
          ]),
        ],
        "",
      );
      return minus ? { ...product, negative: !product.negative } : product;
    },
  };
};
