/**
 * Names for what derivatives mention and the note left nameless. Compound arguments of abstract functions:
 * φ′(W x[t] + U h[t-1]) is written φ′(z[t]), and ∂ℓ(V h[T], y)/∂(V h[T]) is written ∂ℓ(u, y)/∂u. Results whose
 * derivative is said with them: 1 - tanh(W s)² is written 1 - a². Only names: they have no adjoint of their own.
 */
import { type Domain, domain, domainNames, intersect, substituteDomain } from "../expr/domain.ts";
import {
  at,
  type CallNode,
  isFree,
  type Node,
  open,
  type Shape,
  type SymbolNode,
  substituteIndices,
  symbol,
} from "../expr/node.ts";
import { named, type Polynomial, soleName } from "../expr/polynomial.ts";
import { type Equation, familyOf, indexOf, type SymbolEntry, type System } from "../expr/system.ts";
import { postorder } from "../expr/walk.ts";
import { opOf } from "../ops/call.ts";
import type { SumIndex } from "./gradient.ts";

type Kind = "elementwise" | "general" | "result";

const LETTERS: Readonly<Record<Kind, readonly string[]>> = {
  elementwise: ["z", "a", "s", "p", "q", "g", "k"],
  general: ["u", "v", "r", "s", "p", "q", "k"],
  result: ["a", "s", "r", "p", "q", "g", "k"],
};

/** The kind of abstract function that a call applies, whose derivative will mention the arguments. */
const kindOf = (node: Node): Kind | undefined => {
  if (node.kind !== "call") return undefined;
  const { means } = opOf(node.op);
  if ("each" in means && means.each === "function") return "elementwise";
  return "abstract" in means && means.abstract === "value" ? "general" : undefined;
};

const isCompound = (node: Node): boolean => node.kind === "call" || node.kind === "over";

const isName = ({ kind }: Node): boolean => kind === "symbol" || kind === "at";

/** A scalar of two names, such as u^T v: shorter written out than named. */
const isShort = (node: Node): boolean =>
  node.shape.length === 0 &&
  node.kind === "call" &&
  node.args.every(arg => isName(arg) || (arg.kind === "call" && arg.args.length === 1 && arg.args.every(isName)));

/** Whether a call is elementwise in one compound argument and its pullback is said with its own result. */
const isNamedResult = (node: Node): boolean => {
  if (node.kind !== "call" || node.args.length !== 1 || !isCompound(node.args[0] as Node)) return false;
  if (isShort(node.args[0] as Node)) return false;
  const { pullback, shape } = opOf(node.op);
  return (
    shape === "m n -> m n" &&
    Object.values(pullback ?? {}).some(term => typeof term === "string" && /\bY\b/u.test(term))
  );
};

/** The equation in which a name is wanted: with fresh index names, and as the note has it. */
export interface Place {
  readonly equation: Equation;
  readonly original: Equation;
  readonly sums: readonly SumIndex[];
}

export class Abbreviations {
  readonly symbols = new Map<string, SymbolEntry>();
  readonly equations: Equation[] = [];
  readonly #named = new Map<Node, Node>();
  readonly #taken: Set<string>;
  /** The letter of each kind, and whether it is enough by itself. */
  readonly #letters: ReadonlyMap<Kind, { readonly letter: string; readonly single: boolean }>;

  constructor(readonly system: System) {
    this.#taken = new Set([
      ...system.symbols.keys(),
      ...system.functions.keys(),
      ...system.sizes.keys(),
      ...system.equations.flatMap(e => e.indices),
    ]);
    const wanted: Record<Kind, Set<Node>> = { elementwise: new Set(), general: new Set(), result: new Set() };
    for (const { right } of system.equations) {
      for (const node of postorder(right)) {
        const kind = kindOf(node);
        if (kind && node.kind === "call") for (const arg of node.args) if (isCompound(arg)) wanted[kind].add(arg);
        if (node !== right && isNamedResult(node)) wanted.result.add(node);
      }
    }
    const heads = new Set([...this.#taken].map(name => name.split("_")[0]));
    this.#letters = new Map(
      (["elementwise", "general", "result"] as const).map(kind => {
        const letter = LETTERS[kind].find(candidate => !heads.has(candidate)) ?? "z";
        heads.add(letter);
        return [kind, { letter, single: wanted[kind].size === 1 }];
      }),
    );
  }

  /** z alone where one name is enough and free, otherwise z_h after the family whose equation it stands in. */
  #freeName(equation: Equation, kind: Kind, shape: Shape, rank: number): string {
    const { letter, single } = this.#letters.get(kind) as { letter: string; single: boolean };
    const base = single ? letter : `${letter}_${familyOf(equation.left).name}`;
    let name = base;
    for (let n = 2; this.#taken.has(name) || !isFree(this.system.scope, name, shape, rank); n++) name = `${base}${n}`;
    this.#taken.add(name);
    return name;
  }

  /** The name of a call's argument, if it gets one; otherwise the argument. */
  argument(call: CallNode, argument: Node, place: Place): Node {
    if (!isCompound(argument)) return argument;
    const kind = kindOf(call);
    return kind ? this.#name(argument, kind, place) : this.result(argument, place);
  }

  /** The name of a result: the equation's left side for its whole right side, an abbreviation, or the result itself. */
  result(node: Node, place: Place): Node {
    if (node === place.equation.right) return place.equation.left;
    return isNamedResult(node) ? this.#name(node, "result", place) : node;
  }

  #name(argument: Node, kind: Kind, { equation, original, sums }: Place): Node {
    const known = this.#named.get(argument);
    if (known) return known;
    const context: Domain = intersect(equation.over, ...sums.map(sum => sum.domain));
    const available = [...equation.indices, ...sums.map(sum => sum.index)];
    const used = new Set(available.filter(name => argument.free.includes(name)));
    for (let grown = true; grown; ) {
      grown = false;
      for (const condition of context.where) {
        const names = domainNames(domain([condition])).filter(name => available.includes(name));
        if (names.some(name => used.has(name)) && names.some(name => !used.has(name))) {
          for (const name of names) used.add(name);
          grown = true;
        }
      }
    }
    const inner = available.filter(name => used.has(name));
    const conditions = context.where.filter(c =>
      domainNames(domain([c])).every(name => !available.includes(name) || used.has(name)),
    );
    const letters: string[] = [];
    for (const name of inner) {
      const place = equation.indices.indexOf(name);
      letters.push(
        place >= 0 ? (original.indices[place] as string) : this.#indexLetter([...original.indices, ...letters]),
      );
    }
    const renaming = new Map<string, Polynomial>(inner.map((name, i) => [name, named(letters[i] as string)]));
    const name = this.#freeName(original, kind, argument.shape, inner.length);
    const node: SymbolNode = symbol(this.system.scope, name, argument.shape, inner.length);
    const member = (indices: readonly string[]): Node => (indices.length > 0 ? at(node, indices.map(named)) : node);
    const over = substituteDomain(domain(conditions), renaming);
    this.equations.push({
      left: member(letters) as Equation["left"],
      right: substituteIndices(argument, renaming),
      indices: letters,
      over,
    });
    this.symbols.set(name, {
      node,
      ...this.#latexOf(name, original, letters),
      role: "defined",
      indices: letters,
      domain: over,
      shapeFrom: "inferred",
    });
    const result = member(inner);
    this.#named.set(argument, result);
    return result;
  }

  /** z or z^{(h)}; members carry their indices as those of the family do in whose equation the name stands, if they can. */
  #latexOf(name: string, original: Equation, letters: readonly string[]): Pick<SymbolEntry, "latex" | "memberLatex"> {
    const head = name.split("_")[0] ?? name;
    const family = familyOf(original.left);
    const entry = this.system.symbols.get(family.name);
    const nth = name.slice(head.length + 1 + family.name.length);
    const latex = name === head ? head : `${head}^{(${entry?.latex ?? family.name}${nth && `,${nth}`})}`;
    if (letters.length === 0) return { latex };
    const scripts = entry?.memberLatex?.startsWith(entry.latex)
      ? entry.memberLatex.slice(entry.latex.length)
      : undefined;
    const alike =
      letters.join() === original.indices.join() && indexOf(original.left).every(entryOf => soleName(entryOf));
    if (scripts !== undefined && alike && name === head) return { latex, memberLatex: `${head}${scripts}` };
    const marks = letters.map((_, i) => String.fromCharCode(i + 1)).join(",");
    return { latex, memberLatex: `${latex}_{${marks}}` };
  }

  /** A letter for a summation index that an abbreviation needs: one that the system's families use, if possible. */
  #indexLetter(used: readonly string[]): string {
    const own = this.system.equations.flatMap(equation => equation.indices);
    const letters = [...own, "i", "j", "k", "s", "r"].filter(
      letter => !used.includes(letter) && !this.system.sizes.has(letter),
    );
    return letters[0] ?? `i${used.length}`;
  }
}

/** A system with names for what its derivatives mention, whichever of them are asked for. */
export const abbreviated = (system: System): { readonly system: System; readonly names: readonly Equation[] } => {
  const abbreviations = new Abbreviations(system);
  const isNamed = (node: Node): boolean => kindOf(node) !== undefined || isNamedResult(node);
  for (const equation of system.equations) {
    const waiting: { readonly node: Node; readonly sums: readonly SumIndex[] }[] = [{ node: equation.right, sums: [] }];
    const seen = new Set<Node>();
    let count = 0;
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { node, sums } = next;
      if (seen.has(node)) continue;
      seen.add(node);
      if (node.kind === "over") {
        const index = `$n${count++}`;
        const { domain: range, body } = open(node, index);
        waiting.push({ node: body, sums: [...sums, { index, domain: range }] });
      }
      if (node.kind !== "call") continue;
      const place = { equation, original: equation, sums };
      if (isNamed(node)) for (const arg of node.args) abbreviations.argument(node, arg, place);
      abbreviations.result(node, place);
      for (const arg of [...node.args].reverse()) waiting.push({ node: arg, sums });
    }
  }
  const symbols = new Map([...system.symbols, ...abbreviations.symbols]);
  return { system: { ...system, symbols }, names: abbreviations.equations };
};
