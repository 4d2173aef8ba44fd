// A recurrent net with right and wrong backward lines: each judged by itself.
import { describe, expect, test } from "vitest";
import { checkNote } from "../../src/check/check.ts";
import { readNote } from "../../src/note/read.ts";
import { outcomeOf } from "./outcome.ts";

const FORWARD = String.raw`# RNN

$x_t \in \mathbb{R}^{d}$, $y_t \in \mathbb{R}^{q}$, $t = 1, \ldots, T$; $\varphi$ acts element-wise.

$$W_{hx} \in \mathbb{R}^{h \times d}, \quad W_{hh} \in \mathbb{R}^{h \times h}, \quad W_{yh} \in \mathbb{R}^{q \times h}$$

FP:

$$h_t = \varphi(W_{hx} x_t + W_{hh} h_{t-1})$$

$$o_t = W_{yh} h_t$$

$$L = \frac{1}{T} \sum_{t=1}^{T} \ell(o_t, y_t)$$

BP:
`;

const verdicts = async (...claims: readonly string[]) => {
  const note = await readNote(`${FORWARD}${claims.map(claim => `\n$$${claim}$$\n`).join("")}`);
  const { equations } = checkNote(note);
  return equations.slice(3).map(report => [outcomeOf(report), ...report.under].join(" "));
};

const RECURSION = String.raw`\frac{\partial L}{\partial h_t} = W_{hh}^T (\frac{\partial L}{\partial h_{t+1}} \odot \varphi'(W_{hx} x_{t+1} + W_{hh} h_t)) + W_{yh}^T \frac{\partial L}{\partial o_t}`;

describe("one claim", () => {
  test.each([
    ["the recursion", RECURSION, "holds"],
    ["the recursion where it says its range", String.raw`${RECURSION} \quad (t < T)`, "holds"],
    ["the recursion beyond its range", String.raw`${RECURSION} \quad (t \le T)`, "undefined"],
    ["the recursion without φ′", RECURSION.replace(/\\odot.*?h_t\)\)/u, ")"), "holds-under \\varphi = \\mathrm{id}"],
    ["the recursion without a transpose", RECURSION.replace("W_{hh}^T", "W_{hh}"), "holds-under W_{hh} = W_{hh}^\\top"],
    [
      "powers with negative exponents, right for matrices with an inverse: neither right nor wrong",
      String.raw`\frac{\partial L}{\partial h_T} = \frac{1}{T} \sum_{i=1}^T (W_{hh}^\top)^i (W_{hh}^\top)^{-i} W_{yh}^\top \frac{\partial L}{\partial o_T}`,
      "cannot-tell",
    ],
    [
      "a power with the exponent -1 in an equation that is not right for matrices with an inverse either",
      String.raw`\frac{\partial L}{\partial h_t} = \sum_{i=t}^T W_{hh}^\top (W_{hh}^\top)^{i-t-1} W_{yh}^\top \frac{\partial L}{\partial o_i}`,
      "undefined",
    ],
    [
      "a divisor that is 0 at one horizon, in an equation that is wrong at the others",
      String.raw`\frac{\partial L}{\partial W_{yh}} = \frac{1}{T - 1} \sum_{t=1}^T \frac{\partial L}{\partial o_t} h_t^\top`,
      "wrong",
    ],
    [
      "the derivative of tanh written out",
      String.raw`\frac{\partial L}{\partial W_{hh}} = \sum_{t=1}^T (\frac{\partial L}{\partial h_t} \odot (1 - h_t \odot h_t)) h_{t-1}^\top`,
      "holds-under \\varphi = \\tanh",
    ],
    [
      "the derivative of the logistic function written out",
      String.raw`\frac{\partial L}{\partial W_{hh}} = \sum_{t=1}^T (\frac{\partial L}{\partial h_t} \odot h_t \odot (1 - h_t)) h_{t-1}^\top`,
      "holds-under \\varphi = \\mathrm{logistic}",
    ],
    ["the recursion with a path left out", RECURSION.replace(/\+ W_\{yh\}.*/u, ""), "holds-under L_t = 0 \\; (t < T)"],
    [
      "a derivative of the abstract loss",
      String.raw`\frac{\partial L}{\partial o_t} = \frac{1}{T} \frac{\partial \ell(o_t, y_t)}{\partial o_t}`,
      "holds",
    ],
    [
      "the same with its arguments left out",
      String.raw`\frac{\partial L}{\partial o_t} = \frac{1}{T} \frac{\partial \ell}{\partial o_t}`,
      "holds",
    ],
    [
      "the factor of the mean lost",
      String.raw`\frac{\partial L}{\partial o_t} = \frac{\partial \ell}{\partial o_t}`,
      "wrong",
    ],
    [
      "a member that does not exist",
      String.raw`\frac{\partial L}{\partial h_t} = \sum_{i=t}^T (W_{hh}^T)^{T-i} W_{yh}^T \frac{\partial L}{\partial o_{T+i}}`,
      "undefined",
    ],
    [
      "the closed form of the linear net",
      String.raw`\frac{\partial L}{\partial h_t} = \sum_{i=t}^T (W_{hh}^T)^{T-i} W_{yh}^T \frac{\partial L}{\partial o_{T+t-i}}`,
      "holds-under \\varphi = \\mathrm{id}",
    ],
    ["a later definition", "h_{t+1} = W_{hh} h_t", "wrong"],
    ["a derivative by a horizon", String.raw`\frac{\partial L}{\partial T} = 1`, "unreadable"],
    ["an unknown name", String.raw`\frac{\partial L}{\partial q_t} = 1`, "undefined"],
  ])("%s", async (_, claim, expected) => {
    expect(await verdicts(claim)).toEqual([expected]);
  });
});

test("every link of a chain, over several displays", async () => {
  expect(
    await verdicts(
      String.raw`\frac{\partial L}{\partial W_{yh}} = \sum_{t=1}^T \text{prod}\left(\frac{\partial L}{\partial o_t}, \frac{\partial o_t}{\partial W_{yh}}\right)`,
      String.raw`= \sum_{t=1}^T h_t \frac{\partial L}{\partial o_t}^T`,
      String.raw`= \sum_{t=1}^T \frac{\partial L}{\partial o_t} h_t^\top`,
    ),
  ).toEqual(["holds", "wrong", "holds"]);
});

test("a name for a gradient is a definition, and stands for it from then on", async () => {
  expect(
    await verdicts(
      String.raw`\delta_t = \frac{\partial L}{\partial h_t} \odot \varphi'(\dots)`,
      String.raw`\frac{\partial L}{\partial W_{hh}} = \sum_{t=1}^T \delta_t h_{t-1}^\top = \sum_{t=1}^T \delta_t h_t^\top`,
    ),
  ).toEqual(["definition", "holds", "wrong"]);
});
