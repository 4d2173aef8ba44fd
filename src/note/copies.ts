/**
 * Copies of a shared parameter, V^{(t)} beside o^{(t)} = V h^{(t)}: equal to it at every index, and read at that one alone, so that
 * a derivative by one is the share of the use there. Only claims name them. To name a part of an equation changes nothing that it
 * says, so each copy gets an equation of its own, V^{(t)} = V, and what reads V at t reads that.
 * Source: Goodfellow, Bengio, Courville 2016, §10.2.2.
 */
import { type Domain, domainKey, substituteDomain } from "../expr/domain.ts";
import { at, isFree, type Node, over, type SymbolNode, symbol } from "../expr/node.ts";
import { named, namesIn } from "../expr/polynomial.ts";
import type { Equation, SymbolEntry, System } from "../expr/system.ts";
import { contains, replaceNodes, transform } from "../expr/walk.ts";
import type { Syntax } from "../parse/syntax.ts";
import type { Assembled } from "./assemble.ts";
import { integerOf } from "./integers.ts";
import { type Family, type Named, soleLetter } from "./names.ts";
import { takeApart } from "./scripts.ts";
import type { Claim } from "./statements.ts";
import { everyPart } from "./tree.ts";
import type { Typing } from "./typing.ts";

/** The index of copies: the first that is no size. */
const COUNTERS = ["t", "s", "i", "j"] as const;

/** A name of the claims alone, and the parameter that has the same name without its index. */
interface Copy {
  readonly family: Family;
  readonly of: SymbolEntry;
}

const scriptedIn = (claims: readonly Claim[]): readonly Syntax[] =>
  claims
    .flatMap(claim => claim.statement?.body ?? [])
    .flatMap(body => everyPart(body))
    .filter(part => part.kind === "scripted" && takeApart(part).core.kind === "symbol");

/** At the end of the key of copies that are written as entries are. */
const COPY = "copy";

/** The key of a name whose scripts that vary are left out. */
const bareKey = ({ key }: Family): string => key.slice(0, key.indexOf("|") + 1);

/** A system with the names and readings that led to it. */
interface Forward {
  readonly typing: Typing;
  readonly assembled: Assembled;
  readonly system: System;
}

/** Letters of steps: what they count is no entry of a parameter. */
const STEPS: ReadonlySet<string> = new Set(["t", "s", "tau"]);

/** W_{hh,\u0001} */
const memberLatexOf = (latex: string): string =>
  /_\{.*\}$/u.test(latex) ? `${latex.slice(0, -1)},\u0001}` : `${latex}_{\u0001}`;

/** The copy that R_t is where it could be an entry of R. */
const inPlaceOfEntry = ({ family, part }: Named): Family | undefined => {
  const [place, more] = part ?? [];
  const letter = place && !more ? soleLetter(place) : undefined;
  if (letter === undefined || !STEPS.has(letter) || family.rank > 0) return undefined;
  const { key, latex } = family;
  return { ...family, key: `${key} ${COPY}`, rank: 1, places: ["sub"], memberLatex: memberLatexOf(latex) };
};

const copiesIn = (
  { typing: { prepared }, assembled: { idOf }, system }: Forward,
  claims: readonly Claim[],
): readonly Copy[] => {
  const known = new Map([...idOf].map(([family, id]) => [family.key, id] as const));
  const found = new Map<string, Copy>();
  for (const name of scriptedIn(claims)) {
    const named = prepared.names.resolve(name);
    const family = named?.part ? inPlaceOfEntry(named) : named?.family;
    if (family?.rank !== 1 || known.has(family.key) || found.has(family.key)) continue;
    const of = system.symbols.get(known.get(bareKey(family)) ?? "");
    if (of?.role === "parameter" && of.node.rank === 0) found.set(family.key, { family, of });
  }
  return [...found.values()];
};

/** R_{t} and R_{t+1} as members of the copies of R, where there are such. */
export const asCopy = (named: Named, isKnown: (key: string) => boolean): Named => {
  const [place, more] = named.part ?? [];
  const index = place && !more ? integerOf(place) : undefined;
  const key = `${named.family.key} ${COPY}`;
  if (!index || !isKnown(key)) return named;
  const { part: _, family, ...rest } = named;
  return { ...rest, family: { ...family, key, rank: 1 }, index: [index] };
};

/** What reads a parameter once for each member of one index: equations, and sums in them. */
interface Uses {
  readonly index: string;
  readonly domain: Domain;
  readonly equations: readonly Equation[];
}

/** The equations with the copy in place of the parameter; undefined where it is read along no index, or along several. */
const usesOf = (system: System, parameter: SymbolNode, copy: SymbolNode): Uses | undefined => {
  const ranges = new Map<string, Pick<Uses, "index" | "domain">>();
  const reads = (root: Node): boolean => contains(root, node => node === parameter);
  const along = (root: Node, index: string, domain: Domain): Node => {
    ranges.set(domainKey(substituteDomain(domain, new Map([[index, named("#")]]))), { index, domain });
    return replaceNodes(root, new Map([[parameter, at(copy, [named(index)])]]));
  };
  const isFixed = (domain: Domain, index: string): boolean =>
    domain.where.every(condition => namesIn(condition).every(name => name === index || system.sizes.has(name)));
  const equations = system.equations.map((equation): Equation => {
    const { right, indices, over: where } = equation;
    const [index, more] = indices;
    if (more !== undefined || !reads(right)) return equation;
    if (index !== undefined) return { ...equation, right: along(right, index, where) };
    const summed = transform(right, {
      over: (fold, bound, domain, body) =>
        over(
          fold,
          bound,
          domain,
          fold === "sum" && reads(body) && isFixed(domain, bound) ? along(body, bound, domain) : body,
        ),
    });
    return { ...equation, right: summed };
  });
  const [uses, another] = [...ranges.values()];
  return uses && !another ? { ...uses, equations } : undefined;
};

const withCopy = (forward: Forward, { family, of }: Copy): Forward => {
  const { system, assembled } = forward;
  const { shape } = of.node;
  const taken = new Set([...system.symbols.keys(), ...system.functions.keys(), ...system.sizes.keys()]);
  let name = `${of.node.name}_copy`;
  for (let n = 2; taken.has(name) || !isFree(system.scope, name, shape, 1); n++) name = `${of.node.name}_copy_${n}`;
  const node = symbol(system.scope, name, shape, 1);
  const uses = usesOf(system, of.node, node);
  if (!uses) return forward;
  const index = COUNTERS.find(letter => !system.sizes.has(letter)) ?? uses.index;
  const domain = substituteDomain(uses.domain, new Map([[uses.index, named(index)]]));
  const { structure: _, distribution: __, ...plain } = of;
  const entry: SymbolEntry = {
    ...plain,
    node,
    latex: family.latex,
    memberLatex: family.memberLatex,
    role: "defined",
    indices: [index],
    domain,
    shapeFrom: "inferred",
  };
  const given: Equation = { left: at(node, [named(index)]), right: of.node, indices: [index], over: domain };
  const first = uses.equations.findIndex((equation, i) => equation !== system.equations[i]);
  const equations = [...uses.equations.slice(0, first), given, ...uses.equations.slice(first)];
  const copied: System = { ...system, symbols: new Map([...system.symbols, [name, entry]]), equations };
  return {
    ...forward,
    system: copied,
    assembled: { ...assembled, system: copied, idOf: new Map([...assembled.idOf, [family, name]]) },
  };
};

/** What claims are read against, with the copies of parameters that they name. */
export const withCopies = (forward: Forward, claims: readonly Claim[]): Forward =>
  copiesIn(forward, claims).reduce(withCopy, forward);
