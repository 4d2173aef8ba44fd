import type { Script, Statement, Syntax } from "../../src/parse/syntax.ts";

const scriptsOf = (scripts: readonly Script[]): string =>
  scripts
    .map(script =>
      script.position === "prime"
        ? "'".repeat(script.count)
        : `${script.position === "sub" ? "_" : "^"}{${show(script.body)}}`,
    )
    .join("");

const decorated = (
  node: { readonly fonts: readonly string[]; readonly accents: readonly string[] },
  name: string,
): string => [...node.accents, ...node.fonts].reduceRight((text, decoration) => `${decoration}<${text}>`, name);

/** A tree as one line that shows how everything is bound; for tests. */
export const show = (node: Syntax): string => {
  switch (node.kind) {
    case "symbol":
      return decorated(node, node.form === "word" || node.form === "run" ? `"${node.name}"` : node.name);
    case "number":
      return decorated(node, node.text);
    case "dots":
      return "…";
    case "prose":
      return `“${node.text.trim()}”`;
    case "mark":
      return node.body === null ? node.spelling : `${node.spelling} ${show(node.body)}`;
    case "scripted":
      return `${node.base.kind === "scripted" ? `{${show(node.base)}}` : show(node.base)}${scriptsOf(node.scripts)}`;
    case "accent":
      return `${node.accent}<${show(node.body)}>`;
    case "group":
      return `${node.open}${node.body === null ? "" : show(node.body)}${node.close}`;
    case "list":
      return `[${node.items.map(show).join(" , ")}]`;
    case "given":
      return `[${node.parts.map(show).join(" | ")}]`;
    case "slice":
      return `${node.from === null ? "" : show(node.from)}:${node.to === null ? "" : show(node.to)}`;
    case "relations":
      return node.members
        .map((member, at) => (at === 0 ? show(member) : `${node.operators[at - 1]?.spelling} ${show(member)}`))
        .join(" ");
    case "sum":
      return `⟨${node.terms.map(term => `${term.sign?.spelling ?? ""}${show(term.body)}`).join(" ")}⟩`;
    case "product":
      return `⟦${node.factors.map((factor, at) => `${at === 0 ? "" : factor.call ? "@" : (factor.operator?.spelling ?? "␣")}${show(factor.body)}`).join("")}⟧`;
    case "fraction":
      return `frac(${show(node.top)} / ${show(node.bottom)})`;
    case "root":
      return `root(${node.degree === null ? "" : `${show(node.degree)}: `}${show(node.body)})`;
    case "apply":
      return `${node.name.name}${scriptsOf(node.scripts)}·${show(node.argument)}`;
    case "big":
      return `${node.spelling}(${node.lower === null ? "" : show(node.lower)}..${node.upper === null ? "" : show(node.upper)} : ${show(node.body)})`;
    case "differential":
      return `${node.sign}${node.order === null ? "" : `^${show(node.order)}`}<${show(node.of)}>`;
    case "derivative":
      return `D${node.order === null ? "" : `^${show(node.order)}`}(${node.of === null ? "" : show(node.of)} by ${node.by.map(one => show(one.variable) + (one.times > 1 ? `*${one.times}` : "")).join(", ")})`;
    case "matrix":
      return `${node.environment}[${node.rows.map(row => row.map(show).join(" & ")).join(" ; ")}]`;
    case "labelled":
      return `${node.command}(${show(node.body)})${node.label === null ? "" : `#${node.label.text}`}`;
  }
};

export const showStatement = (statement: Statement): string =>
  [
    statement.number === null ? "" : `(${statement.number.text}) `,
    ...statement.before.map(prose => `“${prose.text.trim()}” `),
    statement.continues === null ? "" : `${statement.continues.spelling} `,
    show(statement.body),
    ...statement.conditions.map(condition => ` if ${show(condition)}`),
    ...statement.after.map(prose => ` “${prose.text.trim()}”`),
  ].join("");
