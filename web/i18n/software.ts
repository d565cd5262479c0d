/** `t` for practice software: accesses and start links. */
import { software as de } from "./de/software.ts";
import { software as en } from "./en/software.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
