/** The places of a term: each part with what is bound around it, and the term with another part put there. */
import { DiagnosticError, InternalError } from "../../base/diagnostic.ts";
import type { Domain } from "../../expr/domain.ts";
import {
  type CallNode,
  callNode,
  integerValue,
  type Node,
  type OverNode,
  open,
  over,
  sameShape,
} from "../../expr/node.ts";
import { call, fit, isChainRule } from "../../ops/call.ts";
import { findOp } from "../../ops/index.ts";
import { readSignature } from "../../shape/signature.ts";

export interface Position {
  readonly node: Node;
  /** Index names that are bound around it, outermost first. */
  readonly bound: readonly string[];
  /** The whole term with another part here; undefined if it does not fit. */
  readonly put: (by: Node) => Node | undefined;
  /** For a sum or product: the same with another domain. */
  readonly range?: {
    readonly index: string;
    readonly domain: Domain;
    readonly body: Node;
    readonly put: (domain: Domain, body?: Node) => Node | undefined;
  };
}

/** A call with other arguments, if they fit. The second factor of the chain rule is a derivative as it stands, nothing made of one. */
export const refitted = ({ op, attributes }: CallNode, args: readonly Node[]): Node | undefined => {
  if (isChainRule(op) && args[1]?.kind !== "partial") return undefined;
  const found = findOp(op);
  if (!found || "kind" in fit(found, args, attributes)) return undefined;
  return call(op, args, attributes);
};

/** Whether an op takes a whole number there and no array. */
export const isExponent = ({ op }: CallNode, at: number): boolean => {
  const shape = findOp(op)?.shape;
  return typeof shape === "string" && readSignature(shape).args[at]?.kind === "integer";
};

const rebound = (fold: OverNode["fold"], index: string, domain: Domain, body: Node): Node | undefined => {
  try {
    return over(fold, index, domain, body);
  } catch (error) {
    if (error instanceof InternalError || error instanceof DiagnosticError) return undefined;
    throw error;
  }
};

const MOST_POSITIONS = 400;

/** Every place of a term, outer ones first. A shared part has as many places as it has readers. */
export const positionsOf = (root: Node): readonly Position[] => {
  const found: Position[] = [];
  const queue: Position[] = [{ node: root, bound: [], put: by => by }];
  for (let at = 0; at < queue.length && found.length < MOST_POSITIONS; at++) {
    const place = queue[at] as Position;
    const { node, bound, put } = place;
    if (node.kind === "over") {
      const index = `~e${bound.length}`;
      const { domain, body } = open(node, index);
      const rebuild = (where: Domain, inner: Node = body): Node | undefined => {
        const made = rebound(node.fold, index, where, inner);
        return made && put(made);
      };
      found.push({ ...place, range: { index, domain, body, put: rebuild } });
      queue.push({ node: body, bound: [...bound, index], put: by => rebuild(domain, by) });
      continue;
    }
    found.push(place);
    if (node.kind !== "call") continue;
    for (const [i, arg] of node.args.entries()) {
      queue.push({
        node: arg,
        bound,
        put: by => {
          const args = node.args.map((own, j) => (i === j ? by : own));
          // What has the shape of the part fits where the part did.
          const alike =
            sameShape(by.shape, arg.shape) && !integerValue(by) && !integerValue(arg) && !isChainRule(node.op);
          const made = alike ? callNode(node.op, args, node.attributes, node.shape) : refitted(node, args);
          return made && put(made);
        },
      });
    }
  }
  return found;
};
