/**
 * What notes say of a function by itself: beside σ(u) = 1/(1 + e^{-u}), that σ′(u) = σ(u)(1 − σ(u)), or the same with ∂σ/∂u.
 * The letter of its formula is any real number there, unless it is a name of the forward equations.
 */
import { EVERYWHERE } from "../../expr/domain.ts";
import { isFree, symbol } from "../../expr/node.ts";
import type { SymbolEntry } from "../../expr/system.ts";
import { postorder } from "../../expr/walk.ts";
import { findOp } from "../../ops/index.ts";
import type { DerivativeSyntax, Syntax } from "../../parse/syntax.ts";
import type { FunctionTable, NoteFunction } from "../functions.ts";
import type { Family } from "../names.ts";
import { headed } from "../occurrences.ts";
import type { Forward } from "../read.ts";
import { latexOf } from "../scriptlatex.ts";
import { everyPart, replaceParts, textOf } from "../tree.ts";

const OPEN = "open";

/** Of a function with kinks one thing is said for some numbers, and another for others. */
const isSmooth = ({ assembled }: Forward, { key }: NoteFunction): boolean => {
  const body = assembled.system.functions.get(assembled.functionIds.get(key) ?? "")?.definition?.body;
  return (
    body === undefined || postorder(body).every(node => node.kind !== "call" || findOp(node.op)?.kinks === undefined)
  );
};

/** u of φ′(u), where a claim reads nothing else but functions. */
const onlyLetter = (claim: Syntax, functions: FunctionTable): readonly string[] => {
  const parts = everyPart(withPrimes(claim, functions));
  const read = parts.flatMap(part =>
    part.kind === "symbol" && part.op === undefined && !functions.isFunction(part) ? [textOf(part)] : [],
  );
  const letters = new Set(read.filter(letter => letter !== "e"));
  return letters.size === 1 && parts.some(part => functions.isFunction(part)) ? [...letters] : [];
};

/** The letters of formulas, and of claims about functions alone, that are no names of the forward equations, with or without scripts. */
const openLettersOf = (forward: Forward, claims: readonly Syntax[]): ReadonlySet<string> => {
  const { typing, assembled } = forward;
  const named = new Set([...assembled.idOf.keys()].map(({ base }) => base));
  const { functions, sizes, letters: indices } = typing.prepared;
  if (!functions.all.every(fn => isSmooth(forward, fn))) return new Set();
  const letters = [
    ...functions.all.flatMap(({ formula }) => formula?.parameter ?? []),
    ...claims.flatMap(claim => onlyLetter(claim, functions)),
  ];
  return new Set(
    letters.filter(letter => !named.has(letter.replace(/^\\/u, "")) && !sizes.has(letter) && !indices.has(letter)),
  );
};

/** Whether nothing but functions, numbers and one such letter stands in a formula. */
const speaksOf = (root: Syntax, letters: ReadonlySet<string>, functions: FunctionTable): boolean =>
  everyPart(root).every(part => {
    if (part.kind === "derivative" || part.kind === "differential") return false;
    if (part.kind !== "symbol" || part.op !== undefined) return true;
    return letters.has(textOf(part)) || textOf(part) === "e" || functions.isFunction(part);
  });

/** The formula with such letters marked, where it speaks of nothing else: ∂L/∂u asks for the u of some unit. */
const marked = (root: Syntax, letters: ReadonlySet<string>, functions: FunctionTable): Syntax =>
  speaksOf(root, letters, functions)
    ? replaceParts(root, part =>
        part.kind === "symbol" && letters.has(textOf(part)) ? { ...part, accents: [...part.accents, OPEN] } : undefined,
      )
    : root;

/** The forward system with a number, given and read by no equation, for each such letter. */
export const withOpenArguments = (forward: Forward, claims: readonly Syntax[]): Forward => {
  const { typing, assembled } = forward;
  const { functions, names } = typing.prepared;
  const letters = openLettersOf(forward, claims);
  const entries = new Map<string, SymbolEntry>();
  const idOf = new Map<Family, string>();
  for (const claim of letters.size > 0 ? claims : []) {
    for (const part of everyPart(marked(withPrimes(claim, functions), letters, functions))) {
      if (part.kind !== "symbol" || !part.accents.includes(OPEN)) continue;
      const plain = { ...part, accents: part.accents.filter(accent => accent !== OPEN) };
      const [family, id] = [names.resolve(part)?.family, names.resolve(plain)?.family.identifier];
      if (!family || !id || entries.has(id) || !isFree(assembled.system.scope, id, [], 0)) continue;
      const node = symbol(assembled.system.scope, id, []);
      const latex = latexOf(plain);
      entries.set(id, { node, latex, role: "data", indices: [], domain: EVERYWHERE, shapeFrom: "named" });
      idOf.set(family, id);
    }
  }
  if (entries.size === 0) return forward;
  const extended = (system: Forward["system"]): Forward["system"] => ({
    ...system,
    symbols: new Map([...system.symbols, ...entries]),
  });
  return {
    ...forward,
    openLetters: letters,
    system: extended(forward.system),
    assembled: { ...assembled, system: extended(assembled.system), idOf: new Map([...assembled.idOf, ...idOf]) },
  };
};

/** f and u of ∂f/∂u or ∂f(u)/∂u, for a function that has a formula. */
const slopeIn = ({ of, by, order, form }: DerivativeSyntax, functions: FunctionTable): Syntax | undefined => {
  const [only, more] = by;
  if (!of || !only || more || only.times !== 1 || order || form === "nabla") return undefined;
  const head = headed(of);
  const fn = functions.findName(head?.name ?? of);
  const argument = head ? head.args : [only.variable];
  if (!fn?.formula || argument.length !== 1) return undefined;
  const [inner] = argument;
  return inner && textOf(inner) === textOf(only.variable) ? (head?.name ?? of) : undefined;
};

/** The formula in which ∂f/∂u is f′(u), for a function with a formula and a letter that is its argument. */
export const readSlopes = (syntax: Syntax, forward: Forward): Syntax => {
  const { functions } = forward.typing.prepared;
  const read = withPrimes(syntax, functions);
  const { openLetters: letters = new Set() } = forward;
  return letters.size > 0 ? marked(read, letters, functions) : read;
};

const withPrimes = (syntax: Syntax, functions: FunctionTable): Syntax =>
  replaceParts(syntax, part => {
    if (part.kind !== "derivative") return undefined;
    const name = slopeIn(part, functions);
    const [by] = part.by;
    if (!name || !by) return undefined;
    const { span } = part;
    const argument: Syntax = { kind: "group", open: "(", close: ")", body: by.variable, span: by.variable.span };
    const prime: Syntax = { kind: "scripted", base: name, scripts: [{ position: "prime", count: 1, span }], span };
    return {
      kind: "product",
      factors: [
        { operator: null, body: prime, call: false },
        { operator: null, body: argument, call: true },
      ],
      span,
    };
  });
