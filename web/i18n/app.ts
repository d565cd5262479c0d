/** `t` for the start page and the therapist's pages. */
import { app as de } from "./de/app.ts";
import { app as en } from "./en/app.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
