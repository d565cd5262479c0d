/** `t` for blur and noise suppression, on both sides of a call. */
import { refine as de } from "./de/refine.ts";
import { refine as en } from "./en/refine.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
