/** What was inferred, for documents to print. */
import type { Assembled } from "./assemble.ts";
import type { Typing } from "./typing.ts";

export interface SystemReport {
  readonly todo: number;
}

export const reportOf = (typing: Typing, assembled: Assembled): SystemReport => ({ todo: typing.solution.cost + assembled.because.size });
