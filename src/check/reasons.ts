/** Why a verdict is what it is, in the languages of reports. */
export type Language = "en" | "zh";

/** A reason with what it speaks of, in the order of the places #1, #2 … */
export interface Reason {
  readonly id: keyof typeof REASONS;
  readonly of?: readonly string[];
  /** What has to be the case as well. */
  readonly and?: readonly Reason[];
}

export const REASONS = {
  equal: { en: "both sides are equal", zh: "两边相等" },
  proved: { en: "both sides come to one form by the laws", zh: "按运算律，两边化为同一形式" },
  chance: {
    en: "both sides agree at every sample, but something wrong could agree with probability #1",
    zh: "两边在每个样本上相等，但错误的式子也可能以概率 #1 相等",
  },
  unfinished: { en: "right so far, but it stops at prod", zh: "到此正确，但停在 prod，尚未求完" },
  outside: { en: "#1 does not exist: it lies outside of the index domain", zh: "#1 不存在：超出下标范围" },
  "negative-power": {
    en: "an exponent of a power is #1 in it, and it is not right for matrices that have an inverse either",
    zh: "式中有幂的指数为 #1，而且对可逆矩阵此式也不成立",
  },
  under: { en: "it holds only for #1", zh: "仅当 #1 时成立" },
  premise: { en: "right where #1, which the note supposes here", zh: "在此处所设的 #1 之下正确" },
  "premise-not": { en: "right where not #1, which the note supposes here", zh: "在此处所设的 #1 不成立时正确" },
  differ: { en: "the two sides differ", zh: "两边不相等" },
  empty: { en: "there is no index for which it says anything", zh: "没有任何下标满足所述范围" },
  undecided: { en: "#1", zh: "无法判定：#1" },
  "no-numbers": { en: "no real numbers were found at which the two sides differ", zh: "未找到使两边不等的实数" },
  "no-left": { en: "nothing stands on the left side", zh: "左边为空" },
  defines: { en: "defines the left side", zh: "给出左边的定义" },
  names: { en: "names #1", zh: "为 #1 命名" },
  notation: { en: "explains a notation", zh: "说明记号" },
  unknown: { en: "#1 is defined nowhere", zh: "#1 没有定义" },
  strange: {
    en: "#1 is no name of the forward equations, and nothing says what it stands for",
    zh: "#1 不是前向方程中的名字，也没有说明它表示什么",
  },
  guessed: {
    en: "it names the input of a unit that the forward equations do not name, and is not right for what the name suggests",
    zh: "式中出现前向方程没有命名的输入；按名字推测的含义，此式不成立",
  },
  inherited: {
    en: "it is not right by the forward lines of an earlier pass that are not written again, which may have been left behind",
    zh: "按前一次前向计算中未重写的代码行不成立，而这些行可能已不再适用",
  },
  code: { en: "this is code, not a formula", zh: "这是代码，不是公式" },
  severed: {
    en: "in the forward equations the loss does not depend on this: #1 would be 0",
    zh: "按前向方程，损失与它无关：#1 将为 0",
  },
  choice: {
    en: "another choice beside #1: equations are judged by that one, then by this one",
    zh: "与 #1 并列的另一种选择：先按那一式判断各式，再按此式判断",
  },
  contradicts: {
    en: "the note also says #1, and both cannot be: equations are judged by that one, then by this one",
    zh: "笔记另有 #1，两者不能同时成立：先按那一式判断各式，再按此式判断",
  },
  "by-one": {
    en: "right for #1, and not for #2, which the note says as well",
    zh: "按 #1 正确；笔记又写 #2，按后者则不正确",
  },
  "other-definition": {
    en: "right for the other definition that the note gives: #1",
    zh: "按笔记给出的另一个定义 #1 则正确",
  },
  "loss-open": {
    en: "no equation defines the loss, and what is right for #1 depends on which of its members the loss reads",
    zh: "没有方程定义损失：#1 的正误取决于损失依赖它的哪些成员",
  },
  outputs: {
    en: "right where the derivative of a function is written by its value, as a(1 − a)",
    zh: "若函数的导数按其取值写出，如 a(1 − a)，则正确",
  },
  inputs: {
    en: "right where an error is the derivative by what the function is applied to, which has no name",
    zh: "若误差指对函数自变量（未命名）的导数，则正确",
  },
  mean: {
    en: "right for a loss that is the mean over #1, of which the note gives no equation",
    zh: "若损失是对 #1 的平均则正确；笔记没有给出损失的方程",
  },
  samplewise: {
    en: "right where gradients by what is computed for each of the #1 samples are those of the sum of their losses, and gradients by parameters those of the mean",
    zh: "若对每个样本（共 #1 个）的中间量求的是损失之和的梯度、对参数求的是平均损失的梯度则正确",
  },
  distributions: {
    en: "right where the entries of #1 sum to one, as those of one-hot labels and probabilities do; the note does not say it",
    zh: "若 #1 的各分量之和为 1（如独热标签或概率）则正确；笔记没有这样说明",
  },
  called: {
    en: "right where #1 is the #2 function, as it mostly is; the note does not say it",
    zh: "若 #1 是 #2 函数（通常如此）则正确；笔记没有这样说明",
  },
  loss: {
    en: "right where #1 is the #2; the note does not say which loss it is",
    zh: "若 #1 是#3则正确；笔记没有说明是哪种损失",
  },
  "loss-said": { en: "right where #1 is the #2, as the note may mean", zh: "若 #1 是#3（笔记的意思可能如此）则正确" },
  "structure-pairs": {
    en: "right where an entry of #1 and the one across the diagonal are one variable",
    zh: "若 #1 中关于对角线对称的两个元素视为同一变量则正确",
  },
  "structure-symmetric-part": {
    en: "right for the gradient among symmetric matrices: the symmetric part of that by #1",
    zh: "作为对称矩阵空间中的梯度（对 #1 的梯度的对称部分）则正确",
  },
  "structure-diagonal": {
    en: "right where only the diagonal of #1 varies",
    zh: "若 #1 只有对角元变化则正确",
  },
  members: {
    en: "right of every member: a letter without its index stands for all",
    zh: "对每个分量都正确：不带下标的字母表示全部分量",
  },
  newton: { en: "Newton's step: times the Hessian it is against #1", zh: "牛顿步：乘以海森矩阵后沿 #1 反方向" },
  downhill: { en: "a step against #1", zh: "沿 #1 反方向的一步" },
  "downhill-each": {
    en: "a step for one #2: those for all of them together are against #1",
    zh: "对单个 #2 的一步：对所有 #2 的步之和沿 #1 反方向",
  },
  iteration: {
    en: "a step of an iteration: it says what a value is next, not what a derivative is",
    zh: "迭代的一步：给出下一个值，而不是导数",
  },
  decay: { en: "a step against #1, with weight decay", zh: "沿 #1 反方向的一步，带权重衰减" },
  rows: {
    en: "right where small letters are rows of the matrix of all, as columns: x_i for row i of X",
    zh: "若小写字母表示整体矩阵的行（写成列向量，如 x_i 为 X 的第 i 行）则正确",
  },
  columns: {
    en: "right where small letters are columns of the matrix of all: x_i for column i of X",
    zh: "若小写字母表示整体矩阵的列（如 x_i 为 X 的第 i 列）则正确",
  },
  "no-step": { en: "a step that is not along #1", zh: "这一步不沿 #1 方向" },
  uphill: { en: "a step along #1: what is differentiated grows", zh: "沿 #1 方向的一步：目标值增大" },
  condition: { en: "a condition: it says where #1 is 0", zh: "这是条件：它说明 #1 在何处为 0" },
  "condition-unsaid": {
    en: "#1 is not 0 everywhere; as a condition it would say where it is",
    zh: "#1 并非处处为 0；若作为条件，它说明何处为 0",
  },
  stationary: { en: "right where #1 is 0, and it is this condition", zh: "在 #1 为 0 处正确，它就是这一条件" },
  solution: { en: "right as the solution: there #1 is 0", zh: "作为解正确：在该处 #1 为 0" },
  "no-solution": { en: "it is no solution: #1 is not 0 there", zh: "它不是解：在该处 #1 不为 0" },
  summed: { en: "right if #1 is summed, which is not written", zh: "若对 #1 求和则正确，但求和号没有写出" },
  direct: {
    en: "right where the gradients on the right by what the loss reads are those through the loss alone",
    zh: "若右边对损失所读取的量的梯度只计直接经过损失的部分则正确",
  },
  boundary: {
    en: "says that nothing comes from beyond the last index",
    zh: "约定末尾下标之外没有贡献",
  },
  bar: {
    en: "right where the bar over #1 is the mean of its entries",
    zh: "若 #1 上的横线表示各分量的平均则正确",
  },
  overbar: {
    en: "right where #1 is the gradient by the name below, as in other equations here",
    zh: "若 #1 与此处其他等式一样表示对其下之名的梯度则正确",
  },
  "bar-open": {
    en: "nothing says what #1 is, and it is not right for the mean of the entries",
    zh: "没有说明 #1 是什么；若是各分量的平均则不正确",
  },
  "sum-over": {
    en: "right where the sum that says no index runs over #1",
    zh: "若没有写下标的求和是对 #1 求和则正确",
  },
  "sum-rows": {
    en: "right where the sum that says no index adds up the entries of every row",
    zh: "若没有写下标的求和是把每一行的元素相加则正确",
  },
  "sum-columns": {
    en: "right where the sum that says no index adds up the entries of every column",
    zh: "若没有写下标的求和是把每一列的元素相加则正确",
  },
  increment: {
    en: "right as what each #1 adds to the gradient, which is their sum",
    zh: "作为每个 #1 对梯度的贡献则正确：梯度是它们之和",
  },
  shapes: { en: "the two sides have different shapes: #1 and #2", zh: "两边形状不同：#1 与 #2" },
  misfit: { en: "the shapes in it do not fit together", zh: "式中各部分的形状不相容" },
  unreadable: { en: "#1", zh: "无法读懂：#1" },
  "no-system": { en: "the forward equations are not a system", zh: "前向方程没有构成一个系统" },
  layout: {
    en: "right in the other layout: the transpose of the derivative as this report writes it",
    zh: "在另一种布局下正确：是本报告所写导数的转置",
  },
  numerator: {
    en: "right in numerator layout, in which the derivative of a scalar is a row and a Jacobian has a row for each entry of what is differentiated",
    zh: "在分子布局下正确：标量的导数是一行，雅可比矩阵中被求导量的每个分量占一行",
  },
  denominator: {
    en: "right in denominator layout, in which a Jacobian has a column for each entry of what is differentiated",
    zh: "在分母布局下正确：雅可比矩阵中被求导量的每个分量占一列",
  },
  unrolled: { en: "right for #1: it is written out for so many steps", zh: "对 #1 正确：此式按这么多步展开写出" },
  contracted: {
    en: "right as what it does to a gradient: both sides were contracted with any gradient g by #1, (A g) xᵀ for a product A x",
    zh: "就其对梯度的作用而言正确：两边都与关于 #1 的任意梯度 g 缩并，乘积 A x 取 (A g) xᵀ",
  },
  "contracted-differ": {
    en: "the two sides differ: contracted with any gradient g by #1, (A g) xᵀ for a product A x",
    zh: "两边不相等：与关于 #1 的任意梯度 g 缩并，乘积 A x 取 (A g) xᵀ",
  },
  "product-order": {
    en: "right where the factor with the largest index of the product stands leftmost, as the chain rule has it; the sign of the product does not say it",
    zh: "若连乘中下标最大的因子排在最左（链式法则的次序）则正确；连乘号没有写明次序",
  },
  shape: { en: "its shape is #1", zh: "其形状为 #1" },
  "other-shape": { en: "its shape is #1, not what the mark says", zh: "其形状为 #1，与所标不符" },
  limit: {
    en: "#1 is an index, a whole number#2: it tends to nothing, and there is no limit.",
    zh: "#1 是整数下标#2：它不趋于任何值，此极限不存在。",
  },
  "limit-powers": {
    en: "#1 is an index, a whole number#2: it tends to nothing, and there is no limit. The largest exponent is #3: a power of that order grows with it if the spectral radius of the matrix is above 1, and vanishes if it is below 1.",
    zh: "#1 是整数下标#2：它不趋于任何值，此极限不存在。最大的指数是 #3：矩阵谱半径大于 1 时该幂随之增长，小于 1 时趋于零。",
  },
  range: { en: " from #1 to #2", zh: "（从 #1 到 #2）" },
  "left-out": {
    en: "nothing that is called so with its scripts left out fits better",
    zh: "省去上下标后这样写的名字中，它最合适",
  },
  "glyph-forward": { en: "the forward equations are a system then", zh: "如此前向方程才构成一个系统" },
  "glyph-claim": {
    en: "nothing else that looks like it makes the shapes fit and the equation true",
    zh: "如此形状相容且等式成立",
  },
  "glyph-likely": { en: "nothing that looks like it fits better", zh: "形近的字母中，它最合适" },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

export const sayReason = ({ id, of = [], and = [] }: Reason, language: Language): string =>
  [
    REASONS[id][language].replace(/#(\d)/gu, (_, place: string) => of[Number(place) - 1] ?? ""),
    ...and.map(other => sayReason(other, language)),
  ].join(language === "zh" ? "；" : "; ");
