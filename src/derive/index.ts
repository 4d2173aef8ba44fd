/**
 * Derives the backward pass of a system: ∂objective/∂u[j] for every defined family, initial member and parameter, with
 * the horizon a symbol. Adjoints of systems with affine indices; nothing is unrolled.
 */
import { DiagnosticError, InternalError } from "../base/diagnostic.ts";
import { substituteDomain } from "../expr/domain.ts";
import { type AtNode, at, type Node, number, partial, type SymbolNode, substituteIndices } from "../expr/node.ts";
import { constantValue, minus, named, type Polynomial } from "../expr/polynomial.ts";
import { type Equation, familyOf, indexOf, type SymbolEntry, type System } from "../expr/system.ts";
import { postorder, readsIn } from "../expr/walk.ts";
import { Abbreviations } from "./abbreviations.ts";
import { beyondOf } from "./beyond.ts";
import { Statistics } from "./collected.ts";
import { contributionOf, finishContribution, withSeparateChains } from "./contributions.ts";
import { adjointsIn, byPieces, canBePutIn, type PiecewiseGradient } from "./elimination.ts";
import type { Contribution, Derivation, Gradient, Piece } from "./gradient.ts";
import { type Known, type KnownGradient, knownGradient } from "./known.ts";
import { components } from "./order.ts";
import { type Parts, piecesOf, shortHorizons } from "./pieces.ts";
import { pullBack } from "./pullback.ts";
import type { ValidFrom } from "./regions.ts";
import { type Convention, structuredGradient } from "./structured.ts";

export interface DeriveOptions {
  /** The name of the scalar to differentiate, if it is not the system's objective. */
  readonly of?: string;
  /** Symbols whose gradients are wanted beside those on the way; default: every parameter and initial member. */
  readonly wrt?: readonly string[];
  /** How the entries of symmetric variables vary; default: the gradient is the symmetric part of the ordinary one. */
  readonly convention?: Convention;
  /** Computed symbols whose gradients get no line of their own: they are put in where they are read, unless they would read themselves. */
  readonly putIn?: readonly string[];
}

/** Roles that are differentiated when nothing else is asked. */
const DIFFERENTIATED: ReadonlySet<SymbolEntry["role"]> = new Set(["defined", "parameter", "initial"]);

const entryOf = (system: System, node: SymbolNode): SymbolEntry => {
  const entry = system.symbols.get(node.name);
  if (!entry) throw new InternalError(`the symbol ${node.name} has no entry in the system`);
  return entry;
};

/** The equation with index names that are in use nowhere else. */
const withFreshIndices = (equation: Equation, fresh: () => string): Equation => {
  if (equation.indices.length === 0) return equation;
  const names = equation.indices.map(() => fresh());
  const renaming = new Map<string, Polynomial>(equation.indices.map((index, i) => [index, named(names[i] as string)]));
  return {
    ...equation,
    left: substituteIndices(equation.left, renaming) as SymbolNode | AtNode,
    right: substituteIndices(equation.right, renaming),
    indices: names,
    over: substituteDomain(equation.over, renaming),
  };
};

/** Every contribution of every read of a wanted symbol, by the symbol read, in the order of the equations. */
const readContributions = (
  system: System,
  wanted: ReadonlySet<SymbolNode>,
  abbreviations: Abbreviations,
): ReadonlyMap<SymbolNode, readonly Contribution[]> => {
  let names = 0;
  // A character that no name in a term can have.
  const fresh = (): string => `$${names++}`;
  const found = new Map<SymbolNode, Contribution[]>();
  for (const original of system.equations) {
    const equation = withFreshIndices(original, fresh);
    const adjoint = equation.left === system.objective ? number(1) : partial(system.objective, equation.left);
    const reads = pullBack(equation.right, adjoint, {
      wanted: read => wanted.has(familyOf(read)),
      result: (node, sums) => abbreviations.result(node, { equation, original, sums }),
      argument: (call, argument, sums) => abbreviations.argument(call, argument, { equation, original, sums }),
      fresh,
      ...(original.span ? { span: original.span } : {}),
    });
    for (const read of reads) {
      const family = familyOf(read.of);
      const contribution = contributionOf(system, equation, original, read, entryOf(system, family));
      if (!contribution) continue;
      const list = found.get(family) ?? [];
      list.push(contribution);
      found.set(family, list);
    }
  }
  return found;
};

/**
 * A formula such as φ(u) = u/(1 + e^{-βu}) that reads a trained β: pullbacks go through φ's argument alone, so β would
 * get a gradient of 0. Refused with D001.
 */
const refuseHiddenReads = (system: System, wanted: ReadonlySet<SymbolNode>): void => {
  for (const { name, definition } of system.functions.values()) {
    const read = definition && readsIn(definition.body).find(node => wanted.has(familyOf(node)));
    if (!read) continue;
    const isCalled = (node: Node): boolean => node.kind === "call" && node.attributes.function === name;
    const equation = system.equations.find(({ right }) => postorder(right).some(isCalled));
    if (!equation) continue;
    throw new DiagnosticError({
      code: "D001",
      severity: "error",
      message: `the formula of ${name} reads ${familyOf(read as SymbolNode | AtNode).name}, by which a function given by a formula is not differentiated; write the formula out in the equation`,
      spans: equation.span ? [{ span: equation.span, label: "in this equation" }] : [],
    });
  }
};

/** Whether a term is made of numbers and sizes alone, and is a scalar: 1, 1/T. */
const isConstant = (node: Node): boolean =>
  node.shape.length === 0 &&
  postorder(node).every(part => part.kind === "number" || part.kind === "integer" || part.kind === "call");

/** The recurrent indices of an adjoint: where its own component's adjoints are read at other index values. */
const recursionOf = (
  entry: SymbolEntry,
  contributions: readonly Contribution[],
  component: ReadonlySet<SymbolNode>,
): Gradient["recursion"] => {
  const directions = new Map<string, "down" | "up">();
  const read = contributions.flatMap(({ reader, given }) => (given ? adjointsIn(given) : [reader]));
  for (const member of read) {
    if (!component.has(familyOf(member))) continue;
    for (const [place, position] of indexOf(member).entries()) {
      const index = entry.indices[place];
      if (index === undefined) continue;
      const offset = constantValue(minus(position, index));
      if (offset !== undefined && offset !== 0) directions.set(index, offset > 0 ? "down" : "up");
    }
  }
  return entry.indices.flatMap(index => {
    const direction = directions.get(index);
    return direction ? [{ index, direction }] : [];
  });
};

/** The scalar to differentiate. Fails with D005 when the name is not that of a scalar that the system computes. */
const objectiveOf = (system: System, name: string | undefined): SymbolNode => {
  if (name === undefined) return system.objective;
  const node = system.symbols.get(name)?.node;
  if (node && node.shape.length === 0 && node.rank === 0 && system.equations.some(({ left }) => left === node))
    return node;
  throw new DiagnosticError({
    code: "D005",
    severity: "error",
    message: `${name} is not a scalar that ${system.name} computes, so it has no gradients here`,
    spans: [],
  });
};

/** The system with another objective and only the equations that it depends on. */
const upstreamOf = (system: System, objective: SymbolNode): System => {
  const byFamily = new Map<SymbolNode, Equation[]>();
  for (const equation of system.equations) {
    const family = familyOf(equation.left);
    byFamily.set(family, [...(byFamily.get(family) ?? []), equation]);
  }
  const reached = new Set<SymbolNode>([objective]);
  const waiting = [objective];
  for (let family = waiting.pop(); family; family = waiting.pop()) {
    for (const read of (byFamily.get(family) ?? []).flatMap(({ right }) => readsIn(right))) {
      const source = familyOf(read as SymbolNode | AtNode);
      if (!reached.has(source)) waiting.push(source);
      reached.add(source);
    }
  }
  return { ...system, objective, equations: system.equations.filter(({ left }) => reached.has(familyOf(left))) };
};

/**
 * The backward pass of a system. Gradients have the shapes of their variables (denominator layout).
 * Fails (DiagnosticError) with D001 for an op without a derivative, D002 for strided indices, D003 for ranges that fall
 * into too many pieces.
 */
export const derive = (given: System, options: DeriveOptions = {}): Derivation => {
  const system = upstreamOf(given, objectiveOf(given, options.of));
  const entries = [...system.symbols.values()];
  const asked = options.wrt && new Set(options.wrt);
  const isWanted = ({ node, role }: SymbolEntry): boolean =>
    role === "defined" || (asked ? asked.has(node.name) : DIFFERENTIATED.has(role));
  const wanted = new Set(entries.filter(isWanted).map(entry => entry.node));
  refuseHiddenReads(system, wanted);
  const abbreviations = new Abbreviations(system);
  const found = readContributions(system, wanted, abbreviations);

  const equations = new Map<SymbolNode, Equation[]>();
  for (const equation of system.equations) {
    const family = familyOf(equation.left);
    const known = equations.get(family);
    if (known) known.push(equation);
    else equations.set(family, [equation]);
  }
  const definedAnywhere = new Set(given.equations.map(equation => familyOf(equation.left)));
  const defined = [...equations.keys()].filter(node => node !== system.objective);
  const position = new Map(defined.map((node, i) => [node, i]));
  const undefinedOnes = entries.map(entry => entry.node).filter(node => wanted.has(node) && !definedAnywhere.has(node));
  const readers = (node: SymbolNode): readonly SymbolNode[] =>
    [...new Set((found.get(node) ?? []).map(c => familyOf(c.reader)))].filter(reader => reader !== system.objective);

  const gradients: Gradient[] = [];
  const constants = new Map<SymbolNode, Node>();
  const symmetric = new Set<Node>(entries.filter(({ structure }) => structure).map(({ node }) => node));
  const general = { sizes: new Set(system.sizes.keys()), symmetric };
  // What is varied need not keep its sums.
  const distributions = new Map(
    entries.flatMap(({ node, distribution }) => (distribution && !wanted.has(node) ? [[node, distribution]] : [])),
  );
  const suppositions = distributions.size > 0 ? { ...general, distributions } : general;
  const short = new Map<SymbolNode, KnownGradient>();
  const putIn = new Set(options.putIn);
  const inlined = new Map<SymbolNode, KnownGradient>();
  const piecewise = new Map<SymbolNode, PiecewiseGradient>();
  const statistics = new Statistics(given);
  const wholes = new Map<SymbolNode, KnownGradient>();
  /** What was worked out before reads the gradients of these, which need their lines. */
  const read = new Set<SymbolNode>();
  const known: Known = {
    constants,
    inlined,
    gradients: short,
    withoutDeviations: root => statistics.withoutDeviations(root),
    suppositions,
    general,
  };
  const componentOf = new Map<SymbolNode, ReadonlySet<SymbolNode>>();
  const ordered = components([...defined].reverse(), readers).flatMap(component => {
    const members = new Set(component);
    for (const node of component) componentOf.set(node, members);
    return [...component].sort((a, b) => (position.get(b) as number) - (position.get(a) as number));
  });
  for (const node of [...ordered, ...undefinedOnes]) {
    const entry = entryOf(system, node);
    const component = componentOf.get(node) ?? new Set();
    const isOwn = (c: Contribution): number => (component.has(familyOf(c.reader)) ? 0 : 1);
    const raw = withSeparateChains(found.get(node) ?? [])
      .flatMap(own => byPieces(own, piecewise, system.sizes))
      .sort((a, b) => isOwn(a) - isOwn(b));
    const recursion = recursionOf(entry, raw, component);
    const validFrom: ValidFrom = new Map();
    const parts: Parts = { system, entry, equations: equations.get(node) ?? [], contributions: raw, recursion, known };
    const pieces = piecesOf(parts, new Map(), validFrom).map((piece): Piece => {
      const structured = structuredGradient(entry, piece.value, options.convention ?? "symmetric-part", suppositions);
      return structured ? { ...piece, structured } : piece;
    });
    // Code is given labels that nobody has looked at.
    const contributions = raw.map(c => finishContribution(c, new Map(), { ...known, suppositions: general }));
    const [piece, ...more] = pieces;
    if (piece && more.length === 0 && isConstant(piece.value)) constants.set(node, piece.value);
    const isWhole = piece?.part === "all" && recursion.length === 0 && validFrom.size === 0;
    if (isWhole) wholes.set(node, { indices: entry.indices, value: piece.value });
    const isEliminated =
      !isWhole &&
      !read.has(node) &&
      validFrom.size === 0 &&
      putIn.has(node.name) &&
      canBePutIn(node, pieces, found.values());
    const isPutIn = isEliminated || (isWhole && putIn.has(node.name));
    if (isEliminated) piecewise.set(node, { indices: entry.indices, pieces });
    else if (isPutIn && piece) inlined.set(node, { indices: entry.indices, value: piece.value });
    const collected = isWhole ? statistics.collected(entry, piece, wholes) : undefined;
    const gradient = recursion.length === 0 && validFrom.size === 0 ? knownGradient(pieces, entry.indices) : undefined;
    if (gradient) short.set(node, gradient);
    for (const { value } of pieces) for (const member of adjointsIn(value)) read.add(familyOf(member));
    const beyond = beyondOf({ indices: entry.indices, pieces, recursion }, suppositions);
    const wrt = entry.indices.length > 0 ? at(node, entry.indices.map(named)) : node;
    gradients.push({
      wrt,
      indices: entry.indices,
      pieces,
      contributions,
      validFrom,
      short: shortHorizons(parts, validFrom),
      recursion,
      closedForms: [],
      ...(beyond ? { beyond } : {}),
      ...(collected ? { collected } : {}),
      ...(isPutIn ? { isPutIn } : {}),
    });
  }
  const symbols = new Map([...system.symbols, ...abbreviations.symbols]);
  return { system: { ...system, symbols }, abbreviations: abbreviations.equations, gradients };
};
