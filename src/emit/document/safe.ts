/**
 * Names of a note as LaTeX that does nothing but name: known characters, known commands, and the typesetter takes it.
 * Everything else becomes plain letters.
 */
import type { FunctionEntry, SizeEntry, SymbolEntry, System } from "../../expr/system.ts";
import { type AdjointNotation, contextOf, type LatexContext, nameOfIndex } from "../../latex/names.ts";
import { renderMath } from "../../render/math.ts";

const CHARACTERS = /^[\p{L}\p{N} _^{}()[\],'+\-*|\\]*$/u;

const COMMANDS = new Set(
  (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega " +
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar imath jmath wp Re Im aleph partial nabla infty varnothing emptyset prime star ast dagger top bot " +
    "intercal parallel perp circ bullet cdot times pm mp oplus ominus otimes odot to rightarrow leftarrow leftrightarrow uparrow downarrow " +
    "mathbf mathrm mathit mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol bm pmb bf rm it cal text textrm textbf textit textsf texttt operatorname " +
    "hat tilde bar vec dot ddot acute grave breve check widehat widetilde overline underline mathring left right big Big tanh sinh cosh sin cos tan exp log ln max min det dim ker sup inf lim arg " +
    "quad qquad mid vert Vert lVert rVert lvert rvert langle rangle dots ldots cdots"
  ).split(" "),
);

/** The places of indices in a member's name, with what stands for them in a trial. */
const fillMarks = (latex: string, by: string): string =>
  [...latex].map(character => (character >= "\u0001" && character <= "\u0008" ? by : character)).join("");

const isPlain = (written: string): boolean => {
  const latex = fillMarks(written, "1");
  return (
    latex.length <= 200 &&
    CHARACTERS.test(latex) &&
    [...latex.matchAll(/\\([A-Za-z]+|.)/gu)].every(
      ([, command = ""]) => COMMANDS.has(command) || /^[,;!: |{}_]$/u.test(command),
    ) &&
    renderMath(latex, false).ok
  );
};

/** What the printer itself writes, beside names. */
const OWN_COMMANDS = new Set(
  "frac sqrt sum prod left right limits mathop overset substack displaystyle le ge lt gt ne Rightarrow mapsto in sigma max min lim".split(
    " ",
  ),
);

/** A formula that was put together elsewhere, if nothing in it is more than mathematics. */
export const safeFormula = (latex: string): string | undefined => {
  const isOurs =
    latex.length <= 5000 &&
    !/[$%#~&\n`@"]/u.test(latex) &&
    [...latex.matchAll(/\\([A-Za-z]+|.)/gu)].every(
      ([, command = ""]) => COMMANDS.has(command) || OWN_COMMANDS.has(command) || /^[,;!: |{}_]$/u.test(command),
    );
  return isOurs && renderMath(latex, true).ok ? latex : undefined;
};

/** Letters and figures of a name, as text of its own; a number when nothing is left. */
const asLetters = (latex: string, order: number): string => {
  const kept = fillMarks(latex, "")
    .replace(/[^\p{L}\p{N}]+/gu, "")
    .slice(0, 40);
  const ascii = /^[A-Za-z0-9]+$/u.test(kept);
  const text = kept === "" ? "" : ascii ? `\\mathrm{${kept}}` : `\\text{${kept}}`;
  return text !== "" && renderMath(text, false).ok ? text : `\\mathrm{v}_{${order}}`;
};

/** The name as it stands when it is harmless; otherwise its letters. */
export const safeLatex = (latex: string, order = 1): string =>
  latex !== "" && isPlain(latex) ? latex : asLetters(latex, order);

const safeMember = (entry: SymbolEntry, latex: string): string | undefined => {
  const { memberLatex, indices } = entry;
  if (memberLatex === undefined) return undefined;
  const marks = indices.map((_, i) => String.fromCharCode(i + 1));
  const whole = marks.every(mark => memberLatex.includes(mark)) && isPlain(memberLatex);
  return whole ? memberLatex : `{${latex}}_{${marks.join(",")}}`;
};

const safeFunction = ({ member, ...entry }: FunctionEntry, order: number): FunctionEntry => ({
  ...entry,
  latex: safeLatex(entry.latex, order),
  ...(member && isPlain(member.latex) ? { member } : {}),
});

/** The printer's context for a system, with every name made harmless. */
export const safeContext = (system: System, notation: AdjointNotation): LatexContext => {
  let order = 0;
  const symbols = new Map<string, SymbolEntry>();
  for (const [name, entry] of system.symbols) {
    const latex = safeLatex(entry.latex, ++order);
    const memberLatex = safeMember(entry, latex);
    symbols.set(name, {
      ...entry,
      latex,
      ...(memberLatex === undefined ? {} : { memberLatex }),
      indices: entry.indices,
    });
  }
  const functions = new Map(
    [...system.functions].map(([name, entry]): [string, FunctionEntry] => [name, safeFunction(entry, ++order)]),
  );
  const sizes = new Map<string, Pick<SizeEntry, "latex" | "counters">>();
  for (const [name, entry] of system.sizes) sizes.set(name, { ...entry, latex: safeLatex(entry.latex, ++order) });
  const indices = [
    ...[...system.symbols.values()].flatMap(entry => entry.indices),
    ...system.equations.flatMap(equation => equation.indices),
    ...[...system.sizes.values()].flatMap(({ counters = [] }) => counters),
  ];
  for (const name of indices) if (!sizes.has(name)) sizes.set(name, { latex: safeLatex(nameOfIndex(name), ++order) });
  return { ...contextOf(system, notation), symbols, functions, sizes };
};
