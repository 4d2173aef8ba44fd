/**
 * Replays a certificate: both sides at every point of every sample, by an evaluator that shares nothing with the engine.
 * The random points follow from everything that the certificate states, so nobody can choose points at which a wrong
 * statement happens to hold, and a change of any part shows in the digests.
 */

import type { Matrix } from "./arrays.ts";
import type { Certificate, CertifiedCounterexample, CertifiedSample } from "./certificate.ts";
import { Evaluator, Outside, pointsOf } from "./evaluate.ts";
import { hash, type Numbers, primeNumbers, Redraw, realNumbers, Unknown } from "./numbers.ts";

export type Replayed = { readonly accepted: true } | { readonly accepted: false; readonly reason: string };

const REDRAWS = 64;

/** JSON with sorted keys. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`;
};

/** All that is stated, without the digests. */
const statementOf = (certificate: Certificate): string =>
  hash(
    canonical({ ...certificate, samples: certificate.samples.map(({ digest: _, ...sample }) => sample) }),
  ).toString();

interface Found {
  readonly points: number;
  readonly different: boolean;
  readonly outside: boolean;
  readonly shown: string;
}

const differ = <E>({ same }: Numbers<E>, a: Matrix<E>, b: Matrix<E>): boolean =>
  a.rows !== b.rows ||
  a.columns !== b.columns ||
  a.entries.some(([value], i) => !same(value, (b.entries[i] as readonly [E, E])[0]));

const exists = <E>(evaluator: Evaluator<E>, term: number): boolean => {
  try {
    evaluator.value(term, evaluator.sizes);
    return true;
  } catch (error) {
    if (!(error instanceof Outside)) throw error;
    return false;
  }
};

const compare = <E>(evaluator: Evaluator<E>): Found => {
  const { certificate, numbers, sizes } = evaluator;
  const { left, right, indices, where } = certificate.claim;
  const points = pointsOf(indices, where, sizes);
  let [different, outside] = [false, false];
  const shown: string[] = [];
  for (const point of points) {
    try {
      const [a, b] = [evaluator.value(left, point), evaluator.value(right, point)];
      different ||= differ(numbers, a, b);
      shown.push([a, b].map(({ entries }) => entries.map(([value]) => numbers.show(value)).join()).join("="));
    } catch (error) {
      if (!(error instanceof Outside)) throw error;
      // ∂L/∂x_2 says nothing where there is x_1 alone.
      if (indices.length === 0 && !exists(evaluator, left)) return { points: 0, different, outside, shown: "absent" };
      outside = true;
      shown.push("outside");
    }
  }
  return { points: points.length, different, outside, shown: shown.join(";") };
};

const compareAt = (
  certificate: Certificate,
  statement: string,
  { sizes, seed }: Omit<CertifiedSample, "digest">,
  supposing: boolean,
): Found => {
  for (let draw = 0; ; draw++) {
    try {
      const numbers = primeNumbers(`${statement}|${seed}|${draw}|${canonical(sizes)}`);
      return compare(new Evaluator(certificate, numbers, sizes, supposing));
    } catch (error) {
      if (!(error instanceof Redraw) || draw >= REDRAWS) throw error;
    }
  }
};

interface SampleRun {
  readonly plain: Found;
  readonly under: Found | undefined;
  readonly digest: string;
}

/** Sample after sample, so that a reader may stop early. */
function* runsOf(certificate: Certificate): Generator<SampleRun> {
  const statement = statementOf(certificate);
  for (const sample of certificate.samples) {
    const plain = compareAt(certificate, statement, sample, false);
    const under = certificate.verdict === "under" ? compareAt(certificate, statement, sample, true) : undefined;
    yield { plain, under, digest: hash(`${statement} ${plain.shown} ${under?.shown ?? ""}`).toString(16) };
  }
}

/** The numbers of a counterexample: both sides as it says, and different. */
const refutes = (certificate: Certificate, { sizes, index, given, left, right }: CertifiedCounterexample): boolean => {
  const numbers = realNumbers((name, entry) => given[name]?.flat()[entry]);
  const evaluator = new Evaluator(certificate, numbers, sizes, false);
  const at = { ...sizes, ...index };
  const values = [certificate.claim.left, certificate.claim.right].map(side => evaluator.value(side, at));
  const [a, b] = values as [Matrix<number>, Matrix<number>];
  const agrees = (value: Matrix<number>, said: readonly (readonly number[])[]): boolean =>
    value.rows === said.length &&
    value.entries.length === said.flat().length &&
    value.entries.every(([entry], i) => numbers.same(entry, said.flat()[i] as number));
  return agrees(a, left) && agrees(b, right) && differ(numbers, a, b);
};

/** What speaks against a certificate; `meet` is told each digest, and may end the matter. */
const reasonAgainst = (
  certificate: Certificate,
  meet: (digest: string, at: number) => string | undefined,
): string | undefined => {
  const { verdict, counterexample } = certificate;
  let [points, different, outside, underFails] = [0, false, false, false];
  let at = 0;
  for (const { plain, under, digest } of runsOf(certificate)) {
    const reason = meet(digest, at++);
    if (reason !== undefined) return reason;
    points += plain.points;
    different ||= plain.different;
    outside ||= plain.outside;
    underFails ||= under !== undefined && (under.different || under.outside);
  }
  if (points === 0) return "there is no point at which it is claimed";
  switch (verdict) {
    case "equal":
      if (different || outside) return "the two sides differ";
      break;
    case "outside":
      if (!outside) return "everything that is read exists";
      break;
    case "under":
    case "different":
      if (!different) return "the two sides do not differ";
      if (underFails) return "the two sides differ under what is supposed";
      break;
    default:
      return "the verdict is none";
  }
  if (counterexample && !refutes(certificate, counterexample)) return "the counterexample gives other numbers";
  return undefined;
};

/** Accepts or rejects a certificate, whatever stands in it. */
export const replay = (certificate: Certificate): Replayed => {
  try {
    const reason = reasonAgainst(certificate, (digest, at) =>
      digest === certificate.samples[at]?.digest ? undefined : "the values are not those of the samples",
    );
    return reason === undefined ? { accepted: true } : { accepted: false, reason };
  } catch (error) {
    // Anything may stand in a certificate; what cannot be evaluated proves nothing.
    return { accepted: false, reason: error instanceof Error ? error.message : String(error) };
  }
};

/** The certificate with its digests, and whether it is accepted; undefined where it cannot be evaluated. */
export const seal = (
  draft: Certificate,
): { readonly certificate: Certificate; readonly replayed: Replayed } | undefined => {
  const digests: string[] = [];
  try {
    const reason = reasonAgainst(draft, digest => {
      digests.push(digest);
      return undefined;
    });
    const samples = draft.samples.map((sample, i) => ({ ...sample, digest: digests[i] as string }));
    return {
      certificate: { ...draft, samples },
      replayed: reason === undefined ? { accepted: true } : { accepted: false, reason },
    };
  } catch (error) {
    if (error instanceof Unknown || error instanceof Redraw) return undefined;
    throw error;
  }
};
