/** Letters by which claims differentiate. */
import { baseOfName } from "./occurrences.ts";
import type { Claim } from "./statements.ts";
import { everyPart } from "./tree.ts";

export const variablesOf = (claims: readonly Claim[]): ReadonlySet<string> =>
  new Set(
    claims
      .flatMap(({ statement }) => (statement ? everyPart(statement.body) : []))
      .flatMap(part =>
        part.kind === "derivative" ? part.by.flatMap(({ variable }) => baseOfName(variable) ?? []) : [],
      ),
  );
