import { InternalError } from "../base/diagnostic.ts";
import { cover, type Span } from "../base/source.ts";
import { differentiate } from "./derivative.ts";
import type { Parsed } from "./list.ts";
import { refuse } from "./problem.ts";
import type { Factor, Operator, SumSyntax, SymbolSyntax, Syntax, Term } from "./syntax.ts";
import { spanOf, type Token } from "./token.ts";

/** Signs, functions or sums that may stand directly behind one another: they nest in the tree. */
const LONGEST_CHAIN = 200;

type Part = Parsed | Token;

const isToken = (part: Part): part is Token => "type" in part;
const nodeOf = (token: Token): Syntax => {
  if (token.node === null) throw new InternalError(`a ${token.type} token has no tree`);
  return token.node;
};
const operatorOf = (token: Token): Operator => {
  if (token.operator === null) throw new InternalError(`a ${token.type} token has no sign`);
  return token.operator;
};
const spread = (nodes: readonly { readonly span: Span }[]): Span =>
  cover((nodes[0] as Syntax).span, (nodes[nodes.length - 1] as Syntax).span);

/** The parts of a left-recursive rule, from left to right: the innermost left part first, then the rest of each level. */
const levels = (part: Part, rule: Parsed["rule"]): { first: Part; rest: (readonly Part[])[] } => {
  const rest: (readonly Part[])[] = [];
  let first = part;
  while (!isToken(first) && first.rule === rule) {
    rest.push(first.parts.slice(1));
    first = first.parts[0] as Part;
  }
  rest.reverse();
  return { first, rest };
};

const limited = <T>(chain: readonly T[], where: (link: T) => Span): readonly T[] => {
  const last = chain[LONGEST_CHAIN];
  if (last !== undefined)
    refuse(
      "R003",
      `more than ${LONGEST_CHAIN} signs or functions stand one behind the other`,
      where(last),
      "the first one too many",
    );
  return chain;
};

/** The tree of what the grammar found. The depth of calls is the depth of the grammar, not of the formula. */
export const build = (part: Part): Syntax => {
  if (isToken(part))
    return part.node === null
      ? { kind: "mark", spelling: operatorOf(part).spelling, body: null, span: spanOf(part), ...opOf(part) }
      : part.node;
  switch (part.rule) {
    case "given": {
      const { first, rest } = levels(part, "given");
      const parts = [build(first), ...rest.map(level => build(level[1] as Part))];
      return { kind: "given", parts, span: spread(parts) };
    }
    case "list": {
      const { first, rest } = levels(part, "list");
      const items = [build(first), ...rest.map(level => build(level[1] as Part))];
      const separators = rest.map(level => operatorOf(level[0] as Token).spelling);
      return { kind: "list", items, separators, span: spread(items) };
    }
    case "chain": {
      const { first, rest } = levels(part, "chain");
      const members = [build(first), ...rest.map(level => build(level[1] as Part))];
      return {
        kind: "relations",
        members,
        operators: rest.map(level => operatorOf(level[0] as Token)),
        span: spread(members),
      };
    }
    case "mark": {
      const token = part.parts[0] as Token;
      const body = part.parts[1] === undefined ? null : build(part.parts[1]);
      return {
        kind: "mark",
        spelling: operatorOf(token).spelling,
        ...opOf(token),
        body,
        span: body === null ? spanOf(token) : cover(spanOf(token), body.span),
      };
    }
    case "slice": {
      const colon = part.parts.findIndex(piece => isToken(piece) && piece.type === "colon");
      const before = part.parts[colon - 1];
      const after = part.parts[colon + 1];
      const from = before === undefined ? null : build(before);
      const to = after === undefined ? null : build(after);
      const own = spanOf(part.parts[colon] as Token);
      return { kind: "slice", from, to, span: cover(from?.span ?? own, to?.span ?? own) };
    }
    case "sum":
    case "signed":
      return sum(part);
    case "reach":
      return reach(part);
    case "factors":
    case "call":
    case "prefixed":
      return product(factors(part));
    default:
      throw new InternalError(`the grammar gave ${part.rule} where a tree was due`);
  }
};

const opOf = (token: Token): { op?: string } => (token.operator?.op === undefined ? {} : { op: token.operator.op });

const signsOf = (part: Part): readonly Operator[] => {
  const { first, rest } = levels(part, "signs");
  return limited(
    [first, ...rest.map(level => level[0] as Part)].map(token => operatorOf(token as Token)),
    operator => operator.span,
  );
};

/** A term with one or more signs; all but the first sign nest inside. */
const signedTerm = (signs: readonly Operator[], body: Syntax): Term => {
  let inner = body;
  for (let at = signs.length - 1; at > 0; at--) {
    const sign = signs[at] as Operator;
    inner = { kind: "sum", terms: [{ sign, body: inner }], span: cover(sign.span, inner.span) };
  }
  return { sign: signs[0] as Operator, body: inner };
};

const signedSum = (term: Term): SumSyntax => ({
  kind: "sum",
  terms: [term],
  span: cover((term.sign as Operator).span, term.body.span),
});

const sum = (part: Parsed): SumSyntax => {
  const { first, rest } = levels(part, "sum");
  const terms: Term[] = [];
  if (!isToken(first) && first.rule === "signed")
    terms.push(signedTerm(signsOf(first.parts[0] as Part), build(first.parts[1] as Part)));
  else terms.push({ sign: null, body: build(first) });
  for (const [signs, term] of rest) terms.push(signedTerm(signsOf(signs as Part), build(term as Part)));
  const start = (terms[0] as Term).sign?.span ?? (terms[0] as Term).body.span;
  return { kind: "sum", terms, span: cover(start, (terms[terms.length - 1] as Term).body.span) };
};

/** One factor is itself; more make a product. */
const product = (list: readonly Factor[]): Syntax => {
  if (list.length === 1) return (list[0] as Factor).body;
  return { kind: "product", factors: list, span: spread(list.map(factor => factor.body)) };
};

/** Puts one more factor behind the others; a slash divides the last of them. */
const append = (list: Factor[], joint: Token | null, piece: readonly Factor[], slashes: { count: number }): void => {
  if (joint?.type !== "slash") {
    const [first, ...calls] = piece as readonly [Factor, ...Factor[]];
    list.push({ ...first, operator: joint === null ? null : operatorOf(joint) }, ...calls);
    slashes.count = 0;
    return;
  }
  if (++slashes.count > LONGEST_CHAIN)
    limited(
      Array.from({ length: slashes.count }, () => joint),
      spanOf,
    );
  // a/b (c) is (a/b)(c): the bracket stays a factor, marked as standing behind the name b.
  const [bottomFactor, ...calls] = piece as readonly [Factor, ...Factor[]];
  const bottom = bottomFactor.body;
  let from = list.length - 1;
  while (from > 0 && (list[from] as Factor).call) from--;
  if (bottom.kind === "differential") {
    // ∂ U v / ∂ v: the whole of what ∂ stands before.
    for (let back = from; back >= 0; back--) {
      if ((list[back] as Factor).body.kind === "differential") {
        from = back;
        break;
      }
      if ((list[back] as Factor).operator !== null) break;
    }
  }
  const taken = list.splice(from);
  const head = taken[0] as Factor;
  const top = product([{ ...head, operator: null }, ...taken.slice(1)]);
  const span = cover(top.span, bottom.span);
  list.push({ operator: head.operator, body: differentiate(top, bottom, "slash", span), call: false }, ...calls);
};

/** The factors of a product in the grammar's words. */
const factors = (part: Part): Factor[] => {
  const { first, rest } = levels(part, "factors");
  const list: Factor[] = operand(first);
  const slashes = { count: 0 };
  for (const level of rest) {
    const body = operand(level[level.length - 1] as Part);
    const joint = level.length > 1 ? (level[0] as Token) : null;
    if (level.length === 3) {
      const signed = signedSum(signedTerm(signsOf(level[1] as Part), product(body)));
      append(list, joint, [{ operator: null, call: false, body: signed }], slashes);
    } else append(list, joint, body, slashes);
  }
  return list;
};

/** An atom with the brackets that follow it, or functions and ∂, ∇ before one. */
const operand = (part: Part): Factor[] => {
  if (!isToken(part) && part.rule === "prefixed") {
    return [
      { operator: null, call: false, body: prefixed(part.parts[0] as Part, product(operand(part.parts[1] as Part))) },
    ];
  }
  const { first, rest } = levels(part, "call");
  return [
    { operator: null, call: false, body: nodeOf(first as Token) },
    ...rest.map(([call]) => ({ operator: null, call: true, body: nodeOf(call as Token) })),
  ];
};

const prefixed = (part: Part, body: Syntax): Syntax => {
  const { first, rest } = levels(part, "prefixes");
  const prefixes = limited([first as Token, ...rest.map(level => level[0] as Token)], spanOf);
  let inner = body;
  for (let at = prefixes.length - 1; at >= 0; at--) inner = prefix(prefixes[at] as Token, inner);
  return inner;
};

const prefix = (token: Token, body: Syntax): Syntax => {
  const span = cover(spanOf(token), body.span);
  const node = token.node;
  if (node?.kind === "derivative") return { ...node, of: body, span };
  const { spelling } = operatorOf(token);
  const sub = token.scripts.filter(script => script.position === "sub");
  const sup = token.scripts.find(script => script.position === "sup");
  const order = sup?.position === "sup" ? sup.body : null;
  if (token.type === "named") {
    const name: SymbolSyntax =
      node?.kind === "symbol"
        ? node
        : {
            kind: "symbol",
            name: spelling,
            form: "command",
            fonts: [],
            accents: [],
            ...opOf(token),
            span: operatorOf(token).span,
          };
    // \tanh(x)^2: the scripts behind the bracket belong to the value.
    if (body.kind === "scripted" && body.base.kind === "group") {
      const applied: Syntax = {
        kind: "apply",
        name,
        ...opOf(token),
        scripts: token.scripts,
        argument: body.base,
        span: cover(spanOf(token), body.base.span),
      };
      return { ...body, base: applied, span };
    }
    return { kind: "apply", name, ...opOf(token), scripts: token.scripts, argument: body, span };
  }
  if (spelling !== "\\nabla" && sub.length === 0)
    return { kind: "differential", sign: spelling, order, of: body, span };
  const by = sub.map(script => ({ variable: (script as { body: Syntax }).body, times: 1 }));
  return {
    kind: "derivative",
    form: spelling === "\\nabla" ? "nabla" : "operator",
    sign: spelling,
    of: body,
    by,
    order,
    span,
  };
};

/** Σ… Σ… product: each big operator takes everything to its right. */
const reach = (part: Parsed): Syntax => {
  let inner = build(part.parts.at(-1) as Part);
  if (part.parts.length > 2) inner = signedSum(signedTerm(signsOf(part.parts[1] as Part), inner));
  let opening = part.parts[0] as Part;
  let count = 0;
  for (;;) {
    // The last part of an opening is its big operator; before it stand a product and a joint, if any.
    const pieces = !isToken(opening) && opening.rule === "opening" ? opening.parts : [opening];
    const lead = pieces[pieces.length - 1] as Part;
    const before = pieces.slice(0, -1);
    const joint = before.length > 0 && isJoint(before[before.length - 1] as Part) ? (before.pop() as Token) : null;
    inner = big(lead, inner);
    if (++count > LONGEST_CHAIN)
      limited(
        Array.from({ length: count }, () => inner),
        node => node.span,
      );
    // What is left is: nothing; a product; an opening; an opening and a product.
    const last = before[before.length - 1];
    const endsInOpening = last === undefined || isOpening(last);
    if (!endsInOpening) {
      const list = factors(before.pop() as Part);
      append(list, joint, [{ operator: null, body: inner, call: false }], { count: 0 });
      inner = product(list);
    }
    const rest = before.pop();
    if (rest === undefined) return inner;
    opening = rest;
  }
};

const isJoint = (part: Part): boolean => isToken(part) && (part.type === "times" || part.type === "slash");
const isOpening = (part: Part): boolean =>
  isToken(part) ? part.type === "big" : part.rule === "opening" || part.rule === "lead";

const big = (lead: Part, body: Syntax): Syntax => {
  const token = (isToken(lead) ? lead : lead.parts[1]) as Token;
  const { spelling } = operatorOf(token);
  const limit = (position: "sub" | "sup"): Syntax | null => {
    const script = token.scripts.find(candidate => candidate.position === position);
    return script === undefined || script.position === "prime" ? null : script.body;
  };
  const odd = token.scripts.find(
    (script, at) =>
      script.position === "prime" || token.scripts.findIndex(other => other.position === script.position) !== at,
  );
  if (odd !== undefined)
    refuse("R001", `${spelling} has one limit below and one above`, odd.span, "this is one too many");
  const node: Syntax = {
    kind: "big",
    spelling,
    ...opOf(token),
    lower: limit("sub"),
    upper: limit("sup"),
    body,
    span: cover(spanOf(token), body.span),
  };
  return isToken(lead) ? node : prefixed(lead.parts[0] as Part, node);
};
