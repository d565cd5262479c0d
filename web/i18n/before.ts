/** `t` for what a practice asks before a call, and what it knows of it. */
import { before as de } from "./de/before.ts";
import { before as en } from "./en/before.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
