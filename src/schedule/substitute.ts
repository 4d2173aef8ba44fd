/** Index names of finished statements replaced by index expressions. */
import { type Polynomial, substitute } from "../expr/polynomial.ts";
import type { Expression, Place, Statement } from "./program.ts";

export const substituteInStatements = (
  statements: readonly Statement[],
  by: ReadonlyMap<string, Polynomial>,
): readonly Statement[] => {
  const all = (values: readonly Polynomial[]): readonly Polynomial[] => values.map(value => substitute(value, by));
  const place = (to: Place): Place => (to.kind === "entry" ? { ...to, at: all(to.at) } : to);
  // Expressions are shallow: the writer stores what is deep.
  const expression = (e: Expression): Expression => {
    switch (e.kind) {
      case "integer":
        return { ...e, value: substitute(e.value, by) };
      case "entry":
        return { ...e, at: all(e.at) };
      case "apply":
        return { ...e, args: e.args.map(expression) };
      case "ratio":
        return { ...e, args: [expression(e.args[0]), expression(e.args[1])] };
      case "power":
        return { ...e, base: expression(e.base), exponent: substitute(e.exponent, by) };
      case "function":
        return { ...e, argument: expression(e.argument) };
      case "diagonal":
        return { ...e, on: expression(e.on) };
      case "chosen":
        return { ...e, at: all(e.at), position: substitute(e.position, by) };
      case "within":
        return { ...e, conditions: all(e.conditions), on: expression(e.on) };
      default:
        return e;
    }
  };
  const statement = (s: Statement): Statement => {
    switch (s.kind) {
      case "for":
        return { ...s, from: s.from.map(all), to: s.to.map(all), body: s.body.map(statement) };
      case "place":
        return { ...s, at: all(s.at), body: s.body.map(statement) };
      case "if":
        return { ...s, conditions: all(s.conditions), body: s.body.map(statement) };
      case "constant":
      case "variable":
        return { ...s, value: expression(s.value) };
      case "assign":
        return { ...s, to: place(s.to), value: expression(s.value) };
      default:
        return s;
    }
  };
  return statements.map(statement);
};
