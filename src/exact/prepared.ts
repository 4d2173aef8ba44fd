/** A derivation made ready for its check: everything that it claims, compiled once. */
import { type Domain, intersect } from "../expr/domain.ts";
import type { Node, SymbolNode } from "../expr/node.ts";
import { namesIn } from "../expr/polynomial.ts";
import { familyOf, type System } from "../expr/system.ts";
import { postorder, readsIn } from "../expr/walk.ts";
import type {
  ClaimedBlock,
  ClaimedContribution,
  ClaimedDerivation,
  ClaimedForm,
  ClaimedGradient,
  ClaimedPiece,
  ClaimedStep,
  ClaimedTruncation,
} from "./claims.ts";
import { type Functions, takesRoots } from "./plan.ts";
import { type Program, plansOf, programOf, type Routine, routineOf } from "./program.ts";
import { type Region, regionOf } from "./region.ts";
import { largestConstant } from "./sample.ts";

export interface PreparedContribution {
  readonly claim: ClaimedContribution;
  readonly routine: Routine;
  readonly chain: Routine | undefined;
  /** The points of the sums around it, when the gradient's own indices count as sizes. */
  readonly sums: Region;
}

export interface PreparedGradient {
  readonly claim: ClaimedGradient;
  readonly wrt: SymbolNode;
  readonly pieces: readonly {
    readonly claim: ClaimedPiece;
    readonly routine: Routine;
    readonly structured: Routine | undefined;
  }[];
  readonly contributions: readonly PreparedContribution[];
  readonly forms: readonly { readonly claim: ClaimedForm; readonly routine: Routine }[];
}

export interface PreparedBlock {
  readonly claim: ClaimedBlock;
  readonly states: readonly SymbolNode[];
  readonly routine: Routine;
}

export interface PreparedTruncation {
  readonly claim: ClaimedTruncation;
  /** The window's name, where nothing else depends on it. */
  readonly own: string | undefined;
  readonly gradients: readonly { readonly wrt: SymbolNode; readonly routines: readonly Routine[] }[];
}

export interface Prepared {
  readonly program: Program;
  readonly gradients: readonly PreparedGradient[];
  readonly blocks: readonly PreparedBlock[];
  readonly truncation: PreparedTruncation | undefined;
  readonly byMember: ReadonlyMap<SymbolNode, PreparedGradient>;
  /** Defined symbols and parameters that the objective depends on and that have no gradient. */
  readonly missing: readonly SymbolNode[];
  /** The largest integer constant in indices, bounds and exponents. */
  readonly constant: number;
  readonly usesRoots: boolean;
}

/** The symbols that the objective depends on. */
const influences = (system: System): ReadonlySet<SymbolNode> => {
  const reached = new Set<SymbolNode>([system.objective]);
  const stack = [system.objective];
  while (stack.length > 0) {
    const of = stack.pop() as SymbolNode;
    for (const equation of system.equations) {
      if (familyOf(equation.left) !== of) continue;
      for (const read of readsIn(equation.right)) {
        if (read.kind !== "symbol" && read.kind !== "at") continue;
        const family = familyOf(read);
        if (reached.has(family)) continue;
        reached.add(family);
        stack.push(family);
      }
    }
  }
  return reached;
};

/** A contribution at the members of `over`: its own, or those of the piece that it is part of. */
export const prepareContribution = (
  claim: ClaimedContribution,
  over: Domain,
  indices: readonly string[],
  functions: Functions,
): PreparedContribution => {
  const region = regionOf(over, indices);
  return {
    claim,
    routine: routineOf(claim.value, region, functions),
    chain: claim.chain && routineOf(claim.chain, region, functions),
    sums: regionOf(
      intersect(...claim.sums.map(({ domain }) => domain)),
      claim.sums.map(({ index }) => index),
    ),
  };
};

/** What a gradient is said to be beside its pieces. */
const formsOf = ({ closedForms, collected }: ClaimedGradient): readonly ClaimedForm[] =>
  collected
    ? [
        ...closedForms,
        { form: "collected", over: collected.over, value: collected.value, base: collected.steps, induction: [] },
      ]
    : closedForms;

const prepareGradient = (claim: ClaimedGradient, { functions }: Program): PreparedGradient => {
  const { indices } = claim;
  const compile = (term: Node, over: Domain): Routine => routineOf(term, regionOf(over, indices), functions);
  return {
    claim,
    wrt: familyOf(claim.wrt),
    pieces: claim.pieces.map(piece => ({
      claim: piece,
      routine: compile(piece.value, piece.over),
      structured: piece.structured && compile(piece.structured.value, piece.over),
    })),
    contributions: claim.contributions.map(contribution =>
      prepareContribution(contribution, contribution.over, indices, functions),
    ),
    forms: formsOf(claim).map(form => ({ claim: form, routine: compile(form.value, form.over) })),
  };
};

const prepareBlock = (claim: ClaimedBlock, { functions }: Program): PreparedBlock => ({
  claim,
  states: claim.states.map(familyOf),
  routine: routineOf(claim.form.value, regionOf(claim.form.over, claim.indices), functions),
});

/** Sizes that the system itself speaks of. */
const sizesIn = (system: System): ReadonlySet<string> =>
  new Set(
    [
      ...[...system.symbols.values()].flatMap(({ node, domain }) => [...node.shape, ...domain.where]),
      ...system.equations.flatMap(({ right, over }) => [
        ...over.where,
        ...postorder(right).flatMap(node =>
          node.kind === "integer" ? [node.value] : node.kind === "over" ? node.domain.where : node.shape,
        ),
      ]),
    ].flatMap(value => [...namesIn(value)]),
  );

const prepareTruncation = (claim: ClaimedTruncation, { functions, system }: Program): PreparedTruncation => ({
  claim,
  own: [...namesIn(claim.window)].find(name => !sizesIn(system).has(name)),
  gradients: claim.gradients.map(({ wrt, indices, forms }) => ({
    wrt: familyOf(wrt),
    routines: forms.map(({ value, over }) => routineOf(value, regionOf(over, indices), functions)),
  })),
});

/** The system's equations, with the matrices of block forms beside them. */
const programWith = ({ system, abbreviations, blocks = [] }: ClaimedDerivation): Program => {
  const more = blocks.map(({ symbol }) => [symbol.node.name, symbol] as const);
  const symbols = new Map([...system.symbols, ...more]);
  return programOf({ ...system, symbols }, [...abbreviations, ...blocks.map(({ matrix }) => matrix)]);
};

export const prepare = (derivation: ClaimedDerivation): Prepared => {
  const { system, blocks: claimed = [] } = derivation;
  const program = programWith(derivation);
  const blocks = claimed.map(block => prepareBlock(block, program));
  const gradients = derivation.gradients.map(gradient => prepareGradient(gradient, program));
  const byMember = new Map(gradients.map(gradient => [gradient.wrt, gradient]));
  const reached = influences(system);
  const missing = [...system.symbols.values()].filter(
    ({ node, role }) =>
      (role === "defined" || role === "parameter") &&
      node !== system.objective &&
      reached.has(node) &&
      !byMember.has(node),
  );
  const truncated = derivation.truncation?.gradients.flatMap(({ forms }) => forms) ?? [];
  const terms = [
    ...truncated.map(({ value }) => value),
    ...claimed.flatMap(({ matrix, form }) => [matrix.right, form.value]),
    ...system.equations.map(({ right }) => right),
    ...derivation.gradients.flatMap(gradient =>
      [...gradient.pieces, ...gradient.contributions, ...formsOf(gradient)].map(({ value }) => value),
    ),
  ];
  const domains = [
    ...system.equations.map(({ over }) => over),
    ...[...system.symbols.values()].map(({ domain }) => domain),
    ...derivation.gradients.flatMap(gradient =>
      [...gradient.pieces, ...gradient.contributions, ...formsOf(gradient)].map(({ over }) => over),
    ),
  ];
  const plans = [
    ...plansOf(program),
    ...gradients.flatMap(({ pieces, forms, contributions }) =>
      [...pieces, ...forms, ...contributions].map(({ routine }) => routine.plan),
    ),
  ];
  return {
    program,
    gradients,
    blocks,
    truncation: derivation.truncation && prepareTruncation(derivation.truncation, program),
    byMember,
    missing: missing.map(({ node }) => node),
    constant: largestConstant(terms, domains),
    usesRoots: takesRoots(plans),
  };
};

/** Every step of a gradient with the place that it stands at and the names that may be free in it. */
export const stepsOf = (
  claim: ClaimedGradient,
): readonly {
  readonly step: ClaimedStep;
  readonly over: Domain;
  readonly indices: readonly string[];
  readonly assumes: string | undefined;
}[] => {
  const { indices } = claim;
  const plain = [...claim.pieces, ...claim.contributions, ...claim.pieces.flatMap(piece => piece.contributions)];
  return [
    ...plain.flatMap(({ steps, over }) => steps.map(step => ({ step, over, indices, assumes: undefined }))),
    ...claim.pieces.flatMap(({ structured, over }) =>
      (structured?.steps ?? []).map(step => ({ step, over, indices, assumes: undefined })),
    ),
    ...formsOf(claim).flatMap(form => [
      ...form.base.map(step => ({ step, over: form.over, indices, assumes: form.assumes?.function })),
      ...form.induction.map(step => ({
        step,
        over: form.inductionOver ?? form.over,
        indices,
        assumes: form.assumes?.function,
      })),
    ]),
  ];
};

/** The steps of a block form, as those of a gradient that has nothing else. */
export const stepsOfBlock = ({ claim }: PreparedBlock): ReturnType<typeof stepsOf> =>
  stepsOf({
    wrt: claim.states[0] as ClaimedGradient["wrt"],
    indices: claim.indices,
    pieces: [],
    contributions: [],
    validFrom: new Map(),
    closedForms: [claim.form],
  });
