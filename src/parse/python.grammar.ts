// Generated automatically by nearley, version 2.20.1
// http://github.com/Hardmath123/nearley
// Bypasses TS6133. Allow declared but unused functions.
// @ts-ignore
function id(d: any[]): any { return d[0]; }
declare var augmented: any;
declare var name: any;
declare var order: any;
declare var times: any;
declare var number: any;
declare var string: any;

import * as build from "./python.build.ts";
const { act, LEXER: lexer } = build;

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
    {"name": "line", "symbols": ["assignment"], "postprocess": id},
    {"name": "line", "symbols": ["head"], "postprocess": id},
    {"name": "assignment", "symbols": ["values", {"literal":"="}, "values"], "postprocess": act(build.assignment)},
    {"name": "assignment", "symbols": ["values", {"literal":"="}, "assignment"], "postprocess": act(build.chained)},
    {"name": "assignment", "symbols": ["postfix", (lexer.has("augmented") ? {type: "augmented"} : augmented), "values"], "postprocess": act(build.assignment)},
    {"name": "head", "symbols": [{"literal":"for"}, "names", {"literal":"in"}, "values", {"literal":":"}], "postprocess": act(build.loop)},
    {"name": "head", "symbols": [{"literal":"while"}, "value", {"literal":":"}], "postprocess": act(build.repetition)},
    {"name": "head", "symbols": [{"literal":"def"}, (lexer.has("name") ? {type: "name"} : name), {"literal":"("}, "parameters", {"literal":")"}, {"literal":":"}], "postprocess": act(build.definition)},
    {"name": "head", "symbols": [{"literal":"def"}, (lexer.has("name") ? {type: "name"} : name), {"literal":"("}, {"literal":")"}, {"literal":":"}], "postprocess": act(build.definition)},
    {"name": "head", "symbols": [{"literal":"return"}, "values"], "postprocess": act(build.returned)},
    {"name": "names", "symbols": [(lexer.has("name") ? {type: "name"} : name)], "postprocess": act(build.single)},
    {"name": "names", "symbols": ["names", {"literal":","}, (lexer.has("name") ? {type: "name"} : name)], "postprocess": act(build.longer)},
    {"name": "parameters", "symbols": ["argument"], "postprocess": act(build.single)},
    {"name": "parameters", "symbols": ["parameters", {"literal":","}, "argument"], "postprocess": act(build.longer)},
    {"name": "parameters", "symbols": ["parameters", {"literal":","}], "postprocess": id},
    {"name": "values", "symbols": ["value"], "postprocess": id},
    {"name": "values", "symbols": ["items"], "postprocess": act(build.tuple)},
    {"name": "items", "symbols": ["value", {"literal":","}], "postprocess": act(build.single)},
    {"name": "items", "symbols": ["items", "value"], "postprocess": act(build.appended)},
    {"name": "items", "symbols": ["items", "value", {"literal":","}], "postprocess": act(build.appended)},
    {"name": "value", "symbols": ["either"], "postprocess": id},
    {"name": "value", "symbols": ["either", {"literal":"if"}, "either", {"literal":"else"}, "value"], "postprocess": act(build.conditional)},
    {"name": "either", "symbols": ["both"], "postprocess": id},
    {"name": "either", "symbols": ["either", {"literal":"or"}, "both"], "postprocess": act(build.infix)},
    {"name": "both", "symbols": ["negation"], "postprocess": id},
    {"name": "both", "symbols": ["both", {"literal":"and"}, "negation"], "postprocess": act(build.infix)},
    {"name": "negation", "symbols": ["order"], "postprocess": id},
    {"name": "negation", "symbols": [{"literal":"not"}, "negation"], "postprocess": act(build.prefix)},
    {"name": "order", "symbols": ["bits"], "postprocess": id},
    {"name": "order", "symbols": ["order", (lexer.has("order") ? {type: "order"} : order), "bits"], "postprocess": act(build.infix)},
    {"name": "bits", "symbols": ["sum"], "postprocess": id},
    {"name": "bits", "symbols": ["bits", {"literal":"&"}, "sum"], "postprocess": act(build.infix)},
    {"name": "bits", "symbols": ["bits", {"literal":"|"}, "sum"], "postprocess": act(build.infix)},
    {"name": "sum", "symbols": ["product"], "postprocess": id},
    {"name": "sum", "symbols": ["sum", {"literal":"+"}, "product"], "postprocess": act(build.infix)},
    {"name": "sum", "symbols": ["sum", {"literal":"-"}, "product"], "postprocess": act(build.infix)},
    {"name": "product", "symbols": ["sign"], "postprocess": id},
    {"name": "product", "symbols": ["product", (lexer.has("times") ? {type: "times"} : times), "sign"], "postprocess": act(build.infix)},
    {"name": "sign", "symbols": ["power"], "postprocess": id},
    {"name": "sign", "symbols": [{"literal":"-"}, "sign"], "postprocess": act(build.prefix)},
    {"name": "sign", "symbols": [{"literal":"+"}, "sign"], "postprocess": act(build.prefix)},
    {"name": "sign", "symbols": [{"literal":"~"}, "sign"], "postprocess": act(build.prefix)},
    {"name": "power", "symbols": ["postfix"], "postprocess": id},
    {"name": "power", "symbols": ["postfix", {"literal":"**"}, "sign"], "postprocess": act(build.infix)},
    {"name": "postfix", "symbols": ["atom"], "postprocess": id},
    {"name": "postfix", "symbols": ["postfix", {"literal":"."}, (lexer.has("name") ? {type: "name"} : name)], "postprocess": act(build.attribute)},
    {"name": "postfix", "symbols": ["postfix", {"literal":"("}, {"literal":")"}], "postprocess": act(build.call)},
    {"name": "postfix", "symbols": ["postfix", {"literal":"("}, "arguments", {"literal":")"}], "postprocess": act(build.call)},
    {"name": "postfix", "symbols": ["postfix", {"literal":"["}, "places", {"literal":"]"}], "postprocess": act(build.subscript)},
    {"name": "arguments", "symbols": ["argument"], "postprocess": act(build.single)},
    {"name": "arguments", "symbols": ["arguments", {"literal":","}, "argument"], "postprocess": act(build.longer)},
    {"name": "arguments", "symbols": ["arguments", {"literal":","}], "postprocess": id},
    {"name": "argument", "symbols": ["value"], "postprocess": id},
    {"name": "argument", "symbols": [(lexer.has("name") ? {type: "name"} : name), {"literal":"="}, "value"], "postprocess": act(build.keyword)},
    {"name": "places", "symbols": ["place"], "postprocess": act(build.single)},
    {"name": "places", "symbols": ["places", {"literal":","}, "place"], "postprocess": act(build.longer)},
    {"name": "places", "symbols": ["places", {"literal":","}], "postprocess": id},
    {"name": "place", "symbols": ["value"], "postprocess": id},
    {"name": "place$ebnf$1", "symbols": ["value"], "postprocess": id},
    {"name": "place$ebnf$1", "symbols": [], "postprocess": () => null},
    {"name": "place$ebnf$2", "symbols": ["value"], "postprocess": id},
    {"name": "place$ebnf$2", "symbols": [], "postprocess": () => null},
    {"name": "place", "symbols": ["place$ebnf$1", {"literal":":"}, "place$ebnf$2"], "postprocess": act(build.slice)},
    {"name": "place$ebnf$3", "symbols": ["value"], "postprocess": id},
    {"name": "place$ebnf$3", "symbols": [], "postprocess": () => null},
    {"name": "place$ebnf$4", "symbols": ["value"], "postprocess": id},
    {"name": "place$ebnf$4", "symbols": [], "postprocess": () => null},
    {"name": "place$ebnf$5", "symbols": ["value"], "postprocess": id},
    {"name": "place$ebnf$5", "symbols": [], "postprocess": () => null},
    {"name": "place", "symbols": ["place$ebnf$3", {"literal":":"}, "place$ebnf$4", {"literal":":"}, "place$ebnf$5"], "postprocess": act(build.slice)},
    {"name": "atom", "symbols": [(lexer.has("name") ? {type: "name"} : name)], "postprocess": act(build.name)},
    {"name": "atom", "symbols": [(lexer.has("number") ? {type: "number"} : number)], "postprocess": act(build.number)},
    {"name": "atom", "symbols": ["strings"], "postprocess": act(build.text)},
    {"name": "atom", "symbols": [{"literal":"("}, "value", {"literal":")"}], "postprocess": act(build.bracketed)},
    {"name": "atom", "symbols": [{"literal":"("}, "items", {"literal":")"}], "postprocess": act(build.bracketedTuple)},
    {"name": "atom", "symbols": [{"literal":"("}, {"literal":")"}], "postprocess": act(build.emptyTuple)},
    {"name": "atom", "symbols": [{"literal":"["}, {"literal":"]"}], "postprocess": act(build.list)},
    {"name": "atom", "symbols": [{"literal":"["}, "values", {"literal":"]"}], "postprocess": act(build.list)},
    {"name": "strings", "symbols": [(lexer.has("string") ? {type: "string"} : string)], "postprocess": act(build.single)},
    {"name": "strings", "symbols": ["strings", (lexer.has("string") ? {type: "string"} : string)], "postprocess": act(build.appended)}
  ],
  ParserStart: "line",
};

export default grammar;
