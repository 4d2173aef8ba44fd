/** What a node's printed form is made of: the nodes to print first and how their pieces are put together. */
import { type CallNode, childrenOf, type Node, type PartialNode } from "../expr/node.ts";
import { opOf } from "../ops/call.ts";
import type { Level } from "../ops/op.ts";
import { formOf, type Settled } from "./form.ts";
import { rationalLatex } from "./integers.ts";
import { isDivided, juxtaposition } from "./juxtaposition.ts";
import { functionLatex, indexLatex, memberLatex, scriptsOf, symbolLatex } from "./names.ts";
import {
  atom,
  bindsAs,
  bracket,
  enclose,
  group,
  inherit,
  type Piece,
  productOf,
  signed,
  sumOf,
  superscript,
} from "./piece.ts";
import type { Layout, Letters, Printing } from "./printing.ts";

const fixed = (piece: Piece): Layout => ({ needs: [], build: () => piece });

/** The operands of nested calls of one associative op, in order. */
const operands = (root: CallNode, { isNamed }: Printing): readonly Node[] => {
  if (!opOf(root.op).laws?.includes("associative")) return root.args;
  const found: Node[] = [];
  const stack: Node[] = [...root.args].reverse();
  while (stack.length > 0) {
    const node = stack.pop() as Node;
    if (node.kind === "call" && node.op === root.op && !isNamed(node))
      for (let i = node.args.length - 1; i >= 0; i--) stack.push(node.args[i] as Node);
    else found.push(node);
  }
  return found;
};

/** Adjoints first, those from further on before those of the place itself; otherwise the order stays. */
const adjointsFirst = (pieces: readonly Piece[]): readonly Piece[] =>
  [2, 1, 0].flatMap(rank => pieces.filter(piece => piece.adjoint === rank));

const isMultilinear = (node: CallNode): boolean => {
  const { means } = opOf(node.op);
  return "einsum" in means || ("each" in means && (means.each === "multiply" || means.each === "divide"));
};

const infixProduct = (node: CallNode, sign: string, printing: Printing): Layout => {
  const commutative = opOf(node.op).laws?.includes("commutative") ?? false;
  const needs = operands(node, printing);
  return {
    needs,
    build: pieces => {
      const order = commutative ? [...pieces].sort((a, b) => Math.sign(b.adjoint) - Math.sign(a.adjoint)) : pieces;
      const kept = isMultilinear(node)
        ? order
        : order.map(piece => (piece.negative ? atom(enclose(piece), inherit([piece])) : piece));
      return productOf(kept, sign);
    },
  };
};

const isSum = (node: Node): boolean => {
  const form = node.kind === "call" ? formOf(node) : undefined;
  return form !== undefined && "infix" in form && form.level === "sum";
};

const sum = (root: CallNode, { isNamed }: Printing): Layout => {
  const terms: { node: Node; minus: boolean }[] = [];
  const stack: { node: Node; minus: boolean }[] = [{ node: root, minus: false }];
  while (stack.length > 0) {
    const { node, minus } = stack.pop() as { node: Node; minus: boolean };
    const form = node.kind === "call" ? formOf(node) : undefined;
    const opens: boolean = node === root || (isSum(node) && !minus && !isNamed(node));
    if (opens && form && "infix" in form) {
      const args = childrenOf(node);
      const less = form.infix === "-";
      for (let i = args.length - 1; i >= 0; i--)
        stack.push({ node: args[i] as Node, minus: i > 0 && less ? !minus : minus });
    } else terms.push({ node, minus });
  }
  const commutes = opOf(root.op).laws?.includes("commutative") || terms.length === 2;
  return {
    needs: terms.map(term => term.node),
    build: pieces => {
      const signedPieces = pieces.map((piece, i) =>
        terms[i]?.minus
          ? {
              ...(piece.level === "sum" ? atom(enclose(piece), inherit([piece])) : piece),
              negative: piece.level === "sum" ? true : !piece.negative,
            }
          : piece,
      );
      const sorted = adjointsFirst(signedPieces);
      return sumOf(commutes && sorted[0] && !sorted[0].negative ? sorted : signedPieces);
    },
  };
};

const negation = (arg: Node): Layout => ({
  needs: [arg],
  build: ([piece]) => {
    const of = piece as Piece;
    return of.level === "sum"
      ? atom(enclose(of), { ...inherit([of]), negative: true })
      : { ...of, negative: !of.negative };
  },
});

const quotient = (node: CallNode, printing: Printing): Layout => {
  if (isDivided(node)) return juxtaposition(node, printing);
  return {
    needs: node.args,
    build: ([above, under]) => {
      const [a, b] = [above as Piece, under as Piece];
      return atom(`\\frac{${a.text}}{${signed(b)}}`, {
        level: "power",
        tall: true,
        negative: a.negative && a.level !== "sum",
        adjoint: inherit([a, b]).adjoint,
        figure: "fraction",
        ...(a.negative && a.level === "sum" ? { text: `\\frac{${signed(a)}}{${signed(b)}}` } : {}),
      });
    },
  };
};

const template = (form: Extract<Settled, { readonly template: string }>, node: CallNode): Layout => ({
  needs: node.args,
  build: pieces => {
    let text = "";
    const source = form.template;
    for (let i = 0; i < source.length; i++) {
      const slot = source[i] === "#" ? Number(source[i + 1]) : 0;
      const piece = pieces[slot - 1];
      if (!piece) {
        text += source[i];
        continue;
      }
      i++;
      const least = form.brackets?.[String(slot)] ?? "sum";
      const script = source[i + 1] === "^" && piece.scripts !== undefined;
      const body = script
        ? enclose(piece)
        : bracket(
            piece,
            least === "sum" || bindsAs(piece.level, least)
              ? piece.negative && least !== "sum"
                ? "atom"
                : "sum"
              : "atom",
          );
      const lone =
        body.length === 1 && source[i - 2] === "{" && source[i + 1] === "}" && /[\^_]/u.test(source[i - 3] ?? "");
      if (lone) {
        text = text.slice(0, -1) + body;
        i++;
      } else text += body;
    }
    return atom(text, {
      ...inherit(pieces),
      level: form.level,
      tall: inherit(pieces).tall || source.includes("\\frac"),
    });
  },
});

const list = (name: string, pieces: readonly Piece[], level: Level = "atom"): Piece => {
  const { tall, adjoint } = inherit(pieces);
  const inside = pieces.map(signed).join(", ");
  return atom(tall ? `${name}\\left(${inside}\\right)` : `${name}(${inside})`, { level, tall, adjoint });
};

const primes = (order: number): string => (order <= 3 ? "'".repeat(order) : `^{(${order})}`);

const fraction = (above: string, under: string): string => `\\frac{\\partial ${above}}{\\partial ${under}}`;

const isName = (node: Node): boolean => node.kind === "symbol" || node.kind === "at";

/** ∂f(…)/∂(slot): the argument named below the bar, or by its number where it is not one name that occurs once. */
const slotDerivative = (name: string, args: readonly Node[], pieces: readonly Piece[], slot: number): Piece => {
  const arg = args[slot - 1] as Node;
  const piece = pieces[slot - 1] as Piece;
  if (isName(arg) && args.filter(other => other === arg).length === 1) {
    return atom(fraction(list(name, pieces).text, piece.text), { level: "power", tall: true });
  }
  return list(`\\partial_{${slot}} ${name}`, pieces, "atom");
};

const isFlatShape = ({ shape }: Node): boolean => shape.length <= 1;

const abstractCall = (node: CallNode, face: "value" | "prime" | "gradient" | "pull", { context }: Printing): Layout => {
  const { attributes, args } = node;
  const name = functionLatex(context, String(attributes.function));
  const slot = Number(attributes.slot);
  switch (face) {
    case "value":
      return { needs: args, build: pieces => list(name, pieces) };
    case "prime":
      return { needs: args, build: pieces => list(`${name}${primes(Number(attributes.order))}`, pieces) };
    case "gradient":
      return { needs: args, build: pieces => slotDerivative(name, args, pieces, slot) };
    case "pull":
      return {
        needs: args,
        build: ([cotangent, ...pieces]) => {
          const g = cotangent as Piece;
          const jacobian = slotDerivative(name, args.slice(1), pieces, slot);
          const straight = isFlatShape(args[0] as Node) && isFlatShape(node);
          return straight
            ? productOf([superscript(jacobian, "\\top", true), g], "")
            : list("\\operatorname{prod}", [g, jacobian]);
        },
      };
  }
};

/** ⟨∂L/∂v, dv⟩: what the change of v does to the objective. */
export const pairing = (gradient: string, variable: string): string =>
  `\\left\\langle ${gradient},\\, \\mathrm{d} ${variable} \\right\\rangle`;

/** prod(∂L/∂v, ∂v/∂u) in the chosen notation. */
const chain = (node: CallNode, form: Extract<Settled, { readonly call: string }>, { context }: Printing): Layout => {
  const [outer, inner] = node.args as [Node, Node];
  if (context.notation === "differential" && inner.kind === "partial") {
    return {
      needs: [outer, inner.of],
      build: pieces => {
        const [gradient, variable] = pieces as [Piece, Piece];
        return atom(pairing(signed(gradient), variable.text), { tall: true, adjoint: gradient.adjoint });
      },
    };
  }
  return {
    needs: node.args,
    build: pieces => {
      const [gradient, jacobian] = pieces as [Piece, Piece];
      if (context.notation === "plain") return productOf([gradient, jacobian], "");
      const transposed = context.notation === "nabla" || context.notation === "delta";
      if (transposed && isFlatShape(outer) && isFlatShape(node) && inner.kind === "partial")
        return productOf([superscript(jacobian, "\\top", true), gradient], "");
      return list(form.call, pieces);
    },
  };
};

const callLayout = (node: CallNode, printing: Printing): Layout => {
  const form = formOf(node);
  const op = opOf(node.op);
  const spelling = printing.context.spellings?.get(node.op);
  if ("abstract" in form) return abstractCall(node, form.abstract, printing);
  if ("call" in form) {
    if ("abstract" in op.means && op.means.abstract === "chain") return chain(node, form, printing);
    return { needs: node.args, build: pieces => list(spelling ?? form.call, pieces) };
  }
  if ("juxtapose" in form) return juxtaposition(node, printing);
  if ("fraction" in form) return quotient(node, printing);
  if ("infix" in form) return form.level === "sum" ? sum(node, printing) : infixProduct(node, form.infix, printing);
  if ("prefix" in form) {
    if (form.prefix === "-") return negation(node.args[0] as Node);
    return {
      needs: node.args,
      build: ([piece]) =>
        atom(`${form.prefix} ${bracket(piece as Piece, form.level)}`, {
          ...inherit([piece as Piece]),
          level: form.level,
        }),
    };
  }
  if ("postfix" in form)
    return {
      needs: node.args,
      build: ([piece]) => superscript(piece as Piece, form.postfix.replace(/^\^/u, ""), true),
    };
  if ("fence" in form) {
    const { fence, sub, sup } = form;
    return {
      needs: node.args,
      build: pieces => {
        const { tall, adjoint } = inherit(pieces);
        const inside = pieces.map(signed).join(", ");
        const body = tall ? `\\left${fence[0]} ${inside} \\right${fence[1]}` : `${fence[0]}${inside}${fence[1]}`;
        return atom(`${body}${sub ? `_${group(sub)}` : ""}${sup ? `^${group(sup)}` : ""}`, {
          tall,
          adjoint,
          level: sup ? "power" : "atom",
        });
      },
    };
  }
  return template(form, node);
};

/** ∂L/∂h_{t+1} as the notation has it; other partial derivatives are fractions always. */
const partialLayout = (node: PartialNode, { context }: Printing): Layout => ({
  needs: [node.of, node.wrt],
  build: pieces => {
    const [of, wrt] = pieces as [Piece, Piece];
    const isAdjoint = node.of === context.objective && node.reading === "total";
    const shifted = node.wrt.kind === "at" && node.wrt.index.some(entry => entry.monomials.length > 1);
    const adjoint = isAdjoint ? (shifted ? 2 : 1) : 0;
    if (isAdjoint && context.notation === "nabla")
      return atom(`\\nabla_${group(wrt.text)} ${of.text}`, { level: "prefix", open: true, adjoint });
    if (isAdjoint && context.notation === "delta") return atom(`\\delta_${group(wrt.text)}`, { adjoint });
    return atom(fraction(of.text, wrt.text), { level: "power", tall: true, adjoint });
  },
});

const named = (text: string): Piece => {
  const scripts = scriptsOf(text);
  return scripts ? atom(text, { scripts }) : atom(text);
};

export const layoutOf = (node: Node, letters: Letters, printing: Printing): Layout => {
  const { context } = printing;
  switch (node.kind) {
    case "symbol":
      return fixed(named(symbolLatex(context, node)));
    case "at":
      return fixed(
        named(
          memberLatex(
            context,
            node.of,
            node.index.map(entry => indexLatex(context, entry, letters.of)),
          ),
        ),
      );
    case "number": {
      const negative = node.value.numerator < 0n;
      const { text, fraction: isFraction } = rationalLatex({
        ...node.value,
        numerator: negative ? -node.value.numerator : node.value.numerator,
      });
      return fixed(
        atom(text, {
          negative,
          tall: isFraction,
          level: isFraction ? "power" : "atom",
          figure: isFraction ? "fraction" : "number",
        }),
      );
    }
    case "integer": {
      const text = indexLatex(context, node.value, letters.of);
      const alone = node.value.monomials.length === 1;
      const [first] = node.value.monomials;
      const negative = alone && (first?.coefficient ?? 0) < 0;
      const single = alone && first?.names.length === 1 && Math.abs(first.coefficient) === 1;
      return fixed(
        atom(negative ? text.slice(1) : text, { negative, level: single ? "atom" : alone ? "product" : "sum" }),
      );
    }
    case "partial":
      return partialLayout(node, printing);
    case "over":
      return printing.open(node, letters);
    case "call":
      return callLayout(node, printing);
  }
};
