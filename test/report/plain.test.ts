import { expect, test } from "vitest";
import { plainFormula } from "../../src/emit/report/plain.ts";

test.each([
  [String.raw`it holds only for \rho = \mathrm{id}`, "it holds only for ρ = id"],
  [String.raw`\frac{\partial L}{\partial h_{t+1}} \odot \rho'(z_{t+1})`, "∂L/∂h_(t+1) ⊙ ρ'(z_(t+1))"],
  [String.raw`\frac{1}{T} W_{hh}^\top`, "1/T W_hh^⊤"],
  [String.raw`\left[\prod_{j=t+1}^{i} \operatorname{diag}(z_j)\right]`, "[∏_(j=t+1)^i diag(z_j)]"],
  [String.raw`\frac{a + b}{2}`, "(a + b)/2"],
  [String.raw`\frac{1}{\sqrt{d_{k}}} S`, "1/√(d_k) S"],
  [String.raw`1 - h^{\odot 2}`, "1 - h^⊙ 2"],
  [String.raw`\frac{\partial L}{\partial \hat y_i} = \frac{\hat{y}_i - y_i}{n}`, "∂L/∂ŷ_i = (ŷ_i - y_i)/n"],
  [String.raw`\overline{\mathbf{W}^{(2)}} = \overline{y_k} \bar\mu + \hat{\theta}`, "W̄^(2) = ȳ_k μ̄ + θ̂"],
  [String.raw`\begin{bmatrix} h_{t-1} \\ x_t \end{bmatrix}^\top \oslash a`, "[h_(t-1); x_t]^⊤ ⊘ a"],
  [String.raw`\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}`, "[1, 0; 0, 1]"],
  ["}{", "}{"],
])("%s", (latex, text) => expect(plainFormula(latex)).toBe(text));
