/** `t` for the room's keys and for what it tells screen readers. */
import { byEar as de } from "./de/by-ear.ts";
import { byEar as en } from "./en/by-ear.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
