/** The generated file around the loops: sizes, buffers, functions, the passes, and the gradient check. */
import { ONE, type Polynomial, plus, ZERO } from "../../expr/polynomial.ts";
import type { Buffer, Extent, FunctionBody, Given, Program, Section } from "../../schedule/program.ts";
import type { ScalarFunction } from "../../tensor/tensor.ts";
import { CHECK, CHECK_TYPES, PLACE, RATIO, SIZE, TOLERANCES, WORDS } from "./frame.ts";
import { isPi, maskLines } from "./initial.ts";
import { kernelsIn } from "./kernels.ts";
import { keyOf, Names, safeText, wordOf } from "./names.ts";
import { faceName, Printer, type Vocabulary } from "./print.ts";

const orderName = (order: number): string =>
  order === 0 ? "value" : order === 1 ? "derivative" : `derivative${order}`;

/** What an array holds, as the note writes it: labels and not their unit vectors. */
const latexOf = ({ symbol, labels }: Buffer): string => {
  const latex = symbol?.latex ?? "";
  return (labels && /^e_\{(.*)\}$/u.exec(latex)?.[1]) ?? latex;
};

/** Everything in a program under the name that it has in the file. */
class Dictionary implements Vocabulary {
  readonly names = new Names(WORDS);
  readonly sizes = new Map<string, { readonly property: string; readonly local: string }>();
  readonly #buffers = new Map<Buffer, string>();
  readonly #variables = new Map<Buffer["symbol"], string>();
  readonly #functions = new Map<string, string>();
  readonly #externals = new Map<string, string>();
  /** By function name: its key in the object that the user gives. */
  readonly given = new Map<string, string>();

  constructor(program: Program) {
    const properties = new Names();
    for (const { name, latex, role } of program.sizes) {
      const property = properties.take(keyOf(latex, "size"));
      this.sizes.set(name, {
        property,
        local: this.names.take(
          role === "horizon" ? wordOf(property, "n") : property.startsWith("n_") ? property : `n_${property}`,
        ),
      });
    }
    for (const buffer of program.buffers) {
      if (buffer.holds === "value" && buffer.symbol)
        this.#buffers.set(buffer, this.names.take(wordOf(latexOf(buffer), "v")));
    }
    for (const [{ symbol }, name] of this.#buffers) this.#variables.set(symbol, name);
    for (const buffer of program.buffers) {
      if (buffer.holds === "gradient") this.#buffers.set(buffer, this.names.take(`d_${this.variable(buffer)}`));
      else if (buffer.holds === "temporary") this.#buffers.set(buffer, this.names.take("temporary"));
      else if (!buffer.symbol) this.#buffers.set(buffer, this.names.take("mean_loss"));
    }
    const keys = new Names();
    for (const { function: called, latex } of program.functions) {
      const key = this.given.get(called.name) ?? keys.take(wordOf(latex, "f"));
      this.given.set(called.name, key);
      const suffix = called.order === 0 ? "" : called.order === 1 ? "_prime" : `_prime${called.order}`;
      this.#functions.set(`${called.order} ${called.name}`, this.names.take(`${key}${suffix}`));
    }
    for (const { name, latex } of program.externals) this.#externals.set(name, keys.take(wordOf(latex, "f")));
  }

  /** The name of what a gradient is the gradient of. */
  variable(gradient: Buffer): string {
    return this.#variables.get(gradient.symbol) ?? "v";
  }

  readonly size = (name: string): string | undefined => this.sizes.get(name)?.local;
  readonly buffer = (buffer: Buffer): string => this.#buffers.get(buffer) ?? "v";
  readonly function = ({ name, order }: ScalarFunction): string => this.#functions.get(`${order} ${name}`) ?? "f";
  readonly external = (name: string): string => this.#externals.get(name) ?? "f";
}

const ROLE_WORDS: Readonly<Record<Given["role"], string>> = {
  defined: "state",
  parameter: "parameter",
  constant: "constant",
  data: "data",
  label: "label",
  target: "target",
  initial: "initial state",
};

/** The length of a buffer: the product of its extents, each at least 0. */
const lengthOf = (buffer: Buffer, printer: Printer): string => {
  const extents = buffer.extents.map(({ extent }) => {
    const isPositive = extent.monomials.every(m => m.coefficient > 0);
    const { text, strength } = printer.polynomial(extent);
    if (!isPositive) return `Math.max(0, ${text})`;
    return strength < 2 && buffer.extents.length > 1 ? `(${text})` : text;
  });
  return extents.filter(text => text !== "1").join(" * ") || "1";
};

const describeExtents = (buffer: Buffer, printer: Printer): string =>
  buffer.extents.length === 0
    ? "[1]"
    : `[${buffer.extents
        .map(({ lower, extent, of }) => {
          const count = printer.polynomial(extent).text;
          const start = printer.polynomial(lower).text;
          return of === "index" ? `${count} from ${start}` : count;
        })
        .join(", ")}]`;

/** A scalar as an array of one entry. */
const ONLY_ENTRY: Extent = { lower: ZERO, extent: ONE, of: "entry" };

/** Every word of code, without its comments. */
const wordsOf = (code: string): ReadonlySet<string> =>
  new Set(code.replace(/^\s*\/[/*].*$/gmu, "").match(/[A-Za-z_]\w*/gu) ?? []);

const printSections = (sections: readonly Section[], dictionary: Dictionary): string => {
  const printer = new Printer(dictionary, 2);
  for (const [i, section] of sections.entries()) {
    if (i > 0) printer.line("");
    printer.statements(section);
  }
  printer.release();
  return printer.text;
};

const printBody = ({ function: called, argument, body, latex }: FunctionBody, dictionary: Dictionary): string => {
  const printer = new Printer(dictionary, 1);
  const name = dictionary.function(called);
  const title = `${safeText(latex)}${"'".repeat(called.order)}`;
  if (!body) {
    const given = `functions.${dictionary.given.get(called.name) ?? "f"}.${orderName(called.order)}`;
    return `  /** ${title} */\n  const ${name} = (z: number): number => ${given}(z);`;
  }
  const inner = new Printer(dictionary, 2);
  const z = inner.bindLocal(argument, "z");
  const last = body.statements.at(-1);
  const isLast = last?.kind === "constant" && body.value.kind === "local" && last.local === body.value.local;
  inner.statements(isLast ? body.statements.slice(0, -1) : body.statements);
  const value = inner.expression(isLast ? last.value : body.value).text;
  inner.line(`return ${value};`);
  inner.release();
  printer.line(`/** ${title} */`);
  return `${printer.text}\n  const ${name} = (${z}: number): number => {\n${inner.text}\n  };`;
};

/** The interface of functions that the user gives. */
const printFunctions = (program: Program, dictionary: Dictionary): string => {
  const lines: string[] = [];
  const byName = new Map<string, number[]>();
  for (const { function: called, body } of program.functions) {
    if (!body) byName.set(called.name, [...(byName.get(called.name) ?? []), called.order]);
  }
  for (const [name, orders] of byName) {
    const methods = orders.map(order => `${orderName(order)}(z: number): number`);
    lines.push(`  readonly ${dictionary.given.get(name) ?? "f"}: { ${methods.join("; ")} };`);
  }
  for (const { name, faces } of program.externals) {
    lines.push(`  readonly ${dictionary.external(name)}: {`);
    for (const { face, slot, args, result } of faces) {
      const names = args.map(
        (arg, i) =>
          `${face === "pull" ? (i === 0 ? "g" : `x${i}`) : `x${i + 1}`}: ${arg === "array" ? "Floats" : "number"}`,
      );
      const isArray = result === "array";
      lines.push(
        `    ${faceName(face, slot)}(${[...names, ...(isArray ? ["out: Floats"] : [])].join(", ")}): ${isArray ? "void" : "number"};`,
      );
    }
    lines.push("  };");
  }
  if (lines.length === 0) return "";
  return [
    "",
    "/**",
    " * The functions that the note leaves abstract. `derivative` is by the only argument; `gradient1` writes the gradient by the",
    " * first argument to `out` (or returns it, if it is a number); `pull1` that of g'f, for a cotangent g. Arrays are row-major.",
    ...(program.externals.some(({ faces }) => faces.some(({ face }) => face === "jacobian"))
      ? [" * `jacobian1` has a row for each entry of f, a column for each of the first argument, column after column."]
      : []),
    " */",
    "export interface Functions {",
    ...lines,
    "}",
    "",
  ].join("\n");
};

/** Whether a position in a buffer is one that the user sets. */
const printGiven = (given: Given, dictionary: Dictionary): string => {
  if (!given.partly) return "() => true";
  const printer = new Printer(dictionary, 0);
  const names = given.indices.map((index, place) => [index, `at[${place}]!`] as const);
  for (const [index, name] of names) printer.setIndex(index, name);
  const alternatives = given.where.map(conditions => conditions.map(c => printer.condition(c)).join(" && ") || "true");
  const usesAt = alternatives.some(text => text.includes("at["));
  return `${usesAt ? "at" : "()"} => ${alternatives.map(text => (alternatives.length > 1 ? `(${text})` : text)).join(" || ")}`;
};

const objectOf = (entries: readonly (readonly [string, string])[]): string =>
  entries.length === 0
    ? "{}"
    : `{ ${entries.map(([key, value]) => (key === value ? key : `${key}: ${value}`)).join(", ")} }`;

export interface PrintedProgram {
  readonly text: string;
  /** The identifier of each symbol's array, by the symbol's name. */
  readonly names: ReadonlyMap<string, string>;
}

export const printProgram = (program: Program, dtype: "f64" | "f32"): PrintedProgram => {
  const dictionary = new Dictionary(program);
  const plain = new Printer(dictionary, 1);
  const array = (buffer: Buffer): string => (dtype === "f64" || buffer.double ? "Float64Array" : "Float32Array");

  const forward = printSections(program.forward, dictionary);
  const backward = printSections(program.backward, dictionary);
  const bodies = program.functions.map(body => printBody(body, dictionary)).join("\n");
  const text = `${forward}\n${backward}\n${bodies}`;
  const nameOf = dictionary.buffer;
  const words = wordsOf(text);

  const givenBuffers = new Set(
    program.given.filter(g => g.role === "parameter" || words.has(nameOf(g.buffer))).map(g => g.buffer),
  );
  const given = program.given.filter(g => givenBuffers.has(g.buffer));
  const buffers = program.buffers.filter(b => b === program.loss || givenBuffers.has(b) || words.has(nameOf(b)));
  const gradients = buffers.filter(b => b.holds === "gradient");
  const gradientOf = new Map(gradients.map(b => [b.symbol, b] as const));
  const values = buffers.filter(b => b.holds === "value");

  const declarations = buffers.map(b =>
    b.labels
      ? `  const ${nameOf(b)} = new Int32Array(${lengthOf(b, plain)}).fill(${b.labels.first});`
      : `  const ${nameOf(b)} = new ${array(b)}(${lengthOf(b, plain)})${isPi(b) ? ".fill(Math.PI)" : ""};`,
  );
  const masks = buffers.flatMap(b => maskLines(b, dictionary));
  const lastPlace = ({ places, first }: NonNullable<Buffer["labels"]>): string =>
    plain.polynomial(plus(places, first - 1)).text;
  const labels = values.flatMap(b => (b.labels ? [{ name: nameOf(b), labels: b.labels }] : []));
  const listOf = (b: Buffer, part: (extent: Extent) => Polynomial): string =>
    `[${(b.extents.length === 0 ? [ONLY_ENTRY] : b.extents).map(e => plain.polynomial(part(e)).text).join(", ")}]`;
  const layouts = values
    .filter(b => b.symbol)
    .map(b => `    ${nameOf(b)}: { lower: ${listOf(b, e => e.lower)}, shape: ${listOf(b, e => e.extent)} },`);
  const checked = given.flatMap(g => {
    const gradient = gradientOf.get(g.buffer.symbol);
    const name = nameOf(g.buffer);
    const isGiven = printGiven(g, dictionary);
    if (!gradient) return [];
    return [
      `    { name: "${name}", values: ${name}, gradient: ${nameOf(gradient)}, ...layout.${name}, isGiven: ${isGiven} },`,
    ];
  });
  const impossible = program.impossible.map(({ conditions, missing }) => {
    const test = conditions.map(c => plain.condition(c)).join(" && ") || "true";
    return `  if (${test}) throw new RangeError("${safeText(missing).replaceAll("'", " ")} does not exist for these sizes");`;
  });
  const functionsText = printFunctions(program, dictionary);
  const rest = wordsOf([text, ...declarations, ...layouts, ...checked, ...impossible].join("\n"));
  const sizes = program.sizes.map(size => ({
    ...size,
    ...(dictionary.sizes.get(size.name) as { property: string; local: string }),
  }));
  const sizeLines = sizes.map(({ property, local, least }) => {
    const call = `wholeNumber("${property}", dims.${property}, ${least})`;
    return rest.has(local) ? `  const ${local} = ${call};` : `  ${call};`;
  });
  const tableRow = (b: Buffer): string => {
    const role = given.find(g => g.buffer === b);
    const what = role
      ? role.partly
        ? `${ROLE_WORDS[role.role]}, partly given`
        : ROLE_WORDS[role.role]
      : b === program.loss
        ? "loss"
        : "computed";
    const latex = b.symbol ? safeText(latexOf(b)) : "mean over samples";
    const range = b.labels ? `, ${b.labels.first} to ${lastPlace(b.labels)}` : "";
    return `//   ${nameOf(b)}  ${describeExtents(b, plain)}  ${what}${range}  (${latex})`;
  };
  const key = (b: Buffer): readonly [string, string] => [nameOf(b), nameOf(b)];
  const inputs = given.filter(g => g.role !== "parameter");
  const outputs = values.filter(b => !given.some(g => g.buffer === b && !g.partly));
  const usage = sizes.map(({ property, role }) => `${property}: ${role === "horizon" ? 5 : 3}`).join(", ");
  const secondArgument = functionsText === "" ? "" : ", functions: Functions";
  const lines = [
    `// Generated by gradnote from the system ${safeText(program.name)}: forward pass, loss and gradients.`,
    "// Strict TypeScript without dependencies. All memory is allocated in create(); a step allocates nothing.",
    "//",
    `//   const model = create({ ${usage} }${functionsText === "" ? "" : ", functions"});`,
    "//   model.parameters, model.inputs: set their entries (arrays are row-major)",
    "//   const loss = model.forward();",
    "//   model.backward();                      then read model.gradients",
    "//   model.check().ok                       compares the gradients with central differences",
    "//",
    "// Arrays, with their extents (an index with its first value, then the sizes of each member):",
    ...values.map(tableRow),
    "// Gradients have the shapes of their variables.",
    ...program.kinks.map(sentence => `// ${safeText(sentence)}`),
    ...(words.has("ratio")
      ? ["// In gradients a quotient with divisor 0 is 0: the convention where there is no derivative."]
      : []),
    "",
    `export type Floats = ${dtype === "f64" ? "Float64Array" : "Float64Array | Float32Array"};`,
    "",
    "export interface Dims {",
    ...sizes.map(
      ({ property, role, least, name }) =>
        `  /** ${name === program.batch ? "Number of samples" : role === "horizon" ? "Horizon" : "Dimension"}, at least ${least}. */\n  readonly ${property}: number;`,
    ),
    "}",
    functionsText,
    CHECK_TYPES,
    ...(sizes.length > 0 ? ["", SIZE] : []),
    ...(words.has("ratio") ? ["", RATIO] : []),
    ...(words.has("placeOf") ? ["", PLACE] : []),
    ...kernelsIn(words).flatMap(part => ["", part]),
    "",
    "/** Allocates a model of the given sizes. */",
    `export function create(${sizes.length > 0 ? "dims" : "_dims"}: Dims${secondArgument}) {`,
    ...sizeLines,
    ...impossible,
    "",
    ...declarations,
    ...(masks.length > 0 ? ["", ...masks] : []),
    ...(bodies === "" ? [] : ["", bodies]),
    "",
    "  /** Computes everything from parameters and inputs; returns the loss. */",
    "  function forward(): number {",
    forward,
    `    return ${nameOf(program.loss)}[0]!;`,
    "  }",
    "",
    "  /** Computes the gradients of the loss. Call forward() before. */",
    "  function backward(): void {",
    backward,
    "  }",
    "",
    "  /** The first index and the number of indices, then the sizes of each member: row-major. */",
    "  const layout = {",
    ...layouts,
    "  };",
    "",
    "  const checked: readonly Checked[] = [",
    ...checked,
    "  ];",
    "",
    CHECK.replace("TOLERANCES", TOLERANCES[dtype]),
    "",
    "  return {",
    `    parameters: ${objectOf(given.filter(g => g.role === "parameter").map(g => key(g.buffer)))},`,
    `    inputs: ${objectOf(inputs.map(g => key(g.buffer)))},`,
    "    /** What forward() computes. */",
    `    values: ${objectOf(outputs.map(key))},`,
    "    /** The gradient of the loss by each array, of the same layout. */",
    `    gradients: ${objectOf(gradients.map(b => [dictionary.variable(b), nameOf(b)] as const))},`,
    "    layout,",
    ...(labels.length > 0
      ? [
          "    /** The numbers that labels may be. */",
          `    labels: { ${labels.map(({ name, labels: of }) => `${name}: { from: ${of.first}, to: ${lastPlace(of)} }`).join(", ")} },`,
        ]
      : []),
    "    forward,",
    "    backward,",
    "    check,",
    "    /** The loss that forward() found last. */",
    "    get loss(): number {",
    `      return ${nameOf(program.loss)}[0]!;`,
    "    },",
    "  };",
    "}",
    "",
  ];
  const names = values.flatMap(b => (b.symbol ? [[b.symbol.node.name, nameOf(b)] as const] : []));
  return { text: lines.join("\n"), names: new Map(names) };
};
