/** Windows: entries of an array at shifted places, which are affine reads and never products. */
import { rowsAndColumns, type Shape, type Size } from "../expr/node.ts";
import { constantValue, integer, minus, type Polynomial, plus } from "../expr/polynomial.ts";
import { joinNames, namesOf, type Tensor, type WindowAxis, type WindowTensor } from "./tensor.ts";

/** Whether a polynomial in sizes, each of them at least 1, is surely not negative. */
const isSurelyNatural = (value: Polynomial, isSize: (name: string) => boolean): boolean => {
  let least = 0;
  for (const { coefficient, names } of value.monomials) {
    if (names.length > 0 && (coefficient < 0 || !names.every(isSize))) return false;
    least += coefficient;
  }
  return least >= 0;
};

/** The window of a shape that starts at a row and a column of an array, counted from 0. */
export const windowTensor = (
  of: Tensor,
  from: Shape,
  to: Shape,
  offsets: readonly [row: Polynomial, column: Polynomial],
): WindowTensor => {
  const [source, target] = [rowsAndColumns(from), rowsAndColumns(to)];
  const isOne = (size: Size): boolean => constantValue(size) === 1;
  // Names of which sizes of arrays are sums are sizes. Others, as in the length b - a + 1 of a slice, may be indices, of
  // which nothing is known here.
  const isSum = (size: Size): boolean => size.monomials.every(({ coefficient }) => coefficient > 0);
  const known = namesOf([...source, ...target].filter(isSum));
  let [inside, outside] = [0, 0];
  const axes = offsets.map((offset, i): WindowAxis => {
    const [extent, size] = [source[i] as Size, target[i] as Size];
    const isNatural = (value: Polynomial): boolean => isSurelyNatural(value, name => known.has(name));
    const reaches = { before: !isNatural(offset), behind: !isNatural(minus(extent, plus(offset, size))) };
    return {
      offset,
      extent,
      reaches,
      ...(isOne(extent) ? {} : { inside: inside++ }),
      ...(isOne(size) ? {} : { outside: outside++ }),
    };
  });
  const sizes = target.filter(size => !isOne(size));
  return {
    kind: "window",
    args: [of],
    axes,
    sizes,
    names: joinNames([of.names], namesOf([...offsets, ...source, ...target])),
  };
};

/** The position in the argument along an axis, for a position in the result. */
export const positionIn = ({ offset }: WindowAxis, position: Polynomial | undefined): Polynomial =>
  plus(offset, position ?? integer(0));
