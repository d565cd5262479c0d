/** `t` for the practice's logo on the client's pages and in the room. */
import { logo as de } from "./de/logo.ts";
import { logo as en } from "./en/logo.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
