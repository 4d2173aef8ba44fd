/**
 * Labels: given whole numbers that choose an entry, a row or a column: the y of p_y, the w_t of E_{w_t}. A name with an index of
 * its own shows it by its place below another name; of a bare letter the note must say that it is one, y ∈ {1, …, K}, "the
 * correct class c", and nothing may count with it.
 */
import { constantValue } from "../expr/polynomial.ts";
import type { Factor, NumberSyntax, ScriptedSyntax, Statement, SumSyntax, Syntax } from "../parse/syntax.ts";
import { integerName } from "./integers.ts";
import { withDeltas } from "./kronecker.ts";
import { soleLetter } from "./names.ts";
import { limitsOf } from "./ranges.ts";
import { baseOf, isName, takeApart } from "./scripts.ts";
import type { Declaration, Definition, LabelSaid, Statements } from "./statements.ts";
import { everyPart, replaceParts, textOf } from "./tree.ts";

/** What the note's labels are, by their bases, and where counting begins for those of which it says that. */
export interface Labels {
  /** Bases of labels without an index, which the place alone does not show. */
  readonly bare: ReadonlySet<string>;
  /** By base: the number of the first place. */
  readonly firsts: ReadonlyMap<string, number>;
}

const WORD = String.raw`(?:class|label|category|token|word|type|action|item|symbol|character|digit)(?:[\s-]+(?:index|label|id|number))?`;
const KIND = String.raw`(?:(?:true|correct|right|target|gold|observed|given|current)\s+)?`;
const BEFORE = new RegExp(String.raw`\b${WORD}\s*$|(?:类别|标签|词|类)\s*$`, "iu");
const BEHIND = new RegExp(
  String.raw`^\s*,?\s*(?:is|be|denotes|being|for)?\s*(?:the|an?)\s+(?:index\s+of\s+(?:the|an?)\s+(?:[a-z]+\s+){0,2}?)?${KIND}${WORD}\b|^\s*(?:是|为)[^。，,]{0,8}(?:类别|标签)`,
  "iu",
);

/** Whether words call the name behind them a label, or the one before them. */
export const labelSaid = (text: string): { readonly ahead: boolean; readonly behind: boolean } => ({
  ahead: BEFORE.test(text),
  behind: BEHIND.test(text),
});

const below = (syntax: Syntax): readonly Syntax[] =>
  takeApart(syntax).elements.flatMap(each => (each.kind === "item" && each.position === "sub" ? [each.body] : []));

const baseOfLabel = (syntax: Syntax): string | undefined => {
  const { core, accents } = takeApart(syntax);
  return baseOf(core, accents);
};

const isBareName = (syntax: Syntax): boolean => syntax.kind === "symbol" && syntax.form !== "word";

/** Letters that count: bound by sums, below left sides and below what is declared. */
const countingLetters = ({ definitions, declarations }: Statements): ReadonlySet<string> => {
  const letters = new Set<string>();
  for (const name of [...definitions.map(({ left }) => left), ...declarations.map(each => each.name)])
    for (const body of everyPart(name).flatMap(below)) for (const part of everyPart(body)) letters.add(textOf(part));
  for (const { left, right, conditions } of definitions) {
    for (const { index } of conditions) letters.add(index);
    for (const part of [...everyPart(left), ...everyPart(right)]) {
      const limits = part.kind === "big" ? limitsOf(part) : undefined;
      if (limits) letters.add(limits.index);
    }
  }
  return letters;
};

/** The names that stand where a label would: below a name or a figure, or beside the equality of an indicator. */
const choosing = (root: Syntax): readonly Syntax[] =>
  everyPart(root).flatMap(part => {
    if (part.kind === "relations") return part.members.filter(each => isName(takeApart(each).core));
    if (part.kind !== "scripted") return [];
    const { core } = takeApart(part);
    return isName(core) || core.kind === "number" || core.kind === "group" ? below(part) : [];
  });

/** p_c of a p that is defined, and that p_c itself is not, or f_c beside the f_j of a sum over j or a formula for f_j: an entry of it. */
const entriesOfDefined = ({ definitions, declarations }: Statements): ((part: ScriptedSyntax) => boolean) => {
  const names = [...definitions.map(({ left }) => left), ...declarations.map(each => each.name)].map(textOf);
  const summed = new Set(
    definitions
      .flatMap(({ right }) => everyPart(right))
      .flatMap(sum => {
        const index = sum.kind === "big" ? limitsOf(sum)?.index : undefined;
        if (sum.kind !== "big" || index === undefined) return [];
        return everyPart(sum.body).flatMap(part =>
          part.kind === "scripted" && isName(part.base) && below(part).some(body => textOf(body) === index)
            ? [textOf(part.base)]
            : [],
        );
      }),
  );
  // p_k = …, whose right side has k too.
  const counted = new Set(
    definitions.flatMap(({ left, right }) => {
      const [place, more] = left.kind === "scripted" && isName(left.base) ? below(left) : [];
      const letter = place && !more ? soleLetter(place) : undefined;
      if (left.kind !== "scripted" || letter === undefined) return [];
      return everyPart(right).some(part => below(part).some(each => textOf(each) === letter))
        ? [textOf(left.base)]
        : [];
    }),
  );
  return part => {
    const base = textOf(part.base);
    return (names.includes(base) || summed.has(base) || counted.has(base)) && !names.includes(textOf(part));
  };
};

const sizeOf = ({ low, high }: NonNullable<LabelSaid["ends"]>): Syntax | undefined => {
  const first = constantValue(low);
  if (first === 1) return high;
  if (first !== 0) return undefined;
  const { span } = high;
  const one: NumberSyntax = { kind: "number", text: "1", fonts: [], accents: [], span };
  const sum: SumSyntax = {
    kind: "sum",
    terms: [
      { sign: null, body: high },
      { sign: { spelling: "+", span }, body: one },
    ],
    span,
  };
  return sum;
};

/** The statements with the sizes of labels for shapes, what counts nothing taken from the ranges, and look-ups as subscripts. */
export const withLabels = (written: Statements): { readonly statements: Statements; readonly labels: Labels } => {
  const statements = withDeltas(withLookUps(written), countingLetters(written));
  const bodies = statements.definitions.map(({ right }) => right);
  const chosen = bodies.flatMap(choosing);
  const counting = countingLetters(statements);
  const isEntry = entriesOfDefined(statements);
  const places = new Set(
    bodies.flatMap(body =>
      everyPart(body).flatMap(part =>
        part.kind === "scripted" && (!isName(part.base) || isEntry(part) || below(part).length > 1)
          ? below(part).map(textOf)
          : [],
      ),
    ),
  );
  const bare = new Set<string>();
  const firsts = new Map<string, number>();
  const declarations: Declaration[] = [];
  const taken = new Set<string>();
  for (const { name, ends, span } of statements.labels) {
    const base = baseOfLabel(name);
    if (base === undefined) continue;
    if (isBareName(name)) {
      const letter = textOf(name);
      if (counting.has(letter) || !(places.has(letter) || chosen.some(each => textOf(each) === letter && ends)))
        continue;
      bare.add(letter);
    } else if (!chosen.some(each => each.kind === "scripted" && baseOfLabel(each) === base)) continue;
    const size = ends && sizeOf(ends);
    if (!ends || !size) continue;
    taken.add(integerName(name) ?? "");
    firsts.set(base, constantValue(ends.low) as number);
    declarations.push({ name, sizes: [size], span, from: "declared" });
  }
  return {
    statements: {
      ...statements,
      ranges: statements.ranges.filter(({ index }) => !taken.has(index) && !bare.has(index)),
      declarations: [...statements.declarations, ...declarations],
    },
    labels: { bare, firsts },
  };
};

/** E[w_t], E[w_t, :]: places in brackets behind a name, where they are names that nothing defines or declares as arrays. */
const withLookUps = (statements: Statements): Statements => {
  const { definitions, declarations, labels } = statements;
  const arrays = new Set(
    [...definitions.map(({ left }) => left), ...declarations.map(({ name }) => name)].flatMap(
      name => baseOfLabel(name) ?? [],
    ),
  );
  const isSaid = (place: Syntax): boolean => labels.some(({ name }) => baseOfLabel(name) === baseOfLabel(place));
  const isPlace = (item: Syntax): boolean => {
    const base = baseOfLabel(item);
    if (base === undefined || arrays.has(base)) return false;
    return item.kind === "scripted" ? below(item).some(body => soleLetter(body) !== undefined) : isSaid(item);
  };
  const isAll = (item: Syntax): boolean => item.kind === "slice" && !item.from && !item.to;
  const placesIn = (syntax: Syntax): Syntax | undefined => {
    if (syntax.kind !== "group" || syntax.open !== "[" || !syntax.body) return undefined;
    const items = syntax.body.kind === "list" ? syntax.body.items : [syntax.body];
    const places = items.filter(item => !isAll(item));
    return places.length === 1 && items.length <= 2 && isPlace(places[0] as Syntax) ? syntax.body : undefined;
  };
  const lookedUp = (part: Syntax): Syntax | undefined => {
    if (part.kind !== "product") return undefined;
    const factors: Factor[] = [];
    for (const factor of part.factors) {
      const last = factors.at(-1);
      const places = factor.operator ? undefined : placesIn(factor.body);
      if (!places || !last || last.body.kind !== "symbol") {
        factors.push(factor);
        continue;
      }
      const span = { start: last.body.span.start, end: factor.body.span.end };
      const script = { position: "sub" as const, body: places, span: factor.body.span };
      factors[factors.length - 1] = { ...last, body: { kind: "scripted", base: last.body, scripts: [script], span } };
    }
    if (factors.length === part.factors.length) return undefined;
    const [only, more] = factors;
    return only && !more && !only.operator ? only.body : { ...part, factors };
  };
  // A definition without a look-up stays the object that it is.
  const read = (definition: Definition): Definition => {
    const right = replaceParts(definition.right, lookedUp);
    return right === definition.right ? definition : { ...definition, right };
  };
  return { ...statements, definitions: definitions.map(read) };
};

const ONE_HOT = /^(?:one[\s_-]*hot|onehot)$/iu;

/** onehot(y), one\_hot(y) is the unit vector 1_y. */
const unitOf = (part: Syntax): Syntax | undefined => {
  const called = (name: Syntax, argument: Syntax | undefined): Syntax | undefined => {
    const { core } = takeApart(name);
    const word = textOf(core).replaceAll(/operatorname|[\\{}]/gu, "");
    if (!ONE_HOT.test(word) || argument?.kind !== "group" || argument.open !== "(" || !argument.body) return undefined;
    const label = argument.body;
    if (!isName(takeApart(label).core)) return undefined;
    const span = { start: name.span.start, end: argument.span.end };
    const base: NumberSyntax = { kind: "number", text: "1", fonts: ["mathbf"], accents: [], span: name.span };
    return { kind: "scripted", base, scripts: [{ position: "sub", body: label, span: argument.span }], span };
  };
  if (part.kind === "apply") return called(part.name, part.argument);
  if (part.kind !== "product") return undefined;
  const factors: Factor[] = [];
  for (const factor of part.factors) {
    const last = factors.at(-1);
    const unit = factor.call && last ? called(last.body, factor.body) : undefined;
    if (unit && last) factors[factors.length - 1] = { ...last, body: unit };
    else factors.push(factor);
  }
  if (factors.length === part.factors.length) return undefined;
  const [only, more] = factors;
  return only && !more ? only.body : { ...part, factors };
};

/** The statement with one-hot vectors of labels written as 1_y. */
export const spellUnits = (statement: Statement): Statement => {
  const body = replaceParts(statement.body, unitOf);
  return body === statement.body ? statement : { ...statement, body };
};
