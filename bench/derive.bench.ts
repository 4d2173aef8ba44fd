import { deriveChecked } from "../src/derive/checked.ts";
import { withClosedForms } from "../src/derive/closed/index.ts";
import { derive } from "../src/derive/index.ts";
import type { System } from "../src/expr/system.ts";
import { readSystem } from "../src/term/system.ts";
import { RNN } from "../test/systems/rnn.ts";
import type { Case, Suite } from "./measure.ts";

/** A chain of layers, each with equations of its own. */
const chain = (layers: number): string => {
  const lines = ["system chain", "function phi elementwise", "h_0: n data", "L: 1"];
  for (let k = 1; k <= layers; k++)
    lines.push(`W_${k}: n n parameter`, `h_${k}: n`, `h_${k} = phi(W_${k} * h_${k - 1})`);
  return [...lines, `L = squarednorm(h_${layers})`].join("\n");
};

/** Reading makes a scope of its own, so each run derives from nothing; reading is not timed. */
const fresh = (text: string, derived: (system: System) => unknown = derive): Pick<Case, "run" | "prepare"> => {
  let system: System;
  return {
    prepare: () => {
      system = readSystem(text);
    },
    run: () => derived(system),
  };
};

export const suite: Suite = {
  title: "derive",
  cases: [
    { name: "recurrent net", ...fresh(RNN) },
    {
      name: "with closed forms and proofs",
      ...fresh(RNN, system => withClosedForms(derive(system))),
      against: "recurrent net",
    },
    { name: "all of it checked", ...fresh(RNN, system => deriveChecked(system)), against: "recurrent net" },
    { name: "chain of 100 layers", ...fresh(chain(100)), amount: { count: 100, of: "layers" } },
    {
      name: "chain of 1,000 layers",
      ...fresh(chain(1000)),
      against: "chain of 100 layers",
      amount: { count: 1000, of: "layers" },
    },
  ],
};
