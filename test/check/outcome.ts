import type { EquationReport } from "../../src/check/verdict.ts";

/** The verdict, where it does not matter whether the laws or the samples show that an equation holds. */
export const outcomeOf = (report: EquationReport | undefined): string => {
  if (!report) return "no equation";
  return report.verdict === "proved" ? "holds" : report.verdict;
};
