/** The parts of the profile. */
import type { profileParts as de } from "../de/profile-parts.ts";

export const profileParts: typeof de = {
  label: "Parts of the profile",
  parts: {
    credit: "Credit",
    practice: "My practice",
    calls: "In the call",
    view: "Display",
    security: "Security",
    data: "Data and account",
  },
};
