/** `t` for the Kartei: clients, groups, and the files they go to and come from. */
import { clients as de } from "./de/clients.ts";
import { clients as en } from "./en/clients.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
