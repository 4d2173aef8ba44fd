import { type Certificate, replay } from "../index.ts";
import { CLEAN, CommandFailure, FINDINGS } from "./failure.ts";
import { readInput } from "./files.ts";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** The certificates in a file: one, a list, or the output of `check --format certificates` for one note or several. */
const certificatesIn = (data: unknown): readonly Certificate[] => {
  const found: Certificate[] = [];
  const open: unknown[] = [data];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    if (Array.isArray(next)) open.unshift(...next);
    else if (isObject(next) && Array.isArray(next.certificates)) open.unshift(...next.certificates);
    // What such an object holds is for the evaluator to doubt.
    else if (isObject(next) && next.certificate === "1") found.push(next as unknown as Certificate);
    else throw new CommandFailure("there is something else than certificates in it");
  }
  return found;
};

/** Replays certificates with the evaluator that knows nothing of the engine; exit 1 if it rejects any. */
export const replayCommand = (path: string): number => {
  const { text, name } = readInput(path);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new CommandFailure(`${name}: it is not JSON`);
  }
  const certificates = certificatesIn(data);
  let rejected = 0;
  for (const certificate of certificates) {
    const found = replay(certificate);
    if (!found.accepted) rejected++;
    const { id, verdict } = certificate;
    process.stdout.write(found.accepted ? `accepted  ${id}  ${verdict}\n` : `rejected  ${id}  ${found.reason}\n`);
  }
  process.stdout.write(`${certificates.length - rejected} accepted, ${rejected} rejected\n`);
  return rejected === 0 ? CLEAN : FINDINGS;
};
