/** `t` for the end of a call: receipt and problem report. */
import { end as de } from "./de/end.ts";
import { end as en } from "./en/end.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
