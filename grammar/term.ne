# Terms, the inside notation: A', *, .*, ./, ^, .^, f(x), h[t-1], sum(t, lo, hi, body).
# No juxtaposition, and the precedences of mathjs, so that mathjs reads every term with the same tree.
# The lines #+ and #- are examples that must and must not read.
@preprocessor typescript
@{%
import * as build from "./term.build.ts";
const { act, lexer } = build;
%}
@lexer lexer

#+ a + b - c
#- a + + b
sum -> sum "+" product {% act(build.infix) %}
     | sum "-" product {% act(build.infix) %}
     | product {% id %}

#+ c * A .* B ./ C / d
#- A B
product -> product "*" unary {% act(build.infix) %}
         | product ".*" unary {% act(build.infix) %}
         | product "/" unary {% act(build.infix) %}
         | product "./" unary {% act(build.infix) %}
         | unary {% id %}

#+ -A^2
unary -> "-" unary {% act(build.minus) %}
       | power {% id %}

#+ A^(T - i) .* v.^-1
power -> postfix "^" exponent {% act(build.infix) %}
       | postfix ".^" exponent {% act(build.infix) %}
       | postfix {% id %}

exponent -> "-" exponent {% act(build.minus) %}
          | power {% id %}

#+ A''
postfix -> postfix "'" {% act(build.transpose) %}
         | atom {% id %}

#+ sum(t, 1, T, phi(h[t - 1]))
#- f(
atom -> %number {% act(build.literal) %}
      | %name {% act(build.name) %}
      | %name "(" list ")" {% act(build.application) %}
      | %name "(" ")" {% act(build.application) %}
      | %name "[" list "]" {% act(build.member) %}
      | "(" sum ")" {% act(build.bracketed) %}

list -> sum {% act(build.single) %}
      | list "," sum {% act(build.longer) %}
