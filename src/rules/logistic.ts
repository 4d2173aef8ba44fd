/** Exponentials that are the logistic function, which is how its users write them. */
import type { Law, Sentence } from "../rewrite/law.ts";

const LOGISTIC: Sentence = { en: "a quotient of exponentials is the logistic function", zh: "指数函数的商即逻辑斯谛函数" };

/** Ends: every law leaves fewer exponentials. */
export const LOGISTIC_FUNCTION: readonly Law[] = [
  { id: "logistic-of-exponentials", where: { Z: "m n" }, left: "(ones(m, n) ./ (ones(m, n) + exp(Z))) .* exp(Z)", right: "logistic(Z)", say: LOGISTIC },
  { id: "logistic-as-quotient",     where: { Z: "m n" }, left: "exp(Z) ./ (ones(m, n) + exp(Z))",                 right: "logistic(Z)", say: LOGISTIC },
];
