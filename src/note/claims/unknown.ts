/** A name of a claim that nothing gives a meaning: thrown while it is read, and reported by the reader. */
import { ExpectedError } from "../../base/expected.ts";
import type { Span } from "../../base/source.ts";
import type { Syntax } from "../../parse/syntax.ts";

export class UnknownName extends ExpectedError {
  constructor(
    readonly syntax: Syntax,
    readonly place: Span,
  ) {
    super("unknown name");
  }
}
