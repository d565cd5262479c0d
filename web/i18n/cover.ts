/** `t` for the page that stands before the call when somebody comes in. */
import { cover as de } from "./de/cover.ts";
import { cover as en } from "./en/cover.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
