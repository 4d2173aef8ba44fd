/** One system's names, functions, sizes and equations, before anything is known of shapes. */
import { type Diagnostic, DiagnosticError } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { namesIn, type Polynomial } from "../expr/polynomial.ts";
import type { Axis } from "../ops/along.ts";
import type { Syntax } from "../parse/syntax.ts";
import { sameArguments, withoutArguments } from "./arguments.ts";
import type { AxisWord } from "./axes.ts";
import { claimedWholes } from "./claimedwholes.ts";
import { countsIn, countsOf, meansIn } from "./counts.ts";
import { commonSize, type DeclaredShape, declaredShapes } from "./declared.ts";
import { differentiatedIn } from "./differentiated.ts";
import { spellDivergences } from "./divergences.ts";
import { tellFontsApart } from "./fonts.ts";
import { FunctionTable, reaches } from "./functions.ts";
import { sizeLatex } from "./greek.ts";
import { integerName, integerNames } from "./integers.ts";
import { type Labels, withLabels } from "./labels.ts";
import { leftSide, type PreparedEquation } from "./leftside.ts";
import { indexLetters, withoutBounds } from "./letters.ts";
import { type NoteMask, withMasks } from "./masks.ts";
import { type SizedAxis, sizedAxes } from "./namedaxes.ts";
import { type Family, Names, type Occurrence } from "./names.ts";
import { addTo, applicationsIn, baseOfName, headed, readNames, valueNames } from "./occurrences.ts";
import { highsOf, limitsOf, type Range } from "./ranges.ts";
import { readingsOf } from "./readings.ts";
import { isRealFormula } from "./realformulas.ts";
import { latexOf } from "./scriptlatex.ts";
import { isName, takeApart } from "./scripts.ts";
import { type Declaration, type Definition, isRemark } from "./statements.ts";
import type { SystemText } from "./systemtext.ts";
import { everyPart, textOf } from "./tree.ts";
import { uniteTwins } from "./twins.ts";
import { variablesOf } from "./variables.ts";
import { type Lying, saidOfVectors } from "./vectors.ts";
import { lyingSaid } from "./words.ts";

export interface SizeName {
  readonly name: string;
  readonly latex: string;
  role: "dimension" | "horizon";
  readonly span: Span;
}

export interface Prepared {
  readonly letters: ReadonlySet<string>;
  readonly names: Names;
  readonly functions: FunctionTable;
  readonly sizes: ReadonlyMap<string, SizeName>;
  readonly equations: readonly PreparedEquation[];
  readonly declared: readonly DeclaredShape[];
  /** Axes of which the sizes have names. */
  readonly axes: readonly SizedAxis[];
  /** Definitions that came second: claims. */
  readonly later: readonly Definition[];
  readonly ranges: readonly Range[];
  /** Where letters end that a mean runs over. */
  readonly means: ReadonlyMap<string, Polynomial>;
  /** Names that are said to be whole numbers and that are no signs of operations here: T where transposes are written \\top. */
  readonly counts: ReadonlySet<string>;
  /** Identifiers of names that are defined or declared as variables. */
  readonly variables: ReadonlySet<string>;
  readonly bases: { readonly defined: ReadonlySet<string>; readonly all: ReadonlySet<string> };
  readonly labels: Labels;
  readonly masks: readonly NoteMask[];
  /** Bases of names that are drawn at random, or that are called masks or rates. */
  readonly given: ReadonlySet<string>;
  readonly axisWords: readonly AxisWord[];
  /** Which way all vectors lie, where the note says it. */
  readonly vectors?: Axis;
  /** The names that the note calls vectors. */
  readonly lying: ReadonlyMap<Family, Lying>;
  /** How often the claims differentiate each name. */
  readonly differentiated: ReadonlyMap<Family, number>;
  /** Whether brackets behind a name only repeat what its definition says that it depends on: J(w). */
  readonly isValue: (name: Syntax, args: readonly Syntax[]) => boolean;
  /** What a value is said to depend on where it is defined: w of J(w) = …. */
  readonly argumentsOf: (name: Syntax) => readonly Syntax[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The bases of names that are defined without a script, and with none. */
const plainlyDefined = (definitions: readonly Definition[]): ReadonlySet<string> => {
  const names = definitions.map(({ left }) => headed(left)?.name ?? left);
  const scripted = new Set(names.flatMap(name => (name.kind === "scripted" ? (baseOfName(name) ?? []) : [])));
  return new Set(names.flatMap(name => baseOfName(name) ?? []).filter(base => !scripted.has(base)));
};

const CONSTANT_LETTERS = /^(?:lambda|eta|epsilon|varepsilon|gamma|mu|beta|alpha|kappa|nu|omega|tau|pi|delta)$/u;

/** `byEntries`: whether a formula for each index may give the entries of an array. */
export const prepare = (text: SystemText, shapes: readonly Declaration[], byEntries = false): Prepared => {
  const { statements: sorted, diagnostics: slips } = uniteTwins(
    tellFontsApart(
      withoutBounds({
        ...text.statements,
        declarations: [...text.statements.declarations, ...shapes],
      }),
    ),
  );
  const { statements: masked, masks } = withMasks(sorted);
  const { statements, labels } = withLabels(masked);
  const diagnostics: Diagnostic[] = [...slips];
  const letters = indexLetters(statements);
  const sizes = new Map<string, SizeName>();
  const addSizes = (syntax: Syntax | null, role: SizeName["role"]): void => {
    if (!syntax) return;
    for (const [name, written] of integerNames(syntax)) {
      if (letters.has(name)) continue;
      const known = sizes.get(name);
      if (!known) sizes.set(name, { name, latex: latexOf(written), role, span: written.span });
      else if (role === "horizon") known.role = "horizon";
    }
  };

  // Sizes: what stands in shapes, in limits and in ranges.
  for (const { sizes: list } of statements.declarations)
    for (const size of list) addSizes(commonSize(size, letters), "dimension");
  for (const name of statements.integers) addSizes(name, "dimension");
  for (const { size } of statements.axes) addSizes(size, "dimension");
  const addRange = (range: Range): void => {
    for (const bound of [range.low, range.high]) {
      for (const name of bound ? namesIn(bound) : []) {
        if (letters.has(name) || sizes.has(name)) {
          const known = sizes.get(name);
          if (known) known.role = "horizon";
        } else
          sizes.set(name, {
            name,
            latex: sizeLatex(name),
            role: "horizon",
            span: range.span,
          });
      }
    }
  };
  for (const range of statements.ranges) addRange(range);
  for (const { right, left, conditions } of statements.definitions) {
    for (const range of conditions) addRange(range);
    for (const part of [...everyPart(left), ...everyPart(right)]) {
      if (part.kind === "big" && limitsOf(part)) {
        addSizes(part.upper, "horizon");
        addSizes(part.lower, "horizon");
      } else if (part.kind === "scripted") {
        const { elements } = takeApart(part);
        for (const element of elements) {
          if (element.kind === "shape") for (const size of element.sizes) addSizes(size, "dimension");
        }
      }
    }
  }

  const named = new Set(
    [...statements.definitions.map(({ left }) => left), ...statements.declarations.map(({ name }) => name)].flatMap(
      name => integerName(name) ?? [],
    ),
  );
  for (const syntax of countsIn(
    statements.definitions.map(({ right }) => right),
    named,
  ).values())
    addSizes(syntax, "dimension");

  // Definitions of functions, of values, and remarks about sizes.
  const functions = new FunctionTable(letters, plainlyDefined(statements.definitions));
  const given = statements.definitions.filter(
    definition =>
      !isRemark(
        definition,
        name => sizes.has(name),
        name => letters.has(name),
      ),
  );
  const leftBases = new Set<string>();
  const declaredBases = new Set<string>();
  for (const { left } of given) if (left.kind !== "product") addTo(leftBases, baseOfName(left));
  for (const { name } of statements.declarations) addTo(declaredBases, baseOfName(headed(name)?.name ?? name));
  const definitions: Definition[] = [];
  const values = new Map<string, readonly Syntax[]>();
  const isIndexed = (name: Syntax): boolean =>
    everyPart(name).some(part => part.kind === "symbol" && letters.has(part.name));
  /** Whether a function is applied to anything but the names that it is defined of, or to one member of many. */
  const givenOthers = (definition: Definition, { name, args }: NonNullable<ReturnType<typeof headed>>): boolean =>
    given.some(
      other =>
        other !== definition &&
        applicationsIn(other.right).some(
          application =>
            functions.keyOf(application.name) === functions.keyOf(name) &&
            (args.some(isIndexed) || !sameArguments(application.args, args)),
        ),
    );
  for (const definition of given) {
    const head = headed(definition.left);
    // ℓ(o, y) = … where ℓ is applied elsewhere; L(x, w) = … defines L itself.
    const local = head?.args.every(arg => isName(takeApart(arg).core));
    if (head && local && givenOthers(definition, head)) {
      const fn = functions.add(head.name);
      const parameters = head.args.map(textOf);
      const [parameter] = parameters;
      if (!fn || parameter === undefined || fn.formula || fn.inline) continue;
      if (parameters.length === 1 && isRealFormula(definition.right, parameter))
        fn.formula = { parameter, body: definition.right, span: definition.span };
      else fn.inline = { parameters, body: definition.right };
      fn.declaredAt = definition.span;
    } else {
      const key = head && functions.keyOf(head.name);
      if (head && (local || isOpaque(head.args)) && key !== undefined) values.set(key, head.args);
      definitions.push(head ? { ...definition, left: head.name } : definition);
    }
  }
  const argumentsOf = (name: Syntax): readonly Syntax[] | undefined => values.get(functions.keyOf(name) ?? "");
  const isValue = (name: Syntax, args: readonly Syntax[]): boolean => {
    const own = argumentsOf(name);
    return own !== undefined && sameArguments(own, args);
  };
  for (const [i, definition] of definitions.entries()) {
    const right = spellDivergences(withoutArguments(definition.right, isValue));
    if (right !== definition.right) definitions[i] = { ...definition, right };
  }
  for (const { left } of definitions) addTo(leftBases, baseOfName(left));

  // Functions: what is applied and is no variable.
  const defined = new Set([...leftBases, ...declaredBases]);
  const bodies = [
    ...definitions.map(definition => definition.right),
    ...functions.all.flatMap(fn => fn.formula?.body ?? fn.inline?.body ?? []),
  ];
  const applied = bodies.flatMap(applicationsIn);
  const bare = new Set<string>();
  for (const body of bodies) {
    const heads = new Set(applicationsIn(body).map(({ name }) => name));
    for (const name of valueNames(body)) if (!heads.has(name)) addTo(bare, baseOfName(name));
  }
  const elementwise = new Set(
    text.remarks.flatMap(remark => (remark.says === "scalar" || lyingSaid(remark) ? [] : [baseOfName(remark.name)])),
  );
  // w (x − m) is a product where the note has ∂L/∂w, and y (w^⊤ x + b) where it has y x.
  const variable = variablesOf(statements.claims, bodies);
  for (const { name, args } of applied) {
    const count = Math.max(args.length, 1);
    const base = baseOfName(name);
    const { core } = takeApart(name);
    if (base === undefined || core.kind !== "symbol" || functions.isFunction(name) || variable.has(base)) continue;
    const letter = base.split(" ").at(-1) as string;
    const looksLikeOne =
      count > 1 ||
      core.form === "word" ||
      elementwise.has(base) ||
      functions.isApart(name) ||
      (!CONSTANT_LETTERS.test(letter) &&
        !/^[A-Z]$/u.test(letter) &&
        core.fonts.every(font => font === "mathrm" || font === "mathcal"));
    const isVariable = defined.has(base) || bare.has(base);
    if (looksLikeOne && (count > 1 || !isVariable || functions.isApart(name))) functions.add(name);
  }
  for (const { name, says, span } of text.remarks) {
    const fn = functions.findName(name);
    if (!fn || says === "scalar") continue;
    if (says === "elementwise") {
      fn.declared = "elementwise";
      fn.declaredAt ??= span;
    } else if ("losses" in says) fn.losses ??= says.losses;
    else if ("vector" in says || "oneHot" in says) continue;
    else if (!fn.formula && !fn.inline && fn.spelling === undefined) {
      fn.spelling = says.function;
      fn.declaredAt = span;
    }
  }

  const circular = functions.all.find(fn => reaches(functions, fn, fn));
  if (circular) {
    throw new DiagnosticError({
      code: "N008",
      severity: "error",
      message: `${circular.latex} is defined by itself`,
      spans: [{ span: circular.declaredAt ?? circular.span, label: "never ends" }],
    });
  }

  // Names with their indices.
  const scalars = text.remarks.filter(remark => remark.says === "scalar");
  const isFunctionName = (syntax: Syntax): boolean => functions.isFunction(syntax);
  const occurrences: Occurrence[] = [];
  for (const { left } of definitions) occurrences.push({ syntax: left, place: "left" });
  for (const { name, sizes: list } of statements.declarations)
    occurrences.push({ syntax: name, place: "declared", sizes: list });
  for (const { name } of scalars) {
    const integer = integerName(name);
    if (!isFunctionName(name) && (integer === undefined || !sizes.has(integer)))
      occurrences.push({ syntax: name, place: "declared" });
  }
  const reads = bodies.flatMap(readNames).filter(name => !isFunctionName(name));
  for (const syntax of [...reads, ...claimedWholes(statements)]) occurrences.push({ syntax, place: "read" });
  const names = new Names(
    occurrences,
    letters,
    name => sizes.has(name),
    text => readingsOf(`^${text}`, 1).length > 0,
    highsOf(
      [...statements.ranges, ...given.flatMap(definition => definition.conditions)],
      definitions.map(({ right }) => right),
    ),
    byEntries,
    labels.bare,
  );
  const all = new Set(occurrences.flatMap(({ syntax }) => baseOfName(syntax) ?? []));

  // h_T and h_0: what stands in an index place without varying is a size.
  const variables = new Set<string>();
  for (const { syntax, place } of occurrences) {
    const found = names.resolve(syntax);
    if (place !== "read" && found?.family.rank === 0) {
      const name = integerName(syntax);
      if (name !== undefined) variables.add(name);
    }
    for (const index of found?.index ?? []) {
      for (const name of namesIn(index)) {
        if (letters.has(name)) continue;
        const known = sizes.get(name);
        if (known) known.role = "horizon";
        else
          sizes.set(name, {
            name,
            latex: sizeLatex(name),
            role: "horizon",
            span: syntax.span,
          });
      }
    }
  }

  const equations: PreparedEquation[] = [];
  const later: Definition[] = [];
  for (const definition of definitions) {
    try {
      const equation = leftSide(definition, names, equations);
      if (equation) equations.push(equation);
      else later.push(definition);
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      diagnostics.push(error.diagnostic);
    }
  }

  const declared = declaredShapes(
    {
      declarations: statements.declarations,
      occurrences,
      scalars: scalars.filter(({ name }) => !isFunctionName(name) && all.has(baseOfName(name) ?? "")),
      ...(text.scalars ? { allScalars: text.scalars } : {}),
    },
    names,
    letters,
    diagnostics,
  );
  const vectors = saidOfVectors(text.vectors);
  const lying = new Map(
    text.remarks.flatMap((remark): readonly (readonly [Family, Lying])[] => {
      const [vector, found] = [lyingSaid(remark), names.resolve(remark.name)];
      return vector && found && all.has(found.family.base) ? [[found.family, vector]] : [];
    }),
  );
  return {
    letters,
    names,
    functions,
    sizes,
    equations,
    declared,
    axes: sizedAxes(statements.axes, names),
    later,
    variables,
    labels,
    masks,
    given: new Set(statements.given.flatMap(name => baseOfName(name) ?? [])),
    axisWords: text.axisWords,
    ...(vectors ? { vectors } : {}),
    lying,
    differentiated: differentiatedIn(statements.claims, names),
    isValue,
    argumentsOf,
    diagnostics,
    ranges: statements.ranges,
    means: meansIn(bodies, name => sizes.has(name) && !variables.has(name)),
    counts: countsOf(statements.integers, [...bodies, ...definitions.map(({ left }) => left)]),
    bases: { defined, all },
  };
};

/** D(q(z|x) \\| p(z)): nothing that a function could be given, so the name with its brackets is a value. */
const isOpaque = (args: readonly Syntax[]): boolean => args.some(arg => arg.kind === "given");
