/** "y is the one-hot vector of c", "Y is the one-hot matrix of the labels": equations y = 1_c, Y_{ij} = 1_{y_i = j} that words give. */
import type { Syntax } from "../parse/syntax.ts";
import { ENTRY_LETTERS } from "./letters.ts";
import { soleLetter } from "./names.ts";
import { baseOfName, headed, readNames } from "./occurrences.ts";
import { isName, placesOf, takeApart } from "./scripts.ts";
import type { Definition } from "./statements.ts";
import type { SystemText } from "./systemtext.ts";
import { everyPart, textOf } from "./tree.ts";

const below = (base: Syntax, body: Syntax): Syntax => ({
  kind: "scripted",
  base,
  scripts: [{ position: "sub", body, span: body.span }],
  span: base.span,
});

/** The letter that counts the members of y_i. */
const letterOf = (label: Syntax): string | undefined => {
  const [only, more] = takeApart(label).elements;
  return only?.kind === "item" && only.position === "sub" && !more ? soleLetter(only.body) : undefined;
};

/** The labels of the definitions by which entries are chosen, each once: the y_i of P_{i,y_i}. */
const labelsIn = (definitions: readonly Definition[]): readonly Syntax[] => {
  const found = new Map<string, Syntax>();
  for (const part of definitions.flatMap(({ right }) => everyPart(right)))
    for (const script of part.kind === "scripted" ? part.scripts : [])
      for (const place of script.position === "sub" ? placesOf(script.body) : [])
        if (letterOf(place) !== undefined) found.set(textOf(place), place);
  return [...found.values()];
};

/** What a name is that words call one-hot, and no formula of the forward pass has: of one label, or of all of them. */
const definitionOf = (name: Syntax, label: Syntax): Omit<Definition, "conditions" | "span"> | undefined => {
  const { span } = name;
  const one: Syntax = { kind: "number", text: "1", fonts: ["mathbf"], accents: [], span };
  const letter = letterOf(label);
  if (letter === undefined) return { left: name, right: below(one, label) };
  if (!isName(name) || !ENTRY_LETTERS.has(letter)) return undefined;
  const [i, j] = [letter, letter === "j" ? "k" : "j"].map(
    (each): Syntax => ({ kind: "symbol", name: each, form: "letter", fonts: [], accents: [], span }),
  ) as [Syntax, Syntax];
  const equality: Syntax = { kind: "relations", members: [label, j], operators: [{ spelling: "=", span }], span };
  return { left: below(name, { kind: "list", items: [i, j], span }), right: below(one, equality) };
};

/** The text with an equation for each name of which words say that it is one-hot, and no equation says what it is. */
export const withOneHots = (text: SystemText): SystemText => {
  const { definitions } = text.statements;
  const defined = new Set(definitions.map(({ left }) => textOf(headed(left)?.name ?? left)));
  const bases = new Set(definitions.flatMap(({ left, right }) => [left, ...readNames(right)]).map(baseOfName));
  const said = text.remarks.flatMap(({ name, says, span }): readonly Definition[] => {
    if (typeof says !== "object" || !("oneHot" in says) || defined.has(textOf(name))) return [];
    const labels = says.oneHot === "labels" ? labelsIn(definitions) : [says.oneHot];
    const [label, more] = labels;
    // One-hot labels that the loss has are what is given.
    const isNotation =
      label !== undefined &&
      takeApart(name).elements.some(each => each.kind === "item" && textOf(each.body) === textOf(label));
    if (!label || more || isNotation || (says.oneHot === "labels" && bases.has(baseOfName(name)))) return [];
    const definition = definitionOf(name, label);
    return definition ? [{ ...definition, conditions: [], span }] : [];
  });
  return said.length === 0
    ? text
    : { ...text, statements: { ...text.statements, definitions: [...definitions, ...said] } };
};
