/**
 * Whether a claim fits together with the forward equations for some shapes of the names that nothing but their look
 * gave one: where it fits for none, its shapes are wrong whatever the names stand for.
 */
import { DiagnosticError } from "../../base/diagnostic.ts";
import { isChainRule } from "../../ops/call.ts";
import type { Syntax } from "../../parse/syntax.ts";
import { type Drafts, SCALAR_EXTENT } from "../draft.ts";
import { Elaborator } from "../elaborate.ts";
import { factsOf } from "../facts.ts";
import type { Family } from "../names.ts";
import type { Forward } from "../read.ts";
import type { Extent, SizeStore } from "../sizes.ts";
import type { Elaboration, Surroundings } from "../surroundings.ts";
import { type Shared, typeSystem } from "../typing.ts";
import { variableOf } from "./derivative.ts";
import type { ClaimNames } from "./names.ts";
import { secondOrderOf } from "./second.ts";
import { UnknownName } from "./unknown.ts";

/** Something in the claim of which nothing is known without the shapes. */
class Untold extends Error {}

/** How gradients lie: as their variables do, or transposed. */
export type Layout = "denominator" | "numerator";

/** The extents that ∂of/∂by may have: of a gradient, by a scalar, and of a Jacobian in both layouts. */
const derivativeDraft = (
  drafts: Drafts,
  of: Extent | undefined,
  by: Extent,
  layout: Layout,
  span: Syntax["span"],
): number => {
  const gradient: Extent = layout === "denominator" ? by : { rows: by.columns, columns: by.rows };
  const extent = drafts.sizes.freshExtent();
  const is = (sizes: SizeStore, other: Extent): boolean => sizes.unifyExtents(extent, other);
  const scalar = (sizes: SizeStore, { rows, columns }: Extent): boolean =>
    sizes.unify(rows, SCALAR_EXTENT.rows) && sizes.unify(columns, SCALAR_EXTENT.columns);
  const column = (sizes: SizeStore, { columns }: Extent): boolean => sizes.unify(columns, SCALAR_EXTENT.columns);
  const ways: ((sizes: SizeStore) => boolean)[] = of
    ? [
        sizes => scalar(sizes, of) && is(sizes, gradient),
        sizes => scalar(sizes, by) && is(sizes, of),
        sizes => column(sizes, of) && column(sizes, by) && is(sizes, { rows: of.rows, columns: by.rows }),
        sizes => column(sizes, of) && column(sizes, by) && is(sizes, { rows: by.rows, columns: of.rows }),
      ]
    : [sizes => is(sizes, gradient)];
  drafts.addChoice(
    ways.map(impose => ({ cost: 0, impose })),
    [extent, by, ...(of ? [of] : [])],
  );
  return drafts.add({ kind: "made", args: [], span, extent, build: () => undefined });
};

/** The layout of gradients in which some shapes fit, ours before the other; "none" only where none do, undefined where that is not known. */
export const fittingLayout = (
  forward: Forward,
  names: ClaimNames,
  members: readonly Syntax[],
  /** Names that other claims gave a meaning. */
  isUntold: (name: Syntax) => boolean,
): Layout | "none" | undefined => {
  for (const layout of ["denominator", "numerator"] as const) {
    const fits = fitsIn(layout, forward, names, members, isUntold);
    if (fits !== false) return fits && layout;
  }
  return "none";
};

const fitsIn = (
  layout: Layout,
  { typing: { prepared }, system }: Forward,
  names: ClaimNames,
  members: readonly Syntax[],
  isUntold: (name: Syntax) => boolean,
): boolean | undefined => {
  const own = new Map(prepared.names.families.map(family => [family.key, family]));
  const familyOf = (family: Family): Family => own.get(family.key) ?? unknown();
  const { functions } = prepared;
  const saved = functions.all.map(fn => ({ fn, applications: [...fn.applications], arity: fn.arity, body: fn.body }));
  const also = ({ drafts, sizes, extentOf }: Shared): void => {
    const open = new Map<string, ReturnType<SizeStore["fresh"]>>();
    const extentAt = (syntax: Syntax): Extent | undefined => {
      const found = names.resolve(syntax);
      if (!found || found.tail.length > 0 || found.part) return unknown();
      const symbol = names.symbolOf(found.family) ?? unknown();
      return symbol === system.objective ? undefined : extentOf(familyOf(found.family));
    };
    const beyond = (syntax: Syntax, around: Surroundings): number | undefined => {
      if (syntax.kind === "derivative") {
        const second = secondOrderOf(syntax);
        if (second) {
          const [gradient, columns] = [second.rows, second.columns].map(name => extentAt(name) ?? unknown());
          return derivativeDraft(drafts, gradient, columns as Extent, layout, syntax.span);
        }
        const by = extentAt(variableOf(syntax, around)) ?? unknown();
        return derivativeDraft(drafts, syntax.of ? extentAt(syntax.of) : undefined, by, layout, syntax.span);
      }
      if (syntax.kind === "apply" && syntax.op !== undefined && isChainRule(syntax.op)) return unknown();
      const isName = syntax.kind === "symbol" || syntax.kind === "scripted" || syntax.kind === "accent";
      if (isName && isUntold(syntax)) return unknown();
      return undefined;
    };
    const elaboration: Elaboration = {
      drafts,
      names: { resolve: syntax => names.forward(syntax), varies: letter => names.varies(letter) },
      functions,
      reads: [],
      places: [],
      spectral: [],
      axes: new Map(),
      ...factsOf(prepared),
      extentOf: family => extentOf(familyOf(family)),
      openSize: name => {
        const term = open.get(name) ?? sizes.fresh();
        open.set(name, term);
        return term;
      },
      primed: (_, order, argument, span) =>
        order === 1
          ? drafts.add({
              kind: "made",
              args: [argument],
              span,
              extent: drafts.at(argument).extent,
              build: () => undefined,
            })
          : unknown(),
      elided: unknown,
      beyond,
    };
    const elaborator = new Elaborator(elaboration);
    const bindings = [...names.letters].map(letter => ({ index: letter, letter, span: members[0]?.span ?? NOWHERE }));
    const [first, ...others] = members.map(member => elaborator.draft(member, { bindings, parameters: new Map() }));
    for (const other of others) {
      const [a, b] = [drafts.at(first as number).extent, drafts.at(other).extent];
      drafts.addChoice([{ cost: 0, impose: store => store.unifyExtents(a, b) }], [a, b]);
    }
  };
  try {
    const result = typeSystem(prepared, { also });
    return result.ok || (result.failure.kind === "inconsistent" ? false : undefined);
  } catch (error) {
    if (error instanceof Untold || error instanceof UnknownName || error instanceof DiagnosticError) return undefined;
    throw error;
  } finally {
    for (const { fn, applications, arity, body } of saved) {
      fn.applications.length = 0;
      fn.applications.push(...applications);
      fn.arity = arity;
      if (body === undefined) delete fn.body;
      else fn.body = body;
    }
  }
};

const NOWHERE = { start: 0, end: 0 };

const unknown = (): never => {
  throw new Untold("not known without shapes");
};
