/** Every law, for references and traces. */
import type { Law, Phase } from "../rewrite/law.ts";
import { CANONICAL } from "./canonical.ts";
import { SIMPLIFY } from "./simplify.ts";

export const PHASES: readonly Phase[] = [SIMPLIFY, CANONICAL];

export const LAWS: readonly Law[] = [...new Set(PHASES.flatMap(phase => phase.laws))];

const BY_ID: ReadonlyMap<string, Law> = new Map(LAWS.map(law => [law.id, law]));

/** The law of an id, if it is one: steps also carry ids of pullbacks and of rules of the deriver. */
export const findLaw = (id: string): Law | undefined => BY_ID.get(id);
