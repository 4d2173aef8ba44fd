/** Names in which the notes speak of their own forward equations' names and of gradients by them. */

export interface NoteNames {
  /** Two spellings of one name: as the backward rows have it, and as the forward equations do. */
  readonly spellings?: readonly (readonly [string, string])[];
  /** Names of gradients that only the words around the rows explain. */
  readonly gradients?: Readonly<Record<string, string>>;
  /** Parts, by their headings, in which gradients are rows. */
  readonly rows?: readonly string[];
  /** Parts in which the derivative of a column by a column is the transpose of the Jacobian: denominator layout throughout. */
  readonly transposedJacobians?: readonly string[];
}

export const NAMES: Readonly<Record<string, NoteNames>> = {
  // "我们忽略层次信息，令δ^l_t = δ_t", which is ∂loss/∂h_t.
  "ai-edu-lstm": { gradients: { delta_t: "∂[h_t]" } },
  // kv_i in the backward rows is the state o_i of the forward equations; do_i is what the loss gives for o_i directly.
  "xopes-oplr": { gradients: { dkv_i: "∂[o_i]", "dkv_i+1": "∂[o_i+1]", "dkv_n+1": "∂[o_n+1]", do_i: "∂ell·o_i[o_i]" } },
  "fengdu78-dnn": {
    spellings: [
      ["w", "W"],
      ["Z", "z"],
    ],
  },
  "d2l-en-2019-bptt": { transposedJacobians: ["Backpropagation Through Time in Detail"] },
  "stevring-cs224n-a2": { rows: ["Naive softmax"] },
  "peterroelants-rnn-part01": { spellings: [["S", "s"]] },
};

/** Rows among the backward ones that are no gradients of the note's system. */
export const NO_GRADIENTS: ReadonlyMap<string, string> = new Map([
  ["xopes-flao/bp-0", "a forward equation, repeated"],
  ["xopes-flao/bp-1", "a forward equation, repeated"],
  ["goubasarian-attention/bp-10", "a rule for products, of names that no equation of the note has"],
  ["goubasarian-attention/bp-11", "a rule for products, of names that no equation of the note has"],
]);
