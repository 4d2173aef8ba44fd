import ts from "typescript";
import { type Module, nodesOf, placeOf } from "./program.ts";

const COMPARISONS = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);

/**
 * The places where a module decides by the name of an op: compares with it, switches on it, or keeps a list or a table
 * of such names.
 *
 * There is no list of exceptions, and none is needed: what matters is the type of the other side. A value that can be
 * any op's name is a `string`, or a union that holds most of the names; a closed kind that happens to share a word with
 * an op (the fold "sum") is a small union, and deciding by it is what closed kinds are for.
 */
export function namedOps(module: Module, names: ReadonlySet<string>): readonly string[] {
  const { file, checker } = module;
  const found: string[] = [];
  const report = (node: ts.Node, what: string) => found.push(`${placeOf(module, node)} ${what}`);

  /** Whether a value of this type could be the name of any op. */
  const couldBeAnyOp = (type: ts.Type | undefined): boolean => {
    if (type === undefined) return true;
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) {
      return true;
    }
    if (type.flags & ts.TypeFlags.TypeParameter) return couldBeAnyOp(checker.getBaseConstraintOfType(type));
    if (!type.isUnionOrIntersection()) return false;
    const held = type.types.filter(part => part.isStringLiteral() && names.has(part.value)).length;
    return held * 2 >= names.size || type.types.some(part => !part.isUnion() && couldBeAnyOp(part));
  };

  const nameIn = (node: ts.Node): string | undefined =>
    ts.isStringLiteralLike(node) && names.has(node.text) ? node.text : undefined;

  for (const node of nodesOf(file)) {
    if (ts.isBinaryExpression(node) && COMPARISONS.has(node.operatorToken.kind)) {
      for (const [literal, other] of [
        [node.left, node.right],
        [node.right, node.left],
      ] as const) {
        const name = nameIn(literal);
        if (name !== undefined && couldBeAnyOp(checker.getTypeAtLocation(other)))
          report(node, `compares with "${name}"`);
      }
    } else if (ts.isCaseClause(node)) {
      const name = nameIn(node.expression);
      const subject = node.parent.parent.expression;
      if (name !== undefined && couldBeAnyOp(checker.getTypeAtLocation(subject))) report(node, `switches on "${name}"`);
    } else if (ts.isArrayLiteralExpression(node)) {
      const listed = node.elements.filter(element => {
        const entry = ts.isArrayLiteralExpression(element) ? element.elements[0] : element;
        return entry !== undefined && nameIn(entry) !== undefined && couldBeAnyOp(checker.getContextualType(entry));
      });
      if (listed.length > 1) report(node, `lists ${listed.map(element => element.getText(file)).join(", ")}`);
    } else if (ts.isObjectLiteralExpression(node)) {
      const contextual = checker.getContextualType(node);
      const isOpen =
        contextual === undefined || checker.getIndexInfoOfType(contextual, ts.IndexKind.String) !== undefined;
      const keys = node.properties
        .map(property => property.name)
        .filter(
          name => name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) && names.has(name.text),
        );
      if (isOpen && keys.length > 1) report(node, `keeps a table by ${keys.map(key => key?.getText(file)).join(", ")}`);
    }
  }
  return found;
}
