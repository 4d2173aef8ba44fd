/** Functions that formulas say to be another one: φ = \tanh, f = \mathrm{id}, g = σ, φ(·) = max(0, ·). */

import type { Factor, Syntax } from "../parse/syntax.ts";
import { IDENTICAL, IDENTITY } from "./functionwords.ts";
import { applicationsIn, headed } from "./occurrences.ts";
import { readingsOf } from "./readings.ts";
import { isName, takeApart } from "./scripts.ts";
import type { Definition } from "./statements.ts";
import type { SystemText } from "./systemtext.ts";
import { everyPart, replaceParts, textOf } from "./tree.ts";
import type { Remark } from "./words.ts";

const PARAMETERS = [..."usrqvwzxykcab"];

const isPlace = (part: Syntax): boolean => part.kind === "mark" && part.spelling === "\\cdot" && part.body === null;

/** φ of φ and of φ(·). */
const functionNamed = (left: Syntax): Syntax | undefined => {
  const head = headed(left);
  if (!head) return isName(takeApart(left).core) ? left : undefined;
  const [only, more] = head.args;
  return only && !more && isPlace(only) ? head.name : undefined;
};

const applied = (name: Syntax, argument: Syntax): Syntax => {
  const { span } = name;
  const group: Syntax = { kind: "group", open: "(", close: ")", body: argument, span };
  if (name.kind === "symbol" && name.op !== undefined)
    return { kind: "apply", name, op: name.op, scripts: [], argument: group, span };
  const factors: [Factor, Factor] = [
    { operator: null, body: name, call: false },
    { operator: null, body: group, call: true },
  ];
  return { kind: "product", factors, span };
};

/** What a function is of its argument, where the right side says no more than which function it is. */
const valueAt = (right: Syntax, argument: Syntax, isKnown: (name: Syntax) => boolean): Syntax | undefined => {
  if (everyPart(right).some(isPlace)) return replaceParts(right, part => (isPlace(part) ? argument : undefined));
  const { core } = takeApart(right);
  if (core.kind !== "symbol") return undefined;
  if (core.form === "word" && IDENTITY.test(core.name) && right === core) return argument;
  return (right === core && core.op !== undefined) || isKnown(right) ? applied(right, argument) : undefined;
};

const spellingSaid = ({ says }: Remark): string | undefined =>
  typeof says === "object" && "function" in says ? says.function : undefined;

/** With how many arguments each function is applied, at once or as what another one is. */
const callsIn = (definitions: readonly Definition[]): ReadonlyMap<string, number> => {
  const calls = new Map(
    definitions
      .flatMap(({ right }) => applicationsIn(right))
      .map(({ name, args }) => [textOf(name), Math.max(args.length, 1)]),
  );
  for (let size = -1; size !== calls.size; ) {
    size = calls.size;
    for (const { left, right } of definitions) {
      const name = functionNamed(left);
      const count = name && calls.get(textOf(name));
      if (count !== undefined && isName(takeApart(right).core) && !calls.has(textOf(right)))
        calls.set(textOf(right), count);
    }
  }
  return calls;
};

/** The text in which φ = \tanh is φ(u) = tanh(u), where the note applies φ. */
export const withNamedFunctions = (text: SystemText): SystemText => {
  const { definitions } = text.statements;
  const parts = definitions.flatMap(({ left, right }) => [left, right]).flatMap(side => everyPart(side));
  const names = new Set(parts.flatMap(part => (part.kind === "symbol" ? [part.name] : [])));
  const letters = PARAMETERS.filter(each => !names.has(each));
  const calls = callsIn(definitions);
  // "ℓ is the mean squared error" makes ℓ(o, y) no mean.
  const fits = ({ name, spelling }: { readonly name: Syntax; readonly spelling: string | undefined }): boolean => {
    const count = calls.get(textOf(name)) ?? 1;
    return spelling === undefined || (spelling === IDENTICAL ? count === 1 : readingsOf(spelling, count).length > 0);
  };
  const said = text.remarks.map(remark => ({ remark, name: remark.name, spelling: spellingSaid(remark) })).filter(fits);
  const known = new Set(
    [
      ...definitions.flatMap(({ left }) => headed(left)?.name ?? []),
      ...said.flatMap(({ name, spelling }) => (spelling === undefined ? [] : [name])),
    ].map(textOf),
  );
  const isKnown = (name: Syntax): boolean =>
    known.has(textOf(name)) || (name.kind === "symbol" && readingsOf(name.name, 1).length > 0);
  // g = s, where s = \tanh.
  for (let size = -1; size !== known.size; ) {
    size = known.size;
    for (const { left, right } of definitions) {
      const name = functionNamed(left);
      if (name && valueAt(right, right, isKnown)) known.add(textOf(name));
    }
  }
  // Each has a parameter of its own: what is applied to nothing else than its parameter is no function.
  const given = (
    name: Syntax,
    right: Syntax,
    says: (argument: Syntax) => Syntax | undefined,
  ): Definition | undefined => {
    const letter = letters.shift();
    if (letter === undefined) return undefined;
    const { span } = right;
    const argument: Syntax = { kind: "symbol", name: letter, form: "letter", fonts: [], accents: [], span };
    const value = says(argument);
    return value && { left: applied(name, argument), right: value, conditions: [], span };
  };
  const rewritten = definitions.map((definition): Definition => {
    const { left, right } = definition;
    const name = functionNamed(left);
    if (!name || !calls.has(textOf(name)) || !valueAt(right, right, isKnown)) return definition;
    return {
      ...definition,
      ...given(name, right, argument => valueAt(right, argument, isKnown)),
      span: definition.span,
    };
  });
  const identical = said
    .filter(({ name, spelling }) => spelling === IDENTICAL && calls.has(textOf(name)))
    .flatMap(({ name }) => given(name, name, argument => argument) ?? []);
  return {
    ...text,
    remarks: said.filter(({ spelling }) => spelling !== IDENTICAL).map(({ remark }) => remark),
    statements: { ...text.statements, definitions: [...rewritten, ...identical] },
  };
};
