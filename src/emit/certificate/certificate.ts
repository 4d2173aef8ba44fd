/** Certificates of judged equations, for an evaluator that knows nothing of the engine. */
import type { CheckedNote } from "../../check/check.ts";
import type { EquationReport, Verdict } from "../../check/verdict.ts";
import { samplesOf } from "../../exact/sample.ts";
import { equationsOf, type System } from "../../expr/system.ts";
import type { Certificate, CertifiedCounterexample } from "../../replay/certificate.ts";
import { seal } from "../../replay/replay.ts";
import { extentOf, NotPlain, polyOf, TermList } from "./terms.ts";

const VERDICTS: Readonly<Partial<Record<Verdict, Certificate["verdict"]>>> = {
  proved: "equal",
  holds: "equal",
  repaired: "equal",
  incomplete: "equal",
  "holds-under": "under",
  wrong: "different",
  undefined: "outside",
};

/** Horizons 1 to 3 at one assignment of sizes each, two seeds: enough to see what the engine saw, quick to redo by hand. */
const LONGEST = 3;

const statementOf = (system: System, list: TermList) => ({
  symbols: [...system.symbols.values()].map(({ node, indices, domain, structure }) => ({
    name: node.name,
    extent: extentOf(node.shape),
    indices,
    where: domain.where.map(polyOf),
    ...(structure ? { structure } : {}),
  })),
  formulas: [...system.functions.values()].flatMap(({ name, definition }) => {
    const [parameter] = definition?.parameters ?? [];
    return definition && parameter ? [{ name, parameter: parameter.name, body: list.add(definition.body) }] : [];
  }),
  equations: [...system.symbols.values()].flatMap(({ node }) =>
    equationsOf(system, node).map(({ right, indices, over }) => ({
      of: node.name,
      indices,
      where: over.where.map(polyOf),
      right: list.add(right),
    })),
  ),
});

/** Those in small whole numbers can be redone; where functions are made up, only the engine knows their values. */
const counterexampleOf = ({ counterexample }: EquationReport, system: System): CertifiedCounterexample | undefined => {
  if (!counterexample) return undefined;
  const { sizes, index, given, left, right, functions } = counterexample;
  const open = [...system.functions.values()].filter(({ definition }) => !definition);
  if (open.some(({ name }) => functions[name] === undefined)) return undefined;
  return { sizes, index, given, left, right };
};

/** The certificate of an equation; undefined where there is nothing to certify, or nothing that the evaluator knows. */
const certify = (equation: EquationReport): Certificate | undefined => {
  const { stated } = equation;
  if (!stated) return undefined;
  const { system, equation: claim, suppose } = stated;
  // φ = tanh is said in another system than the note's: what is certified is that the equation does not hold in this one.
  const verdict = equation.verdict === "holds-under" && !suppose ? "different" : VERDICTS[equation.verdict];
  if (!verdict) return undefined;
  const list = new TermList();
  try {
    const [left, right] = [list.add(claim.left), list.add(claim.right)];
    const statement = statementOf(system, list);
    const counterexample = counterexampleOf(equation, system);
    const sorted = (names: ReadonlySet<string> | undefined): readonly string[] => [...(names ?? [])].sort();
    const draft: Certificate = {
      certificate: "1",
      id: equation.id,
      verdict,
      terms: list.terms,
      ...statement,
      claim: { left, right, indices: claim.indices, where: claim.over.where.map(polyOf) },
      suppose: {
        identities: sorted(suppose?.identities),
        symmetric: sorted(suppose?.symmetric),
        zero: sorted(suppose?.zero),
      },
      samples: samplesOf(system, LONGEST, { assignments: 1 }).map(({ sizes, seed }) => ({
        sizes: Object.fromEntries(sizes),
        seed,
        digest: "",
      })),
      ...(counterexample ? { counterexample } : {}),
    };
    const sealed = seal(draft);
    return sealed?.replayed.accepted ? sealed.certificate : undefined;
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
};

/** The certificates of a note's equations, in its order. */
export const certificatesOf = ({ equations }: CheckedNote): readonly Certificate[] =>
  equations.flatMap(equation => certify(equation) ?? []);
