/**
 * Reads whole systems in the inside notation, one statement a line. Tests and tables are written in it:
 *
 *     system rnn
 *     horizon T                                  (a size that is also an index bound; ≥ 1)
 *     function phi elementwise
 *     function ell(2) -> 1                       (two arguments, scalar result)
 *     function swish(u) = u / (1 + exp(-u))
 *     W_hh: h h parameter
 *     x[t]: d data for t = 1..T
 *     h[t]: h for t = 0..T                       (all members, h[0] the initial state)
 *     h[t] = phi(W_hx * x[t] + W_hh * h[t-1]) for t = 1..T
 *     L = (1 / T) * sum(t, 1, T, ell(o[t], y[t]))
 *     objective L
 */
import { InternalError } from "../base/diagnostic.ts";
import { type Domain, EVERYWHERE, intersect, interval } from "../expr/domain.ts";
import { integerValue, type Node, Scope, type Shape, type SymbolNode, symbol } from "../expr/node.ts";
import { namesIn, type Polynomial } from "../expr/polynomial.ts";
import type { Equation, FunctionEntry, Role, SizeEntry, SymbolEntry, System } from "../expr/system.ts";
import { type Names, readTerm } from "./read.ts";

const NOTHING: Names = { symbols: new Map(), functions: new Map() };

const readPolynomial = (text: string): Polynomial => {
  const value = integerValue(readTerm(text, NOTHING));
  if (!value) throw new InternalError(`"${text}" is not an integer expression`);
  return value;
};

const readShape = (text: string): Shape => {
  const sizes = text.trim().split(/\s+/u).map(readPolynomial);
  return sizes.length === 1 && sizes[0]?.key === "1" ? [] : sizes;
};

/** "t = 1..T, l = 1..N" as index names and a domain. */
const readRange = (text: string | undefined): { indices: readonly string[]; over: Domain } => {
  if (!text) return { indices: [], over: EVERYWHERE };
  const parts = text.split(/,(?![^(]*\))/u).map(part => {
    const match = /^\s*(\w+)\s*=\s*(.+?)\s*\.\.\s*(.+?)\s*$/u.exec(part);
    if (!match) throw new InternalError(`unreadable range "${part}"`);
    const [, index, lo, hi] = match as unknown as [string, string, string, string];
    return { index, over: interval(index, readPolynomial(lo), readPolynomial(hi)) };
  });
  const indices = parts.map(p => p.index);
  if (new Set(indices).size < indices.length) throw new InternalError(`an index has two ranges in "${text}"`);
  return { indices, over: intersect(...parts.map(p => p.over)) };
};

const ROLES = new Set<string>(["defined", "parameter", "constant", "data", "label", "target", "initial"]);

/** An ASCII name as LaTeX: W_hx is W_{hx}, Greek names get their backslash. */
export const nameToLatex = (name: string): string => {
  const [head = name, ...subscripts] = name.split("_");
  const GREEK =
    /^(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|varphi|chi|psi|omega|ell)$/u;
  const greek = (text: string): string =>
    GREEK.test(text) ? `\\${text}` : text.length > 1 ? `\\mathrm{${text}}` : text;
  return subscripts.length === 0 ? greek(head) : `${greek(head)}_{${subscripts.join(",")}}`;
};

/** How a member is written: h_{t}, W_{hh,t}; the index places are marked by control characters from \u0001. */
const memberLatexOf = (name: string, rank: number): string => {
  const marks = Array.from({ length: rank }, (_, i) => String.fromCharCode(i + 1)).join(",");
  const [head = name, ...subscripts] = name.split("_");
  return `${nameToLatex(head)}_{${[...subscripts, marks].join(",")}}`;
};

export const readSystem = (text: string): System => {
  const scope = new Scope();
  const symbols = new Map<string, SymbolEntry>();
  const nodes = new Map<string, SymbolNode>();
  const functions = new Map<string, FunctionEntry>();
  const sizes = new Map<string, SizeEntry>();
  const equations: Equation[] = [];
  const names: Names = { symbols: nodes, functions };
  let name = "system";
  let objective = "L";

  const size = (key: string, role: SizeEntry["role"]): void => {
    if (!sizes.has(key)) sizes.set(key, { name: key, latex: nameToLatex(key), role, least: 1 });
  };

  const declareFunction = (line: string): void => {
    const [, fn = "", params, rest = ""] = /^function\s+(\w+)(?:\(([^)]*)\))?\s*(.*)$/u.exec(line) ?? [];
    const base = { name: fn, latex: nameToLatex(fn) };
    if (rest === "elementwise") functions.set(fn, { ...base, kind: "elementwise", arity: 1, result: [] });
    else if (rest.startsWith("->"))
      functions.set(fn, { ...base, kind: "general", arity: Number(params), result: readShape(rest.slice(2)) });
    else {
      const parameters = (params ?? "").split(",").map(p => symbol(scope, `${fn}.${p.trim()}`));
      const local = new Map([
        ...nodes,
        ...(params ?? "").split(",").map((p, i) => [p.trim(), parameters[i] as SymbolNode] as const),
      ]);
      const body = readTerm(rest.replace(/^=/u, ""), { symbols: local, functions });
      functions.set(fn, {
        ...base,
        kind: "elementwise",
        arity: parameters.length,
        result: [],
        definition: { parameters, body },
      });
    }
  };

  const declareSymbol = (left: string, right: string, range: string | undefined): void => {
    const [, base = "", indexText] = /^(\w+)(?:\[([^\]]*)\])?$/u.exec(left.trim()) ?? [];
    const words = right.trim().split(/\s+/u);
    const role = ROLES.has(words.at(-1) ?? "") ? (words.pop() as Role) : "defined";
    const { indices, over } = readRange(range);
    const written = indexText ? indexText.split(",").map(i => i.trim()) : [];
    if (written.join() !== indices.join()) throw new InternalError(`the indices of ${left} need ranges, in order`);
    const shape = readShape(words.join(" "));
    for (const extent of shape.flatMap(namesIn)) size(extent, "dimension");
    const node = symbol(scope, base, shape, indices.length);
    nodes.set(base, node);
    symbols.set(base, {
      node,
      latex: nameToLatex(base),
      role,
      indices,
      domain: over,
      shapeFrom: "declared",
      ...(indices.length > 0 ? { memberLatex: memberLatexOf(base, indices.length) } : {}),
    });
  };

  for (const raw of text.split("\n")) {
    const line = raw.replace(/#.*$/u, "").trim();
    if (line === "") continue;
    const [body = "", range] = line.split(/\s+for\s+/u);
    const [word, ...rest] = body.split(/\s+/u);
    if (word === "system") name = rest.join(" ");
    else if (word === "objective") objective = rest[0] as string;
    else if (word === "horizon") for (const each of rest) size(each, "horizon");
    else if (word === "function") declareFunction(body);
    else if (/^\w+(?:\[[^\]]*\])?\s*:/u.test(body))
      declareSymbol(body.slice(0, body.indexOf(":")), body.slice(body.indexOf(":") + 1), range);
    else {
      const equals = body.indexOf("=");
      if (equals < 0) throw new InternalError(`unreadable statement "${line}"`);
      const left = readTerm(body.slice(0, equals), names);
      if (left.kind !== "symbol" && left.kind !== "at")
        throw new InternalError(`the left side of "${line}" is no symbol declared before`);
      const right: Node = readTerm(body.slice(equals + 1), names);
      equations.push({ left, right, ...readRange(range) });
    }
  }
  const goal = nodes.get(objective);
  if (!goal) throw new InternalError(`the objective ${objective} is not declared`);
  return { name, scope, symbols, functions, sizes, equations, objective: goal };
};
