/**
 * The written form of a formula: its summands, each a sequence of factors, without fonts, brackets and the spellings of
 * products. Names of gradients (dW, \delta_z, \nabla_W L, \partial L/\partial W) are one name.
 */

import { takeApart } from "../../src/note/scripts.ts";
import { textOf } from "../../src/note/tree.ts";
import type { Syntax } from "../../src/parse/syntax.ts";

export interface FormContext {
  /** Names of scalars whose derivatives are meant where none is named: the objective. */
  readonly objective: string;
  /** Canonical texts of the system's names, without indices. */
  readonly names: ReadonlySet<string>;
  /** Names that the note gives to gradients: ζ_1. */
  readonly aliases: ReadonlyMap<string, string>;
  /** A letter of the note's backward rows, and the one that its forward equations have in its place. */
  readonly spellings: readonly (readonly [string, string])[];
}

/** Each summand with its sign and its factors, apart by spaces. */
export type Form = readonly string[];

const stripped = (text: string): string =>
  text
    .replace(/\s+/gu, "")
    .replace(/[()[\]{}]/gu, "")
    .replace(/\\(?:top|intercal)/gu, "ᵀ")
    .replace(/'/gu, "′");

const peel = (syntax: Syntax): Syntax => {
  let inner = syntax;
  for (;;) {
    if (inner.kind === "labelled") inner = inner.body;
    else if (inner.kind === "group" && inner.body && /^(?:\(|\[|\\\{|\.)$/u.test(inner.open)) inner = inner.body;
    else return inner;
  }
};

const partial = (of: string, by: string, { objective }: FormContext): string =>
  of === objective || of === "" ? `∂[${by}]` : `∂${of}[${by}]`;

/** What a name is the gradient by: of dW, do, δ_z, or an alias of the note. */
const gradientName = (text: string, context: FormContext): string | undefined => {
  const alias = context.aliases.get(text);
  if (alias !== undefined) return alias;
  const rest = /^(?:delta|Delta|d)_?(.+)$/u.exec(text)?.[1];
  if (rest === undefined) return undefined;
  const [theirs = "", ours = ""] = context.spellings.find(([letter]) => rest.split(/[_^]/u)[0] === letter) ?? [];
  const found = `${ours}${rest.slice(theirs.length)}`;
  const own = [...context.names].some(
    name => found === name || found.startsWith(`${name}_`) || found.startsWith(`${name}^`),
  );
  return own && !context.names.has(text) ? partial("", found, context) : undefined;
};

const TRANSPOSE = /^(?:T|\\top|\\intercal)$/u;

/** A name: subscripts, superscripts, primes, and at last the sign of transposition, in whatever order they are written. */
const nameOf = (syntax: Syntax, { spellings }: FormContext): string => {
  const { core, elements, accents } = takeApart(syntax);
  if (core.kind !== "symbol") return stripped(textOf(syntax));
  const letter = stripped(textOf(core));
  const own = spellings.find(([theirs]) => theirs === letter)?.[1] ?? letter;
  let [subs, sups, marks] = ["", "", ""];
  for (const element of elements) {
    if (element.kind === "prime") marks += "′".repeat(element.count);
    else if (element.kind === "mark") marks += TRANSPOSE.test(element.spelling) ? "ᵀ" : `^${element.spelling}`;
    else if (element.kind === "item") {
      const text = stripped(textOf(element.body));
      if (element.position === "sub") subs += subs === "" ? `_${text}` : `,${text}`;
      else if (TRANSPOSE.test(textOf(element.body))) marks += "ᵀ";
      else sups += sups === "" ? `^${text}` : `,${text}`;
    }
  }
  return `${accents.join("")}${own}${subs}${sups}${marks}`.replaceAll("\\", "");
};

/** The factors of one term, in order. Nested sums are one factor. */
const factorsOf = (given: Syntax, context: FormContext): readonly string[] => {
  const syntax = peel(given);
  switch (syntax.kind) {
    case "product": {
      const out: string[] = [];
      for (let i = 0; i < syntax.factors.length; i++) {
        const { body } = syntax.factors[i] as (typeof syntax.factors)[number];
        const next = syntax.factors[i + 1];
        // d\mathbf{q} in two pieces.
        if (body.kind === "symbol" && body.name === "d" && next && !next.operator) {
          const name = gradientName(`d${stripped(textOf(next.body))}`, context);
          if (name !== undefined) {
            out.push(name);
            i++;
            continue;
          }
        }
        out.push(...factorsOf(body, context));
      }
      return out;
    }
    case "sum":
      if (syntax.terms.length === 1) {
        const [term] = syntax.terms;
        const factors = factorsOf((term as (typeof syntax.terms)[number]).body, context);
        return term?.sign?.spelling === "-" ? ["−", ...factors] : factors;
      }
      return [`{${[...formOf(syntax, context)].join(" + ")}}`];
    case "fraction":
      return [`${factorsOf(syntax.top, context).join("·")}/${factorsOf(syntax.bottom, context).join("·")}`];
    case "root":
      return [`√${factorsOf(syntax.body, context).join("·")}`];
    case "derivative": {
      const by = syntax.by.map(({ variable }) => nameOf(variable, context)).join(",");
      const of = syntax.of ? factorsOf(syntax.of, { ...context, names: new Set() }).join("·") : "";
      return [partial(of, by, context)];
    }
    case "big": {
      const limits = [syntax.lower, syntax.upper].map(limit => (limit ? stripped(textOf(limit)) : "")).join("..");
      return [`${syntax.spelling}[${limits}]`, ...factorsOf(syntax.body, context)];
    }
    case "apply":
      return [syntax.name.name.replace("\\", ""), ...factorsOf(syntax.argument, context)];
    case "list":
      return [syntax.items.map(item => factorsOf(item, context).join("·")).join(",")];
    case "scripted": {
      const { core } = takeApart(syntax);
      if (core.kind === "symbol") break;
      const scripts = syntax.scripts.map(script =>
        script.position === "prime"
          ? "′".repeat(script.count)
          : `${script.position === "sub" ? "_" : "^"}${stripped(textOf(script.body))}`,
      );
      const inner = factorsOf(syntax.base, context);
      const marks = scripts.join("").replace(/\^(?:T|ᵀ)$/u, "ᵀ");
      const gradient = inner.length === 1 ? /^∂\[(.*)\]$/u.exec(inner[0] as string)?.[1] : undefined;
      // {dz}^{[l]} is the gradient by z^{[l]}.
      if (gradient !== undefined && marks !== "ᵀ") return [`∂[${gradient}${marks}]`];
      return inner.length === 1 ? [`${inner[0]}${marks}`] : [`{${inner.join("·")}}${marks}`];
    }
    default:
      break;
  }
  const text = nameOf(syntax, context);
  const transposed = text.endsWith("ᵀ");
  const name = gradientName(transposed ? text.slice(0, -1) : text, context);
  return [name === undefined ? text : `${name}${transposed ? "ᵀ" : ""}`];
};

/** The summands of a formula, sorted. */
export const formOf = (given: Syntax, context: FormContext): Form => {
  const syntax = peel(given);
  if (syntax.kind !== "sum") return [`+ ${factorsOf(syntax, context).join(" ")}`];
  return syntax.terms
    .map(({ sign, body }) => `${sign?.spelling === "-" ? "−" : "+"} ${factorsOf(body, context).join(" ")}`)
    .toSorted();
};

/** A form in which an index stands `by` higher: of l - 1 and l, by 1, l and l + 1. */
export const shifted = (form: Form, letter: string, by: number): Form =>
  form.map(term =>
    term.replace(
      new RegExp(`(?<=[\\^_,])${letter}([+-]\\d+)?(?![A-Za-z\\d])`, "gu"),
      (_, offset: string | undefined) => {
        const value = Number(offset ?? "0") + by;
        return value === 0 ? letter : `${letter}${value > 0 ? "+" : ""}${value}`;
      },
    ),
  );

/** Whether two forms are one. */
export const sameForm = (theirs: Form, ours: Form): boolean => ours.join("\n") === theirs.join("\n");
