/** `t` for the profile's card for lines that stay away. */
import { reach as de } from "./de/reach.ts";
import { reach as en } from "./en/reach.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
