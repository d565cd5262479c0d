/** `t` for points and minutes: balance, statement, prices. */
import { ledger as de } from "./de/ledger.ts";
import { ledger as en } from "./en/ledger.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
