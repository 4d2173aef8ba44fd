// Right equations written in other ways: none of them is called wrong.
import { expect, test } from "vitest";
import { type Node, number } from "../../src/expr/node.ts";
import { postorder } from "../../src/expr/walk.ts";
import { call } from "../../src/ops/call.ts";
import { showTerm } from "../../src/term/show.ts";
import { Chance } from "../random/chance.ts";
import { rewritten } from "./rewritings.ts";
import { derivedRights, letBound, publishedRights } from "./rights.ts";

const SEED = Number(process.env.GRADNOTE_SEED ?? 1);
const COUNT = Number(process.env.GRADNOTE_REWRITINGS ?? 250);
const MOST_STEPS = 6;
/** Attempts at one step before it is given up. */
const ATTEMPTS = 40;
const LARGEST = 150;

test("one to six rewritings of a right equation: it stays right", async () => {
  const chance = new Chance(SEED);
  const plain = [...(await derivedRights()), ...(await publishedRights())];
  const bound = plain.flatMap(right => letBound(right) ?? []);
  expect(bound.length).toBeGreaterThan(40);
  const all = [...plain, ...bound];
  const rights = all.filter(({ equation }) => postorder(equation.right).length < LARGEST);
  const wrong: string[] = [];
  const unnoticed: string[] = [];
  let [steps, undecided, spoiled] = [0, 0, 0];
  for (let count = 0; count < COUNT; count++) {
    const { witness, equation, suppose, name } = chance.pick(rights);
    let term: Node = equation.right;
    const wanted = 1 + chance.below(MOST_STEPS);
    for (let step = 0, tries = 0; step < wanted && tries < ATTEMPTS; tries++) {
      const next = rewritten(term, chance);
      if (!next || next === term || next === equation.left || postorder(next).length > 2 * LARGEST) continue;
      term = next;
      step++;
      steps++;
    }
    const found = witness.judge({ ...equation, right: term }, suppose, "few");
    const { verdict } = found;
    // The same times 2 is noticed.
    if (count % 25 === 0 && found.verdict === "equal" && !found.zero) {
      spoiled++;
      const twice = { ...equation, right: call("scale", [number(2), term]) };
      if (witness.judge(twice, suppose, "few").verdict !== "different") unnoticed.push(`${name}: ${showTerm(term)}`);
    }
    if (verdict === "different" || verdict === "outside") wrong.push(`${name}: ${showTerm(term)}`);
    else if (verdict !== "equal") undecided++;
  }
  process.stdout.write(
    `seed ${SEED}: ${COUNT} rewritings, ${steps} steps: ${wrong.length} wrong, ${undecided} undecided\n`,
  );
  expect(wrong).toEqual([]);
  expect(unnoticed).toEqual([]);
  expect(spoiled).toBeGreaterThan(COUNT / 50);
  expect(steps).toBeGreaterThan(2 * COUNT);
});
