/** What documents of forward mode say in words. */

import { powerOfTen } from "../../../latex/integers.ts";
import type { DocumentLanguage } from "../block.ts";
import { signsInChinese } from "../chinese.ts";
import { signsInEnglish } from "../english.ts";
import { type Inline, math, type Prose, prose } from "../prose.ts";
import type { CheckReport } from "../sentences.ts";

export interface ForwardWords {
  readonly title: (names: readonly string[]) => string;
  readonly sensitivities: (wrt: Inline) => Prose;
  readonly scalar: (wrt: string) => Prose;
  readonly entries: (wrt: string, entry: string) => Prose;
  readonly unit: (unit: string) => Prose;
  readonly jacobian: (wrt: string) => Prose;
  readonly vec: (vec: string, wrt: string) => Prose;
  readonly kronecker: Prose;
  readonly transitions: string;
  readonly transition: (former: Inline, later: Inline, range: Inline) => Prose;
  readonly transposed: Prose;
  readonly whole: (wrt: Inline) => Prose;
  readonly immediate: Prose;
  readonly lead: (of: string, wrt: Inline) => Prose;
  readonly ranges: (ranges: Inline) => Prose;
  readonly differentiated: (of: Inline) => Prose;
  readonly abbreviations: Prose;
  readonly learning: (states: number) => Prose;
  readonly total: Prose;
  readonly pushed: (equations: readonly string[]) => Prose;
  readonly given: Prose;
  readonly recursive: (first: Inline | undefined, index: Inline, rising: boolean) => Prose;
  readonly evaluated: Prose;
  readonly putIn: Prose;
  readonly rowOfScalar: Prose;
  readonly row: Prose;
  readonly ownTermApart: Prose;
  readonly closed: (range: Inline | undefined, fn: Inline | undefined) => Prose;
  readonly checked: (report: CheckReport, hasHorizon: boolean) => Prose;
}

const PLUS = math("\\partial^{+}");

export const FORWARD_WORDS: Readonly<Record<DocumentLanguage, ForwardWords>> = {
  en: {
    title: names => `Forward mode: ${names.join(", ")}`,
    sensitivities: wrt => prose`Sensitivities by ${wrt}`,
    scalar: wrt =>
      prose`The sensitivity ${math(`\\partial v/\\partial ${wrt}`)} has the shape of ${math("v")}, for ${math(wrt)} is a scalar.`,
    entries: (wrt, entry) =>
      prose`The sensitivity ${math(`\\partial v/\\partial ${entry}`)} by a single entry of ${math(wrt)} has the shape of ${math("v")}.`,
    unit: unit =>
      prose`${math(unit)} is a column of the identity matrix: its only entry that is not 0 is a 1 at the place of the index.`,
    jacobian: wrt =>
      prose`${math(`\\partial v/\\partial ${wrt}`)} is the Jacobian matrix: one row for each entry of ${math("v")}, one column for each entry of ${math(wrt)}. That of a scalar is a row.`,
    vec: (vec, wrt) =>
      prose`${math(vec)} holds the columns of ${math(wrt)} one below the other; ${math(`\\partial v/\\partial ${vec}`)} is the Jacobian matrix with a row for each entry of ${math("v")} and a column for each entry of ${math(vec)}.`,
    kronecker: prose`${math("\\otimes")} is the Kronecker product: ${math("\\operatorname{vec}(A X B) = (B^\\top \\otimes A) \\operatorname{vec} X")}.`,
    transitions: "From a state to a later one",
    transition: (former, later, range) =>
      prose`What a change of ${former} does to ${later}, for ${range}: the product of the Jacobians of all steps between.`,
    transposed: prose`A gradient goes back through the same steps by the transpose, which denominator layout calls the derivative itself.`,
    whole: wrt => prose`The same for all entries of ${wrt} at once, as one matrix.`,
    immediate: prose`${PLUS} marks an immediate partial derivative: through the one equation alone, with everything else that it reads held fixed. Without the mark a derivative is total: along every path.`,
    lead: (of, wrt) =>
      prose`From ${wrt} to ${math(of)}, in the order of the forward equations: each sensitivity is known as soon as the value beside it is.`,
    ranges: ranges => prose`Here ${ranges}.`,
    differentiated: of => prose`What is differentiated is ${of}.`,
    abbreviations: prose`The equations below use short names for the following expressions.`,
    learning: states =>
      prose`${states === 1 ? "The state's sensitivity is" : "The states' sensitivities are"} carried along with the states, from one step to the next; nothing of the past is stored. This is real-time recurrent learning (Williams and Zipser 1989).`,
    total: prose`total derivative`,
    pushed: equations =>
      prose`${equations.length === 1 ? "derivative" : "derivatives"} of ${equations.map(tag => `(${tag})`).join(", ")}`,
    given: prose`given, so it does not vary`,
    recursive: (first, index, rising) =>
      first
        ? prose`Evaluated recursively from ${first} on, with ${index} ${rising ? "rising" : "falling"}.`
        : prose`Evaluated recursively, with ${index} ${rising ? "rising" : "falling"}.`,
    evaluated: prose`Evaluated recursively.`,
    putIn: prose`sensitivities between are put in`,
    rowOfScalar: prose`Transposed, this row is the gradient, with the shape of its variable.`,
    row: prose`The derivative of a scalar function by one of its arguments is a row for a column.`,
    ownTermApart: prose`With the change at the step itself apart from those that earlier steps have left, the same form reads`,
    closed: (range, fn) => {
      const solved = prose`he recurrence is solved${range ? prose` for ${range}` : ""} by`;
      return fn ? prose`If ${fn} is the identity, t${solved}` : prose`T${solved}`;
    },
    checked: ({ horizons: [from, to], sizes, bound, signs }, hasHorizon) =>
      prose`Every equation, step and closed form was compared, exactly, over the field of ${math("2^{61} - 1")} elements, with the forward equations run in dual numbers, at ${sizes} ${sizes === 1 ? "assignment" : "assignments"} of sizes${hasHorizon ? ` and horizons ${from} to ${to}` : ""}. A wrong formula passes with a probability of at most ${math(powerOfTen(bound))}.${signsInEnglish(signs)}`,
  },
  zh: {
    title: names => `前向模式：${names.join("、")}`,
    sensitivities: wrt => prose`关于 ${wrt} 的灵敏度`,
    scalar: wrt =>
      prose`${math(wrt)} 是标量，故灵敏度 ${math(`\\partial v/\\partial ${wrt}`)} 与 ${math("v")} 形状相同。`,
    entries: (wrt, entry) =>
      prose`关于 ${math(wrt)} 的单个元素的灵敏度 ${math(`\\partial v/\\partial ${entry}`)} 与 ${math("v")} 形状相同。`,
    unit: unit => prose`${math(unit)} 是单位矩阵的一列：仅在下标所示位置为 1，其余为 0。`,
    jacobian: wrt =>
      prose`${math(`\\partial v/\\partial ${wrt}`)} 是雅可比矩阵：${math("v")} 的每个元素占一行，${math(wrt)} 的每个元素占一列；标量的雅可比矩阵是一行。`,
    vec: (vec, wrt) =>
      prose`${math(vec)} 由 ${math(wrt)} 的各列依次上下排成；${math(`\\partial v/\\partial ${vec}`)} 是雅可比矩阵，${math("v")} 的每个元素占一行，${math(vec)} 的每个元素占一列。`,
    kronecker: prose`${math("\\otimes")} 为 Kronecker 积：${math("\\operatorname{vec}(A X B) = (B^\\top \\otimes A) \\operatorname{vec} X")}。`,
    transitions: "从一个状态到其后的状态",
    transition: (former, later, range) =>
      prose`${former} 的变化对 ${later} 的影响（${range}）是其间各步雅可比矩阵的乘积：`,
    transposed: prose`梯度经同样各步向后传递时乘以其转置；分母布局即以此转置为该导数。`,
    whole: wrt => prose`将 ${wrt} 的所有元素合为一个矩阵，同样有：`,
    immediate: prose`${PLUS} 表示直接偏导数：仅经由该方程本身，方程中的其他量保持不变。无此标记者为全导数，即沿所有路径。`,
    lead: (of, wrt) => prose`从 ${wrt} 到 ${math(of)}，依前向方程的次序：每个灵敏度与其旁的值同时可得。`,
    ranges: ranges => prose`其中 ${ranges}。`,
    differentiated: of => prose`求导的对象为 ${of}。`,
    abbreviations: prose`以下方程使用下列表达式的简写。`,
    learning: () =>
      prose`状态的灵敏度随状态逐步向前传递，无需保存过去的任何量。这就是实时循环学习（Williams 和 Zipser 1989）。`,
    total: prose`全导数`,
    pushed: equations => prose`${equations.map(tag => `(${tag})`).join("、")} 的导数`,
    given: prose`已给定，故不变化`,
    recursive: (first, index, rising) =>
      first
        ? prose`从 ${first} 开始，按 ${index} ${rising ? "递增" : "递减"}递归计算。`
        : prose`按 ${index} ${rising ? "递增" : "递减"}递归计算。`,
    evaluated: prose`递归计算。`,
    putIn: prose`代入其间的灵敏度`,
    rowOfScalar: prose`此行转置后即为梯度，与其变量形状相同。`,
    row: prose`标量函数关于其列向量自变量的导数是一行。`,
    ownTermApart: prose`将本步自身的变化与此前各步留下的变化分开，同一闭式解写成`,
    closed: (range, fn) => {
      const solved = prose`${range ? prose`对 ${range}，` : ""}该递推的解为`;
      return fn ? prose`若 ${fn} 为恒等函数，${solved}` : solved;
    },
    checked: ({ horizons: [from, to], sizes, bound, signs }, hasHorizon) =>
      prose`每个方程、每一步与每个闭式解都与在对偶数上运行的前向方程作了精确比较，取 ${math("2^{61} - 1")} 个元素的有限域，共 ${sizes} 组尺寸${hasHorizon ? `，时间长度 ${from} 到 ${to}` : ""}。错误的公式通过检查的概率至多为 ${math(powerOfTen(bound))}。${signsInChinese(signs)}`,
  },
};
