# One logical line of Python, as far as notes write NumPy: assignments, heads of loops and functions, what functions
# return. Lines and indentation are settled before (src/parse/python.ts); lines of any other kind do not read.
#
# The lines #+ and #- are examples that the production below them must and must not read.
@preprocessor typescript
@{%
import * as build from "./python.build.ts";
const { act, LEXER: lexer } = build;
%}
@lexer lexer

#+ probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
#+ dscores[range(n), y] -= 1
#+ for t in reversed(range(T)):
#+ def sigmoid(x):
#- import numpy as np
#- print("loss %f" % loss)
#- if x == 0:
line -> assignment {% id %}
      | head {% id %}

#+ a = b
#+ h, c = f(x)
#+ a = b = c
#+ dW += reg * W
#- a + b
#- a =
assignment -> values "=" values {% act(build.assignment) %}
            | values "=" assignment {% act(build.chained) %}
            | postfix %augmented values {% act(build.assignment) %}

#+ for i in range(10):
#+ def f(x, y=1):
#+ return loss, dW
#+ while True:
#- for i in range(10)
head -> "for" names "in" values ":" {% act(build.loop) %}
      | "while" value ":" {% act(build.repetition) %}
      | "def" %name "(" parameters ")" ":" {% act(build.definition) %}
      | "def" %name "(" ")" ":" {% act(build.definition) %}
      | "return" values {% act(build.returned) %}

names -> %name {% act(build.single) %}
       | names "," %name {% act(build.longer) %}

parameters -> argument {% act(build.single) %}
            | parameters "," argument {% act(build.longer) %}
            | parameters "," {% id %}

#+ a
#+ a, b
#+ a, b,
values -> value {% id %}
        | items {% act(build.tuple) %}

items -> value "," {% act(build.single) %}
       | items value {% act(build.appended) %}
       | items value "," {% act(build.appended) %}

#+ x > 0
#+ a if b else c
#- a if b
value -> either {% id %}
       | either "if" either "else" value {% act(build.conditional) %}

either -> both {% id %}
        | either "or" both {% act(build.infix) %}
both -> negation {% id %}
      | both "and" negation {% act(build.infix) %}
negation -> order {% id %}
          | "not" negation {% act(build.prefix) %}

#+ a <= b
#+ a < b < c
order -> bits {% id %}
       | order %order bits {% act(build.infix) %}

bits -> sum {% id %}
      | bits "&" sum {% act(build.infix) %}
      | bits "|" sum {% act(build.infix) %}

#+ a + b - c
#- a + * b
sum -> product {% id %}
     | sum "+" product {% act(build.infix) %}
     | sum "-" product {% act(build.infix) %}

#+ a * b @ c / d
product -> sign {% id %}
         | product %times sign {% act(build.infix) %}

#+ -x
#+ -x ** 2
sign -> power {% id %}
      | "-" sign {% act(build.prefix) %}
      | "+" sign {% act(build.prefix) %}
      | "~" sign {% act(build.prefix) %}

#+ x ** -1
power -> postfix {% id %}
       | postfix "**" sign {% act(build.infix) %}

#+ x.T
#+ x.dot(y).sum(axis=0)
#+ x[:, None]
#+ (1 - h * h)
#- x.
postfix -> atom {% id %}
         | postfix "." %name {% act(build.attribute) %}
         | postfix "(" ")" {% act(build.call) %}
         | postfix "(" arguments ")" {% act(build.call) %}
         | postfix "[" places "]" {% act(build.subscript) %}

arguments -> argument {% act(build.single) %}
           | arguments "," argument {% act(build.longer) %}
           | arguments "," {% id %}

argument -> value {% id %}
          | %name "=" value {% act(build.keyword) %}

places -> place {% act(build.single) %}
        | places "," place {% act(build.longer) %}
        | places "," {% id %}

#+ 1:n
#+ ::2
place -> value {% id %}
       | value:? ":" value:? {% act(build.slice) %}
       | value:? ":" value:? ":" value:? {% act(build.slice) %}

#+ 1e-3
#+ [1, 2]
#+ ()
atom -> %name {% act(build.name) %}
      | %number {% act(build.number) %}
      | strings {% act(build.text) %}
      | "(" value ")" {% act(build.bracketed) %}
      | "(" items ")" {% act(build.bracketedTuple) %}
      | "(" ")" {% act(build.emptyTuple) %}
      | "[" "]" {% act(build.list) %}
      | "[" values "]" {% act(build.list) %}

strings -> %string {% act(build.single) %}
         | strings %string {% act(build.appended) %}
