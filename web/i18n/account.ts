/** `t` for registering, logging in, unlocking and recovering. */
import { account as de } from "./de/account.ts";
import { account as en } from "./en/account.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
