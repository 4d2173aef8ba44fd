/** Functions by name: f(x), φ′(z), ∂ℓ(o, y)/∂o, (∂f/∂h)ᵀ g, and the chain-rule operator. */
import type { CallNode, Node } from "../expr/node.ts";
import type { Level } from "../ops/op.ts";
import { nameToLatex } from "../term/system.ts";
import type { Settled } from "./form.ts";
import { indexLatex, type LatexContext, scriptsOf, sharedIndex } from "./names.ts";
import { asColumn, atom, inherit, type Piece, productOf, signed, superscript } from "./piece.ts";
import type { Layout, Letters, Printing } from "./printing.ts";
import { scalarOf } from "./values.ts";

/** name(a, b), with brackets that grow. */
export const list = (name: string, pieces: readonly Piece[], level: Level = "atom"): Piece => {
  const { tall, adjoint } = inherit(pieces);
  const inside = pieces.map(signed).join(", ");
  return atom(tall ? `${name}\\left(${inside}\\right)` : `${name}(${inside})`, { level, tall, adjoint });
};

/** f', or {g^{[l]}}' where a superscript stands already. */
const primed = (name: string, order: number): string =>
  `${scriptsOf(name) ? `{${name}}` : name}${order <= 3 ? "'".repeat(order) : `^{(${order})}`}`;

type Face = "value" | "prime" | "gradient" | "pull" | "jacobian";

export const fraction = (above: string, under: string): string => `\\frac{\\partial ${above}}{\\partial ${under}}`;

const isName = (node: Node): boolean => node.kind === "symbol" || node.kind === "at";

/** ∂f(…)/∂(slot): the argument named below the bar, or by its number where it is not one name that occurs once. */
const slotDerivative = (
  value: string,
  name: string,
  args: readonly Node[],
  pieces: readonly Piece[],
  slot: number,
): Piece => {
  const arg = args[slot - 1] as Node;
  const piece = pieces[slot - 1] as Piece;
  if (isName(arg) && args.filter(other => other === arg).length === 1) {
    const [above, under] = [`\\partial ${value}`, `\\partial ${piece.text}`];
    return atom(`\\frac{${above}}{${under}}`, { level: "power", tall: true, derivative: { above, under } });
  }
  return list(`\\partial_{${slot}} ${name}`, pieces, "atom");
};

const isFlatShape = ({ shape }: Node): boolean => shape.length <= 1;

/** φ, or with the index of what it is applied to, as in a note that has an activation for every layer: g^{[l]}. */
const functionLatex = ({ attributes, args }: CallNode, face: Face, context: LatexContext, letters: Letters): string => {
  const name = String(attributes.function);
  const entry = context.functions?.get(name);
  if (!entry) return nameToLatex(name);
  const index =
    entry.member && sharedIndex(context.symbols, face === "pull" ? args.slice(1) : args, entry.member.index);
  return entry.member && index
    ? entry.member.latex.replace("\u0001", indexLatex(context, index, letters.of))
    : entry.latex;
};

/** A function that the note leaves abstract, in one of its faces. */
export const abstractCall = (node: CallNode, face: Face, { context }: Printing, letters: Letters): Layout => {
  const { attributes, args } = node;
  const name = functionLatex(node, face, context, letters);
  const slot = Number(attributes.slot);
  switch (face) {
    case "value":
      return { needs: args, build: pieces => (pieces.length === 0 ? atom(name) : list(name, pieces)) };
    case "prime":
      return { needs: args, build: pieces => list(primed(name, Number(attributes.order)), pieces) };
    case "gradient": {
      const scalar = context.values && scalarOf(node, context.values);
      return {
        needs: scalar ? [...args, scalar] : args,
        build: given => {
          const pieces = given.slice(0, args.length);
          const written = slotDerivative(given[args.length]?.text ?? list(name, pieces).text, name, args, pieces, slot);
          return context.layout === "numerator" && node.shape.length > 0 ? asColumn(written) : written;
        },
      };
    }
    case "jacobian":
      return {
        needs: args,
        build: pieces => slotDerivative(list(name, pieces).text, name, args, pieces, slot),
      };
    case "pull":
      return {
        needs: args,
        build: ([cotangent, ...pieces]) => {
          const g = cotangent as Piece;
          const jacobian = slotDerivative(list(name, pieces).text, name, args.slice(1), pieces, slot);
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
export const chain = (
  node: CallNode,
  form: Extract<Settled, { readonly call: string }>,
  { context }: Printing,
): Layout => {
  const [outer, inner] = node.args as [Node, Node];
  if (context.notation === "differential" && inner.kind === "partial") {
    return {
      needs: [outer, inner.of],
      build: pieces => {
        const [column, variable] = pieces as [Piece, Piece];
        const gradient = column.untransposed ?? column;
        return atom(pairing(signed(gradient), variable.text), { tall: true, adjoint: gradient.adjoint });
      },
    };
  }
  return {
    needs: node.args,
    build: pieces => {
      const [column, jacobian] = pieces as [Piece, Piece];
      const gradient = column.untransposed ?? column;
      if (context.notation === "plain") return productOf([gradient, jacobian], "");
      const transposed = context.notation === "nabla" || context.notation === "delta";
      if (transposed && isFlatShape(outer) && isFlatShape(node) && inner.kind === "partial")
        return productOf([superscript(jacobian, "\\top", true), gradient], "");
      return list(form.call, pieces);
    },
  };
};
