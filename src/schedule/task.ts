/** What is to be computed: one equation, or one contribution to a gradient, at every point of its domain. */
import type { Span } from "../base/source.ts";
import type { Affine } from "../expr/domain.ts";
import { minus, named, negative, type Polynomial, plus, soleName, substitute } from "../expr/polynomial.ts";
import { operandsOf, type ReadTensor, type Store, type Tensor } from "../tensor/tensor.ts";
import { conditionsOf, isEmpty } from "./affine.ts";

export interface Task {
  readonly target: Store;
  /** The member that is set or added to, in terms of `indices`. */
  readonly member: readonly Polynomial[];
  readonly indices: readonly string[];
  readonly over: readonly Affine[];
  readonly value: Tensor;
  readonly mode: "set" | "add";
  /** What a reader is told: the equation. */
  readonly remark: readonly string[];
  readonly span?: Span;
}

/** A task that reads what another one writes. */
export interface Dependence {
  readonly writer: Task;
  readonly reader: Task;
  /** The position of the writer's loops at which the read member is written: a value, or a name in `conditions`, for each index. */
  readonly at: ReadonlyMap<string, Polynomial>;
  /** What holds at the points where the read happens, about the reader's indices, sums around the read, and `at`. */
  readonly conditions: readonly Affine[];
}

export interface Read {
  readonly of: ReadTensor;
  /** Conditions of the sums around it. */
  readonly inside: readonly Affine[];
}

/** Every read in a tensor, with the sums around it. */
export const readsOf = (root: Tensor): readonly Read[] => {
  const reads: Read[] = [];
  const open: { readonly tensor: Tensor; readonly inside: readonly Affine[] }[] = [{ tensor: root, inside: [] }];
  const seen = new Set<Tensor>();
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { tensor, inside } = item;
    if (seen.has(tensor)) continue;
    seen.add(tensor);
    if (tensor.kind === "read") reads.push({ of: tensor, inside });
    const isLoop = tensor.kind === "fold" || tensor.kind === "chain";
    const within = isLoop ? [...inside, ...conditionsOf(tensor.domain)] : inside;
    for (const operand of [...operandsOf(tensor)].reverse()) open.push({ tensor: operand, inside: within });
  }
  return reads;
};

const dependence = (
  writer: Task,
  reader: Task,
  { of, inside }: Read,
  sizes: readonly Affine[],
): Dependence | undefined => {
  const at = new Map<string, Polynomial>();
  const own = new Map<string, Polynomial>(writer.indices.map(index => [index, named(`${index}'`)]));
  const equalities: Affine[] = [];
  for (const [place, position] of writer.member.entries()) {
    const target = of.member[place] as Polynomial;
    const index = soleName(position);
    if (index !== undefined && own.has(index) && !at.has(index)) at.set(index, target);
    else {
      const difference = minus(substitute(position, own), target);
      equalities.push(difference, negative(difference));
    }
  }
  for (const [index, name] of own) if (!at.has(index)) at.set(index, name);
  const solved = new Map([...at].map(([index, value]) => [`${index}'`, value] as const));
  const conditions = [
    ...reader.over,
    ...inside,
    ...equalities.map(c => substitute(c, solved)),
    ...writer.over.map(c => substitute(c, at)),
  ];
  if (conditions.length > 0 && isEmpty([...conditions, ...sizes])) return undefined;
  return { writer, reader, at, conditions };
};

/** Who reads what whom writes, as far as it cannot be ruled out. */
export const dependencesOf = (tasks: readonly Task[], sizes: readonly Affine[]): readonly Dependence[] => {
  const writers = new Map<Store, Task[]>();
  for (const task of tasks) {
    const known = writers.get(task.target);
    if (known) known.push(task);
    else writers.set(task.target, [task]);
  }
  return tasks.flatMap(reader =>
    readsOf(reader.value).flatMap(read =>
      (writers.get(read.of.store) ?? []).flatMap(writer => dependence(writer, reader, read, sizes) ?? []),
    ),
  );
};

/** How much later than the write the read is, along an index of each: the reader's position less the writer's. */
export const distanceOf = ({ at }: Dependence, readerIndex: string, writerIndex: string): Polynomial =>
  plus(readerIndex, negative(at.get(writerIndex) ?? named(`${writerIndex}'`)));
