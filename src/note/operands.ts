/**
 * Lists of derivatives, "∂/∂x a^⊤ x = a", in notes without forward equations: each rule is a small system by itself, whose only
 * equation defines the formula that the rule differentiates.
 */
import type { DerivativeSyntax, Syntax } from "../parse/syntax.ts";
import type { Gathered } from "./gather.ts";
import { baseOfName } from "./occurrences.ts";
import { isName, takeApart } from "./scripts.ts";
import type { Claim, Definition } from "./statements.ts";
import type { SystemText } from "./systemtext.ts";
import { everyPart, textOf } from "./tree.ts";

/** Letters for the value of a formula. */
const LETTERS = ["f", "g", "h", "q", "r"];

/** The left side as one derivative: behind an operator everything is differentiated. */
const wholeDerivative = (left: Syntax): (DerivativeSyntax & { readonly of: Syntax }) | undefined => {
  const [first, ...rest] = left.kind === "product" ? left.factors : [{ body: left }];
  const operator = first?.body;
  if (operator?.kind !== "derivative" || operator.by.length === 0) return undefined;
  if (left.kind !== "product" || rest.length === 0) return operator.of ? { ...operator, of: operator.of } : undefined;
  if (operator.form !== "operator" && operator.form !== "nabla") return undefined;
  const before = operator.of ? [{ operator: null, body: operator.of, call: false }] : [];
  const factors = [...before, ...left.factors.slice(1)];
  const { start } = (factors[0] as (typeof factors)[number]).body.span;
  const span = { start, end: left.span.end };
  return { ...operator, of: factors.length === 1 ? (factors[0]?.body as Syntax) : { kind: "product", factors, span } };
};

/** The system of a rule: its formula under a letter that it has not, and the rule as a claim. */
const ruleOf = (text: SystemText, claim: Claim, count: number): SystemText | undefined => {
  const { statement } = claim;
  const body = statement?.body;
  if (!statement || body?.kind !== "relations" || claim.continues) return undefined;
  const [left, ...others] = body.members as readonly [Syntax, ...Syntax[]];
  const whole = wholeDerivative(left);
  // ∂y/∂x of a y that nothing defines.
  if (!whole || isName(takeApart(whole.of).core)) return undefined;
  const taken = new Set(everyPart(body).flatMap(part => baseOfName(part) ?? []));
  const name = LETTERS.find(letter => !taken.has(letter));
  if (name === undefined) return undefined;
  const { span } = whole.of;
  const value: Syntax = { kind: "symbol", name, form: "letter", fonts: [], accents: [], span };
  const operand: Definition = { left: value, right: whole.of, conditions: [], span };
  const derivative: Syntax = { ...whole, form: "frac", of: value };
  // The x of d/dx is a number, whatever other rules call x.
  const numbers = new Set(whole.sign === "d" ? whole.by.map(({ variable }) => textOf(variable)) : []);
  const declarations = text.statements.declarations.filter(declared => !numbers.has(textOf(declared.name)));
  return {
    ...text,
    name: `${text.name} rule ${count}`,
    unread: [],
    operand,
    statements: {
      ...text.statements,
      declarations,
      definitions: [operand],
      odd: [],
      claims: [{ ...claim, statement: { ...statement, body: { ...body, members: [derivative, ...others] } } }],
    },
  };
};

/** The system of a rule about an array: its derivatives are those of any array, and a loss is anything that reads it. */
export const withNormOfOperand = (rule: SystemText): SystemText => {
  const { operand, statements } = rule;
  if (!operand) return rule;
  const { left: value, span } = operand;
  const square: Syntax = {
    kind: "scripted",
    base: { kind: "group", open: "\\|", close: "\\|", body: value, span },
    scripts: [{ position: "sup", body: { kind: "number", text: "2", fonts: [], accents: [], span }, span }],
    span,
  };
  const loss: Syntax = { kind: "symbol", name: "\\ell", form: "command", fonts: [], accents: [], span };
  const definitions = [...statements.definitions, { left: loss, right: square, conditions: [], span }];
  return { ...rule, statements: { ...statements, definitions } };
};

/** What was gathered, with such rules apart from the rest. */
export const withOperandRules = (gathered: Gathered): Gathered => {
  const { systems } = gathered;
  if (systems.some(({ statements }) => statements.definitions.length > 0)) return gathered;
  const recalled = [...gathered.recalled];
  const rest = systems.map(text => {
    const apart = new Set<Claim>();
    for (const [i, claim] of text.statements.claims.entries()) {
      if (text.statements.claims[i + 1]?.continues) continue;
      const rule = ruleOf(text, claim, recalled.length + 1);
      if (!rule) continue;
      recalled.push(rule);
      apart.add(claim);
    }
    const claims = text.statements.claims.filter(claim => !apart.has(claim));
    return apart.size === 0 ? text : { ...text, statements: { ...text.statements, claims } };
  });
  return recalled.length === gathered.recalled.length ? gathered : { ...gathered, systems: rest, recalled };
};
