/** Functions of which a note gives no more than the derivative: φ′(u) = 1 − φ(u)² says that φ is tanh. */

import { NoValue } from "../exact/arithmetic.ts";
import { equalTerms } from "../exact/equal.ts";
import type { Node } from "../expr/node.ts";
import type { FunctionEntry, System } from "../expr/system.ts";
import { postorder } from "../expr/walk.ts";
import type { Chain } from "../note/claims/chains.ts";
import type { ClaimReader } from "../note/claims/reader.ts";
import type { Forward } from "../note/read.ts";
import { NAMED, withRecognisedFunctions } from "../note/recognised.ts";
import { spelledSo } from "./customs.ts";
import { withFormula } from "./formulas.ts";

/** The open function whose derivative a term is. */
const slopeOf = (system: System, node: Node | undefined): FunctionEntry | undefined => {
  if (node?.kind !== "call" || node.attributes.order !== 1) return undefined;
  const entry = system.functions.get(String(node.attributes.function));
  return entry?.kind === "elementwise" && !entry.definition ? entry : undefined;
};

/** Whether a term speaks of one function and its argument alone. */
const isAbout = ({ name }: FunctionEntry, argument: Node | undefined, root: Node): boolean =>
  postorder(root).every(
    node =>
      (node.kind !== "call" || (node.attributes.function ?? name) === name) &&
      (node.kind === "call" || node.kind === "integer" || node.kind === "number" || node === argument),
  );

/** The forward equations with each such function given. */
export const withSlopes = (forward: Forward, chains: readonly Chain[], reader: ClaimReader): Forward => {
  let found = forward;
  for (const { members, conditions } of forward.openLetters?.size ? chains : []) {
    const reading =
      members.length === 2
        ? reader.read(
            members.map(member => reader.adjoints(member)),
            conditions,
          )
        : undefined;
    if (reading?.kind !== "read") continue;
    const [left, right] = reading.claim.members as readonly [Node, Node];
    const entry = slopeOf(found.system, left);
    if (!entry || left.kind !== "call" || !isAbout(entry, left.args[0], right)) continue;
    const given = (system: System, name: string): System => withFormula(system, entry, `${name}(u)`);
    const op = NAMED.find(({ name }) => isRight(left, right, given(found.system, name)));
    // σ is the logistic function by custom, and another derivative a slip.
    if (!op || (spelledSo(entry) ?? op) !== op) continue;
    const said = (system: System): System => withRecognisedFunctions(given(system, op.name), new Map());
    const assembled = { ...found.assembled, system: said(found.assembled.system) };
    found = { ...found, system: said(found.system), assembled };
  }
  return found;
};

const isRight = (left: Node, right: Node, { functions }: System): boolean => {
  try {
    return equalTerms(left, right, { functions }).equal === true;
  } catch (error) {
    if (error instanceof NoValue) return false;
    throw error;
  }
};
