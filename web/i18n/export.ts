/** `t` for the file of all own data. */
import { exported as de } from "./de/export.ts";
import { exported as en } from "./en/export.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
