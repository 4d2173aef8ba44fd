/** The cases of matrix.json: derivatives from public sources, and the plain note that asks for each. */

/** A derivative and its right answer; each row of matrix.json names its source. */
export interface MatrixCase {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly latex_expression: string;
  /** The system whose last scalar is differentiated; only for `graph`. */
  readonly definitions?: readonly string[];
  readonly wrt: string;
  /** The vector of a Hessian-vector product. */
  readonly direction?: string;
  /** The range of an index for which the answer holds. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  readonly shapes: Readonly<Record<string, readonly string[]>>;
  readonly expected_latex: string;
  readonly assumptions: readonly string[];
  readonly domain: Readonly<Record<string, string>>;
  /** The sizes at which the answer was compared with finite differences. */
  readonly dims_checked: Readonly<Record<string, number>>;
}

/** What a domain is called in a note. */
const WORDS: Readonly<Record<string, string>> = {
  sym: "symmetric",
  spd: "symmetric and positive definite",
  diag: "diagonal",
  inv: "invertible",
  pos: "positive in each entry",
  posmat: "positive in each entry",
};

const declaration = (name: string, shape: readonly string[]): string => {
  const sizes = shape.filter(size => size !== "1");
  return sizes.length === 0 ? `$${name}$ is a scalar` : `$${name} \\in \\mathbb{R}^{${sizes.join(" \\times ")}}$`;
};

/** Exponents and horizons: what was given a number for the comparison and is neither a side of an array nor a variable. */
const integersOf = ({ shapes, dims_checked }: MatrixCase): readonly string[] => {
  const sides = new Set(Object.values(shapes).flat());
  return Object.keys(dims_checked).filter(name => !sides.has(name) && !Object.hasOwn(shapes, name));
};

const isFamily = (row: MatrixCase, name: string): boolean => {
  const letter = /^(\w+)_t$/u.exec(name)?.[1];
  return letter !== undefined && new RegExp(`(?<![A-Za-z\\\\])${letter}_\\{`, "u").test(row.latex_expression);
};

/** The name of the published answer where it stands beside the question; no case has a variable of this name. */
const ANSWER = "\\Gamma";

/** The family that a member x_{2} is of, as declared: x_t. */
const familyOfMember = ({ wrt, shapes }: MatrixCase): string | undefined => {
  const letter = /^(.*)_\{\d+\}$/u.exec(wrt)?.[1];
  return letter !== undefined && Object.hasOwn(shapes, `${letter}_t`) ? `${letter}_t` : undefined;
};

/** The answer as a definition, with the shape of the variable; for one member x_{2} of a family that of any member x_t. */
const answerOf = (row: MatrixCase, answer: string): { readonly declared: string[]; readonly equation: string } => {
  const member = familyOfMember(row);
  if (member !== undefined) return { declared: [], equation: `${ANSWER}_t = ${answer.replaceAll(row.wrt, member)}` };
  const shape = /^gradient|^hvp$/u.test(row.kind) ? row.shapes[row.wrt] : undefined;
  return { declared: shape ? [declaration(ANSWER, shape)] : [], equation: `${ANSWER} = ${answer}` };
};

/**
 * The case as a note: what the variables are in a sentence, one display for each equation. With `answer`, the published
 * answer stands in it as one more definition, so that our own reader types it over the same system.
 */
export const noteOf = (row: MatrixCase, answer?: string): string => {
  const { shapes, domain } = row;
  const declared = Object.entries(shapes).map(([name, shape]) => declaration(name, shape));
  const integers = integersOf(row).map(name => `$${name} \\in \\mathbb{N}$`);
  const words = Object.entries(domain).flatMap(([name, kind]) => {
    const word = WORDS[kind];
    return word !== undefined && !isFamily(row, name) ? [`$${name}$ is ${word}`] : [];
  });
  const sigma = answer?.includes("\\sigma") ? ["$\\sigma$ is the logistic function"] : [];
  const equations = row.definitions ?? [`f = ${row.latex_expression}`];
  const published = answer === undefined ? undefined : answerOf(row, answer);
  const answers = published ? [published.equation] : [];
  const sentence = [...declared, ...(published?.declared ?? []), ...integers, ...words, ...sigma].join(", ");
  const front = row.kind === "gradient" ? "---\ngradnote:\n  objective: f\n---\n" : "";
  return `${front}Let ${sentence}.\n\nFP:\n\n${[...answers, ...equations].map(line => `$$${line}$$`).join("\n\n")}\n`;
};
