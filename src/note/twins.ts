/**
 * One name in two cases: z is defined and read by nothing, Z is read and defined by nothing. One of the two is a slip of
 * the pen; they are taken for one name, and that is said.
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { SymbolSyntax, Syntax } from "../parse/syntax.ts";
import { exchange } from "./exchange.ts";
import { applicationsIn, baseOfName, headed, readNames } from "./occurrences.ts";
import type { Statements } from "./statements.ts";
import { everyPart } from "./tree.ts";

const other = (letter: string): string =>
  letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();

const isLetter = (base: string | undefined): base is string => base !== undefined && /^[A-Za-z]$/u.test(base);

const symbolIn = (syntax: Syntax, base: string): SymbolSyntax | undefined =>
  everyPart(syntax).find((part): part is SymbolSyntax => part.kind === "symbol" && part.name === base);

/** The statements with such names made one: that of the place where it is read. */
export const uniteTwins = (
  statements: Statements,
): { readonly statements: Statements; readonly diagnostics: readonly Diagnostic[] } => {
  const { definitions, declarations } = statements;
  const nameOf = (left: Syntax): Syntax => headed(left)?.name ?? left;
  const defined = new Set(definitions.map(({ left }) => baseOfName(nameOf(left))));
  const bodies = definitions.map(({ right }) => right);
  const functions = new Set(bodies.flatMap(applicationsIn).map(({ name }) => baseOfName(name)));
  const read = new Set(bodies.flatMap(readNames).map(baseOfName));
  const declared = new Set(declarations.map(({ name }) => baseOfName(name)));
  /** What a name is computed from, by any path. */
  const behind = (from: string): ReadonlySet<string | undefined> => {
    const found = new Set<string | undefined>();
    const add = (base: string | undefined): void => {
      for (const { left, right } of definitions)
        if (baseOfName(nameOf(left)) === base) for (const name of readNames(right)) found.add(baseOfName(name));
    };
    add(from);
    // What is added meanwhile is passed as well.
    for (const base of found) add(base);
    return found;
  };
  const diagnostics: Diagnostic[] = [];
  const rename = (name: Syntax, base: string, message: string): Syntax => {
    const symbol = symbolIn(name, base);
    if (!symbol) return name;
    const twin = other(base);
    diagnostics.push({
      code: "N017",
      severity: "warning",
      message,
      spans: [{ span: name.span, label: `taken for ${twin}` }],
      help: `Write ${twin} here, or ${base} there.`,
    });
    return exchange(name, symbol, { ...symbol, name: twin });
  };
  const renamed = new Set<string>();
  const lefts = definitions.map(definition => {
    const base = baseOfName(nameOf(definition.left));
    if (!isLetter(base) || read.has(base) || declared.has(base)) return definition;
    const twin = other(base);
    if (!read.has(twin) || defined.has(twin) || declared.has(twin) || functions.has(twin)) return definition;
    // f = tr(FᵀF) reads another matrix than what it defines, and so does f = tr(GᵀG), G = F + H.
    if (behind(base).has(twin)) return definition;
    renamed.add(base);
    const message = `${base} is defined and never read, ${twin} is read and never defined`;
    return { ...definition, left: rename(definition.left, base, message) };
  });
  const names = declarations.map(declaration => {
    const base = baseOfName(declaration.name);
    if (!isLetter(base) || renamed.has(base) || read.has(base) || defined.has(base)) return declaration;
    const twin = other(base);
    if (!(read.has(twin) || defined.has(twin)) || declared.has(twin)) return declaration;
    const message = `${base} is declared and does not occur, ${twin} occurs and is not declared`;
    return { ...declaration, name: rename(declaration.name, base, message) };
  });
  return diagnostics.length === 0
    ? { statements, diagnostics }
    : { statements: { ...statements, definitions: lefts, declarations: names }, diagnostics };
};
