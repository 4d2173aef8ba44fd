/** The scalar that is differentiated. */
import { type Diagnostic, DiagnosticError } from "../base/diagnostic.ts";
import type { Family } from "./names.ts";
import { isCalledLoss } from "./priors.ts";
import type { Extent } from "./sizes.ts";
import type { TypedEquation, Typing } from "./typing.ts";

const problem = (diagnostic: Diagnostic): never => {
  throw new DiagnosticError(diagnostic);
};

/** What no other equation reads. */
const outputs = ({ equations }: Typing): readonly Family[] => {
  const read = new Set(
    equations.flatMap(equation =>
      equation.reads.filter(each => each.family !== equation.family).map(each => each.family),
    ),
  );
  return [...new Set(equations.map(equation => equation.family))].filter(family => !read.has(family));
};

/** Scalars that nothing else reads. */
export const candidatesOf = (typing: Typing): readonly Family[] =>
  outputs(typing).filter(
    family => family.rank === 0 && typing.sizes.isScalar(typing.extents.get(family) as Extent) === true,
  );

/** Among what nothing else reads, the objective that the note names, or else what is called as losses are. */
export const lossByName = (typing: Typing, named: Family | undefined): Family | undefined =>
  outputs(typing).findLast(family => (named ? family === named : family.rank === 0 && isCalledLoss(family)));

/**
 * The scalar that nothing else reads, of several the one called as losses are, or the one that is differentiated most, by
 * `counts`; where there is none and `arrays` says so, the last array that nothing else reads. */
export const objectiveOf = (
  typing: Typing,
  wanted: Family | undefined,
  { arrays = false, counts = new Map() }: { readonly arrays?: boolean; readonly counts?: ReadonlyMap<Family, number> },
): Family => {
  const { equations } = typing;
  if (wanted) {
    const equation = equations.find(each => each.family === wanted);
    if (!equation) {
      return problem({
        code: "N012",
        severity: "error",
        message: `the objective ${wanted.latex} is not defined`,
        spans: [{ span: wanted.span, label: "named here" }],
      });
    }
    return wanted;
  }
  const candidates = candidatesOf(typing);
  const [only, ...more] = candidates;
  const span = equations.at(-1)?.span ?? { start: 0, end: 0 };
  if (!only && arrays) {
    const output = outputs(typing).at(-1);
    if (output) return output;
  }
  if (!only) {
    return problem({
      code: "N010",
      severity: "error",
      message: "there is no scalar to differentiate",
      spans: [{ span, label: "the last equation" }],
      help: "Define a loss, such as L = \\ell(o, y), or name it in the front matter: gradnote: {objective: …}.",
    });
  }
  if (more.length === 0) return only;
  const losses = candidates.filter(isCalledLoss);
  const [loss, ...others] = losses;
  if (loss && others.length === 0) return loss;
  const [asked] = (loss ? losses : candidates).toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  if (asked && counts.has(asked)) return asked;
  return problem({
    code: "N011",
    severity: "error",
    message: `${candidates.map(each => each.latex).join(", ")} could each be the objective`,
    spans: candidates.map(family => ({
      span: (equations.find(each => each.family === family) as TypedEquation).left.span,
      label: "read by nothing else",
    })),
    help: `Name one in the front matter: gradnote: {objective: ${only.latex}}`,
  });
};
