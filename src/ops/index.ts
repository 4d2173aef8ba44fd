/** The list of ops. To add one: a file beside this one, an import and an entry here. */
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { apply } from "./apply.ts";
import { batchNorm } from "./batchnorm.ts";
import { bernoulliDivergence } from "./bernoullidivergence.ts";
import { beside } from "./beside.ts";
import { binaryCrossEntropy } from "./binarycrossentropy.ts";
import { column } from "./column.ts";
import { columnSlice } from "./columnslice.ts";
import { commutation } from "./commutation.ts";
import { cos } from "./cos.ts";
import { crossEntropy } from "./crossentropy.ts";
import { determinant } from "./determinant.ts";
import { diag } from "./diag.ts";
import { diagonal } from "./diagonal.ts";
import { divide } from "./divide.ts";
import { element } from "./element.ts";
import { elementwise } from "./elementwise.ts";
import { entry } from "./entry.ts";
import { erf } from "./erf.ts";
import { exp } from "./exp.ts";
import { fullDivergence } from "./fulldivergence.ts";
import { gaussianDivergence } from "./gaussiandivergence.ts";
import { gelu } from "./gelu.ts";
import { gradient } from "./gradient.ts";
import { hadamard } from "./hadamard.ts";
import { halfSquaredError } from "./halfsquarederror.ts";
import { hinge } from "./hinge.ts";
import { huber } from "./huber.ts";
import { identity } from "./identity.ts";
import { indicator } from "./indicator.ts";
import { inner } from "./inner.ts";
import { inverse } from "./inverse.ts";
import { jacobian } from "./jacobian.ts";
import { klDivergence } from "./kldivergence.ts";
import { kronecker } from "./kronecker.ts";
import { largest } from "./largest.ts";
import { layerNorm } from "./layernorm.ts";
import { leakyRelu } from "./leakyrelu.ts";
import { log } from "./log.ts";
import { logdet } from "./logdet.ts";
import { logistic } from "./logistic.ts";
import { logisticLoss } from "./logisticloss.ts";
import { logSoftmax } from "./logsoftmax.ts";
import { logSumExp } from "./logsumexp.ts";
import { matmul } from "./matmul.ts";
import { matpower } from "./matpower.ts";
import { max } from "./max.ts";
import { maximiser } from "./maximiser.ts";
import { maxNorm } from "./maxnorm.ts";
import { mean } from "./mean.ts";
import { meanSquaredError } from "./meansquarederror.ts";
import { min } from "./min.ts";
import { negate } from "./negate.ts";
import { norm } from "./norm.ts";
import { normalCdf } from "./normalcdf.ts";
import { normalDensity } from "./normaldensity.ts";
import { oneNorm } from "./onenorm.ts";
import { ones } from "./ones.ts";
import type { Op } from "./op.ts";
import { outer } from "./outer.ts";
import { padColumns } from "./padcolumns.ts";
import { padRows } from "./padrows.ts";
import { power } from "./power.ts";
import { prod } from "./prod.ts";
import { pull } from "./pull.ts";
import { quotient } from "./quotient.ts";
import { realpower } from "./realpower.ts";
import { relu } from "./relu.ts";
import { rmsNorm } from "./rmsnorm.ts";
import { row } from "./row.ts";
import { rowSlice } from "./rowslice.ts";
import { scale } from "./scale.ts";
import { select } from "./select.ts";
import { sign } from "./sign.ts";
import { silu } from "./silu.ts";
import { sin } from "./sin.ts";
import { softmax } from "./softmax.ts";
import { softmaxCrossEntropy } from "./softmaxcrossentropy.ts";
import { softplus } from "./softplus.ts";
import { sqrt } from "./sqrt.ts";
import { squaredError } from "./squarederror.ts";
import { squaredNorm } from "./squarednorm.ts";
import { stack } from "./stack.ts";
import { standardDivergence } from "./standarddivergence.ts";
import { standardFullDivergence } from "./standardfulldivergence.ts";
import { step } from "./step.ts";
import { subtract } from "./subtract.ts";
import { tan } from "./tan.ts";
import { tanh } from "./tanh.ts";
import { total } from "./total.ts";
import { trace } from "./trace.ts";
import { transpose } from "./transpose.ts";
import { unit } from "./unit.ts";
import { unvec } from "./unvec.ts";
import { variance } from "./variance.ts";
import { vec } from "./vec.ts";
import { window } from "./window.ts";
import { zeros } from "./zeros.ts";

/** Where two ops share a spelling in terms, the earlier one whose signature fits is meant. */
export const OPS: readonly Op[] = [
  add,
  subtract,
  negate,
  scale,
  matmul,
  hadamard,
  divide,
  quotient,
  power,
  matpower,
  realpower,
  transpose,
  inner,
  outer,
  select,
  diag,
  diagonal,
  identity,
  ones,
  zeros,
  norm,
  squaredNorm,
  squaredError,
  halfSquaredError,
  exp,
  log,
  sqrt,
  tanh,
  tan,
  logistic,
  relu,
  step,
  trace,
  total,
  mean,
  meanSquaredError,
  variance,
  softplus,
  silu,
  gelu,
  erf,
  normalDensity,
  normalCdf,
  leakyRelu,
  sign,
  abs,
  max,
  min,
  sin,
  cos,
  oneNorm,
  maxNorm,
  hinge,
  huber,
  logisticLoss,
  binaryCrossEntropy,
  softmax,
  logSumExp,
  logSoftmax,
  crossEntropy,
  softmaxCrossEntropy,
  klDivergence,
  bernoulliDivergence,
  gaussianDivergence,
  standardDivergence,
  fullDivergence,
  standardFullDivergence,
  layerNorm,
  batchNorm,
  rmsNorm,
  inverse,
  determinant,
  logdet,
  largest,
  maximiser,
  window,
  vec,
  unvec,
  kronecker,
  commutation,
  unit,
  indicator,
  entry,
  element,
  row,
  column,
  rowSlice,
  columnSlice,
  padRows,
  padColumns,
  stack,
  beside,
  elementwise,
  apply,
  gradient,
  pull,
  jacobian,
  prod,
];

const BY_NAME: ReadonlyMap<string, Op> = new Map(OPS.map(op => [op.name, op]));

/** The op of a name, if there is one. */
export const findOp = (name: string): Op | undefined => BY_NAME.get(name);
