/** One row of the error catalogue: what `gradnote explain CODE` prints. */
export interface CatalogueRow {
  /** One line, without the particulars. */
  readonly title: string;
  /** What it means, why it matters, what to do. */
  readonly explanation: string;
}

/**
 * Every diagnostic code, by area: R reading the document and its LaTeX, N names, S shapes,
 * V verdicts on equations, I indices and domains, D deriving, G generating code, B budgets and limits.
 * A code is never reused. Each has one bad note in test/errors/.
 */
export const CATALOGUE = {
  B001: {
    title: "the work was given up because it takes too many steps",
    explanation:
      "Every stage counts its steps and stops at a limit, so that no note can make the program hang. Split the equation, or name its parts.",
  },
  R001: {
    title: "the formula cannot be read",
    explanation:
      "The LaTeX does not fit the grammar at the marked place. Formulas that are not equations may be left as they are; they are passed over.",
  },
  R002: {
    title: "a bracket, brace or environment is not closed, or closes nothing",
    explanation:
      "Every ( [ \\{ | { \\left and \\begin needs its partner in the same row. Half-open intervals such as [0, 1) are understood; nothing else may close with a different bracket.",
  },
  R003: {
    title: "the formula is nested too deeply",
    explanation:
      "Brackets, scripts, fractions and signs may stand a few hundred levels deep. Name the inner parts in equations of their own.",
  },
  R004: {
    title: "a formula or a fence is opened and not closed",
    explanation:
      "A display between $$ and $$, \\[ and \\], or \\begin and \\end needs both ends. What follows the lone delimiter is read as words.",
  },
  R005: {
    title: "the front matter cannot be used",
    explanation:
      "The YAML block at the top of the note does not parse, or says something that gradnote does not know. Names hold braces and backslashes: put them in single quotes. Nothing from a damaged block is used.",
  },
  R006: {
    title: "the note is too large, or nested too deeply",
    explanation:
      "Notes of up to a million characters are read, with up to 100 list and quotation levels and 200 levels of braces in .tex files. Split the note.",
  },
  R010: {
    title: "a formula cannot be set",
    explanation:
      "The typesetter refuses the formula: a command that it does not know or that is not allowed (links, images, HTML), a missing brace, or more characters, levels or expansions than its limits allow. The formula is shown as text instead.",
  },
  R040: {
    title: "a line of code that the loss rests on is not understood",
    explanation:
      "Blocks of Python with NumPy are read as equations. A line with an operation that has no formula here is passed over, unless it stands between the parameters and the loss: then no derivative can be told. Write it with operations that are read, or as a formula.",
  },
  R041: {
    title: "several lines of code together say what a gradient is",
    explanation:
      "dscores = probs, dscores[range(n), y] -= 1 and dscores /= n are one claim: what is judged is the value behind the last line, with those before it put in.",
  },
  D001: {
    title: "an operation has no derivative",
    explanation:
      "Every derivative comes from a rule that was checked. Where there is no rule, gradnote says so instead of guessing, and never answers 0. Give the function by a formula, or write the expression in other operations.",
  },
  D002: {
    title: "an index occurs with a stride",
    explanation:
      "Solving an index map such as 2k + 1 for k needs a congruence, which is not supported yet. Indices must occur with coefficient 1 or -1.",
  },
  D003: {
    title: "the parts of an index range cannot be put in order",
    explanation:
      "An adjoint falls into more pieces than can be told apart for all sizes and horizons. Give the ranges in terms of one horizon.",
  },
  D004: {
    title: "a derivation could not be checked",
    explanation:
      "Every derived equation is compared exactly with forward-mode differentiation before it is shown. Here no comparison gave an answer, for example because a value is undefined wherever it was tried, so nothing is shown.",
  },
  D005: {
    title: "the objective is not a scalar of the system",
    explanation:
      "Gradients are taken of a scalar that the note's forward equations compute. By default that is the one which nothing else reads.",
  },
  D006: {
    title: "a Jacobian or Hessian runs through a recurrence",
    explanation:
      "With the horizon a symbol, the derivative of one member of a recurrence by another, or by a parameter that every step reads, is no finite formula. A Hessian times a direction is: its equations run forwards and backwards along the recurrence like those of the gradient (--order 2).",
  },
  D007: {
    title: "a Jacobian or Hessian is not one formula",
    explanation:
      "On the way from the variable to what is differentiated, the index decides which equation holds, or which member is read. Name members that are read at constant shifts, such as o_t and x_{t-1}, or give the family one equation.",
  },
  D008: {
    title: "a Jacobian is no sum of products of entries",
    explanation:
      "The differential is known, but some operation on the way has no meaning in sums of products of entries, so neither a matrix nor entries can be written for it. Ask for a product with a direction instead.",
  },
  D009: {
    title: "a derivative is asked of something that does not depend on the variable",
    explanation:
      "No path of the forward equations leads from the one to the other, so the derivative is 0. Perhaps another member is meant, such as x_{t-1}.",
  },
  D010: {
    title: "a recurrence is not truncated",
    explanation:
      "With --truncate K errors go back at most K steps: to whatever reads a state from outside of the recurrence, states further back are given. That is written for recurrences of one step with a closed form of their own, of which none feeds another and which other equations read at one state only.",
  },
  R030: {
    title: "something in a forward equation has no value",
    explanation:
      "A forward equation is made of names, numbers and operations. Dots, text, relations, derivatives and slices have no value in it. An equation about derivatives is a claim and is read as one; anything else that is not an equation may be left as it is.",
  },
  R031: {
    title: "a number has too many digits",
    explanation: "Numbers are exact. More than 400 digits, or an exponent beyond three digits, are refused.",
  },
  R032: {
    title: "the left side of a forward equation is no name",
    explanation:
      "A forward equation defines the name on its left side. Numbers and expressions cannot be defined; perhaps a letter was misread, such as 0 for o.",
  },
  N001: {
    title: "an operation is not known",
    explanation:
      "Only operations with a checked rule for their derivative are read. Name the function in the front matter (functions), or write it out in operations that are known.",
  },
  N002: {
    title: "a norm is not known",
    explanation:
      "The norm with subscript 2 or F, or without one, is the root of the sum of squares; of a matrix, the Frobenius norm. Other norms are not read.",
  },
  N003: {
    title: "entries of an array are not read",
    explanation:
      "A subscript selects a member of a family, such as h_t. The same letter stands bare as an array of its own here, so the subscript would mean an entry. Write the equation for whole arrays, or give the family another letter.",
  },
  N004: {
    title: "an exponent is not a whole number",
    explanation: "Exponents are integers, indices or sizes. Write a root or exp for anything else.",
  },
  N005: {
    title: "a list of values is not read",
    explanation:
      "Arrays are joined in square brackets: [a; b] on top of each other, [a, b] side by side (columns, which cannot be joined so unless they have one length, on top of each other). Every member must be written.",
  },
  N006: { title: "a division by zero", explanation: "The denominator is the number 0." },
  N007: {
    title: "a function is used with different numbers of arguments",
    explanation:
      "One letter stands for one function here, and a function has as many arguments at each place as at the first.",
  },
  N008: {
    title: "a function is defined by itself",
    explanation:
      "The formula of a function applies the function again, perhaps through others. Recurrences are written with an index: h_t in terms of h_{t-1}.",
  },
  N010: {
    title: "there is no scalar to differentiate",
    explanation:
      "The objective is the scalar that is defined and that nothing else reads. Define one, or name it in the front matter, gradnote: {objective: L}.",
  },
  N011: {
    title: "several scalars could be the objective",
    explanation:
      "More than one defined scalar is read by nothing else. The one is taken that most backward equations differentiate; without such equations name it in the front matter, gradnote: {objective: L}.",
  },
  N012: {
    title: "the front matter speaks of a name that the note does not have",
    explanation: "Names in the front matter are written as in the formulas. Quote them when they hold braces.",
  },
  N014: {
    title: "no forward equations were found",
    explanation: "A system needs at least one equation that defines a name, such as z = W x.",
  },
  N015: {
    title: "the objective does not depend on something that is computed",
    explanation:
      "A name is defined, but no equation on the way to the objective reads it. Perhaps it is written differently where it should be read: what is read without being defined is named.",
  },
  N016: {
    title: "a loss is differentiated and nowhere defined",
    explanation:
      "The note speaks of the derivatives of a loss and does not say what the loss is. It is then some function of what the equations compute last, and the gradients by that are given; everything before follows from them. Define the loss to have it differentiated too.",
  },
  N017: {
    title: "a small and a capital letter are taken for one name",
    explanation:
      "One of them is defined, or declared, and never read; the other is read and never defined. Most often that is a slip of the pen. Where they are two names, give one of them another letter. A small letter with a counter, x_i beside X, is a row of the matrix, or a column where the index goes through its columns.",
  },
  N018: {
    title: "a function of vectors is applied to the rows or columns of a matrix",
    explanation:
      "Softmax, layer normalisation and the like are functions of one vector. Given a matrix, they are applied to every row or to every column of it. The note does not say to which, and what the matrix holds suggests one: in X W and in Q K^T there is a row for each sample or query. Say it in words (row-wise, of each column) or by the name (softmax with the subscript row) to settle it.",
  },
  N019: {
    title: "a name that only gradients speak of is taken for the argument of a function",
    explanation:
      "The note differentiates by a name that no forward equation defines, and whose subscript is a computed name: z_{ot} beside o_t = σ(…). It is then what the function in that equation is applied to, the pre-activation, and gets an equation and a gradient of its own. Define the name to say otherwise.",
  },
  N020: {
    title: "a constant is taken for a part, between 0 and 1",
    explanation:
      "\\max(\\alpha z, z) is the leaky rectifier, and its derivative 1 where z is positive, only if α lies between 0 and 1: beyond 1 it is the other way round. The note does not say what α is; it is read as everybody means it. Write the cases out to say otherwise.",
  },
  S001: {
    title: "the two sides of an equation differ in shape",
    explanation:
      "What is on the right has another number of rows or columns than the name on the left, as declared or as used elsewhere.",
  },
  S002: {
    title: "an operation does not fit the shapes of its arguments",
    explanation:
      "No meaning of the sign conforms: a matrix product needs equal inner sizes, sums and elementwise products need equal shapes, a factor may be a scalar.",
  },
  S003: {
    title: "two declarations of one name contradict each other",
    explanation: "A name has one shape. Correct one of the two places.",
  },
  S004: {
    title: "a formula can be read in more than one way",
    explanation:
      "The readings cost the same and mean different things. Declare a shape, or write the product with \\odot or brackets.",
  },
  S005: {
    title: "no consistent shapes were found",
    explanation: "Each equation can be read by itself, but not all of them together.",
  },
  S006: {
    title: "a shape is not understood",
    explanation:
      "Shapes are one or two sizes: \\mathbb{R}^{h \\times d}, \\mathbb{R}^d, \\mathbb{R}. Sizes are names, numbers and products of these.",
  },
  S007: {
    title: "a size varies with an index",
    explanation:
      "All members of a family have one shape. Sizes such as n^{[l]} that differ from layer to layer are not read; take one size for all members of the family.",
  },
  S008: {
    title: "a symmetric or diagonal matrix is not square",
    explanation: "Only a square matrix equals its transpose or has a diagonal that says it all.",
  },
  I001: {
    title: "an index is bound nowhere",
    explanation: "Every index on the right of an equation must stand on its left, or be the index of a sum or product.",
  },
  I002: {
    title: "limits of a sum or product are not understood",
    explanation: "Limits have the form t = 1 below and T above, 1 \\le t \\le T below, or one index alone.",
  },
  I003: {
    title: "no order makes every read earlier",
    explanation:
      "A family reads members that are themselves computed from it. A forward pass needs an order of the indices in which everything is known when it is read.",
  },
  I004: {
    title: "the range of an index is not known",
    explanation: "Give it beside an equation, t = 1, \\ldots, T, or in a sum.",
  },
  I007: {
    title: "an entry outside of its array",
    explanation:
      "Entries and slices are counted from 1 to the size of the array. The range of an index that names them must keep them inside, whatever the sizes are.",
  },
  I006: {
    title: "a literal number is too large for a size, shift or range",
    explanation:
      "Everything is checked at small sizes before it is shown, which a literal range of millions makes impossible. Write a name for it, such as T, or a smaller number.",
  },
  I005: {
    title: "an equation defines members that another one defines",
    explanation:
      "One member has one equation. Give each equation the range of indices for which it holds. (A later equation for all members of a family that is already defined is a claim.)",
  },
  G001: {
    title: "no order of loops computes every member before it is read",
    explanation:
      "Code needs loops over the indices in which each member is computed before it is used. Give the equations so that along some index every read goes back, or every read goes forward.",
  },
  G002: {
    title: "there is no code for a part of an equation",
    explanation:
      "Code is generated from what an operation means in sums of products of entries. A chain-rule step that is not worked out, or a member that has no equation and is not given, has no such meaning.",
  },
  G003: {
    title: "a function is not known under this name",
    explanation:
      "An abstract function is made concrete by the name of an operation with the same arguments: \\phi: tanh, \\ell: half squared error. Without one, the generated code takes the function as an argument.",
  },
  G004: {
    title: "the name of the batch size is in use",
    explanation: "The batch size needs a name that is no dimension or horizon of the note.",
  },
  V000: {
    title: "a definition: there is nothing to check",
    explanation:
      "The equation gives a name its meaning: a forward equation, a notation such as prod, or a name for a gradient. Other equations are judged with it.",
  },
  V001: {
    title: "the equation cannot be read, or no reading of it means anything",
    explanation:
      "The LaTeX does not fit the grammar, its shapes do not fit together in any reading, or something is differentiated by a whole number. It is not held against the author: letters are often lost in copying.",
  },
  V002: {
    title: "the equation has no value",
    explanation:
      "It reads a member outside of the index domain, such as h_{T+1}, or a name that nothing defines. A claim never extends a domain.",
  },
  V003: {
    title: "the equation holds only under an assumption that the note does not make",
    explanation:
      "The two sides differ in general and agree under the assumption that is named, the weakest that was found. State the assumption, or take the mended form.",
  },
  V004: {
    title: "the equation is wrong",
    explanation:
      "The two sides differ, each evaluated with the true values of everything that it names: the counterexample can be redone by hand. Where one edit mends it, the edit is given.",
  },
  V005: {
    title: "it could not be decided whether the equation is right",
    explanation:
      "There is no verdict by default: a missing law, an operation without a derivative or an empty range is said to be so.",
  },
  V010: {
    title: "the equation is right: both sides have one canonical form",
    explanation: "Laws of matrices, sums and products turn one side into the other, without any assumption.",
  },
  V011: {
    title: "the equation is right: both sides are exactly equal wherever they were tried",
    explanation:
      "Both sides were evaluated in a prime field at random points, at several horizons and sizes, derivatives by forward mode. A wrong equation passes with the probability that is given at most.",
  },
  V012: {
    title: "the equation is right in another convention",
    explanation:
      "It gives the derivative in another layout (transposed), or of an objective that the note itself states (a sum for a mean).",
  },
  V013: {
    title: "the equation is right, but stops at prod",
    explanation: "The chain rule is applied and its local derivatives are not worked out. The finished form is given.",
  },
  V014: {
    title: "the equation is right once a misread letter is repaired",
    explanation:
      "A symbol that is nowhere defined was read as one that looks alike, because then the shapes fit and the equation is true. The evidence is given; --fix writes the repair.",
  },
  V020: {
    title: "this derivative is not judged yet",
    explanation:
      "Claims are judged where they hold derivatives whose result has at most two axes: first ones of anything, second ones of the loss. Jacobians of matrices stand inside prod(…), where they are contracted.",
  },
  V021: {
    title: "this derivative is not understood",
    explanation:
      "Above and below the line of a derivative stand names, or a function of the note. prod(∂L/∂v, ∂v/∂u) takes a gradient first, then derivatives.",
  },
  V022: {
    title: "a derivative by a whole number",
    explanation:
      "Horizons, sizes and indices are whole numbers: nothing can be differentiated by them. Perhaps a letter was misread.",
  },
} as const satisfies Record<string, CatalogueRow>;
