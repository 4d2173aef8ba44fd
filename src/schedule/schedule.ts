/** From a derivation to a loop program: forward equations, then the contributions to every gradient. */
import { type Diagnostic, DiagnosticError, failure, type Result, success } from "../base/diagnostic.ts";
import type { Contribution, Derivation, Gradient } from "../derive/gradient.ts";
import { domain, intersect } from "../expr/domain.ts";
import type { Node, SymbolNode } from "../expr/node.ts";
import { minus, named, namesIn, type Polynomial, ZERO } from "../expr/polynomial.ts";
import { rational } from "../expr/rational.ts";
import { type Equation, familyOf, indexOf, type System } from "../expr/system.ts";
import { contains, postorder, replaceNodes } from "../expr/walk.ts";
import { findOp } from "../ops/index.ts";
import { lower } from "../tensor/lower.ts";
import { integerTensor, productOf } from "../tensor/product.ts";
import { joinNames, type Store, type Tensor } from "../tensor/tensor.ts";
import { conditionsOf, leastSizes } from "./affine.ts";
import { externalFunctions, functionBodies } from "./bodies.ts";
import { type ConcreteFunctions, concreteFunctions, type FunctionChoices } from "./functions.ts";
import { givenMembers, impossibleSizes } from "./members.ts";
import { orderTasks, type Writing } from "./order.ts";
import type { Buffer, Given, Program, Section, Statement } from "./program.ts";
import { contributionRemark, equationRemark } from "./remarks.ts";
import { perSample, SAMPLE, Storage, Temporaries } from "./stores.ts";
import { substituteInStatements } from "./substitute.ts";
import { dependencesOf, type Task } from "./task.ts";
import { Writer } from "./writer.ts";

export interface ScheduleOptions {
  /** What abstract functions are: "tanh" for phi. The others are given to the code when it runs. */
  readonly functions?: FunctionChoices;
  /** A name for the number of samples. The loss is then the mean over samples; data and states have one member a sample. */
  readonly batch?: string;
}

/** The equations, with arguments that the derivation names replaced by their names, after the equations of these names. */
const namedEquations = ({ system, abbreviations }: Derivation): readonly Equation[] => {
  const renamed = system.equations.map((equation): Equation => {
    const by = new Map<Node, Node>();
    for (const { left, right, over, indices } of abbreviations) {
      const ranges = new Set(equation.over.where.map(c => c.key));
      // Only where the name exists at every point of the equation, under the same index names.
      if (over.where.every(c => ranges.has(c.key)) && indices.every(index => equation.indices.includes(index)))
        by.set(right, left);
    }
    return { ...equation, right: replaceNodes(equation.right, by) };
  });
  return [...abbreviations, ...renamed];
};

/** tensor / count */
const dividedBy = (tensor: Tensor, count: Polynomial): Tensor => {
  const axes = tensor.sizes.map((_, place) => `a${place}`);
  const divisor = integerTensor(count);
  const one: Tensor = { kind: "number", value: rational(1), sizes: [], names: new Set() };
  const share: Tensor = { kind: "each", scalar: "divide", args: [one, divisor], sizes: [], names: divisor.names };
  const extents = new Map(axes.map((axis, place) => [axis, tensor.sizes[place] as Polynomial] as const));
  return productOf(
    [
      { of: share, axes: [] },
      { of: tensor, axes },
    ],
    axes,
    extents,
  );
};

/** Everything that is known while a derivation becomes tasks. */
interface Setting {
  readonly system: System;
  readonly storage: Storage;
  readonly functions: ConcreteFunctions;
}

const refuse = (message: string): DiagnosticError =>
  new DiagnosticError({ code: "G002", severity: "error", message, spans: [] });

const storeOf = (store: Store | undefined, symbol: SymbolNode): Store => {
  if (!store) throw refuse(`${symbol.name} has nowhere to stand`);
  return store;
};

const forwardTask = (equation: Equation, { system, storage, functions }: Setting): Task => {
  const symbol = familyOf(equation.left);
  const target = storeOf(storage.value(symbol), symbol);
  const prefix = storage.prefix(target);
  const over = prefix.length > 0 ? intersect(storage.sampleDomain, equation.over) : equation.over;
  return {
    target,
    member: [...prefix, ...indexOf(equation.left)],
    indices: [...(prefix.length > 0 ? [SAMPLE] : []), ...equation.indices],
    over: conditionsOf(over),
    value: lower(functions.rewrite(equation.right), storage, system.objective, equation.span),
    mode: "set",
    remark: equationRemark(equation),
    ...(equation.span ? { span: equation.span } : {}),
  };
};

const backwardTask = (
  gradient: Gradient,
  contribution: Contribution,
  { system, storage, functions }: Setting,
): Task => {
  const symbol = familyOf(gradient.wrt);
  const target = storeOf(storage.gradient(symbol), symbol);
  const entry = system.symbols.get(symbol.name);
  const prefix = storage.prefix(target);
  const { span } = contribution.equation;
  const isReaderPerSample = storage.isPerSample(familyOf(contribution.reader));
  let value = lower(functions.rewrite(contribution.value), storage, system.objective, span);
  // The loss is the mean over samples: what comes straight from it, and not from another gradient, has its share.
  if (storage.samples && isReaderPerSample && !contains(contribution.value, node => node.kind === "partial")) {
    value = dividedBy(value, storage.samples.size);
  }
  if (isReaderPerSample && prefix.length === 0) {
    value = {
      kind: "fold",
      index: SAMPLE,
      domain: storage.sampleDomain,
      body: value,
      sizes: value.sizes,
      names: joinNames([value.names], [SAMPLE]),
    };
  }
  const over = intersect(
    contribution.over,
    entry?.domain ?? domain([]),
    ...(prefix.length > 0 ? [storage.sampleDomain] : []),
  );
  return {
    target,
    member: [...prefix, ...indexOf(gradient.wrt)],
    indices: [...(prefix.length > 0 ? [SAMPLE] : []), ...gradient.indices],
    over: conditionsOf(over),
    value,
    mode: "add",
    remark: contributionRemark(gradient, contribution),
    ...(span ? { span } : {}),
  };
};

/** What the ops of the equations say of points without a derivative. */
const kinksOf = (equations: readonly Equation[], { ops }: ConcreteFunctions): readonly string[] => {
  const names = new Set(
    equations.flatMap(({ right }) => postorder(right).flatMap(node => (node.kind === "call" ? [node.op] : []))),
  );
  return [...new Set([...[...names].map(findOp), ...ops].flatMap(op => op?.kinks?.say ?? []))].sort();
};

/** loss ← mean of the objective over samples. */
const meanLoss = (loss: Buffer, objective: Buffer, samples: Polynomial): Section => [
  { kind: "remark", lines: ["The loss is the mean over the samples."] },
  { kind: "assign", to: { kind: "entry", buffer: loss, at: [] }, mode: "set", value: { kind: "number", value: 0 } },
  {
    kind: "for",
    index: SAMPLE,
    from: [[ZERO]],
    to: [[minus(samples, 1)]],
    direction: "up",
    body: [
      {
        kind: "assign",
        to: { kind: "entry", buffer: loss, at: [] },
        mode: "add",
        value: {
          kind: "apply",
          scalar: "divide",
          args: [
            { kind: "entry", buffer: objective, at: [named(SAMPLE)] },
            { kind: "integer", value: samples },
          ],
        },
      },
    ],
  },
];

const checkSizes = (system: System, storage: Storage): void => {
  for (const { node, latex } of system.symbols.values()) {
    const unknown = node.shape.flatMap(namesIn).find(name => !system.sizes.has(name));
    if (unknown !== undefined) throw refuse(`the size ${unknown} of ${latex} is not a size of the whole system`);
    if (!storage.isBounded(node)) throw refuse(`the indices of ${latex} have no bounds`);
  }
};

/** Loops around tasks; each unit is a section. */
const sectionsOf = (tasks: readonly Task[], system: System, write: Writing): readonly Section[] => {
  const sizes = leastSizes(system.sizes.values());
  const ordered = orderTasks(tasks, dependencesOf(tasks, sizes), sizes, write);
  if ("units" in ordered) return ordered.units.map(unit => unit.statements);
  const names = [...new Set(ordered.circular.map(task => task.target.symbol.name))];
  const diagnostic: Diagnostic = {
    code: "G001",
    severity: "error",
    message: `no order of loops computes every member of ${names.join(", ")} before it is read`,
    spans: ordered.circular.flatMap(({ span }) => (span ? [{ span, label: "reads what is computed later" }] : [])),
  };
  throw new DiagnosticError(diagnostic);
};

/** The steps that set what users may set: members without an equation. */
const givenOf = (system: System, storage: Storage, forward: readonly Task[]): readonly Given[] =>
  [...system.symbols.values()].flatMap(entry => {
    const store = storeOf(storage.value(entry.node), entry.node);
    const own = forward.filter(task => task.target === store);
    const where = givenMembers(store, own, leastSizes(system.sizes.values()));
    if (!where) return [];
    return [
      { buffer: storage.bufferOf(store), role: entry.role, partly: own.length > 0, where, indices: store.indices },
    ];
  });

const programOf = (derivation: Derivation, options: ScheduleOptions): Program => {
  const { gradients } = derivation;
  const equations = namedEquations(derivation);
  const { batch } = options;
  const known = derivation.system;
  if (batch !== undefined && (known.sizes.has(batch) || !/\S/u.test(batch))) {
    throw new DiagnosticError({
      code: "G004",
      severity: "error",
      message: `"${batch}" cannot name the number of samples`,
      spans: [],
    });
  }
  const system: System =
    batch === undefined
      ? known
      : {
          ...known,
          sizes: new Map([...known.sizes, [batch, { name: batch, latex: batch, role: "horizon", least: 1 }]]),
        };
  const functions = concreteFunctions(system, options.functions ?? {});
  const samples = batch === undefined ? undefined : { size: named(batch), symbols: perSample(system, equations) };
  const storage = new Storage(system, samples, new Set(gradients.map(gradient => familyOf(gradient.wrt))));
  checkSizes(system, storage);
  const setting: Setting = { system, storage, functions };
  const forward = equations.map(equation => forwardTask(equation, setting));
  const backward = gradients.flatMap(gradient =>
    gradient.contributions.map(contribution => backwardTask(gradient, contribution, setting)),
  );
  if (functions.diagnostics.length > 0) throw new DiagnosticError(functions.diagnostics[0] as Diagnostic);

  const temporaries = new Temporaries();
  const writing =
    (isDerivative: boolean): Writing =>
    (task, fixed) => {
      temporaries.returnAll();
      const writer = new Writer({
        bufferOf: storage.bufferOf,
        temporary: temporaries.lend,
        fresh: storage.fresh,
        isDerivative,
      });
      const statements: readonly Statement[] = [
        { kind: "remark", lines: task.remark },
        ...writer.write(task.value, task.target, task.member, task.mode),
      ];
      return [...fixed].every(([index, value]) => value.key === index)
        ? statements
        : substituteInStatements(statements, fixed);
    };
  const given = givenOf(system, storage, forward);
  const forwardSections = sectionsOf(forward, system, writing(false));
  const gradientBuffers = gradients.map(gradient =>
    storage.bufferOf(storeOf(storage.gradient(familyOf(gradient.wrt)), familyOf(gradient.wrt))),
  );
  const clearing: Section = gradientBuffers.map((buffer): Statement => ({ kind: "fill", buffer }));
  const backwardSections = sectionsOf(backward, system, writing(true));
  const objective = storage.bufferOf(storeOf(storage.value(system.objective), system.objective));
  const isMean = samples !== undefined && storage.isPerSample(system.objective);
  const loss: Buffer = isMean ? { holds: "value", extents: [], double: true } : objective;
  const all = [...forward, ...backward];
  return {
    name: system.name,
    sizes: [...system.sizes.values()],
    ...(batch === undefined ? {} : { batch }),
    buffers: [...storage.buffers, ...(isMean ? [loss] : []), ...temporaries.buffers],
    given,
    loss,
    forward: isMean ? [...forwardSections, meanLoss(loss, objective, samples.size)] : forwardSections,
    backward: [
      [{ kind: "remark", lines: ["Every gradient is a sum of contributions."] }, ...clearing],
      ...backwardSections,
    ],
    functions: functionBodies(all, functions, storage, system),
    externals: externalFunctions(all, functions),
    kinks: kinksOf(equations, functions),
    impossible: impossibleSizes(forward, leastSizes(system.sizes.values())),
  };
};

/**
 * The loop program of a derivation. Fails with G001 (no order of loops), G002 (no code for a part), G003 (unknown
 * function), G004 (the batch size's name is in use), or a code of the deriver's for a function without a derivative.
 */
export const schedule = (derivation: Derivation, options: ScheduleOptions = {}): Result<Program> => {
  try {
    return success(programOf(derivation, options));
  } catch (error) {
    if (error instanceof DiagnosticError) return failure(error.diagnostic);
    throw error;
  }
};
