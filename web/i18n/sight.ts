/** `t` for what a person chooses to see of the room. */
import { sight as de } from "./de/sight.ts";
import { sight as en } from "./en/sight.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
