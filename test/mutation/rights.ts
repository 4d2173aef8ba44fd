/** Right equations to be damaged and rewritten: every line that is derived of some systems, and published answers. */
import { readFileSync } from "node:fs";
import type { Derivation } from "../../src/derive/gradient.ts";
import { derive } from "../../src/derive/index.ts";
import { type StatedEquation, Witness } from "../../src/exact/witness.ts";
import type { Suppositions } from "../../src/exact/world.ts";
import { at, type Node, partial, symbol } from "../../src/expr/node.ts";
import { named } from "../../src/expr/polynomial.ts";
import { type Equation, familyOf, type SymbolEntry, type System } from "../../src/expr/system.ts";
import { postorder, replaceNodes } from "../../src/expr/walk.ts";
import { readNote } from "../../src/note/read.ts";
import { readSystem } from "../../src/term/system.ts";
import { CASES, questionOf } from "../cases/judge.ts";
import { MLP, RNN } from "../systems/rnn.ts";

export interface Right {
  readonly name: string;
  readonly witness: Witness;
  readonly equation: StatedEquation;
  readonly suppose: Suppositions;
  readonly derivation?: Derivation;
}

/** Every piece of every gradient of a system. */
const piecesOf = (name: string, given: System): readonly Right[] => {
  const wrt = [...given.symbols].flatMap(([symbol, { role }]) => (role === "defined" ? [] : [symbol]));
  const derivation = derive(given, { wrt });
  const { system } = derivation;
  const witness = new Witness(system, derivation);
  return derivation.gradients.flatMap(({ pieces, indices }) =>
    pieces.map(({ wrt: left, value, over, part }) => ({
      name: `${name}: ${familyOf(left).name}, ${part}`,
      witness,
      derivation,
      suppose: {},
      equation: { left: partial(system.objective, left), right: value, indices, over },
    })),
  );
};

const GALLERY = ["lstm", "attention", "layer-norm"];

/** Of our derivations: a recurrent net, a perceptron, an LSTM, attention and layer norm. */
export const derivedRights = async (): Promise<readonly Right[]> => {
  const systems: [string, System][] = [
    ["rnn", readSystem(RNN)],
    ["mlp", readSystem(MLP)],
  ];
  for (const name of GALLERY) {
    const text = readFileSync(new URL(`../../derivations/${name}/note.md`, import.meta.url), "utf8");
    const [system] = (await readNote(text)).systems;
    if (!system) throw new Error(`${name} is no system`);
    systems.push([name, system]);
  }
  return systems.flatMap(([name, system]) => piecesOf(name, system));
};

const GRADIENTS = CASES.filter(({ kind, wrt }) => kind === "gradient" && !/_\{\d+\}$/u.test(wrt));

/** Of the public cases: gradients, each as it was published. */
export const publishedRights = async (most = GRADIENTS.length): Promise<readonly Right[]> => {
  const found: Right[] = [];
  for (const row of GRADIENTS.slice(0, most)) {
    const question = await questionOf(row);
    if (typeof question === "string") throw new Error(`${row.id}: ${question}`);
    const { system, variable, answer } = question;
    const objective = [...system.symbols.values()].find(({ latex }) => latex === "f")?.node ?? system.objective;
    const symmetric = Object.entries(row.domain).flatMap(([name, kind]) => (/^s(?:ym|pd)$/u.test(kind) ? [name] : []));
    const { node, indices, domain } = variable;
    if (indices.length > 0) continue;
    found.push({
      name: row.id,
      // The system holds the answer beside the question: its derivation is not asked.
      witness: new Witness(system),
      suppose: { symmetric: new Set(symmetric) },
      equation: { left: partial(objective, node), right: answer, indices: [], over: domain },
    });
  }
  return found;
};

/** Parts of a right side that get names of their own: the largest, and one of middle size. */
const partsOf = ({ equation: { right, indices }, witness: { system } }: Right): readonly Node[] => {
  const parts = postorder(right).filter(
    node =>
      node !== right &&
      node.kind === "call" &&
      node.shape.length <= 2 &&
      node.free.every(name => indices.includes(name) || system.sizes.has(name)),
  );
  return [...new Set([parts.at(-1), parts[Math.floor(parts.length / 2)]])].flatMap(part => part ?? []);
};

/** The same equation with parts of it bound to names, each by an equation of its own: let s[t] = … in … s[t] … */
export const letBound = (right: Right): Right | undefined => {
  const { witness, equation, derivation } = right;
  const { indices, over } = equation;
  const parts = partsOf(right);
  if (parts.length === 0) return undefined;
  const names = parts.map((part, i) => {
    const { scope } = witness.system;
    const node = symbol(scope, `let ${i} ${part.id}`, part.shape, indices.length);
    const left =
      indices.length === 0
        ? node
        : at(
            node,
            indices.map(name => named(name)),
          );
    const entry: SymbolEntry = { node, latex: `s_${i}`, role: "defined", indices, domain: over, shapeFrom: "named" };
    return { entry, left, part };
  });
  const system: System = {
    ...witness.system,
    symbols: new Map([...witness.system.symbols, ...names.map(({ entry }) => [entry.node.name, entry] as const)]),
    equations: [
      ...witness.system.equations,
      ...names.map(({ left, part }): Equation => ({ left, right: part, indices, over })),
    ],
  };
  const by = new Map<Node, Node>(names.map(({ part, left }) => [part, left]));
  return {
    name: `${right.name}, with names`,
    witness: new Witness(system, derivation && { ...derivation, system }),
    suppose: right.suppose,
    equation: { ...equation, right: replaceNodes(equation.right, by) },
  };
};
