/** What a node's printed form is made of: the nodes to print first and how their pieces are put together. */
import { at, type CallNode, type Node, type PartialNode, type SymbolNode } from "../expr/node.ts";
import { familyOf } from "../expr/system.ts";
import { opOf } from "../ops/call.ts";
import { blocks, padded, part } from "./blocks.ts";
import { formOf } from "./form.ts";
import { abstractCall, chain, fraction, list } from "./functions.ts";
import { rationalLatex } from "./integers.ts";
import { isDivided, juxtaposition } from "./juxtaposition.ts";
import { alongLatex } from "./lifted.ts";
import { indexLatex, memberLatex, scriptsOf, subscriptsOf, symbolLatex } from "./names.ts";
import { asColumn, atom, bracket, group, inherit, type Piece, productOf, signed, superscript } from "./piece.ts";
import type { Layout, Letters, Printing } from "./printing.ts";
import { infixProduct, isLine, negation, sum } from "./sums.ts";
import { template } from "./template.ts";

const fixed = (piece: Piece): Layout => ({ needs: [], build: () => piece });

const quotient = (node: CallNode, printing: Printing): Layout => {
  if (isDivided(node, printing)) return juxtaposition(node, printing);
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
        ...(a.text === "1" && !a.negative ? { divisor: bracket(b, "product") } : {}),
        ...(a.negative && a.level === "sum" ? { text: `\\frac{${signed(a)}}{${signed(b)}}` } : {}),
      });
    },
  };
};

/** Powers of the entries of a column or row, which has no others: v^{-1}, and (v ⊙ v)^{-1} rather than v^{-2}. */
const barePower = (node: CallNode): Layout => ({
  needs: node.args,
  build: pieces => {
    const [base, exponent] = pieces as readonly [Piece, Piece];
    const power = signed(exponent);
    return power === "-2"
      ? superscript(productOf([base, base], "\\odot"), "-1", false)
      : superscript(base, power, false);
  },
});

const callLayout = (node: CallNode, printing: Printing, letters: Letters): Layout => {
  const form = formOf(node);
  const op = opOf(node.op);
  const spelling = printing.context.spellings?.get(node.op);
  if ("abstract" in form) return abstractCall(node, form.abstract, printing, letters);
  if ("call" in form) {
    if ("abstract" in op.means && op.means.abstract === "chain") return chain(node, form, printing);
    const name = `${spelling ?? form.call}${alongLatex(node)}`;
    return { needs: node.args, build: pieces => list(name, pieces) };
  }
  if ("juxtapose" in form) return juxtaposition(node, printing);
  if ("fraction" in form) return quotient(node, printing);
  if ("each" in op.means && op.means.each === "pow" && printing.context.habits?.barePowers && isLine(node))
    return barePower(node);
  if ("infix" in form) return form.level === "sum" ? sum(node, printing) : infixProduct(node, form.infix, printing);
  if ("blocks" in form) return blocks(node, printing);
  if ("padded" in form) return padded(node, form.padded);
  if ("subscript" in form) return part(node, form.subscript, form.index ?? false, printing);
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
  if ("postfix" in form) {
    const [inner] = node.args;
    const own = inner?.kind === "call" && !printing.isNamed(inner) ? formOf(inner) : undefined;
    const raised = own && "template" in own ? own.raised?.[form.postfix] : undefined;
    if (own && "template" in own && raised !== undefined)
      return template({ ...own, template: raised }, inner as CallNode);
    return {
      needs: node.args,
      build: ([piece]) => superscript(piece as Piece, form.postfix.replace(/^\^/u, ""), true),
    };
  }
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
          ...(sub ? { isPart: true } : {}),
        });
      },
    };
  }
  return template(form, node);
};

/** ∂²L/∂v∂wᵀ, where v has the gradient of the objective in a family of its own. */
const secondOrderLayout = ({ of, wrt, shape }: PartialNode, objective: SymbolNode, by: SymbolNode): Layout => ({
  needs: [objective, of.kind === "at" ? at(by, of.index) : by, wrt],
  build: pieces => {
    const [loss, first, second] = pieces as [Piece, Piece, Piece];
    const top = `\\partial^2 ${loss.text}`;
    const plain = shape.length < 2;
    const under =
      plain && first.text === second.text
        ? `\\partial ${superscript(first, "2", false).text}`
        : `\\partial ${first.text} \\, \\partial ${plain ? second.text : superscript(second, "\\top", true).text}`;
    return atom(`\\frac{${top}}{${under}}`, { level: "power", tall: true });
  },
});

/** ∂L/∂h_{t+1} as the notation has it; other partial derivatives are fractions always. */
const firstOrderLayout = (node: PartialNode, { context }: Printing): Layout => ({
  needs: [node.of, node.wrt],
  build: pieces => {
    const [of, wrt] = pieces as [Piece, Piece];
    const isAdjoint = node.of === context.objective && node.reading === "total";
    const shifted = node.wrt.kind === "at" && node.wrt.index.some(entry => entry.monomials.length > 1);
    const adjoint = isAdjoint ? (shifted ? 2 : 1) : 0;
    const write = (): Piece => {
      if (isAdjoint && context.notation === "nabla")
        return atom(`\\nabla_${group(wrt.text)} ${of.text}`, { level: "prefix", open: true, adjoint });
      if (isAdjoint && context.notation === "delta") return atom(`\\delta_${group(wrt.text)}`, { adjoint });
      return atom(fraction(of.text, wrt.text), { level: "power", tall: true, adjoint });
    };
    return isAdjoint && context.layout === "numerator" && node.shape.length > 0 ? asColumn(write()) : write();
  },
});

/** A name; one that is a fraction, ∂h_t/∂w, is as tall as fractions are and takes no exponent without brackets. */
const named = (text: string): Piece => {
  if (text.startsWith("\\frac")) return atom(text, { level: "power", tall: true });
  const [scripts, subscripts] = [scriptsOf(text), subscriptsOf(text)];
  return atom(text, { ...(scripts ? { scripts } : {}), ...(subscripts ? { subscripts } : {}) });
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
    case "partial": {
      const { objective, symbols } = printing.context;
      const by = symbols?.get(familyOf(node.of).name)?.gradientBy;
      return objective && by ? secondOrderLayout(node, objective, by) : firstOrderLayout(node, printing);
    }
    case "over":
      return printing.open(node, letters);
    case "call":
      return callLayout(node, printing, letters);
  }
};
