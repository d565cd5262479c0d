/** `t` for planned calls on the therapist's pages. */
import { planned as de } from "./de/planned.ts";
import { planned as en } from "./en/planned.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
