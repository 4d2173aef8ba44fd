/** Which members of a family are given, and for which sizes a member would be read that does not exist. */
import type { Affine } from "../expr/domain.ts";
import { minus, named, namesIn, negative, type Polynomial, plus, substitute } from "../expr/polynomial.ts";
import type { Store } from "../tensor/tensor.ts";
import { conditionsOf, isEmpty, project, reduce } from "./affine.ts";
import type { Program } from "./program.ts";
import { readsOf, type Task } from "./task.ts";

/** The members of a store that no task computes, as alternatives; undefined if tasks compute all of them. */
export const givenMembers = (
  store: Store,
  tasks: readonly Task[],
  sizes: readonly Affine[],
): readonly (readonly Affine[])[] | undefined => {
  let open: readonly (readonly Affine[])[] = [conditionsOf(store.domain)];
  for (const { member, indices, over } of tasks) {
    const renaming = new Map<string, Polynomial>(indices.map(index => [index, named(`${index}'`)]));
    const equalities = member.flatMap((position, place) => {
      const difference = minus(substitute(position, renaming), named(store.indices[place] as string));
      return [difference, negative(difference)];
    });
    const covered = project(
      [...over.map(c => substitute(c, renaming)), ...equalities],
      indices.map(index => `${index}'`),
    );
    // What is left of each alternative: its points that break the first, or only the second … of the task's conditions.
    open = open.flatMap(alternative =>
      covered.flatMap((condition, i) => {
        const rest = [...alternative, ...covered.slice(0, i), plus(negative(condition), -1)];
        return isEmpty([...rest, ...sizes]) ? [] : [reduce(rest, sizes)];
      }),
    );
  }
  return open.length > 0 ? open : undefined;
};

/** Sizes for which a task reads a member outside its family's range: each an alternative whose conditions are all ≥ 0. */
export const impossibleSizes = (tasks: readonly Task[], sizes: readonly Affine[]): Program["impossible"] => {
  const found = new Map<string, Program["impossible"][number]>();
  for (const task of tasks) {
    for (const { of, inside } of readsOf(task.value)) {
      const member = new Map<string, Polynomial>(
        of.store.indices.map((index, place) => [index, of.member[place] as Polynomial]),
      );
      for (const condition of conditionsOf(of.store.domain)) {
        const outside = plus(negative(substitute(condition, member)), -1);
        const point = [...task.over, ...inside, outside];
        if (isEmpty([...point, ...sizes])) continue;
        const names = [...new Set(point.flatMap(namesIn))];
        const sized = new Set(sizes.flatMap(namesIn));
        const conditions = project(
          point,
          names.filter(name => !sized.has(name)),
        );
        const missing = `${of.store.symbol.name}[${of.member.map(p => p.key).join(", ")}]`;
        found.set(`${missing} ${conditions.map(c => c.key).join(";")}`, { conditions, missing });
      }
    }
  }
  return [...found.values()];
};
