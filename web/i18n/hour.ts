/** `t` for the therapist's ring around a session. */
import { hour as de } from "./de/hour.ts";
import { hour as en } from "./en/hour.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
