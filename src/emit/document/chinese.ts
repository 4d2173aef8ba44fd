import { powerOfTen } from "../../latex/integers.ts";
import { joinProse, math, type Prose, prose } from "./prose.ts";
import type { Sentences } from "./sentences.ts";

const enumerate = (parts: readonly Prose[]): Prose =>
  parts.length < 2
    ? parts.flat()
    : [...joinProse(parts.slice(0, -1), "、"), ...prose` 和 `, ...(parts.at(-1) as Prose)];

const numbers = (tags: readonly string[]): string => tags.map(tag => `(${tag})`).join("、");

/** The field of an exact check, set as a formula. */
const field = (method: string): Prose => {
  const size = /field of 2\^(\d+) - 1/u.exec(method)?.[1];
  return size === undefined ? prose`（${method}）` : prose`（在 ${math(`2^{${size}} - 1`)} 元有限域上精确计算）`;
};

/** What is said of the signs on which max and |x| depend. */
export const signsInChinese = (signs: number | undefined): Prose =>
  signs === undefined
    ? []
    : prose`此概率不计符号的影响；${math("\\max")} 与 ${math("|x|")} 所依赖的符号，在每个方程中至少抽取了 ${signs} 次。`;

export const CHINESE: Sentences = {
  language: "zh",
  title: names => `反向传播：${names.join("、")}`,
  jacobianTitle: names => `雅可比矩阵：${names.join("、")}`,
  headings: {
    conventions: "约定",
    forward: "前向方程",
    symbols: "符号与形状",
    abbreviations: "记号",
    backward: "反向方程",
    parameters: "参数的梯度",
    closedForms: "闭式解",
    truncated: "截断的反向传播",
    growth: "增长与衰减",
    checked: "验证",
    rules: "所用求导法则",
    second: "海森矩阵与方向的乘积",
    hessian: "海森矩阵",
    jacobians: "雅可比矩阵",
  },
  columns: { symbol: "符号", role: "角色", shape: "形状", range: "下标范围", origin: "形状来源" },
  roles: {
    defined: "中间量",
    parameter: "参数",
    constant: "常数",
    data: "数据",
    label: "标签",
    target: "目标",
    initial: "初始状态",
  },
  origins: { declared: "声明", inferred: "推断", "front matter": "文首设置", assumed: "假设", named: "本文引入的名称" },

  layout: objective =>
    prose`梯度与其变量形状相同（分母布局）：${math(`\\partial ${objective}/\\partial x`)} 的元素与 ${math("x")} 的元素位置一致。`,
  numerator: objective =>
    prose`梯度采用分子布局：对列向量 ${math("x")}，${math(`\\partial ${objective}/\\partial x`)} 是行向量；对 ${math("m \\times n")} 矩阵 ${math("W")}，梯度是 ${math("n \\times m")} 矩阵；链式法则从左到右相乘。`,
  vectors: prose`向量均为列向量。`,
  hadamard: prose`${math("\\odot")} 表示按元素相乘；并列书写表示矩阵乘法，其优先级更高。`,
  emptyFolds: prose`空和为 0，矩阵的空积为单位矩阵。`,
  mask: name => prose`掩码 ${math(name)} 是给定的。其值为 ${math("-\\infty")} 之处，softmax 为 0，误差也不由此回传：`,
  otherwise: "其他",
  labels: units =>
    prose`${enumerate(units.map(({ unit }) => [math(unit)]))} ${units.length === 1 ? "" : "分别"}是第 ${enumerate(units.map(({ label }) => [math(label)]))} 个位置为 1、其余为 0 的单位向量：与它相乘即取出该位置的元素、行或列；在梯度中则只累加到该处。`,
  notation: {
    prod: objective =>
      prose`${math(`\\operatorname{prod}(\\partial ${objective}/\\partial v, \\partial v/\\partial u)`)} 将梯度与直接偏导数（仅经由 ${math("v")} 自身的方程）相乘，并按形状的需要转置和换位。`,
    plain: () => prose`链式法则一行中各因子并列书写；下一行补上所需的转置。`,
    nabla: objective => prose`${math(`\\nabla_x ${objective}`)} 表示 ${math(objective)} 关于 ${math("x")} 的梯度。`,
    delta: objective => prose`${math("\\delta_x")} 表示 ${math(objective)} 关于 ${math("x")} 的梯度。`,
    differential: () =>
      prose`${math("\\langle A, B \\rangle = \\sum_{i,j} A_{ij} B_{ij}")}。梯度即目标函数的微分中与 ${math("\\mathrm{d}x")} 配对的量。`,
  },
  kinksLead: prose`函数不可导之处，按下表取值。`,
  kinkColumns: { function: "函数", where: "所在", returns: "此处的导数" },
  undefined: "无定义",

  gap: "",
  stop: "。",
  colon: "：",
  forwardLead: objective => prose`对标量 ${math(objective)} 求导。`,
  functionLead: functions => prose`函数 ${enumerate(functions.map(fn => [fn]))} 不指定具体形式；撇号表示导数。`,
  spelledLead: (letter, name) => prose`${letter} 为函数 ${name}。`,
  abbreviationsLead: prose`反向方程中使用下列记号。`,
  backwardLead: objective =>
    prose`从 ${math(objective)} 出发反向进行：右端出现的梯度，要么已经求出，要么在相邻下标处已知。`,
  only: range => prose`当 ${range} 时：`,
  where: prose`其中`,
  together: prose`合并得到：`,

  chainRule: paths => (paths === 1 ? prose`链式法则` : prose`链式法则，每条路径一项`),
  differential: prose`微分`,
  local: equations => (equations.length === 0 ? prose`局部导数` : prose`对 ${numbers(equations)} 求导`),
  direct: equations => prose`对 ${numbers(equations)} 求导`,
  knownAdjoint: prose`前面的梯度已知`,
  noPath: (symbol, objective) => prose`${math(objective)} 不依赖于 ${symbol}：没有方程将二者联系起来。`,
  errorFromTime: index => [prose`来自 ${index} 的误差，`, prose`通过时间反向传播`],
  errorFromLayer: index => [prose`来自第 ${index} 层的误差`],
  errorFrom: index => [prose`来自 ${index} 的误差`],
  through: member => [prose`经由 ${member}`],

  recursive: (ways, first) => {
    const way = joinProse(
      ways.map(
        ({ direction, indices }) => prose`按 ${enumerate(indices)} ${direction === "down" ? "递减" : "递增"}的顺序`,
      ),
      "、",
    );
    return first ? prose`从 ${first} 开始，${way}递推求出。` : prose`${way}递推求出。`;
  },
  beyond: zero => prose`若取 ${enumerate(zero)}，则中间各项的公式在该处同样成立。`,
  validFrom: condition => prose`各情形当 ${condition} 时如上所述。`,
  short: horizons => prose`当 ${horizons} 时各情形相接：`,

  closedLead: (range, fn) =>
    prose`${fn ? prose`若 ${fn} 为恒等函数，` : ""}${range ? prose`当 ${range} 时，` : ""}递推式的解为`,
  coupledLead: (gradients, several) =>
    !several
      ? prose`代入途中的其他梯度后，一个矩阵将 ${gradients} 逐步传递：`
      : prose`${gradients} 相互依赖。代入途中的其他梯度后，一个分块矩阵将它们逐步传递：`,
  closedPutIn: (range, fn) =>
    prose`${fn ? prose`若 ${fn} 为恒等函数，` : ""}${range ? prose`当 ${range} 时，` : ""}代入上述解，得`,
  closedTwin: range => prose`将求和反序，${range ? prose`当 ${range} 时，` : ""}同一闭式解写成`,
  indeedFor: range => prose`这是因为，当 ${range} 时：`,
  indeed: prose`这是因为：`,
  entry: prose`按元素写，即`,
  collected: putIn => (putIn ? prose`代入上面的梯度并整理各项，得` : prose`整理各项，得`),
  truncatedLead: window =>
    prose`若误差至多回传 ${window} 步，则对递推之外读取某一状态的量而言，与该状态相距超过 ${window} 步的状态视为给定、不再变化（Williams and Peng 1990）。上面的和式只保留此距离以内的项：`,
  noClosedForm: (gradient, reason) => prose`${gradient} 没有给出闭式解：${reason}。`,
  productOrder: (letter, first, side) =>
    prose`乘积中 ${math(`${letter} = ${first}`)} 的因子位于${side === "left" ? "最左" : "最右"}。`,
  base: range => (range ? prose`基础情形 ${range}：` : prose`基础情形：`),
  induction: range =>
    range ? prose`归纳步骤，${range}：将此式代入递推式，仍得此式。` : prose`归纳步骤：将此式代入递推式，仍得此式。`,

  jacobianLead: prose`行对应被求导的量的元素，列对应自变量的元素：${math("J_{ij} = \\partial f_i / \\partial x_j")}。对标量求导时，结果与被求导的量形状相同。`,
  vecs: prose`矩阵均以 ${math("\\operatorname{vec}")} 表示，即各列依次相接。`,
  tangentLead: (directions, objective) =>
    prose`点表示自变量沿方向 ${enumerate(directions.map(direction => [direction]))} 变动时的微分，横线表示梯度：${math(`\\overline{u} = \\partial ${objective} / \\partial u`)}。将前向与反向的每个方程再求一次微分，便无需写出海森矩阵；一次乘积的代价约为两次梯度（Pearlmutter 1994）。`,
  tangentForward: prose`前向：`,
  tangentBackward: products =>
    products.length === 0
      ? prose`反向：`
      : prose`反向；与海森矩阵的乘积为 ${enumerate(products.map(product => [product]))}：`,
  differentialOf: prose`逐层代入，微分为`,
  readOff: prose`方向前的系数即为`,
  noMatrix: prose`没有合适的矩阵记号；按元素写为`,
  noNotation: derivative => prose`${derivative} 除上述微分外，既无矩阵形式，也无元素公式。`,
  noHessian: (variables, reason) =>
    prose`关于 ${enumerate(variables.map(variable => [variable]))} 的海森矩阵不是单个公式：${reason}。它与方向的乘积见上。`,

  growthHypotheses: "前提：",
  checked: ({ method, horizons: [from, to], sizes, bound, signs }, hasHorizon) =>
    prose`反向传播的每个方程均与前向方程的前向模式微分作了比较${field(method)}，取 ${sizes} 组尺寸${hasHorizon ? `，序列长度 ${from} 至 ${to}` : ""}。错误公式通过检验的概率不超过 ${math(powerOfTen(bound))}。${signsInChinese(signs)}`,
  rulesLead: prose`以 ${math("\\bar X")} 记目标函数关于 ${math("X")} 的梯度：`,
  along: { rows: "逐行作用：", columns: "逐列作用：" },
  rule: (result, received, along) =>
    prose`${along === undefined ? "" : CHINESE.along[along]}对 ${result}，${joinProse(
      received.map(([argument, value]) => prose`${argument} 得到 ${value}`),
      "，",
    )}`,
  sumRule: prose`和将其梯度传给每一项`,
  productRule: prose`有序乘积的一个因子得到的梯度，夹在其前后因子的转置之间`,
  enumerate,
};
