/** `t` for who the practice is. */
import { practice as de } from "./de/practice.ts";
import { practice as en } from "./en/practice.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
