/** Marks that belong to a name: m^+ and z' are names of their own where a forward equation defines them. */
import type { Item } from "./families.ts";
import type { Element } from "./scripts.ts";

const WORDS: Readonly<Record<string, string>> = {
  "+": "plus",
  "-": "minus",
  "*": "star",
  "\\ast": "star",
  "\\star": "star",
  "\\dagger": "dagger",
};

export interface OwnMark {
  /** What tells it from other marks, in a name for programs too. */
  readonly text: string;
  readonly item: Item;
}

/** The mark that an element is; undefined where it is something else, or a sign with an argument. */
export const markOf = (element: Element): OwnMark | undefined => {
  const { kind, span } = element;
  if (kind === "prime") {
    const text = "prime".repeat(element.count);
    const body = { kind: "mark", spelling: "\\prime".repeat(element.count), body: null, span } as const;
    return { text, item: { kind: "item", position: "sup", wrap: "", body, span, group: 0 } };
  }
  if (kind !== "mark" || element.body) return undefined;
  const text = WORDS[element.spelling];
  if (text === undefined) return undefined;
  const body = { kind: "mark", spelling: element.spelling, body: null, span } as const;
  return { text, item: { kind: "item", position: "sup", wrap: "", body, span, group: 0 } };
};
