/**
 * What the twenty public notes say in words, headings and front matter, around the equations of notes.json: the fields `shapes`,
 * `shape_decls`, `conventions` and `why` tell it. Equations are numbered as they stand there, from 0.
 */

/** A part of a note that is a system of its own. */
export interface Part {
  /** Absent where the note is one system. */
  readonly heading?: string;
  readonly words: string;
  readonly forward: readonly number[];
  readonly backward: readonly number[];
  /** Where the rows are lines of code: the code that they stand in, "{3}" for row 3. */
  readonly code?: { readonly forward: string; readonly backward: string };
}

export interface Words {
  readonly frontMatter?: string;
  readonly parts: readonly Part[];
}

/** A dollar before a brace, in a template. */
const D = "$";
const upTo = (count: number, from = 0): readonly number[] => Array.from({ length: count - from }, (_, i) => i + from);

export const WORDS: Readonly<Record<string, Words>> = {
  "d2l-zh-2018-07-backprop": {
    parts: [
      {
        words: String.raw`输入是一个特征向量$\boldsymbol{x} \in \mathbb{R}^d$，$y$是它的标签。隐藏层的权重参数$\boldsymbol{W}^{(1)} \in \mathbb{R}^{h \times d}$，
中间变量$\boldsymbol{z} \in \mathbb{R}^h$，输出层的权重参数$\boldsymbol{W}^{(2)} \in \mathbb{R}^{q \times h}$。激活函数$\phi$按元素操作。`,
        forward: upTo(6),
        backward: upTo(10),
      },
    ],
  },
  "d2l-zh-2018-07-bptt": {
    parts: [
      {
        words: String.raw`时间步数为$T$，激活函数的输入输出相同。$\boldsymbol{x}_t \in \mathbb{R}^d$是输入，$\boldsymbol{h}_t \in \mathbb{R}^h$是隐藏状态，
$\boldsymbol{W}_{hx} \in \mathbb{R}^{h \times d}$，$\boldsymbol{W}_{hh} \in \mathbb{R}^{h \times h}$和$\boldsymbol{W}_{yh} \in \mathbb{R}^{q \times h}$是模型参数。`,
        forward: upTo(3),
        backward: upTo(7),
      },
    ],
  },
  "d2l-zh-2017-12-bptt": {
    parts: [
      {
        words: String.raw`时间步数为$T$，激活函数$\phi$按元素操作。$\mathbf{x}_t \in \mathbb{R}^x$是输入，$\mathbf{h}_t \in \mathbb{R}^h$是隐藏状态，
$\mathbf{W}_{hx} \in \mathbb{R}^{h \times x}$，$\mathbf{W}_{hh} \in \mathbb{R}^{h \times h}$和$\mathbf{W}_{yh} \in \mathbb{R}^{y \times h}$是模型参数。`,
        forward: upTo(3),
        backward: upTo(7),
      },
    ],
  },
  "d2l-en-bptt": {
    parts: [
      {
        heading: "Analysis of Gradients in RNNs",
        words: `We denote $h_t$ as the hidden state, $x_t$ as input, and $o_t$ as output at time step $t$.
The outputs and the targets $y_t$ are compared over $T$ time steps.`,
        forward: [2, 3],
        backward: [6, 7, 8],
      },
      {
        heading: "Backpropagation Through Time in Detail",
        words: String.raw`For simplicity, the activation function in the hidden layer is the identity. The input is
$\mathbf{x}_t \in \mathbb{R}^d$, the hidden state $\mathbf{h}_t \in \mathbb{R}^h$, the output $\mathbf{o}_t \in \mathbb{R}^q$, and the parameters are
$\mathbf{W}_\textrm{hx} \in \mathbb{R}^{h \times d}$, $\mathbf{W}_\textrm{hh} \in \mathbb{R}^{h \times h}$, and $\mathbf{W}_\textrm{qh} \in \mathbb{R}^{q \times h}$.`,
        forward: [0, 1],
        backward: [0, 1, 2, 3, 4, 5],
      },
    ],
  },
  "d2l-en-2019-bptt": {
    parts: [
      {
        heading: "A Simplified Recurrent Network",
        words: "We ignore the parameters for bias and summarise the rest as weights.",
        forward: [2, 3],
        backward: [0, 1, 2, 3],
      },
      {
        heading: "Backpropagation Through Time in Detail",
        words: String.raw`The activation function is the identity. $\mathbf{x}_t \in \mathbb{R}^d$ is the input, $\mathbf{h}_t \in \mathbb{R}^h$ the hidden state,
and $\mathbf{W}_{oh} \in \mathbb{R}^{q \times h}$.`,
        forward: [0, 1],
        backward: [4, 5, 6, 7],
      },
    ],
  },
  "dlbook-zh-ch10": {
    frontMatter: "gradnote:\n  products: [diagonal, powers]",
    parts: [
      {
        words: String.raw`$$
\newcommand{\Va}{\boldsymbol{a}} \newcommand{\Vb}{\boldsymbol{b}} \newcommand{\Vc}{\boldsymbol{c}} \newcommand{\Vh}{\boldsymbol{h}}
\newcommand{\Vo}{\boldsymbol{o}} \newcommand{\Vx}{\boldsymbol{x}} \newcommand{\Vy}{\boldsymbol{y}}
\newcommand{\MU}{\boldsymbol{U}} \newcommand{\MV}{\boldsymbol{V}} \newcommand{\MW}{\boldsymbol{W}}
$$

从$t = 1$到$t = \tau$的每个时间步，$\Vx^{(t)}$、$\Vh^{(t)}$和$\Vo^{(t)}$是列向量。总损失是各时间步的损失之和：
$L = \sum_{t=1}^{\tau} L^{(t)}$，$p_{\text{model}}$读取输出向量中对应于$y^{(t)}$的项：$L^{(t)} = -\log \hat{\Vy}^{(t)}_{y^{(t)}}$。`,
        forward: upTo(5),
        backward: upTo(10),
      },
    ],
  },
  "ai-edu-lstm": {
    frontMatter: "gradnote:\n  products: [powers]",
    parts: [
      {
        words: String.raw`$h_t$是形状为$(1 \times h)$的行向量，$x_t$是形状为$(1 \times i)$的行向量。参数矩阵$W_f$、$W_i$、$W_c$、$W_o$是$(h \times h)$的矩阵，
$U_f$、$U_i$、$U_c$、$U_o$是$(i \times h)$的矩阵，$b_f$、$b_i$、$b_c$、$b_o$是$(1 \times h)$的行向量。$\sigma$是sigmoid函数。时刻从$t = 1$到$t = \tau$。`,
        forward: upTo(8),
        backward: upTo(16),
      },
    ],
  },
  "ru-gru-obsidian": {
    parts: [
      {
        words: `$x_t$ — вход, $h_t$ — скрытое состояние; всё по строкам.`,
        forward: upTo(4),
        backward: upTo(7),
      },
    ],
  },
  "xopes-normalize-pre": {
    parts: [
      {
        words: String.raw`输入：$\mathbf x\in \mathbb R^d$，$\mathbf y\in \mathbb R^d$，参数：$c\in\mathbb R, \mathbf w, \mathbf b\in \mathbb R^d$。`,
        forward: upTo(6),
        backward: upTo(15),
      },
    ],
  },
  "xopes-flao": {
    parts: [{ words: "Given the query, key, value and gate:", forward: upTo(4), backward: upTo(8) }],
  },
  "xopes-oplr": {
    parts: [
      {
        words: String.raw`$\mathbf k_i \in \mathbb R^d$，$\mathbf v_i \in \mathbb R^e$，$\lambda_i \in \mathbb R^d$，$\mathbf o_i \in \mathbb R^{d\times e}$，$i = 1, \ldots, n$。`,
        forward: upTo(2),
        backward: upTo(5),
      },
    ],
  },
  "goubasarian-attention": {
    frontMatter: "gradnote:\n  products: [gradient-last]",
    parts: [
      {
        heading: "Preliminaries",
        words: String.raw`$Y_1 = WX_1$ and $Y_2 = X_2W$, where $W \in \mathbb{R}^{n \times m}$ and $X_1,X_2 \in \mathbb{R}^{m \times n}$, with a trailing scalar output $L$.`,
        forward: [],
        backward: [10, 11],
      },
      {
        heading: "Manual Attention Backpropagation",
        words: String.raw`$Q, K, V \in \mathbb{R}^{n \times h}$. Denominator layout is used.
Softmax is applied to the rows of the input matrix, in five distinct operations: $B = B_1 \odot B_4$,
where $B_1 = exp(W)$, $B_2 = B_1\bold{1_n}$, $B_3 = B_2^{-1}$, and $B_4 = B_3\bold{1_n^T}$.`,
        forward: upTo(5),
        backward: upTo(10),
      },
    ],
  },
  "fengdu78-dnn": {
    parts: [
      {
        heading: "单个样本",
        words: `${D}{{w}^{[l]}}$: (${D}{{n}^{[l]}}$,${D}{{n}^{[l-1]}}$)，${D}{{b}^{[l]}}$: (${D}{{n}^{[l]}}$,$1$)，激活函数${D}{g}^{[l]}$按元素作用。`,
        forward: [0, 1],
        backward: upTo(5),
      },
      {
        heading: "向量化",
        words: String.raw`$m$个样本按列排列。${D}{{w}^{[l]}}$: (${D}{{n}^{[l]}}$,${D}{{n}^{[l-1]}}$)，${D}{{b}^{[l]}}$: (${D}{{n}^{[l]}}$,$1$)，${D}{Z}^{[l]} \in \mathbb{R}^{n^{[l]} \times m}$，激活函数${D}{g}^{[l]}$按元素作用。`,
        forward: [2, 3],
        backward: upTo(9, 5),
      },
    ],
  },
  "peterroelants-rnn-part01": {
    parts: [
      { heading: "Recurrent neural network", words: "The state and the input are rows.", forward: [0], backward: [] },
      {
        heading: "Linear recurrent neural network",
        words: String.raw`For this tutorial all states, inputs and weights are scalars: $w_{rec}$ is a scalar, $w_x$ is a scalar. The index runs from $k = 1, \ldots, n$.
The output of the network is the last state, and the cost $\xi = \ell(s_n)$ compares it with the target.`,
        forward: [1],
        backward: upTo(4),
      },
    ],
  },
  "kevinzakka-batchnorm": {
    parts: [
      {
        words: String.raw`Everything is per feature, so all names are scalars. $\mu = \frac{1}{m} \sum_{i=1}^m x_i$ is the mean of the batch, and the layer gives
$y_i = \gamma \hat{x}_i + \beta$.`,
        forward: upTo(3),
        backward: upTo(5),
      },
    ],
  },
  "ln-jacobian-note": {
    parts: [
      {
        words: String.raw`The components $x_i$ of the input, $i = 1, \ldots, N$.`,
        forward: upTo(4),
        backward: upTo(5),
      },
    ],
  },
  "stevring-cs224n-a2": {
    parts: [
      {
        heading: "Naive softmax",
        words: `$y$ is a one-hot vector, and $CE$ is the cross-entropy. $y$ is a column vector in the equations below.`,
        forward: upTo(3),
        backward: [0, 1, 2],
      },
      {
        heading: "Negative sampling",
        words: String.raw`The loss is $J = -\log(\sigma(u_o^T v_c)) - \sum_{k=1}^K \log(\sigma(-u_k^T v_c))$, where $\sigma$ is the sigmoid function.`,
        forward: [],
        backward: [3, 4, 5],
      },
    ],
  },
  "cs231n-case-study": {
    parts: [
      {
        heading: "Softmax classifier",
        words: `$f$ holds the class scores of one example, and $y_i$ is its label.`,
        forward: [0, 1],
        backward: [0],
      },
      {
        heading: "Linear classifier",
        words: "The scores have size [300 x 3], the data size [300 x 2]; the rows are the samples.",
        forward: [2],
        backward: [],
        code: {
          forward: `W = 0.01 * np.random.randn(D,K)
b = np.zeros((1,K))
num_examples = X.shape[0]
{2}
exp_scores = np.exp(scores)
probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
corect_logprobs = -np.log(probs[range(num_examples),y])
data_loss = np.sum(corect_logprobs)/num_examples
reg_loss = 0.5*reg*np.sum(W*W)
loss = data_loss + reg_loss`,
          backward: "",
        },
      },
      {
        heading: "Neural network",
        words: "The rows are the samples.",
        forward: [3],
        backward: [1, 2, 3, 4],
        code: {
          forward: `h = 100 # size of hidden layer
W = 0.01 * np.random.randn(D,h)
b = np.zeros((1,h))
W2 = 0.01 * np.random.randn(h,K)
b2 = np.zeros((1,K))
num_examples = X.shape[0]
# evaluate class scores with a 2-layer Neural Network
{3} # note, ReLU activation
scores = np.dot(hidden_layer, W2) + b2
exp_scores = np.exp(scores)
probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
corect_logprobs = -np.log(probs[range(num_examples),y])
loss = np.sum(corect_logprobs)/num_examples`,
          backward: `dscores = probs
dscores[range(num_examples),y] -= 1
dscores /= num_examples
# first backprop into parameters W2 and b2
{1}
db2 = np.sum(dscores, axis=0, keepdims=True)
{2}
# backprop the ReLU non-linearity
{3}
# finally into W,b
{4}
db = np.sum(dhidden, axis=0, keepdims=True)`,
        },
      },
    ],
  },
  "zingale-sigmoid": {
    parts: [
      {
        words: String.raw`${D}{\bf z}$ and ${D}{\bf y}^k$ are vectors of size $N_\mathrm{out} \times 1$, ${D}{\bf x}^k$ is a vector of size $N_\mathrm{in} \times 1$.`,
        forward: upTo(3),
        backward: upTo(3),
      },
    ],
  },
  "cs189-gradients": {
    parts: [
      {
        heading: "Affine layer",
        words: String.raw`$$X$$ has size $$n \times d$$, $$W$$ has size $$d \times h$$, $$b$$ is a row of size $$1 \times h$$.`,
        forward: [0],
        backward: [0, 2],
      },
      {
        heading: "Recurrent network",
        words: "The activation works element-wise; $$x_t$$ and $$s_t$$ are rows.",
        forward: [1],
        backward: [1],
      },
    ],
  },
};
