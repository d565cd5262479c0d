/** `t` for the words that every page shares. */
import { common as de } from "./de/common.ts";
import { common as en } from "./en/common.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
