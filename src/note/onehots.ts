/** "y is the one-hot vector of c": an equation y = 1_c that words give. */
import type { Syntax } from "../parse/syntax.ts";
import { headed } from "./occurrences.ts";
import type { SystemText } from "./systemtext.ts";
import { textOf } from "./tree.ts";

/** The text with an equation for each name of which words say that it is a one-hot vector, and no equation says what it is. */
export const withOneHots = (text: SystemText): SystemText => {
  const { definitions } = text.statements;
  const defined = new Set(definitions.map(({ left }) => textOf(headed(left)?.name ?? left)));
  const said = text.remarks.flatMap(({ name, says, span }) => {
    if (typeof says !== "object" || !("oneHot" in says) || defined.has(textOf(name))) return [];
    const base: Syntax = { kind: "number", text: "1", fonts: ["mathbf"], accents: [], span: name.span };
    const scripts = [{ position: "sub" as const, body: says.oneHot, span: says.oneHot.span }];
    const right: Syntax = { kind: "scripted", base, scripts, span: name.span };
    return [{ left: name, right, conditions: [], span }];
  });
  return said.length === 0
    ? text
    : { ...text, statements: { ...text.statements, definitions: [...definitions, ...said] } };
};
