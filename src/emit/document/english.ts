import { powerOfTen } from "../../latex/integers.ts";
import { joinProse, math, type Prose, prose } from "./prose.ts";
import type { Sentences } from "./sentences.ts";

const enumerate = (parts: readonly Prose[]): Prose =>
  parts.length < 2
    ? parts.flat()
    : [...joinProse(parts.slice(0, -1), ", "), ...prose` and `, ...(parts.at(-1) as Prose)];

const numbers = (tags: readonly string[]): string =>
  enumerate(tags.map(tag => prose`(${tag})`))
    .map(part => ("text" in part ? part.text : ""))
    .join("");

/** The field of an exact check, set as a formula. */
const field = (method: string): Prose => {
  const size = /field of 2\^(\d+) - 1/u.exec(method)?.[1];
  return size === undefined
    ? prose` (${method})`
    : prose`, exactly, over the field of ${math(`2^{${size}} - 1`)} elements`;
};

/** What is said of the signs on which max and |x| depend. */
export const signsInEnglish = (signs: number | undefined): Prose =>
  signs === undefined
    ? []
    : prose` Signs, on which ${math("\\max")} and ${math("|x|")} depend, are not counted in this: they were drawn at least ${signs} times in every equation.`;

const capitalised = (text: Prose): Prose => {
  const [first, ...rest] = text;
  return first && "text" in first
    ? [{ text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest]
    : text;
};

export const ENGLISH: Sentences = {
  language: "en",
  title: names => `Backward pass: ${names.join(", ")}`,
  jacobianTitle: names => `Jacobians: ${names.join(", ")}`,
  headings: {
    conventions: "Conventions",
    forward: "Forward equations",
    symbols: "Symbols and shapes",
    abbreviations: "Abbreviations",
    backward: "Backward equations",
    parameters: "Gradients of the parameters",
    closedForms: "Closed form",
    truncated: "Truncated backpropagation",
    growth: "Growth",
    checked: "What was checked",
    rules: "Derivative rules used",
    second: "Hessian times a direction",
    hessian: "Hessian",
    jacobians: "Jacobians",
  },
  columns: { symbol: "symbol", role: "role", shape: "shape", range: "range", origin: "shape from" },
  roles: {
    defined: "computed",
    parameter: "parameter",
    constant: "constant",
    data: "data",
    label: "label",
    target: "target",
    initial: "initial state",
  },
  origins: {
    declared: "declaration",
    inferred: "inference",
    "front matter": "front matter",
    assumed: "assumption",
    named: "a name of ours",
  },

  layout: objective =>
    prose`A gradient has the shape of its variable (denominator layout): the entries of ${math(`\\partial ${objective}/\\partial x`)} stand where those of ${math("x")} stand.`,
  numerator: objective =>
    prose`A gradient is written in numerator layout: ${math(`\\partial ${objective}/\\partial x`)} is a row for a column ${math("x")}, and for an ${math("m \\times n")} matrix ${math("W")} the gradient is ${math("n \\times m")}; the chain rule multiplies from left to right.`,
  vectors: prose`Vectors are columns.`,
  hadamard: prose`${math("\\odot")} multiplies entry by entry; juxtaposition is the matrix product and binds more tightly.`,
  emptyFolds: prose`An empty sum is 0, an empty product of matrices the identity.`,
  mask: name =>
    prose`The mask ${math(name)} is given. Where it is ${math("-\\infty")}, a softmax is 0, and nothing goes back through it:`,
  otherwise: "otherwise",
  labels: units => {
    const several = units.length > 1;
    const [names, places] = [units.map(({ unit }) => [math(unit)]), units.map(({ label }) => [math(label)])];
    return prose`${enumerate(names)} ${several ? "are the unit vectors" : "is the unit vector"} with a one at the ${several ? "places" : "place"} ${enumerate(places)} and zeros elsewhere: a product with ${several ? "one of them" : "it"} takes the entry, row or column of that number and, in a gradient, adds to that one alone.`;
  },
  notation: {
    prod: objective =>
      prose`${math(`\\operatorname{prod}(\\partial ${objective}/\\partial v, \\partial v/\\partial u)`)} multiplies a gradient by an immediate partial derivative, the one through the equation of ${math("v")} alone, after the transpositions that the shapes ask for.`,
    plain: () =>
      prose`In chain-rule lines the factors stand side by side; the line below each of them puts the transpositions in.`,
    nabla: objective => prose`${math(`\\nabla_x ${objective}`)} is the gradient of ${math(objective)} by ${math("x")}.`,
    delta: objective => prose`${math("\\delta_x")} stands for the gradient of ${math(objective)} by ${math("x")}.`,
    differential: () =>
      prose`${math("\\langle A, B \\rangle = \\sum_{i,j} A_{ij} B_{ij}")}. A gradient is what stands beside ${math("\\mathrm{d}x")} in the differential of the objective.`,
  },
  kinksLead: prose`Where a function has no derivative, what the table says stands in its place.`,
  kinkColumns: { function: "function", where: "at", returns: "derivative there" },
  undefined: "not defined",

  gap: " ",
  stop: ".",
  colon: ":",
  forwardLead: objective => prose`The scalar that is differentiated is ${math(objective)}.`,
  functionLead: functions =>
    prose`${enumerate(functions.map(fn => [fn]))} ${functions.length === 1 ? "is" : "are"} left abstract; a prime marks the derivative.`,
  spelledLead: (letter, name) => prose`${letter} is the function ${name}.`,
  abbreviationsLead: prose`The backward equations use short names for the following expressions.`,
  backwardLead: objective =>
    prose`From ${math(objective)} backwards, in an order in which every gradient on a right side is known already, or known for the neighbouring index.`,
  only: range => prose`For ${range}:`,
  where: prose`where`,
  together: prose`Together:`,

  chainRule: paths => (paths === 1 ? prose`chain rule` : prose`chain rule, one term for each path`),
  differential: prose`differential`,
  local: equations =>
    equations.length === 0
      ? prose`local derivatives`
      : prose`local ${equations.length === 1 ? "derivative" : "derivatives"} of ${numbers(equations)}`,
  direct: equations => prose`derivative of ${numbers(equations)}`,
  knownAdjoint: prose`the gradient in front is known`,
  noPath: (symbol, objective) =>
    prose`${math(objective)} does not depend on ${symbol}: no equation leads from one to the other.`,
  errorFromTime: index => [prose`error from ${index},`, prose`back through time`],
  errorFromLayer: index => [prose`error from layer ${index}`],
  errorFrom: index => [prose`error from ${index}`],
  through: member => [prose`through ${member}`],

  recursive: (ways, first) => {
    const way = enumerate(
      ways.map(
        ({ direction, indices }) => prose`with ${enumerate(indices)} ${direction === "down" ? "falling" : "rising"}`,
      ),
    );
    return first ? prose`Evaluated recursively from ${first} on, ${way}.` : prose`Evaluated recursively, ${way}.`;
  },
  beyond: zero => prose` With ${enumerate(zero)} the formula of the inner members holds there too.`,
  validFrom: condition => prose`The cases stand as written for ${condition}.`,
  short: horizons => prose`For ${horizons} they meet:`,

  closedLead: (range, fn) => {
    const solved = prose`the recurrence is solved${range ? prose` for ${range}` : ""} by`;
    return fn ? prose`If ${fn} is the identity, ${solved}` : capitalised(solved);
  },
  coupledLead: (gradients, several) =>
    !several
      ? prose`With every other gradient on the way put in, one matrix carries ${gradients} from member to member:`
      : prose`${gradients} depend on each other. With every other gradient on the way put in, one matrix in blocks carries them from member to member:`,
  closedPutIn: (range, fn) => {
    const put = prose`the solution put in gives${range ? prose`, for ${range}` : ""}`;
    return fn ? prose`If ${fn} is the identity, ${put}` : capitalised(put);
  },
  closedTwin: range => prose`With its sum run the other way the same form reads${range ? prose`, for ${range}` : ""}`,
  indeedFor: range => prose`Indeed, for ${range}:`,
  indeed: prose`Indeed:`,
  entry: prose`Entry by entry:`,
  collected: putIn =>
    putIn ? prose`With the gradients above put in and the terms collected:` : prose`With the terms collected:`,
  truncatedLead: window =>
    prose`Errors go back at most ${window} steps: to everything outside of a recurrence that reads one of its states, the states more than ${window} steps away from that one are given and do not vary (Williams and Peng 1990). Of every sum along the recurrence the terms within that distance remain:`,
  noClosedForm: (gradient, reason) => prose`No closed form is given for ${gradient}: ${reason}.`,
  productOrder: (letter, first, side) =>
    prose`The factor with ${math(`${letter} = ${first}`)} of the product stands ${side === "left" ? "leftmost" : "rightmost"}.`,
  base: range => (range ? prose`Base case ${range}:` : prose`Base case:`),
  induction: range =>
    range
      ? prose`Induction step, for ${range}: the form put into the recurrence gives the form again.`
      : prose`Induction step: the form put into the recurrence gives the form again.`,

  jacobianLead: prose`Rows are the entries of what is differentiated, columns those of the variable: ${math("J_{ij} = \\partial f_i / \\partial x_j")}. The derivative by a scalar has the shape of what is differentiated.`,
  vecs: prose`A matrix stands for its ${math("\\operatorname{vec}")}, its columns one below the other.`,
  tangentLead: (directions, objective) =>
    prose`A dot marks the differential when the variables move in the ${directions.length === 1 ? "direction" : "directions"} ${enumerate(directions.map(direction => [direction]))}, and a bar the gradient: ${math(`\\overline{u} = \\partial ${objective} / \\partial u`)}. Each equation of the forward and of the backward pass is differentiated once more; so no Hessian is formed, and a product costs about as much as two gradients (Pearlmutter 1994).`,
  tangentForward: prose`Forwards:`,
  tangentBackward: products =>
    products.length === 0
      ? prose`Backwards:`
      : prose`Backwards; the ${products.length === 1 ? "product" : "products"} with the Hessian ${products.length === 1 ? "is" : "are"} ${enumerate(products.map(product => [product]))}:`,
  differentialOf: prose`Put into one another, the differentials give`,
  readOff: prose`and what the direction is multiplied by is`,
  noMatrix: prose`No matrix notation fits; entry by entry, it is`,
  noNotation: derivative =>
    prose`For ${derivative} there is neither a matrix nor a formula for its entries beyond this differential.`,
  noHessian: (variables, reason) =>
    prose`The Hessian by ${enumerate(variables.map(variable => [variable]))} is no single formula: ${reason}. Its product with a direction is given above.`,

  growthHypotheses: "Supposed:",
  checked: ({ method, horizons: [from, to], sizes, bound, signs }, hasHorizon) =>
    prose`Every equation of the backward pass was compared with forward-mode differentiation of the forward equations${field(method)}, at ${sizes} ${sizes === 1 ? "assignment" : "assignments"} of sizes${hasHorizon ? ` and horizons ${from} to ${to}` : ""}. A wrong formula passes with a probability of at most ${math(powerOfTen(bound))}.${signsInEnglish(signs)}`,
  rulesLead: prose`With ${math("\\bar X")} for the gradient of the objective by ${math("X")}:`,
  along: { rows: "taken of every row: ", columns: "taken of every column: " },
  rule: (result, received, along) =>
    prose`${along === undefined ? "" : ENGLISH.along[along]}for ${result}, ${enumerate(received.map(([argument, value]) => prose`${argument} receives ${value}`))}`,
  sumRule: prose`a sum passes its gradient to each of its terms`,
  productRule: prose`a factor of an ordered product receives the gradient between the transposed factors before and after it`,
  enumerate,
};
