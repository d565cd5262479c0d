/** `t` for what a client is asked before a call. */
import { asking as de } from "./de/asking.ts";
import { asking as en } from "./en/asking.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
