/**
 * Names that the backward equations alone give to what an activation is applied to: dz^{[2]} beside a^{[2]} = σ(W^{[2]} a^{[1]} + b^{[2]}).
 * A name in the place of such an argument changes nothing that the forward equations say.
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Syntax } from "../parse/syntax.ts";
import { readAdjointNames } from "./claims/adjoints.ts";
import { headed, readNames } from "./occurrences.ts";
import { latexOf } from "./scriptlatex.ts";
import { isName, takeApart } from "./scripts.ts";
import type { Definition } from "./statements.ts";
import type { SystemText } from "./systemtext.ts";
import { everyPart, textOf } from "./tree.ts";

/** Letters that people keep for the weighted input of a unit. */
const INPUTS = /^(?:z|u|s|a|net)$/u;

const baseOf = (name: Syntax): Syntax => (name.kind === "scripted" ? name.base : name);

/** What stands around the letter: "_t" of z_t. */
const scriptsOf = (name: Syntax): string => textOf(name).slice(textOf(baseOf(name)).length);

const isInput = (name: Syntax): boolean => {
  const base = baseOf(name);
  return base.kind === "symbol" && base.accents.length === 0 && INPUTS.test(base.name);
};

/** σ(…) and \tanh(…) of something that is no name: the argument, and the same of another one. */
const applicationIn = (
  right: Syntax,
): { readonly argument: Syntax; readonly of: (argument: Syntax) => Syntax } | undefined => {
  const open = (argument: Syntax): Syntax =>
    argument.kind === "group" && argument.body && argument.open === "(" ? argument.body : argument;
  const closed = (body: Syntax): Syntax => ({ kind: "group", open: "(", close: ")", body, span: body.span });
  const isPart = (argument: Syntax): boolean => !isName(takeApart(argument).core) && argument.kind !== "list";
  if (right.kind === "apply" && right.scripts.length === 0) {
    const argument = open(right.argument);
    return isPart(argument) ? { argument, of: body => ({ ...right, argument: closed(body) }) } : undefined;
  }
  const head = headed(right);
  const [argument, more] = head?.args ?? [];
  if (right.kind !== "product" || right.factors.length !== 2 || !right.factors[1]?.call) return undefined;
  if (!argument || more || !isPart(argument) || !isName(takeApart(right.factors[0]?.body as Syntax).core))
    return undefined;
  return {
    argument,
    of: body => ({
      ...right,
      factors: right.factors.map((factor, i) => (i === 1 ? { ...factor, body: closed(body) } : factor)),
    }),
  };
};

/** What the claims differentiate by. */
const variablesOf = ({ statements }: SystemText, isMember: (name: Syntax) => boolean): readonly Syntax[] =>
  statements.claims
    // What words only mention, as prod(∂L/∂v, ∂v/∂u), is said of no name of the note.
    .flatMap(({ statement }) =>
      statement && (statement.continues || statement.body.kind === "relations") ? statement.body : [],
    )
    .map(body => readAdjointNames(body, { isMember, isTaken: () => false, accents: new Set() }))
    .flatMap(body => everyPart(body))
    .flatMap(part => (part.kind === "derivative" ? part.by.map(({ variable }) => variable) : []));

/** The text with an equation for each such name, and what is said of them. */
export const withNamedInputs = (
  text: SystemText,
): { readonly text: SystemText; readonly diagnostics: readonly Diagnostic[] } => {
  const { definitions } = text.statements;
  const lefts = definitions.map(({ left }) => headed(left)?.name ?? left);
  const taken = new Set(
    [...lefts, ...definitions.flatMap(({ right }) => readNames(right))].map(name => textOf(baseOf(name))),
  );
  const isOpen = (name: Syntax): boolean => isInput(name) && !taken.has(textOf(baseOf(name)));
  const named = new Map<Definition, Syntax>();
  for (const variable of variablesOf(text, isOpen)) {
    if (!isOpen(variable)) continue;
    const [own, ...more] = definitions.filter(
      ({ left, right }) => !headed(left) && scriptsOf(left) === scriptsOf(variable) && applicationIn(right),
    );
    if (own && more.length === 0 && !named.has(own)) named.set(own, variable);
  }
  if (named.size === 0) return { text, diagnostics: [] };
  const rewritten = definitions.flatMap((definition): readonly Definition[] => {
    const variable = named.get(definition);
    const application = variable && applicationIn(definition.right);
    if (!application) return [definition];
    const { argument } = application;
    const base = { ...baseOf(variable), span: argument.span } as Syntax;
    const { left } = definition;
    const name: Syntax = left.kind === "scripted" ? { ...left, base, span: argument.span } : base;
    const { label: _, ...plain } = definition;
    return [
      { ...plain, left: name, right: argument, span: argument.span },
      { ...definition, right: application.of(name) },
    ];
  });
  return {
    text: { ...text, statements: { ...text.statements, definitions: rewritten } },
    diagnostics: [...named].map(([{ left }, variable]) => ({
      code: "N019",
      severity: "information",
      message: `${latexOf(variable)} is taken for what the function in the equation of ${latexOf(left)} is applied to`,
      spans: [
        { span: variable.span, label: "no forward equation defines it" },
        { span: left.span, label: "computed here" },
      ],
      help: `Write an equation for ${latexOf(variable)} to settle it.`,
    })),
  };
};
