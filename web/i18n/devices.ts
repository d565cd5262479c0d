/** `t` for devices in the call. */
import { devices as de } from "./de/devices.ts";
import { devices as en } from "./en/devices.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
