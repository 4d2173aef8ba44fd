/** Every law, for references and traces. */
import type { Law, Phase } from "../rewrite/law.ts";
import { CANONICAL } from "./canonical.ts";
import { DIRECTED } from "./directions.ts";
import { NUMERATOR } from "./layouts.ts";
import { CANCEL, READABLE } from "./multiplied.ts";
import { REASONS } from "./reasons.ts";
import { SIMPLIFY } from "./simplify.ts";
import { STRUCTURED } from "./structures.ts";

const PHASES: readonly Phase[] = [SIMPLIFY, CANCEL, READABLE, CANONICAL, DIRECTED, STRUCTURED, NUMERATOR];

export const LAWS: readonly Law[] = [...new Set(PHASES.flatMap(phase => phase.laws))];

/** A rule that steps may cite, with its reason. */
export type CitedRule = Pick<Law, "id" | "say" | "source">;

const CITED: ReadonlyMap<string, CitedRule> = new Map([...LAWS, ...REASONS].map(rule => [rule.id, rule]));

/** The law, or the rule of the deriver, of an id: pullbacks ("pullback/matmul/A") are faces of ops. */
export const findLaw = (id: string): CitedRule | undefined => CITED.get(id);
