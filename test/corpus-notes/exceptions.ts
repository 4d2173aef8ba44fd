/** Why a right backward equation of a public note is written otherwise than ours, by its id. */

const ENTRIES = "written for single entries, with local derivatives left open";

const rows = (note: string, numbers: readonly number[], reason: string): readonly (readonly [string, string])[] =>
  numbers.map(number => [`${note}/bp-${number}`, reason] as const);

export const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ...rows("d2l-en-2019-bptt", [2], "writes w for w_h, and h for h_{t-1}"),
  ...rows("d2l-en-2019-bptt", [7], "an array with three axes, as a product that fits no shapes; ours is by vec W"),
  ...rows("dlbook-zh-ch10", [3], "the local derivatives are left as Jacobians"),
  ...rows("ai-edu-lstm", [0, 1], "of one known loss, which the note does not define; ours is any function of a and z"),
  ...rows("ai-edu-lstm", [14], "the part through the gates alone; ours is the whole gradient"),
  ...rows("ru-gru-obsidian", [0, 1, 3, 4], "the note calls the gradient by what a gate is applied to after the gate"),
  ...rows("xopes-normalize-pre", [9], ENTRIES),
  ...rows("xopes-normalize-pre", [12], "of the note's second definition of q; ours is of the first"),
  ...rows("goubasarian-attention", [7], "the root of d_k, where the forward equation has d_k"),
  ...rows("fengdu78-dnn", [6], "for the mean over samples, which no forward equation takes"),
  ...rows("kevinzakka-batchnorm", [3], "the factor without the index stays inside the sum"),
  ...rows(
    "ln-jacobian-note",
    [0],
    "the derivatives of \\mu and \\sigma² put in; ours, by one member in forward mode, keeps them by name",
  ),
  ...rows("cs231n-case-study", [0], "the indicator of the note stands for an entry of the unit vector"),
  ...rows("cs189-gradients", [0], ENTRIES),
  ...rows("cs189-gradients", [1], "three steps written out, with local derivatives left open"),
]);
