import type { Words } from "./words.ts";

export const CHINESE: Words = {
  title: name => `${name} 的检查`,
  verdicts: {
    unreadable: "无法读取",
    undefined: "没有值",
    definition: "定义",
    proved: "正确",
    holds: "正确",
    convention: "正确，但约定不同",
    incomplete: "正确，但未完成",
    repaired: "修正字母后正确",
    "holds-under": "仅在某个假设下成立",
    wrong: "错误",
    "cannot-tell": "无法判断",
  },
  equations: count => `共 ${count} 个等式`,
  findings: count => `${count} 个等式需要查看`,
  clean: "没有发现任何问题。",
  line: line => `第 ${line} 行`,
  readAs: "读作",
  repair: (from, to, evidence) => `${from} 读作 ${to}：${evidence}`,
  assumption: "成立的条件是",
  edit: (edit, unfinished) => `${unfinished ? "补全" : "改法"}：${edit}`,
  mended: "正确的形式是",
  supposing: "前提是",
  general: "一般形式是",
  counterexample: "反例",
  quantity: "量",
  value: "值",
  leftSide: "左边",
  rightSide: "右边",
  checked: (samples, [shortest, longest]) =>
    longest > 1
      ? `两边在 ${samples} 个随机点上作了比较，时间长度为 ${shortest} 到 ${longest}。`
      : `两边在 ${samples} 个随机点上作了比较。`,
  rests: "这里代入的是真值；按笔记原文，它依赖于有误的",
  diagnostics: "关于整篇笔记",
  stop: "。",
};
