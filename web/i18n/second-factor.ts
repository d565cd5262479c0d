/** `t` for the second factor. */
import { secondFactor as de } from "./de/second-factor.ts";
import { secondFactor as en } from "./en/second-factor.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
