/**
 * What a spelling may mean: the ops that list it among their readings, and a few compound readings that people write
 * without saying so (a bias added to every column). Which of them is meant is settled by shapes and costs.
 */
import { integerNode, type Node } from "../expr/node.ts";
import type { Polynomial } from "../expr/polynomial.ts";
import { type Axis, along, COUNT, liftedSignatures, membersOf } from "../ops/along.ts";
import { call } from "../ops/call.ts";
import { OPS } from "../ops/index.ts";
import type { Op } from "../ops/op.ts";
import { LATEX } from "../parse/latex.ts";
import type { Lexicon, LexiconEntry } from "../parse/lexicon.ts";
import { type ArgumentPattern, readSignature } from "../shape/signature.ts";
import { compileTemplates, instantiate, type Template } from "../term/template.ts";
import { COMPOUNDS, type Compound } from "./compounds.ts";

export interface Reading {
  /** The op's name, or that of a compound reading. */
  readonly name: string;
  /** What is meant, to stand in a report: "the matrix product". */
  readonly say: string;
  readonly cost: number;
  readonly args: readonly ArgumentPattern[];
  readonly result: { readonly rows: Polynomial; readonly columns: Polynomial };
  /** By argument: whether a scalar there means another reading. */
  readonly noScalar: readonly boolean[];
  /** Sizes that must not be the literal 1. */
  readonly wide: readonly string[];
  /** Integer arguments that must be ≥ 0. */
  readonly natural: readonly string[];
  /** The argument that makes this a usual reading if it is a number. */
  readonly withNumber?: number;
  /** The axis of the stacked vectors to each of which a vector is added. */
  readonly toEach?: Axis;
  /** The argument is no square matrix: there another reading is meant, even if it does not apply. */
  readonly notSquare?: true;
  /** The axis along which an op of vectors is applied to matrices. */
  readonly axis?: Axis;
  /** Compound readings insert something that is not written; that is reported. */
  readonly compound: boolean;
  readonly build: (args: readonly Node[], integers: ReadonlyMap<string, Polynomial>) => Node;
}

const sizeNames = (pattern: ArgumentPattern): readonly string[] =>
  pattern.kind === "integer"
    ? [pattern.name]
    : [pattern.rows, pattern.columns].flatMap(size => size.monomials[0]?.names ?? []);

const takesScalar = (pattern: ArgumentPattern | undefined): boolean => pattern?.kind === "tensor" && pattern.axes === 0;

/** A size that an argument shows twice is the side of a square matrix, which has more than one entry. */
const squareSides = (args: readonly ArgumentPattern[]): readonly string[] =>
  args.flatMap(pattern => {
    const [rows, columns] = sizeNames(pattern);
    return rows !== undefined && rows === columns ? [rows] : [];
  });

/** The signature's names for them. */
const naturalNames = ({ args, shape, natural = [] }: Op): readonly string[] =>
  typeof shape !== "string"
    ? []
    : readSignature(shape).args.flatMap((pattern, i) =>
        pattern.kind === "integer" && natural.includes(args[i] as string) ? [pattern.name] : [],
      );

const ofOp = (op: Op, cost: number): Reading | undefined => {
  if (typeof op.shape !== "string") return undefined;
  const { args, result } = readSignature(op.shape);
  return {
    name: op.name,
    say: op.doc,
    cost,
    args,
    result,
    noScalar: args.map(() => false),
    wide: squareSides(args),
    natural: naturalNames(op),
    compound: false,
    build: (nodes, integers) => {
      let next = 0;
      return call(
        op.name,
        args.map(pattern =>
          pattern.kind === "integer" ? integerNode(integers.get(pattern.name) as Polynomial) : (nodes[next++] as Node),
        ),
      );
    },
  };
};

/** The op in all signatures along an axis; several where arguments may be shared by all. */
const liftedReadings = (
  op: Op,
  axis: Axis,
  own: Pick<Reading, "name" | "say" | "cost" | "axis">,
  signature: (text: string) => string = text => text,
): readonly Reading[] =>
  liftedSignatures(op, axis).map(({ text, stacked }): Reading => {
    const { args, result } = readSignature(signature(text));
    return {
      ...own,
      cost: own.cost + stacked.filter(each => !each).length / OCCURRENCES,
      args,
      result,
      noScalar: args.map(() => false),
      // Vectors have more than one entry, and where several are stacked there is more than one of them.
      wide: [...new Set(args.flatMap(pattern => (pattern.kind === "tensor" ? sizeNames(pattern) : [])))],
      natural: [],
      compound: false,
      build: nodes => call(op.name, nodes, along(axis)),
    };
  });

/** An op of vectors applied to every row or column. */
const ofOpAlong = (op: Op, cost: number, axis: Axis): readonly Reading[] => {
  const say = `${op.doc.replace(/\.$/u, "")}: of every ${axis === "rows" ? "row" : "column"}`;
  return liftedReadings(op, axis, { name: `${op.name} ${axis}`, say, cost, axis });
};

const STACKED = new RegExp(String.raw`\b${COUNT}\b`, "gu");

/** An op of vectors applied to a row: the same vector, lying. */
const ofOpToRow = (op: Op, cost: number): readonly Reading[] =>
  liftedReadings(op, "rows", { name: `${op.name} row`, say: op.doc, cost }, text => text.replace(STACKED, "1"));

/** That a function of vectors is applied to a matrix is not said by the formula alone. */
const ALONG = 1;

/** Readings of a function's name along an axis, or along both. */
export const readingsAlong = (written: string, count: number, axes: readonly Axis[]): readonly Reading[] => {
  const spelling = wordOf(written);
  return OPS.flatMap(op => {
    const cost = op.latex.reads && Object.hasOwn(op.latex.reads, spelling) ? op.latex.reads[spelling] : undefined;
    return cost === undefined || !membersOf(op) || op.args.length !== count
      ? []
      : [
          ...ofOpToRow(op, cost / OCCURRENCES),
          ...axes.flatMap(axis => ofOpAlong(op, cost / OCCURRENCES + ALONG, axis)),
        ];
  });
};

const compiled = new Map<Compound, Template>();

const ofCompound = (compound: Compound, cost: number): Reading => {
  const { where, term, result, say, ofMatrices = false } = compound;
  const arrays = Object.fromEntries(Object.entries(where).filter(([, shape]) => shape !== "#"));
  const names = Object.keys(arrays);
  const written = Object.entries(where).map(([name, shape]) => (shape === "#" ? `#${name}` : shape));
  const { args, result: shape } = readSignature(`${written.join(", ")} -> ${result}`);
  // A vector has more than one entry, and an array in general position is no scalar.
  const wide = args.flatMap(pattern =>
    pattern.kind === "tensor" && (ofMatrices || pattern.axes === 1 || pattern.rows.key === "1")
      ? sizeNames(pattern)
      : [],
  );
  return {
    name: term,
    say,
    cost,
    args,
    result: shape,
    wide,
    natural: [],
    compound: !compound.isPlain,
    ...(compound.toEach ? { toEach: compound.toEach } : {}),
    ...(compound.withNumber === undefined ? {} : { withNumber: compound.withNumber }),
    noScalar: args.map(pattern => pattern.kind === "tensor" && pattern.axes === 2),
    build: (nodes, integers) => {
      let template = compiled.get(compound);
      if (!template) {
        [template] = compileTemplates([term], arrays) as [Template];
        compiled.set(compound, template);
      }
      return instantiate(template, { nodes: new Map(names.map((name, i) => [name, nodes[i] as Node])), integers });
    },
  };
};

const table = new Map<string, readonly Reading[]>();

/** Where an op of the same spelling takes a scalar, ops for arrays do not. */
const separate = (readings: readonly Reading[], claims: (reading: Reading) => boolean): readonly Reading[] =>
  readings.map(reading => ({
    ...reading,
    noScalar: reading.noScalar.map(
      (known, i) =>
        known ||
        (!reading.args.some(takesScalar) &&
          readings.some(
            other =>
              other !== reading &&
              claims(other) &&
              other.args.length === reading.args.length &&
              takesScalar(other.args[i]),
          )),
    ),
  }));

/** \operatorname{diag} is the word diag. */
const wordOf = (spelling: string): string => /^\\operatorname\{(\w+)\}$/u.exec(spelling)?.[1] ?? spelling;

/** All readings of a spelling with a number of written arguments, cheapest first, in the order of the tables. */
export const readingsOf = (written: string, count: number): readonly Reading[] => {
  const spelling = wordOf(written);
  const key = `${count} ${spelling}`;
  const known = table.get(key);
  if (known) return known;
  const claiming = new Set<string>();
  const found: Reading[] = [];
  for (const op of OPS) {
    const cost = op.latex.reads && Object.hasOwn(op.latex.reads, spelling) ? op.latex.reads[spelling] : undefined;
    const reading = cost === undefined ? undefined : ofOp(op, cost > USUAL ? cost : cost / OCCURRENCES);
    if (!reading || argumentsOf(reading) !== count) continue;
    found.push(reading);
    claiming.add(reading.name);
  }
  for (const compound of COMPOUNDS) {
    const cost = Object.hasOwn(compound.spellings, spelling) ? compound.spellings[spelling] : undefined;
    if (cost === undefined || Object.keys(compound.where).length !== count) continue;
    const reading = ofCompound(compound, cost);
    found.push(reading);
    if (compound.claimsScalars) claiming.add(reading.name);
  }
  const result = separate(found, reading => claiming.has(reading.name)).toSorted((a, b) => a.cost - b.cost);
  table.set(key, result);
  return result;
};

/** Usual meanings of a spelling differ little in cost: it counts at each occurrence, that of a name only once. */
const USUAL = 2;
const OCCURRENCES = 16;

/** Signs that an author uses in one sense: what is unusual about it counts once. */
const ONE_SENSE: ReadonlySet<string> = new Set(["*", "\\cdot", "\\times"]);

/** What a reading costs at each of several occurrences of its spelling in a note. */
export const costOfSense = (spelling: string, cost: number, occurrences: number): number =>
  // Costs are sums of such fractions, which are exact.
  cost > USUAL && ONE_SENSE.has(spelling) ? Math.ceil((cost / occurrences) * OCCURRENCES) / OCCURRENCES : cost;

/** A reading of a formula in which a number stands where it is usual. */
export const besideNumber = (reading: Reading): Reading => ({ ...reading, cost: 1 });

/** Vectors added along an axis where the formula beside them suggests one. */
export const besideAxis = (reading: Reading, axis: Axis): Reading => ({
  ...reading,
  cost: reading.cost + (reading.toEach === axis ? -1 : 2),
});

/** The number of arguments that stand in the formula; sizes may stay unwritten. */
const argumentsOf = (reading: Reading): number => {
  const tensors = reading.args.filter(pattern => pattern.kind === "tensor").length;
  return tensors === 0 ? 0 : reading.args.length;
};

const WORD = /^[A-Za-z]+$/u;

/** The spellings of the ops for the grammar: words that mean one op, and the ops of LaTeX's own commands. */
export const lexiconOfOps = (): Lexicon => {
  known ??= makeLexicon();
  return known;
};

let known: Lexicon | undefined;

const makeLexicon = (): Lexicon => {
  const lexicon = new Map<string, LexiconEntry>();
  for (const op of OPS) {
    for (const [spelling, cost] of Object.entries(op.latex.reads ?? {})) {
      const command = LATEX.get(spelling);
      const key = WORD.test(spelling) ? `\\operatorname{${spelling}}` : spelling;
      if (cost > 0 || lexicon.has(key) || !(command || WORD.test(spelling))) continue;
      lexicon.set(key, { class: command?.class ?? "function", op: op.name });
    }
  }
  return lexicon;
};
