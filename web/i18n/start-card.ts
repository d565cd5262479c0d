/** `t` for the card at the start of a call. */
import { startCard as de } from "./de/start-card.ts";
import { startCard as en } from "./en/start-card.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
