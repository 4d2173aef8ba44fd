/** Letters of a claim that were misread: settled by use and by truth, never by the glyph alone. */
import { namesIn } from "../../expr/polynomial.ts";
import type { Chain } from "../../note/claims/chains.ts";
import type { ShapeMark } from "../../note/claims/reading.ts";
import { isSign, type Rename, renameIn } from "../../note/claims/rename.ts";
import { limitsOf } from "../../note/ranges.ts";
import { takeApart } from "../../note/scripts.ts";
import { everyPart, textOf } from "../../note/tree.ts";
import type { Script, Syntax } from "../../parse/syntax.ts";
import type { Court } from "../court.ts";
import { penaltyOf, type Said, type SaidChain } from "../said.ts";
import { confusionCost, isCase, sameWithoutNesting } from "./confusions.ts";
import { glyphOf, glyphsIn } from "./glyphs.ts";

const MOST_TRIALS = 48;

interface Candidate {
  readonly rename: Rename;
  readonly cost: number;
}

const sameRename = (a: Rename, b: Rename): boolean =>
  a.from === b.from && a.to.name === b.to.name && a.script?.from === b.script?.from;

/** Whether the note is known to have one letter for another. */
const isSettled = ({ settled }: Court, rename: Rename): boolean => settled.some(each => sameRename(each, rename));

/** Not the same letter with another script, nor small for large. */
const isOtherLetter = ({ from, to }: Rename): boolean => from !== to.name && !isCase(from, to.name);

/** What a name that nothing defines may be, cheapest first; what was settled before comes before everything. */
const candidatesFor = (court: Court, name: Syntax): readonly Candidate[] => {
  const glyph = glyphOf(name);
  if (glyph === undefined) return [];
  const own = court.glyphs.get(glyph);
  const found: Candidate[] = [];
  if (own && name.kind === "scripted") {
    for (const script of name.scripts) {
      if (script.position === "prime") continue;
      const from = textOf(script.body);
      for (const to of court.scripts(glyph))
        if (sameWithoutNesting(from, textOf(to)))
          found.push({
            rename: { from: glyph, to: { name: own.name, form: own.form }, script: { from, to } },
            cost: 1,
          });
    }
  }
  for (const [other, { form }] of court.glyphs) {
    const cost = confusionCost(glyph, other);
    if (cost !== undefined) found.push({ rename: { from: glyph, to: { name: other, form } }, cost });
  }
  return found
    .map(({ rename, cost }) => ({ rename, cost: isSettled(court, rename) ? 0 : cost }))
    .toSorted((a, b) => a.cost - b.cost);
};

const lettersIn = (syntax: Syntax): readonly string[] =>
  everyPart(syntax).flatMap(part => (part.kind === "symbol" ? [part.name] : []));

const holds = (syntax: Syntax, name: Syntax): boolean => everyPart(syntax).some(part => textOf(part) === textOf(name));

/**
 * The letters that a name may have lost: those of the claim, what a sum counts by only where the sum holds it, or where it
 * stands on the left, beside a sum of such terms.
 */
const lettersBeside = ([left, ...right]: readonly Syntax[], name: Syntax): readonly string[] => {
  const isLeft = left !== undefined && holds(left, name);
  const elsewhere = new Set(
    right
      .flatMap(member => everyPart(member))
      .flatMap(part =>
        part.kind === "big" && !isLeft && !holds(part.body, name) ? (limitsOf(part)?.index ?? []) : [],
      ),
  );
  return [...(left ? [left] : []), ...right].flatMap(lettersIn).filter(letter => !elsewhere.has(letter));
};

/** w for w_h, \\delta_t for \\delta^l_t: names that the note knows with more scripts than are written. */
const completionsOf = (court: Court, chain: Chain, unknown: Syntax): readonly Rename[] => {
  const letters = new Set(lettersBeside(chain.members, unknown));
  const { core } = takeApart(unknown);
  const glyph = glyphOf(unknown);
  if (glyph === undefined || core.kind !== "symbol") return [];
  const own = unknown.kind === "scripted" ? unknown.scripts.filter(script => !isSign(script)) : [];
  const name: Syntax = own.length === 0 ? core : { kind: "scripted", base: core, scripts: own, span: unknown.span };
  const written = new Set(own.map(({ position }) => position));
  const found = new Map<string, Rename>();
  for (const known of [...court.names, ...court.given]) {
    if (known.kind !== "scripted" || textOf(known.base) !== textOf(core)) continue;
    const missing = known.scripts.filter(
      (script): script is Exclude<Script, { position: "prime" }> =>
        script.position !== "prime" && !isSign(script) && !written.has(script.position),
    );
    // Y is no Y_{ik}: an index that the claim does not have is no script that was left out.
    const counts = missing
      .flatMap(({ body }) => lettersIn(body))
      .some(letter => court.reader.isLetter(letter) && !letters.has(letter));
    if (missing.length === 0 || counts) continue;
    const scripts = [...own, ...missing];
    const to: Syntax = { kind: "scripted", base: core, scripts, span: name.span };
    const named = court.reader.resolve(to);
    const family = named?.family;
    // μ is no μ_n, a single member of many.
    if (named?.index.some(value => !namesIn(value).some(name => court.reader.isLetter(name)))) continue;
    if (!family || (!court.reader.symbolOf(family) && !court.aliases.find(family))) continue;
    const rename: Rename = { from: glyph, to: core, whole: { from: name, to } };
    found.set(family.key, rename);
  }
  return [...found.values()];
};

/** The letters that a name has in its scripts and another has not. */
const lettersAdded = ({ from, to }: NonNullable<Rename["whole"]>): readonly string[] => {
  const written = new Set(everyPart(from).map(textOf));
  return everyPart(to).flatMap(part => (part.kind === "symbol" && !written.has(textOf(part)) ? [textOf(part)] : []));
};

const renamedChain = (chain: Chain, rename: Rename): Chain => ({
  ...chain,
  members: chain.members.map(member => renameIn(member, rename)),
  ...(rename.whole ? { leftOut: [...(chain.leftOut ?? []), ...lettersAdded(rename.whole)] } : {}),
});

export interface RepairedChain extends SaidChain {
  readonly renames: readonly Rename[];
}

/** That something equals itself, or 0 equals 0, is nothing that anybody writes. */
const isEmpty = (said: Said | undefined): boolean =>
  said?.zero === true || (said?.equation !== undefined && said.equation.left === said.equation.right);

/** The reading of a chain that leaves least to be said against it, with as few letters changed as that takes. */
export const repairChain = (
  court: Court,
  chain: Chain,
  say: (chain: Chain, marks: ShapeMark[]) => readonly Said[],
): RepairedChain => {
  let trials = 0;
  const attempt = (candidate: Chain, renames: readonly Rename[]): RepairedChain => {
    trials++;
    const marks: ShapeMark[] = [];
    return { chain: candidate, links: say(candidate, marks), marks, renames };
  };
  const plain = attempt(chain, []);
  let best = plain;
  let least = penaltyOf(plain.links);
  const keep = (found: RepairedChain, most: number): void => {
    if (found.links.some((link, i) => isEmpty(link) && !isEmpty(plain.links[i]))) return;
    // A letter that leaves a name defined nowhere, where it was only strange before, explains nothing.
    const isNowhere = ({ verdict, unknown }: Said): boolean => verdict === "undefined" && unknown !== undefined;
    if (found.links.some((link, i) => isNowhere(link) && plain.links[i]?.verdict !== "undefined")) return;
    // Letters exchanged one after the other until something wrong can be read prove nothing.
    const settled = found.renames.filter(rename => court.settled.some(each => sameRename(each, rename)));
    const isWrong = found.links.some(({ verdict }, i) => verdict === "wrong" && plain.links[i]?.verdict !== "wrong");
    if (isWrong && found.renames.length > settled.length + 1) return;
    const penalty = penaltyOf(found.links);
    if (penalty < least && penalty <= most) [best, least] = [found, penalty];
  };

  // Names that nothing defines: one after the other, every combination within the budget.
  const open: RepairedChain[] = [plain];
  for (let from = open.shift(); from && least > 0; from = open.shift()) {
    const { chain: read, renames, links } = from;
    const unknown = links.find(link => link.unknown)?.unknown;
    if (!unknown) continue;
    const renamed = (rename: Rename): RepairedChain => attempt(renamedChain(read, rename), [...renames, rename]);
    // Of a name that may itself be misread nothing is left out.
    const isWritten = renames.every(({ whole }) => whole !== undefined);
    const completed = (isWritten ? completionsOf(court, read, unknown) : []).map(renamed);
    // Whichever is meant, if all of them can be judged.
    const told = completed.every(({ links }) => links.every(link => !link.unknown));
    for (const next of completed) {
      if (told || completed.length === 1) keep(next, Number.POSITIVE_INFINITY);
      open.push(next);
    }
    for (const { rename } of candidatesFor(court, unknown)) {
      if (trials >= MOST_TRIALS || least === 0) break;
      const next = renamed(rename);
      // A letter that is no other elsewhere, and would be so only to leave the equation wrong, is not taken for it.
      const isGuess = next.renames.some(each => isOtherLetter(each) && !isSettled(court, each));
      // A link that was wrong before, without the name, is so for reasons of its own.
      const isMadeWrong = next.links.some((link, i) => link.verdict === "wrong" && plain.links[i]?.verdict !== "wrong");
      if (!isGuess || !isMadeWrong) keep(next, Number.POSITIVE_INFINITY);
      open.push(next);
    }
  }
  // A known name in the place of another: only where letters are known to be misread, and if then everything is true.
  if (least === 0 || !(court.damaged || court.settled.length > 0 || best.renames.length > 0)) return best;
  const start = best;
  for (const glyph of new Set(start.chain.members.flatMap(member => [...glyphsIn(member)]))) {
    if (!court.glyphs.has(glyph)) continue;
    for (const [other, { form }] of court.glyphs) {
      if (confusionCost(glyph, other) === undefined || trials >= MOST_TRIALS) continue;
      const rename: Rename = { from: glyph, to: { name: other, form } };
      keep(attempt(renamedChain(start.chain, rename), [...start.renames, rename]), 0);
      if (least === 0) return best;
    }
  }
  return best;
};
