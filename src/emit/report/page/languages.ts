import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import type { Words } from "./words.ts";

export const WORDS: Readonly<Record<"en" | "zh", Words>> = { en: ENGLISH, zh: CHINESE };
