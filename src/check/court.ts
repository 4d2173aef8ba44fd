/** What the equations of one part of a note are judged with. */
import type { Span } from "../base/source.ts";
import { closedFormsFor } from "../derive/closed/index.ts";
import type { ClosedForm, Derivation, Gradient } from "../derive/gradient.ts";
import { Bounds } from "../exact/bound.ts";
import { completed, Witness } from "../exact/witness.ts";
import type { Node, SymbolNode } from "../expr/node.ts";
import { familyOf, type System } from "../expr/system.ts";
import { postorder, readsIn } from "../expr/walk.ts";
import { contextOf, type LatexContext } from "../latex/names.ts";
import { NO_VALUES } from "../latex/values.ts";
import { Aliases } from "../note/claims/aliases.ts";
import type { Chain } from "../note/claims/chains.ts";
import { withFormulas } from "../note/claims/formulas.ts";
import { ClaimReader } from "../note/claims/reader.ts";
import type { Rename } from "../note/claims/rename.ts";
import { namesSecondOrder } from "../note/claims/second.ts";
import { withOpenArguments } from "../note/claims/slopes.ts";
import { headed, readNames } from "../note/occurrences.ts";
import type { Forward } from "../note/read.ts";
import { isName, takeApart } from "../note/scripts.ts";
import type { Definition } from "../note/statements.ts";
import { everyPart } from "../note/tree.ts";
import type { SymbolSyntax, Syntax } from "../parse/syntax.ts";
import { CUSTOMS, type Custom } from "./customs.ts";
import { derivationOf, extended, unlessRefused } from "./gradients.ts";
import { iteratedIn } from "./iterated.ts";
import { type Judges, judgesOf } from "./judges.ts";
import { type NamedLoss, namedLosses } from "./losses.ts";
import { Prover } from "./proof.ts";
import type { Reason } from "./reasons.ts";
import { glyphsOf, scriptsOfGlyph } from "./repairs/glyphs.ts";
import { withSlopes } from "./slopes.ts";

export interface Court {
  readonly text: string;
  readonly reader: ClaimReader;
  readonly aliases: Aliases;
  readonly witness: Witness;
  /** How likely it is that the witness is mistaken. */
  readonly bounds: Bounds;
  /** What the witness supposes beyond the note. */
  readonly customs: readonly KeptCustom[];
  /** Customs that make no derived formula another, each with who judges where it is kept as well. */
  readonly spare: readonly SpareCustom[];
  /** Losses that an open one may be, each with who judges there. */
  readonly losses: () => readonly JudgedLoss[];
  /** The one of these by which an equation turned out to be right: the others are by this one as well. */
  readonly chosenLoss: JudgedLoss[];
  readonly derivation: Derivation | undefined;
  /** What is derived of another scalar than the objective. */
  readonly derivationOf: (of: SymbolNode) => Derivation | undefined;
  /** Absent where something has no derivative. */
  readonly prover?: Prover;
  /** The closed forms of one of its gradients. */
  readonly closed: (gradient: Gradient) => readonly ClosedForm[];
  readonly context: LatexContext;
  readonly language: "en" | "zh";
  /** The letters of the forward equations, as the parser names them. */
  readonly glyphs: ReadonlyMap<string, SymbolSyntax>;
  /** The scripts that a letter carries there. */
  readonly scripts: (glyph: string) => readonly Syntax[];
  /** The shape of something given is guessed by the look of its name: then nothing is wrong for its shape. */
  readonly guessed: boolean;
  /** A name that is no stray letter: its letters stand in the forward equations, or several claims use it. */
  readonly familiar: (name: Syntax) => boolean;
  /** What a loss that no equation defines is taken for a function of. */
  readonly reached: ReadonlySet<SymbolNode>;
  /** What the loss depends on, by any path. */
  readonly leading: ReadonlySet<SymbolNode>;
  /** No equation of the note defines the loss. */
  readonly implied: boolean;
  /** The note writes what is added to a gradient as a sum over an index: ΔW = Σ_t … */
  readonly addsUp: boolean;
  /** Letters of names that are steps of an iteration. */
  readonly iterated: ReadonlySet<string>;
  /** The forward equations had to be repaired. */
  readonly damaged: boolean;
  /** Every name of the forward equations, as they write it. */
  readonly names: readonly Syntax[];
  /** Names that the claims have given to values so far. */
  readonly given: Syntax[];
  /** Letters that turned out to be misread. */
  readonly settled: Rename[];
  /** Accents taken for signs of gradients, because most equations are right so. */
  readonly guessedAccents: ReadonlySet<string>;
}

/** A custom that the equations are judged in, and who judges where all customs but this one are kept. */
export interface KeptCustom {
  readonly because: Reason;
  readonly without: Judges;
}

export interface SpareCustom {
  readonly because: Reason;
  readonly with: Judges;
}

export interface JudgedLoss extends NamedLoss {
  readonly with: Judges;
}

const valuesOf = (derivation: Derivation | undefined): readonly Node[] =>
  (derivation?.gradients ?? []).flatMap(({ pieces }) => pieces.map(({ value }) => value));

/** The system with one custom after the other, those that make a difference to a gradient; `made` of it is judged. */
const withCustoms = (
  original: System,
  made: (system: System, derivation?: Derivation) => System,
): Pick<Court, "derivation" | "customs" | "spare" | "losses"> & { readonly system: System } => {
  const plain = derivationOf(original);
  let [system, derivation] = [original, plain];
  const kept: { readonly because: Reason; readonly row: (typeof CUSTOMS)[number] }[] = [];
  const unused: (typeof CUSTOMS)[number][] = [];
  for (const row of CUSTOMS) {
    const custom = row(system);
    const other = custom && derivationOf(custom.system, custom.fixed);
    const before = new Set([...valuesOf(plain), ...valuesOf(derivation)]);
    if (!custom) continue;
    if (valuesOf(other).every(value => before.has(value))) {
      unused.push(row);
      continue;
    }
    kept.push({ because: custom.because, row });
    [system, derivation] = [custom.system, other];
  }
  const judgingIn = (other: System, fixed?: ReadonlySet<string>): Witness => {
    const own = derivationOf(other, fixed);
    return new Witness(made(other, own), own);
  };
  const customs = kept.map(({ because, row }): KeptCustom => {
    const others = (): System =>
      CUSTOMS.reduce((found, each) => (each === row ? found : (each(found)?.system ?? found)), original);
    return { because, without: judgesOf(others, () => judgingIn(others())) };
  });
  const judged = <C extends Custom>(custom: C): C & { readonly with: Judges } => {
    const { system, fixed } = custom;
    return {
      ...custom,
      with: judgesOf(
        () => system,
        () => judgingIn(system, fixed),
      ),
    };
  };
  const spare = unused.flatMap(row => row(system) ?? []).map(judged);
  let losses: readonly JudgedLoss[] | undefined;
  return {
    system: made(system, derivation),
    derivation,
    customs,
    spare,
    losses: () => (losses ??= namedLosses(system).map(judged)),
  };
};

/** The letters of a name, those that are set as one word each by itself. */
const lettersOf = (name: Syntax): readonly string[] => {
  const { core } = takeApart(name);
  const parts = isName(core) ? core.parts : undefined;
  return [core, ...(parts ?? [])].filter(isName).map(letter => letter.name);
};

/** In how many chains each letter names something. */
const usesOf = (chains: readonly Chain[]): ReadonlyMap<string, number> => {
  const uses = new Map<string, number>();
  for (const { members } of chains)
    for (const letter of new Set(members.flatMap(readNames).flatMap(lettersOf)))
      uses.set(letter, (uses.get(letter) ?? 0) + 1);
  return uses;
};

/** Whether no equation of the note defines the loss. */
const isImplied = (reader: ClaimReader, definitions: readonly Definition[]): boolean =>
  definitions.every(({ left }) => {
    const family = reader.resolve(headed(left)?.name ?? left)?.family;
    return family === undefined || reader.symbolOf(family) !== reader.system.objective;
  });

/** The families that the loss reads. */
const readByLoss = (system: System): ReadonlySet<SymbolNode> => {
  const loss = system.equations.filter(({ left }) => familyOf(left) === system.objective);
  return new Set(loss.flatMap(({ right }) => postorder(right).flatMap(node => (node.kind === "at" ? [node.of] : []))));
};

/** Everything that the loss depends on. */
const leadingTo = (system: System): ReadonlySet<SymbolNode> => {
  const found = new Set<SymbolNode>([system.objective]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const { left, right } of system.equations)
      if (found.has(familyOf(left))) for (const node of readsIn(right)) found.add(familyOf(node));
  }
  return found;
};

/** What is derived of any scalar of a system, each once. */
const derivationsOf = (system: System): Court["derivationOf"] => {
  const known = new Map<SymbolNode, Derivation | undefined>();
  return of => {
    if (!known.has(of)) known.set(of, derivationOf({ ...system, objective: of }));
    return known.get(of);
  };
};

export const courtFor = (
  text: string,
  read: Forward,
  definitions: readonly Definition[],
  chains: readonly Chain[],
  { damaged, language, accents }: Pick<Court, "damaged" | "language"> & { readonly accents?: ReadonlySet<string> },
): Court => {
  const members = chains.flatMap(chain => chain.members);
  const aliases = new Aliases();
  const opened = withOpenArguments(read, members);
  const plain = withSlopes(opened, chains, new ClaimReader(opened, members, aliases));
  const probe = new ClaimReader(plain, members, aliases);
  const { forward, formulas } = withFormulas(
    plain,
    members.map(member => probe.adjoints(member)),
    {
      isMember: of => {
        const found = probe.resolve(of);
        const isName = found?.tail.length === 0 && probe.symbolOf(found.family) !== undefined;
        return isName || probe.definesFunction(of);
      },
      read: formula => probe.read([formula], []),
      latexOf: ({ span }) => sliceOf({ text }, span),
    },
  );
  const { system, derivation, customs, spare, losses } = withCustoms(
    forward.system,
    namesSecondOrder(members) ? extended : each => each,
  );
  const closed = (gradient: Gradient): readonly ClosedForm[] =>
    (derivation && unlessRefused(() => closedFormsFor(derivation, gradient))) ?? [];
  const gradients = new Map(
    [...system.symbols.values()].flatMap(({ node, gradientBy }) => (gradientBy ? [[gradientBy, node]] : [])),
  );
  const reader = new ClaimReader(forward, members, aliases, {
    gradients,
    formulas,
    ...(accents ? { accents } : {}),
  });
  const witness = new Witness(system, derivation);
  const glyphs = glyphsOf(forward);
  const uses = usesOf(chains);
  const implied = isImplied(reader, definitions);
  return {
    text,
    aliases,
    derivation,
    derivationOf: derivationsOf(system),
    customs,
    spare,
    losses,
    chosenLoss: [],
    closed,
    ...(derivation ? { prover: new Prover(derivation, closed) } : {}),
    language,
    reader,
    familiar: name => lettersOf(name).some(letter => glyphs.has(letter) || (uses.get(letter) ?? 0) > 1),
    implied,
    leading: leadingTo(system),
    reached: implied ? readByLoss(system) : new Set(),
    witness,
    bounds: new Bounds(witness),
    // What a claim says is shown as it says it: ∂ℓ(o, y)/∂o, also where the note calls that value L.
    context: { ...contextOf(derivation ? completed(derivation.system, system) : system), values: NO_VALUES },
    glyphs,
    scripts: glyph => scriptsOfGlyph(forward, glyph),
    addsUp: chains.some(
      ({ members: [left, ...others] }) =>
        left !== undefined &&
        everyPart(left).find(isName)?.name === "\\Delta" &&
        others.some(other => everyPart(other).some(part => part.kind === "big" && part.lower !== null)),
    ),
    iterated: iteratedIn(chains, base => forward.typing.prepared.bases.all.has(base)),
    damaged,
    guessed: [...system.symbols.values()].some(
      ({ shapeFrom, node, role }) => role !== "defined" && shapeFrom === "assumed" && node.shape.length > 0,
    ),
    names: forward.typing.prepared.names.occurrences.map(({ syntax }) => syntax),
    given: [],
    settled: [],
    guessedAccents: new Set(),
  };
};

export const sliceOf = ({ text }: Pick<Court, "text">, span: Span): string => text.slice(span.start, span.end);
