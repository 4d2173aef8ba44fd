/**
 * Products that claims name by their letters, dkv_i beside o_i = o_{i-1} + k_i v_iᵀ: a derivative by what the forward equations add
 * there. The product gets an equation of its own, which changes nothing that they say.
 */
import { at, isFree, type Node, symbol } from "../expr/node.ts";
import { named, type Polynomial } from "../expr/polynomial.ts";
import { type Equation, familyOf, indexOf, type SymbolEntry, type System } from "../expr/system.ts";
import { postorder, readsIn, replaceNodes } from "../expr/walk.ts";
import type { SymbolSyntax, Syntax } from "../parse/syntax.ts";
import type { Assembled } from "./assemble.ts";
import type { Family } from "./names.ts";
import { takeApart } from "./scripts.ts";
import type { Claim } from "./statements.ts";
import { everyPart, valuesIn } from "./tree.ts";
import type { Typing } from "./typing.ts";

interface Forward {
  readonly typing: Typing;
  readonly assembled: Assembled;
  readonly system: System;
}

/** kv of \mathbf{dkv}_i, with its scripts; undefined for what is no such word. */
const productNamed = (part: Syntax): { readonly name: Syntax; readonly letters: readonly string[] } | undefined => {
  const base = part.kind === "scripted" ? part.base : part;
  if (base.kind !== "symbol" || base.form !== "run" || base.accents.length > 0) return undefined;
  const [sign, ...rest] = base.parts ?? [];
  const letters = rest.filter((letter): letter is SymbolSyntax => letter.kind === "symbol");
  if (sign?.kind !== "symbol" || sign.name !== "d" || letters.length !== 2 || letters.length < rest.length)
    return undefined;
  const names = letters.map(({ name }) => name);
  const run: SymbolSyntax = { ...base, name: names.join(""), parts: letters };
  return { name: part.kind === "scripted" ? { ...part, base: run } : run, letters: names };
};

/** The one part of an equation that is a product of members of both families at the indices of the equation, and of nothing else. */
const productIn = ({ right }: Equation, families: ReadonlySet<string>): Node | undefined => {
  const isIt = (node: Node): boolean => {
    const reads = node.kind === "call" ? readsIn(node) : [];
    return reads.length === 2 && families.size === 2 && reads.every(read => families.has(familyOf(read).name));
  };
  const found = postorder(right).filter(isIt);
  // What is made of the product alone holds it.
  const [inner, ...others] = found;
  return inner && others.every(other => postorder(other).includes(inner)) ? inner : undefined;
};

const isAt = (node: Node, index: readonly Polynomial[]): boolean =>
  readsIn(node).every(
    read =>
      indexOf(read)
        .map(({ key }) => key)
        .join() === index.map(({ key }) => key).join(),
  );

const withProduct = (forward: Forward, family: Family, letters: readonly string[]): Forward => {
  const { system, assembled } = forward;
  const families = new Set(
    [...assembled.idOf].flatMap(([{ base, rank }, id]) => (letters.includes(base) && rank === family.rank ? [id] : [])),
  );
  const [found, another] = system.equations.flatMap(equation => {
    const product = productIn(equation, families);
    return product && isAt(product, indexOf(equation.left)) && equation.indices.length === family.rank
      ? [{ equation, product }]
      : [];
  });
  if (!found || another) return forward;
  const { equation, product } = found;
  const taken = new Set([...system.symbols.keys(), ...system.functions.keys(), ...system.sizes.keys()]);
  let name = family.identifier;
  for (let n = 2; taken.has(name) || !isFree(system.scope, name, product.shape, family.rank); n++)
    name = `${family.identifier}_${n}`;
  const node = symbol(system.scope, name, product.shape, family.rank);
  const left = family.rank > 0 ? at(node, equation.indices.map(named)) : node;
  const entry: SymbolEntry = {
    node,
    latex: family.latex,
    ...(family.rank > 0 ? { memberLatex: family.memberLatex } : {}),
    role: "defined",
    indices: equation.indices,
    domain: equation.over,
    shapeFrom: "inferred",
  };
  const { label: _, ...plain } = equation;
  const equations = system.equations.flatMap((each): readonly Equation[] =>
    each === equation
      ? [
          { ...plain, left, right: product },
          { ...equation, right: replaceNodes(equation.right, new Map([[product, left]])) },
        ]
      : [each],
  );
  const divided: System = { ...system, symbols: new Map([...system.symbols, [name, entry]]), equations };
  return {
    ...forward,
    system: divided,
    assembled: { ...assembled, system: divided, idOf: new Map([...assembled.idOf, [family, name]]) },
  };
};

/** What claims are read against, with the products that they differentiate by their letters. A word that also stands for the product of its letters is left alone. */
export const withProducts = (forward: Forward, claims: readonly Claim[]): Forward => {
  const { prepared } = forward.typing;
  const bodies = claims.flatMap(claim => claim.statement?.body ?? []);
  const parts = bodies.flatMap(body => everyPart(body));
  const values = bodies.flatMap(body => everyPart(body, part => (part.kind === "derivative" ? [] : valuesIn(part))));
  const runs = new Set(values.flatMap(part => (part.kind === "symbol" && part.form === "run" ? [part.name] : [])));
  const known = new Set([...forward.assembled.idOf.keys()].map(({ key }) => key));
  let result = forward;
  for (const part of parts) {
    const found = productNamed(part);
    const family = found && prepared.names.resolve(found.name)?.family;
    if (!found || !family || known.has(family.key) || prepared.names.occurs(family.base)) continue;
    if (runs.has(letterRun(found.name)) || takeApart(found.name).core.kind !== "symbol") continue;
    known.add(family.key);
    result = withProduct(result, family, found.letters);
  }
  return result;
};

const letterRun = (name: Syntax): string => {
  const { core } = takeApart(name);
  return core.kind === "symbol" ? core.name : "";
};
