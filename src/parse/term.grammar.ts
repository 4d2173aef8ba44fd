// Generated automatically by nearley, version 2.20.1
// http://github.com/Hardmath123/nearley
// Bypasses TS6133. Allow declared but unused functions.
// @ts-ignore
function id(d: any[]): any { return d[0]; }
declare var number: any;
declare var name: any;

import * as build from "./term.build.ts";
const { act, lexer } = build;

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
    {"name": "sum", "symbols": ["sum", {"literal":"+"}, "product"], "postprocess": act(build.infix)},
    {"name": "sum", "symbols": ["sum", {"literal":"-"}, "product"], "postprocess": act(build.infix)},
    {"name": "sum", "symbols": ["product"], "postprocess": id},
    {"name": "product", "symbols": ["product", {"literal":"*"}, "unary"], "postprocess": act(build.infix)},
    {"name": "product", "symbols": ["product", {"literal":".*"}, "unary"], "postprocess": act(build.infix)},
    {"name": "product", "symbols": ["product", {"literal":"/"}, "unary"], "postprocess": act(build.infix)},
    {"name": "product", "symbols": ["product", {"literal":"./"}, "unary"], "postprocess": act(build.infix)},
    {"name": "product", "symbols": ["unary"], "postprocess": id},
    {"name": "unary", "symbols": [{"literal":"-"}, "unary"], "postprocess": act(build.minus)},
    {"name": "unary", "symbols": ["power"], "postprocess": id},
    {"name": "power", "symbols": ["postfix", {"literal":"^"}, "exponent"], "postprocess": act(build.infix)},
    {"name": "power", "symbols": ["postfix", {"literal":".^"}, "exponent"], "postprocess": act(build.infix)},
    {"name": "power", "symbols": ["postfix"], "postprocess": id},
    {"name": "exponent", "symbols": [{"literal":"-"}, "exponent"], "postprocess": act(build.minus)},
    {"name": "exponent", "symbols": ["power"], "postprocess": id},
    {"name": "postfix", "symbols": ["postfix", {"literal":"'"}], "postprocess": act(build.transpose)},
    {"name": "postfix", "symbols": ["atom"], "postprocess": id},
    {"name": "atom", "symbols": [(lexer.has("number") ? {type: "number"} : number)], "postprocess": act(build.literal)},
    {"name": "atom", "symbols": [(lexer.has("name") ? {type: "name"} : name)], "postprocess": act(build.name)},
    {"name": "atom", "symbols": [(lexer.has("name") ? {type: "name"} : name), {"literal":"("}, "list", {"literal":")"}], "postprocess": act(build.application)},
    {"name": "atom", "symbols": [(lexer.has("name") ? {type: "name"} : name), {"literal":"("}, {"literal":")"}], "postprocess": act(build.application)},
    {"name": "atom", "symbols": [(lexer.has("name") ? {type: "name"} : name), {"literal":"["}, "list", {"literal":"]"}], "postprocess": act(build.member)},
    {"name": "atom", "symbols": [{"literal":"("}, "sum", {"literal":")"}], "postprocess": act(build.bracketed)},
    {"name": "list", "symbols": ["sum"], "postprocess": act(build.single)},
    {"name": "list", "symbols": ["list", {"literal":","}, "sum"], "postprocess": act(build.longer)}
  ],
  ParserStart: "sum",
};

export default grammar;
