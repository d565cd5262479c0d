/** `t` for the therapist's tools. */
import { tools as de } from "./de/tools.ts";
import { tools as en } from "./en/tools.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
