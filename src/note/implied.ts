/**
 * The loss that a note differentiates and never defines: ∂L/∂z without a word about L. It is then some function of what
 * the forward equations compute last, L = ℓ(o) or L = Σ_t ℓ(o_t), whose gradients by them are given.
 */
import type { Span } from "../base/source.ts";
import { minus, namesIn } from "../expr/polynomial.ts";
import type { SymbolSyntax, Syntax } from "../parse/syntax.ts";
import { exchange } from "./exchange.ts";
import { sizeLatex } from "./greek.ts";
import type { PreparedEquation } from "./leftside.ts";
import type { Family } from "./names.ts";
import { candidatesOf } from "./objective.ts";
import { baseOfName } from "./occurrences.ts";
import { accentedName } from "./overbars.ts";
import type { Prepared } from "./prepare.ts";
import { isCalledLoss } from "./priors.ts";
import { latexOf } from "./scriptlatex.ts";
import { takeApart } from "./scripts.ts";
import type { Claim, Definition } from "./statements.ts";
import type { SystemText } from "./systemtext.ts";
import { everyPart, textOf } from "./tree.ts";
import type { TypedEquation, Typing } from "./typing.ts";

type GradientAccents = Pick<SystemText, "gradientAccents" | "adjoints">;

export interface Implied {
  readonly definition: Definition;
  /** The name of the loss, and what it is a function of. */
  readonly loss: string;
  /** The definition as it would be written. */
  readonly latex: string;
  readonly outputs: readonly Family[];
  /** Where the note differentiates it. */
  readonly span: Span;
}

/** Letters that count layers: only the last layer reaches the loss. */
const LAYERS = new Set(["l", "ell"]);
const LOSSES = ["L", "J", "E", "C"];
const FUNCTIONS: readonly SymbolSyntax["name"][] = ["\\ell", "loss", "cost"];
const HORIZONS = ["N", "D", "H", "M"];

const symbolOf = (name: string, span: Span): SymbolSyntax => ({
  kind: "symbol",
  name,
  form: name.startsWith("\\") ? "command" : name.length > 1 ? "word" : "letter",
  fonts: [],
  accents: [],
  span,
});

/** What a note says of gradients. */
interface Said {
  readonly bodies: readonly Syntax[];
  /** Accents that stand for them. */
  readonly accents: ReadonlySet<string>;
  /** \bar L = 1 */
  readonly isUnit: boolean;
}

const saidIn = (claims: readonly Claim[], { adjoints = [], gradientAccents }: GradientAccents): Said => ({
  bodies: [
    ...claims.flatMap(claim => claim.statement?.body ?? []),
    ...adjoints.flatMap(({ left, right }) => [left, right]),
  ],
  accents: new Set([...gradientAccents, ...adjoints.flatMap(({ left }) => accentedName(left)?.accent ?? [])]),
  isUnit: adjoints.some(({ right }) => textOf(right) === "1"),
});

/** What the claims differentiate: names above the line and behind nablas, each as often as it stands there. */
const differentiated = ({ bodies }: Said): readonly Syntax[] =>
  bodies.flatMap(body =>
    everyPart(body).flatMap(part =>
      part.kind === "derivative" && part.of && baseOfName(part.of) !== undefined ? [part.of] : [],
    ),
  );

/**
 * What something else is differentiated by, which is then no loss: the C of ∂L/∂C, and of \bar C where bars are gradients. Where
 * one of these is 1, it is that of the loss.
 */
const differentiatedBy = ({ bodies, accents, isUnit }: Said): ReadonlySet<string> =>
  new Set(
    bodies
      .flatMap(body => everyPart(body))
      .flatMap((part): readonly Syntax[] => {
        if (part.kind === "derivative") {
          const of = part.of && baseOfName(part.of);
          return of ? part.by.flatMap(({ variable }) => (baseOfName(variable) === of ? [] : [variable])) : [];
        }
        const found = accentedName(part);
        return found && accents.has(found.accent) && !isUnit ? [found.bare] : [];
      })
      .flatMap(name => baseOfName(name) ?? []),
  );

/** A left side that names a gradient without naming the loss: dW, \mathbf{do}, \delta_t, \nabla_W, an accent that says so. */
const namesGradient = (body: Syntax, { bases }: Prepared, accents: ReadonlySet<string>): boolean => {
  const left = body.kind === "relations" ? (body.members[0] as Syntax) : body;
  if (accents.has(accentedName(left)?.accent ?? "")) return true;
  if (left.kind === "derivative") return left.form === "nabla" && left.of === null;
  const text = textOf(left);
  if (/^(?:delta|Delta|nabla)(?![a-z])/u.test(text)) return true;
  const rest = /^d[_^{]*(.+)$/u.exec(text)?.[1];
  return rest !== undefined && [...bases.all].some(base => rest.startsWith(base.split(" ").at(-1) as string));
};

/** ∂Wx: letters side by side that are names of their own. */
const isProduct = ({ parts = [] }: SymbolSyntax, { bases }: Prepared): boolean =>
  parts.length > 0 && parts.every(part => bases.all.has(baseOfName(part) ?? ""));

const freeLoss = (prepared: Prepared): string | undefined =>
  LOSSES.find(
    letter => !prepared.bases.all.has(letter) && !prepared.sizes.has(letter) && !prepared.functions.find(letter),
  );

/** The name of the loss: what is differentiated most often and is nowhere in the forward equations. */
const lossOf = (prepared: Prepared, said: Said, typing: Typing): SymbolSyntax | undefined => {
  const inner = differentiatedBy(said);
  const possible = candidatesOf(typing).filter(({ base }) => !inner.has(base));
  // Another letter for the loss that it has is misread, or a mistake.
  if (possible.some(isCalledLoss)) return undefined;
  const counts = new Map<string, { name: SymbolSyntax; count: number }>();
  const candidates = new Set(possible.map(family => family.base));
  const read = new Set(typing.equations.flatMap(equation => equation.reads.map(each => each.family.base)));
  for (const name of differentiated(said)) {
    const base = baseOfName(name) as string;
    // The note has its objective, and differentiates it.
    if (candidates.has(base)) return undefined;
    const { core, elements } = takeApart(name);
    if (prepared.bases.defined.has(base) || read.has(base) || elements.length > 0 || core.kind !== "symbol") continue;
    if (isProduct(core, prepared)) continue;
    if (prepared.functions.isFunction(name) || prepared.sizes.has(base)) continue;
    const seen = counts.get(base) ?? { name: core, count: 0 };
    counts.set(base, { ...seen, count: seen.count + 1 });
  }
  let best: { name: SymbolSyntax; count: number } | undefined;
  for (const each of counts.values()) if (!best || each.count > best.count) best = each;
  if (best) return best.name;
  if (possible.length > 0) return undefined;
  const gradient = said.bodies.find(body => namesGradient(body, prepared, said.accents));
  if (!gradient) return undefined;
  const free = freeLoss(prepared);
  return free === undefined ? undefined : symbolOf(free, gradient.span);
};

/** What the equations compute and nothing reads, but an earlier or later member of a chain that leads nowhere else. */
const outputsOf = (equations: readonly TypedEquation[]): readonly Family[] => {
  const readers = new Map<Family, Set<Family>>();
  const families = [...new Set(equations.map(equation => equation.family))];
  for (const { family, reads } of equations)
    for (const read of reads) readers.set(read.family, (readers.get(read.family) ?? new Set()).add(family));
  const reachable = (from: Family): ReadonlySet<Family> => {
    const seen = new Set<Family>();
    const stack = [from];
    while (stack.length > 0)
      for (const next of readers.get(stack.pop() as Family) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        stack.push(next);
      }
    return seen;
  };
  const reach = new Map(families.map(family => [family, reachable(family)] as const));
  /** At its own index, by another family. */
  const readAtOnce = (family: Family): boolean =>
    equations.some(
      equation =>
        equation.family !== family &&
        equation.reads.some(
          read =>
            read.family === family &&
            read.index.every((value, i) => {
              const place = equation.places[i];
              return place !== undefined && minus(value, place.fixed ?? place.index).key === "0";
            }),
        ),
    );
  return families.filter(family => {
    const after = [...(reach.get(family) as ReadonlySet<Family>)];
    // A chain that comes back to itself and leads nowhere else ends in itself.
    if (!after.every(other => other === family || reach.get(other)?.has(family))) return false;
    return after.length === 0 || !readAtOnce(family);
  });
};

/** A member of an output as the loss reads it, and the letters that are summed over. */
const memberOf = (
  equation: PreparedEquation,
  { letters, ranges, sizes, bases }: Prepared,
): { readonly member: Syntax; readonly sums: readonly string[] } => {
  let member = equation.left;
  const sums: string[] = [];
  for (const { letter } of equation.bindings) {
    if (!LAYERS.has(letter)) {
      sums.push(letter);
      continue;
    }
    const last = ranges.find(range => range.index === letter && range.high)?.high;
    const named = last && namesIn(last).length === 1 ? namesIn(last)[0] : undefined;
    const horizon = named ?? HORIZONS.find(name => !bases.all.has(name) && !sizes.has(name) && !letters.has(name));
    const place = everyPart(member).find(part => part.kind === "symbol" && part.name.replace("\\", "") === letter);
    if (place && horizon !== undefined) member = exchange(member, place, symbolOf(horizon, place.span));
    else sums.push(letter);
  }
  return { member, sums };
};

/**
 * The definition that a note leaves out; undefined where the note has a loss, or differentiates nothing.
 * `wanted`: the objective that the front matter names.
 */
export const impliedLoss = (
  typing: Typing,
  claims: readonly Claim[],
  accents: GradientAccents,
  wanted: Syntax | undefined,
): Implied | undefined => {
  const { prepared } = typing;
  const core = wanted && candidatesOf(typing).length === 0 ? takeApart(wanted).core : undefined;
  const loss = core?.kind === "symbol" ? core : lossOf(prepared, saidIn(claims, accents), typing);
  return loss && lossOver(typing, loss);
};

/** A definition that would give a note without a loss one: L = Σ_t ℓ(h_t). */
export const suggestedLoss = (typing: Typing): Implied | undefined => {
  const letter = freeLoss(typing.prepared);
  const span = typing.equations.at(-1)?.span;
  return letter === undefined || !span ? undefined : lossOver(typing, symbolOf(letter, span));
};

/** A loss that is some function of all outputs. */
const lossOver = ({ prepared, equations }: Typing, loss: SymbolSyntax): Implied | undefined => {
  const { span } = loss;
  const outputs = outputsOf(equations);
  const groups = new Map<string, { sums: readonly string[]; members: Syntax[] }>();
  for (const family of outputs) {
    const own = equations.filter(equation => equation.family === family);
    const equation = own.find(each => each.places.every(place => !place.fixed)) ?? (own[0] as TypedEquation);
    const { member, sums } = memberOf(equation, prepared);
    const group = groups.get(sums.join()) ?? { sums, members: [] };
    group.members.push(member);
    groups.set(sums.join(), group);
  }
  const free = FUNCTIONS.filter(name => {
    const base = name.replace("\\", "");
    return !prepared.bases.all.has(base) && !prepared.letters.has(base) && !prepared.functions.find(base);
  });
  if (groups.size === 0 || groups.size > free.length) return undefined;
  const written: string[] = [];
  const terms = [...groups.values()].map(({ sums, members }, i): Syntax => {
    const over = sums.map(letter => `\\sum_{${sizeLatex(letter)}} `).join("");
    written.push(`${over}${free[i]}(${members.map(latexOf).join(", ")})`);
    const body: Syntax = members.length === 1 ? (members[0] as Syntax) : { kind: "list", items: members, span };
    let term: Syntax = {
      kind: "product",
      factors: [
        { operator: null, call: false, body: symbolOf(free[i] as string, span) },
        { operator: null, call: true, body: { kind: "group", open: "(", close: ")", body, span } },
      ],
      span,
    };
    for (const letter of [...sums].reverse()) {
      const index = symbolOf(letter.length > 1 ? `\\${letter}` : letter, span);
      term = { kind: "big", spelling: "\\sum", lower: index, upper: null, body: term, span };
    }
    return term;
  });
  const right: Syntax =
    terms.length === 1
      ? (terms[0] as Syntax)
      : {
          kind: "sum",
          terms: terms.map((body, i) => ({ sign: i === 0 ? null : { spelling: "+", span }, body })),
          span,
        };
  return {
    definition: { left: { ...loss, span }, right, conditions: [], span },
    loss: textOf(loss),
    latex: `${latexOf(loss)} = ${written.join(" + ")}`,
    outputs,
    span,
  };
};
