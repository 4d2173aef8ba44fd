/** Names that a chain gives to values: δ_t, da_t, Attention(Q, K). */
import { covers } from "../base/source.ts";
import { toLatex } from "../latex/print.ts";
import { gradientOf } from "../note/claims/aliases.ts";
import type { Chain } from "../note/claims/chains.ts";
import type { ClaimReading, ReadClaim } from "../note/claims/reading.ts";
import { accentPaired } from "../note/overbars.ts";
import { isName, takeApart } from "../note/scripts.ts";
import type { Syntax } from "../parse/syntax.ts";
import { type Court, sliceOf } from "./court.ts";
import { confusionCost } from "./repairs/confusions.ts";
import type { Said } from "./said.ts";

export const isSame = (a: Syntax, b: Syntax): boolean => a.span.start === b.span.start && a.span.end === b.span.end;

/** Attention(Q, K): letters side by side, and behind them what they are applied to. */
const isWordCalled = (syntax: Syntax): boolean => {
  if (syntax.kind !== "product" || syntax.factors.length < 4) return false;
  const [argument, ...letters] = [...syntax.factors].reverse();
  return (
    argument?.call === true &&
    letters.every(
      ({ body }, i) => body.kind === "symbol" && (i === 0 || body.span.end === letters[i - 1]?.body.span.start),
    )
  );
};

/** A word with arguments on the left names the formula on the right, where nothing else knows the word. */
export const sayCalled = (
  court: Court,
  { members, conditions }: Chain,
  unknown: Syntax,
): readonly Said[] | undefined => {
  const [left, right, more] = members;
  if (!left || !right || more || !isWordCalled(left) || !covers(left.span, unknown.span)) return undefined;
  const reading = court.reader.read([right], conditions);
  const [value] = reading.kind === "read" ? reading.claim.members : [];
  return value && [{ verdict: "definition", because: { id: "names", of: [toLatex(value, court.context)] } }];
};

/** da_t, where the forward equations have no letter a: the error by what has no name there, named by it. */
const isNewGradient = ({ glyphs }: Court, first: Syntax, unknown: Syntax): boolean => {
  if (first.kind !== "derivative" || first.form !== "nabla" || first.of || first.order) return false;
  const [by, more] = first.by;
  const { core } = takeApart(unknown);
  if (!by || more || !isSame(by.variable, unknown) || !isName(core)) return false;
  const { name } = core;
  // w beside W is rather a slip.
  return [...glyphs.keys()].every(glyph => glyph !== name && (confusionCost(glyph, name) ?? 2) > 1);
};

/** A new name at either end of a chain stands for the rest of it; `sayOthers` judges the links of the rest. */
export const sayNamed = (
  court: Court,
  chain: Chain,
  reading: ClaimReading & { kind: "unknown" },
  sayOthers: (claim: ReadClaim) => readonly Said[],
): readonly Said[] | undefined => {
  const { members } = chain;
  const [first, last] = [members[0], members.at(-1)] as [Syntax, Syntax];
  const gradient = isNewGradient(court, first, reading.name) ? first : undefined;
  const named = gradient ?? (isSame(first, reading.name) ? first : isSame(last, reading.name) ? last : undefined);
  if (!named) return undefined;
  const rest = members.filter(member => member !== named);
  const found = court.reader.resolve(gradient ? reading.name : named);
  const meaning = court.reader.read(rest, chain.conditions);
  const [value] = meaning.kind === "read" ? meaning.claim.members : [];
  if (!found || found.tail.length > 0 || meaning.kind !== "read" || !value) return undefined;
  const letters = found.index.map(each => each.key);
  if (!meaning.claim.indices.every(letter => letters.includes(letter))) return undefined;
  // The value at one index (δ_T = …) is not that of the family.
  const everywhere = new Set(letters).size === letters.length && letters.every(letter => court.reader.isLetter(letter));
  const definition: Said = {
    verdict: "definition",
    because: { id: "names", of: [toLatex(value, court.context)] },
    ...(everywhere
      ? {
          names: {
            written: named,
            family: gradient ? gradientOf(found.family) : found.family,
            letters,
            meaning: value,
          },
        }
      : {}),
  };
  const others = sayOthers(meaning.claim);
  return named === first ? [definition, ...others] : [...others, definition];
};

/** \bar{v} = ∂L/∂v says what the bar stands for. */
export const sayNotation = ({ reader, ...court }: Court, members: readonly Syntax[]): readonly Said[] | undefined => {
  const accent = members.length === 2 ? accentPaired(members) : undefined;
  const derivative = members.find(({ kind }) => kind === "derivative");
  if (accent === undefined || !derivative || !reader.accents.has(accent)) return undefined;
  return [{ verdict: "definition", because: { id: "names", of: [sliceOf(court, derivative.span)] } }];
};
