/** What the functions of a system take and give, imposed on their applications in claims. */
import { type Node, rowsAndColumns, type Shape } from "../../expr/node.ts";
import { postorder } from "../../expr/walk.ts";
import type { Drafts } from "../draft.ts";
import type { NoteFunction } from "../functions.ts";
import type { Forward } from "../read.ts";
import type { Extent } from "../sizes.ts";

export const extentOfShape = (shape: Shape): Extent => {
  const [rows, columns] = rowsAndColumns(shape);
  return { rows, columns };
};

/** A function of the system takes and gives in claims what it takes and gives there; ℓ′(z) of a number ℓ(z) is its gradient. */
export const imposeKind = ({ typing, assembled }: Forward, fn: NoteFunction, drafts: Drafts): void => {
  if (fn.applications.length === 0) return;
  const kind = typing.kinds.get(fn);
  const id = assembled.functionIds.get(fn.key);
  const model =
    id === undefined
      ? undefined
      : assembled.system.equations
          .flatMap(({ right }) => postorder(right))
          .find(node => node.kind === "call" && node.attributes.function === id);
  for (const application of fn.applications) {
    const draft = drafts.at(application);
    if (draft.kind !== "application") continue;
    const args = draft.args.map(arg => drafts.at(arg).extent);
    const extents = [draft.extent, ...args];
    if (kind === "elementwise" || kind === undefined || !model || model.kind !== "call") {
      drafts.addChoice(
        [{ cost: 0, impose: sizes => args[0] !== undefined && sizes.unifyExtents(draft.extent, args[0]) }],
        extents,
      );
      continue;
    }
    const { args: models, shape } = model;
    const isGradient = draft.order === 1 && args.length === 1 && shape.length === 0;
    const given = isGradient ? (args[0] as Extent) : extentOfShape(shape);
    drafts.addChoice(
      [
        {
          cost: 0,
          impose: sizes =>
            models.length === args.length &&
            sizes.unifyExtents(draft.extent, given) &&
            args.every((arg, i) => sizes.unifyExtents(arg, extentOfShape((models[i] as Node).shape))),
        },
      ],
      extents,
    );
  }
};
