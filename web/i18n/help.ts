/** `t` for the steps that help against a missing camera or microphone. */
import { help as de } from "./de/help.ts";
import { help as en } from "./en/help.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
