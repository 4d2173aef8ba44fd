/**
 * \pi(a) = e^{\theta_a} / \sum_b e^{\theta_b}: what stands in the brackets only counts, so that \pi(a) is the member \pi_a, and
 * \pi(b) another.
 */
import type { Factor, Syntax } from "../parse/syntax.ts";
import { soleLetter } from "./names.ts";
import { applicationsIn, baseOfName, headed, valueNames } from "./occurrences.ts";
import type { Definition } from "./statements.ts";
import { type SystemText, withFormulas } from "./systemtext.ts";
import { everyPart, replaceParts, textOf } from "./tree.ts";

/** The letter in brackets behind a plain name. */
const counterOf = ({ left }: Definition): { readonly name: string; readonly letter: string } | undefined => {
  const head = headed(left);
  const [argument, more] = head?.args ?? [];
  const letter = argument && !more && argument.kind === "symbol" ? soleLetter(argument) : undefined;
  return head && letter !== undefined && head.name.kind === "symbol" ? { name: textOf(head.name), letter } : undefined;
};

/** Whether a letter stands below names and nowhere else. */
const onlyCounts = ({ right }: Definition, letter: string): boolean =>
  !valueNames(right).some(name => baseOfName(name) === letter) &&
  everyPart(right).some(
    part =>
      part.kind === "scripted" && part.scripts.some(each => each.position === "sub" && textOf(each.body) === letter),
  );

const asMember = (root: Syntax, names: ReadonlySet<string>): Syntax =>
  replaceParts(root, part => {
    if (part.kind !== "product") return undefined;
    const factors: Factor[] = [];
    for (const factor of part.factors) {
      const last = factors.at(-1);
      const { body } = factor;
      const counter = body.kind === "group" && body.open === "(" ? body.body : undefined;
      if (!last || !factor.call || !counter || last.body.kind !== "symbol" || !names.has(textOf(last.body))) {
        factors.push(factor);
        continue;
      }
      const span = { start: last.body.span.start, end: body.span.end };
      const script = { position: "sub", body: counter, span: body.span } as const;
      factors[factors.length - 1] = { ...last, body: { kind: "scripted", base: last.body, scripts: [script], span } };
    }
    if (factors.length === part.factors.length) return undefined;
    const rest = factors.map(factor => ({ ...factor, body: asMember(factor.body, names) }));
    return rest.length === 1 && rest[0] ? rest[0].body : { ...part, factors: rest };
  });

/** The text with such values as members of families. */
export const withIndexArguments = (text: SystemText): SystemText => {
  const { definitions, claims } = text.statements;
  const counted = definitions.flatMap(definition => {
    const found = counterOf(definition);
    return found && onlyCounts(definition, found.letter) ? [found.name] : [];
  });
  const formulas = [
    ...definitions.flatMap(({ left, right }) => [left, right]),
    ...claims.flatMap(({ statement }) => statement?.body ?? []),
  ];
  const applied = formulas.flatMap(formula => applicationsIn(formula));
  const heads = new Set(applied.map(({ name }) => name));
  // A name that stands alone as well, or before more than a counter, is something else.
  const isOther = (name: string): boolean =>
    applied.some(each => textOf(each.name) === name && (each.args.length !== 1 || !isCounter(each.args[0]))) ||
    formulas.some(formula =>
      everyPart(formula).some(part => textOf(part) === name && part.kind === "symbol" && !heads.has(part)),
    );
  const names = new Set(counted.filter(name => !isOther(name)));
  return names.size === 0 ? text : withFormulas(text, formula => asMember(formula, names));
};

const isCounter = (argument: Syntax | undefined): boolean =>
  argument !== undefined && (argument.kind === "number" || soleLetter(argument) !== undefined);
