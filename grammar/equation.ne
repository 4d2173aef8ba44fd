# One level of a formula. Brackets, scripts, fractions, roots and environments are whole tokens by the
# time they come here (src/parse/structure.ts), so that depth costs nothing and every list is read in
# linear time: all recursion is on the left. Classes of operators, never operators.
#
# The lines "#+" and "#-" give formulas that the production below them reads, or must not read;
# test/parse/grammar.test.ts takes them at their word.
#
# Regenerate with: npx nearleyc grammar/equation.ne -o src/parse/equation.grammar.ts

@preprocessor typescript
@{%
import * as list from "./list.ts";
const lexer = list.LEXER;
const act = list.act;
%}
@lexer lexer

#+ L = \ell(o, y)
#+ a = b = c
#+ t < T
#+ h_{t-1}
#- = a
#- a =
#- a, b
chain -> sum                                   {% act("only") %}
       | chain %relation sum                   {% act("chain") %}

# What may stand between brackets and in scripts.
#+ x_t, h_{t-1}, w
#+ y \mid x, \theta
#+ \odot 2
#+ :, a:b
#- , a
inside -> given                                {% act("only") %}
        | mark sum                             {% act("mark") %}

#+ p \mid q
#+ a, b \mid c
#- \mid c
given -> list                                  {% act("only") %}
       | given %bar list                       {% act("given") %}

#+ a, b, c
#+ 1, \dots, T
#+ \cdot, x
#- a b, ,
list -> item                                   {% act("only") %}
      | list %comma item                       {% act("list") %}

#+ :
#+ a + 1:
#+ :b
#+ i:j
#+ \cdot
#- a:b:c
item -> chain                                  {% act("only") %}
      | mark                                   {% act("mark") %}
      | %colon                                 {% act("slice") %}
      | sum %colon                             {% act("slice") %}
      | %colon sum                             {% act("slice") %}
      | sum %colon sum                         {% act("slice") %}

#+ \odot
#+ =
#- a
mark -> %times                                 {% act("only") %}
      | %relation                              {% act("only") %}

#+ a + b - c
#+ -a
#+ a - -b
#- a +
sum -> term                                    {% act("only") %}
     | signs term                              {% act("signed") %}
     | sum signs term                          {% act("sum") %}

#+ -
#+ - -
#- a
signs -> %sign                                 {% act("only") %}
       | signs %sign                           {% act("signs") %}

# A big operator reaches to the end of its term.
#+ \frac{1}{T} \sum_{t=1}^T \ell(o_t, y_t)
#+ \sum_i \sum_j a_{ij}
#+ \log \sum_j e^{f_j}
#- \sum_i
#+ \sum_i -\log p_i
#- a + b
term -> product                                {% act("only") %}
      | opening product                        {% act("reach") %}
      | opening signs product                  {% act("reach") %}

#+ \sum_i
#+ a \cdot \sum_i b \prod_j
#- a
opening -> lead                                {% act("only") %}
         | product lead                        {% act("opening") %}
         | product joint lead                  {% act("opening") %}
         | opening lead                        {% act("opening") %}
         | opening product lead                {% act("opening") %}
         | opening product joint lead          {% act("opening") %}

#+ \log \sum_j
#- \log
lead -> %big                                   {% act("only") %}
      | prefixes %big                          {% act("lead") %}

#+ W_{hh}^\top h_{t-1}
#+ a/b c
#+ f(z) \odot g'(z)
#+ 2 \cdot -3
#- \odot a
#- a \odot
product -> factor                              {% act("only") %}
         | product factor                      {% act("factors") %}
         | product joint factor                {% act("factors") %}
         | product joint signs factor          {% act("factors") %}

#+ \cdot
#+ /
#- +
joint -> %times                                {% act("only") %}
       | %slash                                {% act("only") %}

#+ x
#+ \tanh c_t
#+ \nabla_x f(x)
#- \tanh a b
factor -> operand                              {% act("only") %}
        | prefixes operand                     {% act("prefixed") %}

# \tanh, \nabla_x, ∂: the arrangement of the list calls them so only where an operand follows.
prefixes -> prefix                             {% act("only") %}
          | prefixes prefix                    {% act("prefixes") %}

prefix -> %named                               {% act("only") %}
        | %prefix                              {% act("only") %}

# Brackets that directly follow a name stay beside it.
#+ f(z)
#+ W[:, j]
#- f g
#- f(x)(y)
operand -> %atom                               {% act("only") %}
         | operand %call                       {% act("call") %}
