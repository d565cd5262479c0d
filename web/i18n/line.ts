/** `t` for how the line is and what happens while it is away. */
import { line as de } from "./de/line.ts";
import { line as en } from "./en/line.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
