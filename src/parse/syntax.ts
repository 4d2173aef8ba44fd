import type { Span } from "../base/source.ts";

/**
 * What a formula says, before anything is known of names and shapes. Every node covers a half-open
 * range of the note. Nothing is interpreted: products keep the spelling of their operator, scripts
 * stay trees, `f(z)` stays a product of `f` and a bracket that says it follows a name directly.
 */
export type Syntax =
  | SymbolSyntax
  | NumberSyntax
  | DotsSyntax
  | ProseSyntax
  | MarkSyntax
  | ScriptedSyntax
  | AccentSyntax
  | GroupSyntax
  | ListSyntax
  | GivenSyntax
  | SliceSyntax
  | RelationsSyntax
  | SumSyntax
  | ProductSyntax
  | FractionSyntax
  | RootSyntax
  | ApplySyntax
  | BigSyntax
  | DifferentialSyntax
  | DerivativeSyntax
  | MatrixSyntax
  | LabelledSyntax;

/**
 * A name. `name` is a letter ("W"), a command ("\\lambda"; the character λ gives the same), a word
 * ("in", from \text, \mathrm, \operatorname …) or, with form "run", several letters under one font
 * command (\mathbf{KV}), which may be one name or a product. `fonts` lists font commands without
 * backslash, outermost first ("mathbf"); `accents` likewise ("hat").
 */
export interface SymbolSyntax {
  readonly kind: "symbol";
  readonly name: string;
  readonly form: "letter" | "command" | "word" | "run";
  readonly fonts: readonly string[];
  readonly accents: readonly string[];
  /** The letters of a "run", should it turn out to be a product. */
  readonly parts?: readonly (SymbolSyntax | NumberSyntax)[];
  /** What the lexicon says of this spelling, where it stands without an argument (`φ = \tanh`). */
  readonly op?: string;
  readonly span: Span;
}

/** A decimal number as it is spelt, exactly: "0.5", "10". Fonts matter for \mathbf{1} and \mathbb{1}. */
export interface NumberSyntax {
  readonly kind: "number";
  readonly text: string;
  readonly fonts: readonly string[];
  readonly accents: readonly string[];
  readonly span: Span;
}

/** \dots and its relatives: an elided list member, factor or argument. */
export interface DotsSyntax {
  readonly kind: "dots";
  readonly spelling: string;
  readonly span: Span;
}

/** Words inside a formula that are not a name. */
export interface ProseSyntax {
  readonly kind: "prose";
  readonly text: string;
  readonly span: Span;
}

/**
 * An operator sign that stands alone: the ⊤ of x^\top, the * of x^*, the + of ∂^{+}, the · of y(\cdot);
 * with a body, the ⊙ of A^{\odot 2}.
 */
export interface MarkSyntax {
  readonly kind: "mark";
  readonly spelling: string;
  readonly op?: string;
  readonly body: Syntax | null;
  readonly span: Span;
}

/** A base with its sub- and superscripts and primes in the order in which they are written. */
export interface ScriptedSyntax {
  readonly kind: "scripted";
  readonly base: Syntax;
  readonly scripts: readonly Script[];
  readonly span: Span;
}

export type Script =
  | { readonly position: "sub" | "sup"; readonly body: Syntax; readonly span: Span }
  | { readonly position: "prime"; readonly count: number; readonly span: Span };

/** An accent over more than one symbol or number: \widehat{h_t}, \overline{AB}. */
export interface AccentSyntax {
  readonly kind: "accent";
  readonly accent: string;
  readonly body: Syntax;
  readonly span: Span;
}

/**
 * A bracketed part. `open` and `close` are one of ( ) [ ] \{ \} | \| \langle \rangle \lfloor \rfloor
 * \lceil \rceil, or "." for the missing half of \left. … \right|. Braces without meaning leave no node.
 */
export interface GroupSyntax {
  readonly kind: "group";
  readonly open: string;
  readonly close: string;
  /** null: nothing between the brackets. */
  readonly body: Syntax | null;
  /** What is written by cases and stands here as a sum over them; the one without a condition holds for all that is left. */
  readonly cases?: readonly Case[];
  readonly span: Span;
}

export interface Case {
  readonly value: Syntax;
  readonly where?: RelationsSyntax;
}

/** Members between commas (or semicolons): arguments, index lists, several names of one declaration. */
export interface ListSyntax {
  readonly kind: "list";
  readonly items: readonly Syntax[];
  /** What stands between the items, "," or ";", where it is written. */
  readonly separators?: readonly string[];
  readonly span: Span;
}

/** p(y | x), {x \mid x > 0}: parts between bars. */
export interface GivenSyntax {
  readonly kind: "given";
  readonly parts: readonly Syntax[];
  readonly span: Span;
}

/** `:`, `a:`, `:b`, `a:b` inside brackets or scripts. */
export interface SliceSyntax {
  readonly kind: "slice";
  readonly from: Syntax | null;
  readonly to: Syntax | null;
  readonly span: Span;
}

/** a = b = c: members.length is operators.length + 1. */
export interface RelationsSyntax {
  readonly kind: "relations";
  readonly members: readonly Syntax[];
  readonly operators: readonly Operator[];
  readonly span: Span;
}

/** An operator as it is spelt ("=", "\\odot", "\\cdot", "*"), with the op that the lexicon names, if it names one. */
export interface Operator {
  readonly spelling: string;
  readonly op?: string;
  /** What stands over or under it, as written: the "def" of \\stackrel{def}{=}. */
  readonly label?: string;
  readonly span: Span;
}

/** Signed terms. A single term has a sign that is written: −x. Nested only where signs are doubled. */
export interface SumSyntax {
  readonly kind: "sum";
  readonly terms: readonly Term[];
  readonly span: Span;
}

export interface Term {
  /** null only for a first term without a sign; else "+", "-", "\\pm", "\\mp", "\\oplus" … */
  readonly sign: Operator | null;
  readonly body: Syntax;
}

/** Two or more factors, left to right. Bodies are never products, except the argument-taking last Σ. */
export interface ProductSyntax {
  readonly kind: "product";
  readonly factors: readonly Factor[];
  readonly span: Span;
}

export interface Factor {
  /** What is written before this factor; null for the first one and for juxtaposition. */
  readonly operator: Operator | null;
  readonly body: Syntax;
  /**
   * A bracket (perhaps with scripts of its own) that directly follows a name: f(z), x[t], \mathbb{1}(a = b).
   * Behind a slash, a/f(z), the fraction a/f is the factor before it.
   */
  readonly call: boolean;
}

/** \frac and its relatives, or a/b. The slash takes the one factor before it (with its call brackets) and the one after it. */
export interface FractionSyntax {
  readonly kind: "fraction";
  readonly form: "frac" | "slash";
  readonly top: Syntax;
  readonly bottom: Syntax;
  readonly span: Span;
}

export interface RootSyntax {
  readonly kind: "root";
  readonly degree: Syntax | null;
  readonly body: Syntax;
  readonly span: Span;
}

/**
 * A function that the lexicon knows, applied: \tanh c_t, \operatorname{softmax}(z), \tanh^2(c_t).
 * Scripts behind the bracket belong to the whole (a `scripted` around this node); scripts on the name are in `scripts`.
 */
export interface ApplySyntax {
  readonly kind: "apply";
  readonly name: SymbolSyntax;
  readonly op?: string;
  readonly scripts: readonly Script[];
  /** A `group` when the argument is bracketed; else the next factor alone, as in \log p. */
  readonly argument: Syntax;
  readonly span: Span;
}

/** Σ, Π, lim, max with limits; `body` reaches to the next + or −, relation, comma, or the end. */
export interface BigSyntax {
  readonly kind: "big";
  readonly spelling: string;
  readonly op?: string;
  readonly lower: Syntax | null;
  readonly upper: Syntax | null;
  readonly body: Syntax;
  readonly span: Span;
}

/** ∂x or dx standing outside a quotient of differentials. `order` is the raw superscript of the sign. */
export interface DifferentialSyntax {
  readonly kind: "differential";
  /** "\\partial", or "d" for \mathrm{d} and \text{d}. */
  readonly sign: string;
  readonly order: Syntax | null;
  readonly of: Syntax;
  readonly span: Span;
}

/**
 * A derivative. Forms: "frac" \frac{\partial A}{\partial B}; "slash" \partial A/\partial B; "operator"
 * \frac{\partial}{\partial B} A and \partial_B A; "nabla" \nabla_B A.
 */
export interface DerivativeSyntax {
  readonly kind: "derivative";
  readonly form: "frac" | "slash" | "operator" | "nabla";
  /** "\\partial", "\\nabla", "d". */
  readonly sign: string;
  /** null: nothing is written, as in \frac{\partial}{\partial x} = … or a bare \nabla_x. */
  readonly of: Syntax | null;
  /** One per differential below the line, the power of ∂x^2 as `times`; empty for a \nabla without subscript. */
  readonly by: readonly { readonly variable: Syntax; readonly times: number }[];
  /** The superscript of the upper sign: 2 of ∂^2, a mark for ∂^{+}. */
  readonly order: Syntax | null;
  /** Set for \frac{dL}{db}, d an ordinary letter: the quotient of products that it would be if d were a variable. */
  readonly literal?: FractionSyntax;
  readonly span: Span;
}

/** bmatrix, pmatrix, array, cases, substack, and aligned rows inside an expression. */
export interface MatrixSyntax {
  readonly kind: "matrix";
  readonly environment: string;
  readonly rows: readonly (readonly Syntax[])[];
  readonly span: Span;
}

/** \underbrace{body}_{label}, \overbrace, \overset, \stackrel: the body with a remark, whose LaTeX is left unread. */
export interface LabelledSyntax {
  readonly kind: "labelled";
  readonly command: string;
  readonly body: Syntax;
  readonly label: ProseSyntax | null;
  readonly span: Span;
}

/**
 * One equation, inequality, declaration or bare expression of a display. Rows, `\quad`s and commas
 * between equations separate statements; `row` counts the rows of the display from 0.
 */
export interface Statement {
  /** Usually `relations`; anything else where no relation sign is written (a bare name, an expression). */
  readonly body: Syntax;
  /**
   * The relation with which the statement begins, when its left side stands in an earlier row or
   * display ("= W x"): the body is then the rest of the chain. null for an ordinary statement.
   */
  readonly continues: Operator | null;
  /** A number typed in front, "(1)", "c)", or \tag{16}: without brackets. */
  readonly number: { readonly text: string; readonly span: Span } | null;
  /** Trailing ranges and provisos: (t<T); t = 1, \ldots, T. Each a `relations` or a `list`. */
  readonly conditions: readonly Syntax[];
  /** Words that stand before the statement in its row (and, 假设:, where), and words after the last one. */
  readonly before: readonly ProseSyntax[];
  readonly after: readonly ProseSyntax[];
  readonly row: number;
  /**
   * It is a line of code: its arrays have the shapes that they have. Of a forward pass that is written anew it may stand beside
   * lines that are only those of an earlier one.
   */
  readonly code?: "whole" | "inherited";
  readonly span: Span;
}
