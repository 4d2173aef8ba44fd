/**
 * Jacobians, Hessians and Hessian-vector products, checked before anybody sees them. A Hessian is the Jacobian of a
 * gradient: the backward pass, as a system, is differentiated once more (forward over reverse).
 */
import { DiagnosticError, failure, InternalError, type Result, success } from "../base/diagnostic.ts";
import type { Certificate } from "../exact/outcome.ts";
import type { Sampling } from "../exact/sample.ts";
import { type ClaimedMap, type ClaimedVariation, checkVariation } from "../exact/variation.ts";
import type { Domain } from "../expr/domain.ts";
import { type AtNode, type Node, number, type SymbolNode } from "../expr/node.ts";
import { type Equation, familyOf, type SymbolEntry, type System } from "../expr/system.ts";
import { readsIn, replaceNodes } from "../expr/walk.ts";
import { contextOf } from "../latex/names.ts";
import { toLatex } from "../latex/print.ts";
import { isScalar } from "../ops/call.ts";
import { simplify } from "../rules/simplify.ts";
import { collected } from "../tensor/collect.ts";
import { type EinsteinMap, einsteinMapOf } from "../tensor/einstein.ts";
import { matrixOf } from "../tensor/matrix.ts";
import { abbreviated } from "./abbreviations.ts";
import { type AdjointSystem, adjointSystem } from "./adjoint.ts";
import { type Chained, chainOfDifferentials, shifted } from "./chain.ts";
import { type CheckedDerivation, deriveChecked } from "./checked.ts";
import { directionEntry } from "./naming.ts";
import { type VariedSystem, variedSystem } from "./variation.ts";

/** The derivative of one array by another as a matrix, or entry by entry where no matrix notation fits. */
export interface DerivedMap {
  /** What is differentiated: a member, or ∂L/∂ of a variable. */
  readonly of: SymbolNode | AtNode;
  readonly wrt: SymbolNode | AtNode;
  /** For a block of a Hessian, the variable of the gradient. */
  readonly gradientBy?: SymbolNode;
  readonly indices: readonly string[];
  readonly over: Domain;
  /** The tangent of `wrt`, and that of `of` in terms of it. */
  readonly direction: SymbolEntry;
  readonly tangent: Node;
  /** Absent where something does not depend on the variable at all. */
  readonly value:
    | { readonly kind: "matrix" | "derivative"; readonly term: Node }
    | { readonly kind: "entries"; readonly map: EinsteinMap };
  /** Whether matrices stand for their vecs, column by column. */
  readonly vec: boolean;
}

/** Why there is no formula for a block of a Hessian. */
export interface NoMap {
  readonly gradientBy: SymbolNode;
  readonly wrt: SymbolNode;
  readonly code: string;
  readonly because: string;
}

export interface CheckedJacobians {
  /** The given system, with the directions. */
  readonly system: System;
  /** Equations of names for what the note left nameless and the Jacobians mention. */
  readonly names: readonly Equation[];
  readonly maps: readonly DerivedMap[];
  readonly certificate: Certificate;
}

export interface CheckedHessians {
  readonly gradient: CheckedDerivation;
  /** The forward equations, the backward pass as equations, and the tangents of both. */
  readonly system: System;
  readonly adjoint: AdjointSystem;
  readonly varied: VariedSystem;
  /** The variables, each with a direction. */
  readonly variables: readonly SymbolNode[];
  readonly blocks: readonly DerivedMap[];
  readonly without: readonly NoMap[];
  readonly certificate: Certificate;
}

const withEntry = (system: System, entry: SymbolEntry): System => ({
  ...system,
  symbols: new Map([...system.symbols, [entry.node.name, entry]]),
});

/** A matrix or the entries of a chained differential. */
const derivativeOf = ({ tangent }: Chained, wrt: SymbolNode, direction: SymbolNode): DerivedMap["value"] => {
  if (isScalar(wrt.shape))
    return {
      kind: "derivative",
      term: simplify(replaceNodes(tangent, new Map<Node, Node>([[direction, number(1)]]))).node,
    };
  const found = einsteinMapOf(tangent, direction);
  if ("obstacle" in found) {
    throw new DiagnosticError({
      code: "D008",
      severity: "error",
      message: `the derivative by ${wrt.name} is known as a differential only: ${found.obstacle}`,
      spans: [],
    });
  }
  const map = collected(found);
  const term = matrixOf(map);
  return term ? { kind: "matrix", term: simplify(term).node } : { kind: "entries", map };
};

const isVec = (of: SymbolNode | AtNode, wrt: SymbolNode | AtNode): boolean =>
  !isScalar(wrt.shape) && (of.shape.length > 1 || wrt.shape.length > 1);

const claimOf = ({ of, wrt, gradientBy, indices, over, value }: DerivedMap, objective: SymbolNode): ClaimedMap => ({
  of: gradientBy ? objective : of,
  wrt,
  ...(gradientBy ? { gradientBy } : {}),
  indices,
  over,
  value,
});

/** The certificate of a check that agrees. A disagreement is a bug of ours. */
const certified = (claim: ClaimedVariation, options: Sampling): Certificate => {
  const outcome = checkVariation(claim, options);
  if (outcome.verdict === "agrees") return outcome.certificate;
  if (outcome.verdict === "disagrees") throw new InternalError(`a derived equation is wrong: ${outcome.message}`);
  throw new DiagnosticError({
    code: "D004",
    severity: "error",
    message: `the derivation of ${claim.forward.name} could not be checked: ${outcome.reason}`,
    spans: claim.forward.equations.flatMap(({ span }) => (span ? [{ span, label: "in this system" }] : [])).slice(0, 1),
  });
};

const attempt = <T>(run: () => T): Result<T> => {
  try {
    return success(run());
  } catch (error) {
    if (error instanceof DiagnosticError) return failure(error.diagnostic);
    throw error;
  }
};

/** A symbol of a system, and by how much each of its indices is shifted against those of what is differentiated. */
export interface NamedMember {
  readonly name: string;
  readonly shift?: readonly number[];
}

const unknownName = (system: System, name: string): DiagnosticError =>
  new DiagnosticError({
    code: "D005",
    severity: "error",
    message: `${name} is no symbol that ${system.name} computes`,
    spans: [],
  });

/** Whether a map's differential or value reads a family. */
const mentions = ({ tangent, value }: DerivedMap, family: SymbolNode): boolean =>
  [tangent, ...(value.kind === "entries" ? [] : [value.term])].some(term =>
    readsIn(term).some(read => familyOf(read) === family),
  );

const independent = (system: System, of: SymbolNode | AtNode, wrt: SymbolNode | AtNode): DiagnosticError =>
  new DiagnosticError({
    code: "D009",
    severity: "error",
    message: `${toLatex(of, contextOf(system))} does not depend on ${toLatex(wrt, contextOf(system))}: their derivative is 0`,
    spans: [],
  });

/**
 * ∂of/∂wrt for one member, or for the general member of a family, along every path of the forward equations. Rows are the
 * entries of `of`, columns those of `wrt`; of matrices the entries of their vecs, column by column. By a scalar, the
 * derivative has the shape of `of`.
 *
 * Fails with D001 for an op without a derivative, D005 for a name that is not computed, D006 for a recurrence, D007 for
 * ranges that decide the formula, D008 for what is no sum of products of entries, D009 where nothing depends on the other.
 */
export const deriveJacobian = (
  given: System,
  { of, wrt, check = {} }: { readonly of: string; readonly wrt: readonly NamedMember[]; readonly check?: Sampling },
): Result<CheckedJacobians> =>
  attempt(() => {
    const { system, names } = abbreviated(given);
    const entry = system.symbols.get(of);
    if (entry?.role !== "defined") throw unknownName(system, of);
    const { indices } = entry;
    const target = shifted(entry.node, indices, []);
    let extended = system;
    const taken = new Set<string>();
    const maps = wrt.map(({ name, shift = [] }): DerivedMap => {
      const variable = system.symbols.get(name);
      if (!variable) throw unknownName(system, name);
      if (variable.node.rank > 0 && variable.node.rank !== indices.length) {
        throw new DiagnosticError({
          code: "D007",
          severity: "error",
          message: `${of} and ${name} have different numbers of indices, so no member of ${name} is the one meant`,
          spans: [],
        });
      }
      const source = shifted(variable.node, indices, shift);
      const own = directionEntry(system, source, toLatex(source, contextOf(system)), taken);
      const chained = chainOfDifferentials(system, target, source, own.node, names);
      if (!chained) throw independent(system, target, source);
      extended = withEntry(extended, own);
      return {
        of: target,
        wrt: source,
        indices,
        over: chained.over,
        direction: own,
        tangent: chained.tangent,
        value: derivativeOf(chained, familyOf(source), own.node),
        vec: isVec(target, source),
      };
    });
    const certificate = certified(
      {
        forward: given,
        system: { ...extended, equations: [...extended.equations, ...names] },
        maps: maps.map(map => claimOf(map, system.objective)),
      },
      check,
    );
    return {
      system: extended,
      names: names.filter(({ left }) => maps.some(map => mentions(map, familyOf(left)))),
      maps,
      certificate,
    };
  });

/** Blocks of a Hessian are worked out for this many variables; of more, those on the diagonal. */
const MOST_VARIABLES = 3;

const blockOf = (
  adjoint: AdjointSystem,
  gradientBy: SymbolNode,
  wrt: SymbolNode,
  direction: SymbolEntry,
): DerivedMap | NoMap | undefined => {
  const of = (adjoint.adjoints.get(gradientBy) as SymbolEntry).node;
  try {
    const chained = chainOfDifferentials(adjoint.system, of, wrt, direction.node, adjoint.names);
    if (!chained) return undefined;
    return {
      of,
      wrt,
      gradientBy,
      indices: [],
      over: chained.over,
      direction,
      tangent: chained.tangent,
      value: derivativeOf(chained, wrt, direction.node),
      vec: isVec(of, wrt),
    };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { gradientBy, wrt, code: error.diagnostic.code, because: error.diagnostic.message };
  }
};

/**
 * Second derivatives of the objective by variables without an index: the equations of the Hessian times a direction, which
 * exist for every system, and each block of the Hessian that is one formula. The blocks below the diagonal are the
 * transposes of those above it.
 */
export const deriveHessians = (
  system: System,
  { of, wrt, check = {} }: { readonly of?: string; readonly wrt?: readonly string[]; readonly check?: Sampling } = {},
): Result<CheckedHessians> => {
  const derived = deriveChecked(system, { ...(of === undefined ? {} : { of }), ...(wrt ? { wrt } : {}) });
  if (!derived.ok) return derived;
  return attempt(() => {
    const gradient = derived.value;
    const isVariable = ({ node, role }: SymbolEntry): boolean => (wrt ? wrt.includes(node.name) : role === "parameter");
    const adjoint = adjointSystem(gradient);
    const variables = [...gradient.system.symbols.values()]
      .filter(isVariable)
      .map(({ node }) => node)
      .filter(node => adjoint.adjoints.has(node));
    const family = variables.find(({ rank }) => rank > 0);
    if (family || variables.length === 0) {
      throw new DiagnosticError({
        code: "D007",
        severity: "error",
        message: family
          ? `${family.name} is a family: second derivatives are taken by variables without an index`
          : `${gradient.system.name} has no parameter to differentiate by twice`,
        spans: [],
      });
    }
    const varied = variedSystem(adjoint.system, variables);
    const blocks: DerivedMap[] = [];
    const without: NoMap[] = [];
    for (const [i, first] of variables.entries()) {
      for (const [j, second] of variables.entries()) {
        if (j < i || (i !== j && variables.length > MOST_VARIABLES)) continue;
        const found = blockOf(adjoint, first, second, varied.tangents.get(second) as SymbolEntry);
        if (found && "because" in found) without.push(found);
        else if (found) blocks.push(found);
      }
    }
    const tangentsOf = (families: Iterable<readonly [SymbolNode, SymbolNode]>): ReadonlyMap<SymbolNode, SymbolNode> =>
      new Map(
        [...families].flatMap(([of, source]) => {
          const tangent = varied.tangents.get(source);
          return tangent && !variables.includes(of) ? [[of, tangent.node] as const] : [];
        }),
      );
    const forwardFamilies = [...new Set(gradient.system.equations.map(({ left }) => familyOf(left)))];
    const certificate = certified(
      {
        forward: gradient.system,
        system: varied.system,
        maps: blocks.map(block => claimOf(block, gradient.system.objective)),
        tangents: {
          directions: new Map(variables.map(node => [node, (varied.tangents.get(node) as SymbolEntry).node])),
          forward: tangentsOf(forwardFamilies.map(node => [node, node] as const)),
          backward: new Map([...adjoint.adjoints].map(([of, { node }]) => [of, varied.tangents.get(node)?.node])),
        },
      },
      check,
    );
    return { gradient, system: varied.system, adjoint, varied, variables, blocks, without, certificate };
  });
};
