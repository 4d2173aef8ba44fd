// Generated automatically by nearley, version 2.20.1
// http://github.com/Hardmath123/nearley
// Bypasses TS6133. Allow declared but unused functions.
// @ts-ignore
function id(d: any[]): any { return d[0]; }
declare var relation: any;
declare var bar: any;
declare var comma: any;
declare var colon: any;
declare var times: any;
declare var sign: any;
declare var big: any;
declare var slash: any;
declare var named: any;
declare var prefix: any;
declare var atom: any;
declare var call: any;

import * as list from "./list.ts";
const lexer = list.LEXER;
const act = list.act;

interface NearleyToken {
  value: any;
  [key: string]: any;
};

interface NearleyLexer {
  reset: (chunk: string, info: any) => void;
  next: () => NearleyToken | undefined;
  save: () => any;
  formatError: (token: never) => string;
  has: (tokenType: string) => boolean;
};

interface NearleyRule {
  name: string;
  symbols: NearleySymbol[];
  postprocess?: (d: any[], loc?: number, reject?: {}) => any;
};

type NearleySymbol = string | { literal: any } | { test: (token: any) => boolean };

interface Grammar {
  Lexer: NearleyLexer | undefined;
  ParserRules: NearleyRule[];
  ParserStart: string;
};

const grammar: Grammar = {
  Lexer: lexer,
  ParserRules: [
    {"name": "chain", "symbols": ["sum"], "postprocess": act("only")},
    {"name": "chain", "symbols": ["chain", (lexer.has("relation") ? {type: "relation"} : relation), "sum"], "postprocess": act("chain")},
    {"name": "inside", "symbols": ["given"], "postprocess": act("only")},
    {"name": "inside", "symbols": ["mark", "sum"], "postprocess": act("mark")},
    {"name": "given", "symbols": ["list"], "postprocess": act("only")},
    {"name": "given", "symbols": ["given", (lexer.has("bar") ? {type: "bar"} : bar), "list"], "postprocess": act("given")},
    {"name": "list", "symbols": ["item"], "postprocess": act("only")},
    {"name": "list", "symbols": ["list", (lexer.has("comma") ? {type: "comma"} : comma), "item"], "postprocess": act("list")},
    {"name": "item", "symbols": ["chain"], "postprocess": act("only")},
    {"name": "item", "symbols": ["mark"], "postprocess": act("mark")},
    {"name": "item", "symbols": [(lexer.has("colon") ? {type: "colon"} : colon)], "postprocess": act("slice")},
    {"name": "item", "symbols": ["sum", (lexer.has("colon") ? {type: "colon"} : colon)], "postprocess": act("slice")},
    {"name": "item", "symbols": [(lexer.has("colon") ? {type: "colon"} : colon), "sum"], "postprocess": act("slice")},
    {"name": "item", "symbols": ["sum", (lexer.has("colon") ? {type: "colon"} : colon), "sum"], "postprocess": act("slice")},
    {"name": "mark", "symbols": [(lexer.has("times") ? {type: "times"} : times)], "postprocess": act("only")},
    {"name": "mark", "symbols": [(lexer.has("relation") ? {type: "relation"} : relation)], "postprocess": act("only")},
    {"name": "sum", "symbols": ["term"], "postprocess": act("only")},
    {"name": "sum", "symbols": ["signs", "term"], "postprocess": act("signed")},
    {"name": "sum", "symbols": ["sum", "signs", "term"], "postprocess": act("sum")},
    {"name": "signs", "symbols": [(lexer.has("sign") ? {type: "sign"} : sign)], "postprocess": act("only")},
    {"name": "signs", "symbols": ["signs", (lexer.has("sign") ? {type: "sign"} : sign)], "postprocess": act("signs")},
    {"name": "term", "symbols": ["product"], "postprocess": act("only")},
    {"name": "term", "symbols": ["opening", "product"], "postprocess": act("reach")},
    {"name": "term", "symbols": ["opening", "signs", "product"], "postprocess": act("reach")},
    {"name": "opening", "symbols": ["lead"], "postprocess": act("only")},
    {"name": "opening", "symbols": ["product", "lead"], "postprocess": act("opening")},
    {"name": "opening", "symbols": ["product", "joint", "lead"], "postprocess": act("opening")},
    {"name": "opening", "symbols": ["opening", "lead"], "postprocess": act("opening")},
    {"name": "opening", "symbols": ["opening", "product", "lead"], "postprocess": act("opening")},
    {"name": "opening", "symbols": ["opening", "product", "joint", "lead"], "postprocess": act("opening")},
    {"name": "lead", "symbols": [(lexer.has("big") ? {type: "big"} : big)], "postprocess": act("only")},
    {"name": "lead", "symbols": ["prefixes", (lexer.has("big") ? {type: "big"} : big)], "postprocess": act("lead")},
    {"name": "product", "symbols": ["factor"], "postprocess": act("only")},
    {"name": "product", "symbols": ["product", "factor"], "postprocess": act("factors")},
    {"name": "product", "symbols": ["product", "joint", "factor"], "postprocess": act("factors")},
    {"name": "product", "symbols": ["product", "joint", "signs", "factor"], "postprocess": act("factors")},
    {"name": "joint", "symbols": [(lexer.has("times") ? {type: "times"} : times)], "postprocess": act("only")},
    {"name": "joint", "symbols": [(lexer.has("slash") ? {type: "slash"} : slash)], "postprocess": act("only")},
    {"name": "factor", "symbols": ["operand"], "postprocess": act("only")},
    {"name": "factor", "symbols": ["prefixes", "operand"], "postprocess": act("prefixed")},
    {"name": "prefixes", "symbols": ["prefix"], "postprocess": act("only")},
    {"name": "prefixes", "symbols": ["prefixes", "prefix"], "postprocess": act("prefixes")},
    {"name": "prefix", "symbols": [(lexer.has("named") ? {type: "named"} : named)], "postprocess": act("only")},
    {"name": "prefix", "symbols": [(lexer.has("prefix") ? {type: "prefix"} : prefix)], "postprocess": act("only")},
    {"name": "operand", "symbols": [(lexer.has("atom") ? {type: "atom"} : atom)], "postprocess": act("only")},
    {"name": "operand", "symbols": ["operand", (lexer.has("call") ? {type: "call"} : call)], "postprocess": act("call")}
  ],
  ParserStart: "chain",
};

export default grammar;
