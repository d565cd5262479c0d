/** `t` for checking camera, microphone, loudspeaker and connection before a call. */
import { check as de } from "./de/check.ts";
import { check as en } from "./en/check.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
