/** Everything that an annotated note says in words of its own. A language is one object of this type. */
import type { Verdict } from "../../../check/verdict.ts";

export interface Words {
  readonly title: (name: string) => string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly equations: (count: number) => string;
  readonly findings: (count: number) => string;
  readonly clean: string;
  readonly line: (line: number) => string;
  readonly readAs: string;
  readonly repair: (from: string, to: string, evidence: string) => string;
  readonly assumption: string;
  /** What to do to a wrong equation, or to an unfinished one. */
  readonly edit: (edit: string, unfinished: boolean) => string;
  readonly mended: string;
  /** Before the form that a mended equation still needs an assumption for, and the one that needs none. */
  readonly supposing: string;
  readonly general: string;
  readonly counterexample: string;
  readonly quantity: string;
  readonly value: string;
  readonly leftSide: string;
  readonly rightSide: string;
  readonly checked: (samples: number, horizons: readonly [shortest: number, longest: number]) => string;
  /** Before the wrong lines whose values a right equation takes. */
  readonly rests: string;
  readonly diagnostics: string;
  /** The sign after a sentence. */
  readonly stop: string;
}
