/** `t` for a restart of the server that people in a call, or at its door, are told of. */
import { restart as de } from "./de/restart.ts";
import { restart as en } from "./en/restart.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
