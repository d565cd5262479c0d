/** `t` for the parts of the profile. */
import { profileParts as de } from "./de/profile-parts.ts";
import { profileParts as en } from "./en/profile-parts.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
