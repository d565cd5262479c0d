/** `t` for practice staff: what the therapist does with them, the invitation, and their own pages. */
import { staff as de } from "./de/staff.ts";
import { staff as en } from "./en/staff.ts";
import { texts } from "./texts.ts";

export const t = texts({ de, en });
