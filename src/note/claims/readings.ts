/** What was read of claims so far: their members are read again and again, in one way after another. */
import { DiagnosticError } from "../../base/diagnostic.ts";
import type { Syntax } from "../../parse/syntax.ts";
import type { Aliases } from "./aliases.ts";
import type { ReadingOptions, ShapeMark } from "./reading.ts";
import { UnknownName } from "./unknown.ts";

interface Reading<T> {
  readonly made?: T | undefined;
  /** Why there is none. */
  readonly error?: Error;
  readonly marks: readonly ShapeMark[];
}

/** Kept until a claim gives something a name: then everything may mean something else. */
export class Readings<T> {
  readonly #aliases: Aliases;
  readonly #readings = new Map<string, Reading<T>>();
  readonly #adjoints = new Map<Syntax, Syntax>();
  readonly #numbers = new WeakMap<Syntax, number>();
  #count = 0;
  #revision = 0;

  constructor(aliases: Aliases) {
    this.#aliases = aliases;
  }

  /** What is made of these very members in this way; `make` adds to the marks that it is given. */
  of(
    members: readonly Syntax[],
    way: ReadingOptions,
    marks: ShapeMark[],
    make: (marks: ShapeMark[]) => T | undefined,
  ): T | undefined {
    this.#refresh();
    const key = `${members.map(member => this.#numberOf(member)).join()} ${JSON.stringify(way)}`;
    let reading = this.#readings.get(key);
    if (!reading) {
      reading = attempt(make);
      this.#readings.set(key, reading);
    }
    marks.push(...reading.marks);
    if (reading.error) throw reading.error;
    return reading.made;
  }

  adjoint(syntax: Syntax, make: () => Syntax): Syntax {
    this.#refresh();
    const known = this.#adjoints.get(syntax) ?? make();
    this.#adjoints.set(syntax, known);
    return known;
  }

  #refresh(): void {
    if (this.#revision === this.#aliases.revision) return;
    this.#revision = this.#aliases.revision;
    this.#readings.clear();
    this.#adjoints.clear();
  }

  #numberOf(syntax: Syntax): number {
    const known = this.#numbers.get(syntax) ?? this.#count++;
    this.#numbers.set(syntax, known);
    return known;
  }
}

const attempt = <T>(make: (marks: ShapeMark[]) => T | undefined): Reading<T> => {
  const marks: ShapeMark[] = [];
  try {
    return { made: make(marks), marks };
  } catch (error) {
    if (error instanceof UnknownName || error instanceof DiagnosticError) return { error, marks };
    throw error;
  }
};
