// Certificates and the evaluator that replays them: genuine ones are accepted, tampered and forged ones are not.
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { certificates, check, readNote } from "../../src/index.ts";
import type { Certificate, Term } from "../../src/replay/certificate.ts";
import { replay, seal } from "../../src/replay/replay.ts";

const NOTES = [
  "derivations/seed-note/note.md",
  "test/replay/notes/net.md",
  "test/replay/notes/matrices.md",
  "test/replay/notes/entries.md",
];
const all: Certificate[] = [];

beforeAll(async () => {
  for (const path of NOTES) all.push(...certificates(await check(await readNote(readFileSync(path, "utf8")))));
}, 120_000);

const kinds = (): ReadonlySet<string> => new Set(all.map(({ verdict }) => verdict));

test("genuine certificates are accepted, after a way through text too", () => {
  expect(all.length).toBeGreaterThan(35);
  expect([...kinds()].sort()).toEqual(["different", "equal", "outside", "under"]);
  for (const certificate of JSON.parse(JSON.stringify(all)) as Certificate[])
    expect([certificate.id, replay(certificate)]).toEqual([certificate.id, { accepted: true }]);
}, 120_000);

const NAMES: Readonly<Record<string, string>> = {
  add: "subtract",
  subtract: "add",
  multiply: "divide",
  divide: "multiply",
  negate: "sign",
  function: "negate",
  inverse: "determinant",
  determinant: "inverse",
};
const FOLDS: Readonly<Record<string, string>> = { sum: "product", product: "sum" };

type Data = { [name: string]: unknown };

/** Every single change of a certificate: operators, indices, signs, numbers, sizes, names, verdicts, samples. */
const changesOf = (certificate: Certificate): readonly Certificate[] => {
  const found: Certificate[] = [];
  const text = JSON.stringify(certificate);
  const visit = (path: readonly (string | number)[], value: unknown): void => {
    const put = (other: unknown): void => {
      const copy = JSON.parse(text) as Data;
      let at: Data = copy;
      for (const step of path.slice(0, -1)) at = at[step] as Data;
      at[path.at(-1) as string] = other;
      found.push(copy as unknown as Certificate);
    };
    const name = path.at(-1);
    if (Array.isArray(value)) for (const [i, each] of value.entries()) visit([...path, i], each);
    else if (value !== null && typeof value === "object")
      for (const [key, each] of Object.entries(value)) visit([...path, key], each);
    else if (typeof value === "number") {
      put(value + 1);
      put(-value - 1);
    } else if (name === "name" && NAMES[value as string]) put(NAMES[value as string]);
    else if (name === "fold") put(FOLDS[value as string] ?? "sum");
    else if (name === "verdict") for (const each of kinds()) if (each !== value) put(each);
    if (name === "numerator") put(String(BigInt(value as string) + 1n));
    if (name === "letters") put([...(value as string)].reverse().join(""));
    if (name === "digest") put(`${String(value).slice(0, -1)}${String(value).endsWith("0") ? "1" : "0"}`);
  };
  for (const [key, value] of Object.entries(certificate)) visit([key], value);
  return found;
};

/** The evaluator does not judge which equation of the note it is. */
const spread = <T>(list: readonly T[], count: number): readonly T[] =>
  list.filter((_, i) => Math.floor((i * count) / list.length) !== Math.floor(((i - 1) * count) / list.length));

test("1,000 tampered certificates are rejected", () => {
  const tampered = spread(all.flatMap(changesOf), 1000);
  expect(tampered.length).toBeGreaterThanOrEqual(1000);
  const accepted = tampered.filter(certificate => replay(certificate).accepted);
  expect(accepted.map(({ id }) => id)).toEqual([]);
}, 240_000);

describe("who makes the digests fit anew", () => {
  const resealed = (certificate: Certificate): Certificate => seal(certificate)?.certificate ?? certificate;

  test("does not turn a verdict into another", () => {
    // One of every kind, and every sixth beside.
    const some = all.filter(({ verdict }, i) => i % 6 === 0 || all.findIndex(other => other.verdict === verdict) === i);
    for (const certificate of some) {
      for (const verdict of kinds() as ReadonlySet<Certificate["verdict"]>) {
        // What holds under an assumption differs in general.
        if (verdict === certificate.verdict || (verdict === "different" && certificate.verdict === "under")) continue;
        const forged = resealed({ ...certificate, verdict });
        expect([certificate.id, certificate.verdict, verdict, replay(forged).accepted]).toEqual([
          certificate.id,
          certificate.verdict,
          verdict,
          verdict === "under" && certificate.verdict === "different" ? expect.any(Boolean) : false,
        ]);
      }
    }
  }, 120_000);

  test("does not make a wrong right side right: signs and operators changed there alone", () => {
    let tried = 0;
    for (const certificate of all.filter(({ verdict }) => verdict === "equal")) {
      const { terms, claim, equations } = certificate;
      const used = new Set([claim.left, ...equations.map(({ right }) => right)].flatMap(root => below(terms, root)));
      const own = below(terms, claim.right).filter(id => !used.has(id));
      for (const id of own) {
        const term = terms[id] as Term;
        if (term.is !== "each" || !["add", "subtract"].includes(term.name)) continue;
        const changed = { ...term, name: NAMES[term.name] as string };
        const forged = resealed({ ...certificate, terms: terms.map((each, i) => (i === id ? changed : each)) });
        expect([certificate.id, replay(forged).accepted]).toEqual([certificate.id, false]);
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(5);
  }, 120_000);

  test("does not make other numbers refute", () => {
    for (const certificate of all) {
      const { counterexample } = certificate;
      if (!counterexample) continue;
      const [row] = counterexample.left;
      const left = [[((row ?? [])[0] ?? 0) + 1, ...(row ?? []).slice(1)], ...counterexample.left.slice(1)];
      const forged = resealed({ ...certificate, counterexample: { ...counterexample, left } });
      expect(replay(forged).accepted).toBe(false);
    }
  });
});

const below = (terms: readonly Term[], root: number): readonly number[] => {
  const seen = new Set([root]);
  for (let id = root; id >= 0; id--) {
    if (!seen.has(id)) continue;
    const term = terms[id] as Term;
    for (const arg of "args" in term ? term.args : "arg" in term ? [term.arg] : "body" in term ? [term.body] : [])
      seen.add(arg);
  }
  return [...seen];
};

test("anything at all may stand in a certificate", () => {
  for (const odd of [{}, { certificate: "1", samples: [{}] }, { certificate: "1", samples: 3 }, null, 7, "x"])
    expect(replay(odd as unknown as Certificate).accepted).toBe(false);
});
