/** The number π of \sqrt{2\pi} and \log 2\pi, where the note calls something else π: a policy, the weights of a mixture. */
import type { Factor, Syntax } from "../parse/syntax.ts";
import { headed } from "./occurrences.ts";
import { takeApart } from "./scripts.ts";
import { type SystemText, withFormulas } from "./systemtext.ts";
import { replaceParts } from "./tree.ts";

const isPi = (syntax: Syntax): boolean =>
  syntax.kind === "symbol" && syntax.name === "\\pi" && syntax.fonts.length === 0;

const isTwo = ({ body }: Factor): boolean => body.kind === "number" && body.text === "2";

/** Upright, which tells it from the other π. */
const upright = (factor: Factor): Factor =>
  factor.body.kind === "symbol" ? { ...factor, body: { ...factor.body, accents: ["mathrm"] } } : factor;

/** The formula with π behind a 2 as a name of its own. */
const toldApart = (root: Syntax): Syntax =>
  replaceParts(root, part => {
    if (part.kind !== "product") return undefined;
    const at = part.factors.findIndex(
      ({ body, call }, i) => i > 0 && !call && isPi(body) && isTwo(part.factors[i - 1] as Factor),
    );
    if (at < 0 || part.factors[at + 1]?.call) return undefined;
    const factors = part.factors.map((factor, i) => {
      if (i === at) return upright(factor);
      const body = toldApart(factor.body);
      return body === factor.body ? factor : { ...factor, body };
    });
    return { ...part, factors };
  });

/** The text with the two told apart, where its equations define a π. */
export const withCircleNumber = (text: SystemText): SystemText => {
  const isDefined = text.statements.definitions.some(({ left }) => isPi(takeApart(headed(left)?.name ?? left).core));
  return isDefined ? withFormulas(text, toldApart) : text;
};
