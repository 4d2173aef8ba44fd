/** Right equations of the public notes that are called otherwise, each with the reason, in the order of the notes. */
export const FALSE_ALARMS: Readonly<Record<string, string>> = {
  "goubasarian-attention/bp-7":
    "the forward equations divide by d_k, the formula above them by its root, and the note goes on with the root",
};
