/** `t` for the page about the API. */
import { developers as de } from "./de/developers.ts";
import { developers as en } from "./en/developers.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
